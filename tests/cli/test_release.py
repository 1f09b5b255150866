"""`release` as it is typed: records in a folder, merges in a repository, a record of the release."""

from __future__ import annotations

import base64
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bypass.scene import CLEAN, INA, VIC, Scene
from tests.cli.test_check import check, gate, keys, scene

__all__ = ["keys", "scene"]
NOW = ("--now", "2026-11-25T12:00:00Z")
MERGED = int(datetime(2026, 11, 24, tzinfo=UTC).timestamp())


def change_and_merge(scene: Scene, *, judged: bool = True, also: dict[str, str] | None = None) -> str:
    """A vendor's change, its record in a folder, and its merge into main a day later."""
    scene.repo.tag("v1.0.0", "main")
    scene.commit({"services/refund.py": CLEAN + "\n\nLIMIT = 10\n"})
    head = scene.repo.head
    if judged:
        (scene.folder / "records").mkdir()
        check(scene, "--evidence", "records/one.json")
    scene.repo.switch("main")
    scene.repo.merge(head, resolution=also)
    tree, parents = scene.repo.git("rev-parse", "HEAD^{tree}").strip(), [scene.repo.rev("v1.0.0"), head]
    scene.repo.update_ref("refs/heads/main", parents[0])
    return scene.repo.commit("Merge pull request #7 from x", author=INA, tree=tree, parents=parents, date=MERGED)


def release(scene: Scene, *more: str, code: int = 0, version: str = "2.0.0") -> subprocess.CompletedProcess[str]:
    (scene.folder / "records").mkdir(exist_ok=True)
    key = scene.vic_key.path.with_name("gate.key")
    frame = ("--repo", "repo", "--policy", "policy", "--head", "main", "--since", "v1.0.0", "--version", version)
    trusted = ("--trust", str(key.with_suffix(".pub")), "--records", "records", "--repository", "corp/payments")
    when = ("--now", "2026-11-25T12:00:00Z", "--key", str(key))
    return gate("release", *frame, *trusted, *when, *more, folder=scene.folder, code=code)


@pytest.mark.tools
def test_a_release_of_judged_changes_is_allowed_and_recorded(scene: Scene) -> None:
    """the record is one of the release stage, and verifies as such"""
    change_and_merge(scene)
    done = release(scene)
    assert "ALLOW" in done.stdout
    assert "1 of 1 merge since v1.0.0 by vendors" in done.stdout
    trusted = ("--trust", str(scene.vic_key.path.with_name("gate.pub")))
    payload = json.loads((scene.folder / "outsource-gate.release.json").read_text())["dsseEnvelope"]["payload"]
    part = json.loads(base64.b64decode(payload))["predicate"]["release"]
    assert (part["version"], part["since"], part["kinds"]) == ("2.0.0", "v1.0.0", {"passed": 1})
    gate("verify", "outsource-gate.release.json", *trusted, "--stage", "release", folder=scene.folder)
    gate("verify", "outsource-gate.release.json", *trusted, folder=scene.folder, code=1)
    gate("replay", "outsource-gate.release.json", folder=scene.folder)


def test_a_merge_without_a_record_stops_the_release(scene: Scene) -> None:
    """the commit is named, and what to do with it"""
    commit = change_and_merge(scene, judged=False)
    done = release(scene, "--output", "json=outcome.json", "--output", "terminal", code=1)
    assert commit[:12] in done.stdout
    outcome = json.loads((scene.folder / "outcome.json").read_text())
    codes = {reason["code"] for verdict in outcome["verdicts"] for reason in verdict["reasons"]}
    assert (outcome["decision"], outcome["stage"]) == ("DENY", "release")
    assert "change-without-record" in codes


@pytest.mark.tools
def test_a_merge_that_holds_more_than_was_judged_stops_the_release(scene: Scene) -> None:
    """the record is genuine, and what was merged is not what it speaks of"""
    change_and_merge(scene, also={"core/ledger.py": "import os\n"})
    assert "record-mismatch" in release(scene, code=1).stdout


@pytest.mark.tools
def test_a_critical_vendor_is_tested_before_a_major_release(scene: Scene) -> None:
    """documents, DAST and penetration test, each named; a patch release asks for records alone"""
    change_and_merge(scene)
    vendor = scene.policy / "vendors" / "acme.yaml"
    vendor.write_text(vendor.read_text().replace("tier: standard", "tier: critical"))
    policy = scene.policy / "policy.yaml"
    policy.write_text(policy.read_text() + "releases: {major: [major]}\n")
    shown = release(scene, code=1).stdout
    assert "no result dast" in shown
    assert "third-party-management-policy" in shown
    small = release(scene, version="1.0.1", code=1).stdout
    assert "no result dast" not in small


def test_our_own_release_needs_no_record(scene: Scene) -> None:
    """no vendor in it, and the gate says so by name"""
    scene.repo.tag("v1.0.0", "main")
    scene.repo.switch("main")
    scene.repo.commit("Ours", {"services/a.py": "A = 1\n"}, author=INA)
    assert "ALLOW" in release(scene).stdout


@pytest.mark.tools
def test_what_is_ours_by_claim_alone_stops_a_release_with_vendors_too(scene: Scene) -> None:
    """where the policy asks for proof, a vendor's good change beside it is none"""
    change_and_merge(scene)
    scene.repo.commit("Ours", {"services/y.py": "Y = 1\n"}, author=INA, date=MERGED + 60)
    assert "ALLOW" in release(scene).stdout
    policy = scene.policy / "policy.yaml"
    policy.write_text(policy.read_text().replace("internal:\n", "internal:\n  verified: require\n", 1))
    release(scene, "--output", "json=outcome.json", code=1)
    outcome = json.loads((scene.folder / "outcome.json").read_text())
    found = {
        (verdict["vendor"], reason["code"]) for verdict in outcome["verdicts"] for reason in verdict["reasons"]
    }
    assert (None, "origin-not-proven") in found


def test_a_release_of_nothing_is_undecided(scene: Scene) -> None:
    """most likely the wrong commit was named"""
    scene.repo.tag("v1.0.0", "main")
    assert "nothing was merged since v1.0.0" in release(scene, code=3).stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--since", "v9"), "v9"),
        (("--since", "feature"), "is no part of"),
        (("--records", "nowhere"), "no such folder"),
        (("--result", "zap=x.sarif"), "knows no result of this name"),
    ],
)
def test_what_cannot_be_meant_is_one_error(scene: Scene, words: tuple[str, ...], says: str) -> None:
    """with what to do next"""
    scene.repo.tag("v1.0.0", "main")
    scene.commit({"services/a.py": "A = 1\n"}, author=VIC)
    done = release(scene, *words, code=2)
    assert says in done.stderr
    assert "→" in done.stderr


def test_check_sends_a_release_to_its_own_command(scene: Scene) -> None:
    """nothing is judged by mistake"""
    done = gate("check", "--stage", "release", folder=scene.folder, code=2)
    assert "outsource-gate release --since" in done.stderr


def test_without_the_evidence_ref_or_a_folder_there_are_no_records(scene: Scene, tmp_path: Path) -> None:
    """the way to them is named"""
    scene.repo.tag("v1.0.0", "main")
    trusted = ("--trust", str(scene.vic_key.path.with_name("gate.pub")), "--policy", "policy")
    words = ("--repo", "repo", "--head", "main", "--since", "v1.0.0", "--version", "2.0.0")
    done = gate("release", *words, *trusted, folder=tmp_path, code=2)
    assert "outsource-gate evidence fetch" in done.stderr


@pytest.mark.tools
def test_what_is_overdue_at_a_vendor_stops_its_release(scene: Scene) -> None:
    """the tracker is read as for a change, and nothing in a release mends by itself"""
    change_and_merge(scene)
    vendor = scene.policy / "vendors" / "acme.yaml"
    vendor.write_text(vendor.read_text().replace("tier: standard", "tier: elevated"))
    tracker = ("--tracker", "tracker.json")
    words = ("--vendor", "acme", "--severity", "high", "--title", "SQL injection", "--reference", "PT-7")
    found = ("--kind", "penetration-test", "--found", "2026-01-05T12:00:00Z")
    gate("findings", "add", *tracker, *words, *found, *NOW, folder=scene.folder)
    shown = release(scene, *tracker, code=1).stdout
    assert "remediation" in shown
    assert "SQL injection" in shown
