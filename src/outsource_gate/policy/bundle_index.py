"""Who is this address or key, asked of a contractor's bundle? The register's look-ups where most names are hashes.

A hash can be compared and not read. Whoever holds the bundle can still try a guess, as with a commit.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from outsource_gate.model.facts import Member
from outsource_gate.model.identity import Account, ascii_lower
from outsource_gate.model.register import ForgeAccount, Person
from outsource_gate.policy.index import noreply_account
from outsource_gate.policy.patterns import STAR
from outsource_gate.policy.signing_key import key_id, signature_id

FORGES = ("github", "gitlab")
_STAR = re.compile(STAR)
_SUBDOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+")


@dataclass(frozen=True, slots=True)
class Names:
    """HMAC-SHA-256 under one bundle's key, each kind of name apart, so that bundles cannot be compared."""

    key: bytes = field(repr=False)

    def email(self, email: str) -> str:
        return self._hash("email", ascii_lower(email))

    def account(self, forge: str, account: ForgeAccount | Account) -> str:
        """Numeric ids name an account; a login only where there is none."""
        if account.id is not None:
            return self._hash(f"{forge} id", str(account.id))
        return self.login(forge, account.login)

    def login(self, forge: str, login: str) -> str:
        return self._hash(f"{forge} login", ascii_lower(login))

    def signing_key(self, known: str) -> str:
        """Of a key as `key_id` and `signature_id` give it."""
        return self._hash("key", known)

    def pattern(self, pattern: str) -> str:
        return self._hash("pattern", ascii_lower(pattern))

    def of(self, person: Person) -> Iterator[str]:
        """Give every name of a person."""
        yield from map(self.email, person.emails)
        yield from (self.account(forge, account) for forge in FORGES for account in person.accounts(forge))
        yield from (self.signing_key(key_id(key)) for key in person.signing_keys)

    def _hash(self, kind: str, name: str) -> str:
        return hmac.digest(self.key, f"{kind}\0{name}".encode("utf-8", "surrogatepass"), "sha256").hex()


@dataclass(frozen=True, slots=True)
class HiddenPattern:
    """A pattern of addresses: its hash, and which part of an address stands for its stars."""

    hash: str
    star: tuple[int, int] | None  # characters before and after the star of the local part; None: no star
    subdomains: bool  # the domain begins with `*.`

    def fits(self, email: str, names: Names) -> bool:
        """As `patterns.fits`, by putting the stars back where they would have been."""
        return any(names.pattern(guess) == self.hash for guess in self._guesses(ascii_lower(email)))

    def _guesses(self, email: str) -> Iterator[str]:
        local, _, domain = email.partition("@")
        if self.star:
            before, after = self.star
            end = len(local) - after
            if end < before or not _STAR.fullmatch(local[before:end]):
                return
            local = f"{local[:before]}*{local[end:]}"
        if not self.subdomains:
            yield f"{local}@{domain}"
            return
        for dot in (place for place, char in enumerate(domain) if char == "."):
            if _SUBDOMAIN.fullmatch(domain[: dot + 1]):
                yield f"{local}@*.{domain[dot + 1 :]}"


def hidden_pattern(pattern: str, names: Names) -> HiddenPattern:
    """Hide a pattern as `internal.emails` has it."""
    local, _, domain = pattern.partition("@")
    before, star, after = local.partition("*")
    return HiddenPattern(
        names.pattern(pattern), (len(before), len(after)) if star else None, domain.startswith("*.")
    )


@dataclass(frozen=True, slots=True)
class BundleIndex:
    """Everybody whom a bundle knows, by hash; the same answers as `Register` gives, where names may be told."""

    names: Names
    known: Mapping[str, Member]  # hash -> who it is
    patterns: tuple[HiddenPattern, ...]
    openpgp: tuple[str, ...]
    vendor: str = ""  # whose bundle it is: the only vendor that it may name

    def is_vendor(self, id: str) -> bool:
        return bool(id) and id == self.vendor

    def delivered_by(self, commit: str) -> tuple[str, ...]:
        """Deliveries stand in the register, which is not here."""
        return ()

    def by_email(self, email: str) -> Member | None:
        return self.known.get(self.names.email(email))

    def by_noreply(self, email: str) -> Member | None:
        named = noreply_account(email)
        return self.by_account(named[1], named[0]) if named else None

    def by_account(self, account: Account, forge: str = "") -> Member | None:
        """By numeric id, or by a login that was registered without one; two different answers are none."""
        asked = (forge,) if forge in FORGES else FORGES
        found = [member for name in asked if (member := self._on(name, account))]
        return found[0] if found and all(member == found[0] for member in found) else None

    def _on(self, forge: str, account: Account) -> Member | None:
        by_id = self.known.get(self.names.account(forge, account))
        return by_id or self.known.get(self.names.login(forge, account.login))

    def by_key(self, key: str) -> Member | None:
        known = signature_id(key)
        return self.known.get(self.names.signing_key(known)) if known else None

    def matches_internal(self, email: str) -> str | None:
        """Say that an address fits; which pattern it fits is not to be read off."""
        fits = any(pattern.fits(email, self.names) for pattern in self.patterns)
        return "a pattern of internal addresses" if fits else None

    def openpgp_keys(self) -> tuple[str, ...]:
        """Give the vendor's own; other people's hold names, so their OpenPGP signatures stay unchecked here."""
        return self.openpgp
