"""Who stands where on a change, and whose approval counts? Pure; review.md is the specification.

One place for every forge: adapters only translate into `Context`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from outsource_gate.model.facts import Attribution, Facts, Member
from outsource_gate.model.identity import INTERNAL, Account
from outsource_gate.model.register import Vendor
from outsource_gate.model.review import Context, Review, ReviewState
from outsource_gate.model.source import ChangeSet

_DECISIVE = (ReviewState.DISMISSED, ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED)
# Two at one instant: the less favourable stands.
_FAVOUR = {ReviewState.APPROVED: 0, ReviewState.DISMISSED: 1, ReviewState.CHANGES_REQUESTED: 2}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one reviewer stands: may they approve, what did they last say, does it count."""

    name: str
    review: Review
    member: Member | None
    barred: str  # why this person may not approve; empty: may
    stale: str = ""  # why an approval is not of this content; empty: it is
    unknown: str = ""  # what is not known; empty: nothing
    doubt: Literal["", "state", "arrival", "membership"] = ""  # what kind of thing that is

    @property
    def may_approve(self) -> bool:
        return not self.barred

    @property
    def counts(self) -> bool:
        approved = self.review.state is ReviewState.APPROVED
        return approved and not (self.barred or self.stale or self.unknown)


def standings(
    facts: Facts, change: ChangeSet, attribution: Attribution, context: Context, teams: tuple[str, ...]
) -> Iterator[Standing]:
    """Give every reviewer's standing; whoever is named in the change, even untruly, approves nothing."""
    contributors = _contributors(change, attribution, context)
    fresh = _same_content(change)
    rows = [row for row in context.reviews or () if row.reviewer is not None]
    rows.sort(key=lambda row: _who(facts, context, row)[0])
    for name, reviews in groupby(rows, key=lambda row: _who(facts, context, row)[0]):
        own = tuple(reviews)
        _, member = _who(facts, context, own[0])
        barred, unsure = _barred(facts, own[0].reviewer, member, contributors, teams)
        for standing in _last_word(name, member, barred, own, context, fresh):
            is_unsure = bool(unsure) and not standing.unknown
            yield replace(standing, unknown=unsure, doubt="membership") if is_unsure else standing


def _who(facts: Facts, context: Context, row: Review) -> tuple[str, Member | None]:
    """The person behind a reviewer's account; several accounts of one person are one."""
    assert row.reviewer is not None
    for member in facts.members:
        if member.person.has_account(row.reviewer, context.forge):
            return member.person.id, member
    return str(row.reviewer), None


def _contributors(
    change: ChangeSet, attribution: Attribution, context: Context
) -> frozenset[tuple[str, str | None]]:
    """Everybody named in the change; nobody becomes a contributor by a merge that adds nothing."""
    adding_nothing = {*change.update_merges, *_made_of_the_request(change)}
    roles = [
        role
        for role in attribution.roles
        if not (role.role == "pusher" and _only_updates(role.claim, change, context))
    ]
    for commit in attribution.commits:
        if commit.commit not in adding_nothing:
            roles.extend(commit.roles)
    return frozenset((role.organisation, role.person) for role in roles if role.person)


def _made_of_the_request(change: ChangeSet) -> frozenset[str]:
    """What a queue made of the request, by merge, squash or rebase: that its content is the request's was seen.

    Its author or committer is whoever queued the request, which reviewers do.
    """
    if not change.request_head:
        return frozenset()
    parents = {commit.id: commit.parents for commit in change.commits}
    own: set[str] = set()
    left = [change.request_head]
    while left:
        if (commit := left.pop()) in parents and commit not in own:
            own.add(commit)
            left.extend(parents[commit])
    return frozenset(parents) - own


def _only_updates(claim: str, change: ChangeSet, context: Context) -> bool:
    shas = [push.sha for push in context.pushes if push.by and str(push.by) == claim]
    return bool(shas) and all(sha in change.update_merges for sha in shas)


def _barred(
    facts: Facts,
    reviewer: Account | None,
    member: Member | None,
    contributors: frozenset[tuple[str, str | None]],
    teams: tuple[str, ...],
) -> tuple[str, str]:
    """Why this person may not approve, and what is not known of that; both empty: may."""
    if reviewer is None or reviewer.type.lower() == "bot":
        return "a bot approves nothing", ""
    if member is not None:
        if member.organisation != INTERNAL:
            return _vendors_person(facts, member.organisation), ""
        if (member.organisation, member.person.id) in contributors:
            return _NAMED, ""
        if not member.person.active.covers(facts.today):
            return "no longer or not yet active", ""
        if not teams or set(member.person.teams) & set(teams):
            return "", ""
    return _by_team(facts, reviewer, teams, is_registered=member is not None)


_NAMED = "named in the change as author, committer, co-author, opener or pusher"


def _by_team(facts: Facts, reviewer: Account, teams: tuple[str, ...], *, is_registered: bool) -> tuple[str, str]:
    """Does the forge say that this account is in a named team? By numeric id; a login can change hands."""
    absent = f"not in {' or '.join(teams)}" if is_registered else "not in the register"
    if not teams or not isinstance(facts.context, Context) or not isinstance(facts.attribution, Attribution):
        return absent, ""
    told = [team for team in facts.context.teams if team.name in teams]
    ids = {account.id for team in told for account in team.members or () if account.id is not None}
    if reviewer.id in ids:
        made = any(role.claim == str(reviewer) for role in facts.attribution.roles)
        return (_NAMED, "") if made else ("", "")
    if unread := [team.name for team in told if team.members is None]:
        gap = facts.context.gap(f"team {unread[0]}")
        return "", f"whether they are in {unread[0]}" + (f" ({gap.reason})" if gap else "")
    return absent, ""


def _vendors_person(facts: Facts, organisation: str) -> str:
    vendor = facts.registered(facts.vendor)
    if organisation == facts.vendor:
        return "same vendor as the author"
    return _relation(vendor, organisation) if vendor else "person of a vendor"


def _relation(vendor: Vendor, organisation: str) -> str:
    return (
        f"person of an affiliate of {vendor.id}" if organisation in vendor.related else "person of another vendor"
    )


def _last_word(
    name: str,
    member: Member | None,
    barred: str,
    own: tuple[Review, ...],
    context: Context,
    fresh: frozenset[str],
) -> Iterator[Standing]:
    """One standing per person: their last decisive word. Comments do nothing, a dismissed word brings none back."""
    for row in own:
        if row.state is ReviewState.UNKNOWN:
            yield Standing(name, row, member, barred, unknown=_STRANGE, doubt="state")
    words = [row for row in own if row.state in _DECISIVE and _is_whole(row)]
    yield from (
        Standing(name, row, member, barred, stale="names no commit or no time")
        for row in own
        if row.state is ReviewState.APPROVED and not _is_whole(row)
    )
    if words:
        last = max(
            words, key=lambda row: (row.submitted_at is None, row.submitted_at or _NEVER, _FAVOUR[row.state])
        )
        stale, unknown = _content(last, context, fresh)
        yield Standing(name, last, member, barred, stale, unknown, "arrival" if unknown else "")


_STRANGE = "a review in a state this version does not know"
_NEVER = datetime.min


def _is_whole(row: Review) -> bool:
    """An approval needs commit and time; a word against the change blocks without them."""
    return row.state is not ReviewState.APPROVED or (row.commit is not None and row.submitted_at is not None)


def _content(last: Review, context: Context, fresh: frozenset[str]) -> tuple[str, str]:
    """Is the approval of this content, given after it arrived? Gives (why stale, what is not known)."""
    if last.state is not ReviewState.APPROVED:
        return "", ""
    assert last.commit is not None and last.submitted_at is not None
    if last.commit not in fresh:
        return f"approved {last.commit[:7]}, which is not the head", ""
    arrived = context.arrival(last.commit)
    if arrived is None:
        return "", f"when {last.commit[:7]} arrived on the server"
    if last.submitted_at <= arrived:
        return f"given before {last.commit[:7]} arrived on the server", ""
    return "", ""


def _same_content(change: ChangeSet) -> frozenset[str]:
    """The head, in a merge queue the request's, too; and commits from which only clean update merges lead there."""
    first_parent = {commit.id: commit.parents[0] for commit in change.commits if commit.parents}
    same = {change.head.commit}
    for head in filter(None, (change.head.commit, change.request_head)):
        current = head
        same.add(current)
        while current in change.update_merges and current in first_parent:
            current = first_parent[current]
            same.add(current)
    return frozenset(same)
