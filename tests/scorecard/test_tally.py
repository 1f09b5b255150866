"""How works add up to figures, whatever the works are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.finding import Severity
from outsource_gate.model.merged import MergeClass
from outsource_gate.scorecard.card import Density, Median, Share
from outsource_gate.scorecard.material import Attempt, Found, Lines, Work
from outsource_gate.scorecard.tally import card

START = datetime(2026, 6, 1, tzinfo=UTC)
VENDORS = ("acme", "globex")
OF_VENDORS = tuple(kind for kind in MergeClass if kind is not MergeClass.NOT_VENDOR)

counts = st.integers(0, 400)
found = st.builds(
    lambda high, low, unsorted: Found(((Severity.HIGH, high), (Severity.LOW, low)), unsorted),
    counts,
    counts,
    counts,
)
whose = st.sampled_from((*VENDORS, None))
attempts = st.builds(
    Attempt,
    head=st.just("h"),
    made_at=st.integers(0, 99).map(lambda hours: START + timedelta(hours=hours)),
    denials=st.lists(st.tuples(whose, st.sampled_from(("sast", "secrets"))), max_size=3).map(tuple),
    open=st.lists(whose, max_size=2).map(tuple),
    found=st.none() | found,
)


def works(*vendors: str) -> st.SearchStrategy[list[Work]]:
    kinds = st.sampled_from(OF_VENDORS if vendors else (MergeClass.NOT_VENDOR,))
    one = st.builds(
        Work,
        at=st.just(START),
        vendors=st.just(vendors),
        kind=st.none() | kinds,
        lines=st.none() | st.builds(Lines, counts, counts, counts, counts),
        attempts=st.lists(attempts, max_size=3).map(tuple),
        found=st.none() | found,
        approvals=st.none() | st.integers(0, 3),
    )
    return st.lists(one, max_size=6)


@given(works("acme"), works("globex"), works("acme", "globex"), works())
def test_every_merged_change_passed_or_did_not(
    acme: list[Work], globex: list[Work], both: list[Work], own: list[Work]
) -> None:
    """classes add up to what was merged, and no attempt is counted twice"""
    for vendor, mine in (("acme", acme + both), ("globex", globex + both)):
        told = card(vendor, [*acme, *globex, *both, *own])
        assert told.merged == told.passed.count + told.not_passed == sum(count for _, count in told.classes)
        assert told.merged + told.unmerged == len(mine)
        assert told.denied.count + told.undecided <= told.attempts == sum(len(work.attempts) for work in mine)
        assert all(count <= told.denied.count for _, count in told.denials)
        assert told.at_once.count <= told.rounds.of <= told.at_once.of <= told.merged


@given(works("acme"), works("globex"), works())
def test_a_vendors_figures_are_its_own(acme: list[Work], globex: list[Work], own: list[Work]) -> None:
    """whatever others do, and in whichever order it was read"""
    alone = card("acme", acme)
    assert card("acme", [*own, *acme, *globex]) == alone
    assert card(None, [*globex, *own]) == card(None, own)


@given(works("acme"))
def test_findings_are_divided_by_the_lines_they_were_looked_for_in(acme: list[Work]) -> None:
    """a change of which lines or findings are not known is in neither"""
    told = card("acme", acme).brought_in
    known = [(w.lines.code, w.found.total) for w in acme if w.kind and w.lines and w.found is not None]
    assert (told is None) == (not known)
    if told:
        assert (told.changes, told.lines) == (len(known), sum(lines for lines, _ in known))
        assert told.found.total == sum(total for _, total in known)


@pytest.mark.parametrize(
    ("one", "small"),
    [
        (Share(4, 4), True),
        (Share(0, 5), False),
        (Median(1, 4), True),
        (Median(1, 5), False),
        (Density(Found(), 199, 9), True),
        (Density(Found(), 9_000, 4), True),
        (Density(Found(), 200, 5), False),
    ],
)
def test_few_are_few(one: Share | Median | Density, small: bool) -> None:
    """five changes, two hundred lines"""
    assert one.is_small is small


def test_nothing_divides_by_nothing() -> None:
    assert Share(0, 0).percent is None
    assert Density(Found(), 0, 9).per_thousand(0) is None
    empty = card("acme", [])
    assert (empty.rounds.value, empty.handed_in, empty.standing, empty.approvals.value) == (None, None, None, None)


def test_what_others_do_in_the_same_change_denies_nobody_else() -> None:
    """a denial of the change as a whole is everybody's"""
    attempt = Attempt("h", START, denials=(("globex", "sast"), (None, "coverage")), open=("acme",))
    assert attempt.state("acme") == "denied"
    assert attempt.gates("acme") == {"coverage"}
    assert attempt.gates("globex") == {"sast", "coverage"}
    alone = Attempt("h", START, denials=(("globex", "sast"),), open=("acme",))
    assert (alone.state("acme"), alone.state("globex")) == ("undecided", "denied")
