"""Scanner kingfisher: what is asked of the program, what it says, and what becomes of a bad answer."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence
from outsource_gate.scanners import Installed, kingfisher
from outsource_gate.scanners.cache.store import Store
from tests.scanners import planted

KEY = b"k" * 32


def installed() -> Installed:
    found = kingfisher.find()
    assert not isinstance(found, Unavailable), "pip install kingfisher-bin"
    return found


def report(*hits: dict[str, Any], read: int = 1, failed: int = 0, partial: int = 0) -> bytes:
    account = {"audit": {"summary": {"scan_failed": failed, "scan_partial": partial}}}
    return "\n".join(json.dumps(row) for row in (*hits, account, {"blobs_scanned": read})).encode()


def hit(**changes: Any) -> dict[str, Any]:
    found = {"snippet": "v", "confidence": "high", "line": 3, "path": "/room/head/f000001", **changes}
    return {"rule": {"id": "betterleaks.github-pat"}, "finding": found}


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of other tests is known."""
    monkeypatch.setattr(kingfisher, "_compiled", {})


def read(folder: Path, *texts: str, store: Store | None = None) -> tuple[kingfisher.TypedHit, ...]:
    room, private = folder / "room", folder / "private"
    room.mkdir(parents=True)
    for number, text in enumerate(texts):
        (room / f"f{number:06d}").write_text(text)
    kingfisher.compile_rules(installed(), private, store, threading.Event())
    return kingfisher.scan(installed(), private, room, len(texts), threading.Event())


@pytest.mark.tools
def test_it_reads_whatever_comments_and_names_say(tmp_path: Path) -> None:
    marked = f'tok = "{planted.github()}"  # kingfisher:ignore gitleaks:allow betterleaks:allow nosec\n'
    found = read(tmp_path, "x = 1\n", f"\n{marked}")
    assert [(one.target, one.rule, one.line, one.value) for one in found] == [
        ("f000001", "github-pat", 2, planted.github())
    ]
    assert planted.github() not in repr(found)


@pytest.mark.tools
def test_it_leaves_nothing_outside_of_its_folder_and_heeds_nothing_in_the_room(tmp_path: Path) -> None:
    """a configuration and an ignore file beside the texts are texts"""
    room = tmp_path / "a" / "room"
    found = read(tmp_path / "a", planted.github(), "rules: []\n", "*\n")
    assert len(found) == 1
    assert sorted(file.name for file in room.iterdir()) == ["f000000", "f000001", "f000002"]


@pytest.mark.tools
@pytest.mark.usefixtures("fresh")
def test_compiled_rules_are_sealed_for_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """with them it says the same; what is damaged is compiled again"""
    first = read(tmp_path / "1", planted.github(), store=(store := Store(tmp_path, KEY)))
    store.save()
    monkeypatch.setattr(kingfisher, "_compiled", {})
    again = read(tmp_path / "2", planted.github(), store=Store(tmp_path, KEY))
    assert again == first
    assert not (tmp_path / "2" / "private" / "compile").exists()
    monkeypatch.setattr(kingfisher, "_compiled", {})
    for file in tmp_path.glob("*.cache"):
        file.write_bytes(file.read_bytes()[:-100] + bytes(100))
    assert read(tmp_path / "3", planted.github(), store=Store(tmp_path, KEY)) == first
    assert (tmp_path / "3" / "private" / "compile").exists()


def test_a_hit_is_read_from_its_line() -> None:
    (found,) = kingfisher.parse(report(hit(encoding="base64", confidence="medium")), 1)
    assert found == kingfisher.TypedHit("f000001", "github-pat", Confidence.MEDIUM, 3, "v", is_encoded=True)


@pytest.mark.parametrize(
    "stdout",
    [
        b"",
        b"{",
        b"[1]",
        report(hit(line="x")),
        report(hit(confidence="certain")),
        report(hit())[:-3],
        report(read=2),
        report(read=0),
        report(failed=1),
        report(partial=1),
        b'{"audit": {}}\n{"blobs_scanned": 1}',
        b"[" * 100_000,
    ],
    ids=lambda stdout: repr(stdout[:24]),
)
def test_a_report_that_is_not_whole_counts_for_nothing(stdout: bytes) -> None:
    with pytest.raises(ToolError):
        kingfisher.parse(stdout, 1)


def test_too_many_hits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kingfisher, "MAX_HITS", 2)
    with pytest.raises(ToolError, match="reports 3 credentials"):
        kingfisher.parse(report(hit(), hit(), hit()), 1)


@pytest.mark.parametrize("script", ["exit 1", "exit 2", "kill -9 $$"])
@pytest.mark.usefixtures("fresh")
def test_a_program_that_fails_is_named_and_not_quoted(tmp_path: Path, script: str) -> None:
    """what it says could hold what it read"""
    program = tmp_path / "kingfisher"
    program.write_text(f"#!/bin/sh\necho hunter2-value >&2\n{script}\n")
    program.chmod(0o700)
    with pytest.raises(ToolError, match="kingfisher 9 ended with code") as caught:
        kingfisher.compile_rules(Installed((str(program),), "9"), tmp_path / "p", None, threading.Event())
    assert "hunter2" not in caught.value.message


@pytest.mark.usefixtures("fresh")
def test_a_program_that_writes_no_rules_is_no_detector(tmp_path: Path) -> None:
    program = tmp_path / "kingfisher"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o700)
    with pytest.raises(ToolError, match="left 0 files"):
        kingfisher.compile_rules(Installed((str(program),), "9"), tmp_path / "p", None, threading.Event())
