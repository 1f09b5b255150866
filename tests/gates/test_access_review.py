"""Gate access, signed reviews of access: what was observed counts with its own day; what it found stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.access import judge
from outsource_gate.model.access_review import ReviewedAccess
from outsource_gate.model.facts import Facts
from outsource_gate.model.verdict import Effect, Reason, Stage, Status
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.ways_in import access_until
from tests import values

WANTS = AccessSettings(review_max_age="90 days", nda="ignored")
SEEN = ReviewedAccess("acme", "d" * 64, date(2026, 11, 1), 0, "reviewer")


def facts(seen: ReviewedAccess | None = SEEN, *, declared: str | None = "2026-10-01") -> Facts:
    whole = values.vendor().access
    assert whole is not None
    reviewed = {"on": declared, "by": "it-security"} if declared else None
    vendor = values.vendor(access=whole.model_dump(by_alias=True) | {"reviewed": reviewed})
    return values.facts(vendors=(vendor,), access_reviews=(seen,) if seen else ())


def reasons(facts: Facts, **settings: Any) -> list[Reason]:
    return list(judge(facts, WANTS.model_copy(update=settings)).reasons)


def test_a_signed_review_is_observed_and_a_day_alone_declared() -> None:
    assert judge(facts(), WANTS).summary.endswith("observed: access review of 2026-11-01")
    assert judge(facts(None), WANTS).summary.endswith("declared, not observed: access review")
    assert judge(facts(), WANTS).status is Status.PASS


@pytest.mark.parametrize(("on", "code"), [("2026-08-25", []), ("2026-08-24", ["review-overdue"])])
def test_the_records_own_day_counts_whatever_the_register_says(on: str, code: list[str]) -> None:
    old = replace(SEEN, on=date.fromisoformat(on))
    found = reasons(facts(old, declared="2026-11-23"))
    assert [reason.code for reason in found] == code
    assert all(reason.internal == f"review observed on {on}" for reason in found)


def test_a_record_of_a_day_to_come_is_no_review() -> None:
    assert [one.code for one in reasons(facts(replace(SEEN, on=date(2026, 11, 24))))] == ["review-overdue"]


def test_what_it_found_open_warns_and_denies_only_where_the_tier_says_so() -> None:
    found = facts(replace(SEEN, open=2))
    (note,) = reasons(found)
    assert (note.code, note.effect, note.duty) == ("review-findings-open", Effect.NOTE, "customer")
    assert "2026" not in f"{note.message}{note.got}{note.expected}"
    assert note.internal == "observed on 2026-11-01: 2 open, signed by reviewer"
    assert judge(found, WANTS).status is Status.PASS
    assert judge(found, WANTS.model_copy(update={"customer": "deny"})).status is Status.FAIL


def test_what_it_found_open_is_told_where_no_review_is_wanted() -> None:
    assert [one.code for one in reasons(facts(replace(SEEN, open=1)), review_max_age="any")] == [
        "review-findings-open"
    ]


def test_a_record_that_does_not_count_leaves_the_day_declared() -> None:
    bad = replace(SEEN, open=3, on=date(2026, 11, 23), problem="nobody signed the review")
    (note,) = reasons(facts(bad))
    assert (note.code, note.effect, note.internal) == (
        "review-not-believed",
        Effect.NOTE,
        "nobody signed the review",
    )
    assert "declared, not observed: access review" in judge(facts(bad), WANTS).summary
    assert [one.code for one in reasons(facts(bad, declared="2026-01-01"))] == [
        "review-not-believed",
        "review-overdue",
    ]
    assert [one.effect for one in reasons(facts(bad), customer="deny")] == [Effect.NOTE]


def test_another_vendors_review_says_nothing_of_this_one() -> None:
    other = replace(SEEN, vendor="globex", open=1)
    assert reasons(facts(other)) == []
    assert "declared, not observed: access review" in judge(facts(other), WANTS).summary


def test_before_a_push_no_review_is_asked_for() -> None:
    pushed = replace(facts(replace(SEEN, open=1)), stage=Stage.PUSH)
    assert reasons(pushed) == []
    assert judge(pushed, WANTS).summary == "1 paths compared"


def test_a_pass_relied_on_the_records_day() -> None:
    vendor = facts().vendors[0]
    wants = WANTS.model_copy(update={"customer": "deny", "remote_max_age": "any", "devices_max_age": "any"})
    today = date(2026, 11, 23)
    assert list(access_until(vendor, wants, today, SEEN)) == [date(2027, 1, 30)]
    assert list(access_until(vendor, wants, today)) == [date(2026, 12, 30)]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_review_that_counts_hides_no_lateness(observed: date, declared: date) -> None:
    found = reasons(facts(replace(SEEN, on=observed), declared=str(declared)), customer="deny")
    in_time = 0 <= (date(2026, 11, 23) - observed).days <= 90
    assert [one.code for one in found] == ([] if in_time else ["review-overdue"])
