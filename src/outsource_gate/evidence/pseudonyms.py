"""How do people appear in a record that outlives their right to be forgotten?

Not by name, email or login. With a key, a person has one pseudonym in every record (HMAC-SHA-256 over the register
id). Without a key a hash of a short id could be guessed, so persons are numbered within the record, in the order in
which the facts list them. Either way the facts file, which can be erased, says who is meant.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from outsource_gate.errors import UsageError
from outsource_gate.evidence.cut import cut_text
from outsource_gate.evidence.facts_file import text as unicode_text
from outsource_gate.evidence.run import PSEUDONYM_VARIABLE
from outsource_gate.evidence.secret_text import without_secrets
from outsource_gate.model.facts import Attribution, Facts, Role
from outsource_gate.model.identity import Account
from outsource_gate.model.register import Person
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet

MIN_KEY = 16
MAX_READ = 8000  # what is looked at of one text; the rest is cut anyway
MAX_NAME = 400
_EMAIL = re.compile(r"[^\s<>@\"',;()\[\]]{1,64}@(?!\d)[^\s<>@\"',;()\[\]]{1,255}")
# Where a name may begin, and what may not follow it: inside a word, path or address it is none.
_START = re.compile(r"(?<![\w.@/+-])\S")
_GOES_ON = re.compile(r"[\w@/]|[.-]\w")


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The pseudonyms of one record. `table`: names in lower case, as texts may hold them."""

    key: bytes | None
    people: Mapping[tuple[str, str], str]  # (organisation, register id) -> pseudonym
    table: Mapping[str, str]
    lengths: tuple[int, ...]  # of the table's names, longest first
    seen: dict[str, str] = field(default_factory=dict, compare=False, repr=False)  # texts repeat

    @property
    def method(self) -> Literal["hmac-sha256", "ordinal"]:
        return "hmac-sha256" if self.key else "ordinal"

    @property
    def key_name(self) -> str:
        """Which key it was, without saying anything of it."""
        return _mac(self.key, "the key's name")[:8] if self.key else ""

    def of_role(self, role: Role) -> str:
        if not role.is_person and role.person:
            return role.person  # a bot or assistant has no privacy
        return self.people.get((role.organisation, role.person or "")) or self.of(role.claim)

    def of(self, claim: str) -> str:
        return self.table.get(_lower(claim)) or (f"somebody:{_mac(self.key, claim)}" if self.key else "somebody")

    def text(self, value: str) -> str:
        """Give a text without names, emails, logins and what looks like a secret."""
        if value not in self.seen:
            self.seen[value] = _scrubbed(self, value) if value else ""
        return self.seen[value]

    def path(self, value: str) -> str:
        """Give a path as it is, but for what has the form of a secret."""
        return cut_text(unicode_text(without_secrets(value[:MAX_READ], self._secret, random=False)))

    def _secret(self, secret: str) -> str:
        return f"[secret-looking: {_mac(self.key, secret)}]" if self.key else "[secret-looking, left out]"


def pseudonyms(facts: Facts, key: bytes | None) -> Pseudonyms:
    """Name everybody whom the facts know: the register's people first, then whoever else is named."""
    if key is not None and len(key) < MIN_KEY:
        raise UsageError(
            f"{PSEUDONYM_VARIABLE}: {len(key)} bytes -> at least {MIN_KEY}", hint="openssl rand -hex 32"
        )
    people: dict[tuple[str, str], str] = {}
    table: dict[str, str] = {}
    for organisation, person in _registered(facts):
        name = f"person:{_mac(key, f'{organisation}/{person.id}')}" if key else f"person-{len(people) + 1}"
        people[organisation, person.id] = name
        table.update({_lower(alias): name for alias in _aliases(person) if _lower(alias) not in table})
    table.update({_lower(vendor.owner): f"the owner of {vendor.id}" for vendor in facts.vendors})
    _add_others(facts, key, people, table)
    return Pseudonyms(key, people, table, tuple(sorted({len(alias) for alias in table}, reverse=True)))


def _add_others(
    facts: Facts, key: bytes | None, people: Mapping[tuple[str, str], str], table: dict[str, str]
) -> None:
    """Claims that lead to a registered person get that person's pseudonym, all others one of their own."""
    count = 0
    for claim, person in _claims(facts):
        known = people.get(person) if person else table.get(_lower(_email(claim)))
        if known is None and _lower(claim) not in table:
            count += 1
            known = f"somebody:{_mac(key, claim)}" if key else f"somebody-{count}"
        for alias in _parts(claim) if known else ():
            if 1 < len(alias) <= MAX_NAME:
                table.setdefault(_lower(alias), known or "")


def _registered(facts: Facts) -> list[tuple[str, Person]]:
    found = {(member.organisation, member.person.id): member.person for member in facts.members}
    found |= {(vendor.id, person.id): person for vendor in facts.vendors for person in vendor.people}
    return [(organisation, person) for (organisation, _), person in sorted(found.items(), key=lambda item: item[0])]


def _aliases(person: Person) -> Iterator[str]:
    yield person.id
    yield from (person.name,) if person.name else ()
    yield from person.emails
    for email in person.emails:
        yield f"{person.name} <{email}>"
    for account in person.accounts():
        yield account.login
        yield f"@{account.login}"


def _claims(facts: Facts) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Everybody named by role, commit or account, with the registered person where one is known."""
    if isinstance(facts.attribution, Attribution):
        for role in (*facts.attribution.roles, *(role for c in facts.attribution.commits for role in c.roles)):
            if role.is_person or not role.person:
                yield role.claim, (role.organisation, role.person) if role.person else None
    if isinstance(facts.change, ChangeSet):
        for commit in facts.change.commits:
            for claim in (commit.author, commit.committer, *commit.co_authors):
                yield str(claim), None
    if isinstance(facts.context, Context):
        people = _registered(facts)
        for account in _accounts(facts.context):
            yield str(account), _person_of(people, account, facts.context.forge)


def _accounts(context: Context) -> Iterator[Account]:
    for account in (
        context.opener,
        *(context.pushers or ()),
        *(push.by for push in context.pushes),
        *(word.signer for word in context.commits),
        *(review.reviewer for review in context.reviews or ()),
    ):
        if account is not None:
            yield account


def _person_of(people: list[tuple[str, Person]], account: Account, forge: str) -> tuple[str, str] | None:
    return next(((name, person.id) for name, person in people if person.has_account(account, forge)), None)


def _email(claim: str) -> str:
    """The address in a claim: it leads to a person, the name beside it is free text."""
    return claim.rpartition(" <")[2].removesuffix(">")


def _parts(claim: str) -> Iterator[str]:
    """A claim as it may stand in a text: whole, name alone, email alone, login alone."""
    yield claim
    if claim.startswith("@"):
        yield claim[1:]
    name, bracket, email = claim.rpartition(" <")
    if bracket:
        yield from (part for part in (name.strip(), email.removesuffix(">")) if part)


def _scrubbed(names: Pseudonyms, value: str) -> str:
    rest = len(value) - MAX_READ
    clean = without_secrets(unicode_text(value[:MAX_READ]), names._secret)
    clean = _EMAIL.sub(lambda found: _address(names, found[0]), _without_names(names, clean))
    return cut_text(clean, left_out=max(rest, 0))


def _without_names(names: Pseudonyms, value: str) -> str:
    """Look up what stands at each beginning of a word, longest name first: bounded by text, not by names."""
    lowered, out, position = _lower(value), [], 0
    for start in _START.finditer(lowered):
        at = start.start()
        if at < position:
            continue
        for length in names.lengths:
            name = names.table.get(lowered[at : at + length])
            if name and not _GOES_ON.match(lowered, at + length):
                out += [value[position:at], name]
                position = at + length
                break
    return "".join((*out, value[position:]))


def _address(names: Pseudonyms, email: str) -> str:
    return names.table.get(_lower(email)) or (f"somebody:{_mac(names.key, email)}" if names.key else "[address]")


def _lower(value: str) -> str:
    """Lower case, character by character, so that places stay places."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in value)


def _mac(key: bytes | None, message: str) -> str:
    assert key is not None
    return hmac.new(key, unicode_text(message).encode(), hashlib.sha256).hexdigest()[:16]
