"""Gate access: papers of people, ways in and engagements, as a tier asks for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.access import GATE, Settings, judge
from outsource_gate.model.facts import Facts
from outsource_gate.model.review import Push
from outsource_gate.model.verdict import Effect, Reason, Stage, Status
from outsource_gate.policy.tiers import shipped_tiers
from outsource_gate.registry import gate_settings
from tests import values

ELEVATED, CRITICAL = (
    Settings.model_validate(shipped_tiers(gate_settings())[name].gates["access"].model_dump())
    for name in ("elevated", "critical")
)


def person(**changes: Any) -> Facts:
    """A change of Vic's with papers replaced; None takes one away."""
    papers = {name: paper for name, paper in (values.PAPERS | changes).items() if paper is not None}
    return values.facts(vendors=(values.vendor(people=[values.person("vic", **papers)]),))


def granted(**changes: Any) -> Facts:
    whole = values.vendor().access
    assert whole is not None
    parts = whole.model_dump(by_alias=True) | changes
    return values.facts(vendors=(values.vendor(access=parts),))


def engaged(*listed: dict[str, Any]) -> Facts:
    return values.facts(vendors=(values.vendor(engagements=list(listed)),))


def reasons(facts: Facts, settings: Settings = CRITICAL) -> tuple[Reason, ...]:
    return tuple(one for one in judge(facts, settings).reasons if one.code != "checklist-order-unknown")


@pytest.mark.parametrize("settings", [Settings(), ELEVATED, CRITICAL])
def test_whoever_has_all_papers_passes_every_shipped_tier(settings: Settings) -> None:
    verdict = judge(values.facts(), settings)
    assert verdict.status is Status.PASS


def test_the_summary_tells_what_was_seen_from_what_was_declared() -> None:
    assert judge(values.facts(), ELEVATED).summary == (
        "1 paths compared; declared, not observed: NDA, training, MFA, checklist, access review"
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (person(nda=None), "nda-missing"),
        (person(nda={"signed_on": "2026-11-24"}), "nda-missing"),
        (person(training=None), "training-missing"),
        (person(training={"first_aid": {"on": "2026-02-01"}}), "training-missing"),
        (person(training={"secure_coding": {"on": "2026-11-24"}}), "training-missing"),
        (person(training={"secure_coding": {"on": "2025-11-22"}}), "training-expired"),
        (person(training={"secure_coding": {"on": "2026-05-22", "valid_for": "6 months"}}), "training-expired"),
        (person(mfa=None), "mfa-missing"),
        (person(mfa={"verified_on": "2026-11-24"}), "mfa-missing"),
        (person(mfa={"verified_on": "2026-08-24"}), "mfa-stale"),
        (person(checklist=None), "checklist-missing"),
        (person(checklist={"acknowledged_on": "2026-11-24", "version": "c0ffee000001"}), "checklist-missing"),
        (person(checklist={"acknowledged_on": "2026-01-16", "version": "older"}), "checklist-other-version"),
        (granted(remote_access=None), "remote-access-missing"),
        (granted(remote_access={"method": "direct", "verified_on": "2026-10-01"}), "remote-access-method"),
        (granted(remote_access={"method": "vpn"}), "remote-access-unverified"),
        (granted(remote_access={"method": "vpn", "verified_on": "2025-11-22"}), "remote-access-unverified"),
        (granted(device_management=None), "devices-unverified"),
        (granted(device_management={}), "devices-unverified"),
        (granted(device_management={"verified_on": "2025-11-22"}), "devices-unverified"),
        (engaged({"id": "a", "valid": {"from": "2026-11-24"}}), "engagement-over"),
    ],
)
def test_what_is_missing_or_too_old_denies_with_its_own_code(facts: Facts, code: str) -> None:
    """And names whom to ask; days stand where only our own readers look."""
    (reason,) = reasons(facts)
    assert (reason.code, reason.effect, reason.who) == (code, Effect.DENY, "procurement@corp.example")
    assert code in GATE.reasons
    assert "declared in the register" in reason.internal
    assert "202" not in reason.message + reason.got + reason.expected + reason.next_step


@pytest.mark.parametrize(
    "facts",
    [
        person(training={"secure_coding": {"on": "2025-11-23"}}),
        person(training={"secure_coding": {"on": "2026-05-23", "valid_for": "6 months"}}),
        person(mfa={"verified_on": "2026-08-25"}),
        person(nda={"signed_on": "2026-11-23"}),
        engaged({"id": "a", "valid": {"until": "2026-11-23"}}),
    ],
)
def test_the_last_day_counts_whole(facts: Facts) -> None:
    assert reasons(facts) == ()


def test_without_the_version_that_applies_nothing_is_decided() -> None:
    """Could not look: only where the tier wants this version."""
    unknown = replace(values.facts(), checklists=())
    (reason,) = reasons(unknown)
    assert (reason.code, judge(unknown, CRITICAL).status) == ("checklist-unknown", Status.INDETERMINATE)
    assert judge(unknown, ELEVATED).status is Status.PASS


def test_the_version_of_another_vendor_is_not_this_ones() -> None:
    known = replace(values.facts().checklists[0], vendor="globex")
    assert [one.code for one in reasons(replace(values.facts(), checklists=(known,)))] == ["checklist-unknown"]


def test_only_persons_of_the_change_are_judged() -> None:
    """Val has no papers, and no part in it."""
    vendor = values.vendor(people=[values.VIC, values.person("val")])
    assert reasons(values.facts(vendors=(vendor,))) == ()
    roles = (values.role("opener"), values.role("pusher", person="val"))
    shared = values.facts(vendors=(vendor,), attribution=values.attribution(roles=roles))
    assert "nda-missing" in {one.code for one in reasons(shared)}


def acknowledged(day: str, start: str | None = "2026-01-15", **more: str) -> Facts:
    checklist = {"acknowledged_on": day, "version": "c0ffee000001", **more}
    return person(checklist=checklist, active={"from": start} if start else {})


def codes(facts: Facts) -> list[str]:
    return [one.code for one in judge(facts, CRITICAL).reasons]


def test_a_change_that_arrived_before_the_checklist_was_read_denies() -> None:
    """By the server's clock; on the same day is early enough."""
    early = Push(values.HEAD, datetime(2026, 11, 20, 9, 0, tzinfo=UTC), values.VIC_ACCOUNT)
    context = values.context(pushes=(early, *values.context().pushes))
    assert codes(replace(acknowledged("2026-11-22"), context=context)) == ["checklist-after-change"]
    assert codes(replace(acknowledged("2026-11-20"), context=context)) == ["checklist-order-unknown"]


def test_a_push_of_somebody_else_says_nothing_of_this_person() -> None:
    early = Push("0" * 40, datetime(2026, 11, 20, 9, 0, tzinfo=UTC), values.VAL_ACCOUNT)
    context = values.context(pushes=(early, *values.context().pushes))
    assert "checklist-after-change" not in codes(replace(acknowledged("2026-11-22"), context=context))


def test_no_time_zone_denies() -> None:
    """At 10:30 UTC the next day has begun in the east of the world."""
    early = Push(values.HEAD, datetime(2026, 11, 19, 10, 30, tzinfo=UTC))
    facts = replace(acknowledged("2026-11-20"), context=values.context(pushes=(early,)))
    assert "checklist-after-change" not in codes(facts)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (acknowledged("2026-01-15"), False),
        (acknowledged("2026-01-14"), False),
        (acknowledged("2026-01-16"), True),
        (acknowledged("2026-01-16", start=None), True),
        (acknowledged("2026-11-20", first_on="2026-01-14"), False),
    ],
)
def test_what_is_not_known_of_earlier_changes_is_said(facts: Facts, told: bool) -> None:
    """Nobody can have worked before the first active day; a later version does not begin anew."""
    assert codes(facts) == (["checklist-order-unknown"] if told else [])
    assert judge(facts, CRITICAL).status is Status.PASS


@pytest.mark.parametrize("reviewed", [None, {"on": "2026-08-24"}, {"on": "2026-11-24"}])
def test_our_own_overdue_review_warns_and_denies_only_where_the_tier_says_so(reviewed: Any) -> None:
    facts = granted(reviewed=reviewed)
    (note,) = reasons(facts)
    assert (note.code, note.effect, note.duty) == ("review-overdue", Effect.NOTE, "customer")
    assert judge(facts, CRITICAL).status is Status.PASS
    assert judge(facts, CRITICAL.model_copy(update={"customer": "deny"})).status is Status.FAIL


ENDED = {"id": "old", "valid": {"until": "2026-11-01"}}
RUNS = {"id": "new", "valid": {"from": "2026-11-02", "until": "2026-12-31"}}
PROOF = {"file": "reviews/old.json", "sha256": "d" * 64}


@pytest.mark.parametrize(
    ("engagement", "told"),
    [
        (ENDED, "old ended 22 days ago (2026-11-01); revocation: nothing is declared in the register"),
        (ENDED | {"revoked_on": "2026-11-02"}, "revocation: declared in the register on 2026-11-02"),
        (ENDED | {"revoked_on": "2026-11-24", "proof": PROOF}, "declared in the register on 2026-11-24"),
    ],
)
def test_an_end_without_proof_that_access_is_gone_is_our_duty(engagement: dict[str, Any], told: str) -> None:
    """A day alone is declared; how long ago it ended is told."""
    (note,) = reasons(engaged(engagement, RUNS))
    assert (note.code, note.effect, note.duty) == ("revocation-not-proven", Effect.NOTE, "customer")
    assert told in note.internal


def test_a_proven_revocation_is_the_end_of_it() -> None:
    gone = ENDED | {"revoked_on": "2026-11-02", "proof": PROOF}
    assert reasons(engaged(gone, RUNS)) == ()


def test_revocation_has_its_time_before_it_is_overdue() -> None:
    strict = Settings(customer="deny", revoked_within="30 days")
    late = ENDED | {"valid": {"until": "2026-10-23"}}
    assert judge(engaged(ENDED, RUNS), strict).status is Status.PASS
    assert judge(engaged(late, RUNS), strict).status is Status.FAIL


@pytest.mark.parametrize(
    ("remote", "settings", "code"),
    [
        ({"method": "vpn"}, {"networks": "required"}, "networks-missing"),
        ({"method": "vpn"}, {"logging": "required"}, "logging-missing"),
        (
            {"method": "vpn", "logging": {"where": "siem", "kept": "5 months"}},
            {"logs_kept_days": 180},
            "logging-too-short",
        ),
        (
            {
                "method": "vpn",
                "networks": ["203.0.113.0/24"],
                "logging": {"where": "siem", "kept": "6 months"},
            },
            {"networks": "required", "logging": "required", "logs_kept_days": 180},
            "",
        ),
    ],
)
def test_networks_and_logs_are_asked_for_where_the_tier_says_so(
    remote: dict[str, Any], settings: dict[str, Any], code: str
) -> None:
    assert [one.code for one in reasons(granted(remote_access=remote), Settings(**settings))] == [code] * bool(code)


def test_before_a_push_nobody_asks_for_papers() -> None:
    bare = values.vendor(people=[values.person("vic")], engagements=[ENDED])
    verdict = judge(values.facts(stage=Stage.PUSH, vendors=(bare,), checklists=()), CRITICAL)
    assert (verdict.status, verdict.summary) == (Status.PASS, "1 paths compared")


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(1, 900))
def test_a_second_factor_counts_from_its_day_for_exactly_its_age(seen: date, days: int) -> None:
    """Never before, never after, whatever the age."""
    wants = Settings(mfa_max_age=f"{days} days")
    passes = judge(person(mfa={"verified_on": seen.isoformat()}), wants).status is Status.PASS
    assert passes == (seen <= values.facts().today <= seen + timedelta(days=days))
