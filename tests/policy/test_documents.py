"""Documents: compared by their bytes, from where the policy is read, within bounds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from outsource_gate.git.repository import Repository
from outsource_gate.git.tree_source import TreeSource
from outsource_gate.model.document import Compared
from outsource_gate.model.terms import Document
from outsource_gate.policy import documents
from outsource_gate.policy.documents import compare_documents
from outsource_gate.policy.source import Archive, FolderSource
from tests.repo import Repo

SIGNED = b"%PDF-1.7\n" + bytes(range(256)) * 9_000  # more than one piece
Place = Callable[[dict[str, bytes]], Archive]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def named(file: str = "contracts/msa.pdf", sha256: str = digest(SIGNED)) -> Document:
    return Document(file=file, sha256=sha256)


def pointer(oid: str) -> bytes:
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 2304009\n".encode()


@pytest.fixture(params=["folder", "tree"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """The two places a policy can be read from."""

    def folder(files: dict[str, bytes]) -> Archive:
        for name, content in {"policy.yaml": b"version: 1", **files}.items():
            path = tmp_path / "policy" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return FolderSource(tmp_path / "policy")

    def tree(files: dict[str, bytes]) -> Archive:
        repo = Repo(tmp_path / "repo")
        whole = {"policy.yaml": b"version: 1", **files}
        repo.commit("policy", {f".outsource-gate/{name}": content for name, content in whole.items()})
        return TreeSource(Repository.open(repo.path), repo.head)

    return folder if request.param == "folder" else tree


def compared(archive: Archive, document: Document) -> Compared:
    (one,) = compare_documents([document], archive)
    return one


@pytest.mark.parametrize("content", [SIGNED, b"", b"id: x\n"])
@pytest.mark.parametrize("file", ["contracts/msa.pdf", "./contracts//msa.pdf"])
def test_the_bytes_that_were_registered_match(place: Place, content: bytes, file: str) -> None:
    archive = place({"contracts/msa.pdf": content})
    assert compared(archive, named(file, digest(content))).outcome == "matches"


def test_other_bytes_differ_and_are_named(place: Place) -> None:
    """one bit is enough"""
    other = SIGNED[:-1] + b"\x00"
    one = compared(place({"contracts/msa.pdf": other}), named())
    assert (one.outcome, one.why) == ("differs", f"has SHA-256 {digest(other)}")


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("contracts/none.pdf", "no such file beside the policy"),
        ("../outside.pdf", "leads out of the policy's folder"),
        ("/etc/hostname", "leads out of the policy's folder"),
    ],
)
def test_what_is_not_there_is_not_checked(place: Place, file: str, why: str) -> None:
    """nothing outside the policy's place is looked at, whatever lies there"""
    one = compared(place({"contracts/msa.pdf": SIGNED}), named(file))
    assert one.outcome == "not-checked"
    assert why in one.why


def test_a_document_at_an_address_is_not_fetched(place: Place) -> None:
    one = compared(place({}), Document(url="https://archive.example/msa.pdf", sha256=digest(SIGNED)))
    assert (one.outcome, one.why) == ("not-checked", "kept at an address; nothing is fetched")


def test_a_pointer_of_git_lfs_is_no_document(place: Place) -> None:
    """to the right bytes: they were not seen. To others, or registered itself: that is not what was signed"""
    right, wrong = pointer(digest(SIGNED)), pointer("d" * 64)
    archive = place({"right.pdf": right, "wrong.pdf": wrong})
    assert compared(archive, named("right.pdf")).outcome == "not-checked"
    assert compared(archive, named("wrong.pdf")).outcome == "differs"
    assert compared(archive, named("wrong.pdf", digest(wrong))).outcome == "differs"


def test_a_long_file_that_begins_like_a_pointer_is_a_document(place: Place) -> None:
    content = pointer("d" * 64) + b"x" * 1_000
    assert compared(place({"a.txt": content}), named("a.txt", digest(content))).outcome == "matches"


def test_a_link_inside_the_tree_is_not_followed(tmp_path: Path) -> None:
    """it could point at what the change writes"""
    repo = Repo(tmp_path / "repo")
    repo.write(".outsource-gate/policy.yaml", "version: 1")
    repo.write("msa.pdf", SIGNED)
    repo.symlink(".outsource-gate/msa.pdf", "../msa.pdf")
    repo.commit("policy")
    one = compared(TreeSource(Repository.open(repo.path), repo.head), named("msa.pdf"))
    assert one.outcome == "not-checked"
    assert "symlink" in one.why


def test_a_pipe_a_folder_and_a_link_out_are_not_waited_for(tmp_path: Path) -> None:
    """nobody writes into the pipe, and the run goes on"""
    (tmp_path / "outside.pdf").write_bytes(SIGNED)
    folder = tmp_path / "policy"
    (folder / "contracts").mkdir(parents=True)
    (folder / "policy.yaml").write_text("version: 1")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "out.pdf").symlink_to(tmp_path / "outside.pdf")
    (folder / "circle.pdf").symlink_to("circle.pdf")
    asked = [named(name) for name in ("pipe.pdf", "contracts", "out.pdf", "circle.pdf")]
    assert {one.outcome for one in compare_documents(asked, FolderSource(folder))} == {"not-checked"}


def test_bounds_leave_documents_unchecked(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """too large, too large together, too many: each is said, and none passes for compared"""
    archive = place({"a.pdf": SIGNED, "b.pdf": SIGNED})
    both = [named("a.pdf"), named("b.pdf")]
    for bound, most, outcomes in (
        ("MAX_DOCUMENT_BYTES", len(SIGNED) - 1, ["not-checked", "not-checked"]),
        ("MAX_DOCUMENT_BYTES", len(SIGNED), ["matches", "matches"]),
        ("MAX_TOTAL_BYTES", len(SIGNED) * 2 - 1, ["matches", "not-checked"]),
        ("MAX_DOCUMENTS", 1, ["matches", "not-checked"]),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(documents, bound, most)
            assert [one.outcome for one in compare_documents(both, archive)] == outcomes


def test_a_document_is_compared_once(place: Place) -> None:
    """however often the register names it; with another digest it is another claim"""
    asked = [named(), named(), named(sha256="d" * 64)]
    found = compare_documents(asked, place({"contracts/msa.pdf": SIGNED}))
    assert [one.outcome for one in found] == ["matches", "differs"]


def test_many_large_documents_do_not_stop_a_policy_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """they lie beside it, and only what policy and register are made of is read at once"""
    monkeypatch.setattr("outsource_gate.git.tree_source.MAX_TOTAL_BYTES", len(SIGNED))
    repo = Repo(tmp_path / "repo")
    files = {f".outsource-gate/{name}.pdf": SIGNED for name in "ab"}
    repo.commit("policy", {**files, ".outsource-gate/policy.yaml": "version: 1"})
    source = TreeSource(Repository.open(repo.path), repo.head)
    assert source.read("policy.yaml") == b"version: 1"
