"""Who is this address, account or key? Look-ups that do not grow with the register."""

from __future__ import annotations

import re
from dataclasses import dataclass

from outsource_gate.model.facts import Member
from outsource_gate.model.identity import Account, ascii_lower
from outsource_gate.policy.load import Policy
from outsource_gate.policy.patterns import fits
from outsource_gate.policy.registered import Accounts, Named
from outsource_gate.policy.signing_key import signature_id
from outsource_gate.policy.uncollected import uncollected

# GitHub writes ID+login, GitLab ID-login; https://docs.github.com, https://docs.gitlab.com (commit email).
_NOREPLY = re.compile(
    r"(?P<id>[1-9][0-9]{0,17})(?P<mark>[+-])(?P<login>[^@\s+]+)@users\.noreply\.(?P<host>[^@\s]+)", re.ASCII
)
_FORGE = {"+": "github", "-": "gitlab"}


@dataclass(frozen=True, slots=True)
class Register:
    """Everybody registered, by whatever a change names them by."""

    _named: Named
    _patterns: tuple[str, ...]

    @classmethod
    def of(cls, policy: Policy) -> Register:
        """Name everybody in a policy, or take the names that an index of the very same people has."""
        with uncollected():
            return cls(policy.names(), policy.internal_emails)

    def by_email(self, email: str) -> Member | None:
        """Case counts for nothing, A to Z only: look-alikes in other alphabets are nobody."""
        return self._named.emails.get(ascii_lower(email))

    def by_account(self, account: Account, forge: str = "") -> Member | None:
        """Find whose account this is. Without a forge both are asked, and two different answers are none."""
        known = self._named.accounts
        asked = [known[forge]] if forge in known else list(known.values())
        found = [member for accounts in asked if (member := _whose(account, accounts))]
        same = all(member.person.id == found[0].person.id for member in found)
        return found[0] if found and same else None

    def by_key(self, key: str) -> Member | None:
        """Find whose key this is: an SSH public key, or the fingerprint of an OpenPGP primary key."""
        known = signature_id(key)
        return self._named.keys.get(known) if known else None

    def by_noreply(self, email: str) -> Member | None:
        """Find whose no-reply address this is by the numeric id in it; it proves nothing by itself."""
        named = noreply_account(email)
        return self.by_account(named[1], named[0]) if named else None

    def matches_internal(self, email: str) -> str | None:
        """Give the internal pattern that an address fits, if any."""
        return next((pattern for pattern in self._patterns if fits(pattern, email)), None)

    def is_vendor(self, id: str) -> bool:
        return id in self._named.vendors

    def delivered_by(self, commit: str) -> tuple[str, ...]:
        """Give the vendors whose code came in with a commit of somebody else, as the register has it."""
        return self._named.deliveries.get(commit, ())

    def openpgp_keys(self) -> tuple[str, ...]:
        """Give every registered OpenPGP key, armoured, for a keyring of their own."""
        return self._named.openpgp


def noreply_account(email: str) -> tuple[str, Account] | None:
    """Give the forge and the account that a no-reply address names by numeric id; None for any other address."""
    parts = _NOREPLY.fullmatch(ascii_lower(email))
    # On github.com a dash belongs to the login: an address of the old form, without an id.
    if parts is None or (parts["mark"] == "-" and parts["host"] == "github.com"):
        return None
    return _FORGE[parts["mark"]], Account(parts["login"], int(parts["id"]))


def _whose(seen: Account, known: Accounts) -> Member | None:
    """Numeric ids decide where both sides have one; a login alone only where one is missing."""
    if seen.id is not None and (member := known.by_id.get(seen.id)):
        return member
    member, number = known.by_login.get(ascii_lower(seen.login), (None, None))
    return member if number is None or seen.id is None else None
