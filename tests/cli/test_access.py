"""outsource-gate access review as a user sees it: exit codes, the record, and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main
from outsource_gate.evidence.keys import generate_keypair
from tests.access_review import scene
from tests.forges import fake_github as fake
from tests.forges.fake_github import FakeGitHub

NOW = ("--now", "2026-11-23T12:00:00Z")
ROW: dict[str, Any] = {"login": "vicv", "id": 4711, "role": "write", "mfa": True, "last_active_on": "2026-11-20"}
LIST: dict[str, Any] = {
    "version": 1,
    "forge": "github",
    "read_on": "2026-11-21",
    "repositories": [{"name": "corp/payments", "accounts": [ROW]}],
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    with fake.running() as running:
        monkeypatch.setenv("GITHUB_API_URL", running.origin)
        monkeypatch.setenv("OUTSOURCE_GATE_TOKEN", "t0ken")
        yield scene.fill(running)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    key = tmp_path / "review.key"
    key.write_bytes(generate_keypair("ed25519", None).private_pem)
    key.chmod(0o600)
    scene.folder(tmp_path)

    def run(*arguments: str, key: str = f"file:{key}") -> tuple[int, str, str]:
        signed = ("--key", key) if key else ()
        out = ("--policy", str(tmp_path), "--out", str(tmp_path / "review.json"), *signed, *NOW)
        with pytest.raises(SystemExit) as ended:
            main(["access", "review", *arguments, *out])
        said, err = capsys.readouterr()
        return int(ended.value.code or 0), said, err

    return run


def record(tmp_path: Path) -> Any:
    import base64

    raw = json.loads((tmp_path / "review.json").read_text())
    return json.loads(base64.b64decode(raw.get("dsseEnvelope", raw)["payload"]))["predicate"]


def test_nothing_wrong_is_exit_0_and_a_signed_record(server: FakeGitHub, run: Any, tmp_path: Path) -> None:
    code, out, err = run("--forge", "github")
    assert (code, err) == (0, "")
    assert out.startswith("nothing found   3 accounts in 1 repository, as the forge says\n")
    said = record(tmp_path)
    assert (said["day"], said["clock"], said["source"]["kind"]) == ("2026-11-23", "given", "forge")
    assert said["vendors"] == [{"id": "acme", "whole": True, "missing": [], "open": 0}]


def test_something_found_is_exit_1_and_named_at_the_terminal_only(
    server: FakeGitHub, run: Any, tmp_path: Path
) -> None:
    server.answers[scene.REPO].append(scene.collaborator(scene.SOMEBODY, "admin"))
    code, out, _ = run("--forge", "github")
    assert code == 1
    assert "@mallory (id 666)  in corp/payments  a member that nobody registered, with admin" in out
    assert "mallory" not in json.dumps(record(tmp_path))


def test_what_could_not_be_looked_at_is_exit_3(server: FakeGitHub, run: Any) -> None:
    server.faults[scene.OUTSIDE] = [fake.status(403)]
    code, out, _ = run("--forge", "github")
    assert code == 3
    assert "could not look at\n  outside collaborators of corp: " in out
    assert "→ set OUTSOURCE_GATE_TOKEN to a token of an owner" in out


def test_an_unsigned_record_is_exit_3(server: FakeGitHub, run: Any, tmp_path: Path) -> None:
    code, out, _ = run("--forge", "github", key="")
    assert code == 3
    assert "NOT SIGNED: name a key with --key" in out
    assert "signatures" in json.loads((tmp_path / "review.json").read_text())


def test_a_pattern_alone_leaves_a_vendor_not_wholly_read(server: FakeGitHub, run: Any, tmp_path: Path) -> None:
    scene.folder(tmp_path, acme=scene.ACME.replace("[corp/payments]", '["corp/pay*"]'))
    assert run("--forge", "github")[0] == 2  # nothing to ask for
    code, out, _ = run("--forge", "github", "--repository", "corp/payments")
    assert code == 3
    assert "acme: not every repository was read: corp/pay*" in out


def listed(tmp_path: Path, **changes: Any) -> str:
    (tmp_path / "list.json").write_text(json.dumps(LIST | changes))
    return str(tmp_path / "list.json")


def test_a_list_handed_over_is_of_its_own_day_and_the_record_says_so(run: Any, tmp_path: Path) -> None:
    code, out, _ = run("--collaborators", listed(tmp_path))
    assert code == 0
    assert "as the list of 2026-11-21 that was handed over says" in out
    said = record(tmp_path)
    assert (said["day"], said["source"]["kind"], len(said["source"]["file"])) == ("2026-11-21", "handed-over", 64)


def test_what_a_list_leaves_out_is_not_known(run: Any, tmp_path: Path) -> None:
    row = {"login": "vicv", "id": 4711, "role": "write"}
    code, out, _ = run(
        "--collaborators", listed(tmp_path, repositories=[{"name": "corp/payments", "accounts": [row]}])
    )
    assert code == 3
    assert "second factors: the file that was handed over does not say it" in out
    no_mfa = row | {"mfa": False, "last_active_on": "2026-11-20"}
    listed(tmp_path, repositories=[{"name": "corp/payments", "accounts": [no_mfa]}])
    assert run("--collaborators", str(tmp_path / "list.json"))[0] == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"read_on": "2026-11-24"}, "is to come"),
        ({"read_on": "yesterday"}, "read_on"),
        ({"repositories": []}, "repositories"),
        ({"repositories": [{"name": "corp/payments", "accounts": []}]}, "accounts"),
        ({"more": 1}, "more"),
        ({"version": 2}, "version"),
        ({"repositories": [{"name": "x/y", "accounts": [ROW | {"role": "god"}]}]}, "role"),
    ],
)
def test_a_list_of_another_shape_is_a_usage_error(run: Any, tmp_path: Path, changes: Any, said: str) -> None:
    code, _, err = run("--collaborators", listed(tmp_path, **changes))
    assert code == 2
    assert said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--forge or --collaborators"),
        (("--forge", "github", "--vendor", "globex"), "registered: acme"),
        (("--collaborators", "/nowhere.json"), "No such file"),
        (("--collaborators", "x", "--forge", "github"), "says forge and repositories itself"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(run: Any, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert said in err


@pytest.mark.parametrize(
    "api", ["http://api.corp.example", "https://u@api.corp.example", "ftp://x", "https://x?y=1"]
)
def test_the_token_goes_to_no_address_where_it_could_be_read(
    run: Any, monkeypatch: pytest.MonkeyPatch, api: str
) -> None:
    monkeypatch.setenv("GITHUB_API_URL", api)
    code, _, err = run("--forge", "github")
    assert code == 2
    assert "GITHUB_API_URL" in err
