"""outsource-gate policy diff as a user sees it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main
from tests.repo import Repo

EXAMPLE = Path(__file__).parent.parent.parent / "policies" / "example"
WHOLE, LOOSER = "tiers: {extends: baseline}", "tiers: {critical: {gates: {review: {approvals: 1}}}}"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["policy", "diff", *arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def looser(tmp_path: Path) -> str:
    folder = tmp_path / "looser"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / "policy.yaml").read_text()
    assert WHOLE in text
    (folder / "policy.yaml").write_text(text.replace(WHOLE, LOOSER))
    return str(folder)


def test_a_policy_is_the_same_as_itself(run: Any) -> None:
    """nothing is told, and nothing fails"""
    code, out, err = run(str(EXAMPLE), str(EXAMPLE), "--fail-on", "changed")
    assert (code, err) == (0, "")
    assert out.strip().endswith("say the same")


def test_what_got_looser_is_told_and_can_fail(run: Any, looser: str) -> None:
    """exit 0, or 1 where it is asked to fail; the way back is stricter, which fails nothing"""
    code, out, _ = run(str(EXAMPLE), looser)
    assert code == 0
    assert "  tier critical: review.approvals: 2 -> 1\n" in out
    assert run(str(EXAMPLE), looser, "--fail-on", "looser")[0] == 1
    code, out, _ = run(looser, str(EXAMPLE), "--fail-on", "looser")
    assert (code, "stricter (1)" in out) == (0, True)


def test_one_vendor(run: Any, looser: str) -> None:
    """what does not concern it neither shows nor fails"""
    code, out, _ = run(str(EXAMPLE), looser, "--vendor", "globex", "--fail-on", "looser", "--output", "json")
    assert (code, json.loads(out)["differences"]) == (0, [])
    assert run(str(EXAMPLE), looser, "--vendor", "acme", "--fail-on", "looser")[0] == 1
    assert run(str(EXAMPLE), looser, "--vendor", "nobody")[0] == 2


def test_revisions_are_compared(run: Any, tmp_path: Path) -> None:
    """REV: is the policy's folder in the repository at that revision, whatever lies in the work tree"""
    repo = Repo(tmp_path / "repo")
    files = {f".outsource-gate/{file.relative_to(EXAMPLE)}": file.read_text() for file in EXAMPLE.rglob("*.yaml")}
    first = repo.commit("x", files)
    text = files[".outsource-gate/policy.yaml"]
    second = repo.commit("x", {".outsource-gate/policy.yaml": text.replace(WHOLE, LOOSER)})
    code, out, _ = run(f"{first}:", f"{second}:.outsource-gate", "--repo", str(repo.path), "--fail-on", "looser")
    assert code == 1
    assert "review.approvals: 2 -> 1" in out
    assert run(f"{second}:", str(EXAMPLE), "--repo", str(repo.path), "--output", "markdown")[0] == 0


@pytest.mark.parametrize("old", ["nowhere", "nowhere:", "HEAD:elsewhere"])
def test_what_cannot_be_read_is_exit_2(run: Any, tmp_path: Path, old: str) -> None:
    """a folder, a revision or a policy that is not there; the message says which side"""
    repo = Repo(tmp_path / "repo")
    repo.commit("x", {"a.txt": "a"})
    code, out, err = run(old, str(EXAMPLE), "--repo", str(repo.path))
    assert (code, out) == (2, "")
    assert f"outsource-gate: {old}: " in err
