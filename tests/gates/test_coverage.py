"""Gate coverage."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.coverage import Settings, judge
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Read
from outsource_gate.model.verdict import Status
from tests import values


def test_every_path_scanned_passes() -> None:
    assert judge(values.facts(), Settings()).status is Status.PASS


def test_an_unread_path_denies_in_every_tier() -> None:
    verdict = judge(values.facts(coverage=(values.row(read=Read.UNREAD, reason="too big"),)), Settings())
    assert (verdict.status, verdict.reasons[0].code) == (Status.FAIL, "path-unread")
    assert verdict.reasons[0].where.path == "services/pay.py"


def test_the_tier_says_what_an_unsupported_language_does() -> None:
    facts = values.facts(coverage=(values.row(read=Read.UNSUPPORTED, reason="ruby"),))
    assert judge(facts, Settings(unsupported="warn")).status is Status.PASS
    assert judge(facts, Settings(unsupported="deny")).status is Status.FAIL


def test_a_path_that_the_account_forgot_is_undecided() -> None:
    """Silence never means yes."""
    verdict = judge(values.facts(coverage=()), Settings())
    assert (verdict.status, verdict.reasons[0].code) == (Status.INDETERMINATE, "path-unaccounted")


def test_two_entries_of_one_path_need_two_rows() -> None:
    """The same path twice in a tree is not covered by reading one of them."""
    twice = values.change(values.file(), values.file())
    assert judge(values.facts(change=twice), Settings()).status is Status.INDETERMINATE


def test_a_change_without_paths_does_not_apply() -> None:
    """The empty set never passes."""
    empty = replace(values.change(), files=())
    assert judge(values.facts(change=empty, coverage=()), Settings()).status is Status.NOT_APPLICABLE


def test_an_unreadable_change_is_undecided() -> None:
    assert judge(values.facts(change=Unavailable("shallow")), Settings()).status is Status.INDETERMINATE


@given(st.lists(st.sampled_from(Read), min_size=1, max_size=6))
def test_it_passes_only_if_nothing_is_unread(kinds: list[Read]) -> None:
    rows = tuple(values.row(f"f{number}", kind) for number, kind in enumerate(kinds))
    change = values.change(*(values.file(row.path) for row in rows))
    verdict = judge(values.facts(change=change, coverage=rows), Settings())
    assert (verdict.status is Status.PASS) == {Read.UNREAD, Read.UNKNOWN}.isdisjoint(kinds)
    if Read.UNREAD not in kinds and Read.UNKNOWN in kinds:
        assert verdict.status is Status.INDETERMINATE
