"""outsource-gate vendors export, import as a user sees them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from tests.policy.memory import models

EXAMPLE = Path(__file__).parent.parent.parent / "policies" / "example"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["vendors", *map(str, arguments)])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """The example's policy without its vendors' files."""
    folder = tmp_path / "policy"
    shutil.copytree(EXAMPLE, folder)
    shutil.rmtree(folder / "vendors")
    return folder


def test_a_register_goes_out_and_comes_back(run: Any, policy: Path, tmp_path: Path) -> None:
    """with everything in it, into a policy that had no vendors"""
    code, out, err = run("export", "--format", "csv", "--out", tmp_path / "csv", "--policy", EXAMPLE)
    assert (code, err) == (0, "")
    assert "3 vendors in 14 files" in out
    code, out, err = run("import", tmp_path / "csv", "--policy", policy)
    assert (code, err) == (0, "")
    assert "3 vendors written, 0 unchanged; reads well: " in out
    before, after = (load_policy(FolderSource(folder), models()) for folder in (EXAMPLE, policy))
    assert dict(before.vendors) == dict(after.vendors)


def test_what_is_the_same_is_left_alone(run: Any, policy: Path, tmp_path: Path) -> None:
    """files that say so already keep their comments; only the changed vendor is written, and only by force"""
    shutil.copytree(EXAMPLE / "vendors", policy / "vendors")
    assert run("export", "--out", tmp_path / "csv", "--delimiter", "semicolon", "--bom", "--policy", policy)[0] == 0
    file = tmp_path / "csv" / "vendors.csv"
    file.write_bytes(file.read_bytes().replace(b"Globex Translations", b"Globex Languages"))
    code, _, err = run("import", tmp_path / "csv", "--policy", policy)
    assert code == 2
    assert "vendors/globex.yaml: there already" in err
    code, out, _ = run("import", tmp_path / "csv", "--policy", policy, "--force")
    assert code == 0
    assert "1 vendor written, 2 unchanged" in out
    assert "name: Globex Languages" in (policy / "vendors" / "globex.yaml").read_text()
    assert (policy / "vendors" / "acme.yaml").read_bytes() == (EXAMPLE / "vendors" / "acme.yaml").read_bytes()


def test_nothing_is_written_that_does_not_read_well(run: Any, policy: Path, tmp_path: Path) -> None:
    """an entry that the policy contradicts, and a cell that a spreadsheet damaged"""
    run("export", "--out", tmp_path / "csv", "--policy", EXAMPLE)
    for file, old, new, told in (
        ("vendors.csv", b",critical,", b",gold,", "unknown tier 'gold'"),
        ("people.csv", b"2026-11-02", b"02.11.2026", "people.csv: row 2, column mfa.verified_on: "),
    ):
        path = tmp_path / "csv" / file
        whole = path.read_bytes()
        path.write_bytes(whole.replace(old, new, 1))
        code, out, err = run("import", tmp_path / "csv", "--policy", policy)
        assert (code, out) == (2, "")
        assert told in err
        assert not (policy / "vendors").exists()
        path.write_bytes(whole)


def test_a_folder_without_a_policy(run: Any, tmp_path: Path) -> None:
    """gets the vendors' files, and is told that nothing was compared"""
    run("export", "--out", tmp_path / "csv", "--policy", EXAMPLE)
    code, out, _ = run("import", tmp_path / "csv", "--policy", tmp_path / "new")
    assert code == 0
    assert "no policy.yaml there yet" in out
    assert sorted(file.name for file in (tmp_path / "new" / "vendors").iterdir()) == [
        "acme.yaml", "globex.yaml", "initech.yaml",
    ]  # fmt: skip


def test_an_export_overwrites_nothing(run: Any, tmp_path: Path) -> None:
    """unless it is told to; and only we can read what it writes"""
    assert run("export", "--out", tmp_path, "--policy", EXAMPLE)[0] == 0
    assert (tmp_path / "people.csv").stat().st_mode & 0o777 == 0o600
    assert run("export", "--out", tmp_path, "--policy", EXAMPLE)[0] == 2
    assert run("export", "--out", tmp_path, "--policy", EXAMPLE, "--force")[0] == 0
