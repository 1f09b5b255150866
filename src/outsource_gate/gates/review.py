"""Gate review: did enough independent people of ours approve exactly this content?

Whose approval counts is said in `approval`; here stands what that comes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from outsource_gate.approval import Standing, standings
from outsource_gate.codeowners import owner_groups
from outsource_gate.gates import Gate, verdict
from outsource_gate.model.facts import Attribution, Facts, NotAsked, Owners, Unavailable
from outsource_gate.model.review import Context, ReviewState
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Effect, Reason, Stage, Status, Verdict
from outsource_gate.policy.settings import GateSettings, setting

REASONS = {
    "approvals-missing": "Fewer independent approvals of exactly this content than the tier asks for.",
    "approval-not-counted": "An approval that does not count, and why.",
    "changes-requested": "Somebody who may approve asked for changes and has not taken it back.",
    "changes-requested-by-others": "Somebody who may not approve asked for changes: named, no denial.",
    "code-owners-missing": "The tier asks for code owners' approval and the base has no CODEOWNERS file.",
    "code-owner-approval-missing": "A changed path has owners and none of them approved.",
    "reviews-unknown": "The reviews of the change could not be read, or not all of them.",
    "review-state-unknown": "A review of somebody who may approve is in a state this version does not know.",
    "membership-unknown": "Whether a reviewer belongs to a team that may approve could not be asked.",
    "queue-content-unknown": "What the merge queue made is not what merging the request's head gives.",
    "arrival-unknown": "Nobody said when the approved commit arrived on the server.",
    "pushers-unknown": "Nobody said who pushed, so independence cannot be judged.",
    "change-unreadable": "git could not establish what the change is.",
}


_UNKNOWN = {"state": "review-state-unknown", "arrival": "arrival-unknown", "membership": "membership-unknown"}


class Settings(GateSettings):
    approvals: int = setting(1, "independent approvals of exactly this content", stricter="higher", ge=0, le=20)
    from_: Annotated[tuple[str, ...], Field(alias="from")] = setting(
        (), "teams whose members may approve; none named: any internal person", stricter="fewer", alias="from"
    )
    code_owners: Literal["ignored", "where-present", "required"] = setting(
        "ignored", "whether code owners must approve", stricter=("ignored", "where-present", "required")
    )


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Count independent approvals; whoever is named in the change, even untruly, approves nothing."""
    if settings.approvals == 0 and settings.code_owners == "ignored":
        return Verdict("review", facts.vendor, Status.NOT_APPLICABLE, (), "the tier asks for no approval")
    match facts.change, facts.attribution, facts.context:
        case ChangeSet() as change, Attribution() as attribution, Context(reviews=tuple()) as context:
            seen = tuple(standings(facts, change, attribution, context, settings.from_))
            if context.head not in (None, change.head.commit, change.request_head):
                return _undecided(facts, "queue-content-unknown", *_other_content(change, context))
            return _conclude(facts, change, context, seen, settings)
        case Unavailable() as fact, _, _:
            return _undecided(facts, "change-unreadable", fact.reason, fact.next_step)
        case _, _, Unavailable() as fact:
            return _undecided(facts, "reviews-unknown", fact.reason, fact.next_step)
        case _, _, Context() as context if gap := context.gap("reviews"):
            return _undecided(facts, "reviews-unknown", gap.reason, gap.next_step)
        case _, _, NotAsked():
            return Verdict("review", facts.vendor, Status.NOT_ASKED, (), "asked at the change stage")
        case _:
            return _undecided(facts, "reviews-unknown", "the list of reviews could not be read whole", "")


def _undecided(facts: Facts, code: str, message: str, step: str) -> Verdict:
    step = step or "let the gate run where the forge can be asked, or hand the facts over with --change"
    reason = Reason(code, message, Effect.UNDECIDED, next_step=step, who="whoever runs the job")
    return verdict("review", facts, (reason,), summary="not known")


def _other_content(change: ChangeSet, context: Context) -> tuple[str, str]:
    told = f"{change.head.commit[:7]} is not what merging {(context.head or '')[:7]} into the base gives"
    step = "take the request out of the queue, update its branch from the target branch, and queue it again"
    if gap := context.gap("train"):
        return f"{told}; {gap.reason}", gap.next_step or step
    return told, step


def _conclude(
    facts: Facts, change: ChangeSet, context: Context, seen: tuple[Standing, ...], settings: Settings
) -> Verdict:
    counted = tuple(standing for standing in seen if standing.counts)
    reasons = (
        *_approvals(change, counted, seen, settings),
        *_blocks(seen),
        *_owners(facts, change, counted, settings),
        *_pushers(context),
        *_not_counted(seen),
    )
    who = ", ".join(standing.name for standing in counted)
    summary = f"{len(counted)} of {settings.approvals} independent approvals of {change.head.commit[:7]}"
    return verdict("review", facts, reasons, summary=f"{summary} ({who})" if who else summary)


def _approvals(
    change: ChangeSet, counted: tuple[Standing, ...], seen: tuple[Standing, ...], settings: Settings
) -> Iterator[Reason]:
    lacking = settings.approvals - len(counted)
    if lacking <= 0:
        return
    open_ = [standing for standing in seen if standing.unknown and standing.may_approve]
    for standing in open_:
        yield Reason(
            _UNKNOWN[standing.doubt or "arrival"],
            f"{standing.name}: not known, {standing.unknown}",
            Effect.UNDECIDED,
            next_step="let the gate run where the forge can be asked, or name it in the file given with --change",
            who="whoever runs the job",
        )
    whom = " or ".join(settings.from_) or "our own people"
    if len(open_) < lacking:
        yield Reason(
            "approvals-missing",
            f"{len(counted)} of {settings.approvals} independent approvals of {change.head.commit[:7]}",
            got=", ".join(standing.name for standing in counted) or "none",
            expected=f"{settings.approvals} from {whom}",
            next_step=f"{_number(lacking)} more from {whom}",
            who=whom,
        )


def _number(count: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(count, str(count))


def _blocks(seen: Iterable[Standing]) -> Iterator[Reason]:
    for standing in seen:
        if standing.review.state is ReviewState.CHANGES_REQUESTED:
            yield Reason(
                "changes-requested" if standing.may_approve else "changes-requested-by-others",
                f"{standing.name} asked for changes",
                Effect.DENY if standing.may_approve else Effect.NOTE,
                next_step=f"settle it with {standing.name}" if standing.may_approve else "",
                who="the author" if standing.may_approve else "",
            )
        elif standing.review.state is ReviewState.UNKNOWN and standing.may_approve:
            yield Reason(
                "review-state-unknown",
                f"{standing.name}: {standing.unknown}",
                Effect.UNDECIDED,
                next_step="update outsource-gate",
                who="whoever runs the job",
            )


def _not_counted(seen: Iterable[Standing]) -> Iterator[Reason]:
    for standing in seen:
        why = standing.barred or standing.stale
        if standing.review.state is ReviewState.APPROVED and why:
            yield Reason("approval-not-counted", f"{standing.name}: {why}", Effect.NOTE)


def _pushers(context: Context) -> Iterator[Reason]:
    if context.pushers is None:
        gap = context.gap("pushers")
        yield Reason(
            "pushers-unknown",
            "who pushed is not known, so nobody's independence is" + (f": {gap.reason}" if gap else ""),
            Effect.UNDECIDED,
            next_step=(gap.next_step if gap else "")
            or "let the gate run where the forge can be asked, or name them in the file given with --change",
            who="whoever runs the job",
        )


def _owners(facts: Facts, change: ChangeSet, counted: tuple[Standing, ...], settings: Settings) -> Iterator[Reason]:
    if settings.code_owners == "ignored":
        return
    match facts.owners:
        case Owners(path="") | NotAsked():
            if settings.code_owners == "required":
                yield Reason(
                    "code-owners-missing",
                    "the base has no CODEOWNERS file, and the tier asks for code owners",
                    next_step="add a CODEOWNERS file to the target branch",
                    who="the repository's owners",
                    duty="customer",
                )
        case Owners() as owners:
            yield from _unapproved(change, owners, counted)
        case Unavailable() as fact:
            yield Reason("code-owners-missing", fact.reason, Effect.UNDECIDED, next_step=fact.next_step)


def _unapproved(change: ChangeSet, owners: Owners, counted: tuple[Standing, ...]) -> Iterator[Reason]:
    lacking: dict[tuple[str, ...], list[str]] = {}
    paths = tuple(file.path for file in change.files)
    for path, names in owner_groups(owners, paths):
        if not any(_is_owner(standing, names) for standing in counted):
            lacking.setdefault(names, []).append(path)
    for names, unapproved in lacking.items():
        more = f" and {len(unapproved) - 1} more" if len(unapproved) > 1 else ""
        yield Reason(
            "code-owner-approval-missing",
            f"no owner of {unapproved[0]}{more} approved",
            expected=" or ".join(names),
            next_step=f"one approval from {' or '.join(names)}",
            who=" or ".join(names),
        )


def _is_owner(standing: Standing, names: tuple[str, ...]) -> bool:
    if standing.member is None:  # in a team by the forge's word; only the login can be compared
        return str(standing.review.reviewer).lower() in {name.lower() for name in names}
    person = standing.member.person
    known = {f"@{account.login}".lower() for account in person.accounts()}
    known |= {f"@{team}".lower() for team in person.teams} | {email.lower() for email in person.emails}
    return any(name.lower() in known for name in names)


GATE = Gate(
    id="review",
    title="Review",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"context"}),
    stages=frozenset({Stage.CHANGE}),
    controls=("A.8.30", "A.8.28"),
)
