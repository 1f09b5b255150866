"""What was seen beside the register: each kind of finding, and what must not be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.access_review.compare import Asked, findings, literal_repositories, reviewed
from outsource_gate.access_review.seen import Entry, Looked
from outsource_gate.model.identity import Account
from outsource_gate.policy.load import Policy
from tests.access_review import scene

VIC, VAL, MALLORY = Account("vicv", 4711), Account("valv", 4712), Account("mallory", 666)
BOTH = (Entry(VIC, "corp/payments", "write"), Entry(VAL, "corp/payments", "write"))


def looked(*entries: Entry) -> Looked:
    return Looked("github", "forge", ("corp/payments",), entries or BOTH)


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return scene.register(tmp_path)


def test_what_was_given_is_nothing_to_tell(policy: Policy) -> None:
    assert scene.found(policy, looked()) == []


def test_an_account_counts_by_its_number(policy: Policy) -> None:
    """a renamed login is the same person; the freed login in other hands is nobody"""
    renamed, taken = Account("vic-new", 4711), Account("vicv", 9999)
    entries = (*BOTH[1:], Entry(renamed, "corp/payments", "write"), Entry(taken, "corp/payments", "write"))
    assert scene.found(policy, looked(*entries)) == [("unregistered", "", "corp/payments")]


def test_a_registered_bot_is_known_on_its_own_forge_only(policy: Policy) -> None:
    bot = Entry(Account("renovate[bot]", 29139614, "Bot"), "corp/payments", "write")
    assert scene.found(policy, looked(*BOTH, bot)) == []
    elsewhere = replace(looked(*BOTH, bot), forge="gitlab")
    assert ("unregistered", "", "corp/payments") in scene.found(policy, elsewhere)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("github: {login: vicv, id: 4711},", "github: {login: vicv, id: 4711}, active: {until: 2026-11-22},"),
        ('paths: ["services/**"]', 'paths: ["services/**"]\n  valid: {until: 2026-11-22}'),
        ("until: 2027-01-14", "until: 2026-11-22"),
        ("people:\n", "engagements: [{id: first, valid: {until: 2026-11-22}}]\npeople:\n"),
        ('access:\n  repositories: [corp/payments]\n  paths: ["services/**"]\n', ""),
    ],
    ids=["person", "access", "contract", "engagement", "no access"],
)
def test_access_after_its_last_day_is_expired(tmp_path: Path, old: str, new: str) -> None:
    policy = scene.register(tmp_path, acme=scene.ACME.replace(old, new))
    assert ("expired", "vic", "corp/payments") in scene.found(policy, looked())
    ended = (date(2026, 11, 22), ("acme",))
    if new:  # on its last day it is not over yet
        assert [one for one in findings(policy, looked(), Asked(*ended)) if one.kind == "expired"] == []


def test_somebody_of_ours_who_left_is_expired_too(tmp_path: Path) -> None:
    people = scene.PEOPLE.replace("github:", "active: {until: 2026-11-01}, github:")
    ina = Entry(Account("ina", 1), "corp/payments", "admin")
    (one,) = scene.all_found(scene.register(tmp_path, people=people), looked(*BOTH, ina))
    assert (one.kind, one.vendor, one.person) == ("expired", "internal", "ina")


@pytest.mark.parametrize(
    ("repository", "role", "expected"),
    [
        ("corp/payments", "write", []),
        ("corp/payments", "read", []),
        ("corp/payments", "maintain", ["too-broad"]),
        ("corp/payments", "admin", ["too-broad"]),
        ("corp/other", "read", ["too-broad"]),
        ("Corp/Payments", "write", []),  # forges fold case
    ],
)
def test_more_than_was_given_is_too_broad(policy: Policy, repository: str, role: str, expected: list[str]) -> None:
    entry = Entry(VIC, repository, role)  # type: ignore[arg-type]
    assert [kind for kind, _, _ in scene.found(policy, looked(BOTH[1], entry))] == expected


def test_dormant_is_who_was_seen_and_not_lately(policy: Policy) -> None:
    seen = replace(looked(), active_on={4711: date(2026, 8, 24), 4712: date(2026, 8, 25)})
    assert scene.found(policy, seen) == [("dormant", "vic", "")]  # 90 days, the last one counts
    assert scene.found(policy, seen, dormant_days=91) == []


def test_who_began_lately_is_not_dormant(tmp_path: Path) -> None:
    acme = scene.ACME.replace("id: 4711},", "id: 4711}, active: {from: 2026-11-01},")
    seen = replace(looked(), active_on={4711: None})
    assert scene.found(scene.register(tmp_path, acme=acme), seen) == []


def test_registered_and_not_there_is_told(policy: Policy) -> None:
    assert scene.found(policy, looked(BOTH[0])) == [("without-access", "val", "")]


def test_a_vendor_is_whole_where_all_of_its_repositories_were_read(tmp_path: Path) -> None:
    """a pattern may mean more than was read"""
    acme = scene.ACME.replace("[corp/payments]", '[forge.example/corp/payments, corp/other, "corp/web-*"]')
    policy = scene.register(tmp_path, acme=acme)
    assert literal_repositories(policy, ["acme"]) == ("corp/payments", "corp/other")
    (one,) = reviewed(policy, looked(), ["acme"])
    assert (one.is_whole, one.missing) == (False, ("corp/other", "corp/web-*"))
    assert reviewed(scene.register(tmp_path), looked(), ["acme"])[0].is_whole


def test_a_vendor_without_repositories_was_not_reviewed(tmp_path: Path) -> None:
    acme = scene.ACME.replace("  repositories: [corp/payments]\n", "")
    assert not reviewed(scene.register(tmp_path, acme=acme), looked(), ["acme"])[0].is_whole


@given(
    st.integers(min_value=1, max_value=10_000), st.sampled_from(["read", "triage", "write", "maintain", "admin"])
)
def test_whoever_is_not_registered_is_never_left_out(
    tmp_path_factory: pytest.TempPathFactory, number: int, role: str
) -> None:
    policy = scene.register(tmp_path_factory.getbasetemp())
    account = Account("somebody", number)
    told = scene.found(policy, looked(*BOTH, Entry(account, "corp/payments", role)))  # type: ignore[arg-type]
    assert (("unregistered", "", "corp/payments") in told) == (number not in (1, 4711, 4712))
