"""What does the course of a period look like? Two charts of one table: changes by outcome, and the share shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outsource_gate.model.audit import Audit
from outsource_gate.model.merged import MergeClass
from outsource_gate.reports.audit_html_figures import Tally, over_time
from outsource_gate.reports.audit_html_markup import folded, table, text
from outsource_gate.reports.words import plural

WIDTH, HEIGHT = 480, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 8, 14, 28
_MOST_LABELS = 4
_OUTCOMES = ("not shown", "shown, with a waiver", "shown")  # from the ground up: what matters stands on it
_MARKS = ("bad", "warn", "good")
_HATCH = (  # not shown is told apart without colour, too, here and wherever else the page draws it
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" class="ground"/><path d="M0 0V5" class="stripe"/></pattern>'
)


def charts(audit: Audit) -> str:
    """Give both charts and their table; nothing where there was no outsourced change."""
    spans = over_time(audit)
    if not spans:
        return ""
    return (
        '<section id="time" aria-labelledby="time-h"><h2 id="time-h">Over time</h2>\n<div class="charts">\n'
        f"{_figure('changes', 'Outsourced changes by outcome', _bars(spans), _told(spans))}\n"
        f"{_figure('coverage', 'Share shown to have passed', _line(spans), _shares(spans))}\n"
        f"</div>\n{_legend()}\n{folded('The figures of both charts', _table(spans))}\n</section>"
    )


def _figure(name: str, title: str, drawn: str, told: str) -> str:
    return (
        f'<figure><figcaption id="{name}-t">{text(title)}</figcaption>\n'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<desc id="{name}-d">{text(told)}</desc>\n{drawn}\n</svg></figure>'
    )


def _legend() -> str:
    signs = zip(_OUTCOMES, _MARKS, strict=True)
    items = (
        f'<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" class="{mark}"/></svg> '
        f"{text(name)}</li>"
        for name, mark in signs
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


def _bars(spans: Sequence[Tally]) -> str:
    most = max(span.all for span in spans)
    return "\n".join((_HATCH, *_frame(spans, ("0", f"{most:,}")), *_stacks(spans, most)))


def _stacks(spans: Sequence[Tally], most: int) -> Iterator[str]:
    step = (WIDTH - _LEFT - _RIGHT) / len(spans)
    for at, span in enumerate(spans):
        ground = 0
        for count, mark in zip(_parts(span), _MARKS, strict=True):
            if count:
                height = _high() * count / most
                y = HEIGHT - _BOTTOM - _high() * ground / most - height
                x, width = _LEFT + step * (at + 0.12), step * 0.76
                yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{mark}"/>'
            ground += count


def _parts(span: Tally) -> tuple[int, int, int]:
    return span.lacking, span.waived, span.shown - span.waived


def _line(spans: Sequence[Tally]) -> str:
    """A span without a change has no share: the line breaks there."""
    step = (WIDTH - _LEFT - _RIGHT) / len(spans)
    ways, dots, pen = [], [], "M"
    for at, span in enumerate(spans):
        if not span.all:
            pen = "M"
            continue
        x, y = _LEFT + step * (at + 0.5), HEIGHT - _BOTTOM - _high() * span.shown / span.all
        ways.append(f"{pen}{x:.1f} {y:.1f}")
        dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" class="{"bad" if span.lacking else "good"}"/>')
        pen = "L"
    way = f'<path d="{" ".join(ways)}" class="line"/>'
    return "\n".join((*_frame(spans, ("0 %", "100 %")), way, *dots))


def _frame(spans: Sequence[Tally], ends: tuple[str, str]) -> Iterator[str]:
    for part, label in ((0.0, ends[0]), (0.5, ""), (1.0, ends[1])):
        y = HEIGHT - _BOTTOM - _high() * part
        yield f'<path d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}" class="grid"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    step = (WIDTH - _LEFT - _RIGHT) / len(spans)
    every = -(-len(spans) // _MOST_LABELS)
    for at in range(0, len(spans), every):
        x = _LEFT + step * (at + 0.5)
        yield f'<text x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{text(spans[at].label)}</text>'


def _high() -> int:
    return HEIGHT - _TOP - _BOTTOM


def _told(spans: Sequence[Tally]) -> str:
    lacking = sum(span.lacking for span in spans)
    most = max(spans, key=lambda span: span.lacking)
    worst = f", most of them in {most.label} ({most.lacking:,})" if lacking else ""
    whole = plural(sum(span.all for span in spans), "change")
    return f"{whole} from {spans[0].label} to {spans[-1].label}; {lacking:,} not shown to have passed{worst}."


def _shares(spans: Sequence[Tally]) -> str:
    told = [f"{span.label} {span.share}" for span in spans if span.all]
    return f"Share of outsourced changes shown to have passed: {', '.join(told)}."


def _table(spans: Sequence[Tally]) -> str:
    kinds = [kind for kind in MergeClass if any(span.kinds[kind] for span in spans)]
    columns = ("time", "changes", "share shown", *kinds)
    rows = [
        (
            f'<span class="nb">{text(span.label)}</span>',
            f"{span.all:,}",
            span.share,
            *(f"{span.kinds[kind]:,}" for kind in kinds),
        )
        for span in spans
    ]
    return table("Changes by class over time", columns, rows, range(1, len(columns)))
