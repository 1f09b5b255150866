"""How fast and how small is the gate, beside what one would type instead? Run as `make bench`.

Everything is measured in one run on one machine: ratios hold elsewhere, seconds do not. No time is asserted.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

import outsource_gate
from bench.history import build_history
from bench.measure import Cost, Job, forget_files, measure, run_once
from bench.sample import Sample, build_sample
from outsource_gate.policy.shipped import shipped_folder

BIN = Path(sys.executable).parent
GATE = str(BIN / "outsource-gate")
PACKAGE = Path(outsource_gate.__file__).resolve().parent
RULES = shipped_folder() / "rules"
QUIET = ("--metrics=off", "--disable-version-check", "--json", "--quiet")
DECIDED = (0, 1)  # allowed or denied; anything else is no measurement


def main() -> None:
    """Build the repositories, measure, print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each command; the median counts")
    parser.add_argument(
        "--corpus", type=Path, help="a clone whose history is attributed instead of a synthetic one"
    )
    chosen = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 116)
    with tempfile.TemporaryDirectory(prefix="outsource-gate-bench-") as folder:
        bench = Bench(Path(folder), chosen.runs, console)
        bench.scans()
        bench.short_ones()
        bench.history(chosen.corpus)
        console.print(bench.table)
        for line in bench.seen:
            console.print(line, highlight=False)


class Bench:
    """One run of everything, with the table it fills."""

    def __init__(self, room: Path, runs: int, console: Console) -> None:
        self.room, self.runs, self.console = room, runs, console
        self.home = room / "home"
        self.home.mkdir()
        self.environment = {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "SEMGREP_ENABLE_VERSION_CHECK": "0",
            "SEMGREP_SEND_METRICS": "off",
        }
        self.table = Table(
            title=f"Python {platform.python_version()}, {os.cpu_count()} cores, median of {runs} runs"
        )
        for name in ("what", "wall s", "CPU s", "peak MB", "ratio wall", "ratio CPU", "aim"):
            self.table.add_column(name, justify="left" if name == "what" else "right")
        self.seen: list[str] = []

    def scans(self) -> None:
        """A vendor's change to 10 of 200 files: `check` beside the scanners alone."""
        sample = build_sample(self.room, vendor=True)
        self._account(sample)
        forget = partial(forget_files, (Path(sys.prefix), sample.repository))
        costs = [self._when("warm", sample, None), self._when("cold", sample, forget)]
        bytecode = self.room / "bytecode"
        # pip compiles what it installs; this is an editable checkout's first start
        ours = bytecode / PACKAGE.relative_to(PACKAGE.anchor)
        fresh = partial(shutil.rmtree, ours, ignore_errors=True)
        uncompiled = replace(self._check(sample), prepare=fresh, environment=self._keeping(bytecode))
        costs.append(self._measure("check, the gate not compiled yet", [uncompiled]))
        peak = max(cost.peak_bytes for cost in costs) / 1e6
        self.table.add_row("  peak memory of check, whole process tree", "", "", f"{peak:.0f}", "", "", "< 500")
        self.table.add_section()

    def _when(self, state: str, sample: Sample, prepare: Callable[[], None] | None) -> Cost:
        """Measure all three in one state; cold: just installed, every file still to be read from the disk."""

        def jobs(*plain: Job) -> list[Job]:
            return [replace(job, prepare=prepare) for job in plain]

        by_hand = jobs(*self._typed_instead(sample))
        typed = self._measure(f"{state}: semgrep --baseline-commit, then bandit", by_hand)
        floor = self._measure(f"{state}: native semgrep beside bandit, no gate", jobs(self._floor(sample)))
        ours = self._measure(f"{state}: check", jobs(self._check(sample)))
        self._ratio("  of the commands typed instead", ours, typed, 0.4)
        self._ratio("  of the floor", ours, floor, 1.6)
        self.table.add_section()
        return ours

    def short_ones(self) -> None:
        """What should cost next to nothing: the version, and a change in which no vendor took part."""
        click = self._measure("import click alone", [self._job((sys.executable, "-c", "import click"))])
        version = self._measure("--version", [self._job((GATE, "--version"))])
        self._ratio("  of importing click", version, click, 1.5)
        self.table.add_section()
        sample = build_sample(self.room, vendor=False)
        self._measure("check, no vendor in the change", [replace(self._check(sample), accept=(0,))])
        self.table.add_section()
        self._programs("no vendor in the change", sample)

    def history(self, corpus: Path | None) -> None:
        """Attribute every commit of a long history, beside git listing it."""
        if corpus is None:
            self.console.print("writing a history of 50,000 commits", style="dim")
        repository = corpus.resolve() if corpus else build_history(self.room)
        raw = self._job(
            ("git", "log", "--raw", "-z", "--no-renames", "--diff-merges=first-parent", "HEAD"), repository
        )
        attributed = self._job(
            (sys.executable, "-m", "bench.attribute", str(repository), str(self.room / "policy")), Path.cwd()
        )
        listed = self._measure("git log --raw", [raw])
        told = self._measure("every commit attributed", [attributed])
        self._ratio("  of git log --raw", told, listed, 2.0)
        self.seen.append(f"attributed: {run_once(attributed).decode().strip()}")

    def _typed_instead(self, sample: Sample) -> list[Job]:
        semgrep = ("semgrep", "scan", *QUIET, "--baseline-commit", sample.base, "--config", str(RULES), ".")
        bandit = ("bandit", "-q", "-f", "json", *sample.changed)
        return [self._job(semgrep, sample.repository, DECIDED), self._job(bandit, sample.repository, DECIDED)]

    def _floor(self, sample: Sample) -> Job:
        native = ("osemgrep", "scan", "--experimental", *QUIET, "--config", str(RULES), *sample.changed)
        bandit = (str(BIN / "bandit"), "-q", "-f", "json", *sample.changed)
        return Job(
            (native, bandit), sample.repository, self.environment, DECIDED, executable=str(_native_semgrep())
        )

    def _check(self, sample: Sample) -> Job:
        outcome = self.room / "outcome.json"
        command = (GATE, *self._arguments(sample), "--output", f"json={outcome}", "--output", "terminal")
        return replace(self._job(command, sample.repository, DECIDED), writes=outcome)

    def _keeping(self, bytecode: Path) -> dict[str, str]:
        return {**self.environment, "PYTHONPYCACHEPREFIX": str(bytecode)}

    def _arguments(self, sample: Sample) -> tuple[str, ...]:
        key = self.room / "gate.key"
        if not key.exists():
            run_once(
                self._job((GATE, "keys", "generate", "--out", str(key.with_suffix("")), "--no-password"), self.room)
            )
        ends = ("--base", sample.base, "--head", sample.head)
        inputs = ("--policy", str(sample.policy), "--change", str(sample.change), "--key", f"file:{key}")
        return ("check", *ends, *inputs, "--evidence", str(self.room / "evidence.json"))

    def _account(self, sample: Sample) -> None:
        """Prove that `check` did the work that it is timed for: every path scanned, the planted weakness found."""
        run_once(self._check(sample))
        outcome = json.loads((self.room / "outcome.json").read_text())
        scanned = [row["path"] for row in outcome["coverage"] if row["read"] == "scanned"]
        new = [finding["path"] for finding in outcome["findings"] if finding["new"]]
        if (
            sorted(scanned) != sorted(sample.changed)
            or sample.changed[0] not in new
            or outcome["decision"] != "DENY"
        ):
            raise SystemExit(
                f"bench: check did not do its work: {outcome['decision']}, scanned {scanned}, new in {new}"
            )
        paths = f"{len(scanned)} of {len(sample.changed)} paths scanned"
        self.seen.append(f"vendor's change: {outcome['decision']}, {paths}, {len(new)} new findings")
        self._programs("vendor's change", sample)

    def _programs(self, what: str, sample: Sample) -> None:
        """Say which programs a run starts, as CPython's audit events tell: proof that no scanner did, or did."""
        command = (sys.executable, "-m", "bench.programs", *self._arguments(sample))
        job = self._job((*command, "--repo", str(sample.repository)), Path.cwd(), DECIDED)
        last = run_once(job).decode().splitlines()[-1]
        self.seen.append(f"{what}: {last}")

    def _job(self, command: tuple[str, ...], folder: Path | None = None, accept: tuple[int, ...] = (0,)) -> Job:
        return Job((command,), folder or self.room, self.environment, accept)

    def _measure(self, what: str, jobs: list[Job]) -> Cost:
        self.console.print(f"measuring: {what}", style="dim")
        cost = measure(jobs, self.runs)
        self.table.add_row(
            what, f"{cost.wall_seconds:.3f}", f"{cost.cpu_seconds:.3f}", f"{cost.peak_bytes / 1e6:.0f}"
        )
        return cost

    def _ratio(self, what: str, cost: Cost, other: Cost, aim: float | None) -> None:
        wall, cpu = cost.wall_seconds / other.wall_seconds, cost.cpu_seconds / other.cpu_seconds
        self.table.add_row(what, "", "", "", f"{wall:.2f}", f"{cpu:.2f}", f"≤ {aim:g}" if aim else "")


def _native_semgrep() -> Path:
    found = importlib.util.find_spec("semgrep")
    if found is None or found.origin is None:
        raise SystemExit("bench: semgrep is not installed -> run `make install`")
    return Path(found.origin).parent / "bin" / "semgrep-core"


if __name__ == "__main__":
    main()
