"""outsource-gate policy test as a user sees it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main

EXAMPLE = Path(__file__).parent.parent.parent / "policies" / "example"
LOOSER = "tiers: {critical: {gates: {review: {approvals: 1}}}}"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["policy", "test", *arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_the_examples_come_out_as_expected(run: Any) -> None:
    """what ships teaches what is true, and exit is 0"""
    code, out, err = run("--policy", str(EXAMPLE))
    assert (code, err) == (0, "")
    *cases, last = out.splitlines()
    assert len(cases) >= 10
    assert all(line.startswith("ok    ") for line in cases)
    assert last == f"{len(cases)} of {len(cases)} cases as expected"


def test_a_loosened_policy_is_noticed(run: Any, tmp_path: Path) -> None:
    """a case that denied and does not any more is exit 1, with what was expected"""
    folder = tmp_path / "policy"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / "policy.yaml").read_text()
    assert "tiers: {extends: baseline}" in text
    (folder / "policy.yaml").write_text(text.replace("tiers: {extends: baseline}", LOOSER))
    code, out, _ = run("--policy", str(folder))
    assert code == 1
    assert "FAIL  an approval by somebody of the same vendor" in out
    assert "      decision: expected DENY, got ALLOW" in out


def test_files_may_be_named(run: Any) -> None:
    """and the format is chosen"""
    code, out, _ = run(str(EXAMPLE / "tests" / "vendor.yaml"), "--policy", str(EXAMPLE), "--output", "json")
    assert code == 0
    assert {case["place"].rpartition(":")[0] for case in json.loads(out)["cases"]} == {
        str(EXAMPLE / "tests" / "vendor.yaml")
    }


def test_no_cases_never_pass(run: Any, tmp_path: Path) -> None:
    """a policy without cases is exit 2, and so is an empty folder"""
    shutil.copytree(EXAMPLE, tmp_path / "policy", ignore=shutil.ignore_patterns("tests"))
    assert run("--policy", str(tmp_path / "policy"))[0] == 2
    (tmp_path / "empty").mkdir()
    code, out, err = run(str(tmp_path / "empty"), "--policy", str(EXAMPLE))
    assert (code, out) == (2, "")
    assert "no cases there" in err
