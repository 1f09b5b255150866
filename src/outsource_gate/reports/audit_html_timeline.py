"""When does what stands behind the changes run out? A row for each owner, a mark on each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from outsource_gate.model.audit import Artefact, Audit
from outsource_gate.reports.audit_html_markup import text
from outsource_gate.reports.words import plural

WIDTH = 640
_LEFT, _RIGHT, _TOP, _ROW = 140, 16, 26, 26
_BEFORE, _AFTER = 90, 365  # days that are drawn; what lies beyond stands at the edge
_MOST_OWNERS = 15
_NAME = 16  # characters that have room
_SHAPES = {
    "expired": ("bad", "M-5 -5L5 5M5 -5L-5 5"),
    "expiring": ("warn", "M0 -6L6 5H-6Z"),
    "present": ("good", "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z"),
}


def timeline(audit: Audit) -> str:
    """Draw what has a day; nothing where nothing has one."""
    rows = _rows(audit)
    if not rows:
        return ""
    today, height = audit.now.date(), _TOP + _ROW * min(len(rows), _MOST_OWNERS) + 8
    drawn = "\n".join((*_axis(today, height), *_marks(rows[:_MOST_OWNERS], today)))
    more = f" Owners not drawn: {len(rows) - _MOST_OWNERS}." if len(rows) > _MOST_OWNERS else ""
    return (
        '<figure class="timeline"><figcaption id="due-t">When artefacts run out</figcaption>\n'
        '<div class="wide" role="region" tabindex="0" aria-label="Timeline">'
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="due-t due-d">'
        f'<desc id="due-d">{text(_told(rows, today) + more)}</desc>\n{drawn}\n</svg></div>\n'
        f'{_legend()}<p class="dim">From {_BEFORE} days before to {_AFTER} days after the day of the report; '
        f"what lies beyond stands at the edge. The tables below have every day.{more}</p></figure>"
    )


def _rows(audit: Audit) -> list[tuple[str, list[Artefact]]]:
    """Most urgent owners first, and the organisation where its own day puts it."""
    rows: defaultdict[str, list[Artefact]] = defaultdict(list)
    for one in audit.artefacts:
        if one.expires and one.state in _SHAPES:
            rows[one.owner].append(one)
    return sorted(rows.items(), key=lambda row: (min(_day(one) for one in row[1]), row[0]))


def _day(one: Artefact) -> date:
    return one.expires or date.max


def _axis(today: date, height: int) -> Iterator[str]:
    for days, label in ((0, f"{today}"), (90, "+ 90 days"), (180, "+ 180"), (270, "+ 270"), (365, "+ 365")):
        x = _x(days)
        yield f'<path d="M{x:.1f} {_TOP - 6}V{height}" class="{"grid" if days else "today"}"/>'
        anchor = "end" if days == 365 else "middle"
        yield f'<text x="{x:.1f}" y="14" text-anchor="{anchor}">{label}</text>'


def _marks(rows: Sequence[tuple[str, list[Artefact]]], today: date) -> Iterator[str]:
    for at, (owner, artefacts) in enumerate(rows):
        y = _TOP + _ROW * (at + 0.5)
        name = owner or "the organisation"
        short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}\u2026"
        yield f'<text x="{_LEFT - 12}" y="{y + 4:.1f}" text-anchor="end">{text(short)}</text>'
        for one in sorted(artefacts, key=lambda one: (_day(one), one.artefact, one.person), reverse=True):
            mark, shape = _SHAPES[one.state]
            told = text(f"{name}: {one.artefact}, {one.state}, {one.expires}")
            x = _x((_day(one) - today) / timedelta(days=1))
            place = f'd="{shape}" transform="translate({x:.1f} {y:.1f})"'
            yield f'<path {place} class="mark {mark}"><title>{told}</title></path>'


def _x(days: float) -> float:
    kept = min(max(days, -_BEFORE), _AFTER)
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * (kept + _BEFORE) / (_BEFORE + _AFTER)


def _legend() -> str:
    items = (
        f'<li><svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true"><path d="{shape}" '
        f'class="mark {mark}"/></svg> {state}</li>'
        for state, (mark, shape) in _SHAPES.items()
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


def _told(rows: Sequence[tuple[str, list[Artefact]]], today: date) -> str:
    dated = [one for _, artefacts in rows for one in artefacts]
    late = sum(one.state == "expired" for one in dated)
    soon = sum(one.state == "expiring" for one in dated)
    return f"{plural(len(dated), 'artefact')} with a day, seen from {today}: {late} expired, {soon} expiring."
