"""Whether what a pipeline calls in its own repository is there."""

from __future__ import annotations

import pytest

from outsource_gate.model.finding import Scan
from outsource_gate.model.source import Change, FileChange
from outsource_gate.scanners.ci_calls import MAX_CALLS, Tree, scan_calls
from tests.scanners.fake import Blobs, added, modified

WORKFLOW = ".github/workflows/ci.yml"
LOCAL = "on: push\njobs:\n  a:\n    steps:\n      - uses: ./.github/actions/lint\n"


def missing(path: str, text: str, *there: str) -> list[tuple[int, str, bool]]:
    blobs = Blobs()
    return findings(scan_calls([added(blobs, path, text)], tree(blobs, *there), tree(blobs)))


def tree(blobs: Blobs, *there: str) -> Tree:
    return Tree(blobs.read, lambda: there)


def findings(scan: Scan | None) -> list[tuple[int, str, bool]]:
    assert isinstance(scan, Scan)
    return [(found.location.start_line, found.snippet[0], found.new) for found in scan.findings]


def test_a_local_action_has_to_be_there() -> None:
    assert missing(WORKFLOW, LOCAL) == [(5, "./.github/actions/lint", True)]
    for name in ("action.yml", "action.yaml", "Dockerfile"):
        assert missing(WORKFLOW, LOCAL, f".github/actions/lint/{name}") == []


def test_a_reusable_workflow_and_an_action_in_the_root_have_to_be_there() -> None:
    text = "jobs:\n  a: {uses: ./.github/workflows/x.yml}\n  b:\n    steps: [{uses: './'}]\n"
    assert [line for line, _, _ in missing(WORKFLOW, text)] == [2, 4]
    assert missing(WORKFLOW, text, ".github/workflows/x.yml", "action.yml") == []


@pytest.mark.parametrize(
    "text",
    [
        "include:\n  - local: /ci/a.yml\n",
        "include:\n  - local: 'ci/a.yml'\n",
        "include: {local: ci/a.yml}\n",
        "include: /ci/a.yml\n",
        "include: [{local: 'ci/*.yml'}]\n",
        "a:\n  script: [x]\n  rules: []\n  trigger:\n    include:\n      - local: ci/a.yml\n",
    ],
)
def test_a_local_include_has_to_be_there(text: str) -> None:
    assert len(missing(".gitlab-ci.yml", text)) == 1
    assert missing(".gitlab-ci.yml", text, "ci/a.yml") == []


def test_what_a_variable_names_and_what_a_comment_says_is_left_alone() -> None:
    text = "include:\n  # - local: /gone.yml\n  - local: $FILE\n"
    blobs = Blobs()
    assert scan_calls([added(blobs, ".gitlab-ci.yml", text)], tree(blobs), tree(blobs)) is None


def test_what_was_missing_before_is_not_new() -> None:
    """but a call whose file the change takes away is"""
    blobs = Blobs()
    file = modified(blobs, WORKFLOW, LOCAL, LOCAL + "      - run: make\n")
    assert [new for _, _, new in findings(scan_calls([file], tree(blobs), tree(blobs)))] == [False]
    before = tree(blobs, ".github/actions/lint/action.yml")
    assert [new for _, _, new in findings(scan_calls([file], tree(blobs), before))] == [True]


def test_a_change_without_pipelines_asks_for_no_tree() -> None:
    def never() -> tuple[str, ...]:
        raise AssertionError

    blobs = Blobs()
    files = [
        added(blobs, "a.py", "x = 1\n"),
        added(blobs, "data.yml", "uses: ./gone\n"),
        FileChange(WORKFLOW, Change.DELETED, "100644", "000000", "1" * 40, "0" * 40),
    ]
    assert scan_calls(files, Tree(blobs.read, never), Tree(blobs.read, never)) is None


def test_hostile_text_ends_and_a_file_lists_so_many_calls_at_most() -> None:
    for piece in ("uses: ./", "include: ", "local:", "'local' : ", "- " * 9, "./" * 9, "\n- uses: ./a"):
        assert len(missing(WORKFLOW, LOCAL + piece * 50_000)) <= MAX_CALLS
        assert len(missing(".gitlab-ci.yml", "include: /a\n" + piece * 50_000)) <= MAX_CALLS
