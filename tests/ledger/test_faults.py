"""Whatever happens to a writer, its disk or its connection: what was acknowledged is there, once, and whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.keys import generate_keypair
from outsource_gate.ledger import connect, open_ledger
from outsource_gate.ledger.store import Ledger
from tests.ledger.ledgers import ORIGIN, at, audited, ledger, record, records, url
from tests.ledger.postgres import Server

ROOT = Path(__file__).resolve().parents[2]
PEM = generate_keypair("ed25519", None).private_pem.decode()


@dataclass(frozen=True, slots=True)
class Writer:
    """A process that appends, see `writer.py`."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, address: str, start: int, count: int, limit: int = 0) -> Writer:
        command = [sys.executable, "-m", "tests.ledger.writer", address, str(start), str(count), str(limit)]
        known = os.environ | {"LEDGER_TEST_KEY": PEM, "PYTHONPATH": str(ROOT)}
        pipe = subprocess.PIPE
        return cls(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=known))

    def wait_for(self, acknowledged: int) -> list[str]:
        """The first lines, as soon as they are there."""
        assert self.process.stdout is not None
        return [self.process.stdout.readline() for _ in range(acknowledged)]

    def end(self) -> tuple[list[str], str]:
        out, err = self.process.communicate(timeout=240)
        return out.splitlines(), err


def acknowledged_are_there(found: Ledger, lines: list[str]) -> int:
    """Every acknowledged append is in its place, and nothing is there twice."""
    result = audited(found)
    assert result.problem == ""
    places = {placed.place: placed.entry for placed in found.newest(10_000)}
    assert sorted(places) == list(range(result.size))
    assert len({entry.subject["gitCommit"] for entry in places.values()}) == result.size
    for number, place, digest in map(str.split, lines):
        entry = places[int(place)]
        assert (entry.subject["gitCommit"], entry.envelope) == (f"{int(number):040x}", digest)
    return result.size


def test_killed_at_any_moment(address: str) -> None:
    """a writer killed over and over leaves a whole ledger with everything it had acknowledged, at most one more"""
    lines: list[str] = []
    open_ledger(address, create=ORIGIN)
    for number in range(6):
        writer = Writer.start(address, 1000 * number, 1000)
        lines += writer.wait_for(1 + number)
        time.sleep(0.003 * number)  # not waited for: it only moves the moment of the kill
        writer.process.send_signal(signal.SIGKILL)
        more, _ = writer.end()
        lines += [line for line in more if len(line.split()) == 3 and len(line.split()[2]) == 64]
        size = acknowledged_are_there(open_ledger(address), lines)
        assert len(lines) <= size <= len(lines) + number + 1


def test_eight_writers_at_once(address: str) -> None:
    """eight processes that make and fill one ledger at once lose nothing and double nothing"""
    writers = [Writer.start(address, 100 * number, 5) for number in range(8)]
    lines: list[str] = []
    for writer in writers:
        out, err = writer.end()
        assert (writer.process.returncode, err) == (0, "")
        lines += out
    assert len(lines) == 40
    assert acknowledged_are_there(open_ledger(address), lines) == 40


def test_a_full_disk(tmp_path: Path) -> None:
    """when a file can grow no more, an append fails in one line; what was acknowledged stays, and more can come"""
    address = url(tmp_path / "ledger.db")
    writer = Writer.start(address, 0, 10_000, limit=200_000)
    lines, err = writer.end()
    assert writer.process.returncode == 3
    assert err.startswith("ledger: ")
    assert "nothing is half written" in err
    assert len(lines) > 5
    found = open_ledger(address)
    before = acknowledged_are_there(found, lines)
    (placed,) = found.append([record(1)], at())
    assert placed.place == before
    assert audited(found).problem == ""


def test_a_lost_connection(postgres: Server) -> None:
    """a server that ends connections loses what was not acknowledged; the same append again adds it once"""
    address = postgres.database()
    found = open_ledger(address, create=ORIGIN)
    found.append([record(0)], at())
    name = address.partition("@/")[2].partition("?")[0]
    there = f"FROM pg_stat_activity WHERE datname = '{name}'"
    with pytest.raises(EvidenceError, match="ledger: postgresql"), found.door.writing() as connection:
        connection.exec_driver_sql("DELETE FROM entries")
        assert postgres.sql(f"SELECT count(pg_terminate_backend(pid)) {there}", "postgres") == "1"
        connection.exec_driver_sql("SELECT 1")
    assert audited(found).size == 1
    with found.door.writing():
        writer = Writer.start(address, 100, 3)
        waiting = f"{there} AND wait_event = 'advisory'"
        while postgres.sql(f"SELECT count(*) {waiting}", "postgres") != "1":
            assert writer.process.poll() is None
        assert postgres.sql(f"SELECT count(pg_terminate_backend(pid)) {waiting}", "postgres") == "1"
        lines, err = writer.end()
    assert (writer.process.returncode, lines) == (3, [])
    assert "the same command can be repeated" in err
    for _ in range(2):
        lines, err = Writer.start(address, 100, 3).end()
        assert (len(lines), err) == (3, "")
        assert acknowledged_are_there(found, lines) == 4


def test_waiting_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a writer that holds the ledger makes others wait for a bounded time, and readers not at all"""
    found = ledger(tmp_path / "ledger.db", 2)
    monkeypatch.setattr(connect, "WAIT", 0.2)
    other = open_ledger(url(tmp_path / "ledger.db"))
    with found.door.writing():
        assert audited(other).size == 2
        with pytest.raises(EvidenceError, match="database is locked"):
            other.append([record(5)], at(5))
    assert other.append([record(5)], at(5))[0].place == 2


def test_reading_sees_one_moment(address: str) -> None:
    """an audit that runs while others append sees a whole ledger each time"""
    found = open_ledger(address, create=ORIGIN)
    done = threading.Event()

    def fill() -> None:
        other = open_ledger(address)
        for raw in records(20):
            other.append([raw], at())
        done.set()

    thread = threading.Thread(target=fill)
    thread.start()
    seen = []
    while not done.is_set():
        result = audited(found)
        assert result.problem == ""
        seen.append(result.size)
    thread.join()
    assert seen == sorted(seen)
    assert audited(found).size == 20
