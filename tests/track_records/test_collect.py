"""Real merges, squashes and records, counted up: attempts, denials, findings, lines, approvals, waivers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import UsageError
from outsource_gate.model.merged import MergeClass
from outsource_gate.remediation.file import write_tracker
from outsource_gate.scorecard.material import Lines, Period
from tests.audit.branch import MADE, MERGED, NOW, START, VIC
from tests.deadlines.test_rows import item, tracker
from tests.evidence import records
from tests.track_records.history import AUTHORS, Attempt, History, code, denied_by, new_history


@pytest.fixture
def history(tmp_path: Path) -> History:
    return new_history(tmp_path)


def test_a_change_that_passed_at_once(history: History) -> None:
    history.change(Attempt({"a.py": code(20)}))
    card = history.card()
    assert (card.merged, card.passed.count, card.not_passed) == (1, 1, 0)
    assert (card.rounds.value, card.at_once.count, card.denied.count) == (1, 1, 0)
    assert card.lines == Lines(code=20)


@pytest.mark.parametrize("how", ["squash", "merge"])
def test_a_denied_attempt_counts_and_the_corrected_one_passes(history: History, how: str) -> None:
    """denials count by attempt, passes by merged change"""
    bad = Attempt({"a.py": code(300)}, denied_by("sast", "secrets"), {"high": 2, "low": 1})
    worse = Attempt({"a.py": code(310)}, denied_by("sast"), {"high": 1})
    history.change(bad, worse, Attempt({"a.py": code(320)}, new={"low": 1}), how=how)
    card = history.card()
    assert (card.merged, card.attempts, card.denied.count, card.passed.count) == (1, 3, 2, 1)
    assert card.denials == (("sast", 2), ("secrets", 1))
    assert (card.rounds.value, card.at_once.count) == (3, 0)
    assert card.handed_in and card.brought_in
    assert (card.handed_in.found.total, card.brought_in.found.total, card.brought_in.lines) == (3, 1, 320)


def test_waiting_for_an_approval_is_no_denial(history: History) -> None:
    """several runs over the same head are one attempt, and the last one counts"""
    history.change(Attempt({"a.py": code(5)}), again=3)
    card = history.card()
    assert (card.attempts, card.denied.count, card.rounds.value) == (1, 0, 1)


def test_what_was_judged_and_never_merged_counts_beside(history: History) -> None:
    history.change(Attempt({"a.py": code(5)}, denied_by("licence")), merged=False)
    card = history.card()
    assert (card.merged, card.unmerged, card.denials) == (0, 1, (("licence", 1),))
    assert card.handed_in is None


def test_a_vendors_merge_without_a_record_did_not_pass(history: History) -> None:
    history.change(Attempt({"a.py": code(5)}, None))
    card = history.card()
    assert (card.passed.count, card.not_passed, card.classes) == (0, 1, ((MergeClass.NO_RECORD, 1),))
    assert (card.recorded, card.brought_in) == (0, None)


def test_ours_are_counted_by_the_same_standard_and_unknown_stays_unknown(history: History) -> None:
    """no scanner looks at ours: that is not no findings; the first commit of the branch is one of them"""
    history.change(Attempt({"a.py": code(30)}, denied_by("secrets", vendor="")), vendor="", merged=False)
    history.change(Attempt({"b.py": code(30)}, new=None), vendor="")
    history.change(Attempt({"c.py": code(30)}, None), vendor="")
    history.change(Attempt({"d.py": code(9)}), vendor="globex")
    own = history.card("")
    assert (own.merged, own.recorded, own.passed.count, own.passed.of) == (3, 1, 1, 1)
    assert own.lines == Lines(code=62)
    assert (own.handed_in, own.brought_in, own.standing, own.deadlines) == (None, None, None, None)


def test_lines_are_told_apart_by_what_names_promise(history: History) -> None:
    """lock files, prose, generated code and binary files do not thin out findings"""
    files = {
        "a.py": code(10), "api_pb2.py": code(40), "app.min.js": code(3), "package-lock.json": code(70),
        "README.md": code(5), "logo.png": "\0\1\2", "odd.whatever": code(2),
    }  # fmt: skip
    history.change(Attempt(files))
    assert history.card().lines == Lines(code=10, generated=43, other=77, binaries=1)


def test_a_moved_file_counts_by_what_differs(history: History) -> None:
    history.change(Attempt({"old.py": code(100)}))
    repo = history.branch.repo
    repo.branch("move", "main")
    repo.rename("old.py", "lib/new.py")
    repo.commit("Move", {"lib/new.py": code(100) + "more = 1\n"}, author=VIC, date=START)
    head = repo.head
    repo.switch("main")
    history.count += 1
    history.merge(head, "squash", VIC, START + 3 * 86_400)
    assert history.card().lines == Lines(code=101)


def test_a_period_counts_by_the_day_of_the_merge(history: History) -> None:
    for number in range(4):
        history.change(Attempt({f"{number}.py": code(10 * (number + 1))}))
    second, third = date(2026, 6, 3), date(2026, 6, 4)
    card = history.card(period=Period(second, third))
    assert (card.merged, card.attempts, card.unmerged, card.lines.code) == (2, 2, 0, 50)
    assert history.card(period=Period(third, None)).merged == 2
    assert history.card(period=Period(None, second)).merged == 2
    assert not history.board(period=Period(date(2026, 6, 19), None)).cards


def test_a_record_is_an_attempt_at_one_change_only(history: History) -> None:
    """two squashes that claim one number do not count a denial twice"""
    history.change(Attempt({"a.py": code(5)}, denied_by("sast")), Attempt({"a.py": code(6)}))
    history.count -= 1
    history.change(Attempt({"b.py": code(5)}))
    card = history.card()
    assert (card.merged, card.attempts, card.denied.count) == (2, 3, 1)


@pytest.mark.parametrize("number", [1, None])
def test_judging_a_merged_change_again_is_no_request_of_its_own(history: History, number: int | None) -> None:
    history.change(Attempt({"a.py": code(5)}))
    head = history.branch.repo.rev("request-1")
    again = NOW - timedelta(days=1)
    history.branch.record(head, decision=denied_by("sast"), made=again, number=number, base=history.branch.start)
    card = history.card()
    assert (card.merged, card.unmerged, card.attempts) == (1, 0, 1)


@pytest.mark.parametrize("number", [None, 7])
def test_what_was_corrected_on_top_is_one_request_without_a_number_too(
    history: History, number: int | None
) -> None:
    """the head that was denied came in with the merge, and says by which change"""
    branch, repo = history.branch, history.branch.repo
    first = branch.request({"a.py": code(5)})
    branch.record(first, decision=denied_by("sast"), made=MADE, number=number)
    repo.switch("request-1")
    second = repo.commit("Mend", {"a.py": code(6)}, author=VIC, date=START + 60)
    repo.switch("main")
    branch.record(second, made=MADE + timedelta(hours=1), number=number)
    history.count = 7
    history.merge(second, "merge", VIC, MERGED)
    card = history.card()
    assert (card.merged, card.unmerged, card.attempts, card.denied.count) == (1, 0, 2, 1)


def test_a_fast_forward_claims_to_be_old_and_is_merged_all_the_same(history: History) -> None:
    """its record is of the period, its commit claims to be from before: it is no request left open"""
    head = history.branch.request({"a.py": code(5)})
    history.branch.record(head, made=MADE, number=None)
    history.branch.repo.update_ref("refs/heads/main", head)
    assert history.card().merged == 1
    board = history.board(period=Period(date(2026, 6, 4), None))
    assert (board.cards, board.own.merged) == ((), 0)


def test_a_vendors_figures_stand_whatever_others_do(history: History) -> None:
    history.change(Attempt({"a.py": code(5)}, denied_by("sast"), {"high": 1}), Attempt({"a.py": code(6)}))
    before = history.card()
    bad = Attempt({"b.py": code(7)}, denied_by("sast", vendor="globex"), {"low": 3})
    history.change(bad, Attempt({"b.py": code(8)}), vendor="globex")
    history.change(Attempt({"c.py": code(9)}, None), vendor="")
    assert history.card() == before
    assert history.card("globex").denials == (("sast", 1),)


def test_a_change_of_two_vendors_is_denied_for_the_one_it_is_denied_for(history: History) -> None:
    head = history.branch.request({"a.py": code(5)})
    made = NOW - timedelta(days=2)
    history.branch.record(head, vendors=("acme", "globex"), decision=denied_by("sast", vendor="globex"), made=made)
    assert (history.card().unmerged, history.card().denials) == (1, ())
    assert history.card("globex").denials == (("sast", 1),)


def test_approvals_are_counted_by_everybodys_last_word(history: History) -> None:
    def reviewed(*words: tuple[str, str]) -> Any:
        def edit(predicate: dict[str, Any]) -> None:
            rest = {"commit": None, "submittedAt": None}
            rows = [{"id": number, "reviewer": who, "state": word} for number, (who, word) in enumerate(words)]
            predicate["reviews"] = [row | rest for row in rows]

        return edit

    twice = reviewed(("p1", "APPROVED"), ("p2", "APPROVED"), ("p1", "COMMENTED"), ("p3", "CHANGES_REQUESTED"))
    taken_back = reviewed(("p1", "APPROVED"), ("p1", "DISMISSED"), ("", "APPROVED"))
    history.change(Attempt({"a.py": code(5)}, edit=twice))
    history.change(Attempt({"b.py": code(5)}, edit=taken_back))
    history.change(Attempt({"c.py": code(5)}, edit=lambda predicate: predicate.update(reviews=None)))
    card = history.card()
    assert (card.approvals.value, card.approvals.of, card.unapproved.count) == (1, 2, 1)


def test_waivers_that_let_something_stand_are_counted(history: History) -> None:
    def waived(predicate: dict[str, Any]) -> None:
        one = {"id": "W-1", "vendor": "acme", "gate": "sast", "state": "used", "covered": 2, "approver": "p1"}
        rest = {"expires": "2026-12-01", "key": "k", "why": ""}
        predicate["waivers"] = [one | rest, one | rest | {"id": "W-2", "covered": 0}]

    history.change(Attempt({"a.py": code(5)}, edit=waived))
    history.change(Attempt({"b.py": code(5)}, edit=waived))
    card = history.card()
    assert (card.waived, card.waivers, card.reasons, card.passed.count) == (2, 1, 4, 2)


def test_findings_of_which_the_severity_is_not_on_record_are_no_guess(history: History) -> None:
    """records of an earlier version only count them; a failed scanner leaves all unknown"""

    def old(predicate: dict[str, Any]) -> None:
        predicate["scans"][0] |= {"findings": {"high": 1, "low": 1}, "new": 1, "newFindings": None}

    def failed(predicate: dict[str, Any]) -> None:
        predicate["missing"] = [{"fact": "semgrep", "reason": "ended", "nextStep": ""}]

    history.change(Attempt({"a.py": code(5)}, edit=old))
    history.change(Attempt({"b.py": code(5)}, edit=failed))
    found = history.card().brought_in
    assert found
    assert (found.found.by_severity, found.found.unsorted, found.changes) == ((), 1, 1)


def test_whoever_writes_into_the_folder_of_records_denies_nobody(history: History) -> None:
    """a record by another key is told, and counts for nothing"""
    history.change(Attempt({"a.py": code(5)}))
    head = history.branch.repo.rev("request-1")
    made, other = NOW - timedelta(days=15), records.signer(name="other")
    history.branch.record(
        head, decision=denied_by("sast"), base=history.branch.start, made=made, number=1, by=other
    )
    board = history.board()
    assert (board.cards[0].attempts, board.cards[0].denied.count, board.records) == (1, 0, 1)
    assert "not trusted" in board.problems[0]


@pytest.mark.parametrize("author", ["acme", ""])
def test_a_forged_record_lays_a_merge_at_nobodys_door(history: History, author: str) -> None:
    """whoever writes a record with a key of their own names a vendor in vain"""
    made, other = MADE - timedelta(days=30), records.signer(name="other")
    head = history.branch.request({"a.py": code(5)}, author=AUTHORS[author])
    history.branch.record(head, vendors=("globex",), made=made, number=1, by=other)
    history.count = 1
    history.merge(head, "squash", AUTHORS[author], MERGED)
    board = history.board()
    assert [card.vendor for card in board.cards] == [author] * bool(author)


def test_time_to_fix_is_the_trackers_and_of_the_period(history: History) -> None:
    """what was closed on other days is no part of it; what is open is open today"""

    def closed(number: int, age: int, on: datetime) -> Any:
        seen = {"at": on - timedelta(days=age)}
        return item(number, 0, state="closed", closed_at=on, first_seen=seen, last_seen=seen)

    june, may = datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 5, 10, tzinfo=UTC)
    path = history.folder / "tracker.json"
    write_tracker(path, tracker(closed(1, 4, june), closed(2, 60, may), item(3, 200)))
    kept = history.card(tracker=path, period=Period(date(2026, 6, 1), None)).deadlines
    assert kept
    assert (kept.days_to_fix, kept.closed, dict(kept.open)["high"]) == (4, 1, 1)
    whole = history.card(tracker=path).deadlines
    assert whole
    assert (whole.days_to_fix, whole.closed, whole.agreed, whole.in_time) == (32, 2, 2, 1)


def test_what_cannot_be_meant_is_one_error(history: History) -> None:
    history.change(Attempt({"a.py": code(5)}))
    inside = history.branch.repo.path / "tracker.json"
    for asked, says in (({"vendor": "acne"}, "not registered"), ({"tracker": inside}, "inside the checkout")):
        with pytest.raises(UsageError, match=says):
            history.board(**asked)
