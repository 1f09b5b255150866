"""What the picture of growth shows: every line that was measured, at the place where its figures belong."""

from __future__ import annotations

import itertools
import re
from typing import Any
from xml.etree import ElementTree

from bench.plot import LINES, picture

SVG = "{http://www.w3.org/2000/svg}"


def row(what: str, *seconds: float) -> dict[str, Any]:
    costs = ({"wall_seconds": number, "cpu_seconds": 2 * number} for number in seconds)
    return {"what": what} | dict(zip(LINES, costs, strict=True))


ROWS = [row("100 files", 20, 8, 10, 2), row("10 files", 15, 1, 1, 0.5), row("all 2000 files", 9, 9, 9, 9)]


def heights(rows: list[dict[str, Any]]) -> list[list[float]]:
    drawn = ElementTree.fromstring(picture(rows))
    ways = [line.attrib["points"].split() for line in drawn.iter(f"{SVG}polyline")]
    return [[float(place.partition(",")[2]) for place in way] for way in ways]


def test_each_line_has_a_point_for_each_size_and_the_whole_is_none() -> None:
    """Sizes are sorted; a repository that is scanned whole is no change."""
    assert [len(line) for line in heights(ROWS)] == [2, 2, 2, 2]


def test_what_takes_ten_times_as_long_rises_as_the_dotted_line_does() -> None:
    """A reader sees by the slope alone whether the time grows as the files do."""
    drawn = ElementTree.fromstring(picture(ROWS))
    dotted = [path.attrib["d"] for path in drawn.iter(f"{SVG}path") if "stroke-dasharray" in path.attrib]
    slopes = {tuple(map(float, re.findall(r"[\d.]+", way))) for way in dotted}
    ours = heights(ROWS)[list(LINES).index("ours")]
    rise = max(start - end for _, start, _, end in slopes)
    assert abs((ours[0] - ours[1]) - rise) < 0.2


def test_the_last_figures_are_told_in_words_that_do_not_overlap() -> None:
    """Where two lines end at one place, one is told below the other."""
    same = [row("10 files", 1, 1, 1, 1), row("100 files", 5, 5, 5, 5)]
    drawn = ElementTree.fromstring(picture(same))
    told = [text for text in drawn.iter(f"{SVG}text") if (text.text or "").endswith(": 5 s")]
    places = sorted(float(text.attrib["y"]) for text in told)
    assert len(places) == 4
    assert min(after - before for before, after in itertools.pairwise(places)) >= 17


def test_time_of_computing_is_another_picture() -> None:
    """On a machine that does other work besides, wall time says little."""
    assert picture(ROWS, "cpu_seconds") != picture(ROWS)
    assert "Seconds of computing time" in picture(ROWS, "cpu_seconds")
