"""What went into a branch in a period, which record speaks for it, and what stands behind it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from outsource_gate.audit.line import last_before
from outsource_gate.audit.merged import read_merged
from outsource_gate.audit.records import Records, collect_records
from outsource_gate.audit.sources import beliefs_of, stored_records
from outsource_gate.duties import obligations
from outsource_gate.duties.obligation import Obligation, State
from outsource_gate.errors import UsageError
from outsource_gate.evidence.trust import Trust
from outsource_gate.git.repository import Repository
from outsource_gate.model.audit import Artefact, ArtefactState, Audit
from outsource_gate.model.merged import Merged, MergedChange
from outsource_gate.model.span import after
from outsource_gate.policy.load import Policy
from outsource_gate.request import Tell
from outsource_gate.rules import Rules, rules_of

_SOON = "90 days"
_STATES: dict[State, ArtefactState] = {
    State.OVERDUE: "expired",
    State.MISSING: "missing",
    State.DUE: "expiring",
    State.IN_ORDER: "present",
}


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """One run of `audit`, parsed and nothing more."""

    repo: Path
    trust: Trust
    branch: str = "HEAD"
    policy: Path | None = None
    records: Path | None = None  # folder with records; None: the evidence ref
    repository: str | None = None  # name that records have to be about, where origin does not say it
    first: date | None = None
    last: date | None = None
    now: datetime | None = None


def run_audit(request: AuditRequest, tell: Tell) -> Audit:
    """Walk the branch by first parent; GateError where there is no repository, no branch or no policy."""
    with Repository.open(request.repo).session() as repository:
        head = repository.resolve(request.branch)
        rules = rules_of(request.policy, repository, head, is_push_alone=False)
        now = (request.now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        zone = ZoneInfo(rules.policy.timezone)
        last = request.last or now.astimezone(zone).date()
        if request.first and request.first > last:
            raise UsageError(f"--from {request.first}: is after {last}", hint="name an earlier day")
        name = request.repository or repository.origin() or ""
        tell("reading records")
        records = collect_records(stored_records(request.records, repository), request.trust, name, now)
        tell("reading what was merged")
        merged = _merged(repository, head.commit, rules, records, request, now)
        return Audit(
            organisation=rules.policy.organization,
            repository=name,
            branch=request.branch,
            head=head.commit,
            first=request.first,
            last=last,
            now=now,
            policy=rules.policy.digest,
            register=rules.policy.register_digest,
            changes=_within(merged, last, zone),
            artefacts=tuple(_artefacts(rules.policy, now.astimezone(zone).date())),
            records=merged.records,
            problems=merged.problems,
        )


def _merged(
    repository: Repository, head: str, rules: Rules, records: Records, request: AuditRequest, now: datetime
) -> Merged:
    """Positions decide where the period begins: no date can move a merge before those that it stands on."""
    zone = ZoneInfo(rules.policy.timezone)
    since = ""
    if request.first:
        since = last_before(repository, head, datetime.combine(request.first, time(), zone))
    beliefs = beliefs_of(rules.policy, now.astimezone(zone).date())
    return read_merged(repository, (since, head), rules, records, beliefs, now)


def _within(merged: Merged, last: date, zone: ZoneInfo) -> tuple[MergedChange, ...]:
    end = datetime.combine(last + timedelta(days=1), time(), zone) if last < date.max else None
    return tuple(change for change in merged.changes if end is None or change.merged_at < end)


def _artefacts(policy: Policy, today: date) -> Iterator[Artefact]:
    """What the register's obligations come to; what has not begun, or is over by plan, is nobody's lack."""
    for one in obligations(policy, today, after(today, _SOON)):
        if state := _STATES.get(one.state):
            yield _artefact(one, state)


def _artefact(one: Obligation, state: ArtefactState) -> Artefact:
    where = f"{one.place.text.file}:{one.place.line}"
    return Artefact(one.vendor, one.what, state, one.due, one.last, one.person, one.asked_by, where)
