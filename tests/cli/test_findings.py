"""`findings` as it is typed: from a scan of a real repository to lists, figures and a check that denies."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO

import jsonschema
import pytest

from outsource_gate.head_scan import Asked, scan_head
from outsource_gate.model.tracked import published_schema
from outsource_gate.reports.scan_json import head_json
from outsource_gate.scanners.run import SCANNERS
from tests.bypass.scene import CLEAN, FLAW, NOW, VIC, Scene
from tests.cli.test_check import check, gate, keys, scene
from tests.results.sarif import result, run, sarif

__all__ = ["keys", "scene"]
PING = "services/ping.py"
SEMGREP = tuple(scanner for scanner in SCANNERS if scanner.id == "semgrep")
TRACKER = ("--tracker", "tracker.json")
POLICY = ("--policy", "policy")


def scan(scene: Scene, name: str, days: int, ref: str = "main") -> tuple[str, ...]:
    """Scan the main branch so many days before NOW, and give the words that take it in then."""
    at = NOW - timedelta(days=days)
    found = scan_head(Asked(scene.repo.path, ref, scene.policy, scanners=SEMGREP, now=at), lambda _: None)
    (scene.folder / name).write_text(head_json(found))
    return ("update", "--scan", name, "--repository", "repo", "--now", at.isoformat())


def findings(scene: Scene, *words: str, code: int = 0) -> str:
    done = gate("findings", *words, *TRACKER, folder=scene.folder, code=code)
    return done.stdout + done.stderr


def now(days: int = 0) -> tuple[str, str]:
    return ("--now", (NOW - timedelta(days=days)).isoformat())


def listed(scene: Scene, *more: str) -> list[dict[str, object]]:
    shown = findings(scene, "list", *POLICY, *now(), "--output", "json", *more)
    rows: list[dict[str, object]] = json.loads(shown)["findings"]
    return rows


def start(scene: Scene) -> None:
    """Let vic's weakness be on main since forty days, as the tracker knows."""
    scene.repo.switch("main")
    scene.commit({PING: FLAW.replace("ping", "pong")}, author=VIC)
    findings(scene, *scan(scene, "a.json", 40))


@pytest.mark.tools
def test_a_finding_from_its_first_scan_to_its_end(scene: Scene) -> None:
    """opened, renamed, fixed, reverted: it keeps its first day, and the tracker fits its schema"""
    start(scene)
    scene.repo.rename(PING, "services/net.py")
    scene.commit(author=VIC)
    assert "2 moved" in findings(scene, *scan(scene, "b.json", 30))
    scene.commit({"services/net.py": CLEAN}, author=VIC)
    assert "2 closed" in findings(scene, *scan(scene, "c.json", 20))
    assert listed(scene) == []
    scene.commit({"services/net.py": FLAW.replace("ping", "pong")}, author=VIC)
    assert "2 reopened" in findings(scene, *scan(scene, "d.json", 10))
    row = next(row for row in listed(scene) if row["severity"] == "high")
    assert (row["first_seen_on"], row["due"], row["overdue"]) == ("2026-10-14", "2026-11-13", True)
    assert row["paths"] == [PING, "services/net.py"]
    assert (row["owner"], row["agreed_in_contract"]) == ("procurement@corp.example", True)
    shown = findings(scene, "show", str(row["id"]), *POLICY, *now())
    assert all(word in shown for word in ("reopened", "10 days overdue", "was called", PING))
    jsonschema.validate(json.loads((scene.folder / "tracker.json").read_text()), published_schema())


@pytest.mark.tools
def test_past_its_day_the_vendors_next_change_is_denied(scene: Scene) -> None:
    """denied by severity as the tier says, the record names tracker and fingerprint; the fix passes the gate"""
    policy = scene.policy / "policy.yaml"
    tier = "standard: {gates: {remediation: {fail_on: high, tracker: required, max_age: 60 days}}}"
    policy.write_text(policy.read_text().replace("{extends: baseline}", f"{{extends: baseline, {tier}}}"))
    start(scene)
    scene.repo.branch("work")
    scene.commit({"services/more.py": CLEAN})
    scene.repo.git("branch", "-f", "feature", "work")
    outcome = ("--tracker", "tracker.json", "--output", "json=outcome.json")
    check(scene, *outcome, code=1)
    (fact,) = [
        one
        for one in json.loads((scene.folder / "outcome.json").read_text())["verdicts"]
        if one["gate"] == "remediation"
    ]
    (reason,) = fact["reasons"]
    assert (reason["code"], reason["expected"], reason["internal"]) == (
        "finding-overdue",
        "fixed by 2026-11-13",
        None,
    )
    assert reason["finding"].startswith("v1:")
    record = json.loads((scene.folder / "outsource-gate.evidence.json").read_text())
    assert record
    gate("replay", "outsource-gate.evidence.json", *POLICY, folder=scene.folder)
    scene.commit({"services/more.py": None, PING: None})
    scene.repo.git("branch", "-f", "feature", "work")
    check(scene, *outcome)
    done = check(scene, "--tracker", "repo/tracker.json", code=2)
    assert "lies inside the checkout" in done.stderr


@pytest.mark.tools
def test_an_older_scan_changes_nothing(scene: Scene) -> None:
    """by descent where git is asked, else by time; the tracker stays byte for byte"""
    start(scene)
    older = scan(scene, "older.json", 39, "main~1")
    before = (scene.folder / "tracker.json").read_bytes()
    assert "is no descendant of" in findings(scene, *older, code=2)
    early = scan(scene, "early.json", 50)
    assert "before the last one" in findings(scene, *early, code=2)
    assert (scene.folder / "tracker.json").read_bytes() == before


@pytest.mark.tools
def test_the_same_scan_twice_is_taken_in_once(scene: Scene) -> None:
    start(scene)
    before = (scene.folder / "tracker.json").read_bytes()
    findings(scene, "update", "--scan", "a.json", "--repository", "repo", *now(40))
    assert (scene.folder / "tracker.json").read_bytes() == before


def test_what_people_find_is_added_accepted_and_closed(scene: Scene) -> None:
    """an item of a penetration test: accepted within bounds, over with its old date, closed by proof"""
    added = ("--kind", "penetration-test", "--vendor", "acme", "--severity", "high", "--reference", "PT-7")
    assert "F1" in findings(scene, "add", *added, "--title", "=token in the address", *now(40))
    assert "is there already" in findings(scene, "add", *added, "--title", "again", *now(), code=2)
    accept = ("accept", "F1", *POLICY, "--reason", "release 3.2", *now())
    assert "nobody of ours" in findings(scene, *accept, "--until", "2026-12-01", "--by", "vic", code=2)
    assert "out of bounds" in findings(scene, *accept, "--until", "2027-06-01", "--by", "ina", code=2)
    findings(scene, *accept, "--until", "2026-12-01", "--by", "ina@corp.example")
    assert [row["state"] for row in listed(scene, "--strict")] == ["accepted"]
    late = ("list", *POLICY, "--now", "2026-12-02T12:00:00Z")
    assert "19 days overdue" in findings(scene, *late, "--strict", code=1)
    table = list(csv.DictReader(StringIO(findings(scene, *late, "--output", "csv"))))
    assert (table[0]["title"], table[0]["overdue"]) == ("'=token in the address", "yes")
    findings(scene, "close", "F1", "--evidence", "retest PT-9", *now())
    assert listed(scene, "--state", "closed")[0]["closed_at"] == "2026-11-23T12:00:00Z"
    assert "is closed already" in findings(scene, "close", "F1", "--evidence", "x", *now(), code=2)


def test_a_report_of_a_dynamic_scanner_is_taken_in(scene: Scene) -> None:
    """opened and closed by the report of its name; a broken or an older one changes nothing"""
    update = ("update", "--result", "zap=zap.sarif", "--vendor", "acme", *now())
    report = scene.folder / "zap.sarif"
    report.write_bytes(sarif(run(result(level="error"))))
    assert "1 opened" in findings(scene, *update)
    report.write_bytes(sarif(run()))
    assert "1 closed" in findings(scene, *update)
    before = (scene.folder / "tracker.json").read_bytes()
    report.write_bytes(b'{"version": "2.1.0", "runs": []}')
    assert "no run of any tool" in findings(scene, *update, code=3)
    assert "go together" in findings(scene, "update", "--result", "zap=zap.sarif", code=2)
    assert (scene.folder / "tracker.json").read_bytes() == before


def test_figures_say_how_deadlines_are_kept(scene: Scene) -> None:
    for number, days in enumerate((100, 40, 5)):
        what = ("--vendor", "acme", "--severity", "high", "--reference", f"A-{number}", "--title", "x")
        findings(scene, "add", "--kind", "audit", *what, *now(days))
    findings(scene, "close", "F1", "--evidence", "seen", *now(80))
    shown = findings(scene, "sla", *POLICY, *now(), "--strict", code=1)
    assert all(
        word in shown for word in ("acme", "1 overdue", "2 (2 high)", "100 %", "20 days in the median", "2026-11")
    )
    told = json.loads(findings(scene, "sla", *POLICY, *now(), "--output", "json"))["vendors"][0]
    assert (told["overdue"], told["kept"], told["oldest"]) == (1, 100, "2026-10-14")
    assert sum(month["opened"] for month in told["months"]) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no valid JSON"),
        ("[" * 100_000, "nested deeper than"),
        ('{"schemaVersion": "2.0"}', "no tracker of version 1"),
        ('{"schemaVersion": "1.0", "updated_at": "2026-01-01T00:00:00Z", "more": 1}', "more"),
        ('{"schemaVersion": "1.0", "updated_at": "yesterday"}', "updated_at"),
    ],
)
def test_what_is_no_tracker_is_one_clear_error(scene: Scene, text: str, says: str) -> None:
    (scene.folder / "tracker.json").write_text(text)
    said = findings(scene, "list", code=3)
    assert says in said
    assert len(said.splitlines()) <= 2


def test_a_lock_keeps_a_second_writer_out(scene: Scene) -> None:
    """two runs at once: one writes, the other says so and writes nothing"""
    from outsource_gate.remediation.file import locked

    added = ("--kind", "audit", "--vendor", "acme", "--severity", "low", "--reference", "A", "--title", "x")
    with locked(scene.folder / "tracker.json"):
        assert "another run is writing" in findings(scene, "add", *added, code=3)
    assert not (scene.folder / "tracker.json").exists()
