"""A scan with kept answers says what a fresh one says, byte for byte, and starts nothing where all is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Read, Scan
from outsource_gate.model.source import FileChange
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.process import run
from outsource_gate.scanners import Installed, Job, Output, Scanner, launch
from outsource_gate.scanners.cache.store import NAME, Store
from outsource_gate.scanners.run import ScanResult, scan_change, scan_paths
from tests.bypass.scene import CLEAN, FLAW
from tests.scanners.fake import HONEST, Blobs, added, modified, scanner, write

SECRET = b"known to trusted jobs alone"
WORKFLOW = (
    "on: pull_request_target\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ github.head_ref }}\n"
)


class Starts:
    """Counts the programs that are started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        monkeypatch.setattr(launch, "run", self.start)

    def start(self, *words: Any, **named: Any) -> Any:
        self.count += 1
        return run(*words, **named)


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> Starts:
    return Starts(monkeypatch)


def fake(program: str = HONEST, **changed: Any) -> Scanner:
    return replace(scanner(program), depends=lambda job, _: dict.fromkeys(job.languages, "rules"), **changed)


def scan(folder: Path, *files: FileChange, blobs: Blobs, scanners: tuple[Scanner, ...]) -> ScanResult:
    return scan_change(files, blobs, scanners=scanners, store=Store(folder, SECRET))


def test_a_known_file_is_not_asked_about_again(tmp_path: Path, starts: Starts) -> None:
    """Only what is new of a change goes to the program; another name is no other file."""
    blobs, known = Blobs(), (fake("import sys; assert 'x = 1' not in open(sys.argv[1]).read(); " + HONEST),)
    first = added(blobs, "a.py", CLEAN)
    scan(tmp_path, first, blobs=blobs, scanners=known)
    result = scan(tmp_path, first, added(blobs, "sub/b.py", CLEAN), blobs=blobs, scanners=known)
    assert starts.count == 1
    assert [(row.path, row.read) for row in result.coverage] == [("a.py", Read.SCANNED), ("sub/b.py", Read.SCANNED)]


@pytest.mark.parametrize(
    "other",
    [
        {"id": "other"},
        {"find": lambda: Installed(scanner(HONEST).find().argv, "2")},  # type: ignore[union-attr]
        {"depends": lambda job, _: dict.fromkeys(job.languages, "other rules")},
        {"depends": None},
    ],
    ids=["scanner", "version", "rules", "keeps nothing"],
)
def test_another_question_is_asked(tmp_path: Path, starts: Starts, other: dict[str, Any]) -> None:
    blobs = Blobs()
    file = added(blobs, "a.py", CLEAN)
    scan(tmp_path, file, blobs=blobs, scanners=(fake(),))
    scan(tmp_path, file, blobs=blobs, scanners=(replace(fake(), **other),))
    assert starts.count == 2


def test_other_content_or_another_suffix_is_another_question(tmp_path: Path, starts: Starts) -> None:
    blobs, reads = Blobs(), frozenset({"javascript", "typescript"})
    for path, text in (("a.ts", "let a = 1\n"), ("a.ts", "let a = 2\n"), ("a.tsx", "let a = 1\n")):
        scan(tmp_path, added(blobs, path, text), blobs=blobs, scanners=(fake(reads=reads),))
    assert starts.count == 3


def _said(**said: Any) -> Any:
    """A `parse` that says this of the only file, whatever the program printed."""

    def parse(stdout: bytes) -> Output:
        (target,) = json.loads(stdout)
        return Output((), (), **{name: value(target) for name, value in said.items()})

    return parse


@pytest.mark.parametrize(
    ("parse", "count"),
    [
        (_said(failed=lambda it: ((it, "took too long over it"),)), 2),
        (_said(failed=lambda it: ()), 2),
        (_said(failed=lambda it: ((it, "could not parse it"),), unparsed=lambda it: (it,)), 1),
    ],
    ids=["time-out", "silence", "syntax"],
)
def test_only_what_would_be_said_again_is_kept(tmp_path: Path, starts: Starts, parse: Any, count: int) -> None:
    blobs = Blobs()
    file = added(blobs, "a.py", CLEAN)
    first = scan(tmp_path, file, blobs=blobs, scanners=(fake(parse=parse),))
    second = scan(tmp_path, file, blobs=blobs, scanners=(fake(parse=parse),))
    assert starts.count == count
    assert first == second
    assert first.coverage[0].read is Read.UNREAD


@pytest.mark.parametrize("program", ["raise SystemExit(7)", "import os; os.abort()", "print('[\"half')"])
def test_nothing_of_a_scanner_that_failed_is_kept(tmp_path: Path, program: str) -> None:
    blobs = Blobs()
    file = added(blobs, "a.py", CLEAN)
    result = scan(tmp_path, file, blobs=blobs, scanners=(fake(program),))
    assert isinstance(result.scans[0], Unavailable)
    assert not (tmp_path / NAME).exists()


def samples() -> Iterator[tuple[str, str]]:
    """Flawed and clean examples of every pack, as the rules' own tests have them."""
    for pack in sorted((shipped_folder() / "rules").iterdir()):
        files = sorted(file for file in pack.rglob("*") if file.is_file() and file.suffix != ".yaml")
        for file in islice(files, 3):
            yield f"{pack.name}/{file.name}", file.read_text(encoding="utf-8")


@pytest.mark.tools
class TestRealScanners:
    def test_a_folder_says_the_same_cold_filling_and_warm(self, tmp_path: Path, starts: Starts) -> None:
        for name, text in samples():
            write(tmp_path, f"code/{name}", text)
        write(tmp_path, "code/broken.py", "def (:\n")
        write(tmp_path, "code/broken.c", "int main( { if }\n")
        write(tmp_path, "code/.github/workflows/ci.yml", WORKFLOW)
        cold = scan_paths([tmp_path / "code"])
        filling = scan_paths([tmp_path / "code"], store=Store(tmp_path, SECRET))
        until, warm = starts.count, scan_paths([tmp_path / "code"], store=Store(tmp_path, SECRET))
        assert sum(len(one.findings) for one in cold.scans if isinstance(one, Scan)) > 20
        assert {row.read for row in cold.coverage} >= {Read.SCANNED, Read.UNREAD, Read.UNSUPPORTED}
        assert cold == filling == warm
        assert starts.count == until

    def test_a_change_says_the_same_and_the_base_is_remembered_too(self, tmp_path: Path, starts: Starts) -> None:
        """What is new is told by comparing; what was head of the last change is base of the next."""
        blobs = Blobs()
        second = FLAW.replace("def ping", "def pong")
        changes = [
            [added(blobs, "a.py", FLAW), added(blobs, "b.js", "eval(location.hash)\n")],
            [modified(blobs, "a.py", FLAW, f"# more\n{FLAW}{second}"), modified(blobs, "b.js", CLEAN, CLEAN)],
        ]
        for files in (*changes, *changes):
            assert scan_change(files, blobs) == scan_change(files, blobs, store=Store(tmp_path, SECRET))
        until = starts.count
        for files in changes:
            scan_change(files, blobs, store=Store(tmp_path, SECRET))
        assert starts.count == until

    def test_a_damaged_cache_changes_nothing(self, tmp_path: Path) -> None:
        write(tmp_path, "code/a.py", FLAW)
        fresh = scan_paths([tmp_path / "code"], store=Store(tmp_path, SECRET))
        raw = (tmp_path / NAME).read_bytes()
        for damaged in (raw[:-10], raw[: len(raw) // 2], raw.replace(b"\0", b"\1"), b""):
            (tmp_path / NAME).write_bytes(damaged)
            assert scan_paths([tmp_path / "code"], store=Store(tmp_path, SECRET)) == fresh

    def test_a_planted_answer_without_findings_is_not_believed(self, tmp_path: Path, starts: Starts) -> None:
        """Whoever can write the folder, and runs this very program on it, still lacks the key."""
        write(tmp_path, "code/a.py", FLAW)
        hidden = replace(scanner(HONEST, id="bandit"), depends=lambda job, _: dict.fromkeys(job.languages, ""))
        scan_paths([tmp_path / "code"], scanners=(hidden,), store=Store(tmp_path, b"the contractor's key"))
        scan_paths([tmp_path / "code"], store=Store(tmp_path, b"the contractor's key"))
        until, result = starts.count, scan_paths([tmp_path / "code"], store=Store(tmp_path, SECRET))
        assert starts.count == until + 3  # semgrep twice: what is wrong, and by which way data gets there
        assert result == scan_paths([tmp_path / "code"])


def test_an_answer_depends_on_the_rules_for_its_language_alone() -> None:
    """Another language in the change asks nothing anew; fewer rules do."""
    from outsource_gate.scanners.semgrep import SCANNER, depends

    installed = SCANNER.find()
    assert isinstance(installed, Installed)
    job = Job(Path(), Path(), (), frozenset({"python", "go"}), (shipped_folder() / "rules",))
    alone = replace(job, languages=frozenset({"python"}))
    assert depends(job, installed)["python"] == depends(alone, installed)["python"]
    assert depends(job, installed)["python"] != depends(job, installed)["go"]
    some = replace(job, only=frozenset({"python.eval"}))
    assert depends(some, installed)["python"] != depends(job, installed)["python"]
