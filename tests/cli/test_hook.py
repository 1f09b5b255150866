"""A push is judged before it leaves, and where it arrives: with git's own hooks, in real pushes."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bypass import content, harmless, history, place, rules, silence, who
from tests.bypass.scene import FLAW, INA, SCENARIOS, VIC, Scenario, Scene, build
from tests.repo import Repo, SigningKey, environment
from tests.scanners import planted
from tests.sshd import Server, serving

FAMILIES = (content, harmless, history, place, rules, silence, who)
CORE = {"core/ledger.py": "x = 1\n"}
CLEAN = {"services/a.py": "A = 1\n"}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[SigningKey, SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    return SigningKey.generate(folder, "vic"), SigningKey.generate(folder, "ina")


@pytest.fixture
def scene(tmp_path: Path, keys: tuple[SigningKey, SigningKey]) -> Scene:
    """A contractor's clone, whose origin has main."""
    scene = build(tmp_path, *keys)
    connect(scene)
    return scene


def connect(scene: Scene) -> Repo:
    server = Repo(scene.folder / "server.git", bare=True)
    scene.repo.git("remote", "add", "origin", server.path)
    scene.repo.git("push", "-q", "origin", "main")
    return server


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("sshd")) as server:
        yield server


def gate(
    *words: str, folder: Path, code: int = 0, stdin: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-I", "-m", "outsource_gate", *words],
        cwd=folder, input=stdin, capture_output=True, text=True, timeout=120, check=False,
        env={**environment(), **variables},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def install(scene: Scene, *more: str) -> str:
    return gate("hook", "install", "--policy", str(scene.policy), *more, folder=scene.repo.path).stdout


def push(folder: Path, *words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "push", *map(str, words)],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False, env={**environment(), **variables},
    )  # fmt: skip


def refs(scene: Scene) -> list[str]:
    listing = Repo.git(scene.repo, "ls-remote", scene.folder / "server.git")
    return sorted(line.partition("\t")[2] for line in listing.splitlines() if not line.endswith("HEAD"))


def annotated(repo: Repo, name: str) -> None:
    body = f"object {repo.head}\ntype commit\ntag {name}\ntagger {VIC} 1767225600 +0000\n\n{name}\n"
    repo.update_ref(f"refs/tags/{name}", repo.write_object("tag", body.encode()))


# --- pre-push ---------------------------------------------------------------------------------------------------


def test_a_denied_push_sends_nothing_and_says_what_to_change(scene: Scene) -> None:
    install(scene)
    scene.commit(CORE)
    done = push(scene.repo.path, "origin", "feature")
    assert done.returncode == 1
    assert "core/ledger.py" in done.stderr
    assert "Nothing was pushed" in done.stderr
    assert refs(scene) == ["refs/heads/main"]


def test_the_command_on_the_screen_judges_the_same_without_a_push(scene: Scene) -> None:
    install(scene)
    scene.commit(CORE)
    shown = push(scene.repo.path, "origin", "feature").stderr
    (command,) = [line.strip() for line in shown.splitlines() if line.strip().startswith("outsource-gate check")]
    again = gate(*command.split()[1:], "--evidence", "../again.json", folder=scene.repo.path, code=1)
    assert "core/ledger.py" in again.stdout


@pytest.mark.tools
def test_a_push_without_fault_goes_out(scene: Scene) -> None:
    """One line says so, and the other stream is left to git."""
    install(scene)
    scene.commit(CLEAN)
    done = push(scene.repo.path, "--porcelain", "origin", "feature")
    assert (done.returncode, refs(scene)) == (0, ["refs/heads/feature", "refs/heads/main"]), done.stderr
    assert "branch feature  ALLOW" in done.stderr
    assert "outsource-gate" not in done.stdout


def test_one_denied_ref_denies_the_push(scene: Scene) -> None:
    """Every ref is judged: a branch of ours, a contractor's, its annotated tag, and one that is deleted."""
    install(scene)
    scene.repo.git("push", "-q", "--no-verify", "origin", "main:old")
    scene.commit({"services/ours.py": "A = 1\n"}, author=INA)
    scene.repo.branch("theirs", "main")
    scene.commit(CORE)
    annotated(scene.repo, "v1")
    done = push(scene.repo.path, "origin", "feature", "theirs", "v1", ":old")
    assert done.returncode == 1
    assert "branch feature  ALLOW" in done.stderr
    assert "branch theirs  DENY" in done.stderr
    assert "tag v1  DENY" in done.stderr
    assert "branch old  is deleted" in done.stderr
    assert refs(scene) == ["refs/heads/main", "refs/heads/old"]


def test_a_deletion_alone_passes_even_where_nothing_is_known_of_the_remote(scene: Scene) -> None:
    install(scene)
    scene.repo.git("push", "-q", "--no-verify", "origin", "main:old")
    for ref in ("main", "old"):
        scene.repo.git("update-ref", "-d", f"refs/remotes/origin/{ref}")
    assert push(scene.repo.path, "origin", ":old").returncode == 0
    assert refs(scene) == ["refs/heads/main"]


@pytest.mark.tools
def test_the_message_of_a_tag_is_judged_with_the_commits_it_brings(scene: Scene) -> None:
    """The branch alone may go out; a credential is only in the tag object."""
    install(scene)
    scene.commit(CLEAN)
    header = f"object {scene.repo.head}\ntype commit\ntag v1\ntagger {VIC} 1767225600 +0000"
    body = f"{header}\n\nKey {planted.github()}\n"
    scene.repo.update_ref("refs/tags/v1", scene.repo.write_object("tag", body.encode()))
    done = push(scene.repo.path, "origin", "feature", "v1")
    assert done.returncode == 1
    assert "branch feature  ALLOW" in done.stderr
    assert "tag v1  DENY" in done.stderr
    assert "a GitHub token in the tag object" in done.stderr
    assert planted.github() not in done.stderr


def test_a_tag_of_what_the_remote_has_passes(scene: Scene) -> None:
    install(scene)
    scene.repo.tag("v0", "main")
    assert push(scene.repo.path, "origin", "v0").returncode == 0


@pytest.mark.parametrize("ref", ["refs/notes/x", "refs/for/main", "refs/heads/deep/er"])
def test_a_ref_of_any_kind_is_judged(scene: Scene, ref: str) -> None:
    install(scene)
    scene.commit(CORE)
    assert push(scene.repo.path, "origin", f"HEAD:{ref}").returncode == 1
    assert refs(scene) == ["refs/heads/main"]


def test_a_forced_push_is_judged_whole(scene: Scene) -> None:
    """What slipped through before is seen again."""
    install(scene)
    scene.commit(CORE)
    scene.repo.git("push", "-q", "--no-verify", "origin", "feature")
    scene.repo.commit("Again", {"docs/x.md": "# x\n"}, author=VIC, parents=[scene.repo.rev("feature")])
    assert "core/ledger.py" in push(scene.repo.path, "origin", "feature").stderr
    scene.repo.commit("Anew", CORE, author=VIC, parents=[scene.repo.rev("main")])
    done = push(scene.repo.path, "--force", "origin", "feature")
    assert done.returncode == 1
    assert "forced: 1 commit of it would be gone" in done.stderr


def test_a_target_that_moved_on_is_undecided_with_the_fetch_that_helps(scene: Scene) -> None:
    install(scene)
    other = Repo(scene.folder / "other")
    other.git("fetch", "-q", scene.folder / "server.git", "main")
    other.update_ref("refs/heads/main", other.rev("FETCH_HEAD"))
    other.commit("Meanwhile", {"services/new.py": "A = 1\n"}, author=INA)
    other.git("push", "-q", scene.folder / "server.git", "main")
    scene.commit({"services/b.py": "B = 1\n"})
    done = push(scene.repo.path, "--force", "origin", "feature:main")
    assert done.returncode == 1  # git's own; what the gate said stands on the screen
    assert "UNDECIDED" in done.stderr
    assert "git fetch" in done.stderr


def test_nothing_lies_around_after_a_push(scene: Scene) -> None:
    """The record is below the git directory, and the next push of the ref replaces it."""
    install(scene)
    scene.commit(CORE)
    scene.repo.checkout()
    for _ in range(2):
        push(scene.repo.path, "origin", "feature")
    assert scene.repo.git("status", "--porcelain") == ""
    records = sorted(path.name for path in (scene.repo.git_dir / "outsource-gate").iterdir())
    assert [name.partition(".")[2] for name in records] == ["evidence.facts.json.gz", "evidence.json"]


def test_without_a_policy_of_its_own_the_hook_takes_the_targets(scene: Scene) -> None:
    """Not the branch's: a contractor who rewrites it there is judged by what stands on main."""
    gate("hook", "install", folder=scene.repo.path)
    ours = {".outsource-gate/vendors/acme.yaml": None, **CORE}
    scene.commit(ours)
    scene.repo.git("push", "-q", "--no-verify", "origin", "feature")
    scene.commit({"core/more.py": "x = 1\n"})
    done = push(scene.repo.path, "origin", "feature")
    assert done.returncode == 1
    assert "Acme Dev Ltd must not touch this path" in done.stderr


def test_a_policy_below_the_git_directory_may_be_remembered_and_one_in_the_checkout_not(scene: Scene) -> None:
    kept = scene.repo.git_dir / "corp-policy"
    scene.policy.rename(kept)
    assert str(kept) in gate("hook", "install", "--policy", str(kept), folder=scene.repo.path).stdout
    scene.commit(CORE)
    assert "core/ledger.py" in push(scene.repo.path, "origin", "feature").stderr
    inside = scene.repo.path / "policy"
    kept.rename(inside)
    for command in ("install", "pre-push"):
        remote = () if command == "install" else ("origin",)
        head = f"HEAD {scene.repo.head} refs/heads/feature {'0' * 40}\n"
        done = gate("hook", command, "--policy", str(inside), *remote, folder=scene.repo.path, stdin=head, code=2)
        assert "inside the checkout" in done.stderr


@pytest.mark.parametrize("place", ["worktree", "folder-within", "git-dir-elsewhere", "git-dir-in-another-clone"])
def test_the_repository_is_the_one_that_is_pushed_from(scene: Scene, place: str) -> None:
    """Whatever git says of it in GIT_DIR, which may be relative, and whatever lies where the hook is started."""
    install(scene)
    scene.commit(CORE)
    within, options = scene.repo.path, tuple[str, ...]()
    if place == "worktree":
        within = scene.folder / "second"
        scene.repo.git("worktree", "add", "-q", "--detach", within, "feature")
    elif place == "folder-within":
        scene.repo.checkout()
        within = scene.repo.path / "services"
    else:
        within = scene.folder / "elsewhere"
        within.mkdir()
        options = ("--git-dir=../repo/.git", "--work-tree=.")
        if place == "git-dir-in-another-clone":
            Repo(within).commit("Something else", CLEAN)
    done = subprocess.run(
        ["git", *options, "push", "origin", "feature"],
        cwd=within, capture_output=True, text=True, timeout=120, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 1
    assert "core/ledger.py" in done.stderr
    assert (scene.repo.git_dir / "outsource-gate").exists()


@pytest.mark.parametrize(
    ("stdin", "says"), [("", "stdin names no ref"), ("refs/heads/a\n", "no line of it"), ("\n", "no line of it")]
)
def test_what_is_not_handed_on_is_not_passed(scene: Scene, stdin: str, says: str) -> None:
    """A hook manager that keeps stdin to itself must not make a push pass unseen."""
    done = gate("hook", "pre-push", "origin", "url", folder=scene.repo.path, stdin=stdin, code=2)
    assert says in done.stderr


def test_a_password_in_the_address_is_not_shown(scene: Scene) -> None:
    install(scene)
    scene.commit(CORE)
    head = f"HEAD {scene.repo.head} refs/heads/feature {'0' * 40}\n"
    url = "https://vic:hunter2@forge.example/corp/payments.git"
    frame = ("hook", "pre-push", "--policy", str(scene.policy), url, url)
    done = gate(*frame, folder=scene.repo.path, stdin=head, code=1)
    assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.tools
def test_a_push_over_ssh_is_judged_before_it_leaves(scene: Scene, sshd: Server) -> None:
    install(scene)
    scene.commit(CORE)
    url = sshd.url(scene.folder / "server.git")
    scene.repo.git("remote", "set-url", "origin", url)
    assert "core/ledger.py" in push(scene.repo.path, "origin", "feature", **sshd.environment).stderr
    scene.repo.branch("clean", "main")
    scene.commit(CLEAN)
    assert push(scene.repo.path, "origin", "clean", **sshd.environment).returncode == 0
    assert refs(scene) == ["refs/heads/clean", "refs/heads/main"]


def test_uninstalled_it_asks_nothing(scene: Scene) -> None:
    install(scene)
    gate("hook", "uninstall", folder=scene.repo.path)
    scene.commit(CORE)
    assert push(scene.repo.path, "origin", "feature").returncode == 0


# --- the same answer as CI ----------------------------------------------------------------------------------------

SAME = [
    scenario
    for number, scenario in enumerate(SCENARIOS)
    if number % 8 == 0 and scenario.script.__module__ in {family.__name__ for family in FAMILIES}
]


@pytest.mark.tools
@pytest.mark.parametrize("scenario", SAME, ids=lambda scenario: scenario.id)
def test_the_hook_answers_as_ci_does(
    scenario: Scenario, tmp_path: Path, keys: tuple[SigningKey, SigningKey]
) -> None:
    """Everything that the push stage asks: verdicts, reasons, findings, coverage, byte for byte in the record."""
    scene = build(tmp_path, *keys)
    scenario.script(scene)
    server = connect(scene)
    head = scene.head or scene.repo.current
    pushed = push(scene.repo.path, "--no-verify", "origin", f"{head}:refs/heads/feature")
    assert pushed.returncode == 0, pushed.stderr
    ci = Repo(tmp_path / "ci")
    ci.git("fetch", "-q", server.path, "+refs/heads/*:refs/remotes/origin/*")
    policy = () if scene.policy_in_repo else ("--policy", str(scene.policy))
    frame = ("--stage", "push", "--base", "refs/remotes/origin/main", "--head", scene.repo.rev(head))
    evidence = ("--evidence", str(tmp_path / "ci.json"))
    checked = subprocess.run(
        [sys.executable, "-I", "-m", "outsource_gate", "check", *frame, *policy, *evidence],
        cwd=ci.path, capture_output=True, timeout=120, check=False, env=environment(),
    )  # fmt: skip
    stdin = f"{head} {scene.repo.rev(head)} refs/heads/feature {'0' * 40}\n"
    frame = ("hook", "pre-push", *policy, "origin", str(server.path))
    hook = gate(*frame, folder=scene.repo.path, stdin=stdin, code=checked.returncode)
    (record,) = (scene.repo.git_dir / "outsource-gate").glob("*.evidence.json")
    assert judged(record) == judged(tmp_path / "ci.json"), hook.stderr


def judged(record: Path) -> dict[str, Any]:
    """What a record says of the change, without when and where it was judged."""
    predicate = json.loads(base64.b64decode(json.loads(record.read_text())["payload"]))["predicate"]
    return {name: part for name, part in predicate.items() if name not in ELSEWHERE}


ELSEWHERE = ("decisionDigest", "facts", "madeAt", "repository", "run")  # the time is in the two digests


# --- pre-receive --------------------------------------------------------------------------------------------------


def serve(scene: Scene, *options: str) -> Repo:
    """Let the server judge."""
    server = Repo(scene.folder / "server.git", bare=True)
    gate("hook", "install", "pre-receive", "--policy", str(scene.policy), *options, folder=server.path)
    return server


@pytest.mark.tools
@pytest.mark.parametrize("way", ["file", "ssh"])
def test_a_server_refuses_what_is_denied_and_takes_what_is_not(
    scene: Scene, way: str, request: pytest.FixtureRequest
) -> None:
    """The objects lie in quarantine then, and the reasons reach whoever pushes."""
    server = serve(scene)
    url, variables = f"file://{server.path}", {}
    if way == "ssh":
        sshd = request.getfixturevalue("sshd")
        url, variables = sshd.url(server.path), sshd.environment
    scene.commit({"services/ping.py": FLAW, **CORE})
    done = push(scene.repo.path, url, "feature", "main:refs/heads/copy", **variables)
    assert done.returncode == 1
    assert "remote:  ✗ branch feature  DENY  compared with main" in done.stderr
    assert "services/ping.py:11" in done.stderr
    assert max(len(line.rstrip()) for line in done.stderr.splitlines() if line.startswith("remote: ")) <= 80
    assert refs(scene) == ["refs/heads/main"]
    scene.repo.branch("clean", "main")
    scene.commit(CLEAN)
    assert push(scene.repo.path, url, "clean", "main:refs/heads/copy", **variables).returncode == 0
    assert push(scene.repo.path, url, ":copy", **variables).returncode == 0
    assert refs(scene) == ["refs/heads/clean", "refs/heads/main"]


def test_a_server_may_ask_what_the_change_stage_asks(scene: Scene) -> None:
    """Then it needs a key and what a forge would say; without them the push is undecided and refused."""
    server = serve(scene)
    gate("keys", "generate", "--out", "gate", "--no-password", folder=scene.folder)
    scene.commit({"docs/x.md": "# x\n"})
    hook = server.path / "hooks" / "pre-receive"
    call = f"'{sys.executable}' -I -m outsource_gate hook pre-receive --stage change --policy '{scene.policy}'"
    hook.write_text(f"#!/bin/sh\n{call}\n")
    assert "UNDECIDED" in push(scene.repo.path, "origin", "feature").stderr
    scene.reviews = []
    hook.write_text(f"#!/bin/sh\n{call} --key 'file:{scene.folder}/gate.key' --change '{scene.hand_over()}'\n")
    assert "0 of 1 independent approvals" in push(scene.repo.path, "origin", "feature").stderr
    assert "--change speaks of one change" in push(scene.repo.path, "origin", "feature", "feature:two").stderr
    assert refs(scene) == ["refs/heads/main"]
    scene.reviews = None
    scene.hand_over()
    done = push(scene.repo.path, "origin", "feature")
    assert "ALLOW" in done.stderr
    assert "signed" not in done.stderr


def test_a_server_never_lets_its_main_branch_be_rewritten(scene: Scene) -> None:
    serve(scene)
    scene.repo.switch("main")
    scene.repo.commit("Other", {"docs/x.md": "# x\n"}, author=INA, parents=[])
    assert "would be gone" in push(scene.repo.path, "--force", "origin", "main").stderr
    assert "deletes it is not judged" in push(scene.repo.path, "origin", ":main").stderr
    assert refs(scene) == ["refs/heads/main"]


def test_without_a_policy_the_first_steps_are_told(scene: Scene) -> None:
    gate("hook", "install", folder=scene.repo.path)
    bare = scene.repo.commit("No policy", {}, author=INA, parents=[], tree=scene.repo.raw_tree([]))
    scene.repo.update_ref("refs/remotes/origin/main", bare)
    scene.repo.orphan("other")
    scene.repo.commit("Work", {"a.py": "A = 1\n"}, parents=[bare])
    done = push(scene.repo.path, "origin", "other")
    assert done.returncode == 1
    assert "no .outsource-gate/policy.yaml there" in done.stderr
    assert "--policy" in done.stderr
