"""What does every gate say? Pure: the same facts and settings give the same verdicts.

Used by `check` on facts just collected, and by `replay` on facts read from a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from outsource_gate.decision import decide
from outsource_gate.gates import Gate
from outsource_gate.model.facts import Attribution, Facts
from outsource_gate.model.identity import ELSEWHERE
from outsource_gate.model.verdict import Decision, Stage, Status, Verdict
from outsource_gate.policy.load import Policy
from outsource_gate.policy.settings import GateSettings
from outsource_gate.waiving import with_waivers

# What is asked where no vendor is in the change, and of every release as a whole.
_WHOLE_CHANGE = ("identity", "integrity")
_WHOLE_RELEASE = ("release",)
# Which settings apply to whom: vendor id ("" for the change as a whole) -> gate id -> settings.
Applicable = Mapping[str, Mapping[str, GateSettings]]


def applicable(facts: Facts, policy: Policy, gates: Mapping[str, Gate]) -> Applicable:
    """Say which gates with which settings apply to each vendor; an unregistered one gets the strictest tier."""
    vendors = facts.attribution.vendors if isinstance(facts.attribution, Attribution) else ()
    judged = {vendor: _in_order(policy, vendor, gates) for vendor in vendors}
    if facts.stage is Stage.RELEASE:  # what no vendor stands for is asked beside them
        return {"": {gate: gates[gate].settings() for gate in _WHOLE_RELEASE}, **judged}
    return judged or {"": {gate: gates[gate].settings() for gate in _WHOLE_CHANGE}}


def _in_order(policy: Policy, vendor: str, gates: Mapping[str, Gate]) -> Mapping[str, GateSettings]:
    if vendor == ELSEWHERE:  # named, and not judged: their rules are not here
        return {"identity": gates["identity"].settings()}
    tier = policy.tier_of(vendor)
    return {gate: tier.gates[gate] for gate in gates if gate in tier.gates}


def judge(facts: Facts, applicable: Applicable, gates: Mapping[str, Gate]) -> Decision:
    """Ask each applicable gate once per vendor, let stand what waivers cover, and decide."""
    verdicts = tuple(
        _ask(gates[gate], replace(facts, vendor=vendor or None), settings)
        for vendor, sections in applicable.items()
        for gate, settings in sections.items()
    )
    waivable = {gate.id: gate.settings.waivable for gate in gates.values()}
    return decide(*with_waivers(verdicts, facts, waivable), facts.report_only)


def _ask(gate: Gate, facts: Facts, settings: GateSettings) -> Verdict:
    if facts.stage not in gate.stages:
        when = "asked of each change" if facts.stage is Stage.RELEASE else "belongs to a later stage"
        return Verdict(gate.id, facts.vendor, Status.NOT_ASKED, (), when)
    return gate.judge(facts, settings)
