"""Gate personal-data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates import CHANGES
from outsource_gate.gates.personal_data import GATE, Settings, judge
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.finding import Confidence
from outsource_gate.model.personal import Extent, PersonalData
from outsource_gate.model.secret import Unlooked
from outsource_gate.model.verdict import Effect, Status
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.policy.strictness import settings_of
from tests import values

DATA = st.builds(
    PersonalData,
    st.sampled_from(["table", "payment-card", "database-dump"]),
    st.just("data of people"),
    st.sampled_from(Extent),
    st.sampled_from(Confidence),
    st.integers(0, 99),
    st.just(values.HEAD),
    st.sampled_from(["a.csv", "b.py"]),
    st.integers(0, 9),
    st.booleans(),
)
CARDS = {"kind": "payment-card", "what": "payment card numbers", "extent": Extent.RECORD, "count": 3}


def facts(*found: PersonalData, **changes: object) -> Facts:
    return values.facts(personal=values.personal(*found, **changes))


def test_a_change_without_personal_data_passes() -> None:
    verdict = judge(facts(), Settings())
    assert (verdict.status, verdict.reasons) == (Status.PASS, ())
    assert verdict.summary == "1 texts looked through; tables with medium confidence and above deny"


def test_a_table_denies_and_names_kind_count_and_place() -> None:
    (reason,) = judge(facts(values.personal_data()), Settings()).reasons
    assert (reason.code, reason.effect) == ("personal-table", Effect.DENY)
    assert (reason.where.path, reason.where.line, reason.where.commit) == ("services/people.csv", 2, values.HEAD)
    assert reason.got == "table, 30 rows, high confidence"


def test_a_dump_has_a_code_of_its_own() -> None:
    dump = values.personal_data(kind="database-dump", what="an SQLite database", line=0, count=0)
    (reason,) = judge(facts(dump), Settings()).reasons
    assert (reason.code, reason.got) == ("database-dump", "database-dump, high confidence")


@pytest.mark.parametrize(
    ("fail_on", "code", "status"),
    [(Extent.TABLE, "personal-data-unsure", Status.PASS), (Extent.RECORD, "personal-records", Status.FAIL)],
)
def test_single_records_deny_where_the_tier_says_so(fail_on: Extent, code: str, status: Status) -> None:
    """else they are told"""
    verdict = judge(facts(values.personal_data(**CARDS)), Settings(fail_on=fail_on))
    assert (verdict.status, [reason.code for reason in verdict.reasons]) == (status, [code])


@given(st.sampled_from(Confidence), st.sampled_from(Confidence))
def test_below_the_threshold_it_is_named(found: Confidence, floor: Confidence) -> None:
    """below is no denial and no silence"""
    verdict = judge(facts(values.personal_data(confidence=found)), Settings(confidence=floor))
    assert len(verdict.reasons) == 1
    assert (verdict.status is Status.FAIL) == (found.rank >= floor.rank)


def test_what_the_base_has_in_the_same_file_is_named() -> None:
    verdict = judge(facts(values.personal_data(new=False)), Settings())
    assert (verdict.status, [it.code for it in verdict.reasons]) == (Status.PASS, ["personal-data-at-base"])


@pytest.mark.parametrize(
    "missing", [NotAsked(), Unavailable("blob 1: not in this clone", "fetch", "personal-data")]
)
def test_without_the_fact_it_is_undecided(missing: NotAsked | Unavailable) -> None:
    verdict = judge(values.facts(personal=missing), Settings())
    assert (verdict.status, [it.code for it in verdict.reasons]) == (Status.INDETERMINATE, ["personal-data-unread"])


def test_a_blob_nobody_looked_into_leaves_it_undecided() -> None:
    verdict = judge(facts(unread=(Unlooked("a.zip", values.HEAD, "an archive"),)), Settings())
    assert verdict.status is Status.INDETERMINATE
    assert verdict.reasons[0].where.path == "a.zip"


def test_more_than_can_be_listed_leaves_it_undecided() -> None:
    assert judge(facts(left_out=3), Settings()).status is Status.INDETERMINATE


def test_no_text_brought_in_does_not_apply() -> None:
    """the empty set is no pass"""
    assert judge(facts(texts=0), Settings()).status is Status.NOT_APPLICABLE


@given(st.lists(DATA, max_size=4), st.lists(DATA, max_size=4), st.sampled_from(Extent), st.sampled_from(Confidence))
def test_more_findings_never_take_one_away(
    some: list[PersonalData], more: list[PersonalData], extent: Extent, floor: Confidence
) -> None:
    """what denied before denies after"""
    settings = Settings(fail_on=extent, confidence=floor)
    before, after = judge(facts(*some), settings), judge(facts(*some, *more), settings)
    assert set(before.reasons) <= set(after.reasons)
    assert before.status is not Status.FAIL or after.status is Status.FAIL


@given(st.lists(DATA, max_size=4), st.sampled_from(Confidence))
def test_records_is_stricter_than_tables(found: list[PersonalData], floor: Confidence) -> None:
    """whatever tables deny, records deny, and the order of the settings says so"""
    loose, strict = (Settings(fail_on=extent, confidence=floor) for extent in (Extent.TABLE, Extent.RECORD))
    assert (
        judge(facts(*found), loose).status is not Status.FAIL or judge(facts(*found), strict).status is Status.FAIL
    )
    assert next(it.stricter for it in settings_of(strict) if it.name == "fail_on") == ["table", "record"]


def test_every_code_is_published_and_it_is_asked_before_a_push() -> None:
    found = (
        values.personal_data(),
        values.personal_data(kind="database-dump"),
        values.personal_data(**CARDS),
        values.personal_data(new=False),
        values.personal_data(confidence=Confidence.LOW),
    )
    given_codes = {it.code for it in judge(facts(*found, left_out=1), Settings(fail_on=Extent.RECORD)).reasons}
    assert given_codes == set(GATE.reasons)
    assert GATE.stages == CHANGES
    assert (shipped_folder() / "tiers" / "baseline.yaml").read_text().count("    personal-data:\n") == 3
