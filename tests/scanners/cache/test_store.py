"""The file of kept answers: sealed, bounded, shared, and a miss wherever anything is wrong with it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.scanners.cache import store as module
from outsource_gate.scanners.cache.store import MAX_ENTRY, NAME, Store

SECRET = b"known to trusted jobs alone"


def filled(folder: Path, entries: dict[bytes, bytes], secret: bytes = SECRET) -> bytes:
    store = Store(folder, secret)
    for about, content in entries.items():
        store.put(about, content)
    store.save()
    return (folder / NAME).read_bytes()


@given(st.dictionaries(st.binary(max_size=40), st.binary(max_size=300), max_size=30))
@settings(max_examples=40)
def test_what_was_kept_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[bytes, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    if entries:
        filled(folder, entries)
    store = Store(folder, SECRET)
    assert {about: store.get(about) for about in entries} == entries
    assert store.get(b"never asked before, and longer than any of them is") is None


def test_another_key_finds_nothing_and_takes_nothing_away(tmp_path: Path) -> None:
    """Entries of a foreign key are misses, and two keys can share a folder."""
    filled(tmp_path, {b"q": b"planted: no findings"}, b"a contractor's own key")
    assert Store(tmp_path, SECRET).get(b"q") is None
    filled(tmp_path, {b"q": b"ours"})
    assert Store(tmp_path, SECRET).get(b"q") == b"ours"
    assert Store(tmp_path, b"a contractor's own key").get(b"q") == b"planted: no findings"


def test_an_entry_under_another_name_does_not_open(tmp_path: Path) -> None:
    """Who swaps two entries without the key cannot give a clean file's answer to a flawed one."""
    filled(tmp_path, {b"clean": b"nothing", b"flawed": b"shell=True"})
    raw = (tmp_path / NAME).read_bytes()
    rows = len(module._MAGIC) + module._COUNT.size
    first, second = (module._ROW.unpack_from(raw, rows + n * module._ROW.size) for n in (0, 1))
    swapped = module._ROW.pack(first[0], *second[1:]) + module._ROW.pack(second[0], *first[1:])
    (tmp_path / NAME).write_bytes(raw[:rows] + swapped + raw[rows + len(swapped) :])
    store = Store(tmp_path, SECRET)
    assert (store.get(b"clean"), store.get(b"flawed")) == (None, None)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_damage_is_an_error_or_another_answer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Cut off, flipped, lengthened: every entry is either as it was or a miss, and the file is mended by a save."""
    folder = tmp_path_factory.mktemp("cache")
    entries = {b"one": b"1" * 50, b"two": b"2" * 10, b"three": b""}
    raw = bytearray(filled(folder, entries))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(raw)))
    (folder / NAME).write_bytes(bytes(raw[:cut]) + data.draw(st.binary(max_size=20)))
    store = Store(folder, SECRET)
    for about, content in entries.items():
        assert store.get(about) in (content, None)
        store.put(about, content)
    store.save()
    assert all(Store(folder, SECRET).get(about) == content for about, content in entries.items())


def link(path: Path) -> None:
    target = path.with_name("victim")
    target.write_text("keep me")
    path.symlink_to(target)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(module._MAGIC + b"\xff" * 4),
        lambda path: os.truncate(path, module.MAX_BYTES + 1) if path.touch() is None else None,
        os.mkfifo,
        lambda path: path.mkdir(),
        link,
    ],
    ids=["count of four thousand million", "too large", "pipe", "folder", "link"],
)
def test_what_is_no_cache_file_is_an_empty_one(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / NAME)
    store = Store(tmp_path, SECRET)
    assert store.get(b"q") is None
    store.put(b"q", b"a")
    store.save()
    if not (tmp_path / NAME).is_dir():
        assert Store(tmp_path, SECRET).get(b"q") == b"a"
    if (tmp_path / "victim").exists():
        assert (tmp_path / "victim").read_text() == "keep me"


def test_rows_that_all_name_one_long_entry_do_not_fill_memory(tmp_path: Path) -> None:
    """A small hostile file could stand for terabytes if each row were believed."""
    body = b"x" * MAX_ENTRY
    count = 10_000
    start = len(module._MAGIC) + module._COUNT.size + count * module._ROW.size
    rows = b"".join(module._ROW.pack(n.to_bytes(32, "big"), 1, start, MAX_ENTRY) for n in range(count))
    (tmp_path / NAME).write_bytes(module._MAGIC + module._COUNT.pack(count) + rows + body)
    filled(tmp_path, {b"q": b"a"})
    assert (tmp_path / NAME).stat().st_size < 4 * MAX_ENTRY
    assert Store(tmp_path, SECRET).get(b"q") == b"a"


def test_what_was_used_longest_ago_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = [1_000]
    monkeypatch.setattr("time.time", lambda: day[0] * 86_400.0)
    for name in (b"old", b"asked again", b"newer"):
        day[0] += 2
        filled(tmp_path, {name: bytes(1_000)})
    day[0] += 2
    asking = Store(tmp_path, SECRET)
    assert asking.get(b"asked again") == bytes(1_000)
    asking.save()
    small = Store(tmp_path, SECRET, max_bytes=3_600)
    small.put(b"newest", bytes(1_000))
    small.save()
    assert (tmp_path / NAME).stat().st_size <= 3_600
    left = {name for name in (b"old", b"asked again", b"newer", b"newest") if Store(tmp_path, SECRET).get(name)}
    assert left == {b"asked again", b"newer", b"newest"}


def test_a_run_that_learns_nothing_writes_nothing(tmp_path: Path) -> None:
    """So a CI cache need not be stored again."""
    filled(tmp_path, {b"q": b"a"})
    before = (tmp_path / NAME).stat().st_ino
    store = Store(tmp_path, SECRET)
    assert store.get(b"q") == b"a"
    store.save()
    assert (tmp_path / NAME).stat().st_ino == before


def test_runs_side_by_side_keep_each_others_entries(tmp_path: Path) -> None:
    stores = [Store(tmp_path, SECRET) for _ in range(8)]
    for number, store in enumerate(stores):
        store.put(b"%d" % number, b"answer")
    threads = [threading.Thread(target=store.save) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(Store(tmp_path, SECRET).get(b"%d" % number) == b"answer" for number in range(8))


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    store = Store(tmp_path / "gone", SECRET)
    store.put(b"q", b"a")
    store.save()
    assert store.get(b"q") == b"a"


def test_neither_names_nor_answers_can_be_read_without_the_key(tmp_path: Path) -> None:
    """bandit quotes the passwords that it finds."""
    raw = filled(tmp_path, {b"path/to/settings.py": b"Possible hardcoded password: 'hunter2-hunter2'"})
    assert b"hunter2" not in raw
    assert b"settings" not in raw
