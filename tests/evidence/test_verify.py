"""A genuine record is held against what the caller asks for, and against what its key may speak for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from outsource_gate.evidence.expectations import FactsSeen, Target
from outsource_gate.evidence.facts_file import facts_bytes, facts_digest
from outsource_gate.evidence.verify import Outcome
from outsource_gate.model.facts import Chosen, NotAsked, Unavailable
from outsource_gate.model.verdict import Decision, Stage
from tests import values
from tests.evidence.records import (
    SOON,
    facts,
    failed,
    failing,
    passing,
    record,
    signer,
    trust,
    undecided,
    verify,
)

GOOD = record()
ASKED = facts(context=values.context(values.review(), source="forge"))
DIGEST = facts_digest(facts_bytes(facts()))


def test_a_passing_record_is_genuine_and_allow() -> None:
    result = verify(GOOD, commit=values.HEAD, repository="forge.example/corp/payments", policy_digest="1" * 64)
    assert (result.outcome, result.outcome.exit_code, failed(result)) == (Outcome.MET, 0, [])


def test_both_algorithms_verify() -> None:
    key = signer("ed25519")
    believed = trust(public_key=key.public_key.pem)
    believed = type(believed)((type(believed.keys[0])(key.public_key, believed.keys[0].rule),))
    assert verify(record(by=key), believed).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("asked", "check"),
    [
        ({"commit": "9" * 40}, "commit"),
        ({"repository": "forge.example/corp/other"}, "repository"),
        ({"repository": "payments"}, "repository"),
        ({"repository": "other.example/corp/payments"}, "repository"),
        ({"policy_digest": "9" * 64}, "policy"),
        ({"stage": Stage.PUSH}, "stage"),
        ({"max_age": timedelta(minutes=30)}, "age"),
        ({"target": Target("main", lambda base: "not part of main")}, "target"),
        ({"now": values.NOW - timedelta(minutes=6)}, "clock"),
    ],
)
def test_what_was_not_asked_for_is_named(asked: dict[str, Any], check: str) -> None:
    result = verify(GOOD, **asked)
    assert (failed(result), result.outcome.exit_code) == ([check], 1)


@pytest.mark.parametrize(
    "asked",
    [
        {"commit": values.HEAD},
        {"repository": "corp/payments"},
        {"max_age": timedelta(hours=1)},
        {"target": Target("main", lambda base: "" if base == values.BASE else "not the base")},
        {"now": values.NOW - timedelta(minutes=4)},
        {"facts": FactsSeen("x", DIGEST)},
    ],
)
def test_what_was_asked_for_is_met(asked: dict[str, Any]) -> None:
    assert verify(GOOD, **asked).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("decision", "word"),
    [(failing(), "DENY"), (undecided(), "UNDECIDED")],
)
def test_genuine_but_not_allow_is_exit_1(decision: Decision, word: str) -> None:
    result = verify(record(decision=decision))
    assert (failed(result), result.outcome.exit_code) == (["decision"], 1)
    assert result.failed[0].got == word
    assert verify(record(decision=decision), require="any").outcome is Outcome.MET


def test_allow_that_is_not_enforced_is_no_allow() -> None:
    decision = Decision(passing().answer, passing().verdicts, enforced=False)
    result = verify(record(decision=decision))
    assert failed(result) == ["decision"]
    assert "report only" in result.failed[0].got


def test_a_record_past_its_expiry_is_stale() -> None:
    """Contract until 2027-01-14, the whole day."""
    last = values.NOW.replace(year=2027, month=1, day=14, hour=23, minute=59)
    assert verify(GOOD, now=last).outcome is Outcome.MET
    assert failed(verify(GOOD, now=last + timedelta(minutes=1))) == ["expiry"]


def test_nobody_knows_the_age_of_a_record_with_a_given_clock() -> None:
    given = record(known=facts(chosen=Chosen(clock="given")))
    assert failed(verify(given, max_age=timedelta(days=365))) == ["age"]
    assert any("clock" in caveat for caveat in verify(given).caveats)


def test_a_push_record_never_satisfies_the_change_stage() -> None:
    assert failed(verify(record(known=facts(stage=Stage.PUSH)))) == ["stage"]


def test_a_record_without_commit_is_about_no_commit() -> None:
    lost = facts(change=Unavailable("shallow clone", "git fetch --unshallow"))
    result = verify(record(known=lost, decision=undecided()), commit=values.HEAD, require="any")
    assert failed(result) == ["commit"]


def test_other_facts_beside_the_record_are_grave() -> None:
    """Who keeps the facts of another run beside it has not kept this record."""
    result = verify(GOOD, facts=FactsSeen("x", "9" * 64))
    assert (failed(result), result.outcome) == (["facts"], Outcome.NOT_GENUINE)
    assert failed(verify(GOOD, facts=FactsSeen("x", DIGEST, problem="cut off"))) == ["facts"]


@pytest.mark.parametrize(
    ("rule", "check"),
    [
        ({"valid": {"from": "2026-11-24"}}, "key-time"),
        ({"valid": {"until": "2026-11-22"}}, "key-time"),
        ({"revoked": {"reason": "lost", "invalid_from": "2026-11-23"}}, "key-time"),
        ({"revoked": {"reason": "lost", "invalid_from": "2020-01-01"}}, "key-time"),
        ({"repositories": ["corp/other", "forge.example/corp/pay"]}, "key-repository"),
        ({"repositories": ["corp/*/payments"]}, "key-repository"),
        ({"stages": ["push"]}, "key-stage"),
        ({"handed_over": False}, "key-context"),
    ],
)
def test_a_key_speaks_only_for_what_it_may(rule: dict[str, Any], check: str) -> None:
    result = verify(GOOD, trust(**rule))
    assert (failed(result), result.outcome.exit_code) == ([check], 3)


@pytest.mark.parametrize(
    "rule",
    [
        {"valid": {"from": "2026-11-23", "until": "2026-11-23"}},
        {"revoked": {"reason": "rotation", "invalid_from": "2026-11-24"}},
        {"repositories": ["corp/pay*"]},
        {"repositories": ["forge.example/**"]},
        {"stages": ["push", "change"]},
    ],
)
def test_a_key_speaks_for_what_it_may(rule: dict[str, Any]) -> None:
    assert verify(GOOD, trust(**rule)).outcome is Outcome.MET


def test_a_rotated_key_still_speaks_for_its_old_records() -> None:
    """The record's own time lies in the key's days; that the days are over now takes nothing away."""
    believed = trust(valid={"until": "2026-11-23"})
    assert verify(GOOD, believed, now=SOON + timedelta(days=30)).outcome is Outcome.MET


def test_a_revoked_key_is_not_saved_by_an_older_claim() -> None:
    """Who holds a stolen key writes any time into a record."""
    believed = trust(revoked={"reason": "stolen", "invalid_from": date(2026, 12, 1)})
    assert verify(GOOD, believed).outcome is Outcome.MET
    assert failed(verify(GOOD, believed, now=SOON + timedelta(days=8))) == ["key-time"]


def test_a_context_from_the_forge_needs_no_leave() -> None:
    assert verify(record(known=ASKED), trust(handed_over=False)).outcome is Outcome.MET
    later = facts(context=NotAsked(), stage=Stage.PUSH)
    assert verify(record(known=later), trust(handed_over=False), stage=Stage.PUSH).outcome is Outcome.MET


def test_a_bare_key_takes_handed_over_facts_and_says_so() -> None:
    result = verify(GOOD, trust(bare=True))
    assert result.outcome is Outcome.MET
    assert any("handed over" in caveat for caveat in result.caveats)


def test_what_options_chose_is_named() -> None:
    chosen = Chosen(base="given", policy="outside", clock="given")
    caveats = verify(record(known=facts(chosen=chosen))).caveats
    assert "set by an option of the run: clock, base, policy" in caveats


def test_a_genuine_denial_names_its_reasons() -> None:
    result = verify(record(decision=failing()))
    assert result.failed[0].next_step == "reasons: approvals-missing"


def test_the_digest_of_a_record_is_that_of_its_payload_not_of_its_signature() -> None:
    """Signed twice, it is the same record."""
    assert verify(record()).digest == verify(record()).digest
    assert record() != record()
