"""Files of a shared folder: read within bounds, replaced whole, by one run at a time."""

from __future__ import annotations

from pathlib import Path

from outsource_gate.sealing import files


def test_a_file_is_read_up_to_the_bound_and_not_past_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    files.replace_whole(path, b"12345")
    assert (files.read_bounded(path, 5), files.read_bounded(path, 4)) == (b"12345", b"")


def test_what_another_run_left_half_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file.new").write_bytes(b"half")
    files.replace_whole(tmp_path / "file", b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    with files.locked(tmp_path / "lock") as first, files.locked(tmp_path / "lock") as second:
        assert (first, second) == (True, False)


def test_keys_differ_by_secret_and_purpose() -> None:
    keys = {files.derived(secret, purpose) for secret in (b"one", b"two") for purpose in (b"name", b"seal")}
    assert len(keys) == 4
