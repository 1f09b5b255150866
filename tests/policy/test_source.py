"""Folders and files as a source: within the folder, within bounds, plain files only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import MAX_FILE_BYTES, FolderSource
from tests.policy.memory import POLICY, WHOLE, models


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy" / "vendors").mkdir(parents=True)
    for name, text in WHOLE.items():
        (tmp_path / "policy" / name).write_text(text)
    return tmp_path / "policy"


def test_a_folder(folder: Path) -> None:
    """a folder holds policy.yaml and what it names; its path is not part of what is recorded"""
    policy = load_policy(FolderSource(folder), models())
    assert policy.where == "outside:policy"
    assert set(policy.vendors) == {"acme"}


def test_a_single_file(folder: Path) -> None:
    """a policy of another name is read with its neighbours, and errors use that name"""
    (folder / "policy.yaml").rename(folder / "corp.yaml")
    policy = load_policy(FolderSource(folder / "corp.yaml"), models())
    assert policy.where == "outside:corp.yaml"
    assert str(policy.place("policy", "organization")) == "corp.yaml:2"
    assert policy.digest == load_policy(_renamed(folder), models()).digest
    (folder / "policy.yaml").write_text(POLICY + "x: 1\n")
    with pytest.raises(PolicyError, match=r"^policy\.yaml:8: unknown key 'x'"):
        load_policy(FolderSource(folder / "policy.yaml"), models())


def _renamed(folder: Path) -> FolderSource:
    (folder / "policy.yaml").write_text((folder / "corp.yaml").read_text())
    return FolderSource(folder)


def test_no_such_folder(tmp_path: Path) -> None:
    """a path that is not there is named"""
    with pytest.raises(PolicyError, match="no such file or folder -> name a policy file or its folder"):
        FolderSource(tmp_path / "none")


def test_an_empty_folder(tmp_path: Path) -> None:
    """a folder without a policy says what to do first"""
    with pytest.raises(PolicyError, match=r"no policy\.yaml there -> write one"):
        load_policy(FolderSource(tmp_path), models())


def test_a_link_out_of_the_folder(folder: Path) -> None:
    """a link that leads elsewhere is refused, as a file and as a folder"""
    (folder.parent / "other.yaml").write_text("x: 1\n")
    (folder / "link.yaml").symlink_to("../other.yaml")
    (folder / "up").symlink_to("..")
    for path in ("link.yaml", "up/other.yaml", "../other.yaml", str(folder.parent / "other.yaml")):
        with pytest.raises(PolicyError, match="leads out of the policy's folder"):
            FolderSource(folder).read(path)
    with pytest.raises(PolicyError, match="leads out of the policy's folder"):
        FolderSource(folder).list("up")


def test_links_within_the_folder(folder: Path) -> None:
    """mounted configuration is made of links that stay inside; each file is listed once"""
    hidden = folder / "vendors" / "..data"
    hidden.mkdir()
    (folder / "vendors" / "acme.yaml").rename(hidden / "acme.yaml")
    (folder / "vendors" / "acme.yaml").symlink_to("..data/acme.yaml")
    assert FolderSource(folder).list("vendors") == ("vendors/acme.yaml",)
    assert set(load_policy(FolderSource(folder), models()).vendors) == {"acme"}


def test_folders_are_listed_to_the_bottom(folder: Path) -> None:
    """a vendor in a sub-folder is not overlooked"""
    (folder / "vendors" / "eu" / "north").mkdir(parents=True)
    (folder / "vendors" / "eu" / "north" / "x.yaml").write_text("")
    assert FolderSource(folder).list("vendors/") == ("vendors/acme.yaml", "vendors/eu/north/x.yaml")
    assert FolderSource(folder).list("none") == ()


def test_what_is_no_plain_file(folder: Path) -> None:
    """a pipe does not make us wait, a folder is no file"""
    os.mkfifo(folder / "pipe.yaml")
    for path in ("pipe.yaml", "vendors"):
        with pytest.raises(PolicyError, match="is no plain file"):
            FolderSource(folder).read(path)


def test_a_file_beyond_the_bound(folder: Path) -> None:
    """no more is read than a policy may have"""
    with (folder / "policy.yaml").open("wb") as file:
        file.truncate(MAX_FILE_BYTES * 1000)
    with pytest.raises(PolicyError, match="larger than 2097152 bytes"):
        FolderSource(folder).read("policy.yaml")


def test_too_many_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """the count of files is bounded"""
    monkeypatch.setattr("outsource_gate.policy.source.MAX_FILES", 2)
    for name in "abc":
        (folder / "vendors" / name).touch()
    with pytest.raises(PolicyError, match="vendors: more than 2 files"):
        FolderSource(folder).list("vendors")


def test_no_such_file(folder: Path) -> None:
    """a file that is not there is None, not an error"""
    assert FolderSource(folder).read("none.yaml") is None
