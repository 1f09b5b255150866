"""What is a vendor's work held to, and which version of that is it? Pure, from policy and register.

The version is a digest over the rules: the id and the values of every line. Our wording, the layout, names and
addresses are not in it, so that acknowledging one means having read those rules: same rules, same version. Where
our own words come to mean something else, the line gets another id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from outsource_gate.model.facts import ChecklistVersion
from outsource_gate.model.register import Vendor
from outsource_gate.policy.checklist_lines import Line, before_first, held_to, where_to_work
from outsource_gate.policy.load import Policy
from outsource_gate.policy.tiers import Tier

DIGITS = 12  # of the digest: enough to tell versions apart, short enough to write down


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a contractor reads: whom it concerns, and three lists of rules."""

    organization: str
    vendor: str  # id
    name: str
    owner: str
    version: str
    before_first: tuple[Line, ...]  # what each person needs
    where: tuple[Line, ...]
    held_to: tuple[Line, ...]  # what each change is judged by
    company: tuple[str, ...]  # gates that ask the vendor as a company, by id


def checklist_of(policy: Policy, vendor: Vendor) -> Checklist:
    """Make the checklist of a registered vendor. Contract terms and other people are not in it."""
    tier = policy.tier_of(vendor.id)
    first, where, held = _lines(tier, vendor)
    shown = {line.gate for line in (*first, *where, *held)}
    return Checklist(
        policy.organization,
        vendor.id,
        vendor.name,
        vendor.owner,
        _version((*first, *where, *held)),
        first,
        where,
        held,
        tuple(gate for gate in tier.gates if gate not in shown),
    )


def versions(policy: Policy, vendors: Iterable[Vendor]) -> tuple[ChecklistVersion, ...]:
    """Give the version that applies to each vendor."""
    return tuple(
        ChecklistVersion(
            vendor.id, _version(line for part in _lines(policy.tier_of(vendor.id), vendor) for line in part)
        )
        for vendor in vendors
    )


def _lines(tier: Tier, vendor: Vendor) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    return tuple(before_first(tier.gates)), tuple(where_to_work(vendor)), tuple(held_to(tier.gates))


def _version(lines: Iterable[Line]) -> str:
    """SHA-256 over canonical JSON: lines sorted by id, so that their order may change; lists as sets."""
    rules = sorted((line.id, sorted(set(line.values))) for line in lines)
    text = json.dumps(rules, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
