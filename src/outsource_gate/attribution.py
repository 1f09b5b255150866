"""Whose work is a change? Pure: commits and the forge's word in, persons and vendors out.

Everybody named in a change can add a vendor to it; nobody can take one away (policy.md, attribution).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from outsource_gate.model.facts import Attribution, CommitAttribution, Member, Role
from outsource_gate.model.identity import ELSEWHERE, INTERNAL, UNKNOWN, Account, Claim, ascii_lower
from outsource_gate.model.review import CommitWord, Context
from outsource_gate.model.source import Commit

NOT_PROVEN = "internal-claim-not-proven"
# Who stands as committer where the forge itself made the commit: web edits, merges, squashes.
FORGE_COMMITTERS = frozenset({"noreply@github.com", "noreply@gitlab.com"})

RoleName = Literal["author", "committer", "co-author", "signer", "opener", "pusher", "delivery"]


class Directory(Protocol):
    """Who is registered; look-ups that do not grow with the register."""

    def by_email(self, email: str) -> Member | None: ...
    def by_noreply(self, email: str) -> Member | None: ...
    def by_account(self, account: Account, forge: str = "") -> Member | None: ...
    def by_key(self, key: str) -> Member | None: ...
    def matches_internal(self, email: str) -> str | None: ...
    def is_vendor(self, id: str) -> bool: ...
    def delivered_by(self, commit: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Bot:
    """An automaton, known by its numeric id on the forge; never by name."""

    id: str
    forge_id: int


@dataclass(frozen=True, slots=True)
class Beliefs:
    """How the policy wants claims judged, and the day they are judged on."""

    today: date
    verified: Literal["prefer", "require"] = "prefer"
    assistants: frozenset[str] = frozenset()
    bots: tuple[Bot, ...] = ()
    asks_forge: bool = True  # False at the push stage: opener and pushers belong to a later one
    holder: str = ""  # the vendor whose bundle stands in for the register: it pushes, and knows not everybody

    def bot(self, forge_id: int | None) -> Bot | None:
        return next((bot for bot in self.bots if forge_id is not None and bot.forge_id == forge_id), None)


def attribute(
    commits: Iterable[Commit], context: Context | None, directory: Directory, beliefs: Beliefs
) -> Attribution:
    """Say for every commit who is in it and whose work it is; adding a claim never removes a vendor."""
    forge_roles = (*_holder(beliefs), *_forge_roles(context, directory, beliefs))
    words = {word.sha: word for word in context.commits} if context else {}
    judged = [(commit.id, _commit_roles(commit, words.get(commit.id), directory, beliefs)) for commit in commits]
    missing = _missing(context) if beliefs.asks_forge else ()
    outside = _outside(forge_roles)
    claimed = outside.union(*(_outside(roles) for _, roles in judged))
    trusts_claims = beliefs.verified == "prefer" and not missing and not claimed and bool(forge_roles)
    settled = tuple(_settle(commit, roles, outside or claimed, trusts_claims) for commit, roles in judged)
    vendors = outside.union(*(commit.vendors for commit in settled))
    return Attribution(tuple(sorted(vendors)), settled, forge_roles, missing)


def _settle(commit: str, roles: tuple[Role, ...], others: frozenset[str], trusts_claims: bool) -> CommitAttribution:
    """Believe internal claims where something bears them out; else the commit is also the others' work."""
    doubted = any(role.is_person and role.organisation == INTERNAL and not role.believed for role in roles)
    if doubted and trusts_claims:
        return CommitAttribution(commit, (), tuple(_believe(role) for role in roles))
    vendors = _outside(roles) | (others if doubted else frozenset())
    return CommitAttribution(commit, tuple(sorted(vendors)), roles, (NOT_PROVEN,) if doubted else ())


def _believe(role: Role) -> Role:
    if role.organisation != INTERNAL or role.believed:
        return role
    return replace(role, believed=True, why=f"{role.why}; opened and pushed by our own people")


def _outside(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset(role.organisation for role in roles if role.is_person and role.organisation != INTERNAL)


def _missing(context: Context | None) -> tuple[str, ...]:
    if context is None:
        return ("opener", "pushers")
    return (() if context.opener else ("opener",)) + (() if context.pushers else ("pushers",))


def _holder(beliefs: Beliefs) -> Iterable[Role]:
    """Whoever judges with a bundle is about to push, and that makes the change this vendor's."""
    if beliefs.holder:
        claim = f"whoever holds the bundle of {beliefs.holder}"
        yield Role("pusher", claim, beliefs.holder, why="the bundle is this vendor's")


def _forge_roles(context: Context | None, directory: Directory, beliefs: Beliefs) -> Iterable[Role]:
    if context is None:
        return
    if context.opener:
        yield _account_role("opener", context.opener, context.forge, directory, beliefs)
    # A push is somebody's even where the list of pushers leaves them out.
    pushed = (push.by for push in context.pushes if push.by)
    for account in dict.fromkeys((*(context.pushers or ()), *pushed)):
        yield _account_role("pusher", account, context.forge, directory, beliefs)


def _account_role(role: RoleName, account: Account, forge: str, directory: Directory, beliefs: Beliefs) -> Role:
    if bot := beliefs.bot(account.id):
        return Role(role, str(account), INTERNAL, bot.id, True, "bot by numeric id", is_person=False)
    member = directory.by_account(account, forge)
    if member is None:
        return Role(role, str(account), UNKNOWN, why="account is not in the register")
    if member.organisation == INTERNAL and not member.person.active.covers(beliefs.today):
        return Role(role, str(account), UNKNOWN, member.person.id, why="registration as internal is not active")
    return Role(role, str(account), member.organisation, member.person.id, True, "account in the register")


def _commit_roles(
    commit: Commit, word: CommitWord | None, directory: Directory, beliefs: Beliefs
) -> tuple[Role, ...]:
    if bot := _bot(word, beliefs):
        made = Role("author", str(commit.author), INTERNAL, bot.id, True, "bot, by the forge's word", False)
        named = (_claim_role("co-author", claim, "", directory, beliefs) for claim in commit.co_authors)
        return (made, *named, *_delivery_roles(commit, directory, beliefs))
    proof = _proof(commit, word, directory, beliefs)
    claims: list[tuple[RoleName, Claim]] = [("author", commit.author), ("committer", commit.committer)]
    claims += [("co-author", claim) for claim in commit.co_authors]
    roles = [_claim_role(role, claim, proof, directory, beliefs) for role, claim in claims]
    return (*roles, *_signer_role(commit, directory, beliefs), *_delivery_roles(commit, directory, beliefs))


def _delivery_roles(commit: Commit, directory: Directory, beliefs: Beliefs) -> Iterable[Role]:
    """Whose code somebody else committed here: as the commit declares it, and as the register has it."""
    for vendor in commit.deliveries:
        where, why = vendor, "declared by the commit"
        if not directory.is_vendor(vendor):
            where, why = ELSEWHERE if beliefs.holder else UNKNOWN, "declared by the commit, and not in the register"
        yield Role("delivery", f"Delivery: {vendor}", where, why=why)
    for vendor in directory.delivered_by(commit.id):
        yield Role("delivery", f"delivery of {vendor}", vendor, why="declared in the register")


def _bot(word: CommitWord | None, beliefs: Beliefs) -> Bot | None:
    if word is None or not word.verified or word.signer is None:
        return None
    return beliefs.bot(word.signer.id)


def _claim_role(role: RoleName, claim: Claim, proof: str, directory: Directory, beliefs: Beliefs) -> Role:
    email = ascii_lower(claim.email)
    if role == "co-author" and email in beliefs.assistants:
        return Role(role, str(claim), INTERNAL, why="coding assistant named by the policy", is_person=False)
    if role == "committer" and email in FORGE_COMMITTERS:
        why = proof or "the forge as committer, by claim only"
        return Role(role, str(claim), INTERNAL, None, bool(proof), why, is_person=False)
    member, why = _registered(claim.email, directory)
    if member and member.organisation != INTERNAL:
        return Role(role, str(claim), member.organisation, member.person.id, True, why)
    if member or why:
        person = member.person.id if member else None
        return Role(role, str(claim), INTERNAL, person, bool(proof), proof or why)
    if beliefs.holder:
        return Role(role, str(claim), ELSEWHERE, why="identity is not in the bundle")
    return Role(role, str(claim), UNKNOWN, why="identity is not in the register")


def _registered(email: str, directory: Directory) -> tuple[Member | None, str]:
    """Find the person; a registered person beats every internal pattern."""
    if member := directory.by_email(email):
        return member, "email in the register"
    if member := directory.by_noreply(email):
        return member, "numeric id in a no-reply address"
    pattern = directory.matches_internal(email)
    return None, f"email matches {pattern}" if pattern else ""


def _proof(commit: Commit, word: CommitWord | None, directory: Directory, beliefs: Beliefs) -> str:
    """What proves the internal claims of this commit, or nothing: a signature of the committer, or the forge."""
    signer = _signer(commit, directory)
    if signer and _is_active_internal(signer, beliefs) and _is_committer(signer, commit, directory):
        return f"signed by {signer.person.id}"
    if word and word.verified and word.signer:
        member = directory.by_account(word.signer)
        if member and _is_active_internal(member, beliefs):
            return f"signed by {member.person.id}, by the forge's word"
    return ""


def _signer(commit: Commit, directory: Directory) -> Member | None:
    if commit.signature is None or commit.signature.status != "good":
        return None
    return directory.by_key(commit.signature.key)


def _is_committer(signer: Member, commit: Commit, directory: Directory) -> bool:
    member, _ = _registered(commit.committer.email, directory)
    return member is not None and _same(member, signer)


def _same(one: Member, other: Member) -> bool:
    return (one.organisation, one.person.id) == (other.organisation, other.person.id)


def _is_active_internal(member: Member, beliefs: Beliefs) -> bool:
    return member.organisation == INTERNAL and member.person.active.covers(beliefs.today)


def _signer_role(commit: Commit, directory: Directory, beliefs: Beliefs) -> tuple[Role, ...]:
    signer = _signer(commit, directory)
    if signer is None or commit.signature is None:
        return ()
    believed = signer.organisation != INTERNAL or (
        _is_active_internal(signer, beliefs) and _is_committer(signer, commit, directory)
    )
    why = "registered signing key" if believed else "registered key of somebody who is not the committer"
    return (Role("signer", commit.signature.key[:80], signer.organisation, signer.person.id, believed, why),)
