"""Gate release: did every change of the vendor since the last release pass, and was the whole tested?"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Literal

from outsource_gate.gates import Gate, verdict
from outsource_gate.model.document import EXPECTED, OwnConcern, own_concerns
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.merged import MergeClass, MergedChange
from outsource_gate.model.oversight import Occurrence
from outsource_gate.model.register import Vendor
from outsource_gate.model.release import Release
from outsource_gate.model.span import Age, is_within
from outsource_gate.model.terms import Slug
from outsource_gate.model.verdict import Effect, Reason, Stage, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

REASONS = {
    "release-unreadable": "What was merged since the last release, or its records, could not be read.",
    "release-empty": "Nothing was merged since the last release as it was named, so nothing can have passed.",
    "change-without-record": "A vendor's change was merged, and no record speaks for what it brought.",
    "change-not-passed": "A vendor's change was merged although the gate did not let it through.",
    "record-not-believed": "The record of a merged change is not genuine, too late, or of an unknown policy.",
    "origin-not-proven": "A merged change is ours by claim alone, and the policy asks for proof.",
    "penetration-test-missing": "A major release, and the register has no penetration test of this vendor's work.",
    "penetration-test-old": "The last penetration test is older than the tier allows for a major release.",
    "penetration-test-scope": "The last penetration test did not look at this repository.",
    "penetration-test-open": "The last penetration test left findings open that the tier does not accept.",
    "document-missing": "A document of the organisation that a release relies on is not on register.",
    "document-not-in-force": "A document of the organisation is not approved, overdue for review, or was changed.",
    "document-not-compared": "A document of the organisation was not compared with its digest; named, no denial.",
    "release-not-major": "Not a major release: penetration test and DAST are not asked for; named, no denial.",
}
SEVERITIES = ("critical", "high", "medium", "low")
_PENETRATION_TEST = "penetration-test"
_SHOWN = 50
_MISSING = frozenset((MergeClass.NO_RECORD, MergeClass.RECORD_MISMATCH, MergeClass.DIRECT_PUSH))
_DOUBTED = frozenset((MergeClass.RECORD_STALE, MergeClass.RECORD_UNTRUSTED))
_ROUTE = "revert it, or bring it through the gate again as a change of its own"
_MANAGER = "the release manager"


class Settings(GateSettings):
    waivable = may_be_waived(
        vendor=(
            "penetration-test-missing",
            "penetration-test-old",
            "penetration-test-scope",
            "document-not-in-force",
        )
    )
    penetration_test: Literal["not-asked", "required"] = setting(
        "required", "must a major release have a penetration test", stricter=("not-asked", "required")
    )
    max_age: Age = setting("12 months", "oldest penetration test that counts", stricter="shorter")
    scope: Literal["any", "repository"] = setting(
        "any", "must the test's scope name this repository", stricter=("any", "repository")
    )
    open_findings: Literal[SEVERITIES] = setting(  # type: ignore[valid-type]
        "high", "lowest severity that the test must not leave open", stricter=SEVERITIES
    )
    documents: tuple[Slug, ...] = setting(
        EXPECTED, "documents of the organisation that must be in force", stricter="more"
    )


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge what was merged for this vendor; without a vendor, what nobody can be named for."""
    release = facts.release
    if not isinstance(release, Release):
        return verdict("release", facts, (_unreadable(release),), summary="not known")
    mine = tuple(release.of(facts.vendor))
    reasons = (
        *_nothing(release),
        *_changes(mine),
        *_penetration_test(facts, release, settings),
        *(_documents(facts, settings) if facts.vendor else ()),
    )
    return verdict("release", facts, reasons, summary=_summary(release, mine))


def _summary(release: Release, mine: tuple[MergedChange, ...]) -> str:
    if not mine:
        return f"{release.others} changes of ours, {release.unproven} of them by claim alone"
    good = sum(change.kind.is_good for change in mine)
    since = f"since {release.since}" if release.since else "from the beginning"
    return f"{good} of {len(mine)} changes {since} passed"


def _unreadable(fact: Unavailable | NotAsked) -> Reason:
    if isinstance(fact, Unavailable):
        job = "whoever runs the job"
        return Reason("release-unreadable", fact.reason, Effect.UNDECIDED, next_step=fact.next_step, who=job)
    step = "outsource-gate release --since TAG --version V asks for it"
    return Reason("release-unreadable", "nobody looked at what was merged", Effect.UNDECIDED, next_step=step)


def _nothing(release: Release) -> Iterator[Reason]:
    """Of nothing at all nobody can say that it passed."""
    if not release.changes and not release.others:
        step = "name the release before this one with --since, and the head that is to be released with --head"
        told = f"nothing was merged since {release.since or 'the beginning'}"
        yield Reason("release-empty", told, Effect.UNDECIDED, next_step=step, who=_MANAGER)


def _changes(changes: tuple[MergedChange, ...]) -> Iterator[Reason]:
    bad = [change for change in changes if not change.kind.is_good]
    for change in bad[:_SHOWN]:
        request = f"#{change.number} " if change.number else ""
        yield Reason(
            _code(change),
            f"{request}merged as {change.commit[:12]}: {change.kind}",
            got="; ".join(change.reasons)[:400] or change.kind,
            expected="a record with ALLOW that speaks for it",
            where=Where(commit=change.commit),
            next_step=_ROUTE,
            who=_MANAGER,
        )
    if len(bad) > _SHOWN:
        yield Reason(_code(bad[_SHOWN]), f"{len(bad) - _SHOWN} more merged changes", next_step=_ROUTE, who=_MANAGER)


def _code(change: MergedChange) -> str:
    if change.kind in _DOUBTED:
        return "record-not-believed"
    if change.kind in _MISSING:
        return "change-without-record" if change.vendors else "origin-not-proven"
    return "change-not-passed"


def _penetration_test(facts: Facts, release: Release, settings: Settings) -> Iterator[Reason]:
    vendor = facts.registered(facts.vendor)
    if vendor is None or settings.penetration_test == "not-asked":
        return
    if not release.is_major:
        yield Reason("release-not-major", f"not a major release: {release.why}", Effect.NOTE)
        return
    last = _last_test(vendor, facts)
    if last is None:
        yield _about_test(vendor, "missing", f"no penetration test of {vendor.name}'s work is on register")
        return
    if not is_within(last.on, facts.today, settings.max_age):
        yield _about_test(vendor, "old", "the last penetration test is too old", f"done on {last.on}")
    if settings.scope == "repository" and not _looks_at(last.scope or "", facts.repository):
        told = "the last penetration test did not look at this repository"
        yield _about_test(vendor, "scope", told, last.scope or "")
    yield from _left_open(vendor, last, settings)


def _last_test(vendor: Vendor, facts: Facts) -> Occurrence | None:
    """The newest one that is not of the future."""
    done = (entry.last for entry in vendor.oversight if entry.activity == _PENETRATION_TEST)
    return max((last for last in done if last and last.on <= facts.today), key=lambda last: last.on, default=None)


def _left_open(vendor: Vendor, last: Occurrence, settings: Settings) -> Iterator[Reason]:
    if last.open_findings is None:
        yield _about_test(vendor, "open", "nobody says what the last penetration test left open")
        return
    wrong = SEVERITIES[: SEVERITIES.index(settings.open_findings) + 1]
    left = [f"{count} {name}" for name in wrong if (count := getattr(last.open_findings, name))]
    if left:
        yield _about_test(vendor, "open", "the last penetration test left findings open", ", ".join(left))


def _looks_at(scope: str, repository: str) -> bool:
    """A scope lists repositories by name, by owner and name, or by pattern."""
    names = {repository, repository.partition("/")[2], repository.rpartition("/")[2]} - {""}
    return any(fnmatchcase(name, word.strip()) for word in scope.split(",") for name in names)


def _about_test(vendor: Vendor, what: str, message: str, internal: str = "") -> Reason:
    return Reason(
        f"penetration-test-{what}",
        message,
        next_step=f"have it tested, and ask {vendor.owner} to enter the result",
        who=vendor.owner,
        internal=internal,
        duty="customer",
    )


def _documents(facts: Facts, settings: Settings) -> Iterator[Reason]:
    compared = facts.documents if isinstance(facts.documents, tuple) else ()
    wanted = set(settings.documents)
    for concern in own_concerns(facts.own_documents, compared, facts.today, settings.documents):
        if concern.id in wanted:
            yield _about_document(concern)


def _about_document(concern: OwnConcern) -> Reason:
    code = {"missing": "document-missing", "not-checked": "document-not-compared"}.get(concern.kind)
    return Reason(
        code or "document-not-in-force",
        f"{concern.id}: {concern.kind}",
        Effect.NOTE if concern.kind == "not-checked" else Effect.DENY,
        got=concern.id,
        next_step="enter it under documents: of the policy with approval and review",
        who="the owner of the policy",
        internal=concern.why,
        duty="customer",
    )


GATE = Gate(
    id="release",
    title="Release",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    stages=frozenset({Stage.RELEASE}),
    controls=("A.8.29", "A.8.30"),
)
