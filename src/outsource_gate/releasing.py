"""What is to be released, and what do records say of every change since the last release? Gives `Facts`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from outsource_gate.audit.merged import read_merged
from outsource_gate.audit.records import collect_records
from outsource_gate.audit.sources import beliefs_of, stored_records
from outsource_gate.collect import Collected
from outsource_gate.errors import GitError
from outsource_gate.evidence.trust import Trust
from outsource_gate.excerpt import vendors_named
from outsource_gate.git.changes import read_change
from outsource_gate.git.repository import Repository
from outsource_gate.imported import Frame, Given, check_names, results_of
from outsource_gate.model.facts import Attribution, Chosen, Facts, NotAsked, PolicySource, Unavailable
from outsource_gate.model.merged import Merged
from outsource_gate.model.release import Release
from outsource_gate.model.result import Result
from outsource_gate.model.source import Revision
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.load import Policy
from outsource_gate.policy.releases import importance
from outsource_gate.remediation.fact import named_tracker, tracked_at_release
from outsource_gate.request import Tell
from outsource_gate.rules import Rules, check_tracker, rules_of
from outsource_gate.waivers import with_exceptions


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """One run of `release`, parsed and nothing more."""

    repo: Path
    trust: Trust
    version: str
    since: str | None = None  # tag or commit of the last release; None: this is the first
    head: str = "HEAD"
    policy: Path | None = None
    records: Path | None = None  # folder with records; None: the evidence ref
    repository: str | None = None  # name that records have to be about, where origin does not say it
    results: tuple[Given, ...] = ()
    tracker: Path | None = None  # of findings at vendors; None: the one that the policy names, if any
    now: datetime | None = None


def collect_release(request: ReleaseRequest, tell: Tell) -> Collected:
    """Find out what the release stage asks; GateError where there is no repository, no range or no policy."""
    with Repository.open(request.repo).session() as repository:
        head = repository.resolve(request.head)
        since = repository.resolve(request.since) if request.since else None
        rules = rules_of(request.policy, repository, head, is_push_alone=False)
        if request.tracker:
            check_tracker(request.tracker, repository)
        if request.results:
            check_names(request.results, rules.policy)
        tell("reading what was merged, and its records")
        facts = _frame(request, repository, rules, since, head)
        facts = _with_release(facts, request, repository, rules, since)
        tell("reading the results of others")
        facts = _with_register(
            replace(facts, results=_results(request, rules.policy, repository, facts, head)), request, rules
        )
        return Collected(facts, rules.policy, repository.tree_digest(head.tree))


def _frame(
    request: ReleaseRequest, repository: Repository, rules: Rules, since: Revision | None, head: Revision
) -> Facts:
    """The release is of head; what came in is what `since` does not have."""
    now = (request.now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    policy = rules.policy
    base = since or _beginning(repository, head)
    return Facts(
        now=now,
        today=now.astimezone(ZoneInfo(policy.timezone)).date(),
        timezone=policy.timezone,
        stage=Stage.RELEASE,
        repository=request.repository or repository.origin() or "",
        organisation=policy.organization,
        policy=PolicySource(policy.digest, policy.register_digest, policy.where),
        chosen=Chosen(
            clock="given" if request.now else "system",
            base="given",
            head="given" if request.head != "HEAD" else "detected",
            stage="given",
            policy="outside" if request.policy else "base-revision",
        ),
        change=read_change(repository, base, head, openpgp_keys=rules.register.openpgp_keys()),
        context=NotAsked(),
        attribution=Attribution((), (), ()),
    )


def _beginning(repository: Repository, head: Revision) -> Revision:
    """The first commit of the branch: before a first release everything after it came in."""
    raw = repository.run("rev-list", "--first-parent", "--max-parents=0", "--max-count=1", head.commit)
    return replace(repository.resolve(raw.decode("ascii").strip()), asked="the beginning")


def _with_release(
    facts: Facts, request: ReleaseRequest, repository: Repository, rules: Rules, since: Revision | None
) -> Facts:
    """What was merged makes the vendors of the release, whoever commits name."""
    if isinstance(facts.change, Unavailable):
        return replace(facts, attribution=facts.change, release=facts.change)
    between = (since.commit if since else "", facts.change.head.commit)
    try:
        merged = _merged(request, repository, rules, between, facts)
    except GitError as error:
        missing = Unavailable(error.message, error.hint, "release")
        return replace(facts, attribution=missing, release=missing)
    release = _release(request, rules.policy, since, merged)
    attribution = Attribution(release.vendors, (), ())
    return replace(
        facts, release=release, attribution=attribution, vendors=vendors_named(attribution, rules.policy.vendors)
    )


def _with_register(facts: Facts, request: ReleaseRequest, rules: Rules) -> Facts:
    """What the register says of the vendors of the release: documents, what is open, and what may stand."""
    if not isinstance(facts.attribution, Attribution):
        return facts
    facts = replace(facts, documents=rules.compare_documents(facts), own_documents=rules.policy.documents)
    if request.tracker or (rules.policy.tracker and request.policy):
        named = named_tracker(request.tracker, request.policy, rules.policy.tracker)
        facts = replace(facts, tracked=tracked_at_release(named, facts))
    return with_exceptions(facts, rules.policy)


def _merged(
    request: ReleaseRequest, repository: Repository, rules: Rules, between: tuple[str, str], facts: Facts
) -> Merged:
    records = collect_records(
        stored_records(request.records, repository), request.trust, facts.repository, facts.now
    )
    return read_merged(repository, between, rules, records, beliefs_of(rules.policy, facts.today), facts.now)


def _release(request: ReleaseRequest, policy: Policy, since: Revision | None, merged: Merged) -> Release:
    """Vendors' changes and whatever is not in order are kept one by one, the rest as a count."""
    is_major, why = importance(request.version, since.asked if since else "", policy.releases)
    kept = tuple(change for change in merged.changes if change.vendors or not change.kind.is_good)
    rest = [change for change in merged.changes if not change.vendors and change.kind.is_good]
    return Release(
        version=request.version,
        since=since.asked if since else "",
        since_commit=merged.since,
        is_major=is_major,
        why=why,
        changes=kept,
        others=len(rest),
        unproven=sum(not change.proven for change in rest),
        records=merged.records,
        problems=merged.problems,
    )


def _results(
    request: ReleaseRequest, policy: Policy, repository: Repository, facts: Facts, head: Revision
) -> tuple[Result | Unavailable, ...]:
    frame = Frame(facts.repository, head, Stage.RELEASE, facts.now)
    return results_of(request.results, policy, repository, frame)
