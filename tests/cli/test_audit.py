"""`audit` as it is typed: honest and bypassing merges, the same bytes for the same inputs, formats, exit codes."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import jsonschema
import pytest

from tests.bypass.scene import INA, VIC, Scene
from tests.cli.test_check import gate, keys, scene
from tests.cli.test_release import MERGED, change_and_merge

__all__ = ["keys", "scene"]
SCHEMA = Path(__file__).parent.parent.parent / "docs" / "schemas" / "audit-v1.schema.json"


def audit(scene: Scene, *more: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    (scene.folder / "records").mkdir(exist_ok=True)
    trusted = ("--trust", str(scene.vic_key.path.with_name("gate.pub")), "--records", "records")
    frame = ("--repo", "repo", "--branch", "main", "--policy", "policy", "--repository", "corp/payments")
    when = ("--now", "2026-11-25T12:00:00Z")
    return gate("audit", *frame, *trusted, *when, *more, folder=scene.folder, code=code)


def rows(scene: Scene, *more: str) -> list[tuple[str, list[str]]]:
    audit(scene, "--output", "json=audit.json", *more)
    whole = json.loads((scene.folder / "audit.json").read_text())
    jsonschema.validate(whole, json.loads(SCHEMA.read_text()))
    assert sum(whole["summary"].values()) == len(whole["changes"])
    return [(row["class"], row["vendors"]) for row in whole["changes"]]


@pytest.mark.tools
def test_honest_and_bypassing_merges_are_told_apart(scene: Scene) -> None:
    """one that was judged, one that nobody judged, one of ours: each its own class, bypasses first on the screen"""
    change_and_merge(scene)
    sneaked = scene.repo.commit("Sneak (#9)", {"services/x.py": "X = 1\n"}, author=VIC, date=MERGED + 60)
    scene.repo.commit("Ours", {"services/y.py": "Y = 1\n"}, author=INA, date=MERGED + 120)
    assert rows(scene) == [("not-vendor", []), ("passed", ["acme"]), ("no-record", ["acme"]), ("not-vendor", [])]
    shown = audit(scene).stdout
    assert "1 of 2 outsourced changes shown to have passed the gate; 1 not" in shown
    assert f"#9 {sneaked[:12]}" in shown
    audit(scene, "--strict", code=1)


def test_a_period_holds_its_last_day_and_not_the_next(scene: Scene) -> None:
    """days are those of the policy's time zone"""
    change_and_merge(scene, judged=False)
    assert [kind for kind, _ in rows(scene, "--from", "2026-11-24", "--to", "2026-11-24")] == ["no-record"]
    assert rows(scene, "--from", "2026-11-25") == []
    assert [kind for kind, _ in rows(scene, "--to", "2026-11-23")] == ["not-vendor"]


def test_the_same_inputs_give_the_same_bytes(scene: Scene) -> None:
    """whatever the environment says"""
    change_and_merge(scene, judged=False)
    first, second = (audit(scene, "--output", name).stdout for name in ("json", "json"))
    assert first == second
    for name in ("markdown", "html"):
        assert audit(scene, "--output", name).stdout == audit(scene, "--output", name).stdout


def test_artefacts_are_listed_with_their_state(scene: Scene) -> None:
    """what is asked for and missing stands beside what is there"""
    change_and_merge(scene, judged=False)
    audit(scene, "--output", "json=audit.json")
    artefacts = json.loads((scene.folder / "audit.json").read_text())["artefacts"]
    states = {(one["owner"], one["artefact"]): one["state"] for one in artefacts}
    assert states["acme-labs", "contract"] == "missing"
    assert "expiring" in states.values()


def test_a_hostile_subject_is_text_in_every_format(scene: Scene) -> None:
    """no markup, no formula, no escape sequence"""
    scene.repo.switch("main")
    scene.repo.commit("=cmd|x'!A1 \x1b[31m | <script> (#3)", {"a.py": "A = 1\n"}, author="=Eve <eve@evil.example>")
    audit(scene, "--output", "csv=audit.csv", "--output", "markdown=audit.md", "--output", "html=audit.html")
    table = list(csv.reader((scene.folder / "audit.csv").read_text().splitlines()))
    assert not any(cell.startswith(("=", "+", "@")) for row in table for cell in row)
    assert "<script>" not in (scene.folder / "audit.md").read_text()
    assert (scene.folder / "audit.html").read_text().count("<script>") == 1
    assert "\x1b" not in audit(scene).stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "2026-12-01", "--to", "2026-11-01"), "is after"),
        (("--branch", "nowhere"), "nowhere"),
        (("--output", "pdf"), "allowed: terminal"),
        (("--records", "nowhere"), "no such folder"),
    ],
)
def test_what_cannot_be_meant_is_one_error(scene: Scene, words: tuple[str, ...], says: str) -> None:
    """with exit code 2"""
    assert says in audit(scene, *words, code=2).stderr
