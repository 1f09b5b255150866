"""What hook managers hand on of a push is judged likewise; what they keep to themselves does not pass unseen."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bypass.scene import Scene, build
from tests.cli.test_hook import CORE, connect, gate, push, refs
from tests.repo import SigningKey, environment

ROOT = Path(__file__).resolve().parents[2]
GATE = Path(sys.executable).with_name("outsource-gate")
(MANIFEST,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def scene(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A contractor's clone with a change that is denied; the policy is main's."""
    folder = tmp_path_factory.mktemp("keys")
    scene = build(tmp_path, SigningKey.generate(folder, "vic"), SigningKey.generate(folder, "ina"))
    connect(scene)
    scene.commit(CORE)
    scene.repo.checkout()
    return scene


def handed_over(scene: Scene, **changes: str) -> dict[str, str]:
    """What pre-commit sets for the hooks of a push; see its documentation, pre-push."""
    return {
        "PRE_COMMIT": "1",
        "PRE_COMMIT_FROM_REF": scene.repo.rev("main"),
        "PRE_COMMIT_TO_REF": scene.repo.head,
        "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/feature",
        "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/feature",
        "PRE_COMMIT_REMOTE_NAME": "origin",
        "PRE_COMMIT_REMOTE_URL": str(scene.folder / "server.git"),
    } | changes


def entry(scene: Scene, code: int, **variables: str) -> str:
    """Start the manifest's entry as pre-commit does: no argument, no stdin."""
    words = MANIFEST["entry"].split()
    assert words[0] == GATE.name
    return gate(*words[1:], folder=scene.repo.path, code=code, **variables).stderr


def test_the_entry_judges_the_ref_that_pre_commit_names(scene: Scene) -> None:
    assert "core/ledger.py" in entry(scene, 1, **handed_over(scene))


def test_the_entry_judges_the_whole_branch_not_only_what_is_new_to_the_remote(scene: Scene) -> None:
    scene.repo.git("push", "-q", "--no-verify", "origin", "feature")
    pushed = scene.repo.head
    scene.commit({"docs/x.md": "# x\n"})
    assert "core/ledger.py" in entry(scene, 1, **handed_over(scene, PRE_COMMIT_FROM_REF=pushed))


def test_the_entry_without_a_range_judges_the_branch(scene: Scene) -> None:
    """pre-commit names none where it takes the whole history for new."""
    known = {name: text for name, text in handed_over(scene).items() if not name.endswith("_REF")}
    assert "core/ledger.py" in entry(scene, 1, **known)


def test_the_entry_outside_a_push_passes_nothing(scene: Scene) -> None:
    """`pre-commit run --all-files` hands no ref over."""
    assert "PRE_COMMIT_TO_REF" in entry(scene, 2, PRE_COMMIT="1")


def test_the_manifest_installs_the_scanners_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert MANIFEST["additional_dependencies"] == project["optional-dependencies"]["scanners"]
    assert (MANIFEST["stages"], MANIFEST["always_run"], MANIFEST["pass_filenames"]) == (["pre-push"], True, False)


# --- the real programs --------------------------------------------------------------------------------------------


def run(*words: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{GATE.parent}:{environment()['PATH']}"
    return subprocess.run(
        [*map(str, words)],
        cwd=folder, capture_output=True, text=True, timeout=180, check=False,
        env={**environment(), "PATH": path, "HOME": str(folder.parent), **variables},
    )  # fmt: skip


def fetched(folder: Path, *words: str | Path) -> None:
    """Fetch with the settings of this machine; skip where a package cannot be had."""
    done = subprocess.run([*map(str, words)], cwd=folder, capture_output=True, text=True, timeout=180, check=False)
    if done.returncode:
        pytest.skip(f"{' '.join(map(str, words[:4]))}: {done.stderr.strip()[-200:]}")


@pytest.fixture(scope="module")
def pre_commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pre-commit")
    fetched(folder, sys.executable, "-m", "venv", "venv")
    fetched(
        folder, "venv/bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "pre-commit>=4,<5"
    )
    return folder / "venv" / "bin" / "pre-commit"


@pytest.fixture(scope="module")
def lefthook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lefthook")
    if not shutil.which("npm"):
        pytest.skip("no npm: lefthook cannot be had")
    fetched(
        folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, "lefthook@2"
    )
    return folder / "node_modules" / ".bin" / "lefthook"


def configured(scene: Scene) -> None:
    """Let pre-commit run the manifest's hook as it stands, with the program that is installed here."""
    hook: dict[str, Any] = {name: MANIFEST[name] for name in MANIFEST if name != "minimum_pre_commit_version"}
    hook |= {"language": "system", "additional_dependencies": []}
    del hook["language_version"]
    text = yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]})
    (scene.repo.path / ".pre-commit-config.yaml").write_text(text)


@pytest.mark.tools
def test_pre_commit_itself_runs_the_entry(scene: Scene, pre_commit: Path) -> None:
    """A push that it stops shows what the gate said."""
    assert (
        run(pre_commit, "validate-manifest", ROOT / ".pre-commit-hooks.yaml", folder=scene.repo.path).returncode
        == 0
    )
    configured(scene)
    variables = {"PRE_COMMIT_HOME": str(scene.folder / "home")}
    assert run(pre_commit, "install", "-t", "pre-push", folder=scene.repo.path, **variables).returncode == 0
    done = run("git", "push", "origin", "feature", folder=scene.repo.path, **variables)
    assert done.returncode == 1
    assert "core/ledger.py" in done.stdout + done.stderr
    assert refs(scene) == ["refs/heads/main"]


@pytest.mark.tools
def test_pre_commit_sees_one_ref_and_the_native_hook_beside_it_all(scene: Scene, pre_commit: Path) -> None:
    """Installed first, ours is kept by pre-commit and given every line."""
    configured(scene)
    variables = {"PRE_COMMIT_HOME": str(scene.folder / "home")}
    scene.repo.branch("clean", "main")
    scene.commit({"docs/x.md": "# x\n"})
    clean_first = ("git", "push", "origin", "clean", "feature")
    assert run(pre_commit, "install", "-t", "pre-push", folder=scene.repo.path, **variables).returncode == 0
    assert run(*clean_first, folder=scene.repo.path, **variables).returncode == 0  # what it cannot see
    assert run(pre_commit, "uninstall", "-t", "pre-push", folder=scene.repo.path, **variables).returncode == 0
    gate("hook", "install", folder=scene.repo.path)
    assert run(pre_commit, "install", "-t", "pre-push", folder=scene.repo.path, **variables).returncode == 0
    scene.repo.git("push", "-q", "--no-verify", "origin", ":clean", ":feature")
    done = run(*clean_first, folder=scene.repo.path, **variables)
    assert done.returncode == 1
    assert "branch feature  DENY" in done.stderr
    again = gate("hook", "install", folder=scene.repo.path, code=2)
    assert "runs outsource-gate as pre-push.legacy" in again.stderr


def snippet(language: str, holding: str) -> str:
    """A block of docs/local.md, so that what is printed there is what is tested."""
    blocks = (ROOT / "docs" / "local.md").read_text(encoding="utf-8").split("```")
    (found,) = [block for block in blocks if block.startswith(f"{language}\n") and holding in block]
    return found.partition("\n")[2]


@pytest.mark.node
@pytest.mark.tools
def test_lefthook_hands_every_line_on(scene: Scene, lefthook: Path) -> None:
    """With the job of the docs; without `use_stdin` nothing reaches the gate, and nothing passes."""
    job = snippet("yaml", "use_stdin")
    config = scene.repo.path / "lefthook-local.yml"
    config.write_text(job)
    (scene.repo.path / "lefthook.yml").write_text("{}\n")
    assert run(lefthook, "install", folder=scene.repo.path).returncode == 0
    scene.repo.branch("clean", "main")
    scene.commit({"docs/x.md": "# x\n"})
    variables = {"LEFTHOOK_BIN": str(lefthook)}
    done = run("git", "push", "origin", "clean", "feature", folder=scene.repo.path, **variables)
    shown = done.stdout + done.stderr
    assert done.returncode == 1
    assert "branch clean  ALLOW" in shown
    assert "branch feature  DENY" in shown
    config.write_text(job.replace("use_stdin: true", "use_stdin: false"))
    done = run("git", "push", "origin", "clean", folder=scene.repo.path, **variables)
    assert done.returncode == 1
    assert "stdin names no ref" in done.stdout + done.stderr
    refused = gate("hook", "install", folder=scene.repo.path, code=2)
    assert "written by lefthook" in refused.stderr


@pytest.mark.tools
def test_a_hook_of_ones_own_hands_on_what_it_has_read(scene: Scene) -> None:
    """As the docs say it is done."""
    hook = scene.repo.git_dir / "hooks" / "pre-push"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\n" + snippet("sh", "refs=$(cat)"))
    hook.chmod(0o755)
    path = f"{GATE.parent}:{environment()['PATH']}"
    assert "core/ledger.py" in push(scene.repo.path, "origin", "feature", PATH=path).stderr
    assert push(scene.repo.path, "origin", "main", PATH=path).returncode == 0  # up to date
