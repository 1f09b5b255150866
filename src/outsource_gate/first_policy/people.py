"""Who are the people behind these addresses, and under which ids?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from outsource_gate.first_policy.addresses import Address, Kind
from outsource_gate.model.identity import Account
from outsource_gate.model.register import RESERVED_VENDOR_IDS

MAX_ACCOUNTS = 5  # shown for one person


@dataclass(frozen=True, slots=True)
class Told:
    """An account that the forge names for an address, and what its word rests on."""

    email: str
    forge: str
    account: Account
    why: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A person to register. `perhaps` are forge accounts that used the same name, which anybody can."""

    id: str
    name: str
    addresses: tuple[Address, ...]
    perhaps: tuple[Address, ...] = ()
    told: tuple[Told, ...] = ()


class Ids:
    """Gives each id once: nobody may be two in a register."""

    def __init__(self) -> None:
        self._taken: set[str] = set(RESERVED_VENDOR_IDS)

    def new(self, wish: str) -> str:
        slug = re.sub(r"[^a-z0-9._-]+", "-", wish.lower())[:48].strip("._-") or "person"
        found, number = slug, 1
        while found in self._taken:
            number += 1
            found = f"{slug}-{number}"
        self._taken.add(found)
        return found


def people_of(addresses: Sequence[Address], ids: Ids) -> tuple[Proposed, ...]:
    """Several addresses of one organisation under one full name are one person; the most used one gives the id."""
    found: defaultdict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        found[full_name(address) or address.seen.email].append(address)
    return tuple(Proposed(ids.new(_wish(own[0])), own[0].seen.name.strip(), tuple(own)) for own in found.values())


def with_accounts(people: Iterable[Proposed], accounts: Iterable[Address]) -> tuple[Proposed, ...]:
    """Note whose name an account used, where that is the name of exactly one of these people."""
    everybody = tuple(people)
    owners = Counter(name for person in everybody for name in _names(person))
    named: defaultdict[str, list[Address]] = defaultdict(list)
    for account in accounts:
        named[full_name(account)].append(account)
    return tuple(
        replace(
            person,
            perhaps=tuple(one for name in _names(person) if owners[name] == 1 for one in named[name])[
                :MAX_ACCOUNTS
            ],
        )
        for person in everybody
    )


def with_told(people: Iterable[Proposed], told: Mapping[str, Told]) -> tuple[Proposed, ...]:
    """Note what the forge told of each person's addresses."""
    return tuple(
        replace(person, told=tuple(told[email] for email in _emails(person) if email in told)) for person in people
    )


def _emails(person: Proposed) -> tuple[str, ...]:
    return tuple(address.seen.email for address in person.addresses)


def _names(person: Proposed) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for address in person.addresses if (name := full_name(address))))


def full_name(address: Address) -> str:
    """A name to compare by; one word alone names nobody in particular."""
    words = address.seen.name.casefold().split()
    return " ".join(words) if len(words) > 1 else ""


def _wish(address: Address) -> str:
    if address.kind is Kind.ACCOUNT and address.account:
        return address.account.login
    return address.seen.email.partition("@")[0].partition("+")[0]
