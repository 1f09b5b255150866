"""Is the right repository found, the right commit meant, and an incomplete clone refused?"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.origin import normalise_url
from outsource_gate.git.repository import Repository
from tests.repo import File, ObjectFormat, Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {"a.py": "a"})
    return repo


def opened(repo: Repo) -> Repository:
    return Repository.open(repo.path)


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_open_knows_the_object_format(tmp_path: Path, object_format: ObjectFormat) -> None:
    """SHA-256 repositories are read, too."""
    repo = Repo(tmp_path / "r", object_format=object_format)
    head = repo.commit("one", {"a": "1"})
    repository = opened(repo)
    assert (repository.object_format, repository.resolve("HEAD").commit) == (object_format, head)
    assert repository.worktree == repo.path


def test_open_from_a_folder_below(repo: Repo) -> None:
    """A folder inside the work tree is enough."""
    below = repo.path / "deep" / "er"
    below.mkdir(parents=True)
    assert Repository.open(below).git_dir == repo.git_dir


def test_open_a_linked_worktree(repo: Repo, tmp_path: Path) -> None:
    """A linked work tree has its own HEAD and the objects of all."""
    repo.branch("side")
    side = repo.commit("two", {"b": "2"})
    repo.switch("main")
    repo.git("worktree", "add", "-q", tmp_path / "linked", "side")
    repository = Repository.open(tmp_path / "linked")
    assert (repository.resolve("HEAD").commit, repository.common_dir) == (side, repo.git_dir)


def test_open_a_bare_repository(tmp_path: Path) -> None:
    """A bare repository is opened where it is named itself."""
    repo = Repo(tmp_path / "bare.git", bare=True)
    head = repo.commit("one", {"a": "1"})
    repository = opened(repo)
    assert (repository.worktree, repository.resolve("main").commit) == (None, head)


def test_no_repository(tmp_path: Path) -> None:
    """A folder outside any repository, or none at all, is a usage error."""
    with pytest.raises(UsageError, match="no git repository"):
        Repository.open(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        Repository.open(tmp_path / "missing")


@pytest.mark.parametrize("below", ["", "objects"])
def test_embedded_bare_repository_is_refused(repo: Repo, below: str) -> None:
    """A bare repository that was committed as plain files, configuration and all, is never opened."""
    Repo(repo.path / "vendor" / "lib", bare=True)
    with pytest.raises(UsageError, match="bare repository"):
        Repository.open(repo.path / "vendor" / "lib" / below)


def test_environment_of_the_caller_is_not_seen(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No GIT_ variable leads to another repository, configuration or trace."""
    other = Repo(tmp_path / "other")
    other.commit("other", {"x": "x"})
    trace = tmp_path / "trace"
    for name, value in {
        "GIT_DIR": str(other.git_dir),
        "GIT_OBJECT_DIRECTORY": str(other.git_dir / "objects"),
        "GIT_TRACE": str(trace),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": "/nowhere",
        "GIT_NAMESPACE": "elsewhere",
    }.items():
        monkeypatch.setenv(name, value)
    repository = opened(repo)
    trace.unlink(missing_ok=True)  # what GitPython's own start-up says is no matter
    assert repository.resolve("HEAD").commit == repo.head
    assert not trace.exists()


def test_configuration_of_the_clone_starts_nothing(repo: Repo, tmp_path: Path) -> None:
    """Programs named in the clone's configuration do not run, aliases and pagers included."""
    mark = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {mark}\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "pager.rev-list",
        "diff.external",
        "core.sshCommand",
        "core.editor",
    ):
        repo.config(key, str(script))
    repo.config("alias.rev-list", f"!{script}")
    repo.config("core.hooksPath", str(tmp_path))
    repository = opened(repo)
    assert repository.run("rev-list", "HEAD").decode().split() == [repo.head]
    assert repository.list_tree(repo.head)
    assert not mark.exists()


def test_output_is_bounded(repo: Repo) -> None:
    """More output than allowed is an error, not memory."""
    oid = repo.blob("x" * 100_000)
    with pytest.raises(GitError, match="more than 1000 bytes"):
        opened(repo).run("cat-file", "blob", oid, max_bytes=1000)


def test_time_is_bounded(repo: Repo) -> None:
    """A git that does not end is ended."""
    with (
        opened(repo).stream("cat-file", "--batch", timeout_seconds=0.2) as running,
        pytest.raises(GitError, match="took longer"),
    ):
        assert running.out.read() == b""  # its input stays open, so it would wait for ever
        running.finish()


def test_large_input_does_not_block(repo: Repo) -> None:
    """Input larger than a pipe is written beside the reading."""
    asked = f"{repo.head}\n".encode() * 20_000
    assert opened(repo).run("cat-file", "--batch-check", input=asked).count(b"commit") == 20_000


def test_failure_is_told_on_one_printable_line(repo: Repo) -> None:
    """What git complains about is shown without control characters."""
    with pytest.raises(GitError) as caught:
        opened(repo).run("cat-file", "blob", "no\x1b[31m\nsuch")
    assert "git cat-file ended with code 128" in caught.value.message
    assert caught.value.message.isprintable()


# --- revisions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", ["HEAD", "@", "main", "refs/heads/main", "heads/main", "v1", "refs/tags/v1", "two~0"]
)
def test_resolve_gives_full_ids(repo: Repo, asked: str) -> None:
    """Every usual way to name a commit gives its full id and tree."""
    repo.tag("v1")
    repo.update_ref("refs/heads/two", repo.head)
    revision = opened(repo).resolve(asked)
    assert (revision.commit, revision.tree, revision.asked) == (
        repo.head,
        repo.git("rev-parse", "HEAD^{tree}"),
        asked,
    )


def test_resolve_ids_tags_and_ancestors(repo: Repo) -> None:
    """Short ids, annotated tags and parents are followed to the commit."""
    first = repo.head
    second = repo.commit("two", {"b": "b"})
    repo.git("-c", "user.name=T", "-c", "user.email=t@corp.example", "tag", "-a", "-m", "tagged", "v2", first)
    repository = opened(repo)
    found = [
        repository.resolve(asked).commit for asked in (second, second[:10], "v2", "main~1", "main^", "HEAD~1^0")
    ]
    assert found == [second, second, first, first, first, first]


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "-h",
        "--all",
        "main..side",
        "main...side",
        "^main",
        ":/one",
        "main:a.py",
        "main@{1}",
        "main^{/one}",
        "a b",
        "main\n",
        "main\x00",
        "HEAD^!",
        "HEAD^@",
        "ma*n",
        "refs/heads/*",
    ],
)
def test_resolve_refuses_what_is_no_plain_revision(repo: Repo, asked: str) -> None:
    """Options, ranges, searches, paths and reflogs are not taken."""
    with pytest.raises(UsageError, match="not a plain revision"):
        opened(repo).resolve(asked)


@pytest.mark.parametrize("asked", ["nowhere", "deadbeef", "refs/heads/nowhere", "main~9", "blob"])
def test_resolve_names_no_commit(repo: Repo, asked: str) -> None:
    """What leads to no commit is a usage error, not a guess."""
    repo.update_ref("refs/tags/blob", repo.blob("no commit"))
    with pytest.raises(UsageError):
        opened(repo).resolve(asked)


@pytest.mark.parametrize("twin", ["refs/tags/main", "refs/remotes/main", "refs/main"])
def test_resolve_refuses_a_name_with_two_meanings(repo: Repo, twin: str) -> None:
    """A tag or other ref named like the branch, at another commit, makes the name unusable."""
    repo.update_ref(twin, repo.head)
    repo.commit("two", {"b": "b"})
    repository = opened(repo)
    with pytest.raises(UsageError, match="several commits"):
        repository.resolve("main")
    assert repository.resolve("refs/heads/main").commit == repo.head


def test_resolve_refuses_a_branch_named_like_a_short_id(repo: Repo) -> None:
    """A branch whose name is another commit's short id is not silently preferred."""
    first = repo.head
    second = repo.commit("two", {"b": "b"})
    repo.update_ref(f"refs/heads/{first[:8]}", second)
    with pytest.raises(UsageError, match="several commits"):
        opened(repo).resolve(first[:8])


def test_full_id_is_never_a_ref(repo: Repo) -> None:
    """A branch named like a full commit id leads nobody astray, and stops nobody."""
    first = repo.head
    second = repo.commit("two", {"b": "b"})
    repo.update_ref(f"refs/heads/{first}", second)
    assert opened(repo).resolve(first).commit == first


def test_head_is_never_a_branch(repo: Repo) -> None:
    """A branch or tag named HEAD does not stand in for HEAD."""
    first = repo.head
    repo.commit("two", {"b": "b"})
    repo.update_ref("refs/heads/HEAD", first)
    repo.update_ref("refs/tags/HEAD", first)
    assert opened(repo).resolve("HEAD").commit == repo.head


def test_missing_ref_is_not_guessed(repo: Repo) -> None:
    """A tag called refs/heads/x is not taken for the branch x."""
    repo.update_ref("refs/tags/refs/heads/gone", repo.head)
    with pytest.raises(UsageError, match="not found"):
        opened(repo).resolve("refs/heads/gone")


def test_default_base_prefers_origin(repo: Repo) -> None:
    """origin/HEAD, then origin/main, origin/master, main, master."""
    repository = opened(repo)
    seen = [repository.default_base().asked]
    for ref in ("refs/remotes/origin/master", "refs/remotes/origin/main"):
        repo.update_ref(ref, repo.head)
        seen.append(repository.default_base().asked)
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master")
    seen.append(repository.default_base().asked)
    assert seen == [
        "refs/heads/main",
        "refs/remotes/origin/master",
        "refs/remotes/origin/main",
        "refs/remotes/origin/HEAD",
    ]


def test_default_base_is_not_fooled_by_names(repo: Repo) -> None:
    """A local branch or tag that is called origin/main is not the remote's branch."""
    repo.branch("work")
    repo.commit("evil", {"b": "b"})
    repo.update_ref("refs/heads/origin/main", repo.head)
    repo.update_ref("refs/tags/main", repo.head)
    revision = opened(repo).default_base()
    assert (revision.asked, revision.commit) == ("refs/heads/main", repo.rev("refs/heads/main"))


def test_no_default_base(tmp_path: Path) -> None:
    """Without any of the usual branches the user is asked to name one."""
    repo = Repo(tmp_path / "r")
    repo.orphan("trunk")
    repo.commit("one", {"a": "1"})
    with pytest.raises(UsageError, match="--base"):
        opened(repo).default_base()


def test_is_ancestor(repo: Repo) -> None:
    """A commit is its own ancestor; a sibling is none; only full ids are taken."""
    first = repo.head
    second = repo.commit("two", {"b": "b"})
    repository = opened(repo)
    assert repository.is_ancestor(first, second)
    assert repository.is_ancestor(second, second)
    assert not repository.is_ancestor(second, first)
    with pytest.raises(GitError, match="full object id"):
        repository.is_ancestor("--help", first)


# --- completeness ---------------------------------------------------------------------------------------------


def test_whole_clone_is_complete(repo: Repo) -> None:
    """An ordinary repository can answer."""
    assert opened(repo).completeness() is None


def test_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    """A shallow clone cannot answer for its history, and says how to deepen it."""
    repo.commit("two", {"b": "b"})
    repo.git("clone", "-q", "--depth=1", f"file://{repo.path}", tmp_path / "shallow")
    found = Repository.open(tmp_path / "shallow").completeness()
    assert found
    assert "shallow" in found.reason
    assert "--unshallow" in found.next_step


def test_grafts(repo: Repo) -> None:
    """A graft rewrites history for git; such a clone cannot answer."""
    (repo.git_dir / "info").mkdir()
    (repo.git_dir / "info" / "grafts").write_text(f"# a comment\n{repo.head}\n")
    found = opened(repo).completeness()
    assert found
    assert "info/grafts" in found.next_step


def test_partial_clone(repo: Repo, tmp_path: Path) -> None:
    """A partial clone answers only once its objects are here; nothing is fetched behind the user's back."""
    repo.config("uploadpack.allowFilter", "true")
    target = tmp_path / "partial"
    repo.git("clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{repo.path}", target)
    repository = Repository.open(target)
    found = repository.completeness()
    assert found
    assert "partial" in found.reason
    assert repository.call("cat-file", "-e", repo.blob("a")).code != 0, "the missing blob was fetched"
    repo.git("-C", target, "fetch", "-q", "--refetch", "--no-filter", "origin")
    assert repository.completeness() is None


def test_replace_refs_are_not_followed(repo: Repo) -> None:
    """git replace changes nothing that is read here."""
    good = repo.blob("a")
    repo.git("replace", good, repo.blob("evil"))
    assert opened(repo).run("cat-file", "blob", good) == b"a"


# --- origin ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://git.example/corp/pay.git",
        "https://git.example:443/corp/pay",
        "https://user:token@GIT.example/corp/pay.git/",
        "ssh://git@git.example:22/corp/pay.git",
        "git@git.example:corp/pay.git",
        "git.example:corp/pay",
        "git+ssh://git@git.example/corp/pay.git",
    ],
)
def test_one_repository_one_name(repo: Repo, url: str) -> None:
    """However the address is written, user, default port and .git left out, the name is the same."""
    repo.config("remote.origin.url", url)
    assert opened(repo).origin() == "git.example/corp/pay"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://git.example:8443/corp/pay", "git.example:8443/corp/pay"),
        ("ssh://git@git.example:2222/~corp/Pay.git", "git.example:2222/~corp/Pay"),
        ("https://git.example/a/b/c.git", "git.example/a/b/c"),
        ("/srv/git/pay.git", None),
        ("file:///srv/git/pay.git", None),
        ("../pay", None),
        ("ext::sh -c evil", None),
        ("https://git.example/", None),
        ("https://git.example/corp/../pay", None),
        ("https://git.example/corp/p\x1bay", None),
        ("", None),
    ],
)
def test_names_of_addresses(url: str, name: str | None) -> None:
    """Other ports and deep paths stay; what names no host names no repository."""
    assert normalise_url(url) == name


def test_no_origin(repo: Repo) -> None:
    """A repository without a remote has no name."""
    assert opened(repo).origin() is None


def test_list_tree_and_digest(repo: Repo) -> None:
    """Files are listed by path below a prefix; the digest names content, not history."""
    repo.commit("more", {"d/b": "1", "d.py": "2", "d/a": File("3", mode="100755")})
    repository = opened(repo)
    tree = repository.resolve("HEAD").tree
    assert [entry.path for entry in repository.list_tree(tree)] == ["a.py", "d.py", "d/a", "d/b"]
    assert [(entry.path, entry.mode) for entry in repository.list_tree(repo.head, "d")] == [
        ("d/a", "100755"),
        ("d/b", "100644"),
    ]
    digest = repository.tree_digest(tree)
    assert repository.tree_digest(repo.raw_tree([("100644", "a.py", repo.blob("a"))])) != digest
    again = repo.commit("same content, other commit")
    assert repository.tree_digest(again) == digest


def test_tree_digest_is_over_the_sorted_listing(repo: Repo) -> None:
    """The digest can be made again by anybody with ls-tree and SHA-256, and does not hang on git's order."""
    repo.commit("order", {"a/b": "1", "a.b": "2", "a-": "3", "ab": "4", "a0": "5"})
    rows = repo.git_bytes("ls-tree", "-r", "-z", "HEAD").split(b"\0")[:-1]
    ordered = sorted(rows, key=lambda row: row.partition(b"\t")[2])
    expected = hashlib.sha256(b"".join(row + b"\0" for row in ordered)).hexdigest()
    assert opened(repo).tree_digest(repo.head) == expected


def test_names_are_no_trees(repo: Repo) -> None:
    """Listings take full ids only."""
    for listing in (opened(repo).tree_digest, opened(repo).list_tree):
        with pytest.raises(GitError, match="not a full object id"):
            listing("HEAD")
