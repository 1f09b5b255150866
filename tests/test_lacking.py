"""What is missing is told in the same words by every gate, and never lets anything through."""

from __future__ import annotations

import pytest

from outsource_gate import lacking
from outsource_gate.model.facts import NotAsked, Unavailable
from outsource_gate.model.secret import Unlooked
from outsource_gate.model.verdict import Effect
from tests import values


def test_scanners_that_failed_or_are_silent_are_told_once_each() -> None:
    """and what others said is given"""
    there = values.scan("semgrep")
    facts = values.facts(
        scans=(there, Unavailable("ended", "look", "bandit"), values.scan("zizmor")),
        coverage=(values.row("a.py", scanners=("bandit", "semgrep", "other")),),
    )
    scans, reasons = lacking.scans_of(facts, {"semgrep", "bandit", "other"})
    assert scans == [there]
    assert [(one.code, one.effect) for one in reasons] == [
        ("scanner-unavailable", Effect.UNDECIDED),
        ("scan-missing", Effect.UNDECIDED),
    ]
    assert (reasons[0].message, reasons[0].next_step) == ("bandit: ended", "look")
    assert lacking.scans_of(facts, {"text"}) == ([], ())


@pytest.mark.parametrize(
    ("fact", "said"),
    [(NotAsked(), ("nobody looked", "run the check again")), (Unavailable("why", "do"), ("why", "do"))],
)
def test_a_fact_that_is_not_there_decides_nothing(fact: object, said: tuple[str, str]) -> None:
    reason = lacking.not_looked("x-unread", fact, "nobody looked")
    assert (reason.code, reason.effect, (reason.message, reason.next_step)) == ("x-unread", Effect.UNDECIDED, said)


def test_what_was_not_read_and_what_is_not_listed_decide_nothing() -> None:
    found = (Unlooked("a.zip", values.HEAD, "damaged"), Unlooked("b.zip", values.HEAD, "too big", "in/side"))
    reasons = list(lacking.unread("x-unread", found, 3, "places"))
    assert [one.message for one in reasons] == ["damaged", "in/side: too big", "3 more places are not listed"]
    assert {one.effect for one in reasons} == {Effect.UNDECIDED}
    assert list(lacking.unread("x-unread", (), 0, "places")) == []


def test_work_of_nobodys_vendor_denies() -> None:
    reason = lacking.unregistered("no access")
    assert (reason.code, reason.effect) == ("vendor-unregistered", Effect.DENY)
    assert reason.message.startswith("no access: ")
