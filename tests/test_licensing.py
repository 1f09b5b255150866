"""Licences as reasons: what the list allows, and what it means that nobody says."""

from __future__ import annotations

from typing import Any

import pytest

from outsource_gate import licensing
from outsource_gate.evidence.facts_file import facts_bytes, parse_facts
from outsource_gate.gates.dependencies import GATE, Settings, judge
from outsource_gate.model.dependency import DependencyChange
from outsource_gate.model.facts import NotAsked, Unavailable
from outsource_gate.model.licence import LicenceScan, Licensed
from outsource_gate.model.verdict import Effect, Status, Verdict
from tests import values

ALLOWED = Settings(licences=("MIT", "Apache-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"))
WARNS = Settings(licences=("MIT",), unknown_licences="warn")


def licensed(*alternatives: tuple[str, ...], licence: str = "as written") -> Licensed:
    return Licensed("npm", "left", "1.0.0", licence, alternatives, "lock", "package-lock.json", 3)


def judged(known: Any, settings: Settings = ALLOWED) -> Verdict:
    change = DependencyChange("upgraded", values.package(), values.package(version="2.32.0"))
    return judge(values.facts(dependencies=values.dependencies(change), licences=known), settings)


def told(given: Verdict) -> list[tuple[str, Effect]]:
    return [(reason.code, reason.effect) for reason in given.reasons]


@pytest.mark.parametrize(
    ("alternatives", "fits"),
    [
        ([("MIT",)], True),
        ([("mit",)], True),
        ([("GPL-3.0-only",)], False),
        ([("GPL-3.0-only",), ("MIT",)], True),
        ([("MIT", "GPL-3.0-only")], False),
        ([("MIT", "Apache-2.0")], True),
        ([("GPL-2.0-only WITH Classpath-exception-2.0",)], True),
        ([("GPL-2.0-only",)], False),
        ([()], False),
    ],
)
def test_one_way_that_is_allowed_as_a_whole_is_enough(alternatives: list[tuple[str, ...]], fits: bool) -> None:
    expected = [] if fits else [("licence-not-allowed", Effect.DENY)]
    assert told(judged(LicenceScan((licensed(*alternatives),)))) == expected


def test_the_reason_says_what_is_there_and_what_is_allowed() -> None:
    (reason,) = judged(LicenceScan((licensed(("GPL-3.0-only",), licence="GPL-3.0-only"),)), WARNS).reasons
    assert (reason.got, reason.expected) == ("GPL-3.0-only (lock file)", "MIT")
    assert (reason.where.path, reason.where.line) == ("package-lock.json", 3)


@pytest.mark.parametrize(("settings", "effect"), [(ALLOWED, Effect.DENY), (WARNS, Effect.NOTE)])
def test_an_unknown_licence_does_what_the_tier_says(settings: Settings, effect: Effect) -> None:
    assert told(judged(LicenceScan((licensed(),)), settings)) == [("licence-unknown", effect)]


@pytest.mark.parametrize("known", [NotAsked(), Unavailable("not installed", "install", "licences")])
def test_where_nobody_looked_it_is_undecided(known: object) -> None:
    given = judged(known)
    assert (given.status, told(given)) == (Status.INDETERMINATE, [("licence-unknown", Effect.UNDECIDED)])


def test_without_a_list_nothing_is_asked() -> None:
    assert told(judged(LicenceScan((licensed(("GPL-3.0-only",)),)), Settings())) == []


def test_many_are_counted_and_those_that_deny_come_first() -> None:
    given = judged(LicenceScan((*[licensed()] * 150, licensed(("GPL-3.0-only",))), left_out=1), WARNS)
    assert told(given)[0] == ("licence-not-allowed", Effect.DENY)
    assert (given.reasons[-1].message, given.reasons[-1].effect) == ("52 more packages", Effect.DENY)


def test_the_facts_file_holds_it() -> None:
    known = values.facts(licences=LicenceScan((licensed(("MIT", "ISC"), ("Zlib",)), licensed()), 3))
    assert parse_facts(facts_bytes(known)) == known


def test_every_code_is_published_and_given() -> None:
    given = judged(LicenceScan((licensed(), licensed(("GPL-3.0-only",)))))
    assert {code for code, _ in told(given)} == set(licensing.REASONS) <= set(GATE.reasons)
