"""A waiver for a rule that is not there is named; it would cover nothing."""

from __future__ import annotations

from outsource_gate.cli.waiver_rules import unknown_rules
from tests.policy.memory import load
from tests.policy.test_waivers import FILES, with_entry

RULE = "rules: [python.flask.command-injection]"


def test_rules_of_scanners_are_known() -> None:
    assert list(unknown_rules(load(FILES))) == []
    assert list(unknown_rules(load(with_entry(RULE, "rules: [bandit.B602]")))) == []


def test_a_misspelt_rule_is_named_with_the_one_that_may_be_meant() -> None:
    (found,) = unknown_rules(load(with_entry(RULE, "rules: [bandit.B602, python.flask.comand-injection]")))
    assert found.place == "waivers.yaml:4"
    assert "'python.flask.comand-injection': no gate, reason code, rule" in found.message
    assert "python.flask.command-injection" in found.hint


def test_advisories_and_packages_are_not_looked_for_among_rules() -> None:
    entry = with_entry("gate: sast\n  " + RULE, "gate: dependencies\n  rules: [GHSA-aaaa-bbbb-cccc]")
    assert list(unknown_rules(load(entry))) == []
