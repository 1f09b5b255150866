"""Typed detectors read what ours read; where they cannot, that is said and ours stand."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence
from outsource_gate.scanners import kingfisher, workspace
from outsource_gate.scanners.secret_hunt import Origin
from outsource_gate.scanners.typed_secrets import Said, detectors
from tests.scanners import planted


def at(path: str) -> Origin:
    return Origin("content", "a" * 40, path)


def said_of(*texts: str) -> Said:
    with detectors() as given:
        for number, text in enumerate(texts):
            given.add(at(f"{number}.py"), text)
        given.start()
        return given.said()


@pytest.mark.tools
def test_each_text_is_told_by_where_it_is_from() -> None:
    """two of the same content are two, and a blank one is none"""
    token = planted.github()
    with detectors() as given:
        for name, text in (("a", token), ("b", " \n"), ("c", "x = 1"), ("d", token)):
            given.add(at(name), text)
        given.start()
        said = given.said()
        assert [(origin.path, text, len(hits)) for origin, text, hits in given.texts(said)] == [
            ("a", token, 1),
            ("d", token, 1),
        ]
    assert said.version.startswith("kingfisher ")
    assert token not in repr(said)


@pytest.mark.tools
def test_where_there_is_no_text_there_is_nothing_to_find() -> None:
    assert said_of("", "\n").hits == ()


def test_a_missing_program_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        kingfisher, "find", lambda: Unavailable("kingfisher-bin is not installed", "", "kingfisher")
    )
    assert said_of("text") == Said(missing="kingfisher-bin is not installed")


@pytest.mark.tools
def test_a_failure_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ToolError("kingfisher: not done after 600 seconds and was ended")

    monkeypatch.setattr(kingfisher, "scan", fails)
    assert said_of("text").missing == "kingfisher: not done after 600 seconds and was ended"


@pytest.mark.tools
def test_a_report_about_another_file_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    strange = kingfisher.TypedHit("f999999", "x", Confidence.HIGH, 1, "v")
    monkeypatch.setattr(kingfisher, "scan", lambda *_: (strange,))
    said = said_of("text")
    assert (said.hits, said.version, "was not given" in said.missing) == ((), "", True)


@pytest.mark.tools
def test_more_text_than_the_room_takes_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "MAX_ROOM_BYTES", 10)
    assert "more text" in said_of("x" * 11).missing


@pytest.mark.tools
def test_an_end_from_outside_ends_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """and takes its room along"""
    seen: list[threading.Event] = []

    def waits(*given: object) -> tuple[kingfisher.TypedHit, ...]:
        stop = given[-1]
        assert isinstance(stop, threading.Event)
        seen.append(stop)
        stop.wait()
        return ()

    monkeypatch.setattr(kingfisher, "scan", waits)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt), detectors() as given:
        given.add(at("a"), "text")
        given.start()
        raise KeyboardInterrupt
    assert all(stop.is_set() for stop in seen)
    assert list(tmp_path.iterdir()) == []
