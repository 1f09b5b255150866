"""What may stand in a contractor's bundle?"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from outsource_gate.model.register import RESERVED_VENDOR_IDS, Accounts
from outsource_gate.model.terms import Day, Email, Glob, PublicKey, Sha256, Slug, Strict, Text
from outsource_gate.policy.patterns import unmatchable
from outsource_gate.policy.schema import Version, Zone
from outsource_gate.policy.signing_key import key_id


def _key(text: str) -> str:
    key_id(text)
    return text


def _vendor_id(text: str) -> str:
    if text in RESERVED_VENDOR_IDS:
        raise ValueError("this id is reserved")
    return text


def _glob(pattern: str) -> str:
    if why := unmatchable(pattern):
        raise ValueError(f"{why[0]}; {why[1]}")
    return pattern


PathPattern = Annotated[Glob, AfterValidator(_glob)]
VendorId = Annotated[Slug, AfterValidator(_vendor_id)]
SigningKey = Annotated[PublicKey, AfterValidator(_key)]
Length = Annotated[int, Field(ge=0, le=500)]


class Colleague(Strict):
    """A person of the vendor, as far as commits name them."""

    id: Slug
    emails: tuple[Email, ...] = ()
    github: Accounts = ()
    gitlab: Accounts = ()
    signing_keys: tuple[SigningKey, ...] = ()


class Scope(Strict):
    """The paths the vendor was given."""

    paths: tuple[PathPattern, ...] = ()
    deny_paths: tuple[PathPattern, ...] = ()


class Holder(Strict):
    """The vendor whose bundle this is."""

    id: VendorId
    name: Text
    owner: Email = Field(description="the person in the customer's house whom a blocked contractor is told to call")
    tier: Slug
    access: Scope | None = None
    people: tuple[Colleague, ...] = ()


class HiddenPerson(Strict):
    """Somebody else: the hashes of their addresses, accounts and keys, which belong to one human being."""

    names: tuple[Sha256, ...] = Field(description="hashes of addresses, accounts and signing keys")
    proves: bool = Field(
        default=True, description="a signature of this person proves a claim, as long as this counts"
    )


class Pattern(Strict):
    """A pattern of internal addresses."""

    hash: Sha256 = Field(description="hash of the pattern")
    star: tuple[Length, Length] | None = Field(
        default=None, description="how many characters stand before and after the star of the local part"
    )
    subdomains: bool = Field(default=False, description="the domain begins with a star")


class BundleFile(Strict):
    """What a contractor's machine judges the push stage with."""

    bundle_version: Version = Field(description="version of this file: 1")
    made_with: Text = Field(description="version of outsource-gate that wrote it")
    made_at: Text = Field(description="when it was written, UTC")
    valid_until: Day = Field(description="last day on which it answers")
    policy_digest: Sha256 = Field(description="digest of the policy it was made from")
    organization: Text
    timezone: Zone
    assistants: tuple[Email, ...] = ()
    vendor: Holder
    rules: dict[str, dict[str, Any]] = Field(description="gates of the push stage with all their settings")
    later: tuple[str, ...] = Field(default=(), description="gates that only the customer's own run asks")
    key: Sha256 = Field(description="key of the hashes, made for this bundle alone")
    internal: tuple[HiddenPerson, ...] = Field(default=(), description="the customer's own people")
    elsewhere: tuple[HiddenPerson, ...] = Field(default=(), description="people of other vendors")
    patterns: tuple[Pattern, ...] = Field(default=(), description="patterns of the customer's own addresses")
