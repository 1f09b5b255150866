"""The clean room."""

from __future__ import annotations

from pathlib import Path

from outsource_gate.scanners.workspace import clean_room


def test_names_in_the_room_are_neutral_and_files_read_only() -> None:
    """Nothing of a path but its language's suffix gets in."""
    with clean_room() as (room, _):
        room.put("head", "tests/../.semgrepignore; rm -rf.py", "python", ".py", b"x = 1\r\ny = 2\n")
        (target,) = room.targets("head", frozenset({"python"}))
        assert target == "head/f000000.py"
        assert (room.folder / target).stat().st_mode & 0o777 == 0o400
        assert room.lines(target) == ["x = 1", "y = 2", ""]
        assert room.targets("head", frozenset({"go"})) == ()


def test_nothing_is_left_behind() -> None:
    with clean_room() as (room, private):
        top = room.folder.parent
        (private / "home").mkdir()
        assert top.stat().st_mode & 0o077 == 0
    assert not Path(top).exists()
