"""What the register says of people and vendors, as validated frozen values."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, StringConstraints

from outsource_gate.model.contract import Contract
from outsource_gate.model.diligence import DueDiligence
from outsource_gate.model.granted import Access, Engagement
from outsource_gate.model.identity import ELSEWHERE, INTERNAL, UNKNOWN, Account, ascii_lower
from outsource_gate.model.oversight import Activity
from outsource_gate.model.span import Span
from outsource_gate.model.terms import Day, Email, Held, Login, PublicKey, Slug, Strict, Text, Window


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


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


class Mfa(Strict):
    """That a person signs in with a second factor. Declared; what a forge said stands in an access review."""

    verified_on: Day
    method: Text | None = Field(default=None, description="webauthn, totp, ...")


class Training(Held):
    """A training that a person went through."""

    valid_for: Span | None = Field(default=None, description="how long it counts, where shorter than the tier's")


class Nda(Strict):
    """That a person signed a confidentiality agreement."""

    signed_on: Day


class Acknowledged(Strict):
    """That a person read the checklist, and which version of it."""

    acknowledged_on: Day
    version: Text = Field(description="as `outsource-gate checklist` prints it")
    first_on: Day | None = Field(
        default=None, description="when a checklist was first acknowledged, where this is a later version"
    )


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
    mfa: Mfa | None = None
    training: dict[Slug, Training] = Field(default_factory=dict, description="by name: secure_coding, ...")
    nda: Nda | None = None
    checklist: Acknowledged | None = None

    def accounts(self, forge: str = "") -> tuple[ForgeAccount, ...]:
        """The accounts on one forge, or on all where the forge is not said."""
        return {"github": self.github, "gitlab": self.gitlab}.get(forge, self.github + self.gitlab)

    def has_account(self, seen: Account, forge: str = "") -> bool:
        return any(account.is_account(seen) for account in self.accounts(forge))


class IncidentNotification(Strict):
    """How the vendor tells us of an incident."""

    channel: Text = Field(description="address, number or portal")
    within_hours: int | None = Field(default=None, ge=1, le=8_760, description="how soon, as the contract says")


CommitId = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]


class Delivery(Strict):
    """Code of this vendor that came in another way than by its own commits: an archive, an email."""

    commits: tuple[CommitId, ...] = Field(min_length=1, description="full ids of the commits that brought it in")
    received_on: Day
    imported_by: Text = Field(description="who of ours committed it")
    what: Text | None = None


class Vendor(Strict):
    """A registered vendor: contract, due diligence, access, oversight and people."""

    id: Slug
    name: Text
    owner: Email = Field(description="the person in our house whom a blocked contractor is told to call")
    tier: Slug
    answers: dict[Slug, Slug] = Field(
        default_factory=dict, description="answers to the policy's `tiering` questions, from which a tier follows"
    )
    affiliates: tuple[Slug, ...] = Field(default=(), description="vendors that cannot approve this one's changes")
    subcontractors: tuple[Slug, ...] = ()
    security_contact: Email | None = Field(default=None, description="whom we write to about a weakness")
    incident_notification: IncidentNotification | None = None
    contract: Contract | None = None
    due_diligence: DueDiligence | None = None
    access: Access | None = None
    engagements: tuple[Engagement, ...] = ()
    oversight: tuple[Activity, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    people: tuple[Person, ...] = ()

    @property
    def related(self) -> frozenset[str]:
        return frozenset((self.id, *self.affiliates, *self.subcontractors))


RESERVED_VENDOR_IDS = frozenset((INTERNAL, UNKNOWN, ELSEWHERE))
