"""Lists and gates say the same: what a gate denies today is late here, and what is late here a gate names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.duties.obligation import Obligation, State
from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Effect, Reason
from outsource_gate.registry import gates
from tests import values
from tests.duties.register import TODAY, complete, of, policy

GATES = ("contract", "due-diligence", "access", "oversight")
# Reason codes about something that has a day -> what it is called here.
CODES = {
    "contract-missing": "contract", "contract-not-in-force": "contract", "audit-overdue": "audit",
    "assessment-missing": "assessment", "assessment-in-future": "assessment", "reassessment-overdue": "assessment",
    "certification-missing": "certification", "certification-lapsed": "certification",
    "certification-not-yet-valid": "certification", "certification-undated": "certification",
    "vetting-missing": "vetting", "vetting-failed": "vetting", "vetting-in-future": "vetting",
    "questionnaire-missing": "questionnaire", "questionnaire-too-old": "questionnaire",
    "access-missing": "access", "access-not-in-force": "access", "person-inactive": "active",
    "nda-missing": "nda", "training-missing": "training", "training-expired": "training",
    "mfa-missing": "mfa", "mfa-stale": "mfa", "checklist-missing": "checklist",
    "review-overdue": "access-review", "remote-access-missing": "remote-access",
    "remote-access-unverified": "remote-access", "devices-unverified": "devices",
    "engagement-over": "engagement", "revocation-not-proven": "revocation",
    "activity-missing": "oversight", "activity-never-done": "oversight", "activity-in-future": "oversight",
    "activity-overdue": "oversight",
}  # fmt: skip
# What simply ended or has not begun is no lateness of anybody, and still denies a change.
ENDS = {"contract", "access", "active", "engagement"}
PAPERS = {"nda", "training", "mfa", "checklist"}
WAYS = {"access-review", "remote-access", "devices", "engagement", "revocation"}

DAYS = st.integers(-1_000, 1_000).map(lambda days: TODAY + timedelta(days=days))
MAYBE = st.none() | DAYS
SPANS = st.sampled_from(["14 days", "3 months", "1 year", "5 years"])


@st.composite
def windows(draw: st.DrawFn) -> dict[str, date]:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    whole = {"from": start, "until": end}
    return {key: day for key, day in whole.items() if draw(st.booleans())}


def _with(key: str, day: date | None, **more: Any) -> dict[str, Any] | None:
    return {key: day, **more} if day else None


@st.composite
def vendors(draw: st.DrawFn) -> Vendor:
    """Acme with any day anywhere, and any part missing."""
    papers = {
        "nda": _with("signed_on", draw(MAYBE)),
        "mfa": _with("verified_on", draw(MAYBE)),
        "training": {"secure_coding": {"on": day}} if (day := draw(MAYBE)) else {},
        "checklist": _with("acknowledged_on", draw(MAYBE), version="1"),
        "active": draw(windows()),
    }
    looked = complete().access
    assert looked is not None
    access = looked.model_dump(by_alias=True) | {
        "valid": draw(windows()),
        "reviewed": _with("on", draw(MAYBE)),
        "remote_access": draw(st.none() | st.fixed_dictionaries({"method": st.just("vdi"), "verified_on": MAYBE})),
        "device_management": {"verified_on": draw(MAYBE)},
    }
    certificates = st.lists(
        st.fixed_dictionaries({
            "name": st.sampled_from(["ISO/IEC 27001:2022", "SOC 2 Type II", "ISO 9001"]),
            "valid_from": MAYBE,
            "valid_until": MAYBE,
        }),
        max_size=3,
    )  # fmt: skip
    activities = st.lists(
        st.builds(
            lambda name, every, on: {"activity": name, "every": every, "last": _with("on", on)},
            st.sampled_from(["sprint-review", "penetration-test", "architecture-assessment", "status-report"]),
            SPANS,
            MAYBE,
        ),
        max_size=5,
    )
    engagements = [
        {"id": f"e{number}", "valid": draw(windows()), "revoked_on": draw(MAYBE)}
        for number in range(draw(st.integers(0, 2)))
    ]
    agreed = values.contract(valid=draw(windows()), renewal_notice=draw(st.none() | SPANS)).contract
    return complete(
        tier=draw(st.sampled_from(["standard", "elevated", "critical"])),
        contract=draw(st.none() | st.just(agreed)),
        due_diligence={
            "risk_assessment": _with("on", draw(MAYBE), reassess_every=draw(st.none() | SPANS)),
            "certifications": draw(certificates),
            "questionnaires": [
                {"name": "SIG Lite", "on": day, "score": 87} for day in draw(st.lists(DAYS, max_size=2))
            ],
            "personnel_vetting": _with("on", draw(MAYBE)),
        },
        access=draw(st.none() | st.just(access)),
        engagements=engagements,
        oversight=draw(activities),
        people=[values.person("vic", **{**values.PAPERS, **papers})],
    )


def judged(vendor: Vendor) -> list[Reason]:
    """What the gates say, with our own lateness denying, too."""
    tier, found = policy(vendor).tier_of(vendor.id), gates()
    facts = values.facts(vendors=(vendor,))
    reasons: list[Reason] = []
    for name in GATES:
        mine = tier.gates[name]
        strict = {"customer": "deny"} if "customer" in type(mine).model_fields else {}
        reasons += found[name].judge(facts, mine.model_copy(update=strict)).reasons
    return reasons


def is_answered(one: Obligation) -> bool:
    over = one.kind in ENDS and one.state in (State.LATER, State.ENDED)
    return one.state.is_late or over


@settings(max_examples=300)
@given(vendors())
def test_what_a_gate_denies_today_is_late_here(vendor: Vendor) -> None:
    """papers of somebody who has left are owed no more; that a change names them is denied for that"""
    denied = {CODES[one.code] for one in judged(vendor) if one.effect is Effect.DENY and one.code in CODES}
    found = of(vendor)
    has_left = any(one.kind == "active" and one.state is State.ENDED for one in found)
    answered = {one.kind for one in found if is_answered(one)}
    assert denied - (PAPERS if has_left else set()) <= answered


@settings(max_examples=300)
@given(vendors())
def test_what_is_late_here_a_gate_names_today(vendor: Vendor) -> None:
    """where no access is granted at all, the gate stops at that"""
    known = {code for name in GATES for code in gates()[name].reasons}
    judgeable = {kind for code, kind in CODES.items() if code in known}
    named = {CODES[one.code] for one in judged(vendor) if one.code in CODES}
    late = {one.kind for one in of(vendor) if one.state.is_late}
    unasked = PAPERS | WAYS if vendor.access is None else set()
    assert (late & judgeable) - unasked <= named


def test_every_code_is_one_that_a_gate_can_give() -> None:
    """a code that nobody publishes would compare nothing"""
    known = {code for name in GATES for code in gates()[name].reasons}
    assert len(set(CODES) & known) > 15
