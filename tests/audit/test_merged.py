"""Merged changes and their records: real merges, squashes and rebases, records that fit and records that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.audit.line import last_before
from outsource_gate.evidence.trust import PolicyRule
from outsource_gate.git.repository import Repository
from outsource_gate.model.merged import MergeClass
from tests.audit.branch import INA, MADE, MERGED, START, VIC, Branch, new_branch
from tests.evidence import records


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return new_branch(tmp_path)


def squash(branch: Branch, head: str, subject: str = "Add a thing (#7)", author: str = VIC) -> str:
    tree = branch.repo.git("merge-tree", "--write-tree", branch.repo.head, head).split("\n")[0]
    return branch.repo.commit(subject, author=author, committer=INA, tree=tree, date=MERGED)


def merge(branch: Branch, head: str, also: dict[str, str] | None = None) -> str:
    """Merge as the forge does; `also` makes it an evil merge."""
    tree = branch.repo.git("merge-tree", "--write-tree", branch.repo.head, head).split("\n")[0]
    parents, message = [branch.repo.head, head], "Merge pull request #7 from acme/thing"
    if also:
        branch.repo.merge(head, resolution=also)
        tree = branch.repo.git("rev-parse", "HEAD^{tree}").strip()
        branch.repo.update_ref("refs/heads/main", parents[0])
    return branch.repo.commit(message, author=INA, tree=tree, parents=parents, date=MERGED)


def test_a_merge_of_the_recorded_head_passed(branch: Branch) -> None:
    """what was merged is what the record is about"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head)
    merge(branch, head)
    row = branch.row()
    assert (row.kind, row.vendors, row.tie, row.number) == (MergeClass.PASSED, ("acme",), "head", 7)
    assert row.record and len(row.record) == 64


@pytest.mark.parametrize("author", [VIC, INA])
def test_a_squash_is_tied_by_content(branch: Branch, author: str) -> None:
    """a squash has no parent that the record knows, and its author need not be the vendor's"""
    head = branch.request({"app.py": "x = 2\n", "new.py": "z = 1\n"}, commits=2)
    branch.record(head)
    squash(branch, head, author=author)
    row = branch.row()
    assert (row.kind, row.vendors, row.tie) == (MergeClass.PASSED, ("acme",), "content")


def test_a_squash_over_what_main_did_to_the_same_file_is_redone(branch: Branch) -> None:
    """neither tree nor content is the recorded one, and redoing the squash gives what is there"""
    text = "".join(f"line {number}\n" for number in range(30))
    branch.repo.commit("Long", {"long.txt": text}, author=INA)
    head = branch.request({"long.txt": text.replace("line 2\n", "line two\n")})
    branch.record(head)
    branch.repo.commit("Ours", {"long.txt": text.replace("line 25\n", "line twenty-five\n")}, author=INA)
    squash(branch, head)
    row = branch.merged().changes[-1]
    assert (row.kind, row.tie) == (MergeClass.PASSED, "redone")


def test_a_rebased_series_shares_one_record(branch: Branch) -> None:
    """commits laid one by one on the branch hold together what the record speaks of"""
    head = branch.request({"a.py": "a = 1\n", "b.py": "b = 1\n", "c.py": "c = 1\n"}, commits=3)
    branch.record(head)
    for name in "abc":
        branch.repo.commit(f"Part {name}", {f"{name}.py": f"{name} = 1\n"}, author=VIC, committer=INA, date=MERGED)
    rows = branch.merged().changes
    assert [row.kind for row in rows] == [MergeClass.PASSED] * 3
    assert len({row.record for row in rows}) == 1
    assert {row.tie for row in rows} == {"series"}


def test_a_fast_forward_is_the_recorded_head(branch: Branch) -> None:
    """the branch moved to the head itself; when, no commit says"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head)
    branch.repo.update_ref("refs/heads/main", head)
    assert branch.row().kind is MergeClass.PASSED


def test_a_merge_that_changes_more_than_merging_is_told(branch: Branch) -> None:
    """an evil merge holds work that the record does not know"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head)
    merge(branch, head, {"lib.py": "import os\n"})
    row = branch.row()
    assert row.kind is MergeClass.RECORD_MISMATCH
    assert "the merge itself changes more" in row.reasons[0]


def test_a_third_parent_is_told(branch: Branch) -> None:
    """an octopus can bring in history that nobody looked at, and leave no trace in its tree"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head)
    other = branch.request({"app.py": "x = 3\n"})
    tree = branch.repo.git("merge-tree", "--write-tree", branch.repo.head, head).split("\n")[0]
    parents = [branch.repo.head, head, other]
    branch.repo.commit("Merge pull request #7 from x", author=INA, tree=tree, parents=parents, date=MERGED)
    row = branch.row()
    assert row.kind is MergeClass.RECORD_MISMATCH
    assert f"commit {other[:12]} came in" in row.reasons[0]


def test_a_commit_added_after_the_record_is_told(branch: Branch) -> None:
    """the record of an earlier head of the same request does not speak for the later one"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head)
    branch.repo.branch("later", head)
    later = branch.repo.commit("One more", {"app.py": "x = 3\n"}, author=VIC)
    branch.repo.switch("main")
    merge(branch, later)
    row = branch.row()
    assert row.kind is MergeClass.RECORD_MISMATCH
    assert row.record is None
    assert head[:12] in row.reasons[0]


def test_the_same_tree_by_another_commit_has_to_be_covered(branch: Branch) -> None:
    """a commit that was rewritten to the same tree is not the one that was judged"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head)
    other = branch.request({"app.py": "x = 2\n"}, author="Nobody <nobody@elsewhere.example>")
    merge(branch, other)
    row = branch.row()
    assert row.kind is MergeClass.RECORD_MISMATCH
    assert f"commit {other[:12]} came in" in row.reasons[0]


def test_nothing_but_a_vendor_name_has_no_record(branch: Branch) -> None:
    """a vendor's merge without any record is the bypass that audit is there for"""
    merge(branch, branch.request({"app.py": "x = 2\n"}))
    row = branch.row()
    assert (row.kind, row.vendors, row.record) == (MergeClass.NO_RECORD, ("acme",), None)


def test_our_own_work_needs_no_record(branch: Branch) -> None:
    """by claim alone it is not proven, and where the policy asks for proof it is no better than nothing"""
    branch.repo.commit("Ours", {"app.py": "x = 2\n"}, author=INA)
    row = branch.row()
    assert (row.kind, row.vendors, row.proven) == (MergeClass.NOT_VENDOR, (), False)
    assert branch.row(verified="require").kind is MergeClass.NO_RECORD


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        (records.failing(), MergeClass.DENIED_BUT_MERGED),
        (records.undecided(), MergeClass.UNDECIDED_BUT_MERGED),
        (replace(records.failing(), enforced=False), MergeClass.REPORT_ONLY),
    ],
)
def test_what_was_not_allowed_and_merged_is_called_so(branch: Branch, decision: Any, kind: MergeClass) -> None:
    """a record that says no is a record that says no"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head, decision=decision)
    merge(branch, head)
    assert branch.row().kind is kind


def test_the_latest_record_before_the_merge_counts(branch: Branch) -> None:
    """an ALLOW that a later DENY overtook is no ALLOW, in whichever order they are found"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head, decision=records.failing(), made=MADE + timedelta(hours=1))
    branch.record(head, made=MADE)
    squash(branch, head)
    assert branch.row().kind is MergeClass.DENIED_BUT_MERGED


def test_a_record_made_after_the_merge_is_stale(branch: Branch) -> None:
    """nobody looked before it was merged"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head, made=datetime.fromtimestamp(MERGED, UTC) + timedelta(days=1))
    squash(branch, head)
    row = branch.row()
    assert row.kind is MergeClass.RECORD_STALE
    assert "after the merge" in row.reasons[0]


def test_a_record_that_had_expired_at_the_merge_is_stale(branch: Branch) -> None:
    """it counts until the first thing it relied on ends"""

    def expire(statement: Any) -> None:
        statement["predicate"]["valid_until"] = "2026-06-06T00:00:00Z"

    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head, edit=expire)
    squash(branch, head)
    assert branch.row().kind is MergeClass.RECORD_STALE


def test_a_record_by_a_stranger_is_not_believed_and_does_no_harm(branch: Branch) -> None:
    """whoever can write into the folder of records cannot speak for the gate, nor silence it"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head, by=records.signer(name="stranger"), made=MADE + timedelta(hours=2))
    squash(branch, head)
    branch.record(head, by=records.signer(name="stranger"), vendors=("globex",), made=MADE + timedelta(hours=3))
    row = branch.row()
    assert (row.kind, row.vendors) == (MergeClass.RECORD_UNTRUSTED, ("acme",))
    assert "signer" in row.reasons[0]
    branch.record(head)
    assert branch.row().kind is MergeClass.PASSED


def test_a_policy_that_nobody_knows_is_not_believed(branch: Branch) -> None:
    """unless the trust file says that it was in force at the time"""

    def other(statement: Any) -> None:
        statement["predicate"]["policy"]["digest"] = "9" * 64

    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head, edit=other)
    squash(branch, head)
    row = branch.row()
    assert row.kind is MergeClass.RECORD_UNTRUSTED
    assert row.reasons[0].startswith("policy-unknown")
    known = PolicyRule.model_validate({"digest": "9" * 64, "valid": {"from": "2026-06-01", "until": "2026-06-05"}})
    assert branch.row(trust=replace(records.trust(), policies=(known,))).kind is MergeClass.PASSED


def test_a_vendor_whom_the_record_does_not_name_is_told(branch: Branch) -> None:
    """what git says today has to be covered by what was judged then"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head, vendors=("globex",))
    squash(branch, head)
    row = branch.row()
    assert row.kind is MergeClass.RECORD_MISMATCH
    assert row.vendors == ("acme", "globex")


def test_what_is_no_record_is_named_and_passed_over(branch: Branch) -> None:
    """other JSON in the folder, cut files and floods of text end in one line each"""
    head = branch.request({"app.py": "x = 2\n"})
    branch.record(head)
    branch.made += [("outcome.json", b"{}"), ("cut.json", branch.made[0][1][:100]), ("big.json", b"[" * 3_000_000)]
    squash(branch, head)
    merged = branch.merged()
    assert merged.changes[0].kind is MergeClass.PASSED
    assert merged.records == 1
    assert [problem.partition(":")[0] for problem in merged.problems] == ["outcome.json", "cut.json", "big.json"]


def test_what_came_in_from_a_day_on_stands_behind_the_last_row_before_it(branch: Branch) -> None:
    """a commit that claims an earlier date than the one it stands on moves nothing out of the period"""
    days = [START + number * 86_400 for number in (1, 5, 2, 9)]
    rows = [branch.repo.commit(str(day), {"app.py": f"x = {day}\n"}, author=INA, date=day) for day in days]

    def before(day: int) -> str:
        with Repository.open(branch.repo.path).session() as repository:
            return last_before(repository, rows[-1], datetime.fromtimestamp(START + day * 86_400, UTC))

    assert [before(day) for day in (0, 1, 3, 6, 99)] == ["", branch.start, rows[0], rows[2], rows[3]]
