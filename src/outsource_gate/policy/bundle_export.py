"""What does a vendor need to ask the push stage itself? Makes that vendor's bundle, and nothing more."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from outsource_gate import __version__
from outsource_gate.errors import PolicyError, UsageError
from outsource_gate.model.register import ForgeAccount, Person, Vendor
from outsource_gate.policy.bundle import MARK, parse_bundle
from outsource_gate.policy.bundle_index import Names, hidden_pattern
from outsource_gate.policy.load import Policy
from outsource_gate.policy.source import MAX_FILE_BYTES
from outsource_gate.policy.tiers import GateModels
from outsource_gate.policy.yaml_text import read_yaml

MAX_DAYS = 90


@dataclass(frozen=True, slots=True)
class Terms:
    """What one export is made under. The same terms and policy give the same bytes."""

    now: datetime  # aware
    days: int  # at most MAX_DAYS
    key: bytes  # 32 random bytes, for this bundle alone


@dataclass(frozen=True, slots=True)
class Exported:
    """The bundle's bytes, and what is in them."""

    content: bytes
    valid_until: date
    gates: tuple[str, ...]
    internal: int
    elsewhere: int
    patterns: int


def export_bundle(
    policy: Policy, vendor: str, asked: Collection[str], models: GateModels, terms: Terms
) -> Exported:
    """Make the bundle of a registered vendor with the gates `asked` at the push stage."""
    today = terms.now.astimezone(ZoneInfo(policy.timezone)).date()
    until = _valid_until(policy.vendors[vendor], today, terms.days)
    hidden = _everybody_else(policy, vendor, Names(terms.key), (today, until))
    gates = dict(sorted(policy.tier_of(vendor).gates.items()))
    rules = {gate: model.model_dump(mode="json", by_alias=True) for gate, model in gates.items() if gate in asked}
    whole = {
        **_frame(policy, terms, until),
        "vendor": _holder(policy.vendors[vendor]),
        "rules": rules,
        "later": [gate for gate in gates if gate not in asked],
        **hidden,
    }
    content = (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()
    _check(content, models)
    return Exported(content, until, tuple(rules), **{name: len(found) for name, found in hidden.items()})


def _frame(policy: Policy, terms: Terms, until: date) -> dict[str, Any]:
    return {
        MARK: 1,
        "made_with": __version__,
        "made_at": terms.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "valid_until": until.isoformat(),
        "policy_digest": policy.digest,
        "organization": policy.organization,
        "timezone": policy.timezone,
        "assistants": list(policy.assistants),
        "key": terms.key.hex(),
    }


def _valid_until(vendor: Vendor, today: date, days: int) -> date:
    """The first of: the days asked for, the end of the contract, the end of the access."""
    given = {"contract": vendor.contract, "access": vendor.access}
    ends = {what: part.valid.until for what, part in given.items() if part and part.valid.until}
    for what, end in ends.items():
        if end < today:
            raise UsageError(
                f"{vendor.id}: {what} ended on {end}, so a bundle would answer nothing",
                hint="renew it in the register first",
            )
    return min((today + timedelta(days=days), *ends.values()))


def _holder(vendor: Vendor) -> dict[str, Any]:
    told: dict[str, Any] = {"id": vendor.id, "name": vendor.name, "owner": vendor.owner, "tier": vendor.tier}
    if vendor.access:
        told["access"] = {"paths": list(vendor.access.paths), "deny_paths": list(vendor.access.deny_paths)}
    return {**told, "people": [_colleague(person) for person in vendor.people]}


def _colleague(person: Person) -> dict[str, Any]:
    """What commits can name somebody by; not the name, not the days, not what was signed."""
    return {
        "id": person.id,
        "emails": list(person.emails),
        "github": [_account(account) for account in person.github],
        "gitlab": [_account(account) for account in person.gitlab],
        "signing_keys": list(person.signing_keys),
    }


def _account(account: ForgeAccount) -> dict[str, Any]:
    return {"login": account.login} | ({"id": account.id} if account.id is not None else {})


def _everybody_else(policy: Policy, vendor: str, names: Names, days: tuple[date, date]) -> dict[str, list[Any]]:
    """Sorted by hash, so that the order of the register is not to be read off."""
    others = (person for other in policy.vendors.values() if other.id != vendor for person in other.people)
    patterns = (_pattern(pattern, names) for pattern in policy.internal_emails)
    return {
        "internal": sorted(_hidden(policy.internal, names, days), key=lambda it: str(it["names"])),
        "elsewhere": sorted(_hidden(others, names), key=lambda it: str(it["names"])),
        "patterns": sorted(patterns, key=lambda it: str(it["hash"])),
    }


def _hidden(people: Iterable[Person], names: Names, days: tuple[date, ...] = ()) -> Iterator[dict[str, Any]]:
    """Who is active on some of the bundle's days only proves nothing on any: the days themselves are not told."""
    for person in people:
        hashes = sorted(names.of(person))
        if hashes:
            yield {"names": hashes, "proves": all(map(person.active.covers, days))}


def _pattern(pattern: str, names: Names) -> dict[str, Any]:
    hidden = hidden_pattern(pattern, names)
    told: dict[str, Any] = {"hash": hidden.hash}
    if hidden.star:
        told["star"] = list(hidden.star)
    return {**told, "subdomains": hidden.subdomains}


def _check(content: bytes, models: GateModels) -> None:
    """What was written can be read: nobody is sent a bundle that their machine refuses."""
    if len(content) > MAX_FILE_BYTES:
        raise PolicyError(
            f"the bundle would be larger than {MAX_FILE_BYTES} bytes, the most that is read",
            hint="remove people from the register whose work has ended",
        )
    parse_bundle(read_yaml("bundle", content), models)
