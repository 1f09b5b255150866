"""Who is in the change of a case? Looks people up in the register, and changes entries where a case says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from outsource_gate.model.facts import Member
from outsource_gate.model.identity import INTERNAL, Account, Claim
from outsource_gate.model.register import Person, Vendor
from outsource_gate.policy.cases import Given
from outsource_gate.policy.index import Register
from outsource_gate.policy.load import Policy
from outsource_gate.policy.problems import validate_data
from outsource_gate.policy.yaml_text import Place, shown


@dataclass(frozen=True, slots=True)
class Known:
    """A policy, and everybody in it by register id."""

    policy: Policy
    register: Register
    people: Mapping[str, Member] = field(repr=False)

    @classmethod
    def of(cls, policy: Policy) -> Known:
        members = [Member(INTERNAL, person) for person in policy.internal]
        members += [Member(one.id, person) for one in policy.vendors.values() for person in one.people]
        people = {member.person.id: member for member in members}
        return cls(policy, Register.of(policy), MappingProxyType(people))

    def author(self, given: Given, today: date, place: Place) -> str:
        """Give the author's register id or address: as said, or the vendor's first person who is active."""
        if given.author:
            return given.author
        if given.vendor is None:
            raise place.error("nobody is the author", "add author: with a register id, or vendor:")
        vendor = self.vendor(given.vendor, place.below("vendor"))
        active = [person for person in vendor.people if person.active.covers(today) and person.emails]
        if not active:
            raise place.error(f"{vendor.id} has nobody active with an address on {today}", "name an author:")
        return active[0].id

    def vendor(self, id: str, place: Place) -> Vendor:
        if id not in self.policy.vendors:
            raise place.error(f"vendor {shown(id)} is not in the register", "use an id of the register")
        return self.policy.vendors[id]

    def claim(self, who: str, place: Place) -> Claim:
        """What a commit says of somebody: the first registered address, or the address itself."""
        if "@" in who.removeprefix("@"):
            return Claim(who.partition("@")[0], who)
        person = self._person(who, place)
        if not person.emails:
            raise place.error(f"{who} has no address in the register", "commits name people by address")
        return Claim(person.id, person.emails[0])

    def account(self, who: str, place: Place) -> Account:
        """Somebody's first account; an address of nobody registered has one that nobody knows."""
        if "@" in who:
            return Account(who.removeprefix("@").partition("@")[0], 2**40)
        accounts = self._person(who, place).accounts()
        if not accounts:
            raise place.error(f"{who} has no account in the register", "forges name people by account")
        return Account(accounts[0].login, accounts[0].id)

    def ours(self, today: date) -> list[Person]:
        """Our own people who can review today."""
        return [one for one in self.policy.internal if one.accounts() and one.active.covers(today)]

    def _person(self, who: str, place: Place) -> Person:
        if who not in self.people:
            raise place.error(
                f"{shown(who)} is not in the register", "use a person's id, an address, or @login for an account"
            )
        return self.people[who].person


def with_changes(known: Known, given: Given, author: str, place: Place) -> Known:
    """The register as the case has it: what `register` and `person` say replaces what stands there."""
    if not (given.register_ or given.person):
        return known
    member = known.people.get(author)
    vendor_id = given.vendor or (member.organisation if member else "")
    vendor = known.vendor(vendor_id, place)
    whole = vendor.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for key in ("id", "people"):
        if key in given.register_:
            raise place.below("register", key).error(f"a case cannot change the {key} of a vendor", "leave it out")
    whole = _laid_over(whole, given.register_)
    if given.person:
        if not any(one["id"] == author for one in whole.get("people", ())):
            raise place.below("person").error(f"{shown(author)} is nobody of {vendor.id}", "name another author")
        whole["people"] = [_laid_over(one, given.person) if one["id"] == author else one for one in whole["people"]]
    changed = validate_data(Vendor, json.loads(json.dumps(whole)), lambda loc: _stands(place, loc))
    if changed.tier not in known.policy.tiers:
        raise place.below("register", "tier").error(f"unknown tier {shown(changed.tier)}", "use one of the policy")
    vendors = MappingProxyType({**known.policy.vendors, vendor.id: changed})
    return Known.of(replace(known.policy, vendors=vendors))


def _stands(place: Place, loc: tuple[str | int, ...]) -> tuple[Any, tuple[str | int, ...]]:
    """Where a changed part stands in the case; what is not in the case is taken for the whole of it."""
    below = place.below("person", *loc[2:]) if loc[:1] == ("people",) else place.below("register", *loc)
    return below.text, below.path


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings key by key, everything else replaced."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = _laid_over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
