"""Gate secrets."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates import CHANGES
from outsource_gate.gates.secrets import GATE, Settings, judge
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.finding import Confidence
from outsource_gate.model.secret import Secret, SecretScan, Unlooked
from outsource_gate.model.verdict import Effect, Status
from tests import values

SECRETS = st.builds(
    Secret,
    st.sampled_from(["aws-access-key", "password"]),
    st.just("a credential"),
    st.sampled_from(Confidence),
    st.sampled_from(["content", "message", "name"]),
    st.just(values.HEAD),
    st.sampled_from(["", "a.py"]),
    st.integers(0, 9),
    st.booleans(),
)


def facts(*found: Secret, **changes: object) -> Facts:
    return values.facts(secrets=values.secrets(*found, **changes))


def test_a_change_without_credentials_passes() -> None:
    verdict = judge(facts(), Settings())
    assert (verdict.status, verdict.reasons) == (Status.PASS, ())
    assert verdict.summary == "1 blobs and 1 messages looked through"


def test_a_credential_denies_and_names_commit_path_and_line() -> None:
    (reason,) = judge(facts(values.secret()), Settings()).reasons
    assert (reason.code, reason.effect) == ("secret", Effect.DENY)
    assert (reason.where.path, reason.where.line, reason.where.commit) == ("services/pay.py", 3, values.HEAD)
    assert reason.next_step.startswith("revoke the credential first")


@pytest.mark.parametrize(("place", "code"), [("message", "secret-in-message"), ("name", "secret-in-name")])
@pytest.mark.parametrize("confidence", Confidence)
def test_in_messages_and_names_it_denies_at_any_threshold(place: str, code: str, confidence: Confidence) -> None:
    """what is told of it is changed for it, so that no other gate may stand on that"""
    verdict = judge(facts(values.secret(place=place, confidence=confidence)), Settings(confidence=Confidence.HIGH))
    assert (verdict.status, [reason.code for reason in verdict.reasons]) == (Status.FAIL, [code])


@given(st.sampled_from(Confidence), st.sampled_from(Confidence))
def test_below_the_threshold_it_is_named(found: Confidence, floor: Confidence) -> None:
    """below is no denial and no silence"""
    verdict = judge(facts(values.secret(confidence=found)), Settings(confidence=floor))
    assert [reason.code for reason in verdict.reasons] == [
        "secret" if found.rank >= floor.rank else "secret-unsure"
    ]
    assert (verdict.status is Status.FAIL) == (found.rank >= floor.rank)


def test_what_the_base_has_in_the_same_file_is_named() -> None:
    verdict = judge(facts(values.secret(new=False)), Settings())
    assert (verdict.status, [reason.code for reason in verdict.reasons]) == (Status.PASS, ["secret-at-base"])


@pytest.mark.parametrize("missing", [NotAsked(), Unavailable("blob 1: not in this clone", "fetch", "secrets")])
def test_without_the_fact_it_is_undecided(missing: NotAsked | Unavailable) -> None:
    verdict = judge(values.facts(secrets=missing), Settings())
    assert (verdict.status, [reason.code for reason in verdict.reasons]) == (
        Status.INDETERMINATE,
        ["secrets-unread"],
    )


def test_a_blob_nobody_looked_into_leaves_it_undecided() -> None:
    verdict = judge(facts(unread=(Unlooked("a.zip", values.HEAD, "an archive"),)), Settings())
    assert verdict.status is Status.INDETERMINATE
    assert verdict.reasons[0].where.path == "a.zip"


def test_more_than_can_be_listed_leaves_it_undecided() -> None:
    """none of those left out may be the one that counts"""
    assert judge(facts(left_out=3), Settings()).status is Status.INDETERMINATE


def test_nothing_brought_in_does_not_apply() -> None:
    """the empty set is no pass"""
    assert judge(facts(blobs=0, messages=0), Settings()).status is Status.NOT_APPLICABLE


@given(st.lists(SECRETS, max_size=4), st.lists(SECRETS, max_size=4), st.sampled_from(Confidence))
def test_more_blobs_never_take_a_credential_away(some: list[Secret], more: list[Secret], floor: Confidence) -> None:
    """what denied before denies after"""
    settings = Settings(confidence=floor)
    before, after = judge(facts(*some), settings), judge(facts(*some, *more, blobs=9), settings)
    assert set(before.reasons) <= set(after.reasons)
    assert before.status is not Status.FAIL or after.status is Status.FAIL


def test_every_code_is_published_and_it_is_asked_before_a_push() -> None:
    whole = replace(
        values.secrets(
            *(values.secret(place=place) for place in ("content", "message", "name")),
            values.secret(new=False),
            values.secret(confidence=Confidence.LOW),
        ),
        left_out=1,
        typed="",
    )
    assert isinstance(whole, SecretScan)
    given_codes = {reason.code for reason in judge(values.facts(secrets=whole), Settings()).reasons}
    assert given_codes == set(GATE.reasons)
    assert GATE.stages == CHANGES


@pytest.mark.parametrize(
    ("detectors", "typed", "status"),
    [
        ("all", "kingfisher 2.14.0", Status.PASS),
        ("all", "", Status.INDETERMINATE),
        ("own", "", Status.PASS),
    ],
)
def test_without_typed_detectors_the_tier_decides(
    detectors: Literal["own", "all"], typed: str, status: Status
) -> None:
    """where ours look alone, nothing is missing"""
    missing = "" if typed else "kingfisher: not done after 600 seconds and was ended"
    verdict = judge(facts(typed=typed, typed_missing=missing), Settings(detectors=detectors))
    assert verdict.status is status
    assert [reason.message for reason in verdict.reasons] == ([missing] if missing and detectors == "all" else [])


def test_a_secret_says_what_it_is_inside_of_and_how_it_is_recognised_elsewhere() -> None:
    one = values.secret(inside="conf/app.yml", mac="0123456789abcdef" * 4)
    (reason,) = judge(facts(one), Settings()).reasons
    assert reason.message == "an AWS access key id in conf/app.yml"
    assert reason.got == "aws-access-key, high confidence, HMAC 0123456789abcdef0123456789abcdef"
