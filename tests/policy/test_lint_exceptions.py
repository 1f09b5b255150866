"""Which waivers and windows `policy lint` names."""

from __future__ import annotations

from datetime import date

import pytest

from outsource_gate.policy.lint import lint
from tests.policy.memory import load, tiers
from tests.policy.test_waivers import FILES, with_entry

SIGNED = "  signature: |\n    anything\n"


def told(files: dict[str, str], today: date) -> list[str]:
    return [f"{item.place}: {item.message}" for item in lint(load(files), today) if "waivers.yaml" in item.place]


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2026, 11, 10), []),
        (date(2026, 11, 16), ["waivers.yaml:9: w1: ends in 14 days (2026-11-30)"]),
        (date(2026, 11, 30), ["waivers.yaml:9: w1: ends in 0 days (2026-11-30)"]),
        (date(2026, 12, 1), ["waivers.yaml:9: w1: expired 1 day ago"]),
    ],
)
def test_a_waiver_is_named_before_its_end_and_after(today: date, says: list[str]) -> None:
    """nothing is said while there is time"""
    assert told(with_entry("", SIGNED), today) == says


def test_a_waiver_that_nobody_signed_is_named() -> None:
    assert told(FILES, date(2026, 11, 10)) == ["waivers.yaml:1: w1: nobody signed it, so it covers nothing"]


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2026, 11, 1), "critical: report only, no denial is enforced until 2027-01-31"),
        (date(2027, 1, 1), "critical: denials are enforced in 30 days, after 2027-01-31"),
        (date(2027, 1, 31), "critical: denials are enforced in 0 days, after 2027-01-31"),
        (date(2027, 2, 1), "critical: the report-only window is over since 2027-01-31"),
    ],
)
def test_a_report_only_window_is_always_named(today: date, says: str) -> None:
    """whoever reads the lint knows that nothing is enforced"""
    found = lint(tiers("tiers:\n  critical: {report_only_until: 2027-01-31}\n"), today)
    assert [item.message for item in found if item.place == "policy.yaml:8"] == [says]


def test_a_longer_life_of_waivers_is_looser_and_a_shorter_is_not() -> None:
    """as every other setting of a tier"""
    longer = lint(tiers("tiers:\n  critical:\n    waivers: {max_age: 2 months}\n"), date(2026, 11, 1))
    assert any(
        item.message == "critical: waivers.max_age 2 months is looser than 30 days of the shipped critical"
        for item in longer
    )
    shorter = lint(tiers("tiers:\n  critical:\n    waivers: {max_age: 2 weeks}\n"), date(2026, 11, 1))
    assert not any("max_age" in item.message for item in shorter)
