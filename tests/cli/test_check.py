"""`check` as it is typed: exit codes, files, and what stands on the screen."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from outsource_gate.cli import COMMANDS
from tests.bypass.scene import FLAW, INA, Scene, build
from tests.repo import SigningKey


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[SigningKey, SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    gate("keys", "generate", "--out", str(folder / "gate"), "--no-password", folder=folder)
    return SigningKey.generate(folder, "vic"), SigningKey.generate(folder, "ina")


@pytest.fixture
def scene(tmp_path: Path, keys: tuple[SigningKey, SigningKey]) -> Scene:
    return build(tmp_path, *keys)


def gate(*words: str, folder: Path, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "outsource_gate", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "COLUMNS": "100", **environment},
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def check(scene: Scene, *more: str, code: int = 0, key: bool = True) -> subprocess.CompletedProcess[str]:
    signing = ("--key", str(scene.vic_key.path.with_name("gate.key"))) if key else ()
    frame = ("--repo", "repo", "--policy", "policy", "--base", "main", "--head", "feature")
    handed = ("--change", str(scene.hand_over()), "--now", "2026-11-23T12:00:00Z")
    return gate("check", *frame, *handed, *signing, *more, folder=scene.folder, code=code)


@pytest.mark.tools
def test_a_denied_change_says_what_to_fix_and_leaves_a_signed_record(scene: Scene) -> None:
    scene.commit({"services/ping.py": FLAW})
    shown = check(scene, "--output", "terminal", "--output", "json=outcome.json", code=1).stdout
    assert "DENY" in shown
    assert "services/ping.py:11" in shown
    outcome = json.loads((scene.folder / "outcome.json").read_text())
    assert outcome["decision"] == "DENY"
    record = ("outsource-gate.evidence.json", "--trust", str(scene.vic_key.path.with_name("gate.pub")))
    gate("verify", *record, "--require", "any", folder=scene.folder)
    gate("verify", *record, folder=scene.folder, code=1)
    gate("replay", record[0], folder=scene.folder)


@pytest.mark.tools
def test_every_format_is_written_in_one_run(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"})
    formats = ("json", "markdown", "sarif", "gitlab-codequality", "github")
    outputs = [word for name in formats for word in ("--output", f"{name}=out/{name}")]
    shown = check(scene, *outputs, "--output", "terminal").stdout
    assert "ALLOW" in shown
    assert all((scene.folder / "out" / name).stat().st_size for name in formats[:-1])


def ours(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"}, author=INA)
    scene.by("ida")


def test_our_own_change_is_allowed_by_name_without_a_scanner(scene: Scene) -> None:
    ours(scene)
    done = check(scene)
    assert "ALLOW" in done.stdout
    assert "ina" in done.stdout
    assert "scanning" not in done.stderr


def test_without_a_key_nothing_is_let_through_and_nothing_is_lost(scene: Scene) -> None:
    """The decision stands in the unsigned record; the exit code is 3."""
    ours(scene)
    done = check(scene, code=3, key=False)
    assert "not signed" in done.stderr
    assert (scene.folder / "outsource-gate.evidence.json").exists()
    assert (scene.folder / "outsource-gate.evidence.facts.json.gz").exists()


def test_a_policy_may_leave_signing_open(scene: Scene) -> None:
    ours(scene)
    policy = scene.policy / "policy.yaml"
    policy.write_text(policy.read_text() + "evidence: {signing: optional}\n")
    check(scene, key=False)


def test_a_record_that_cannot_be_written_is_3_whatever_was_decided(scene: Scene) -> None:
    ours(scene)
    done = check(scene, "--evidence", "no/such/folder/record.json", code=3)
    assert "could not be written" in done.stderr


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--output", "yaml"), "allowed: terminal"),
        (("--output", "json", "--output", "markdown"), "two formats"),
        (("--now", "yesterday"), "RFC 3339"),
        (("--now", "2026-11-23T12:00:00"), "offset"),
        (("--base", "nowhere"), "nowhere"),
        (("--stage", "release"), "a command of its own"),
        (("--key", "keyless://x"), "known: file:"),
        (("--key", "awskms://x"), "awskms:///KEY"),
    ],
)
def test_what_cannot_be_meant_is_2_with_one_clear_line(scene: Scene, more: tuple[str, ...], says: str) -> None:
    ours(scene)
    done = check(scene, *more, code=2)
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_policy_that_cannot_be_read_is_2_with_file_and_line(scene: Scene) -> None:
    ours(scene)
    (scene.policy / "policy.yaml").write_text("version: 1\norganization: Corp\ngats: {}\n")
    assert "policy.yaml:3" in check(scene, code=2).stderr


def test_the_push_stage_needs_neither_key_nor_forge(scene: Scene) -> None:
    scene.commit({"core/ledger.py": "x = 1\n"}, author=INA)
    frame = ("--repo", "repo", "--policy", "policy", "--base", "main", "--head", "feature", "--stage", "push")
    assert "ALLOW" in gate("check", *frame, folder=scene.folder).stdout


def test_the_version_loads_neither_scanners_nor_pydantic() -> None:
    program = "import sys; from outsource_gate.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass\n"
    program += "print(sorted({'pydantic', 'rich', 'git', 'cryptography', 'semgrep', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip().endswith("[]")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_shows_an_example(name: str, tmp_path: Path) -> None:
    assert "Example" in gate(name, "--help", folder=tmp_path).stdout


def test_where_the_job_ran_and_whose_pseudonyms_stand_in_the_record(scene: Scene) -> None:
    """Both come from the environment; neither is part of the decision."""
    ours(scene)
    frame = ("--repo", "repo", "--policy", "policy", "--base", "main", "--head", "feature")
    key = ("--key", str(scene.vic_key.path.with_name("gate.key")))
    handed = ("--change", str(scene.hand_over()))
    gate(
        "check",
        *(*frame, *key, *handed),
        folder=scene.folder,
        GITLAB_CI="true",
        OUTSOURCE_GATE_PSEUDONYM_KEY="k" * 32,
    )
    bundle = json.loads((scene.folder / "outsource-gate.evidence.json").read_text())
    predicate = json.loads(base64.b64decode(bundle["dsseEnvelope"]["payload"]))["predicate"]
    assert predicate["run"]["system"] == "gitlab-ci"
    assert predicate["pseudonyms"]["method"] == "hmac-sha256"
