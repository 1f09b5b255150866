"""Gate remediation: has the vendor left findings open past the day until which they had to be fixed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from outsource_gate.deadlines import Deadline, deadline, is_overdue
from outsource_gate.gates import Gate, verdict
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.finding import Read, Scan, Severity
from outsource_gate.model.remedy import TrackedFinding, TrackedFindings
from outsource_gate.model.secret import SecretScan
from outsource_gate.model.span import ANY, Age, Span, after, is_within
from outsource_gate.model.verdict import Effect, Reason, Stage, Status, Verdict, Where
from outsource_gate.policy.settings import GateSettings, setting

REASONS = {
    "finding-overdue": "A finding at this vendor is open past the day until which it had to be fixed.",
    "acceptance-too-long": "A finding is accepted for longer than the tier allows, which does not count.",
    "sla-missing": "Neither contract nor tier says until when findings have to be fixed.",
    "tracker-missing": "No tracker of findings was named or could be read.",
    "tracker-stale": "The tracker has taken in no scan of this repository, or none for too long.",
}
_SHOWN = 50
_NAME_IT = "let the job name the tracker: check --tracker FILE (findings update writes it)"


class Settings(GateSettings):
    fail_on: Literal["none", "critical", "high", "medium", "low"] = setting(
        "low",
        "lowest severity whose overdue findings deny; those below are named",
        stricter=("none", "critical", "high", "medium", "low"),
    )
    tracker: Literal["optional", "required"] = setting(
        "required", "required: without a tracker nothing is decided", stricter=("optional", "required")
    )
    max_age: Age = setting("14 days", "longest age of the last scan in the tracker", stricter="shorter")
    critical: Age = setting("7 days", "time to fix where the contract says nothing", stricter="shorter")
    high: Age = setting("30 days", "the same for high ones", stricter="shorter")
    medium: Age = setting("90 days", "the same for medium ones", stricter="shorter")
    low: Age = setting("180 days", "the same for low ones", stricter="shorter")
    acceptance: Span = setting("30 days", "longest time for which a finding may be accepted", stricter="shorter")


@dataclass(frozen=True, slots=True)
class _Open:
    """An item that no acceptance covers, with its deadline."""

    item: TrackedFinding
    due: Deadline | None


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge what is open on the day of the run; a change that only mends overdue findings passes."""
    tracked = facts.tracked
    if isinstance(tracked, NotAsked) and settings.tracker == "optional":
        summary = "no tracker was named, and the tier does not require one: nothing is known of open findings"
        return Verdict("remediation", facts.vendor, Status.NOT_APPLICABLE, (), summary)
    if not isinstance(tracked, TrackedFindings):
        return verdict("remediation", facts, (_missing(tracked),), summary="not known")
    own = [item for item in tracked.items if item.vendor == facts.vendor]
    open_ = [one for item in own if (one := _open(item, facts, settings))]
    overdue = [one for one in open_ if is_overdue(one.due, facts.today)]
    mended = _mended(overdue, tracked, facts) if overdue else 0
    reasons = (
        *_stale(tracked, facts, settings),
        *(_too_long(item, settings) for item in own if _is_too_long(item, settings)),
        *_overdue(overdue, mended, facts, settings),
        *_without_deadline(open_, facts),
    )
    summary = _summary(len(own), len(overdue), mended)
    return verdict("remediation", facts, reasons, summary=summary)


def _open(item: TrackedFinding, facts: Facts, settings: Settings) -> _Open | None:
    """What is accepted and within its days is left out; an acceptance that is over leaves the old date."""
    if item.accepted_until and facts.today <= item.accepted_until and not _is_too_long(item, settings):
        return None
    defaults = {severity: getattr(settings, severity.value) for severity in Severity}
    return _Open(item, deadline(item.first_seen, item.severity, facts.registered(facts.vendor), defaults))


def _is_too_long(item: TrackedFinding, settings: Settings) -> bool:
    if item.accepted_on is None or item.accepted_until is None:
        return False
    return item.accepted_until > after(item.accepted_on, settings.acceptance)


def _mended(overdue: list[_Open], tracked: TrackedFindings, facts: Facts) -> int:
    """How many overdue findings the change takes out, where it does nothing but reduce what is open.

    A file that nobody read, a credential, or a finding as grave as one it mends: then it is no fixing change. Grave
    code often gives way to a call that a scanner still names at less weight, which does not count against it.
    """
    if not _is_all_read(facts):
        return 0
    gone = {(one.scanner, one.reference) for one in tracked.compared if one.at_base > one.at_head}
    mended = [one.item for one in overdue if (one.item.scanner, one.item.reference) in gone]
    least = min((item.severity.rank for item in mended), default=0)
    return 0 if _brings_findings(facts, least) else len(mended)


def _brings_findings(facts: Facts, least: int) -> bool:
    found = (one for scan in facts.scans if isinstance(scan, Scan) for one in scan.findings)
    if any(one.new and one.severity.rank >= least for one in found):
        return True
    return not isinstance(facts.secrets, SecretScan) or any(one.new for one in facts.secrets.secrets)


def _is_all_read(facts: Facts) -> bool:
    """Every scanner ran, and every changed path was read or needs no reading."""
    if any(isinstance(scan, Unavailable) for scan in facts.scans):
        return False
    return all(row.read in (Read.SCANNED, Read.INERT) for row in facts.coverage)


def _overdue(overdue: list[_Open], mended: int, facts: Facts, settings: Settings) -> Iterator[Reason]:
    """The worst and longest overdue first; beyond the most that are shown they are counted."""
    told = sorted(overdue, key=lambda one: (-one.item.severity.rank, one.item.first_seen, one.item.id))
    for one in told[:_SHOWN]:
        yield _reason(one, facts, denies=_denies(one, settings) and not mended)
    rest = told[_SHOWN:]
    if rest:
        denies = not mended and any(_denies(one, settings) for one in rest)
        effect = Effect.DENY if denies else Effect.NOTE
        step = "ask for the whole list (outsource-gate findings list)"
        yield Reason(
            "finding-overdue", f"{len(rest)} more overdue findings", effect, next_step=step, who="the author"
        )


def _denies(one: _Open, settings: Settings) -> bool:
    return settings.fail_on != "none" and one.item.severity.rank >= Severity(settings.fail_on).rank


def _reason(one: _Open, facts: Facts, *, denies: bool) -> Reason:
    """A contractor has to know what to fix and until when it was due; what was agreed is for our own readers."""
    item, due = one.item, one.due
    assert due is not None
    vendor = facts.registered(facts.vendor)
    contract = vendor.contract.reference if vendor and vendor.contract and due.agreed else "the tier"
    return Reason(
        "finding-overdue",
        f"{item.severity} {_KINDS.get(item.kind, item.kind)} open past its day: {item.title}",
        Effect.DENY if denies else Effect.NOTE,
        got=f"{item.id}, first seen {item.first_seen}, {_days((facts.today - due.day).days)} overdue",
        expected=f"fixed by {due.day}",
        where=Where(item.path) if item.scanner else Where(),
        next_step=_step(item, vendor.owner if vendor else "the owner of the policy"),
        who="the author",
        internal=f"{contract}: {item.severity} within {due.span}",
        finding=item.reference,
    )


_KINDS = {"code": "finding", "result": "finding of a report", "penetration-test": "finding of a penetration test"}


def _step(item: TrackedFinding, owner: str) -> str:
    if item.kind == "code":
        return "fix it in a change of its own: one that brings nothing as grave passes this gate"
    return f"fix it and show that, or ask {owner} to have it accepted for a while"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _too_long(item: TrackedFinding, settings: Settings) -> Reason:
    return Reason(
        "acceptance-too-long",
        f"the acceptance of {item.id} does not count",
        Effect.NOTE,
        next_step="have it accepted anew: outsource-gate findings accept",
        who="the owner of the policy",
        internal=f"accepted on {item.accepted_on} until {item.accepted_until}; at most {settings.acceptance}",
        audience="internal",
        duty="customer",
        finding=item.reference,
    )


def _without_deadline(open_: list[_Open], facts: Facts) -> Iterator[Reason]:
    vendor = facts.registered(facts.vendor)
    if count := sum(one.due is None for one in open_):
        who = vendor.owner if vendor else "the owner of the policy"
        yield Reason(
            "sla-missing",
            f"no time to fix was agreed for {count} open finding{'s' * (count > 1)}",
            Effect.NOTE,
            next_step="add contract.remediation_sla to the register, or times to the tier",
            who=who,
            duty="customer",
        )


def _missing(fact: object) -> Reason:
    missing = fact if isinstance(fact, Unavailable) else Unavailable("no tracker of findings was named")
    return Reason(
        "tracker-missing",
        missing.reason,
        Effect.UNDECIDED,
        next_step=missing.next_step or _NAME_IT,
        who="whoever runs the job",
        duty="customer",
    )


def _stale(tracked: TrackedFindings, facts: Facts, settings: Settings) -> Iterator[Reason]:
    """What nobody looked for is not open: an old tracker says little, and a scan of the future says nothing."""
    at = tracked.scanned_at
    if at is not None and at <= facts.now and is_within(at.date(), facts.now.date(), settings.max_age):
        return
    yield Reason(
        "tracker-stale",
        "the tracker is not fresh",
        Effect.UNDECIDED if settings.tracker == "required" else Effect.NOTE,
        got=f"last scan of this repository {at:%FT%TZ}" if at else "no scan of this repository",
        expected="a scan" if settings.max_age == ANY else f"a scan of the last {settings.max_age}",
        next_step="scan the repository and take the scan in: outsource-gate findings update",
        who="whoever runs the job",
        duty="customer",
    )


def _summary(own: int, overdue: int, mended: int) -> str:
    told = f"{own} tracked, {overdue} overdue"
    return f"{told}; this change mends {mended} of them and brings none as grave" if mended else told


GATE = Gate(
    id="remediation",
    title="Remediation",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"scans"}),
    stages=frozenset({Stage.CHANGE, Stage.RELEASE}),
    controls=("A.8.8", "A.5.22"),
)
