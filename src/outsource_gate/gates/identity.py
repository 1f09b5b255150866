"""Gate identity: is everybody in the change known, and nobody's name borrowed?"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.attribution import NOT_PROVEN
from outsource_gate.gates import Gate, verdict
from outsource_gate.globs import covers
from outsource_gate.model.facts import Attribution, Facts, NotAsked, Role, Unavailable
from outsource_gate.model.identity import ELSEWHERE, INTERNAL, UNKNOWN
from outsource_gate.model.source import ChangeSet, Commit
from outsource_gate.model.verdict import Effect, Reason, Verdict, Where
from outsource_gate.policy.settings import GateSettings

REASONS = {
    "change-unreadable": "git could not establish what the change is.",
    "change-empty": "The range holds no commit, so there is nothing to judge.",
    "opener-unknown": "Nobody said who opened the change, so internal names in it cannot be believed.",
    "pushers-unknown": "Nobody said who pushed the change, so internal names in it cannot be believed.",
    "identity-unknown": "An identity in the change is in nobody's register; it counts as an unregistered vendor.",
    "identity-not-judged-here": "A vendor's bundle does not judge this identity: another vendor's, or not in it.",
    "internal-claim-not-proven": "An internal name stands in a commit and nothing proves it.",
    "signature-bad": "A commit's signature does not match its content.",
    "signing-key-unregistered": "A vendor's commit is signed with a key that is not in the register.",
    "signing-key-foreign": "A commit is signed with the registered key of somebody who is not its committer.",
    "bot-out-of-scope": "A change by bots alone touches a path that they may not touch.",
    "commit-malformed": "A commit object is not well formed, so tools may disagree on who made it.",
}


class Settings(GateSettings):
    """identity has no settings: nobody can be let through unknown."""


def judge(facts: Facts, _: Settings) -> Verdict:
    """Pass by name: the summary says who was believed."""
    match facts.change, facts.attribution:
        case ChangeSet() as change, Attribution() as attribution:
            reasons = (
                *_missing(facts, attribution),
                *_empty(change),
                *_commits(facts, change, attribution),
                *_bots(facts, change, attribution),
            )
            return verdict("identity", facts, reasons, summary=_summary(facts, attribution))
        case Unavailable() as unavailable, _:
            return _unreadable(facts, unavailable)
        case _, Unavailable() as unavailable:
            return _unreadable(facts, unavailable)
        case _:
            raise AssertionError("a change is read or unavailable")


def _unreadable(facts: Facts, fact: Unavailable) -> Verdict:
    reason = Reason(
        "change-unreadable", fact.reason, Effect.UNDECIDED, next_step=fact.next_step, who="whoever runs the job"
    )
    return verdict("identity", facts, (reason,), summary=fact.reason)


def _empty(change: ChangeSet) -> Iterator[Reason]:
    if not change.commits:
        yield Reason(
            "change-empty",
            "there is no commit to judge between base and head",
            Effect.UNDECIDED,
            got=f"{change.base.asked}..{change.head.asked}",
            next_step="name the base and head of the change with --base and --head",
            who="whoever runs the job",
        )


def _missing(facts: Facts, attribution: Attribution) -> Iterator[Reason]:
    context = facts.context
    why = context.reason if isinstance(context, Unavailable) else "the forge did not say"
    step = context.next_step if isinstance(context, Unavailable) else ""
    for name in attribution.missing:
        yield Reason(
            f"{name.removesuffix('s')}-unknown" if name == "opener" else "pushers-unknown",
            f"{name} of the change not known: {why}",
            Effect.UNDECIDED,
            next_step=step or "let the gate run where the forge can be asked, or hand the facts over with --change",
            who="whoever runs the job",
        )


def _commits(facts: Facts, change: ChangeSet, attribution: Attribution) -> Iterator[Reason]:
    yield from _unknown("", attribution.roles, facts)
    for commit, judged in zip(change.commits, attribution.commits, strict=True):
        if facts.vendor is not None and facts.vendor not in judged.vendors:
            continue
        yield from _unknown(commit.id, judged.roles, facts)
        yield from _elsewhere(commit.id, judged.roles, facts)
        yield from _object(commit)
        yield from _signature(commit, judged.roles, judged.vendors)
        if NOT_PROVEN in judged.notes:
            yield _not_proven(facts, commit, judged.roles)


def _unknown(commit: str, roles: tuple[Role, ...], facts: Facts) -> Iterator[Reason]:
    if facts.vendor not in (None, UNKNOWN):
        return
    for role in roles:
        if role.is_person and role.organisation == UNKNOWN:
            yield Reason(
                "identity-unknown",
                f"{role.role} {role.claim}: {role.why}",
                got=role.claim,
                expected="a person in the register, internal or of a vendor",
                where=Where(commit=commit),
                next_step="use the registered address and account, or have this one registered",
                who="the vendor's owner in our house, or the owner of the policy",
            )


def _elsewhere(commit: str, roles: tuple[Role, ...], facts: Facts) -> Iterator[Reason]:
    """What the bundle must not know decides nothing here: neither a denial nor a pass of what CI will ask."""
    for role in roles if facts.vendor == ELSEWHERE else ():
        if not (role.is_person and role.organisation == ELSEWHERE):
            continue
        theirs = role.person is not None
        yield Reason(
            "identity-not-judged-here",
            f"{role.role} {role.claim}: {'works for another vendor' if theirs else role.why}",
            Effect.UNDECIDED,
            got=role.claim,
            expected="a person whom this bundle names",
            where=Where(commit=commit),
            next_step="nothing to do here: CI judges this part by that vendor's rules"
            if theirs
            else "use the registered address; if this one was registered since, ask for a new bundle",
            who="" if theirs else "its author",
        )


def _object(commit: Commit) -> Iterator[Reason]:
    for problem in commit.problems:
        yield Reason(
            "commit-malformed",
            f"commit {commit.id[:12]}: {problem}",
            where=Where(commit=commit.id),
            next_step="make the commit again with an ordinary git",
            who="its committer",
        )


def _signature(commit: Commit, roles: tuple[Role, ...], vendors: tuple[str, ...]) -> Iterator[Reason]:
    signature = commit.signature
    if signature is None or signature.status == "unchecked":
        return
    signer = next((role for role in roles if role.role == "signer"), None)
    where = Where(commit=commit.id)
    if signature.status == "bad":
        yield Reason(
            "signature-bad",
            f"commit {commit.id[:12]} carries a signature that does not match: {signature.detail}",
            where=where,
            next_step="sign the commit again",
            who="its committer",
        )
    elif signer is None and vendors and vendors != (ELSEWHERE,):
        yield Reason(
            "signing-key-unregistered",
            f"commit {commit.id[:12]} is signed with a key that nobody registered",
            got=signature.key[:80],
            where=where,
            next_step="register the key, or sign with the registered one",
            who="the vendor's owner in our house",
        )
    elif signer is not None and not _is_committers(signer, roles):
        yield Reason(
            "signing-key-foreign",
            f"commit {commit.id[:12]} is signed with the key of {signer.person}, who is not its committer",
            got=f"key of {signer.person}",
            expected="a key of the committer",
            where=where,
            next_step="the committer signs with their own key",
            who="its committer",
        )


def _bots(facts: Facts, change: ChangeSet, attribution: Attribution) -> Iterator[Reason]:
    """Bots alone answer for their paths; where a person is in the change, that person answers."""
    roles = [*attribution.roles, *(role for commit in attribution.commits for role in commit.roles)]
    if not facts.bots or any(role.is_person for role in roles):
        return
    patterns = [pattern for bot in facts.bots for pattern in bot.may_touch]
    for file in change.files:
        if not covers(patterns, file.path):
            yield Reason(
                "bot-out-of-scope",
                "changed by a bot that may not touch it",
                got=file.path,
                expected=", ".join(patterns) or "no path",
                where=Where(file.path),
                next_step="a person takes the change over, or the policy's `may_touch` grows",
                who="the owner of the policy",
            )


def _is_committers(signer: Role, roles: tuple[Role, ...]) -> bool:
    return any(
        role.role == "committer" and (role.organisation, role.person) == (signer.organisation, signer.person)
        for role in roles
    )


def _not_proven(facts: Facts, commit: Commit, roles: tuple[Role, ...]) -> Reason:
    """Named; it denies nothing where a vendor answers for the change, and decides nothing where nobody does."""
    claims = ", ".join(role.claim for role in roles if _is_doubted(role))
    alone = facts.vendor is None and not isinstance(facts.context, NotAsked)
    return Reason(
        NOT_PROVEN,
        f"commit {commit.id[:12]} names {claims}; nothing proves it",
        Effect.UNDECIDED if alone else Effect.NOTE,
        got=claims,
        expected="a registered signature, the forge's word, or a change opened and pushed by our own people",
        where=Where(commit=commit.id),
        next_step="sign the commit with a registered key" if alone else "nothing, unless the name is wrong",
        who="its committer",
    )


def _is_doubted(role: Role) -> bool:
    return role.is_person and role.organisation == INTERNAL and not role.believed


def _summary(facts: Facts, attribution: Attribution) -> str:
    if facts.vendor is not None:
        return f"{sum(facts.vendor in commit.vendors for commit in attribution.commits)} commits"
    everybody = [*attribution.roles, *(role for commit in attribution.commits for role in commit.roles)]
    names = sorted(
        {role.person or role.claim for role in everybody if role.organisation == INTERNAL and role.believed}
    )
    return f"no vendor in the change; believed: {', '.join(names)}" if names else "nobody could be believed"


GATE = Gate(
    id="identity",
    title="Identity",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"context"}),
    controls=("A.8.30", "A.8.4"),
)
