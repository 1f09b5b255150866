"""Gate oversight."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.oversight import GATE, Settings, judge
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import after
from outsource_gate.model.verdict import Effect, Reason, Status, Verdict
from outsource_gate.policy.oversight_terms import ACTIVITIES
from outsource_gate.policy.tiers import shipped_tiers
from outsource_gate.registry import gate_settings
from tests import values

TODAY = date(2026, 11, 23)
STRICT = Settings(customer="deny", longest={})


def activity(name: str, every: str = "12 months", on: Any = "2026-11-01", **changes: Any) -> dict[str, Any]:
    last = {"on": on, "open_findings": changes.pop("left", {})} if on else None
    return {"activity": name, "every": every, "last": last, **changes}


def with_activities(*activities: dict[str, Any], without: str = "") -> Vendor:
    """Acme with these activities, and what the default tier wants beside them."""
    named = {entry["activity"] for entry in activities} | {without}
    rest = [activity(name) for name in ACTIVITIES if name not in named]
    return values.vendor(oversight=[*activities, *rest])


def judged(vendor: Vendor | None, settings: Settings = STRICT) -> Verdict:
    return judge(values.facts(vendors=(vendor,) if vendor else ()), settings)


def reason(vendor: Vendor, settings: Settings = STRICT) -> Reason:
    (only,) = judged(vendor, settings).reasons
    return only


def test_activities_in_time_pass() -> None:
    verdict = judged(values.vendor())
    assert (verdict.status, verdict.reasons, verdict.summary) == (Status.PASS, (), "3 activities in time")


@pytest.mark.parametrize(
    ("vendor", "code"),
    [
        (None, "vendor-unregistered"),
        (with_activities(without="sprint-review"), "activity-missing"),
        (with_activities(activity("sprint-review", on=None)), "activity-never-done"),
        (with_activities(activity("sprint-review", on="2026-11-24")), "activity-in-future"),
        (with_activities(activity("sprint-review", "14 days", "2026-11-08")), "activity-overdue"),
        (with_activities(activity("penetration-test", left={"high": 1})), "findings-left-open"),
        (with_activities(activity("penetration-test", left=None)), "findings-not-stated"),
    ],
)
def test_what_is_not_in_order_denies_with_its_own_code(vendor: Vendor | None, code: str) -> None:
    """each thing that can be wrong with an activity has one published code"""
    verdict = judged(vendor)
    assert (verdict.status, [each.code for each in verdict.reasons]) == (Status.FAIL, [code])
    assert code in GATE.reasons


def test_a_register_without_oversight_lacks_every_activity() -> None:
    """nothing entered is nothing done"""
    verdict = judged(values.vendor(oversight=[]))
    assert [each.code for each in verdict.reasons] == ["activity-missing"] * 3


def test_the_last_day_belongs_to_the_cadence() -> None:
    """fourteen days after the ninth is the twenty-third, whole"""
    settings = Settings(customer="deny", activities=("sprint-review",))
    vendor = with_activities(activity("sprint-review", "14 days", "2026-11-09"))
    assert judged(vendor, settings).status is Status.PASS


@pytest.mark.parametrize(
    ("duty", "settings", "effect"),
    [
        ("customer", Settings(), Effect.NOTE),
        ("customer", Settings(customer="deny"), Effect.DENY),
        ("vendor", Settings(), Effect.DENY),
        ("vendor", Settings(vendor="warn"), Effect.NOTE),
    ],
)
def test_whose_duty_it_is_decides_what_lateness_does(duty: str, settings: Settings, effect: Effect) -> None:
    """our own lateness warns and names whom of ours to ask; the vendor's denies; the tier may say otherwise"""
    late = reason(with_activities(activity("sprint-review", "14 days", "2026-11-01", duty=duty)), settings)
    assert (late.effect, late.duty, late.who) == (effect, duty, "procurement@corp.example")
    assert "procurement@corp.example" in late.next_step


def test_the_newest_record_counts() -> None:
    """of several entries of one activity the newest decides, wherever it stands"""
    old, new = (
        activity("sprint-review", "14 days", "2026-10-01"),
        activity("sprint-review", "14 days", "2026-11-20"),
    )
    assert judged(with_activities(old, new)).status is Status.PASS
    assert judged(with_activities(new, old)).status is Status.PASS


def test_a_record_dated_ahead_does_not_outdo_a_real_one() -> None:
    ahead, late = (
        activity("sprint-review", "14 days", "2026-12-24"),
        activity("sprint-review", "14 days", "2026-10-01"),
    )
    assert reason(with_activities(ahead, late)).code == "activity-overdue"


def test_the_tier_caps_the_cadence_of_the_register() -> None:
    """a longer cadence is named, and lateness is counted by the tier's"""
    settings = Settings(customer="deny", longest={"penetration-test": "12 months"})
    vendor = with_activities(activity("penetration-test", "5 years", "2025-11-01"))
    assert [each.code for each in judged(vendor, settings).reasons] == ["activity-overdue", "activity-too-seldom"]


def test_findings_below_the_tiers_threshold_may_stay_open() -> None:
    vendor = with_activities(activity("penetration-test", left={"medium": 4}))
    assert judged(vendor).status is Status.PASS
    assert reason(vendor, Settings(open_findings="medium", longest={})).internal.startswith("4 medium")


@pytest.mark.parametrize(
    ("every", "on", "warned"), [("12 months", "2025-12-20", True), ("14 days", "2026-11-16", False)]
)
def test_what_is_due_soon_is_named(every: str, on: str, warned: bool) -> None:
    """soon is thirty days, and for what comes often a fourth of its cadence: else it would always be soon"""
    verdict = judged(with_activities(activity("sprint-review", every, on)))
    assert verdict.status is Status.PASS
    assert [(each.code, each.effect) for each in verdict.reasons] == [("activity-due-soon", Effect.NOTE)] * warned


def test_what_the_register_promises_beyond_the_tier_is_named() -> None:
    """the tier decides what denies; what else was agreed on is not forgotten"""
    late = activity("status-report", "7 days", "2026-10-01")
    found = reason(with_activities(late))
    assert (found.code, found.effect, found.duty) == ("activity-overdue", Effect.NOTE, "vendor")


def test_a_tier_without_activities_asks_for_none() -> None:
    """and says so; findings that a test left open deny all the same"""
    nothing = Settings(activities=())
    assert judged(values.vendor(oversight=[]), nothing).status is Status.NOT_APPLICABLE
    assert (
        judged(with_activities(activity("penetration-test", left={"critical": 1})), nothing).status is Status.FAIL
    )


def test_days_are_for_our_own_readers() -> None:
    """a contractor learns what is late and whom to ask, and no day"""
    late = reason(with_activities(activity("sprint-review", "14 days", "2026-11-01")))
    assert late.internal == "by 8 days; last 2026-11-01, every 14 days, due 2026-11-15"
    assert "2026" not in f"{late.message}{late.got}{late.expected}{late.next_step}"


@pytest.mark.parametrize(
    ("tier", "ours", "theirs"),
    [
        ("standard", Status.NOT_APPLICABLE, Status.NOT_APPLICABLE),
        ("elevated", Status.PASS, Status.PASS),
        ("critical", Status.PASS, Status.FAIL),
    ],
)
def test_shipped_tiers_warn_before_they_block(tier: str, ours: Status, theirs: Status) -> None:
    """no shipped tier blocks a vendor for our own lateness; critical blocks for the vendor's"""
    settings = shipped_tiers(gate_settings())[tier].gates[GATE.id]
    assert isinstance(settings, Settings)
    for duty, status in (("customer", ours), ("vendor", theirs)):
        late = with_activities(activity("sprint-review", "14 days", "2026-10-01", duty=duty))
        assert judged(late, settings).status is status


@given(st.integers(0, 800), st.sampled_from(["1 day", "14 days", "3 months", "1 year"]))
def test_an_activity_is_in_time_until_its_cadence_is_over(age: int, every: str) -> None:
    """the day counts, and nothing else"""
    on = TODAY - timedelta(days=age)
    verdict = judged(with_activities(activity("sprint-review", every, on.isoformat())))
    assert (verdict.status is Status.PASS) == (after(on, every) >= TODAY)
