"""outsource-gate checklist: what a contractor reads before the first change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main

EXAMPLE = str(Path(__file__).parent.parent.parent / "policies" / "example")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["checklist", "--policy", EXAMPLE, *arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_it_names_rules_and_neither_people_nor_terms(run: Any) -> None:
    """paths, ways in, thresholds and whom to ask; no contract, no colleague, no other vendor"""
    code, out, err = run("--vendor", "acme")
    assert (code, err) == (0, "")
    for told in ("# Checklist for Acme Dev Ltd", "`services/payments/**`", "`vdi`", "`procurement@corp.example`"):
        assert told in out
    for kept in ("MSA-2026", "Vic", "vicv", "Globex", "2026-", "2027-", "203.0.113"):
        assert kept not in out


def test_a_file_is_named_with_the_version_that_is_in_it(run: Any) -> None:
    code, out, _ = run("--vendor", "acme", "--output", "html=acme.html")
    version = out.rpartition(" ")[2].strip()
    assert code == 0
    assert len(version) == 12
    assert f"<code>{version}</code>" in Path("acme.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "whose checklist? registered: acme, globex, initech"),
        (("--vendor", "acmee"), "--vendor acmee: not registered; registered: acme, globex, initech"),
        (("--vendor", "acme", "--output", "pdf"), "--output pdf: no such format; allowed: markdown, html"),
    ],
)
def test_what_cannot_be_meant(run: Any, arguments: tuple[str, ...], says: str) -> None:
    """exit 2, with what is allowed"""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_where_nothing_can_be_written(run: Any) -> None:
    Path("taken").write_text("")
    code, _, err = run("--vendor", "acme", "--output", "html=taken/acme.html")
    assert code == 3
    assert "taken/acme.html" in err
