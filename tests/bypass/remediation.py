"""Attempts to work on beside overdue findings, or to make their time begin anew; and changes that mend."""

from __future__ import annotations

from datetime import timedelta

from outsource_gate.git.repository import Repository
from outsource_gate.head_scan import Asked, scan_head
from outsource_gate.remediation.file import read_or_new, write_tracker
from outsource_gate.remediation.intake import Inputs, take_in
from outsource_gate.remediation.scans import read_scan
from outsource_gate.reports.scan_json import head_json
from tests.bypass.scene import CLEAN, FLAW, NOW, VIC, Scene, allowed, denied, undecided

PING = "services/ping.py"
OPEN = FLAW.replace("ping", "pong")
_HOST = '    host = request.args["host"]\n'
_MENDED = OPEN.replace('"pong -c1 " + host, shell=True', '["pong", "-c1", "example.org"]').replace(_HOST, "")
_TIER = """\
tiers:
  extends: baseline
  standard: {gates: {remediation: {fail_on: low, tracker: required, max_age: 14 days}}}
"""


def scanned(scene: Scene, days: int) -> None:
    """Let our job scan the main branch so many days before the check, and take it in."""
    at = NOW - timedelta(days=days)
    assert scene.tracker is not None
    scan = scan_head(Asked(scene.repo.path, "main", scene.policy, now=at), lambda _: None)
    inputs = Inputs(scans=(read_scan(head_json(scan).encode(), "scan"),))
    with Repository.open(scene.repo.path).session() as repository:
        write_tracker(scene.tracker, take_in(read_or_new(scene.tracker, at), inputs, repository, at))


def start(scene: Scene, *merged: dict[str, str | None], days: int = 100) -> None:
    """Let vic's weakness be on main and in the tracker, then what else was merged, each with a scan; then work."""
    policy = scene.policy / "policy.yaml"
    policy.write_text(policy.read_text().replace("tiers: {extends: baseline}\n", _TIER))
    scene.tracker = scene.folder / "tracker.json"
    scene.repo.switch("main")
    scene.commit({PING: OPEN}, author=VIC)
    scanned(scene, days)
    for number, files in enumerate(merged):
        scene.commit(dict(files), author=VIC)
        scanned(scene, days - 10 * (number + 1))
    scanned(scene, 1)
    scene.repo.branch("work")


def work(scene: Scene) -> None:
    scene.commit({"services/more.py": CLEAN})


@denied("finding-overdue", PING)
def work_goes_on_beside_it(scene: Scene) -> None:
    start(scene)
    work(scene)


@denied("finding-overdue", "services/net.py")
def its_file_was_renamed(scene: Scene) -> None:
    """a rename that was merged and scanned begins no new time"""
    start(scene, {PING: None, "services/net.py": OPEN})
    work(scene)


@denied("finding-overdue", PING)
def its_line_was_formatted(scene: Scene) -> None:
    start(
        scene,
        {PING: OPEN.replace("    return subprocess", "\n    return  subprocess").replace(" + host", "  +  host")},
    )
    work(scene)


@denied("finding-overdue", "services/b.py")
def its_file_was_split(scene: Scene) -> None:
    """the same code in another file is the same finding"""
    start(scene, {PING: CLEAN, "services/b.py": OPEN, "services/c.py": CLEAN})
    work(scene)


@denied("finding-overdue", PING)
def it_was_mended_and_came_back(scene: Scene) -> None:
    """a revert of the fix opens the old finding with its old day"""
    start(scene, {PING: _MENDED}, {PING: OPEN})
    work(scene)


@denied("finding-overdue", "services/copy.py")
def a_copy_outlives_it(scene: Scene) -> None:
    start(scene, {"services/copy.py": OPEN}, {PING: None})
    work(scene)


@denied("finding-overdue", PING)
def it_is_renamed_by_the_change(scene: Scene) -> None:
    """what moves is not mended"""
    start(scene)
    scene.repo.rename(PING, "services/net.py")
    scene.commit()


@denied("finding-overdue", PING)
def it_is_hidden_by_a_marker(scene: Scene) -> None:
    """a suppression is no fix"""
    start(scene)
    scene.commit({PING: OPEN.replace("shell=True)", "shell=True)  # nosec")})


@denied("finding-overdue", PING)
def it_is_renamed_to_what_nobody_reads(scene: Scene) -> None:
    start(scene)
    scene.commit({PING: None, "services/ping.xyz": OPEN})


@denied("finding-overdue", PING)
def it_is_mended_and_another_one_comes(scene: Scene) -> None:
    start(scene)
    scene.commit({PING: _MENDED, "services/other.py": FLAW.replace("ping", "other")})


@undecided("tracker-stale")
def nobody_scanned_for_long(scene: Scene) -> None:
    start(scene, days=5)
    scene.now = NOW + timedelta(days=20)
    work(scene)


@undecided("tracker-missing")
def the_tracker_is_none(scene: Scene) -> None:
    start(scene, days=2)
    assert scene.tracker is not None
    scene.tracker.write_text('{"schemaVersion": "1.0", "items": [' + "[" * 1000)
    work(scene)


@allowed
def it_is_mended(scene: Scene) -> None:
    start(scene)
    scene.commit({PING: _MENDED})


@allowed
def its_file_is_deleted(scene: Scene) -> None:
    start(scene)
    scene.commit({PING: None})


@allowed
def it_is_still_in_time(scene: Scene) -> None:
    start(scene, days=5)
    work(scene)


@allowed
def it_was_mended_long_ago(scene: Scene) -> None:
    start(scene, {PING: _MENDED})
    work(scene)
