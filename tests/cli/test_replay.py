"""`replay`: the recorded facts give the recorded decision again, or it says what is missing."""

from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

from outsource_gate.check import check
from outsource_gate.cli.replay import command
from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.run import Recording
from outsource_gate.registry import gates
from outsource_gate.replay import replay
from outsource_gate.request import Request
from tests.bypass.scene import INA, NOW, Scene, build
from tests.repo import SigningKey


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """An unsigned record of a change of our own: whether it is genuine is for `verify`."""
    scene: Scene = build(tmp_path, SigningKey.generate(tmp_path, "vic"), SigningKey.generate(tmp_path, "ina"))
    scene.commit({"services/a.py": "A = 1\n"}, author=INA)
    scene.by("ida")
    request = Request(scene.repo.path, scene.policy, "main", "feature", scene.hand_over(), None, NOW)
    check(request, Recording(tmp_path / "record.json"), lambda _: None)
    return tmp_path / "record.json"


def facts_of(record: Path) -> Path:
    return record.with_name("record.facts.json.gz")


def test_the_same_facts_give_the_same_decision(record: Path) -> None:
    result = CliRunner().invoke(command, [str(record)])
    assert result.exit_code == 0
    assert "same decision: ALLOW" in result.output


def test_missing_facts_are_named(record: Path) -> None:
    facts_of(record).unlink()
    with pytest.raises(EvidenceError, match=r"record\.facts\.json\.gz"):
        replay(record)


def test_the_facts_of_another_run_are_refused(record: Path) -> None:
    raw = gzip.decompress(facts_of(record).read_bytes())
    facts_of(record).write_bytes(gzip.compress(raw.replace(b'"services/a.py"', b'"services/b.py"')))
    with pytest.raises(EvidenceError, match="the record names"):
        replay(record)


def test_a_gate_of_another_meaning_is_refused(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the same version of a gate can judge its facts again."""
    newer = {name: dataclasses.replace(gate, version=gate.version + 1) for name, gate in gates().items()}
    monkeypatch.setattr("outsource_gate.replay.gates", lambda: newer)
    with pytest.raises(EvidenceError, match="recorded in version 1, this program has 2"):
        replay(record)


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text("{}")
    with pytest.raises(EvidenceError):
        replay(tmp_path / "record.json")
