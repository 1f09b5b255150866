"""`vendors scorecard` as it is typed."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main
from tests.bypass.scene import FLAW
from tests.cli.test_check import gate
from tests.evidence import records
from tests.track_records.example import example, shown_scan, write_scan
from tests.track_records.history import Attempt, History, code, denied_by, new_history

NOW = "2026-06-20T00:00:00Z"


@pytest.fixture
def history(tmp_path: Path) -> History:
    return new_history(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(history: History, *arguments: str) -> tuple[int, str, str]:
        request = history.request()
        key = history.folder / "gate.pub"
        key.write_text(records.signer().public_key.pem)
        where = ("--repo", str(request.repo), "--records", str(request.records), "--policy", str(request.policy))
        frame = ("--head", "main", "--repository", "corp/payments", "--trust", str(key), "--now", NOW)
        with pytest.raises(SystemExit) as ended:
            main(["vendors", "scorecard", *where, *frame, *arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_every_form_says_the_same(run: Any, tmp_path: Path) -> None:
    """on the screen, as a document to file, for a program, for a spreadsheet"""
    history = example(tmp_path)
    tracker = ("--tracker", str(tmp_path / "tracker.json"), "--vendor", "acme")
    code_, shown, _ = run(history, *tracker)
    assert code_ == 0
    assert "denied by               sast 2, licence 1, secrets 1" in shown
    assert "globex" not in shown
    file = tmp_path / "out" / "acme.md"
    assert run(history, *tracker, "--output", f"markdown={file}")[:2] == (0, "")
    assert "| denied by | sast 2, licence 1, secrets 1 |" in file.read_text()
    (acme,) = json.loads(run(history, *tracker, "--output", "json")[1])["vendors"]
    assert acme["denials"] == {"sast": 2, "licence": 1, "secrets": 1}
    rows = list(csv.DictReader(StringIO(run(history, *tracker, "--output", "csv")[1])))
    told = [(row["detail"], row["value"]) for row in rows if (row["whose"], row["figure"]) == ("acme", "denied-by")]
    assert told == [("sast", "2"), ("licence", "1"), ("secrets", "1")]


def test_days_are_days_of_merges(run: Any, history: History) -> None:
    for number in range(3):
        history.change(Attempt({f"{number}.py": code(5)}))
    out = json.loads(run(history, "--from", "2026-06-03", "--to", "2026-06-03", "--output", "json")[1])
    assert (out["vendors"][0]["merged"], out["first"], out["own"]["merged"]) == (1, "2026-06-03", 0)
    assert "no vendor's change was merged or judged" in run(history, "--from", "2026-06-18")[1]


def test_a_vendor_with_nothing_to_count_is_shown_where_it_is_asked_for(run: Any, history: History) -> None:
    history.change(Attempt({"a.py": code(5)}))
    out = run(history, "--vendor", "globex")[1]
    assert "globex (Globex, standard)" in out
    assert "0 changes" in out


def test_findings_of_a_scan_count_for_whom_their_change_counts(run: Any, tmp_path: Path) -> None:
    history = example(tmp_path)
    out = json.loads(run(history, "--scan", str(shown_scan(history)), "--output", "json")[1])
    standing = {card["vendor"]: card["findings"]["standing"]["total"] for card in (*out["vendors"], out["own"])}
    assert (standing, out["outside"]) == ({"acme": 2, "globex": 0, None: 3}, 0)
    later = ("--from", "2026-06-05", "--scan", str(tmp_path / "scan.json"), "--output", "json")
    assert json.loads(run(history, *later)[1])["outside"] == 0
    later = ("--from", "2026-06-12", *later[2:])
    assert json.loads(run(history, *later)[1])["outside"] == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--vendor", "acne"), "--vendor acne: not registered; registered: acme, globex"),
        (("--from", "2026-06-03", "--to", "2026-06-02"), "after --to 2026-06-02"),
        (("--output", "html"), "allowed: terminal, markdown, json, csv"),
        (("--records", "nowhere"), "no such folder"),
    ],
)
def test_what_cannot_be_meant_is_one_error(
    run: Any, history: History, arguments: tuple[str, ...], said: str
) -> None:
    history.change(Attempt({"a.py": code(5)}))
    code_, _, err = run(history, *arguments)
    assert (code_, said in err, "→" in err) == (2, True, True)


def test_a_scan_of_something_else_is_refused(run: Any, history: History) -> None:
    """another repository's, or one of a commit that is no part of the branch"""
    history.change(Attempt({"a.py": code(5)}))
    head = history.change(Attempt({"b.py": code(5)}, denied_by("sast")), merged=False)
    history.branch.repo.update_ref("refs/heads/aside", head)
    for of, said in (
        ({"name": "corp/other"}, "expected corp/payments"),
        ({"head": "aside"}, "which is no part of"),
    ):
        code_, _, err = run(history, "--scan", str(write_scan(history, **of)))
        assert (code_, said in err) == (2, True)


@pytest.mark.tools
def test_a_real_scan_finds_what_was_merged(run: Any, history: History) -> None:
    """the scanners say what stands there, git by which change it came"""
    history.change(Attempt({"services/flaw.py": FLAW}))
    history.change(Attempt({"ours.py": FLAW}, None), vendor="")
    scan = history.folder / "scan.json"
    where = ("--repository", str(history.branch.repo.path), "--ref", "main")
    gate("scan", *where, "--output", f"json={scan}", folder=history.folder)
    out = json.loads(run(history, "--scan", str(scan), "--output", "json")[1])
    theirs, ours = out["vendors"][0]["findings"]["standing"], out["own"]["findings"]["standing"]
    assert theirs["total"] == ours["total"] > 0
    assert theirs["by_severity"] == ours["by_severity"]
