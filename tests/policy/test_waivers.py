"""Which waivers read well, and what is wrong with the others, with file and line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from outsource_gate.policy.load import Policy
from tests.policy.memory import ACME, POLICY, error, load, tiers

ENTRY = """\
- id: w1
  reason: the host is a constant
  gate: sast
  rules: [python.flask.command-injection]
  vendor: acme
  path: services/pay.py
  approver: ida
  issued: 2026-11-01
  expires: 2026-11-30
"""
FILES = {"policy.yaml": POLICY + "waivers: waivers.yaml\n", "waivers.yaml": ENTRY}


def with_entry(old: str = "", new: str = "") -> dict[str, Any]:
    assert old in ENTRY
    return FILES | {"waivers.yaml": ENTRY.replace(old, new) if old else ENTRY + new}


def test_a_waiver_is_read_whole_and_belongs_to_the_register() -> None:
    policy = load(FILES)
    (waiver,) = policy.waivers
    assert (waiver.id, waiver.expires, waiver.occurrences, waiver.signature) == ("w1", date(2026, 11, 30), 1, None)
    assert str(policy.place("waivers", "w1", "expires")) == "waivers.yaml:9"
    changed = load(with_entry("2026-11-30", "2026-11-29"))
    assert changed.register_digest != policy.register_digest
    assert changed.digest == policy.digest


def test_no_waivers_are_an_empty_list() -> None:
    assert load(FILES | {"waivers.yaml": "[]\n"}).waivers == ()
    assert load().waivers == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("expires: 2026-11-30", "expires: 2026-10-30", "waivers.yaml:9: [0].expires: expires 2026-10-30, before"),
        (
            "expires: 2026-11-30",
            "expires: 2026-12-02",
            "waivers.yaml:9: [0].expires: expires 2026-12-02; tier critical",
        ),
        (
            "vendor: acme",
            "vendor: acne",
            "waivers.yaml:5: [0].vendor: no vendor 'acne' is registered; registered: acme",
        ),
        ("vendor: acme", "vendor: unknown", "waivers.yaml:5: [0].vendor: no vendor 'unknown'"),
        ("gate: sast", "gate: sats", "waivers.yaml:3: [0].gate: unknown gate 'sats'; allowed: "),
        ("gate: sast", "gate: identity", "waivers.yaml:3: [0].gate: gate identity cannot be waived; allowed: "),
        ("gate: sast", "gate: review", "waivers.yaml:3: [0].gate: gate review cannot be waived"),
        (
            "rules: [python.flask.command-injection]",
            "code: fnding",
            "waivers.yaml:4: [0].code: no reason 'fnding' of",
        ),
        (
            "rules: [python.flask.command-injection]",
            "code: scanner-unavailable",
            "waivers.yaml:4: [0].code: no reason 'scanner-unavailable' of gate sast can be waived; allowed: ",
        ),
        (
            "gate: sast\n",
            "gate: integrity\n  code: policy-touched\n",
            "waivers.yaml:4: [0].code: no reason 'policy-",
        ),
        (
            "  rules: [python.flask.command-injection]\n",
            "",
            "waivers.yaml:1: [0]: names neither `code` nor `rules`",
        ),
        ("  path: services/pay.py\n", "", "waivers.yaml:1: [0]: is too broad: it has to name "),
        (
            "rules: [python.flask.command-injection]",
            "code: finding",
            "waivers.yaml:1: [0]: is too broad: it has to",
        ),
        ("path: services/pay.py", "path: '**'", "waivers.yaml:6: [0].path: '**' is too broad"),
        ("path: services/pay.py", "path: '*/pay.py'", "waivers.yaml:6: [0].path: '*/pay.py' is too broad"),
        ("path: services/pay.py", "path: '[!x]*/**'", "waivers.yaml:6: [0].path: '[!x]*/**' is too broad"),
        ("path: services/pay.py", "path: '!x'", "waivers.yaml:6: [0].path: '!x' begins with !"),
        ("path: services/pay.py", "path: '{a,services}/**'", "waivers.yaml:6: [0].path: '{a,services}/**' holds a"),
        (
            "path: services/pay.py",
            "path: services/../**",
            "waivers.yaml:6: [0].path: 'services/../**' holds an empty",
        ),
        ("approver: ida", "approver: vic", "waivers.yaml:7: [0].approver: 'vic' is a person of the vendor acme"),
        ("approver: ida", "approver: zoe", "waivers.yaml:7: [0].approver: 'zoe' is none of our own people"),
        ("reason: the host is a constant", "reason: ''", "waivers.yaml:2: [0].reason: must not be empty"),
        ("  expires: 2026-11-30\n", "", "waivers.yaml:1: [0]: key 'expires' is missing"),
        ("expires: 2026-11-30", "expires: never", "waivers.yaml:9: [0].expires: expected a day as YYYY-MM-DD"),
        ("id: w1", "id: w1\n  until: 2026-12-01", "waivers.yaml:2: [0]: unknown key 'until'; allowed: approver"),
        ("path: services", "occurrences: 0\n  path: services", "waivers.yaml:6: [0].occurrences: must be greater"),
        (
            "path: services",
            "findings: [abc]\n  path: services",
            "waivers.yaml:6: [0].findings[0]: got 'abc', expected",
        ),
    ],
)
def test_what_is_wrong_is_one_error_at_its_line(old: str, new: str, says: str) -> None:
    """nothing of a waiver can be left open"""
    assert error(with_entry(old, new)).startswith(says)


def test_two_waivers_have_two_ids() -> None:
    found = error(with_entry("", ENTRY))
    assert found.startswith("waivers.yaml:10: [1].id: 'w1' is also the waiver at waivers.yaml:1")


def test_the_file_has_to_be_there() -> None:
    assert error({"policy.yaml": FILES["policy.yaml"]}).startswith("policy.yaml:8: waivers: no file 'waivers.yaml'")


@pytest.mark.parametrize("path", ["/etc/waivers.yaml", "../waivers.yaml"])
def test_the_file_lies_below_the_policy(path: str) -> None:
    """what the register's digest does not cover waives nothing"""
    assert "expected a relative path below the policy's folder" in error(
        {"policy.yaml": f"{POLICY}waivers: {path}\n"}
    )


def test_a_person_of_an_affiliate_approves_nothing() -> None:
    labs = ACME.replace("id: acme\n", "id: acme-labs\n").partition("people:")[0] + "people:\n- {id: lab}\n"
    found = error(with_entry("approver: ida", "approver: lab") | {"vendors/labs.yaml": labs})
    assert found.startswith("waivers.yaml:7: [0].approver: 'lab' is a person of the vendor acme-labs")


def capped(tier: str, days: str) -> Policy:
    files = with_entry("2026-11-30", days) | {"vendors/acme.yaml": ACME.replace("critical", tier)}
    return load(files)


@pytest.mark.parametrize(
    ("tier", "last"), [("standard", "2027-01-30"), ("elevated", "2026-12-31"), ("critical", "2026-12-01")]
)
def test_the_tier_says_how_long_a_waiver_may_last(tier: str, last: str) -> None:
    """90, 60 and 30 days from the day it is issued"""
    assert str(capped(tier, last).waivers[0].expires) == last
    after = str(date.fromordinal(date.fromisoformat(last).toordinal() + 1))
    files = with_entry("2026-11-30", after) | {"vendors/acme.yaml": ACME.replace("critical", tier)}
    assert f"expires {after}; tier {tier} allows " in error(files)


def test_a_tier_may_set_another_length_and_an_own_tier_takes_it_over() -> None:
    policy = tiers("tiers:\n  critical:\n    waivers: {max_age: 10 days}\n  gold: {extends: critical}\n")
    assert {name: tier.waivers.max_age for name, tier in policy.tiers.items()} == {
        "standard": "90 days",
        "elevated": "60 days",
        "critical": "10 days",
        "gold": "10 days",
    }


def test_a_report_only_window_is_of_its_own_tier_alone() -> None:
    policy = tiers("tiers:\n  critical: {report_only_until: 2027-01-31}\n  gold: {extends: critical}\n")
    assert policy.tiers["critical"].report_only_until == date(2027, 1, 31)
    assert policy.tiers["gold"].report_only_until is None


def test_the_tier_that_judges_counts_and_not_the_claimed_one() -> None:
    """answers that lead to a stricter tier shorten the vendor's waivers, too"""
    more = "tiering: {data: {secret: critical}}\nwaivers: waivers.yaml\n"
    vendor = ACME.replace("tier: critical", "tier: standard\nanswers: {data: secret}")
    files = with_entry("2026-11-30", "2026-12-15") | {"policy.yaml": POLICY + more, "vendors/acme.yaml": vendor}
    assert "tier critical allows 30 days" in error(files)
