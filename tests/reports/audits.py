"""Which audits do report tests tell? A year of three vendors, one without a change, a hostile one, a long one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from outsource_gate.model.audit import Artefact, ArtefactState, Audit
from outsource_gate.model.merged import MergeClass, MergedChange

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FIRST = datetime(2025, 12, 1, 9, 30, tzinfo=UTC)
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&\u202e\u2028<!-- ##[error]x"
_BAD = {
    17: (MergeClass.NO_RECORD, "no record speaks of this content"),
    61: (MergeClass.RECORD_STALE, "made at 2026-03-02T10:00:00Z, after the merge"),
    103: (MergeClass.DENIED_BUT_MERGED, "review.too-few; sast.new-finding"),
    104: (MergeClass.RECORD_MISMATCH, "the merge itself changes more than merging what the record is about"),
    161: (MergeClass.NO_RECORD, "no record speaks of this content"),
}
_VENDORS = (("acme",), (), ("beta",), ("acme",), (), ("gamma",), ("acme", "beta"))


def digest(text: str, length: int = 64) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def changed(position: int, kind: MergeClass = MergeClass.PASSED, reason: str = "") -> MergedChange:
    vendors = () if kind is MergeClass.NOT_VENDOR else _VENDORS[position % len(_VENDORS)] or ("acme",)
    has_record = kind not in (MergeClass.NO_RECORD, MergeClass.NOT_VENDOR)
    return MergedChange(
        digest(f"commit {position}", 40),
        position,
        FIRST + timedelta(days=position * 2, hours=position % 7),
        position + 300,
        vendors,
        position % 3 > 0,
        kind,
        digest(f"record {position}") if has_record else None,
        ("head", "content", "redone")[position % 3] if has_record else "",
        (reason,) if reason else (),
    )


def _year() -> Iterator[MergedChange]:
    for position in range(178):
        if position in _BAD:
            yield changed(position, *_BAD[position])
        elif not _VENDORS[position % len(_VENDORS)]:
            yield changed(position, MergeClass.NOT_VENDOR)
        else:
            yield changed(position, MergeClass.PASSED_WITH_WAIVER if position % 29 == 0 else MergeClass.PASSED)


def artefact(owner: str, what: str, state: ArtefactState, days: int | None, person: str = "") -> Artefact:
    expires = None if days is None else NOW.date() + timedelta(days=days)
    done = None if state == "missing" else date(2026, 1, 15)
    line = 10 + len(what)
    return Artefact(
        owner, what, state, expires, done, person, f"critical.{what.replace(' ', '_')}", f"register.yaml:{line}"
    )


def year() -> Audit:
    return Audit(
        organisation="corp",
        repository="corp.example/corp/payments",
        branch="main",
        head=digest("head", 40),
        first=date(2025, 12, 1),
        last=date(2026, 11, 25),
        now=NOW,
        policy=digest("policy"),
        register=digest("register"),
        changes=tuple(_year()),
        artefacts=(
            artefact("acme", "contract", "expiring", 36),
            artefact("acme", "due diligence", "present", 190),
            artefact("acme", "access review", "expired", -12),
            artefact("acme", "training", "present", 240, "vic"),
            artefact("beta", "contract", "present", 300),
            artefact("beta", "penetration test", "missing", None),
            artefact("beta", "certification ISO 27001", "expiring", 71),
            artefact("gamma", "contract", "present", 500),
            artefact("gamma", "questionnaire", "expired", -200),
            artefact("", "oversight meeting", "expiring", 20),
            artefact("", "secure coding rules", "present", 150),
        ),
        records=141,
        problems=("records/notes.txt: not JSON",),
    )


def quiet() -> Audit:
    """Nobody outside had part in anything, and the register asks for nothing."""
    ours = tuple(changed(position, MergeClass.NOT_VENDOR) for position in range(3))
    return replace(year(), changes=ours, artefacts=(), problems=())


def hostile() -> Audit:
    """Whatever can be a text is an attack on the page."""
    made = year()
    change = replace(
        made.changes[17], vendors=(HOSTILE,), reasons=(HOSTILE, "x" * 5000), tie=HOSTILE, record=HOSTILE
    )
    lacks = Artefact(HOSTILE, HOSTILE, "expired", date(2026, 11, 1), None, HOSTILE, HOSTILE, HOSTILE)
    return replace(
        made,
        organisation=HOSTILE,
        repository=HOSTILE,
        branch=HOSTILE,
        changes=(*made.changes, change),
        artefacts=(*made.artefacts, lacks),
        problems=(HOSTILE,),
    )


def long(count: int, *, good: bool = True) -> Audit:
    """As many changes as are asked for, of a hundred a day, all of vendors."""
    kinds = (MergeClass.PASSED,) * 19 + (MergeClass.NO_RECORD,) if good else (MergeClass.NO_RECORD,)
    reasons = {MergeClass.NO_RECORD: "no record speaks of this content"}
    rows = (
        replace(
            changed(at, kinds[at % len(kinds)], reasons.get(kinds[at % len(kinds)], "")),
            merged_at=NOW - timedelta(minutes=(count - at) * 15),
        )
        for at in range(count)
    )
    return replace(year(), changes=tuple(rows))
