"""What is there to count, for which days and vendors? Branch, records, tracker and scan in, a `Scorecard` out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

from outsource_gate.attribution import Beliefs
from outsource_gate.audit.line import last_before, read_line
from outsource_gate.audit.merged import read_merged, whose
from outsource_gate.audit.records import Records, collect_records
from outsource_gate.audit.sources import beliefs_of, stored_records
from outsource_gate.deadlines.figures import Figures, figures
from outsource_gate.deadlines.rows import Calendar
from outsource_gate.errors import UsageError
from outsource_gate.evidence.trust import Trust
from outsource_gate.git.lineage import lineage
from outsource_gate.git.repository import Repository
from outsource_gate.model.identity import UNKNOWN
from outsource_gate.model.merged import Merged, MergedChange
from outsource_gate.model.tracked import Item, Tracker
from outsource_gate.policy.load import Policy
from outsource_gate.remediation.fact import named_tracker
from outsource_gate.remediation.file import read_bounded, read_tracker
from outsource_gate.remediation.scans import MAX_BYTES, ReadScan, read_scan
from outsource_gate.rules import Rules, check_tracker, rules_of
from outsource_gate.scorecard.card import Card, Scorecard
from outsource_gate.scorecard.material import EVER, Period, Work
from outsource_gate.scorecard.tally import card
from outsource_gate.track_records.landed import with_standing
from outsource_gate.track_records.lines import lines_of
from outsource_gate.track_records.works import Frame, works_of


@dataclass(frozen=True, slots=True)
class ScorecardRequest:
    """One run of `vendors scorecard`, parsed and nothing more."""

    repo: Path
    trust: Trust
    vendor: str = ""  # "": all with something to count
    period: Period = EVER
    head: str = "HEAD"
    policy: Path | None = None  # None: as the head has it
    records: Path | None = None  # folder with records; None: the evidence ref
    repository: str | None = None  # name that records have to be about, where origin does not say it
    tracker: Path | None = None  # None: time to fix is not known
    scan: Path | None = None  # JSON of `scan --repository` of this head or one before it
    now: datetime | None = None


def scorecard_of(request: ScorecardRequest, tell: Callable[[str], None]) -> Scorecard:
    """Read everything and count; GateError where there is no repository, no policy, no record or no such vendor."""
    now = (request.now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    with Repository.open(request.repo).session() as repository:
        head = repository.resolve(request.head)
        rules = rules_of(request.policy, repository, head, is_push_alone=False)
        policy, calendar = rules.policy, Calendar.of(rules.policy, now)
        _check_vendor(request.vendor, policy)
        tracker = _tracker(request, policy, repository)
        tell("reading records")
        name = request.repository or repository.origin() or ""
        records = collect_records(stored_records(request.records, repository), request.trust, name, now)
        tell("reading what was merged")
        since = _since(request.period, repository, head.commit, calendar)
        beliefs = beliefs_of(policy, calendar.today)
        merged = read_merged(repository, (since, head.commit), rules, records, beliefs, now)
        merged = _believed(merged, repository, rules, records, beliefs)
        tell("counting lines")
        lines = dict(lines_of(repository, _rows(merged.since, merged.changes, request.period, calendar)))
        landing = lineage(repository, head.commit).landing
        works = works_of(merged.changes, records, Frame(request.period, calendar.day, lines, landing))
        scan = _scan(request.scan, repository, head.commit, name)
        outside = 0
        if scan:
            works, outside = with_standing(works, scan.scan.findings)
    kept = figures(_closed_in(tracker, request.period, calendar), calendar) if tracker else ()
    cards = tuple(_cards(request.vendor, works, {one.vendor: one for one in kept}, policy))
    return Scorecard(
        organisation=policy.organization,
        repository=name,
        today=calendar.today,
        period=request.period,
        cards=cards,
        own=card(None, works),
        records=merged.records,
        problems=_problems(merged.problems, records),
        has_tracker=tracker is not None,
        scanned=scan.repository.head.commit if scan else "",
        outside=outside,
        idle=0 if request.vendor else len(policy.vendors.keys() - {one.vendor for one in cards}),
    )


def _check_vendor(vendor: str, policy: Policy) -> None:
    if vendor and vendor != UNKNOWN and vendor not in policy.vendors:
        registered = ", ".join(list(policy.vendors)[:20]) or "none"
        raise UsageError(
            f"--vendor {vendor}: not registered; registered: {registered}",
            hint="`outsource-gate vendors list` shows them",
        )


def _tracker(request: ScorecardRequest, policy: Policy, repository: Repository) -> Tracker | None:
    """The one that is given, else the one that a policy outside of the checkout names."""
    if request.tracker:
        check_tracker(request.tracker, repository)
    elif not (policy.tracker and request.policy):
        return None
    return read_tracker(named_tracker(request.tracker, request.policy, policy.tracker)[0])[0]


def _since(period: Period, repository: Repository, head: str, calendar: Calendar) -> str:
    """Read no more history than the period needs."""
    if period.first is None:
        return ""
    return last_before(repository, head, datetime.combine(period.first, time(), calendar.zone))


def _believed(merged: Merged, repository: Repository, rules: Rules, records: Records, beliefs: Beliefs) -> Merged:
    """Lay a merge with a record of doubtful origin at the door of those alone whom git names."""
    doubtful = {kept.digest for group in records.by_head.values() for kept in group if kept.problem}
    if not any(change.record in doubtful for change in merged.changes):
        return merged
    rows = read_line(
        repository,
        merged.since,
        merged.head,
        now=merged.changes[-1].merged_at,
        openpgp_keys=rules.register.openpgp_keys(),
    )
    named = {row.commit: whose(row, rules, beliefs).vendors for row in rows}
    changes = (
        replace(change, vendors=named[change.commit]) if change.record in doubtful else change
        for change in merged.changes
    )
    return replace(merged, changes=tuple(changes))


def _rows(
    since: str, changes: Sequence[MergedChange], period: Period, calendar: Calendar
) -> Iterator[tuple[str, str]]:
    """Each commit of the period with the one it stands on."""
    before = since
    for change in changes:
        if period.has(calendar.day(change.merged_at)):
            yield before, change.commit
        before = change.commit


def _scan(path: Path | None, repository: Repository, head: str, name: str) -> ReadScan | None:
    """UsageError for a scan of another repository, or of what is no part of the branch."""
    if path is None:
        return None
    scan = read_scan(read_bounded(path, MAX_BYTES), str(path))
    seen = scan.repository
    if name and seen.name and seen.name != name:
        raise UsageError(f"{path}: a scan of {seen.name[:200]}, expected {name}", hint="scan this repository")
    commit = seen.head.commit
    known = len(commit) in (40, 64) and repository.has_commit(commit)
    if not known or not repository.is_ancestor(commit, head):
        raise UsageError(
            f"{path}: a scan of {commit[:12]}, which is no part of {head[:12]}",
            hint="outsource-gate scan --repository . --output json=scan.json",
        )
    return scan


def _closed_in(tracker: Tracker, period: Period, calendar: Calendar) -> Tracker:
    """What was closed on another day says nothing of the period; what is open is open today."""

    def counts(item: Item) -> bool:
        return item.closed_at is None or period.has(calendar.day(item.closed_at))

    return tracker.model_copy(update={"items": tuple(filter(counts, tracker.items))})


def _cards(asked: str, works: Sequence[Work], deadlines: Mapping[str, Figures], policy: Policy) -> Iterator[Card]:
    """By id: no order of the figures would be fair to what is behind them."""
    busy = {vendor for work in works for vendor in work.vendors} | deadlines.keys()
    for vendor in sorted({asked} if asked else busy):
        entry = policy.vendors.get(vendor)
        name, tier = (entry.name, entry.tier) if entry else ("nobody in the register", "")
        yield card(vendor, works, deadlines.get(vendor), name=name, tier=tier)


def _problems(unreadable: Iterable[str], records: Records) -> tuple[str, ...]:
    """What is no record, and what is one by nobody who is trusted."""
    doubted = sum(bool(kept.problem) for group in records.by_head.values() for kept in group)
    told = (f"{doubted} by a key that is not trusted for it, or not genuine",) if doubted else ()
    return (*told, *unreadable)
