"""Known vulnerabilities as reasons: what denies, what is named, and what it means that nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate import vulnerable
from outsource_gate.gates.dependencies import GATE, Settings, judge
from outsource_gate.model.dependency import DependencyChange
from outsource_gate.model.facts import NotAsked, Unavailable
from outsource_gate.model.finding import Severity
from outsource_gate.model.verdict import Effect, Stage, Status, Verdict
from outsource_gate.model.vulnerability import Database, Vulnerability, VulnerabilityScan
from tests import values

STANDARD = Settings()
CRITICAL = Settings(fail_on=Severity.MEDIUM, vulnerabilities="required", max_age_days=14)
UPGRADE = DependencyChange("upgraded", values.package(), values.package(version="2.32.0"))
DAY = timedelta(days=1)


def flaw(**changes: Any) -> Vulnerability:
    whole = Vulnerability("GHSA-1", "pypi", "requests", "2.32.0", Severity.HIGH, path="requirements.txt", line=1)
    return replace(whole, **changes)


def scan(*found: Vulnerability, **changes: Any) -> VulnerabilityScan:
    databases = (Database("pypi", "0" * 64, 17_000, values.NOW - DAY),)
    return replace(VulnerabilityScan("given", databases, (), found, 1), **changes)


def judged(
    known: object, settings: Settings = STANDARD, change: DependencyChange = UPGRADE, **more: Any
) -> Verdict:
    facts = values.facts(dependencies=values.dependencies(change), vulnerabilities=known, **more)
    return judge(facts, settings)


def told(given: Verdict) -> list[tuple[str, Effect]]:
    return [(reason.code, reason.effect) for reason in given.reasons]


def test_what_a_server_said_is_as_old_as_the_question() -> None:
    """it may have no entry of these packages, and so no date"""
    answers = (Database("pypi", "0" * 64, 0, None),)
    known = scan(source="server", host="osv.example", databases=answers, asked_at=values.NOW, withheld=2)
    given = judged(known, CRITICAL)
    assert (given.status, given.reasons) == (Status.PASS, ())
    assert "in 1 packages, as osv.example says (2 names not told)" in given.summary
    given = judged(replace(known, asked_at=values.NOW - 15 * DAY), CRITICAL)
    assert told(given) == [("vulnerability-data-old", Effect.UNDECIDED)]


@pytest.mark.parametrize(("settings", "effect"), [(STANDARD, Effect.NOTE), (CRITICAL, Effect.UNDECIDED)])
def test_a_server_whose_silence_says_nothing_is_missing_data(settings: Settings, effect: Effect) -> None:
    given = judged(scan(source="server", host="osv.example", asked_at=values.NOW, missing=("nuget",)), settings)
    assert told(given) == [("vulnerability-data-missing", effect)]
    assert "osv.example compares names of NuGet by case" in given.reasons[0].message


def test_nothing_known_against_it_passes() -> None:
    given = judged(scan(), CRITICAL)
    assert (given.status, given.reasons) == (Status.PASS, ())
    assert "0 known vulnerabilities in 1 packages" in given.summary


@pytest.mark.parametrize(
    ("settings", "severity", "effect"),
    [
        (STANDARD, Severity.CRITICAL, Effect.DENY),
        (STANDARD, Severity.HIGH, Effect.DENY),
        (STANDARD, Severity.MEDIUM, Effect.NOTE),
        (CRITICAL, Severity.MEDIUM, Effect.DENY),
        (CRITICAL, Severity.LOW, Effect.NOTE),
        (STANDARD, None, Effect.DENY),
    ],
)
def test_the_threshold_is_the_tiers_and_no_severity_counts_as_high(
    settings: Settings, severity: Severity | None, effect: Effect
) -> None:
    assert told(judged(scan(flaw(severity=severity)), settings)) == [("vulnerable-dependency", effect)]


def test_the_reason_says_what_where_and_what_to_take() -> None:
    known = flaw(aliases=("CVE-2026-1",), summary="leaks", fixed=("2.33.0",), vector="CVSS:3.1/X")
    (reason,) = judged(scan(known)).reasons
    assert reason.message == "requests 2.32.0: GHSA-1 (CVE-2026-1), leaks"
    assert (reason.got, reason.next_step) == ("high (CVSS:3.1/X)", "take 2.33.0, or later")
    assert (reason.where.path, reason.where.line) == ("requirements.txt", 1)


def test_what_the_base_had_is_named() -> None:
    assert told(judged(scan(flaw(old=True)), CRITICAL)) == [("vulnerability-kept", Effect.NOTE)]


@pytest.mark.parametrize("settings", [STANDARD, CRITICAL, Settings(fail_on=Severity.CRITICAL)])
@pytest.mark.parametrize("old", [False, True])
def test_a_malicious_package_denies_everywhere(settings: Settings, old: bool) -> None:
    """Also one that the base has already: nobody wants it installed once more."""
    known = flaw(id="MAL-1", severity=Severity.CRITICAL, malicious=True, old=old)
    assert told(judged(scan(known), settings)) == [("malicious-dependency", Effect.DENY)]


@pytest.mark.parametrize(("settings", "effect"), [(STANDARD, Effect.NOTE), (CRITICAL, Effect.DENY)])
def test_what_may_hold_denies_where_data_is_required(settings: Settings, effect: Effect) -> None:
    known = flaw(why="no version is fixed", version="")
    assert told(judged(scan(known), settings)) == [("version-unknown", effect)]


@pytest.mark.parametrize(("settings", "effect"), [(STANDARD, Effect.NOTE), (CRITICAL, Effect.UNDECIDED)])
@pytest.mark.parametrize("known", [NotAsked(), scan(databases=(), missing=("pypi",))])
def test_without_data_the_tier_decides(known: object, settings: Settings, effect: Effect) -> None:
    assert told(judged(known, settings)) == [("vulnerability-data-missing", effect)]


def test_without_a_database_it_is_said_that_nothing_was_run() -> None:
    assert "known vulnerabilities: not run" in judged(NotAsked()).summary


@pytest.mark.parametrize("settings", [STANDARD, CRITICAL])
def test_a_database_that_cannot_be_read_is_undecided(settings: Settings) -> None:
    """Whoever names one wants it looked into."""
    given = judged(Unavailable("PyPI.zip: a damaged zip file", "again", "vulnerabilities"), settings)
    assert told(given) == [("vulnerability-data-missing", Effect.UNDECIDED)]
    assert given.status is Status.INDETERMINATE


@pytest.mark.parametrize(
    ("age", "settings", "effect"),
    [
        (30 * DAY, STANDARD, None),
        (31 * DAY, STANDARD, Effect.NOTE),
        (14 * DAY, CRITICAL, None),
        (15 * DAY, CRITICAL, Effect.UNDECIDED),
        (None, CRITICAL, Effect.UNDECIDED),
    ],
)
def test_the_newest_advisory_is_not_older_than_the_tier_allows(
    age: timedelta | None, settings: Settings, effect: Effect | None
) -> None:
    database = Database("pypi", "0" * 64, 5, values.NOW - age if age else None)
    found = told(judged(scan(databases=(database,)), settings))
    assert found == ([("vulnerability-data-old", effect)] if effect else [])


def test_nothing_is_asked_before_a_push() -> None:
    """A contractor's machine has no database of ours."""
    assert told(judged(NotAsked(), CRITICAL, stage=Stage.PUSH)) == []


@pytest.mark.parametrize(
    "change",
    [
        DependencyChange("removed", values.package(), None),
        DependencyChange("upgraded", values.package(), values.package("python", "3.13", ecosystem="docker")),
    ],
)
def test_nothing_is_asked_of_what_no_list_knows(change: DependencyChange) -> None:
    assert told(judged(NotAsked(), CRITICAL, change)) == []


def test_many_are_counted_and_those_that_deny_come_first() -> None:
    many = [flaw(id=f"N-{number}", old=True) for number in range(300)]
    given = judged(scan(*many, flaw(), left_out=7))
    assert len(given.reasons) == 201
    assert given.reasons[0].effect is Effect.DENY
    assert (given.reasons[-1].message, given.reasons[-1].effect) == (
        "108 more known vulnerabilities", Effect.DENY,
    )  # fmt: skip


FLAWS = st.builds(
    flaw,
    severity=st.sampled_from([None, *Severity]),
    old=st.booleans(),
    malicious=st.booleans(),
    why=st.sampled_from(["", "no version is fixed"]),
)


@given(st.lists(FLAWS, max_size=4), st.lists(FLAWS, max_size=4), st.sampled_from([STANDARD, CRITICAL]))
def test_more_flaws_never_let_a_denied_change_through(
    some: list[Vulnerability], more: list[Vulnerability], settings: Settings
) -> None:
    before, after = judged(scan(*some), settings), judged(scan(*some, *more), settings)
    assert before.status is not Status.FAIL or after.status is Status.FAIL


def test_every_code_is_published_and_given() -> None:
    known = scan(
        flaw(), flaw(malicious=True), flaw(old=True), flaw(why="x"), missing=("npm",),
        databases=(Database("pypi", "0" * 64, 1, None),),
    )  # fmt: skip
    assert {code for code, _ in told(judged(known))} == set(vulnerable.REASONS) <= set(GATE.reasons)
