"""Gate release."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.release import GATE, Settings, judge
from outsource_gate.model.document import Compared, OwnDocument
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.merged import MergeClass, MergedChange
from outsource_gate.model.release import Release
from outsource_gate.model.verdict import Effect, Stage, Status, Verdict
from tests import values

WHEN = datetime(2026, 11, 1, tzinfo=UTC)
DOCUMENT = OwnDocument(
    id="secure-development-policy",
    file="docs/sdp.pdf",
    sha256="a" * 64,
    approved_by="ciso",
    approved_on=date(2026, 3, 1),
)
NO_DOCUMENTS = Settings(documents=())


def merged(
    kind: MergeClass = MergeClass.PASSED, vendors: tuple[str, ...] = ("acme",), position: int = 0
) -> MergedChange:
    return MergedChange("c" * 40, position, WHEN, 7, vendors, True, kind, "d" * 64, "head", ())


def release(*changes: MergedChange, **more: Any) -> Release:
    whole = Release("2.0.0", "v1.0.0", "b" * 40, True, "the major version rises", changes or (merged(),))
    return replace(whole, **more)


def with_test(**last: Any) -> Any:
    """Acme with a penetration test like this."""
    whole = {"on": "2026-06-01", "scope": "payments, corp/web-*", "open_findings": {"medium": 2}} | last
    return values.vendor(oversight=[{"activity": "penetration-test", "every": "12 months", "last": whole}])


def facts(fact: Any = None, **changes: Any) -> Facts:
    whole = {"stage": Stage.RELEASE, "release": fact or release(), "vendors": (with_test(),)} | changes
    return values.facts(**whole)


def ask(known: Facts, settings: Settings = NO_DOCUMENTS) -> Verdict:
    return judge(known, settings)


def codes(verdict: Verdict) -> set[str]:
    assert {reason.code for reason in verdict.reasons} <= GATE.reasons.keys()
    return {reason.code for reason in verdict.reasons if reason.effect is not Effect.NOTE}


def test_a_release_of_what_passed_passes() -> None:
    """every change has its record, the test is fresh, nothing grave is open"""
    verdict = ask(facts())
    assert verdict.status is Status.PASS
    assert verdict.summary == "1 of 1 changes since v1.0.0 passed"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (MergeClass.NO_RECORD, "change-without-record"),
        (MergeClass.RECORD_MISMATCH, "change-without-record"),
        (MergeClass.DIRECT_PUSH, "change-without-record"),
        (MergeClass.DENIED_BUT_MERGED, "change-not-passed"),
        (MergeClass.UNDECIDED_BUT_MERGED, "change-not-passed"),
        (MergeClass.REPORT_ONLY, "change-not-passed"),
        (MergeClass.RECORD_STALE, "record-not-believed"),
        (MergeClass.RECORD_UNTRUSTED, "record-not-believed"),
    ],
)
def test_one_bad_change_stops_the_release(kind: MergeClass, code: str) -> None:
    """however many others passed, and the reason names the commit"""
    verdict = ask(facts(release(merged(), merged(kind), merged(MergeClass.PASSED_WITH_WAIVER))))
    assert (verdict.status, codes(verdict)) == (Status.FAIL, {code})
    assert verdict.reasons[0].where.commit == "c" * 40


def test_what_is_not_proven_to_be_ours_is_nobodys() -> None:
    """under `verified: require` a claim is no proof, and the release as a whole is stopped"""
    verdict = ask(facts(release(merged(MergeClass.NO_RECORD, ())), vendor=None, vendors=()))
    assert codes(verdict) == {"origin-not-proven"}


@pytest.mark.parametrize("fact", [Unavailable("shallow clone", "fetch the rest"), NotAsked()])
def test_what_could_not_be_read_is_not_released(fact: Any) -> None:
    """a missing fact never lets a release through"""
    verdict = ask(replace(facts(), release=fact))
    assert (verdict.status, {reason.code for reason in verdict.reasons}) == (
        Status.INDETERMINATE,
        {"release-unreadable"},
    )


@pytest.mark.parametrize(
    ("vendor", "settings", "code"),
    [
        (values.vendor(oversight=[]), {}, "penetration-test-missing"),
        (with_test(on="2026-11-24"), {}, "penetration-test-missing"),
        (with_test(on="2025-11-22"), {}, "penetration-test-old"),
        (with_test(scope="mobile"), {"scope": "repository"}, "penetration-test-scope"),
        (with_test(open_findings={"high": 1}), {}, "penetration-test-open"),
        (with_test(open_findings={"medium": 1}), {"open_findings": "medium"}, "penetration-test-open"),
        (with_test(open_findings=None), {}, "penetration-test-open"),
    ],
)
def test_a_major_release_needs_a_test(vendor: Any, settings: dict[str, Any], code: str) -> None:
    """missing, old, of something else, or with grave findings left open: each is its own reason"""
    verdict = ask(facts(vendors=(vendor,)), Settings.model_validate({"documents": (), **settings}))
    assert codes(verdict) == {code}


def test_a_scope_names_repositories_or_patterns() -> None:
    """the name alone is enough, and so is a pattern"""
    settings = Settings(documents=(), scope="repository")
    assert ask(facts(), settings).status is Status.PASS
    assert ask(facts(repository="forge.example/corp/web-shop"), settings).status is Status.PASS


def test_a_minor_release_is_not_held_up_by_the_test() -> None:
    """records are asked for all the same"""
    small = release(is_major=False, why="the patch version rises")
    verdict = ask(facts(small, vendors=(values.vendor(oversight=[]),)))
    assert verdict.status is Status.PASS
    assert [reason.code for reason in verdict.reasons] == ["release-not-major"]
    assert ask(facts(replace(small, changes=(merged(MergeClass.NO_RECORD),)))).status is Status.FAIL


def test_documents_of_ours_are_in_force() -> None:
    """missing and overdue ones stop a release, one that nobody compared is named"""
    wanted = Settings(documents=("secure-development-policy",))
    same = (Compared(DOCUMENT.document, "matches"),)
    assert codes(ask(facts(), wanted)) == {"document-missing"}
    assert ask(facts(own_documents=(DOCUMENT,), documents=same), wanted).status is Status.PASS
    assert ask(facts(own_documents=(DOCUMENT,)), wanted).status is Status.PASS
    old = DOCUMENT.model_copy(update={"approved_on": date(2025, 3, 1)})
    assert codes(ask(facts(own_documents=(old,), documents=same), wanted)) == {"document-not-in-force"}
    other = (Compared(DOCUMENT.document, "differs", "other bytes"),)
    assert codes(ask(facts(own_documents=(DOCUMENT,), documents=other), wanted)) == {"document-not-in-force"}


def test_nothing_merged_is_nothing_proven() -> None:
    """the empty set never passes"""
    verdict = ask(facts(replace(release(), changes=()), vendor=None, vendors=()))
    assert (verdict.status, {reason.code for reason in verdict.reasons}) == (
        Status.INDETERMINATE,
        {"release-empty"},
    )
    assert ask(facts(replace(release(), changes=(), others=3), vendor=None, vendors=())).status is Status.PASS


def test_a_flood_of_bad_changes_is_counted() -> None:
    """no screen and no record holds ten thousand reasons"""
    verdict = ask(facts(release(*(merged(MergeClass.NO_RECORD, position=number) for number in range(500)))))
    assert len(verdict.reasons) == 51
    assert "450 more" in verdict.reasons[-1].message


@given(st.lists(st.sampled_from(MergeClass), min_size=1, max_size=8), st.integers(-400, 800))
def test_a_pass_means_that_every_change_is_good(kinds: list[MergeClass], days: int) -> None:
    """nothing else in the facts can make up for one that is not"""
    now = values.NOW + timedelta(days=days)
    known = facts(release(*map(merged, kinds)), now=now, today=now.date())
    if ask(known).status is Status.PASS:
        assert all(kind.is_good for kind in kinds)
        assert date(2026, 6, 1) <= now.date() <= date(2027, 6, 1)
