"""Which page is meant by an id?"""

from __future__ import annotations

from difflib import get_close_matches

from outsource_gate.errors import UsageError
from outsource_gate.explanations import Page
from outsource_gate.explanations.bandit_pages import ID as BANDIT
from outsource_gate.explanations.bandit_pages import bandit_page
from outsource_gate.explanations.control_pages import CONTROLS, artefact_page, control_page, controls_page
from outsource_gate.explanations.controls import catalogue
from outsource_gate.explanations.gate_pages import gate_page, gates_with, reason_page, shared_page
from outsource_gate.explanations.rule_pages import rule_ids, rule_page
from outsource_gate.explanations.zizmor_pages import ID as ZIZMOR
from outsource_gate.explanations.zizmor_pages import zizmor_page
from outsource_gate.policy.strictness import settings_of
from outsource_gate.registry import gates

TEXT_RULES = "text."  # findings of the text scanner are reasons of the gate integrity
MAX_ID = 200


def explain(asked: str) -> Page:
    """Give the page of a gate, reason code, rule, control or artefact; UsageError with near ids for no such id."""
    wanted = asked.strip()[:MAX_ID]
    if match := BANDIT.fullmatch(wanted):
        return bandit_page(match[1])
    if match := ZIZMOR.fullmatch(wanted):
        return zizmor_page(match[1])
    rules = rule_ids()
    if wanted in rules:
        return rule_page(wanted, rules[wanted])
    known = {name.lower(): name for name in all_ids()}
    if found := _of_gates(known.get(wanted.lower(), wanted)):
        return found
    near = get_close_matches(wanted.lower(), [*known, *rules], n=3, cutoff=0.6)
    raise UsageError(
        f"{wanted!a}: no gate, reason code, rule or control of that id",
        hint=f"did you mean {' or '.join(known.get(name, name) for name in near)}?"
        if near
        else f"gates are {', '.join(gates())}; reports name rules and reason codes",
    )


def all_ids() -> tuple[str, ...]:
    """Give every gate, `gate.code`, bare code, control and artefact."""
    found = [name for gate in gates().values() for code in gate.reasons for name in (f"{gate.id}.{code}", code)]
    known = catalogue()
    return tuple(dict.fromkeys([*gates(), *known.controls, *found, CONTROLS, *known.artefacts]))


def _of_gates(wanted: str) -> Page | None:
    if wanted in gates():
        return gate_page(gates()[wanted])
    if wanted.startswith(TEXT_RULES):
        return _of_gates(f"integrity.{wanted.removeprefix(TEXT_RULES)}")
    gate, _, code = wanted.partition(".")
    if gate in gates() and code in gates()[gate].reasons:
        return reason_page(gates()[gate], code)
    if gate in gates() and code in {setting.name for setting in settings_of(gates()[gate].settings())}:
        return gate_page(gates()[gate])
    return _of_code(wanted) or artefact_page(wanted) or control_page(wanted) or controls_page(wanted)


def _of_code(code: str) -> Page | None:
    """A bare code: its page where one gate has it, else a list of those that do."""
    having = gates_with(code)
    if len(having) == 1:
        return reason_page(having[0], code)
    if not having:
        return None
    return shared_page(code, having)
