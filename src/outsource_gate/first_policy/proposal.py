"""Who goes where: our own people, vendors, automata, and who is left for people to sort?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from outsource_gate.first_policy.addresses import Address, Kind, address
from outsource_gate.first_policy.domains import Guess, company_label
from outsource_gate.first_policy.people import Ids, Proposed, Told, people_of, with_accounts, with_told
from outsource_gate.model.history import Contribution, History
from outsource_gate.model.identity import Claim, ascii_lower

_PEOPLE = (Kind.COMPANY, Kind.ANYBODYS, Kind.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Answers:
    """What only people know, or let us guess."""

    organization: str
    ours: tuple[str, ...]
    vendors: tuple[str, ...]
    contact: str  # whom a blocked contractor is told to call; needed where there are vendors


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that was found out before anybody was asked."""

    history: History
    addresses: tuple[Address, ...]
    own: Address | None  # of whoever runs this, as their git configuration says
    repository: str  # owner/name on the forge, "" where no origin says it


@dataclass(frozen=True, slots=True)
class ProposedVendor:
    """A company to register: identity only. What was signed with it, and what it may touch, no history knows."""

    id: str
    domain: str
    people: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """All of it, sorted."""

    today: date
    seen: Seen
    answers: Answers
    guess: Guess
    people: tuple[Proposed, ...]
    vendors: tuple[ProposedVendor, ...]
    unsorted: tuple[Proposed, ...]
    bots: tuple[tuple[str, Address], ...]  # id, with account
    assistants: tuple[Address, ...]
    left_out: tuple[Address, ...]  # nothing that a register could hold


def seen_in(history: History, own: Claim | None, repository: str) -> Seen:
    """Say of every address what it is; whoever runs this is there, even without a commit."""
    found = {contribution.email: address(contribution) for contribution in history.contributions}
    mine = None
    if own:
        email = ascii_lower(own.email)
        mine = found.get(email) or address(Contribution(email, own.name, 0, 1))
        mine = mine if mine.kind in _PEOPLE else None
    if mine:
        found.setdefault(mine.seen.email, mine)
    return Seen(history, tuple(found.values()), mine, repository)


def propose(seen: Seen, answers: Answers, guess: Guess, today: date) -> Proposal:
    """Sort everybody; each address goes to one place."""
    ids = Ids()
    bots = tuple(_bots(seen, ids))
    groups = [[one for one in seen.addresses if _is_ours(one, seen, answers)]]
    groups += [_below(seen.addresses, domain) for domain in answers.vendors]
    placed = {one.seen.email for group in groups for one in group}
    rest = [one for one in seen.addresses if one.kind in _PEOPLE and one.seen.email not in placed]
    people, *companies = _registered(groups, rest, ids)
    named = {one.seen.email for group in (people, *companies) for person in group for one in person.perhaps}
    return Proposal(
        today=today,
        seen=seen,
        answers=answers,
        guess=guess,
        people=people,
        vendors=tuple(_vendors(answers.vendors, companies)),
        unsorted=people_of([one for one in rest if one.seen.email not in named], ids),
        bots=bots,
        assistants=tuple(one for one in seen.addresses if one.kind is Kind.ASSISTANT),
        left_out=tuple(one for one in seen.addresses if one.why),
    )


def with_forge(proposal: Proposal, told: Mapping[str, Told]) -> Proposal:
    """Add the accounts that the forge names; nobody moves to another place by them."""
    vendors = (replace(vendor, people=with_told(vendor.people, told)) for vendor in proposal.vendors)
    return replace(proposal, people=with_told(proposal.people, told), vendors=tuple(vendors))


def _is_ours(one: Address, seen: Seen, answers: Answers) -> bool:
    if one is seen.own and one.domain not in answers.vendors:
        return True
    return one.kind is Kind.COMPANY and one.domain in answers.ours


def _below(addresses: Iterable[Address], domain: str) -> list[Address]:
    return [one for one in addresses if one.kind is Kind.COMPANY and one.domain == domain]


def _registered(groups: list[list[Address]], rest: list[Address], ids: Ids) -> list[tuple[Proposed, ...]]:
    """The people of each group; whose name an account used is asked over all of them."""
    people = [people_of(group, ids) for group in groups]
    accounts = [one for one in rest if one.kind is Kind.ACCOUNT]
    noted = iter(with_accounts((person for group in people for person in group), accounts))
    return [tuple(islice(noted, len(group))) for group in people]


def _bots(seen: Seen, ids: Ids) -> Iterator[tuple[str, Address]]:
    for one in seen.addresses:
        if one.kind is Kind.BOT and one.account:
            yield ids.new(one.account.login.removesuffix("[bot]")), one


def _vendors(domains: Sequence[str], companies: Sequence[tuple[Proposed, ...]]) -> Iterator[ProposedVendor]:
    ids = Ids()
    for domain, people in zip(domains, companies, strict=True):
        yield ProposedVendor(ids.new(company_label(domain)), domain, people)
