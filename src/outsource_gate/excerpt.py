"""Which part of the register does a change concern? Pure; only that part goes into facts and record.

Names and keys stay behind: judging needs ids, accounts, teams, addresses of approvers and days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from outsource_gate.model.facts import Attribution, BotScope, Member, NotAsked, Unavailable
from outsource_gate.model.identity import Account
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.review import Context
from outsource_gate.policy.schema import Bot


def vendors_named(attribution: Attribution | Unavailable, register: Mapping[str, Vendor]) -> tuple[Vendor, ...]:
    """The vendors of the change, each with only the people that the change names."""
    if isinstance(attribution, Unavailable):
        return ()
    named = _persons(attribution)
    return tuple(_without_others(register[name], named) for name in attribution.vendors if name in register)


def members_named(
    attribution: Attribution | Unavailable,
    context: Context | Unavailable | NotAsked,
    by_account: Callable[[Account, str], Member | None],
) -> tuple[Member, ...]:
    """The registered persons behind the accounts that opened, pushed or reviewed the change."""
    if isinstance(attribution, Unavailable) or not isinstance(context, Context):
        return ()
    accounts = dict.fromkeys(_accounts(context))
    found = [member for account in accounts if (member := by_account(account, context.forge))]
    unique = {(member.organisation, member.person.id): member for member in found}
    return tuple(Member(key[0], _bare(member.person)) for key, member in sorted(unique.items()))


def bots_named(attribution: Attribution | Unavailable, bots: Iterable[Bot]) -> tuple[BotScope, ...]:
    """The bots that the change names, with what they may touch on their own."""
    if isinstance(attribution, Unavailable):
        return ()
    roles = [*attribution.roles, *(role for commit in attribution.commits for role in commit.roles)]
    named = {role.person for role in roles if not role.is_person}
    return tuple(BotScope(bot.id, tuple(bot.may_touch)) for bot in bots if bot.id in named)


def _accounts(context: Context) -> Iterator[Account]:
    if context.opener:
        yield context.opener
    yield from context.pushers or ()
    yield from (push.by for push in context.pushes if push.by)
    yield from (review.reviewer for review in context.reviews or () if review.reviewer)


def _persons(attribution: Attribution) -> frozenset[tuple[str, str | None]]:
    roles = [*attribution.roles, *(role for commit in attribution.commits for role in commit.roles)]
    return frozenset((role.organisation, role.person) for role in roles)


def _without_others(vendor: Vendor, named: frozenset[tuple[str, str | None]]) -> Vendor:
    people = tuple(_bare(person) for person in vendor.people if (vendor.id, person.id) in named)
    return vendor.model_copy(update={"people": people})


def _bare(person: Person) -> Person:
    return person.model_copy(update={"name": None, "signing_keys": ()})
