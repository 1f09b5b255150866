"""How does scanning grow with the change, as a picture? `python -m bench.plot figures.json >scanning.svg`.

The figures are those that `python -m bench.sizes --figures figures.json` writes. Both axes are logarithmic: what
grows as the files do is a line that rises as the dotted ones.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 50, 50
LINES = {"typed": ("typed by hand", "#b3261e"), "floor": ("the tools alone", "#6b6b6b")}
LINES |= {"ours": ("the gate", "#0b57d0"), "cached": ("the gate, all cached", "#137333")}
FONT = 'font-family="sans-serif" font-size="13"'
Points = Sequence[tuple[int, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--of", choices=("wall_seconds", "cpu_seconds"), default="wall_seconds")
    chosen = parser.parse_args()
    print(picture(json.loads(chosen.figures.read_bytes()), chosen.of), end="")


def picture(rows: Sequence[Mapping[str, Any]], of: str = "wall_seconds") -> str:
    """Give the SVG of the changes among the rows; the whole repository is no change."""
    sized = sorted((int(match[1]), row) for row in rows if (match := re.match(r"(\d+) files", row["what"])))
    lines = {name: [(files, float(row[name][of])) for files, row in sized] for name in LINES}
    title = "Seconds of " + ("wall" if of == "wall_seconds" else "computing") + " time, by changed files"
    return "\n".join((_head(title), *_Axes(lines).parts(lines), "</svg>", ""))


def _head(title: str) -> str:
    box = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    return f'{box}\n{paper}\n<text x="{LEFT}" y="28" {FONT} font-weight="bold">{title}</text>'


class _Axes:
    """Where a number of files and of seconds lies; whole powers of ten have a line each."""

    def __init__(self, lines: Mapping[str, Points]) -> None:
        files = [files for points in lines.values() for files, _ in points]
        seconds = [number for points in lines.values() for _, number in points]
        self._x = math.log10(min(files)), math.log10(max(files))
        self._y = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
        self._files = sorted(set(files))

    def parts(self, lines: Mapping[str, Points]) -> Iterator[str]:
        yield from self._grid()
        yield from (self._linear(power) for power in range(self._y[0] - 2, self._y[1]))
        labels = self._labels(lines)
        for name, (label, colour) in LINES.items():
            places = [(self._across(files), self._up(number)) for files, number in lines[name]]
            way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            yield f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
            yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in places)
            told = f"{label}: {lines[name][-1][1]:.3g} s"
            yield f'<text x="{places[-1][0] + 10:.1f}" y="{labels[name]:.1f}" {FONT} fill="{colour}">{told}</text>'

    def _across(self, files: float) -> float:
        low, high = self._x
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(files) - low) / ((high - low) or 1)

    def _up(self, seconds: float) -> float:
        low, high = self._y
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (math.log10(seconds) - low) / ((high - low) or 1)

    def _grid(self) -> Iterator[str]:
        for power in range(self._y[0], self._y[1] + 1):
            y = self._up(10.0**power)
            yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>'
            yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" {FONT} text-anchor="end">{10.0**power:g} s</text>'
        for files in self._files:
            x = self._across(files)
            yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 22}" {FONT} text-anchor="middle">{files:,} files</text>'

    def _linear(self, power: int) -> str:
        """A dotted line of what takes as long per file, as far as it lies inside."""
        low, high = (10.0**at for at in self._y)
        few, many = (10.0**at for at in self._x)
        start, end = max(few, few * low / 10.0**power), min(many, few * high / 10.0**power)
        if start >= end:
            return ""
        ends = [(self._across(files), self._up(10.0**power * files / few)) for files in (start, end)]
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in ends)
        return f'<path d="M{way}" stroke="#bbbbbb" stroke-dasharray="2 5" fill="none"/>'

    def _labels(self, lines: Mapping[str, Points]) -> dict[str, float]:
        """Beside the last point, at least a line apart."""
        wanted = sorted((self._up(points[-1][1]) + 4, name) for name, points in lines.items())
        placed: dict[str, float] = {}
        below = 0.0
        for y, name in wanted:
            below = placed[name] = max(y, below + 17)
        return placed


if __name__ == "__main__":
    main()
