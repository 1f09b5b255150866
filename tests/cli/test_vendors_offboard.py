"""outsource-gate vendors offboard as a user sees it, on real files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main
from tests.access_review import scene
from tests.repo import Repo


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    scene.folder(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["vendors", "offboard", *arguments, "--policy", str(tmp_path)])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def text(tmp_path: Path) -> str:
    return (tmp_path / "vendors" / "acme.yaml").read_text()


def test_it_ends_the_vendor_lists_what_to_revoke_and_does_so_once(run: Any, tmp_path: Path) -> None:
    code, out, err = run("acme", "--on", "2026-12-31")
    assert (code, err) == (0, "")
    assert "vendors/acme.yaml: contract.valid until 2026-12-31, was 2027-01-14" in out
    assert "[ ] vic: github @vicv (id 4711)" in out
    after = text(tmp_path)
    vendor = scene.register(tmp_path, acme=after).vendors["acme"]
    assert vendor.access is not None
    ends = {
        vendor.access.valid.until,
        *(one.active.until for one in vendor.people),
        vendor.engagements[0].valid.until,
    }
    assert {str(day) for day in ends} == {"2026-12-31"}
    again = run("acme", "--on", "2026-12-31")
    assert again[0] == 0
    assert "everything ends by then already" in again[1]
    assert text(tmp_path) == after


def test_afterwards_whoever_still_has_access_is_expired(run: Any, tmp_path: Path) -> None:
    from outsource_gate.access_review.seen import Entry, Looked
    from outsource_gate.model.identity import Account

    run("acme", "--on", "2026-11-01")
    looked = Looked("github", "forge", ("corp/payments",), (Entry(Account("vicv", 4711), "corp/payments", "read"),))
    policy = scene.register(tmp_path, acme=text(tmp_path))
    assert scene.found(policy, looked) == [("expired", "vic", "corp/payments")]


def test_the_result_lints_clean(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("acme", "--on", "2099-12-31")
    with pytest.raises(SystemExit) as ended:
        main(["policy", "lint", "--policy", str(tmp_path)])
    assert not ended.value.code
    assert "reads well" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(run: Any, tmp_path: Path) -> None:
    assert "was 2027-01-14" in run("acme", "--on", "2026-12-31", "--dry-run")[1]
    assert text(tmp_path) == scene.ACME


def test_mode_and_byte_order_mark_stay(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "vendors" / "acme.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + scene.ACME.encode())
    file.chmod(0o640)
    run("acme", "--on", "2026-12-31")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid: acme\n")
    assert file.stat().st_mode & 0o777 == 0o640


def test_what_would_contradict_itself_is_refused_with_its_line(run: Any, tmp_path: Path) -> None:
    code, _, err = run("acme", "--on", "2025-12-31")
    assert code == 2
    assert "vendors/acme.yaml:8: contract.valid: begins on 2026-01-15, after 2025-12-31" in err
    assert text(tmp_path) == scene.ACME


def test_a_signature_after_the_new_end_is_refused_and_nothing_written(run: Any, tmp_path: Path) -> None:
    acme = scene.ACME.replace("valid: {from: 2026-01-15, until: 2027-01-14}", "valid: {until: 2027-01-14}")
    scene.folder(tmp_path, acme=acme)
    code, _, err = run("acme", "--on", "2026-01-01")
    assert code == 2
    assert "signed on 2026-01-10, after the contract's last day 2026-01-01" in err
    assert text(tmp_path) == acme


def test_formats_and_code_owners_of_a_repository(run: Any, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "clone")
    repo.commit("Own it", {"CODEOWNERS": "/pay/ @vicv\n"})
    out = run("acme", "--on", "2026-12-31", "--repo", str(repo.path), "--output", "json")[1]
    told = json.loads(out)
    assert {"kind": "code-owners", "what": "CODEOWNERS: /pay/ @vicv", "person": "vic"} in told["revoke"]
    assert "- [ ] vic: CODEOWNERS" in run(
        "acme", "--on", "2026-12-31", "--repo", str(repo.path), "--output", "markdown"
    )[1].replace("`", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("globex", "--on", "2026-12-31"), "registered: acme"),
        (("acme", "--on", "soon"), "soon"),
        (("acme",), "--on"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(run: Any, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert said in err
