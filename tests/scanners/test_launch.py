"""One scanner in the clean room: what it is asked, and what of its answer is believed."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence, Scan, Severity
from outsource_gate.scanners import Command, Hit, Installed, Job, Output, Scanner, launch, run
from outsource_gate.scanners.launch import Limits
from outsource_gate.scanners.run import ScanResult, scan_change
from tests.scanners.fake import HONEST, Blobs, added, modified, scanner

FLAWED = """
import json, sys
hits = [[name, number] for name in sys.argv[1:]
        for number, line in enumerate(open(name), 1) if "flaw" in line]
print(json.dumps([sys.argv[1:], hits]))
"""


def parse(stdout: bytes) -> Output:
    scanned, hits = json.loads(stdout)
    return Output(tuple(_hit(*hit) for hit in hits), tuple(scanned))


def _hit(target: str, line: int, end: int | None = None) -> Hit:
    return Hit("fake.flaw", target, line, end or line, "a flaw", Severity.HIGH, Confidence.HIGH)


def flawed(program: str = FLAWED, *, base_after: bool = False) -> Scanner:
    return replace(scanner(program), parse=parse, base_after=base_after)


def only(result: ScanResult) -> Scan:
    scan = result.scans[0]
    assert isinstance(scan, Scan), scan
    return scan


@pytest.mark.parametrize("when", [{}, {"base_after": True}, {"base_after_from": 4}, {"at_once": 3}])
def test_the_base_excuses_as_much_either_way(when: dict[str, Any]) -> None:
    """reading the base later, and less of it, or few files at a time, gives the same new findings"""
    blobs = Blobs()
    files = [
        added(blobs, "new.py", "flaw()\n"),
        modified(blobs, "old.py", "flaw()\n", "x = 1\nflaw()\n"),
        modified(blobs, "more.py", "flaw()\n", "flaw()\nflaw()\n"),
        modified(blobs, "fixed.py", "flaw()\n", "x = 1\n"),
    ]
    scan = only(scan_change(files, blobs, scanners=(replace(flawed(), **when),)))
    new = [(finding.location.path, finding.location.start_line, finding.new) for finding in scan.findings]
    assert new == [("more.py", 1, False), ("more.py", 2, True), ("new.py", 1, True), ("old.py", 2, False)]
    assert set(scan.scanned) == {"new.py", "old.py", "more.py", "fixed.py"}


def test_a_late_base_is_read_only_where_head_has_hits() -> None:
    """what was there before is nobody's business where nothing was found"""
    asked: list[tuple[str, ...]] = []
    watched = flawed(base_after=True)

    def command(job: object, installed: object) -> object:
        asked.append(job.targets)  # type: ignore[attr-defined]
        return scanner(FLAWED).command(job, installed)  # type: ignore[arg-type]

    blobs = Blobs()
    files = [modified(blobs, "a.py", "flaw()\n", "flaw()\n#\n"), modified(blobs, "b.py", "x = 1\n", "x = 2\n")]
    scan_change(files, blobs, scanners=(replace(watched, command=command),))  # type: ignore[arg-type]
    assert asked == [("head/f000000.py", "head/f000002.py"), ("base/f000001.py",)]


def test_a_late_base_is_not_read_for_a_flaw_it_cannot_hold() -> None:
    """text that the base does not have anywhere was not found there either"""
    asked: list[tuple[str, ...]] = []
    watched = flawed(base_after=True)

    def command(job: object, installed: object) -> object:
        asked.append(job.targets)  # type: ignore[attr-defined]
        return scanner(FLAWED).command(job, installed)  # type: ignore[arg-type]

    blobs = Blobs()
    files = [
        modified(blobs, "a.py", "x = 1\n", "x = 1\nflaw(2)\n"),
        modified(blobs, "b.py", "if x:\n    flaw( 3)\n", "flaw( 3)\n"),
    ]
    scan = only(scan_change(files, blobs, scanners=(replace(watched, command=command),)))  # type: ignore[arg-type]
    assert asked == [("head/f000000.py", "head/f000002.py"), ("base/f000003.py",)]
    assert [finding.new for finding in scan.findings] == [True, False]


def test_two_paths_are_not_excused_by_one() -> None:
    """a file that is renamed and kept has its old flaws once"""
    blobs = Blobs()
    first = modified(blobs, "old.py", "flaw()\n", "flaw()\n#\n")
    second = replace(added(blobs, "copy.py", "flaw()\n"), paired_with="old.py", paired_blob=first.old_blob)
    scan = only(scan_change([first, second], blobs, scanners=(flawed(),)))
    assert sorted(finding.new for finding in scan.findings) == [False, True]


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("[[n, [['/etc/passwd', 1]]]]", "a file it was not given"),
        ("[[n, [[n[0], 0]]]]", "reports lines 0 to 0"),
        ("[[n, [[n[0], 99]]]]", "reports lines 99 to 99 of 2"),
        ("[[n, [[n[0], 2, 1]]]]", "reports lines 2 to 1"),
    ],
)
def test_a_report_that_cannot_be_true_is_not_believed(said: str, complaint: str) -> None:
    """a place that does not exist makes the whole report a missing fact"""
    blobs = Blobs()
    program = f"import json, sys; n = sys.argv[1:]; print(json.dumps({said}[0]))"
    (fact, _) = scan_change([added(blobs, "a.py", "x = 1\n")], blobs, scanners=(flawed(program),)).scans
    assert isinstance(fact, Unavailable)
    assert complaint in fact.reason


def test_many_files_are_read_in_parts() -> None:
    """a change of thousands of files ends neither at the longest command line nor at the memory there is"""
    asked: list[int] = []

    def command(job: Job, installed: Installed) -> Command:
        asked.append(len(job.targets))
        return scanner(FLAWED).command(job, installed)

    blobs = Blobs()
    files = [added(blobs, f"f{number}.py", "flaw()\n") for number in range(8)]
    scan = only(scan_change(files, blobs, scanners=(replace(flawed(), command=command, at_once=3),)))
    assert len(scan.findings) == len(scan.scanned) == 8
    assert asked == [3, 3, 2]


def test_the_program_sees_neutral_names_and_a_private_home() -> None:
    """nothing of the tree's names, our environment or our current folder reaches it"""
    program = """
import json, os, pathlib, sys
home = pathlib.Path(os.environ["HOME"])
names = [pathlib.Path(name).name for name in sys.argv[1:]]
clean = names == ["f000000.py"] and home == pathlib.Path.cwd() and not list(home.iterdir())
known = "HOME TMPDIR XDG_CONFIG_HOME XDG_CACHE_HOME PATH LC_ALL TZ LC_CTYPE".split()
clean = clean and set(os.environ) <= set(known)
print(json.dumps(sys.argv[1:] if clean else []))
"""
    blobs = Blobs()
    result = scan_change([added(blobs, "-rf ../x.py", "x = 1\n")], blobs, scanners=(scanner(program),))
    assert only(result).scanned == ("-rf ../x.py",)


def test_an_interrupt_ends_the_scanners(monkeypatch: pytest.MonkeyPatch) -> None:
    """who presses Ctrl-C does not wait for a scanner that hangs"""

    def interrupted(one: Scanner, shared: launch.Launch) -> object:
        if one.id == "first":
            raise KeyboardInterrupt
        return launch.launch(one, shared)

    monkeypatch.setattr(run, "launch", interrupted)
    blobs = Blobs()
    pair = (scanner(HONEST, id="first"), scanner("import time; time.sleep(60)", id="second"))
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        scan_change([added(blobs, "a.py", "x = 1\n")], blobs, scanners=pair)
    assert time.monotonic() - began < 20


def test_what_goes_wrong_names_the_next_step() -> None:
    """a broken scanner is told with what to do about it"""

    def broken(job: object, installed: object) -> object:
        raise ToolError("fake: no rules")

    blobs = Blobs()
    one = replace(scanner(HONEST), command=broken)  # type: ignore[arg-type]
    (fact, _) = scan_change([added(blobs, "a.py", "x = 1\n")], blobs, scanners=(one,)).scans
    assert isinstance(fact, Unavailable)
    assert (fact.reason, fact.fact) == ("fake: no rules", "fake")
    assert "outsource-gate scan --scanner fake" in fact.next_step


def test_scanners_run_side_by_side() -> None:
    """two scanners that wait for each other both end"""
    program = """
import json, pathlib, sys, time
folder = pathlib.Path.cwd().parent
mine, other = (folder / "one", folder / "two")
me = mine if "one-1" in str(pathlib.Path.cwd()) else other
me.touch()
until = time.time() + 20
while not (mine.exists() and other.exists()) and time.time() < until: time.sleep(0.02)
print(json.dumps(sys.argv[1:] if mine.exists() and other.exists() else []))
"""
    blobs = Blobs()
    pair = (scanner(program, id="one"), scanner(program, id="two"))
    result = scan_change([added(blobs, "a.py", "x = 1\n")], blobs, scanners=pair, limits=Limits(30, 1000))
    assert [scan.scanned for scan in result.scans[:2] if isinstance(scan, Scan)] == [("a.py",), ("a.py",)]
