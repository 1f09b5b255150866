"""Results of others from the job that makes them to the record: handed over, signed, verified, judged again."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bypass.scene import CLEAN, INA, Scene
from tests.cli.test_check import check, gate, keys, scene
from tests.results.sarif import result, run, sarif

__all__ = ["keys", "scene"]
SOURCES = """\
sources: {results: {zap: {format: sarif}, unit: {format: junit}}, trust: trust.yaml}
tiers: {extends: baseline, standard: {gates: {testing: {change: [zap, unit], signing: SIGNING}}}}
"""
RECORD = "outsource-gate.evidence.json"


def at_once() -> tuple[str, str]:
    """Signing takes the clock's time, so checking does, too."""
    return ("--now", datetime.now(UTC).isoformat())


def ask(scene: Scene, signing: str = "optional") -> Path:
    """Let the policy ask for both, and give the folder of reports."""
    policy = scene.policy / "policy.yaml"
    policy.write_text(
        policy.read_text().replace("tiers: {extends: baseline}\n", SOURCES.replace("SIGNING", signing))
    )
    vendor = scene.policy / "vendors" / "acme.yaml"
    vendor.write_text(vendor.read_text().replace("until: 2027-01-14", "until: 2999-12-31"))
    if not (scene.folder / "scan.key").exists():
        gate("keys", "generate", "--out", "scan", "--no-password", folder=scene.folder)
    trusted = ("--trust", "policy/trust.yaml", "--result", "zap", "--result", "un*")
    gate("keys", "trust", "add", "scan.pub", *trusted, folder=scene.folder)
    scene.commit({"services/refund.py": CLEAN + "\n\nLIMIT = 10\n"})
    reports = scene.folder / "reports"
    reports.mkdir()
    (reports / "zap.sarif").write_bytes(sarif(run(result(level="note"))))
    (reports / "TEST-a.xml").write_text('<testsuite><testcase name="a"/></testsuite>')
    (reports / "TEST-b.xml").write_text('<testsuite><testcase name="b"/></testsuite>')
    return reports


GIVEN = ("--result", "zap=reports/zap.sarif", "--result", "unit=reports")


def sign(scene: Scene, name: str, file: str, *more: str, code: int = 0) -> str:
    words = (
        "results",
        "sign",
        name,
        file,
        "--key",
        "file:scan.key",
        "--repo",
        "repo",
        "--commit",
        "feature",
        *more,
    )
    done = gate(*words, folder=scene.folder, code=code)
    return done.stdout + done.stderr


def trust(scene: Scene, *more: str) -> tuple[str, ...]:
    public = str(scene.vic_key.path.with_name("gate.pub"))
    gate("keys", "trust", "add", public, "--trust", "t.yaml", "--handed-over", *more, folder=scene.folder)
    return (RECORD, "--trust", "t.yaml")


@pytest.mark.tools
def test_what_the_job_hands_over_is_in_record_and_facts_and_judged_again(scene: Scene) -> None:
    ask(scene)
    shown = check(scene, *GIVEN, "--output", "terminal", "--output", "json=outcome.json").stdout
    assert "results of others handed over" in shown
    outcome = json.loads((scene.folder / "outcome.json").read_text())
    (testing,) = [verdict for verdict in outcome["verdicts"] if verdict["gate"] == "testing"]
    assert testing["status"] == "PASS"
    assert testing["summary"] == "zap: 1 findings, handed over; unit: 2 tests run, handed over"
    assert outcome["chosen"]["results"] == "handed-over"
    gate("replay", RECORD, folder=scene.folder)


@pytest.mark.tools
def test_a_key_speaks_for_unsigned_results_only_if_the_trust_file_says_so(scene: Scene) -> None:
    ask(scene)
    check(scene, *GIVEN)
    shown = gate("verify", *trust(scene), folder=scene.folder, code=3)
    assert "key-results" in shown.stdout
    (scene.folder / "t.yaml").unlink()
    gate("verify", *trust(scene, "--handed-over-results"), folder=scene.folder)


@pytest.mark.tools
def test_signed_results_need_nobodys_word(scene: Scene) -> None:
    ask(scene, "required")
    for name, file in (("zap", "zap.sarif"), ("unit", "TEST-a.xml"), ("unit", "TEST-b.xml")):
        assert f"signs {file} as {name}" in sign(scene, name, f"reports/{file}")
    check(scene, *GIVEN, *at_once())
    gate("verify", *trust(scene), folder=scene.folder)
    gate("replay", RECORD, folder=scene.folder)


@pytest.mark.tools
def test_a_key_for_results_speaks_for_no_record(scene: Scene) -> None:
    ask(scene)
    check(scene, *GIVEN, "--key", "file:scan.key", key=False)
    shown = gate("verify", RECORD, "--trust", "policy/trust.yaml", folder=scene.folder, code=3)
    assert "key-role" in shown.stdout


@pytest.mark.tools
def test_a_key_for_access_reviews_speaks_for_no_record(scene: Scene) -> None:
    ask(scene)
    check(scene, *GIVEN)
    named = trust(scene, "--handed-over-results", "--access-review", "acme")
    assert "a key that signs access reviews" in gate("verify", *named, folder=scene.folder, code=3).stdout


def _other_bytes(file: Path, beside: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def _other_name(file: Path, beside: Path) -> None:
    beside.write_text(beside.read_text())
    other = file.with_name("TEST-a.xml.sigstore.json")
    beside.write_bytes(other.read_bytes())


def _cut(file: Path, beside: Path) -> None:
    beside.write_bytes(beside.read_bytes()[:-9])


def _hint(file: Path, beside: Path) -> None:
    whole = json.loads(beside.read_text())
    whole["verificationMaterial"]["publicKey"]["hint"] = "another"
    beside.write_text(json.dumps(whole))


def _payload(file: Path, beside: Path) -> None:
    whole = json.loads(beside.read_text())
    payload = whole["dsseEnvelope"]["payload"]
    whole["dsseEnvelope"]["payload"] = ("f" if payload[0] == "e" else "e") + payload[1:]
    beside.write_text(json.dumps(whole))


def _no_signature(file: Path, beside: Path) -> None:
    whole = json.loads(beside.read_text())["dsseEnvelope"]
    beside.write_text(json.dumps({**whole, "signatures": []}))


def _a_record(file: Path, beside: Path) -> None:
    beside.write_text("{}")


def _a_folder(file: Path, beside: Path) -> None:
    beside.unlink()
    beside.mkdir()


TAMPERING = (_other_bytes, _other_name, _cut, _hint, _payload, _no_signature, _a_record, _a_folder)


@pytest.mark.tools
def test_whatever_is_changed_after_signing_lets_nothing_through(scene: Scene) -> None:
    """the one change after the other; undone, it passes"""
    reports = ask(scene)
    file, beside = reports / "zap.sarif", reports / "zap.sarif.sigstore.json"
    sign(scene, "zap", "reports/zap.sarif")
    sign(scene, "unit", "reports/TEST-a.xml")
    kept = file.read_bytes(), beside.read_bytes()
    for tamper in TAMPERING:
        tamper(file, beside)
        shown = check(scene, *GIVEN, *at_once(), "--output", "json", code=3)
        codes = {
            reason["code"] for verdict in json.loads(shown.stdout)["verdicts"] for reason in verdict["reasons"]
        }
        assert "result-unavailable" in codes, tamper
        if beside.is_dir():
            beside.rmdir()
        file.write_bytes(kept[0])
        beside.write_bytes(kept[1])
    check(scene, *GIVEN, *at_once())


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("zap", "is no NAME=FILE"),
        ("=x", "is no NAME=FILE"),
        ("zapp=x", "knows no result of this name; known: zap, unit"),
    ],
)
def test_a_result_that_cannot_be_meant_is_2(scene: Scene, given: str, says: str) -> None:
    ask(scene)
    assert says in check(scene, "--result", given, code=2).stderr


@pytest.mark.tools
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("reports/none", "No such file"),
        ("empty", "no .sarif or .sarif.json file in it"),
        ("pipe", "Unexpected"),
        ("big", "more than 64 MiB"),
    ],
)
def test_a_report_that_is_not_there_leaves_it_undecided(scene: Scene, path: str, says: str) -> None:
    """a pipe that nobody writes to does not hold the job"""
    ask(scene)
    (scene.folder / "empty").mkdir()
    subprocess.run(["mkfifo", "pipe"], cwd=scene.folder, check=True)
    with (scene.folder / "big").open("wb") as big:
        big.truncate(100 << 20)
    says = "no whole JSON text" if path == "pipe" else says
    shown = check(scene, "--result", f"zap={path}", "--result", "unit=reports", code=3)
    assert says in " ".join(shown.stdout.split())


def test_results_of_our_own_change_are_not_read(scene: Scene) -> None:
    ask(scene)
    scene.repo.switch("main")
    scene.repo.branch("ours")
    scene.commit({"services/a.py": "A = 1\n"}, author=INA)
    scene.by("ida")
    check(scene, "--head", "ours", "--result", "zap=no/such/file")


def test_signing_refuses_what_would_never_count(scene: Scene) -> None:
    reports = ask(scene)
    assert "no name of a result" in sign(scene, "Zap!", "reports/zap.sarif", code=2)
    foreign = sarif(run(versionControlProvenance=[{"revisionId": "a" * 40}]))
    (reports / "zap.sarif").write_bytes(foreign)
    assert "is of aaaa" in sign(scene, "zap", "reports/zap.sarif", code=2)
    (reports / "zap.sarif").write_bytes(foreign[:-1])
    assert "no whole JSON text" in sign(scene, "zap", "reports/zap.sarif", code=3)
    assert not (reports / "zap.sarif.sigstore.json").exists()
