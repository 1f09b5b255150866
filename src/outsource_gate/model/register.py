"""What the register says of people and vendors, as validated frozen values."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from outsource_gate.model.identity import ELSEWHERE, INTERNAL, UNKNOWN, Account, ascii_lower

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^\s@<>*]{1,64}@[^\s@<>*]{1,255}$", max_length=320)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Glob = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Login = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,254}$")]
PublicKey = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100_000)]

CLAUSES = (
    "secure-coding",
    "ip-ownership",
    "data-protection",
    "right-to-audit",
    "vulnerability-remediation",
    "confidentiality",
)


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _as_day(value: Any) -> Any:
    """Only whole days: pydantic alone would read "86400" as the second of January 1970."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("expected a day as YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_as_day)]


class Strict(BaseModel):
    """Frozen, and an unknown key is an error: a key that nothing enforces must not look as if it did."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Window(Strict):
    """A span of days; both ends belong to it, and a missing end is open."""

    from_: Day | None = Field(default=None, alias="from", description="first day")
    until: Day | None = Field(default=None, description="last day, included")

    def covers(self, day: date) -> bool:
        return not (self.from_ and day < self.from_) and not (self.until and day > self.until)


class ForgeAccount(Strict):
    """A registered account; `id` is the numeric id, which a renamed or re-created login does not keep."""

    login: Login = Field(
        validation_alias=AliasChoices("login", "username"), description="login or username, without @"
    )
    id: int | None = Field(default=None, ge=1, description="numeric id on the forge")

    def is_account(self, seen: Account) -> bool:
        """Numeric ids decide where both sides have one; a login alone only where an id is missing."""
        if self.id is not None and seen.id is not None:
            return self.id == seen.id
        return ascii_lower(self.login) == ascii_lower(seen.login)


Accounts = Annotated[tuple[ForgeAccount, ...], BeforeValidator(_as_tuple)]


class Person(Strict):
    """A registered person: several emails, accounts and keys, one human being."""

    id: Slug
    name: Text | None = None
    emails: tuple[Email, ...] = ()
    github: Accounts = ()
    gitlab: Accounts = ()
    signing_keys: tuple[PublicKey, ...] = Field(
        default=(), description="OpenSSH public keys (`ssh-ed25519 AAAA...`) or armoured OpenPGP public keys"
    )
    teams: tuple[Text, ...] = Field(default=(), description="teams or groups, as rules name them")
    active: Window = Field(default_factory=Window, description="days on which this person works for us")

    def accounts(self, forge: str = "") -> tuple[ForgeAccount, ...]:
        """The accounts on one forge, or on all where the forge is not said."""
        return {"github": self.github, "gitlab": self.gitlab}.get(forge, self.github + self.gitlab)

    def has_account(self, seen: Account, forge: str = "") -> bool:
        return any(account.is_account(seen) for account in self.accounts(forge))


class Clause(Strict):
    """Where a required clause stands in the contract."""

    section: Text
    standard: Text | None = None


class Document(Strict):
    """A document by digest; the gate never needs its content."""

    file: Text
    sha256: Sha256


class Contract(Strict):
    """What was signed with a vendor."""

    reference: Text
    document: Document | None = None
    signed_on: Day | None = None
    valid: Window
    approved_by: tuple[Text, ...] = ()
    clauses: dict[Literal[CLAUSES], Clause] = Field(default_factory=dict)  # type: ignore[valid-type]


class Access(Strict):
    """Least privilege in space and time. Absent `paths` or `repositories` grant nothing."""

    repositories: tuple[Glob, ...] = ()
    paths: tuple[Glob, ...] = ()
    deny_paths: tuple[Glob, ...] = ()
    valid: Window = Field(default_factory=Window)


class Vendor(Strict):
    """A registered vendor: contract, access and people."""

    id: Slug
    name: Text
    owner: Email = Field(description="the person in our house whom a blocked contractor is told to call")
    tier: Slug
    affiliates: tuple[Slug, ...] = Field(default=(), description="vendors that cannot approve this one's changes")
    subcontractors: tuple[Slug, ...] = ()
    contract: Contract | None = None
    access: Access | None = None
    people: tuple[Person, ...] = ()

    @property
    def related(self) -> frozenset[str]:
        return frozenset((self.id, *self.affiliates, *self.subcontractors))


RESERVED_VENDOR_IDS = frozenset((INTERNAL, UNKNOWN, ELSEWHERE))
