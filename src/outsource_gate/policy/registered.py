"""Who is registered, with all that was compared, and by what names a change can mean them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from outsource_gate.model.facts import Member
from outsource_gate.model.identity import INTERNAL, ascii_lower
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.waiver import Waiver
from outsource_gate.policy.signing_key import is_openpgp, key_id
from outsource_gate.policy.yaml_text import Path, Place

FORGES = ("github", "gitlab")


@dataclass(frozen=True, slots=True)
class Accounts:
    """One forge's registered accounts. A login leads to its member, and to its numeric id where that is known."""

    by_id: Mapping[int, Member]
    by_login: Mapping[str, tuple[Member, int | None]]


@dataclass(frozen=True, slots=True)
class Named:
    """Everybody registered, by address, key and account; what is looked up is folded as `index.Register` does."""

    internal: Sequence[Person]  # whom these are names of
    vendors: Mapping[str, Vendor]
    emails: Mapping[str, Member]
    keys: Mapping[str, Member]
    accounts: Mapping[str, Accounts]
    openpgp: tuple[str, ...]
    deliveries: Mapping[str, tuple[str, ...]]  # commit -> vendors


@dataclass(frozen=True, slots=True)
class Registered:
    """Everything that the files beside policy.yaml say, checked; made of them, or of an index of them."""

    internal: Sequence[Person]
    vendors: Mapping[str, Vendor]
    claimed: Mapping[str, str]
    waivers: tuple[Waiver, ...]
    licences: Mapping[str, str]
    places: Mapping[Path, Place]
    named: Named | None = None  # None: made when somebody asks


def named_of(internal: Sequence[Person], vendors: Mapping[str, Vendor]) -> Named:
    """Name everybody; that nothing stands twice was checked when the register was loaded."""
    members = tuple(_members(internal, vendors))
    return Named(
        internal,
        vendors,
        MappingProxyType({ascii_lower(mail): member for member in members for mail in member.person.emails}),
        MappingProxyType({key_id(key): member for member in members for key in member.person.signing_keys}),
        MappingProxyType({forge: _accounts(forge, members) for forge in FORGES}),
        tuple(key for member in members for key in member.person.signing_keys if is_openpgp(key)),
        MappingProxyType(_deliveries(vendors)),
    )


def _members(internal: Sequence[Person], vendors: Mapping[str, Vendor]) -> Iterator[Member]:
    yield from (Member(INTERNAL, person) for person in internal)
    for vendor in vendors.values():
        yield from (Member(vendor.id, person) for person in vendor.people)


def _accounts(forge: str, members: tuple[Member, ...]) -> Accounts:
    found = [(member, account) for member in members for account in member.person.accounts(forge)]
    return Accounts(
        MappingProxyType({account.id: member for member, account in found if account.id is not None}),
        MappingProxyType({ascii_lower(account.login): (member, account.id) for member, account in found}),
    )


def _deliveries(vendors: Mapping[str, Vendor]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for vendor in vendors.values():
        for commit in (commit for delivery in vendor.deliveries for commit in delivery.commits):
            found[commit] = tuple(dict.fromkeys((*found.get(commit, ()), vendor.id)))
    return found
