"""What do people write into the tracker? Items of assessments and audits, proof that one is done, acceptances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from outsource_gate.errors import UsageError
from outsource_gate.model.finding import Severity
from outsource_gate.model.identity import ascii_lower
from outsource_gate.model.span import after
from outsource_gate.model.tracked import MAX_ITEMS, Acceptance, Event, Item, Kind, Sight, Tracker
from outsource_gate.policy.load import Policy
from outsource_gate.remediation.update import with_event


@dataclass(frozen=True, slots=True)
class New:
    """An item that somebody adds."""

    kind: Kind
    vendor: str
    severity: Severity
    title: str
    reference: str
    paths: tuple[str, ...] = ()
    found_at: datetime | None = None  # when it was reported; None: now


def added(tracker: Tracker, new: New, now: datetime) -> tuple[Tracker, Item]:
    """Add it; UsageError where this vendor has an item of this kind and reference, or the future is named."""
    for item in tracker.items:
        if (item.kind, item.vendor, item.reference) == (new.kind, new.vendor, new.reference):
            raise UsageError(
                f"{new.kind} {new.reference!r} of {new.vendor}: is there already, as {item.id} ({item.state})",
                hint="give each one a reference of its own",
            )
    if new.found_at and new.found_at > now:
        raise UsageError(f"--found {new.found_at:%F}: is in the future", hint="name the day of the report")
    if len(tracker.items) >= MAX_ITEMS:
        raise UsageError(f"the tracker holds {MAX_ITEMS} items, the most that it can")
    first = Sight(at=new.found_at or now)
    number = tracker.last_id + 1
    item = Item(
        id=f"F{number}",
        kind=new.kind,
        vendor=new.vendor,
        severity=new.severity,
        title=" ".join(new.title.split())[:500],
        reference=new.reference,
        paths=new.paths,
        first_seen=first,
        last_seen=first,
        history=(Event(at=now, what="opened", detail="added by hand"),),
    )
    items = (*tracker.items, item)
    changes = {"items": items, "last_id": number, "updated_at": max(now, tracker.updated_at)}
    return tracker.model_copy(update=changes), item


def closed(tracker: Tracker, id: str, evidence: str, now: datetime) -> Tracker:
    """Close an item by what shows that it is done; what a scanner reports is closed by the scanner."""
    item = find(tracker, id)
    if item.state == "closed":
        raise UsageError(f"{id}: is closed already", hint=f"outsource-gate findings show {id}")
    if item.reader is not None:
        raise UsageError(
            f"{id}: was reported by {item.reader.scanner}, which has to say that it is gone",
            hint="take in a new scan or report (findings update), or accept it for a while (findings accept)",
        )
    event = Event(at=now, what="closed", detail=" ".join(evidence.split())[:500])
    changes = {"state": "closed", "closed_at": now, "acceptance": None}
    return _with(tracker, with_event(item, event, changes), now)


@dataclass(frozen=True, slots=True)
class Word:
    """Who of ours accepts what until when, and why."""

    id: str
    until: date
    by: str
    reason: str


def accepted(tracker: Tracker, word: Word, policy: Policy, now: datetime, today: date) -> Tracker:
    """Live with an open item for a while; UsageError for a stranger's word, or for longer than the tier allows."""
    id, until = word.id, word.until
    item = find(tracker, id)
    if item.state == "closed":
        raise UsageError(f"{id}: is closed", hint="there is nothing to accept")
    last = after(today, cap_of(policy, item.vendor))
    if not today <= until <= last:
        raise UsageError(
            f"--until {until}: out of bounds; allowed: {today} to {last}",
            hint=f"the tier of {item.vendor} says how long a finding may be accepted; it can be accepted again",
        )
    person = internal_person(policy, word.by)
    acceptance = Acceptance(on=today, until=until, by=person, reason=word.reason)
    event = Event(at=now, what="accepted", detail=f"until {until} by {person}")
    changes = {"state": "accepted", "acceptance": acceptance}
    return _with(tracker, with_event(item, event, changes), now)


def cap_of(policy: Policy, vendor: str) -> str:
    """The longest acceptance that the vendor's tier allows; without the gate, the strictest tier's."""
    for tier in (policy.tier_of(vendor), policy.strictest_tier):
        if section := tier.gates.get("remediation"):
            return str(getattr(section, "acceptance"))  # noqa: B009 - the gate's own model is not known here
    return "30 days"


def internal_person(policy: Policy, by: str) -> str:
    """Give the register id of one of our own people, by id or address; UsageError for anybody else."""
    asked = ascii_lower(by)
    for person in policy.internal:
        if by == person.id or asked in map(ascii_lower, person.emails):
            return person.id
    raise UsageError(
        f"--by {by}: is nobody of ours in the register, so they cannot accept a vendor's finding",
        hint="name somebody of internal.people, by id or address",
    )


def find(tracker: Tracker, id: str) -> Item:
    """Give the item; UsageError where there is none."""
    for item in tracker.items:
        if item.id == id.upper():
            return item
    raise UsageError(f"{id}: no such item; the newest is F{tracker.last_id}", hint="outsource-gate findings list")


def _with(tracker: Tracker, item: Item, now: datetime) -> Tracker:
    items = tuple(item if one.id == item.id else one for one in tracker.items)
    return tracker.model_copy(update={"items": items, "updated_at": max(now, tracker.updated_at)})
