"""Does the evidence ref only ever grow, whoever pushes, whatever they push, and whatever breaks on the way?"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import outsource_gate
from outsource_gate.errors import GitError
from outsource_gate.git import evidence_ref
from outsource_gate.git.evidence_exchange import Pushed, fetch, local_ref, push, tip_of
from outsource_gate.git.evidence_ref import REF, RewrittenError, additions, facts_path_of, path_of
from outsource_gate.git.remote import find_remote
from outsource_gate.git.repository import Repository
from tests.repo import GITLINK, SYMLINK, TREE, Entry, File, ObjectFormat, Repo, environment

HEAD, OTHER = "a" * 40, "b" * 40


def digest(name: str | int) -> str:
    return hashlib.sha256(str(name).encode()).hexdigest()


class Place:
    """A server and a clone of it."""

    def __init__(self, folder: Path, object_format: ObjectFormat = "sha1", *, filters: bool = True) -> None:
        self.server = Repo(folder / "server.git", bare=True, object_format=object_format)
        if filters:  # as the big forges have it
            self.server.config("uploadpack.allowFilter", "true")
        self.repo = Repo(folder / "clone", object_format=object_format)
        self.repo.commit("one", {"a": "1"})
        self.repo.git("remote", "add", "origin", self.server.path)
        self.repo.git("push", "-q", "origin", "main")
        self.clone = Repository.open(self.repo.path)
        self.remote = find_remote("origin", self.clone, {})

    def push(self, name: str | int, head: str = HEAD, *, content: bytes = b"", seconds: float = 60.0) -> Pushed:
        files = {path_of(head, digest(name)): content or str(name).encode()}
        return push(self.clone, self.remote, REF, files, f"ALLOW {name}\n", {}, seconds=seconds)

    def fetch(self) -> str:
        return fetch(self.clone, self.remote, REF, {}).tip

    def names(self) -> list[str]:
        """The digests on the server, newest first, as a new clone sees them."""
        return [added.digest for added in additions(Repository.open(self.server.path), self.tip())]

    def tip(self) -> str:
        return self.server.rev(REF)

    def hook(self, script: str, name: str = "pre-receive") -> None:
        hook = self.server.git_dir / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\n" + script)
        hook.chmod(0o755)

    def commit(self, files: Mapping[str, str | File | Entry | None], parents: list[str] | None = None) -> str:
        """Somebody with the right to push puts a commit on the ref by hand."""
        self.server.switch("hostile")
        for path, content in files.items():
            self.server.write(path, content)
        old = self.server.git("for-each-ref", "--format=%(objectname)", REF)
        commit = self.server.commit("by hand", parents=[old] * bool(old) if parents is None else parents)
        self.server.update_ref(REF, commit)
        return commit


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.parametrize("filters", [True, False])
@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_records_come_back_in_the_order_they_were_pushed(
    tmp_path: Path, object_format: ObjectFormat, filters: bool
) -> None:
    """Newest first; with SHA-1 and SHA-256, with servers that can leave files out and with those that cannot."""
    place = Place(tmp_path, object_format, filters=filters)
    head = place.repo.head
    for number in range(4):
        assert not place.push(number, head if number % 2 else OTHER).was_there
    tip = place.fetch()
    found = list(additions(place.clone, tip))
    assert [(added.digest, added.head) for added in found] == [
        (digest(number), head if number % 2 else OTHER) for number in (3, 2, 1, 0)
    ]
    assert [added.digest for added in additions(place.clone, tip, head=head)] == [digest(3), digest(1)]
    assert place.repo.git("cat-file", "blob", found[0].blob) == "3"
    assert place.repo.git("fsck", "--strict") == ""


def test_a_record_that_is_there_already_is_success(place: Place) -> None:
    """The ref stays as it is, and the answer says so."""
    first = place.push(1)
    assert place.push(1) == Pushed(first.tip, was_there=True)
    assert place.tip() == first.tip


def test_another_envelope_under_the_same_name_is_refused(place: Place) -> None:
    """Nothing that is there is ever changed."""
    first = place.push(1)
    with pytest.raises(GitError, match="is there already, with other content"):
        place.push(1, content=b"signed by another key")
    assert place.tip() == first.tip


def test_facts_lie_beside_their_record(place: Place) -> None:
    """Both are added by one commit, and facts may follow later."""
    path = path_of(HEAD, digest(1))
    files = {path: b"1", facts_path_of(path): b"facts"}
    push(place.clone, place.remote, REF, files, "m", {})
    assert place.server.git("diff-tree", "-r", "--root", "--name-only", "--no-commit-id", REF).splitlines() == [
        facts_path_of(path),
        path,
    ]
    place.push(2)
    push(place.clone, place.remote, REF, {facts_path_of(path_of(HEAD, digest(2))): b"f"}, "m", {})
    assert place.names() == [digest(2), digest(1)]


def test_an_evidence_repository_of_the_other_format_takes_records(tmp_path: Path, place: Place) -> None:
    """The record of a SHA-1 commit goes to a SHA-256 repository; to read it there, one clones that."""
    other = Place(tmp_path / "other", "sha256")
    remote = find_remote(str(other.server.path), place.clone, {})
    ref = local_ref(str(other.server.path), remote)
    push(place.clone, remote, ref, {path_of(HEAD, digest(1)): b"1"}, "m", {})
    assert other.names() == [digest(1)]
    with pytest.raises(GitError, match="is a sha256 repository, this clone is sha1"):
        fetch(place.clone, remote, ref, {})


# --- nobody's settings --------------------------------------------------------------------------------------------


def test_the_committer_is_nobody_s_person(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the user's git configuration nor the environment puts a name into the ref."""
    place.repo.config("user.name", "Ida Internal")
    place.repo.config("commit.gpgSign", "true")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ida Internal")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "ida@corp.example")
    monkeypatch.setenv("EMAIL", "ida@corp.example")
    place.push(1)
    commit = place.server.git("cat-file", "commit", REF)
    assert commit.count("outsource-gate <evidence@outsource-gate.example>") == 2
    assert "Ida" not in commit
    assert "ida@" not in commit
    assert "gpgsig" not in commit


def test_nothing_of_the_clone_or_the_environment_is_started(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hooks, helpers, rewritten addresses and variables of either have no effect."""
    started = tmp_path / "started"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\necho $0 >>{started}\nexit 1\n")
    script.chmod(0o755)
    hooks = place.repo.git_dir / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-push", "reference-transaction", "post-index-change", "pre-auto-gc", "post-rewrite"):
        (hooks / name).symlink_to(script)
    for key, value in {
        "core.hooksPath": str(hooks),
        "credential.helper": f"!{script}",
        "core.sshCommand": str(script),
        "core.fsmonitor": str(script),
        "core.askPass": str(script),
        "core.alternateRefsCommand": str(script),
        "uploadpack.packObjectsHook": str(script),
        "gpg.program": str(script),
        "push.gpgSign": "true",
        "remote.origin.uploadpack": str(script),
        "remote.origin.receivepack": str(script),
        "url.ext::false.insteadOf": str(place.server.path),
        "protocol.ext.allow": "always",
    }.items():
        place.repo.config(key, value)
    for name in ("GIT_SSH_COMMAND", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_EXTERNAL_DIFF", "GIT_PROXY_COMMAND"):
        monkeypatch.setenv(name, str(script))
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG_GLOBAL", "GIT_EXEC_PATH"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "junk")
    place.push(1)
    place.fetch()
    place.push(2)
    assert not started.exists()
    assert place.server.git("rev-list", "--count", REF) == "2"


def test_work_tree_index_and_branches_stay_as_they_are(place: Place) -> None:
    """Pushing and fetching write objects and one ref."""
    place.repo.checkout()
    index = place.repo.git_dir / "index"

    def seen() -> tuple[bytes, str, str]:
        refs = place.repo.git("for-each-ref", "refs/heads", "refs/remotes", "refs/tags")
        return index.read_bytes(), refs, place.repo.git("status", "--porcelain")

    before = seen()
    place.push(1)
    place.fetch()
    assert seen() == before
    assert place.repo.git("for-each-ref", "--format=%(refname)", "refs/outsource-gate") == REF


def test_a_shallow_clone_has_the_whole_ref(tmp_path: Path, place: Place) -> None:
    """What CI checks out can look records up, and stays shallow."""
    place.repo.commit("two", {"a": "2"})
    place.repo.git("push", "-q", "origin", "main")
    for number in range(3):
        place.push(number)
    shallow = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", f"file://{place.server.path}", str(shallow)],
        check=True, capture_output=True, env=environment(),
    )  # fmt: skip
    clone = Repository.open(shallow)
    done = fetch(clone, find_remote("origin", clone, {}), REF, {})
    assert len(list(additions(clone, done.tip))) == 3
    assert push(clone, find_remote("origin", clone, {}), REF, {path_of(HEAD, digest(9)): b"9"}, "m", {}).tip
    assert clone.completeness() is not None
    assert place.names()[0] == digest(9)


# --- several at once, and what breaks -----------------------------------------------------------------------------

WORKER = """
import sys
sys.path[:0] = sys.argv[1].split(":")
from pathlib import Path
from outsource_gate.git.evidence_exchange import push
from outsource_gate.git.evidence_ref import REF, path_of
from outsource_gate.git.remote import find_remote
from outsource_gate.git.repository import Repository
clone = Repository.open(Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
remote = find_remote("origin", clone, {})
push(clone, remote, REF, {path_of(sys.argv[3], sys.argv[4]): b"x"}, "m", {})
"""


def worker(place: Place, head: str, name: str | int) -> subprocess.Popen[str]:
    """A process that will push one record once it is told to."""
    source = str(Path(outsource_gate.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, source, str(place.repo.path), head, digest(name)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(place.repo.path.parent)},  # what a killed one leaves goes with the test
    )


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert process.stdin
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()


def test_eight_at_once_all_arrive(place: Place) -> None:
    """None is lost, none is there twice, and the history is one line."""
    workers = [worker(place, HEAD if number % 2 else OTHER, number) for number in range(8)]
    for process in workers:
        go(process)
    complaints = [process.communicate(timeout=120)[1] for process in workers]
    assert complaints == [""] * 8
    assert sorted(place.names()) == sorted(map(digest, range(8)))
    assert place.server.git("rev-list", "--count", REF) == "8"
    assert place.server.git("rev-list", "--min-parents=2", REF) == ""
    assert place.server.git("fsck", "--strict", "--no-dangling") == ""


def test_killed_in_the_middle(place: Place, tmp_path: Path) -> None:
    """After kill -9 while the server thinks, the ref is sound and the record can be pushed again."""
    place.push(0)
    arrived, may_go = tmp_path / "arrived", tmp_path / "go"
    place.hook(f"touch {arrived}\nfor i in $(seq 200); do test -e {may_go} && exit 0; sleep 0.05; done\nexit 1\n")
    process = worker(place, HEAD, 1)
    go(process)
    wait_for(arrived.exists)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    assert place.names() == [digest(0)]
    may_go.touch()
    place.push(1, content=b"x")
    assert place.names() == [digest(1), digest(0)]
    assert place.server.git("fsck", "--strict", "--no-dangling") == ""


@pytest.mark.parametrize("after_seconds", [0.0, 0.02, 0.04, 0.06, 0.08])
def test_killed_at_any_moment(place: Place, after_seconds: float) -> None:
    """Wherever it ends, the record is there or it is not, and is there once after a second try."""
    place.push(0)
    process = worker(place, HEAD, 1)
    go(process)
    time.sleep(after_seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    place.push(1, content=b"x")
    assert place.names() == [digest(1), digest(0)]
    assert place.server.git("fsck", "--strict", "--no-dangling") == ""


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_server_that_refuses(place: Place, tmp_path: Path) -> None:
    """Its own words are told after a bounded number of tries."""
    place.push(0)
    place.hook(f"echo x >>{tmp_path / 'asked'}\necho records are not wanted here >&2\nexit 1\n")
    with pytest.raises(GitError, match=r"takes nothing on .*records are not wanted here"):
        place.push(1)
    assert (tmp_path / "asked").read_text().count("x") <= 3
    assert place.names() == [digest(0)]


def test_a_server_that_hides_the_ref_from_writing(place: Place) -> None:
    place.server.config("receive.hideRefs", "refs/outsource-gate")
    with pytest.raises(GitError, match="takes nothing on"):
        place.push(1)


def test_a_server_that_hangs(place: Place, tmp_path: Path) -> None:
    """Time is bounded as a whole, and nothing is left running."""
    place.hook(f"echo $$ >{tmp_path / 'pid'}\nexec sleep 60\n")
    began = time.monotonic()
    with pytest.raises(GitError, match="longer than"):
        place.push(1, seconds=1.5)
    assert time.monotonic() - began < 10
    pid = int((tmp_path / "pid").read_text())
    wait_for(lambda: not alive(pid))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_a_server_that_dies_before_it_answers(place: Place) -> None:
    """It took the record and did not say so; the next look finds it there."""
    place.push(0)
    place.hook('[ "$1" = committed ] && kill -9 $PPID\nexit 0\n', "reference-transaction")
    assert place.push(1).was_there is False
    assert place.names() == [digest(1), digest(0)]


def test_a_server_that_is_not_there(place: Place) -> None:
    """The clone keeps what it has."""
    place.push(1)
    tip = place.fetch()
    place.server.path.rename(place.server.path.with_name("moved"))
    with pytest.raises(GitError, match="cannot be asked"):
        place.push(2)
    with pytest.raises(GitError, match="cannot be asked"):
        place.fetch()
    assert tip_of(place.clone, REF) == tip


def test_no_evidence_yet(place: Place) -> None:
    """Fetching before anything was pushed says so."""
    with pytest.raises(GitError, match="has no refs/outsource-gate/evidence yet"):
        place.fetch()


# --- a ref that others wrote to -----------------------------------------------------------------------------------


def test_a_rewritten_ref_is_named_by_both_tips(place: Place) -> None:
    """A clone that has seen more than the server now has takes nothing from it and pushes nothing to it."""
    first = place.push(1).tip
    place.push(2)
    seen = place.fetch()
    place.server.update_ref(REF, first)
    for act in (place.fetch, lambda: place.push(3)):
        with pytest.raises(RewrittenError, match=f"{seen}.*{first}"):
            act()
    place.server.git("update-ref", "-d", REF)
    for act in (place.fetch, lambda: place.push(3)):
        with pytest.raises(RewrittenError, match=f"{seen}, and is gone"):
            act()
    assert tip_of(place.clone, REF) == seen


def test_a_rewrite_between_two_tries_is_noticed(place: Place, tmp_path: Path) -> None:
    """Even a clone without any memory does not follow a ref that was rewritten under its hands."""
    first = place.push(1).tip
    place.push(2)
    place.hook(f"echo {first} >{place.server.git_dir / REF}\nexit 1\n")
    with pytest.raises(RewrittenError, match=first):
        place.push(3)


@pytest.mark.parametrize("kind", ["removed", "changed", "replaced"])
def test_a_record_taken_away_by_an_ordinary_push(place: Place, kind: str) -> None:
    """A commit that removes or changes a record is no news but tampering."""
    place.push(1)
    seen = place.fetch()
    path = path_of(HEAD, digest(1))
    place.server.switch("hostile")
    bad = place.commit({path: {"removed": None, "changed": "x", "replaced": File("x", SYMLINK)}[kind], "z": "1"})
    place.push(2)
    with pytest.raises(RewrittenError, match=f"commit {bad} changed or removed {path}"):
        place.fetch()
    assert tip_of(place.clone, REF) == seen


def test_a_history_with_a_merge_has_no_order(place: Place) -> None:
    first = place.push(1).tip
    side = place.commit({path_of(HEAD, digest(2)): "2"}, parents=[])
    place.commit({path_of(HEAD, digest(3)): "3"}, parents=[first, side])
    with pytest.raises(GitError, match="not linear"):
        place.fetch()


def test_what_is_no_record_is_passed_over(place: Place) -> None:
    """Links, submodules, programs, foreign files and records in wrong folders are not given, and harm nothing."""
    place.commit(
        {
            "README": "hello",
            "records/README": "hello",
            path_of(HEAD, digest("link")): File("/etc/passwd", SYMLINK),
            path_of(HEAD, digest("program")): File("#!/bin/sh", "100755"),
            path_of(HEAD, digest("module")): Entry(GITLINK, "c" * 40),
            f"records/bb/{HEAD}/{digest('elsewhere')}.json": "x",
            f"records/aa/{HEAD}/{digest('upper').upper()}.json": "x",
            f"records/aa/{HEAD}/{digest('nested')}.json/{digest('in')}.json": "x",
            f"records/aa/{HEAD}/x\n{digest('line')}.json": "x",
            path_of(HEAD, digest("record")): "x",
        }
    )
    tip = place.fetch()
    assert [added.digest for added in additions(place.clone, tip)] == [digest("record")]
    place.push("next")
    assert place.names() == [digest("next"), digest("record")]


@pytest.mark.parametrize("where", ["records", "records/aa", f"records/aa/{HEAD}"])
def test_a_file_where_a_folder_has_to_be(place: Place, where: str) -> None:
    """The gate does not replace it, and says where it stands."""
    tip = place.commit({where: "x"})
    with pytest.raises(GitError, match="is no folder"):
        place.push(1)
    assert place.tip() == tip


def test_a_malformed_tree_does_not_get_into_the_clone(place: Place) -> None:
    """git's own checks stand before the clone."""
    blob = place.server.blob("x")
    inner = place.server.raw_tree([("100644", ".git", blob)])
    tree = place.server.raw_tree([(TREE, "records", inner)])
    place.server.update_ref(REF, place.server.commit("hostile", tree=tree, parents=[]))
    with pytest.raises(GitError):
        place.fetch()
    assert tip_of(place.clone, REF) == ""


def test_twenty_thousand_entries(place: Place) -> None:
    """Pushed by somebody in one commit, they are listed in bounded time, and the next record is added to them."""
    place.commit({path_of(HEAD, digest(number)): "x" for number in range(20_000)})
    began = time.monotonic()
    place.push("next")
    tip = place.fetch()
    assert next(additions(place.clone, tip)).digest == digest("next")
    assert sum(1 for _ in additions(place.clone, tip)) == 20_001
    assert time.monotonic() - began < 30


def test_a_small_tree_with_billions_of_paths(place: Place) -> None:
    """Reading it ends by a bound on memory, long before the one on time."""
    tree = place.server.raw_tree([("100644", f"{number:03}", place.server.blob("x")) for number in range(100)])
    for _ in range(8):  # 100 ** 9 files
        tree = place.server.raw_tree([(TREE, f"{number:03}", tree) for number in range(100)])
    tree = place.server.raw_tree([(TREE, "records", tree)])
    place.server.update_ref(REF, place.server.commit("bomb", tree=tree, parents=[]))
    began = time.monotonic()
    with pytest.raises(GitError, match="out of memory"):
        list(additions(Repository.open(place.server.path), place.tip()))
    assert time.monotonic() - began < 30


def test_a_commit_with_more_than_is_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many are no gate's work."""
    place.commit({path_of(HEAD, digest(number)): "x" for number in range(11)})
    monkeypatch.setattr(evidence_ref, "MAX_OF_ONE_COMMIT", 10)
    with pytest.raises(GitError, match="changes more paths than are read"):
        place.fetch()


def test_a_file_beyond_the_bound_is_not_fetched(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git may write is bounded while it writes."""
    monkeypatch.setattr("outsource_gate.git.remote.MAX_FETCHED", 1 << 20)
    place.commit({path_of(HEAD, digest(1)): File(os.urandom(4 << 20))})
    with pytest.raises(GitError, match="cannot be fetched"):
        place.fetch()
    assert tip_of(place.clone, REF) == ""


def test_the_private_repository_is_gone_afterwards(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither success nor failure leaves files behind; while it lives it is the user's alone."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    place.hook(f"stat -c %a {scratch}/* >{tmp_path / 'mode'}\nexit 0\n")
    place.push(1)
    place.hook("exit 1\n")
    with pytest.raises(GitError):
        place.push(2)
    assert (list(scratch.iterdir()), (tmp_path / "mode").read_text()) == ([], "700\n")
    assert stat.S_IMODE(scratch.stat().st_mode) & 0o100
