"""Is a change read whole, and said to be unavailable where it cannot be?"""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.git import diff
from outsource_gate.git.changes import read_change
from outsource_gate.git.history import read_commits
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.source import Change, ChangeSet
from tests.git.attacks import forge_commit_graph
from tests.repo import EXECUTABLE, REGULAR, SYMLINK, TREE, Entry, File, ObjectFormat, Repo, commit_body

VIC = "Vic <vic@acme.example>"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("base", {"app.py": "app\n" * 20, "old.py": "old\n" * 20, "lib/util.py": "util\n" * 20})
    repo.branch("feature")
    return repo


def read(repo: Repo, base: str = "main", head: str = "HEAD") -> ChangeSet | Unavailable:
    repository = Repository.open(repo.path)
    return read_change(repository, repository.resolve(base), repository.resolve(head))


def change_of(repo: Repo, base: str = "main", head: str = "HEAD") -> ChangeSet:
    change = read(repo, base, head)
    assert isinstance(change, ChangeSet), change
    return change


def refusal(repo: Repo, base: str = "main", head: str = "HEAD") -> Unavailable:
    change = read(repo, base, head)
    assert isinstance(change, Unavailable)
    assert change.next_step
    return change


def paths(change: ChangeSet) -> dict[str, Change]:
    return {file.path: file.change for file in change.files}


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_commits_and_files(tmp_path: Path, object_format: ObjectFormat) -> None:
    """All commits of the range with parents first, and every changed path, in both object formats."""
    repo = Repo(tmp_path / "r", object_format=object_format)
    base = repo.commit("base", {"keep": "1", "gone": "2", "edit": "3", "deep/er/file": "4"})
    repo.branch("feature")
    first = repo.commit("first", {"gone": None, "edit": "33"}, author=VIC)
    second = repo.commit("second", {"new/file": "5", "deep/er/file": None}, trailers=[f"Co-authored-by: {VIC}"])
    change = change_of(repo)
    assert [commit.id for commit in change.commits] == [first, second]
    assert (change.merge_base, change.base.commit, change.head.commit) == (base, base, second)
    assert change.object_format == object_format
    assert paths(change) == {
        "deep/er/file": Change.DELETED,
        "edit": Change.MODIFIED,
        "gone": Change.DELETED,
        "new/file": Change.ADDED,
    }
    assert change.files[0].new_blob == "0" * len(second)
    assert change.files[1].new_blob == repo.blob("33")


def test_files_are_counted_from_the_merge_base(repo: Repo) -> None:
    """What the target branch did meanwhile is no part of the change."""
    repo.commit("ours", {"ours.py": "1"})
    repo.switch("main")
    repo.commit("theirs", {"theirs.py": "1", "app.py": "changed"})
    change = change_of(repo, head="feature")
    assert paths(change) == {"ours.py": Change.ADDED}
    assert len(change.commits) == 1


def test_agrees_with_git(repo: Repo) -> None:
    """Modes, ids and kinds are those of git diff-tree, for every kind of change."""
    repo.symlink("app.py", "/etc/passwd")
    repo.write("old.py", "old\n" * 20, mode=EXECUTABLE)
    repo.gitlink("sub", "d" * 40)
    repo.write("lib", "a file where a folder was")
    repo.remove("lib/util.py")
    repo.write(b'odd \xff\n\x1b[31m"name', "x")
    repo.write("-rf", "x")
    repo.write(":(glob)**", "x")
    repo.commit("all kinds")
    rows = repo.git_bytes("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "main", "HEAD").split(
        b"\0"
    )
    expected = sorted(
        (path, *meta.decode()[1:].split(" ")) for meta, path in zip(rows[::2], rows[1::2], strict=False)
    )
    letters = {Change.ADDED: "A", Change.MODIFIED: "M", Change.DELETED: "D", Change.TYPE_CHANGED: "T"}
    assert [
        (file.old_mode, file.new_mode, file.old_blob, file.new_blob, letters[file.change])
        for file in change_of(repo).files
    ] == [tuple(row[1:]) for row in expected]


def test_links_and_odd_names_are_told_apart(repo: Repo) -> None:
    """Symlinks, submodules and names that are no UTF-8 are marked as what they are."""
    repo.symlink("link", "../outside")
    repo.gitlink("sub", "d" * 40)
    repo.write(b"bad\xff.py", "x")
    repo.write("bad\\xff.py", "y")
    repo.commit("odd")
    files = {(file.path, file.new_blob): file for file in change_of(repo).files}
    assert files["link", repo.blob("../outside")].is_symlink
    assert files["sub", "d" * 40].is_gitlink
    assert files["bad\\xff.py", repo.blob("x")].malformed_path
    assert not files["bad\\xff.py", repo.blob("y")].malformed_path


@pytest.mark.parametrize("key", ["diff.ignoreSubmodules", "submodule.sub.ignore"])
def test_a_submodule_cannot_be_configured_away(repo: Repo, key: str) -> None:
    """The clone's configuration hides no submodule change."""
    repo.gitlink("sub", "d" * 40)
    repo.commit("sub")
    repo.config(key, "all")
    repo.config("submodule.sub.path", "sub")
    assert "sub" in paths(change_of(repo))


def test_a_rename_is_paired(repo: Repo) -> None:
    """A rename is a deletion and an addition that knows the old side."""
    repo.rename("old.py", "lib/new.py")
    repo.commit("move")
    repo.write("lib/new.py", "old\n" * 20 + "more\n")
    repo.commit("and edit")
    deleted, added = (
        next(file for file in change_of(repo).files if file.path == path) for path in ("old.py", "lib/new.py")
    )
    assert (deleted.change, added.change) == (Change.DELETED, Change.ADDED)
    assert (added.paired_with, added.base_blob) == ("old.py", repo.blob("old\n" * 20))


def test_a_copy_or_a_rewrite_is_not_paired(repo: Repo) -> None:
    """A file that stays is nobody's old side, and neither is one with nothing in common."""
    repo.commit("copy", {"copy.py": "app\n" * 20, "old.py": None, "new.py": "".join(map(str, range(200)))})
    assert [file.paired_with for file in change_of(repo).files] == [None, None, None]


def test_a_typechange_to_symlink_is_not_paired_with_text(repo: Repo) -> None:
    """A link whose target text equals a deleted file's is no rename of it."""
    repo.commit("base 2", {"text": "target"})
    repo.update_ref("refs/heads/main", repo.head)
    repo.remove("text")
    repo.symlink("link", "target")
    repo.commit("now a link")
    assert all(file.paired_with is None for file in change_of(repo).files)


def test_settings_of_the_clone_do_not_pair(repo: Repo) -> None:
    """Copy detection and rename limits of the clone's configuration are not used."""
    repo.config("diff.renames", "copies")
    repo.config("diff.renameLimit", "1")
    repo.commit(
        "move", {"old.py": None, "x.py": "old\n" * 19 + "x\n", "lib/util.py": None, "y.py": "util\n" * 19 + "y\n"}
    )
    assert {file.path: file.paired_with for file in change_of(repo).files if file.paired_with} == {
        "x.py": "old.py",
        "y.py": "lib/util.py",
    }


def test_nothing_changed(repo: Repo) -> None:
    """A head that is the base is a change of no commits and no files."""
    change = change_of(repo)
    assert (change.commits, change.files) == ((), ())


def test_content_id_names_the_content_alone(repo: Repo) -> None:
    """Squashed or reworded, the same content has the same id; one more byte or another mode has not."""
    repo.commit("a", {"x.py": "1"}, author=VIC)
    repo.commit("b", {"x.py": "2", "old.py": None})
    seen = [change_of(repo).content_id]
    repo.branch("squashed", at=repo.rev("main"))
    repo.commit("all in one", {"x.py": "2", "old.py": None})
    seen.append(change_of(repo).content_id)
    assert seen[0] == seen[1]
    repo.commit("mode", {"x.py": File("2", mode=EXECUTABLE)})
    seen.append(change_of(repo).content_id)
    repo.commit("byte", {"x.py": "22"})
    seen.append(change_of(repo).content_id)
    assert len(set(seen)) == 3


# --- attacks --------------------------------------------------------------------------------------------------


def test_a_forged_commit_graph_hides_nothing(repo: Repo) -> None:
    """A commit-graph that leaves a commit out does not take it out of the change."""
    base = repo.head
    evil = repo.commit("evil", {"evil.py": "1"}, author=VIC)
    head = repo.commit("innocent", {"app.py": "2"})
    forge_commit_graph(repo, head, base)
    assert [commit.id for commit in change_of(repo).commits] == [evil, head]
    repository = Repository.open(repo.path)
    assert [commit.id for commit in read_commits(repository, [head])] == [base, evil, head]


def test_mailmap_changes_nobody(repo: Repo) -> None:
    """Neither a .mailmap in the tree nor one in the clone's configuration changes an author."""
    repo.commit("mailmap", {".mailmap": "Ida <ida@corp.example> <vic@acme.example>\n"}, author=VIC)
    repo.checkout()
    repo.config("mailmap.file", str(repo.path / ".mailmap"))
    repo.config("log.mailmap", "true")
    assert change_of(repo).commits[0].author.email == "vic@acme.example"


def test_replace_refs_change_nothing(repo: Repo) -> None:
    """A replaced commit is read as it was pushed."""
    evil = repo.commit("evil", {"evil.py": "1"}, author=VIC)
    innocent = commit_body(
        repo.rev("main^{tree}"), [repo.rev("main")], "Ida <ida@corp.example>", "I <i@corp.example>", 1, "x"
    )
    repo.git("replace", evil, repo.raw_commit(innocent))
    change = change_of(repo)
    assert (change.commits[0].author.email, list(paths(change))) == ("vic@acme.example", ["evil.py"])


def test_attributes_hide_nothing(repo: Repo) -> None:
    """Attributes that make files binary, unshown or converted do not change what is read."""
    repo.commit("hide", {".gitattributes": "* -diff binary export-ignore diff=evil\n", "evil.py": "1"})
    repo.config("diff.evil.textconv", "true")
    repo.config("diff.evil.command", "true")
    repo.checkout()
    assert set(paths(change_of(repo))) == {".gitattributes", "evil.py"}


def test_a_swapped_object_is_seen(repo: Repo) -> None:
    """An object store whose bytes do not match their id is not believed."""
    head = repo.commit("evil", {"evil.py": "1"}, author=VIC)
    other = repo.commit("other")
    stored = repo.git_dir / "objects" / head[:2] / head[2:]
    stored.write_bytes((repo.git_dir / "objects" / other[:2] / other[2:]).read_bytes())
    repo.update_ref("refs/heads/feature", other)
    assert isinstance(read(repo), Unavailable)


# --- what cannot be read --------------------------------------------------------------------------------------


def test_unrelated_history(repo: Repo) -> None:
    """Without a common commit there is no change to speak of."""
    repo.orphan("foreign")
    repo.commit("foreign", {"x": "1"}, parents=[])
    assert "unrelated history" in refusal(repo).reason


def test_several_merge_bases(repo: Repo) -> None:
    """Criss-cross merges leave open what came in; merging the target branch settles it."""
    repo.commit("f1", {"f": "1"})
    repo.switch("main")
    main = repo.commit("m1", {"m": "1"})
    feature = repo.rev("refs/heads/feature")
    repo.merge(feature)
    repo.switch("feature")
    repo.merge(main)
    repo.commit("f2", {"f": "2"})
    repo.switch("main")
    repo.commit("m2", {"m": "2"})
    repo.switch("feature")
    found = refusal(repo)
    assert "2 merge bases" in found.reason
    assert "git merge main" in found.next_step
    repo.merge("main")
    assert change_of(repo).merge_base == repo.rev("refs/heads/main")


def test_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    """A shallow clone reads no change."""
    repo.commit("two", {"x": "1"})
    repo.git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repo.path}", tmp_path / "shallow")
    repository = Repository.open(tmp_path / "shallow")
    base, head = repository.resolve("origin/main"), repository.resolve("origin/feature")
    found = read_change(repository, base, head)
    assert isinstance(found, Unavailable)
    assert "shallow" in found.reason


def test_a_missing_tree_is_told(repo: Repo) -> None:
    """A lost object makes the change unavailable, with the command that brings it back."""
    repo.commit("two", {"deep/x": "1"})
    tree = repo.rev("HEAD:deep")
    (repo.git_dir / "objects" / tree[:2] / tree[2:]).unlink()
    assert "git fetch" in refusal(repo).next_step


def hostile_tree(repo: Repo, entries: list[tuple[str, str | bytes, str]]) -> None:
    repo.commit("hostile", tree=repo.raw_tree(entries))


@pytest.mark.parametrize(
    "name",
    [
        "..",
        ".",
        "a/b",
        "/etc",
        "",
        ".git",
        ".GIT",
        "git~1",
        "GIT~1",
        ".git ",
        ".git.",
        ".git::$INDEX_ALLOCATION",
        ".g\u200cit",
        "\ufeff.git",
        "a\\.git",
        ".git\\config",
    ],
)
def test_names_that_git_forbids(repo: Repo, name: str) -> None:
    """A tree with a name that leads elsewhere or into .git is refused, whatever file system it was made for."""
    hostile_tree(repo, [(REGULAR, name, repo.blob("x"))])
    assert "has an entry named" in refusal(repo).reason


@pytest.mark.parametrize(
    "name", ["...", ".gitignore", ".gitattributes", "a..b", "git", "x.git", "a\\b", "a\nb", " ", "\x1b[31m"]
)
def test_odd_names_that_git_allows(repo: Repo, name: str) -> None:
    """Odd is not malformed: such a path is part of the change like any other."""
    hostile_tree(repo, [(REGULAR, name, repo.blob("x"))])
    assert paths(change_of(repo))[name] is Change.ADDED


def test_the_same_name_twice(repo: Repo) -> None:
    """A path that stands in a tree twice has no one content."""
    hostile_tree(repo, [(REGULAR, "a", repo.blob("x")), (REGULAR, "a", repo.blob("y"))])
    assert "the same name twice" in refusal(repo).reason


def test_a_file_and_a_folder_of_one_name(repo: Repo) -> None:
    """A file and a folder of one name, with another between them, are the same name twice."""
    folder = repo.raw_tree([(REGULAR, "x", repo.blob("x"))])
    hostile_tree(repo, [(REGULAR, "a", repo.blob("x")), (REGULAR, "a.b", repo.blob("x")), (TREE, "a", folder)])
    assert "the same name twice" in refusal(repo).reason


def test_an_unsorted_tree(repo: Repo) -> None:
    """git reads an unsorted tree differently at different times."""
    hostile_tree(repo, [(REGULAR, "b", repo.blob("x")), (REGULAR, "a", repo.blob("y"))])
    assert "not sorted" in refusal(repo).reason


@pytest.mark.parametrize("mode", ["100777", "100664", "644", "040000", "160001", "0", "200644"])
def test_modes_that_git_does_not_write(repo: Repo, mode: str) -> None:
    """A new tree holds git's five modes and nothing else."""
    hostile_tree(repo, [(mode, "a", repo.blob("x"))])
    assert "mode" in refusal(repo).reason


def test_old_sloppy_modes_at_the_base(repo: Repo) -> None:
    """Histories hold modes of old tools; a change to such a folder is read, mode and all."""
    repo.switch("main")
    repo.commit("old tool", tree=repo.raw_tree([("100664", "a", repo.blob("x")), ("100664", "b", repo.blob("x"))]))
    repo.branch("next")
    repo.commit("edit", tree=repo.raw_tree([(REGULAR, "a", repo.blob("x")), (REGULAR, "b", repo.blob("y"))]))
    assert paths(change_of(repo)) == {"b": Change.MODIFIED}


def test_entries_of_another_type(repo: Repo) -> None:
    """A folder entry that names a blob is refused; so is one that names nothing."""
    hostile_tree(repo, [(TREE, "a", repo.blob("x"))])
    assert "is a blob" in refusal(repo).reason
    hostile_tree(repo, [(REGULAR, "a", "0" * 40)])
    assert "points at no object" in refusal(repo).reason


def test_a_garbled_tree(repo: Repo) -> None:
    """A tree that ends in the middle of an entry is refused."""
    good = b"100644 a\0" + bytes.fromhex(repo.blob("x"))
    repo.commit("cut", tree=repo.write_object("tree", good + good[:-1].replace(b"a", b"b", 1)))
    assert "cut short" in refusal(repo).reason


def test_a_tree_bomb(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten folders that each hold the same ten folders, and so on, end at the bound and not in memory."""
    monkeypatch.setattr(diff, "MAX_FILES", 2000)  # 100,000 take a few seconds
    oid, mode = repo.blob("x"), REGULAR
    for _ in range(10):
        oid, mode = repo.raw_tree([(mode, f"f{number}", oid) for number in range(10)]), TREE
    repo.commit("bomb", tree=oid)
    assert "more than 2000 changed paths" in refusal(repo).reason


def test_endless_depth(repo: Repo) -> None:
    """A path that no system can check out is refused."""
    oid, mode = repo.blob("x"), REGULAR
    for _ in range(50):
        oid, mode = repo.raw_tree([(mode, "d" * 100, oid)]), TREE
    repo.commit("deep", tree=oid)
    assert "longer than 4096 bytes" in refusal(repo).reason


def test_a_giant_commit(repo: Repo) -> None:
    """A commit of more than 16 MB is not read, and the change not let through."""
    repo.commit("x" * (16 * 1024 * 1024 + 1), {"x": "1"})
    assert "at most" in refusal(repo).reason


def test_malformed_commits_are_read_with_their_problems(repo: Repo) -> None:
    """Two authors and a NUL make problems, not a missing fact."""
    body = commit_body(
        repo.rev("HEAD^{tree}"), [repo.head], VIC, VIC, 1, "s\0x", [b"author I <ida@corp.example> 1 +0000"]
    )
    repo.update_ref("refs/heads/feature", repo.raw_commit(body))
    assert len(change_of(repo).commits[0].problems) >= 2


def test_many_files(repo: Repo) -> None:
    """12,000 changed files are read."""
    repo.commit("many", {f"d{number % 100}/f{number}": Entry(REGULAR, repo.blob("x")) for number in range(12_000)})
    assert len(change_of(repo).files) == 12_000


def test_symlinked_mode_is_in_the_content(repo: Repo) -> None:
    """The same bytes as a link and as a file are two contents."""
    repo.commit("file", {"x": File("target")})
    as_file = change_of(repo).content_id
    repo.commit("link", {"x": File("target", mode=SYMLINK)})
    assert change_of(repo).content_id != as_file


class TestQueue:
    """An entry of a merge queue, and the request behind it."""

    @staticmethod
    def entry(repo: Repo, how: str) -> tuple[str, str]:
        """Make a request and what a queue makes of it; gives the request's head and the entry."""
        request = repo.commit("request", {"app.py": "app\n" * 20 + "more\n"}, author=VIC)
        repo.switch("main")
        target = repo.commit("target moved on", {"lib/util.py": "changed\n" * 20})
        repo.branch("queue", target)
        merged = {"app.py": "app\n" * 20 + ("other\n" if how == "other" else "more\n")}
        parents = (target, request) if how == "merge" else (target,)
        return request, repo.commit("entry", merged, parents=parents)

    @pytest.mark.parametrize(("how", "is_same"), [("merge", True), ("squash", True), ("other", False)])
    def test_what_merging_the_request_gives_is_the_request(self, repo: Repo, how: str, is_same: bool) -> None:
        """a merge or a squash is redone; what differs is not the request that was approved"""
        request, entry = self.entry(repo, how)
        repository = Repository.open(repo.path)
        change = read_change(
            repository, repository.resolve("main"), repository.resolve(entry), request_head=request
        )
        assert isinstance(change, ChangeSet)
        assert change.request_head == (request if is_same else "")
        assert {request, entry} <= {commit.id for commit in change.commits}  # a squash hides nobody

    def test_a_request_that_is_not_here_is_a_missing_fact(self, repo: Repo) -> None:
        """its authors would be missing"""
        _, entry = self.entry(repo, "squash")
        repository = Repository.open(repo.path)
        change = read_change(
            repository, repository.resolve("main"), repository.resolve(entry), request_head="7" * 40
        )
        assert isinstance(change, Unavailable)
        assert "not in this clone" in change.reason
