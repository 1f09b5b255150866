"""Who is this address, account or key? Look-ups that do not grow with the register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from outsource_gate.model.facts import Member
from outsource_gate.model.identity import INTERNAL, Account, ascii_lower
from outsource_gate.policy.load import Policy
from outsource_gate.policy.patterns import fits
from outsource_gate.policy.signing_key import is_openpgp, key_id, signature_id

# GitHub writes ID+login, GitLab ID-login; https://docs.github.com, https://docs.gitlab.com (commit email).
_NOREPLY = re.compile(
    r"(?P<id>[1-9][0-9]{0,17})(?P<mark>[+-])(?P<login>[^@\s+]+)@users\.noreply\.(?P<host>[^@\s]+)", re.ASCII
)
_FORGE = {"+": "github", "-": "gitlab"}


@dataclass(frozen=True, slots=True)
class _Accounts:
    """One forge's registered accounts. A login leads to its member, and to its numeric id where that is known."""

    by_id: Mapping[int, Member]
    by_login: Mapping[str, tuple[Member, int | None]]

    def find(self, seen: Account) -> Member | None:
        """Numeric ids decide where both sides have one; a login alone only where one is missing."""
        if seen.id is not None and seen.id in self.by_id:
            return self.by_id[seen.id]
        member, number = self.by_login.get(ascii_lower(seen.login), (None, None))
        return member if number is None or seen.id is None else None


@dataclass(frozen=True, slots=True)
class Register:
    """Everybody registered, by whatever a change names them by."""

    _emails: Mapping[str, Member]
    _keys: Mapping[str, Member]
    _accounts: Mapping[str, _Accounts]
    _patterns: tuple[str, ...]
    _openpgp: tuple[str, ...]
    _vendors: frozenset[str] = frozenset()
    _deliveries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # commit -> vendors

    @classmethod
    def of(cls, policy: Policy) -> Register:
        """Index a policy; that nothing stands twice was checked when it was loaded."""
        members = tuple(_members(policy))
        return cls(
            MappingProxyType({ascii_lower(mail): member for member in members for mail in member.person.emails}),
            MappingProxyType({key_id(key): member for member in members for key in member.person.signing_keys}),
            MappingProxyType({forge: _accounts(forge, members) for forge in ("github", "gitlab")}),
            policy.internal_emails,
            tuple(key for member in members for key in member.person.signing_keys if is_openpgp(key)),
            frozenset(policy.vendors),
            MappingProxyType(_deliveries(policy)),
        )

    def by_email(self, email: str) -> Member | None:
        """Case counts for nothing, A to Z only: look-alikes in other alphabets are nobody."""
        return self._emails.get(ascii_lower(email))

    def by_account(self, account: Account, forge: str = "") -> Member | None:
        """Find whose account this is. Without a forge both are asked, and two different answers are none."""
        asked = [self._accounts[forge]] if forge in self._accounts else list(self._accounts.values())
        found = [member for accounts in asked if (member := accounts.find(account))]
        same = all(member.person.id == found[0].person.id for member in found)
        return found[0] if found and same else None

    def by_key(self, key: str) -> Member | None:
        """Find whose key this is: an SSH public key, or the fingerprint of an OpenPGP primary key."""
        known = signature_id(key)
        return self._keys.get(known) if known else None

    def by_noreply(self, email: str) -> Member | None:
        """Find whose no-reply address this is by the numeric id in it; it proves nothing by itself."""
        named = noreply_account(email)
        return self.by_account(named[1], named[0]) if named else None

    def matches_internal(self, email: str) -> str | None:
        """Give the internal pattern that an address fits, if any."""
        return next((pattern for pattern in self._patterns if fits(pattern, email)), None)

    def is_vendor(self, id: str) -> bool:
        return id in self._vendors

    def delivered_by(self, commit: str) -> tuple[str, ...]:
        """Give the vendors whose code came in with a commit of somebody else, as the register has it."""
        return self._deliveries.get(commit, ())

    def openpgp_keys(self) -> tuple[str, ...]:
        """Give every registered OpenPGP key, armoured, for a keyring of their own."""
        return self._openpgp


def noreply_account(email: str) -> tuple[str, Account] | None:
    """Give the forge and the account that a no-reply address names by numeric id; None for any other address."""
    parts = _NOREPLY.fullmatch(ascii_lower(email))
    # On github.com a dash belongs to the login: an address of the old form, without an id.
    if parts is None or (parts["mark"] == "-" and parts["host"] == "github.com"):
        return None
    return _FORGE[parts["mark"]], Account(parts["login"], int(parts["id"]))


def _members(policy: Policy) -> Iterator[Member]:
    yield from (Member(INTERNAL, person) for person in policy.internal)
    for vendor in policy.vendors.values():
        yield from (Member(vendor.id, person) for person in vendor.people)


def _deliveries(policy: Policy) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for vendor in policy.vendors.values():
        for commit in (commit for delivery in vendor.deliveries for commit in delivery.commits):
            found[commit] = tuple(dict.fromkeys((*found.get(commit, ()), vendor.id)))
    return found


def _accounts(forge: str, members: tuple[Member, ...]) -> _Accounts:
    found = [(member, account) for member in members for account in member.person.accounts(forge)]
    return _Accounts(
        MappingProxyType({account.id: member for member, account in found if account.id is not None}),
        MappingProxyType({ascii_lower(account.login): (member, account.id) for member, account in found}),
    )
