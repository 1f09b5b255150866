"""Which records are attempts at which merged change, and which were never merged? Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from outsource_gate.audit.classes import SKEW
from outsource_gate.audit.records import Kept, Records
from outsource_gate.model.merged import MergeClass, MergedChange
from outsource_gate.scorecard.material import Lines, Period, Work
from outsource_gate.track_records.attempts import approvals_in, attempts_of, found_in, waived_in

# A record of these classes speaks for exactly what was merged; of the others its findings may be somebody else's.
_SPEAKS = frozenset({
    MergeClass.PASSED, MergeClass.PASSED_WITH_WAIVER, MergeClass.REPORT_ONLY, MergeClass.DENIED_BUT_MERGED,
    MergeClass.UNDECIDED_BUT_MERGED, MergeClass.NOT_VENDOR,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """Which days count, where days begin, and what git says of lines and of how commits came in."""

    period: Period
    day: Callable[[datetime], date]
    lines: Mapping[str, Lines]  # by commit of the first-parent line; one that is missing could not be counted
    landing: Mapping[str, str]  # of every commit of the branch, by which one of that line it came in


@dataclass(slots=True)
class _Merged:
    """What came in by one change: a commit of the branch, or the series that a rebase made of it."""

    changes: tuple[MergedChange, ...]
    chosen: Kept | None
    records: list[Kept] = field(default_factory=list)

    @property
    def last(self) -> MergedChange:
        return self.changes[-1]

    @property
    def vendors(self) -> tuple[str, ...]:
        """Nobody outside where that is proven, whatever a record that is not genuine says."""
        return () if self.last.kind is MergeClass.NOT_VENDOR else self.last.vendors

    @property
    def numbers(self) -> frozenset[int]:
        own = {change.number for change in self.changes}
        judged = self.chosen.predicate.change if self.chosen else None
        return frozenset(number for number in (*own, judged.number if judged else None) if number is not None)

    def is_after(self, kept: Kept) -> bool:
        """Was it merged no earlier than this record was made?"""
        return kept.predicate.made_at_time() <= self.last.merged_at + SKEW


def works_of(changes: Sequence[MergedChange], records: Records, frame: Frame) -> tuple[Work, ...]:
    """Every change of the period, merged ones first; each record is an attempt at one change and no other."""
    kept = {one.digest: one for group in records.by_head.values() for one in group if not one.problem}
    merged = [_Merged(series, kept.get(series[-1].record or "")) for series in _series(changes)]
    rest = _shared_out(merged, kept, frame.landing)
    counted = [one for one in merged if frame.period.has(frame.day(one.last.merged_at))]
    return (*(_work(one, frame) for one in counted), *_unmerged(rest, frame))


def _series(changes: Sequence[MergedChange]) -> Iterator[tuple[MergedChange, ...]]:
    """Consecutive commits of one record are one change; any other commit is one by itself."""

    def key(change: MergedChange) -> tuple[str | None, int]:
        return (change.record, -1) if change.tie == "series" else (change.commit, change.position)

    for _, group in groupby(changes, key):
        yield tuple(group)


def _shared_out(merged: Sequence[_Merged], kept: Mapping[str, Kept], landing: Mapping[str, str]) -> list[Kept]:
    """Give each record to the change it speaks for, else to the first one it may have been an attempt at.

    What is left over is of nothing that was merged; what was merged and is judged again later is no attempt.
    """
    left = dict(kept)
    for one in merged:
        if one.chosen and left.pop(one.chosen.digest, None):
            one.records.append(one.chosen)
    index = _index(merged)
    rest: list[Kept] = []
    for record in left.values():
        homes = [one for key in _keys(record, landing) for one in index.get(key, ())]
        homes = [one for one in homes if _is_shared(one.vendors, record.vendors)]
        if home := next((one for one in homes if one.is_after(record)), None):
            home.records.append(record)
        elif not homes and record.head not in landing:
            rest.append(record)
    return rest


_Key = tuple[str, object]


def _keys(record: Kept, landing: Mapping[str, str]) -> Iterator[_Key]:
    """By what a record may be of a merged change, the strongest first."""
    if record.head in landing:
        yield "commit", landing[record.head]
    if judged := record.predicate.change:
        yield "content", judged.content_id
        if judged.number is not None:
            yield "number", judged.number


def _index(merged: Iterable[_Merged]) -> dict[_Key, list[_Merged]]:
    found: dict[_Key, list[_Merged]] = defaultdict(list)
    for one in merged:
        for change in one.changes:
            found["commit", change.commit].append(one)
        for number in one.numbers:
            found["number", number].append(one)
        if one.chosen and one.chosen.predicate.change:
            found["content", one.chosen.predicate.change.content_id].append(one)
    return found


def _is_shared(theirs: tuple[str, ...], named: tuple[str, ...]) -> bool:
    return bool(set(theirs) & set(named)) or not (theirs or named)


def _work(one: _Merged, frame: Frame) -> Work:
    chosen = one.chosen if one.last.kind in _SPEAKS else None
    counts = [frame.lines.get(change.commit) for change in one.changes]
    known = [lines for lines in counts if lines is not None]
    return Work(
        at=one.last.merged_at,
        vendors=one.vendors,
        kind=one.last.kind,
        commits=tuple(change.commit for change in one.changes),
        lines=sum(known, Lines()) if len(known) == len(counts) else None,
        attempts=attempts_of(one.records),
        found=found_in(chosen.predicate) if chosen else None,
        approvals=approvals_in(chosen.predicate) if chosen else None,
        waived=waived_in(chosen) if chosen else (),
    )


def _unmerged(rest: Iterable[Kept], frame: Frame) -> Iterator[Work]:
    """Requests of which nothing was merged, by number, else by content."""
    groups: dict[object, list[Kept]] = defaultdict(list)
    for kept in rest:
        judged = kept.predicate.change
        if judged and frame.period.has(frame.day(kept.predicate.made_at_time())):
            groups[judged.content_id if judged.number is None else judged.number].append(kept)
    for group in groups.values():
        attempts = attempts_of(group)
        vendors = tuple(sorted({vendor for kept in group for vendor in kept.vendors}))
        yield Work(attempts[-1].made_at, vendors, None, attempts=attempts)
