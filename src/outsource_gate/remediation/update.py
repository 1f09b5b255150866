"""What becomes of the tracker after another look? Pure: equal trackers and looks give equal trackers.

A deadline never starts anew: not by moving, renaming, copying, reverting, formatting or rewriting in place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from outsource_gate.errors import EvidenceError
from outsource_gate.model.tracked import (
    MAX_EVENTS,
    MAX_ITEMS,
    MAX_PATHS,
    Event,
    Item,
    Reader,
    Sight,
    Tracker,
    What,
)
from outsource_gate.remediation.look import UNKNOWN, Look, Observed
from outsource_gate.remediation.matching import match

_Key = tuple[str, str]  # scanner, reference


def taken_in(tracker: Tracker, look: Look) -> Tracker:
    """Give the tracker as it is after this look; what it did stands in the items' histories."""
    book = _Book(look, {item.id: item for item in tracker.items}, tracker.last_id)
    pending: list[tuple[Observed, str]] = []
    missing: list[Item] = []
    found = _by_key(look.findings)
    tracked = _tracked(tracker.items, look)
    for key in sorted(found.keys() | tracked.keys()):
        matched = match(tracked.get(key, ()), found.get(key, ()), look.moved)
        missing.extend(matched.missing)
        pending.extend(book.see(matched.pairs, found.get(key, ())))
    left = list(book.rewritten(missing, pending))
    for one, vendor in pending:
        book.open(one, vendor)
    book.settle(left)
    updated = max(tracker.updated_at, look.at)
    return tracker.model_copy(
        update={"items": tuple(book.items.values()), "last_id": book.last_id, "updated_at": updated}
    )


def _by_key(findings: Iterable[Observed]) -> dict[_Key, list[Observed]]:
    found: dict[_Key, list[Observed]] = defaultdict(list)
    for one in sorted(findings, key=lambda one: one.path):
        found[one.scanner, one.reference].append(one)
    return found


def _tracked(items: Iterable[Item], look: Look) -> dict[_Key, list[Item]]:
    """What this look may speak of, the oldest first."""
    found: dict[_Key, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.first_seen.at, int(item.id[1:]))):
        is_meant = item.kind == look.kind and item.repository == look.repository
        if item.reader and is_meant and look.vendor in ("", item.vendor):
            found[item.reader.scanner, item.reference].append(item)
    return found


@dataclass(slots=True)
class _Book:
    """The items while they are written."""

    look: Look
    items: dict[str, Item]
    last_id: int
    present: dict[tuple[str, _Key], list[str]] = field(default_factory=lambda: defaultdict(list))

    def see(self, pairs: Sequence[tuple[Item, int]], found: Sequence[Observed]) -> Iterator[tuple[Observed, str]]:
        """Note what was found again, and give what is new, with whose it is."""
        known: dict[int, set[str]] = defaultdict(set)
        for item, number in pairs:
            one = found[number]
            taken = known[number] | {other.vendor for other, place in pairs if place == number}
            heirs = [vendor for vendor in one.owners if vendor not in (UNKNOWN, *taken)]
            owner = heirs[0] if item.vendor == UNKNOWN and heirs else item.vendor
            known[number].add(owner)
            self._seen(item, one, owner)
        for number, one in enumerate(found):
            if one.vendors is None and known[number]:
                continue  # it is somebody's already
            yield from ((one, vendor) for vendor in one.owners if vendor not in known[number])

    def rewritten(self, missing: Iterable[Item], pending: list[tuple[Observed, str]]) -> Iterator[Item]:
        """Take a finding that came for one that went, in one file by one rule, for the same: changed, not fixed."""
        waiting: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for number, (one, vendor) in enumerate(pending):
            waiting[vendor, one.scanner, one.rule].append(number)
        used: set[int] = set()
        for item in missing:
            asked: Sequence[int] = waiting.get(
                (item.vendor, item.reader.scanner if item.reader else "", item.rule), ()
            )
            same = next((n for n in asked if n not in used and self._is_same_file(item, pending[n][0])), None)
            if same is None:
                yield item
                continue
            used.add(same)
            self._seen(item, pending[same][0], item.vendor)
        pending[:] = [one for number, one in enumerate(pending) if number not in used]

    def _is_same_file(self, item: Item, one: Observed) -> bool:
        return one.path in (item.path, self.look.moved.get(item.path)) or item.path in one.names

    def open(self, one: Observed, vendor: str) -> None:
        if len(self.items) >= MAX_ITEMS:
            raise EvidenceError(f"more than {MAX_ITEMS} items, the most that a tracker holds")
        self.last_id += 1
        sight = Sight(at=self.look.at, commit=self.look.commit)
        item = Item(
            id=f"F{self.last_id}",
            kind=self.look.kind,
            vendor=vendor,
            severity=one.severity,
            title=one.title,
            reference=one.reference,
            repository=self.look.repository,
            rule=one.rule[:500],
            reader=self.look.readers.get(one.scanner) or Reader(scanner=one.scanner),
            paths=(one.path,) if one.path else (),
            blob=one.blob,
            first_seen=sight,
            last_seen=sight,
            history=(self._event("opened", one.path),),
        )
        self._put(item, one)

    def settle(self, missing: Iterable[Item]) -> None:
        """Close what is gone; where an equal finding is left, the older date stays with it."""
        for item in missing:
            fate, why = self.look.fate(item)
            if fate == "gone":
                self._close(item, why)
            elif fate == "not-covered" and item.history[-1].what != "not-covered":
                self._write(item, "not-covered", why)

    def _close(self, item: Item, why: str) -> None:
        closed = {"state": "closed", "closed_at": self.look.at, "acceptance": None}
        self._write(item, "closed", why, **closed)
        key = (item.reader.scanner if item.reader else "", item.reference)
        equal = [self.items[id] for id in self.present[item.vendor, key]]
        younger = [other for other in equal if other.first_seen.at > item.first_seen.at]
        if younger:
            heir = max(younger, key=lambda other: (other.first_seen.at, int(other.id[1:])))
            self._write(heir, "carried-over", f"from {item.id}", first_seen=item.first_seen)

    def _seen(self, item: Item, one: Observed, owner: str) -> None:
        sight = Sight(at=self.look.at, commit=self.look.commit)
        reader = self.look.readers.get(one.scanner, item.reader)
        now = item.model_copy(
            update={
                "last_seen": sight,
                "severity": one.severity,
                "title": one.title,
                "blob": one.blob or item.blob,
                "reader": reader,
            }
        )
        if owner != item.vendor:
            now = self._with(now, "claimed", owner, vendor=owner)
        if one.reference != item.reference:
            now = self._with(now, "changed", "rewritten in place", reference=one.reference)
        if one.path != item.path:
            paths = (*(path for path in item.paths if path != one.path), one.path)
            now = self._with(now, "moved", one.path, paths=paths[-MAX_PATHS:])
        if item.state == "closed":
            now = self._with(now, "reopened", one.path, state="open", closed_at=None)
        self._put(now, one)

    def _put(self, item: Item, one: Observed) -> None:
        self.items[item.id] = item
        self.present[item.vendor, (one.scanner, one.reference)].append(item.id)

    def _write(self, item: Item, what: What, detail: str, **changes: object) -> None:
        self.items[item.id] = self._with(item, what, detail, **changes)

    def _with(self, item: Item, what: What, detail: str, **changes: object) -> Item:
        return with_event(item, self._event(what, detail), changes)

    def _event(self, what: What, detail: str) -> Event:
        return Event(at=self.look.at, what=what, detail=detail[:500])


def with_event(item: Item, event: Event, changes: Mapping[str, object]) -> Item:
    """Give the item changed, with one more event; of too many the first stays, and the newest."""
    history = (*item.history, event)
    if len(history) > MAX_EVENTS:
        history = (history[0], *history[-(MAX_EVENTS - 1) :])
    return item.model_copy(update={**changes, "history": history})
