"""Which scan is later, which renames lie between, and what a tracker, scan or outcome says that is none."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.git.repository import Repository
from outsource_gate.model.finding import Severity
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.tracked import Seen
from outsource_gate.model.verdict import Answer, Decision
from outsource_gate.remediation.file import parse_tracker, read_tracker, tracker_bytes
from outsource_gate.remediation.look import is_older
from outsource_gate.remediation.order import check_order, renames
from outsource_gate.remediation.scans import read_outcome, read_scan
from outsource_gate.remediation.update import taken_in
from outsource_gate.reports import View
from outsource_gate.reports.json_report import render
from tests.remediation.looks import after, at, look, only, seen
from tests.repo import Repo
from tests.values import facts, finding, scan


def of(repo: Repo, rev: str, day: int) -> Seen:
    tree = repo.rev(f"{rev}^{{tree}}")
    return Seen(repository="corp/payments", commit=repo.rev(rev), tree=tree, at=at(day), digest=str(day))


def test_descent_decides_where_git_is_asked_and_time_elsewhere(tmp_path: Path) -> None:
    """an ancestor is no later scan, whenever it was made; nor is another line of work"""
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {"a.py": "x = 1\n" * 9})
    repo.branch("other")
    repo.commit("aside", {"b.py": "y = 1\n"})
    repo.switch("main")
    repo.rename("a.py", "c.py")
    repo.commit("two")
    first, second, aside = of(repo, "main~1", 0), of(repo, "main", 1), of(repo, "other", 2)
    with Repository.open(repo.path).session() as git:
        check_order(None, first, git, at(9))
        check_order(first, second, git, at(9))
        assert renames(git, first, second) == {"a.py": "c.py"}
        for last, now in ((second, first.model_copy(update={"at": at(5)})), (second, aside)):
            with pytest.raises(UsageError, match="is no descendant"):
                check_order(last, now, git, at(9))
    assert renames(None, first, second) == {}
    check_order(second, aside, None, at(9))
    with pytest.raises(UsageError, match="before the last one"):
        check_order(second, first, None, at(9))
    with pytest.raises(UsageError, match="after this moment"):
        check_order(None, second, None, at(0))


@pytest.mark.parametrize(
    ("version", "than", "older"),
    [("1.99.1", "1.182.0", True), ("1.182.0", "1.182.0", False), ("2", "1.182.0", False), ("", "1", False)],
)
def test_versions_are_compared_by_numbers(version: str, than: str, older: bool) -> None:
    assert is_older(version, than) is older


def outcome(answer: Answer, **changes: Any) -> bytes:
    low = finding(severity=Severity.LOW)
    known = facts(scans=(scan("semgrep", low, finding(new=False)), scan("bandit")), **changes)
    return render(Outcome(known, Decision(answer, ()), None, {}), View()).encode()


def test_what_a_change_was_let_through_with_is_opened() -> None:
    """the new finding of an allowed change is its vendor's, since then; what the base had is not new"""
    item = only(taken_in(after(), read_outcome(outcome(Answer.ALLOW), "outcome.json")))
    assert (item.vendor, item.severity, item.first_seen.at) == ("acme", Severity.LOW, facts().now)


@pytest.mark.parametrize("answer", [Answer.DENY, Answer.UNDECIDED])
def test_a_change_that_was_not_let_through_brought_nothing_in(answer: Answer) -> None:
    with pytest.raises(EvidenceError, match="was not let through"):
        read_outcome(outcome(answer), "outcome.json")


def test_a_scan_of_files_knows_nobodys_work() -> None:
    nothing: dict[str, Any] = dict.fromkeys(("repository", "secrets"))
    lists: dict[str, Any] = {"findings": [], "coverage": [], "tools": []}
    whole = json.dumps({"schemaVersion": "1.1", "program": {"version": "1"}, **nothing, **lists}).encode()
    with pytest.raises(EvidenceError, match="not a repository"):
        read_scan(whole, "scan.json")
    with pytest.raises(EvidenceError, match="version 1"):
        read_scan(b'{"findings": []}', "scan.json")


def test_items_that_contradict_themselves_are_refused() -> None:
    """one id twice, an id never given out, a closed one without a time, an accepted one without a word"""
    whole = json.loads(tracker_bytes(after(look(0, seen()))))
    item = whole["items"][0]
    for changes, says in (
        ({"items": [item, item]}, "stands twice"),
        ({"last_id": 0}, "never given out"),
        ({"items": [item | {"state": "closed"}]}, "time of closing"),
        ({"items": [item | {"state": "accepted"}]}, "by whom"),
    ):
        with pytest.raises(EvidenceError, match=says):
            parse_tracker(json.dumps(whole | changes).encode(), "tracker.json")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """a folder, a pipe, nothing at all: an error at once"""

    os.mkfifo(tmp_path / "pipe")
    for name in (".", "pipe", "missing"):
        with pytest.raises(EvidenceError):
            read_tracker(tmp_path / name)
