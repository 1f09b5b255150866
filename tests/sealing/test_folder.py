"""A few large contents, sealed one by one: found again with our key alone, and never an error."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.sealing.folder import MOST, SealedFolder

SECRET = b"known to trusted jobs alone"


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix not in (".lock", ".new"))


def opened(folder: Path, secret: bytes = SECRET) -> SealedFolder:
    return SealedFolder(folder, secret, "register")


def test_what_was_kept_is_found_again_and_lies_there_unreadable(tmp_path: Path) -> None:
    opened(tmp_path).put(b"about", b"vic@acme.example")
    assert opened(tmp_path).get(b"about") == b"vic@acme.example"
    assert opened(tmp_path).get(b"another") is None
    [file] = kept(tmp_path)
    assert b"acme" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_another_key_finds_nothing_and_takes_nothing_away(tmp_path: Path) -> None:
    opened(tmp_path, b"a contractor's own key").put(b"about", b"planted")
    assert opened(tmp_path).get(b"about") is None
    opened(tmp_path).put(b"about", b"ours")
    assert opened(tmp_path, b"a contractor's own key").get(b"about") == b"planted"


def test_a_file_under_another_name_does_not_open(tmp_path: Path) -> None:
    """Who swaps two files without the key cannot give an old register's index to a new register."""
    folder = opened(tmp_path)
    folder.put(b"old", b"vic is one of ours")
    [old] = kept(tmp_path)
    folder.put(b"new", b"vic is a contractor")
    new = next(path for path in kept(tmp_path) if path != old)
    new.write_bytes(old.read_bytes())
    assert folder.get(b"new") is None
    assert folder.get(b"old") == b"vic is one of ours"


@given(st.binary(max_size=80), st.data())
@settings(max_examples=80, deadline=None)
def test_no_damage_is_an_error_or_another_content(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    opened(folder).put(b"about", content)
    [file] = kept(folder)
    raw = bytearray(file.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    damage: Callable[[], bytes] = data.draw(
        st.sampled_from(
            [
                lambda: bytes(raw[:place]),
                lambda: bytes((*raw[:place], raw[place] ^ 1, *raw[place + 1 :])),
                lambda: bytes(raw) + b"\0",
            ]
        )
    )
    file.write_bytes(damage())
    assert opened(folder).get(b"about") is None


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_plain_file_is_not_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    opened(tmp_path).put(b"about", b"content")
    [file] = kept(tmp_path)
    file.unlink()
    make(file)
    assert opened(tmp_path).get(b"about") is None


def test_the_one_used_longest_ago_goes_first(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    for number in range(MOST):
        before = set(kept(tmp_path))
        folder.put(b"%d" % number, b"content")
        [file] = set(kept(tmp_path)) - before
        os.utime(file, (number, number))
    assert folder.get(b"0") == b"content"  # and is one of today from now on
    folder.put(b"new", b"content")
    assert [folder.get(b"%d" % number) for number in range(MOST)] == [
        b"content", None, *[b"content"] * (MOST - 2)
    ]  # fmt: skip
    assert folder.get(b"new") == b"content"
    assert len(kept(tmp_path)) == MOST


def test_a_folder_that_cannot_be_written_is_said_to_whoever_asks(tmp_path: Path) -> None:
    told: list[str] = []
    folder = SealedFolder(tmp_path / "gone", SECRET, "register", told.append)
    folder.put(b"about", b"content")
    assert folder.get(b"about") is None
    assert told[0] == "register: not kept: No such file or directory"
    assert "none kept" in told[1]
