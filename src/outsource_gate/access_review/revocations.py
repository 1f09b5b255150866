"""What is to be taken away when a vendor leaves? From the register alone: pure, and a list to tick off.

A tick is nobody's proof: `access review` shows what is still there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from outsource_gate.model.facts import Owners
from outsource_gate.model.identity import ascii_lower
from outsource_gate.model.register import Person, Vendor
from outsource_gate.policy.signing_key import key_id

Kind = Literal["repository", "account", "signing-key", "way-in", "code-owners", "by-hand"]
BY_HAND = (
    "invitations, deploy keys, webhooks and tokens that they made: forges list them by repository and organisation",
    "secrets that they knew: change them",
    "devices, chat, tickets, cloud accounts: what no register of ours knows",
)


@dataclass(frozen=True, slots=True)
class Revocation:
    """One access to take away, and whose it is."""

    kind: Kind
    what: str
    person: str = ""  # register id


def revocations(vendor: Vendor, owners: Owners | None = None) -> tuple[Revocation, ...]:
    """Give everything that the register, and CODEOWNERS where it was read, name for this vendor."""
    return (
        *_repositories(vendor),
        *(one for person in vendor.people for one in _of_person(person)),
        *_ways_in(vendor),
        *(_code_owners(vendor, owners) if owners else ()),
        *(Revocation("by-hand", what) for what in BY_HAND),
    )


def _repositories(vendor: Vendor) -> Iterator[Revocation]:
    access = vendor.access
    for name in access.repositories if access else ():
        yield Revocation("repository", f"{name}: collaborators, teams and groups")


def _of_person(person: Person) -> Iterator[Revocation]:
    for forge in ("github", "gitlab"):
        for account in person.accounts(forge):
            number = f"id {account.id}" if account.id else "numeric id not on register"
            yield Revocation("account", f"{forge} @{account.login} ({number})", person.id)
    for team in person.teams:
        yield Revocation("account", f"team or group {team}", person.id)
    for key in person.signing_keys:
        yield Revocation("signing-key", _shown(key), person.id)


def _shown(key: str) -> str:
    """The fingerprint of an OpenPGP key, type and blob of an SSH key."""
    found = key_id(key)
    return found if len(found) <= 90 else f"{found[:60]}...{found[-20:]}"


def _ways_in(vendor: Vendor) -> Iterator[Revocation]:
    access = vendor.access
    if access and access.remote_access:
        remote = access.remote_access
        networks = f" from {', '.join(remote.networks)}" if remote.networks else ""
        yield Revocation("way-in", f"{remote.method}{networks}")
    if access and access.device_management:
        yield Revocation("way-in", "managed devices: certificates and profiles")


def _code_owners(vendor: Vendor, owners: Owners) -> Iterator[Revocation]:
    """Lines that name an account, an address or a team of the vendor's people."""
    named: dict[str, str] = {}
    for person in vendor.people:
        names = (*person.emails, *(f"@{account.login}" for account in person.accounts()))
        named |= {ascii_lower(name): person.id for name in (*names, *(f"@{team}" for team in person.teams))}
    for _, pattern, listed in owners.rules:
        for name in listed:
            if ascii_lower(name) in named:
                yield Revocation("code-owners", f"{owners.path}: {pattern} {name}", named[ascii_lower(name)])
