"""How does scanning grow with the change? Run as `make bench-sizes`; minutes, by hand.

A vendor's change to 10, 100 and 1,000 of 2,000 files, and the whole repository, beside what one would type and
beside the same scanners alone. Nothing is cached, then all of it is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console

from bench.measure import Cost, Job, run_once
from bench.run import BIN, DECIDED, GATE, QUIET, RULES, Bench, _native_semgrep
from bench.sample import Sample, build_sample
from outsource_gate.model.facts import Unavailable
from outsource_gate.scanners import kingfisher

FILES = 2_000
CHANGES = (10, 100, 1_000)


@dataclass(frozen=True, slots=True)
class Aim:
    """At most these ratios: of what is typed and of the floor with nothing cached, of what is typed with all."""

    typed: float | None  # none is set for more than ten files of a change
    floor: float
    cached: float


AIMS = {10: Aim(0.3, 1.35, 0.1)} | dict.fromkeys(CHANGES[1:], Aim(None, 1.35, 0.1))
AIM_WHOLE = Aim(0.6, 1.35, 0.1)
OFFLINE = ("--no-validate", "--no-update-check", "--format=jsonl")
ENDED = (*DECIDED, *range(11, 15), 200)  # zizmor's 11 to 14 and kingfisher's 200: something was found


@dataclass(frozen=True, slots=True)
class Figures:
    """What one size costs: typed, floor, ours with nothing cached and with all."""

    what: str
    typed: Cost
    floor: Cost
    ours: Cost
    cached: Cost


def main() -> None:
    """Build one repository per size, measure, print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1, help="timed runs of each command, after one to warm up")
    parser.add_argument(
        "--changed", type=int, action="append", choices=CHANGES, help=f"changed files; by default {CHANGES}"
    )
    parser.add_argument("--figures", type=Path, help="write them there, for bench.plot")
    parser.add_argument("--without-whole", action="store_true", help="leave the whole repository out")
    chosen = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 116)
    with tempfile.TemporaryDirectory(prefix="outsource-gate-bench-") as folder:
        sizes = Sizes(Path(folder), chosen.runs, console)
        for count in chosen.changed or CHANGES:
            sizes.change(count)
        if not chosen.without_whole:
            sizes.whole()
        console.print(sizes.table)
        if chosen.figures:
            chosen.figures.write_text(json.dumps([asdict(one) for one in sizes.figures], indent=1) + "\n")


class Sizes(Bench):
    """One run of everything, with the table it fills."""

    def __init__(self, room: Path, runs: int, console: Console) -> None:
        super().__init__(room, runs, console)
        self.figures: list[Figures] = []

    def change(self, count: int) -> None:
        """A vendor's change to so many of the files."""
        sample = build_sample(self.room, vendor=True, count=FILES, changing=count, every_scanner=True)
        self._compare(
            f"{count} files", self._by_hand(sample), self._native(sample), self._check(sample), AIMS[count]
        )

    def whole(self) -> None:
        """Every file of the repository, as on the day the gate comes in; `scan` starts no kingfisher."""
        sample = build_sample(self.room, vendor=True, count=FILES, changing=CHANGES[0], every_scanner=True)
        command = (GATE, "scan", "--repository", str(sample.repository), "--policy", str(sample.policy))
        scan = self._job((*command, "--output", f"json={self.room / 'scan.json'}"), self.room, DECIDED)
        typed, floor = self._by_hand(sample, is_whole=True), self._native(sample, is_whole=True)
        self._compare(f"all {FILES} files", typed, floor, scan, AIM_WHOLE)

    def _compare(self, what: str, typed: list[Job], floor: Job, gate: Job, aim: Aim) -> None:
        by_hand = self._measure(f"{what}: {', '.join(job.commands[0][0] for job in typed)}", typed)
        native = self._measure(f"{what}: the same, native, side by side", [floor])
        ours = self._measure(f"{what}: the gate, nothing cached", [gate])
        self._ratio("  of the commands typed instead", ours, by_hand, aim.typed)
        self._ratio("  of the floor", ours, native, aim.floor)
        cached = self._measure(f"{what}: the gate, all cached", [self._cached(gate)])
        self._ratio("  of the commands typed instead", cached, by_hand, aim.cached)
        self._peak(ours)
        self.figures.append(Figures(what, by_hand, native, ours, cached))

    def _by_hand(self, sample: Sample, *, is_whole: bool = False) -> list[Job]:
        """What one would type, one after another; of a change, where a tool can, what is new since the base."""
        since = () if is_whole else ("--baseline-commit", sample.base)
        bandit = ("-r", ".") if is_whole else sample.changed
        commands: list[tuple[str, ...]] = [
            ("semgrep", "scan", *QUIET, *since, "--config", str(RULES), "."),
            ("bandit", "-q", "-f", "json", *bandit),
            ("zizmor", "--offline", "--format=json", "."),
        ]
        if not is_whole:
            commands.append(("kingfisher", "scan", *OFFLINE, "--since-commit", sample.base, "."))
        return [replace(self._job(one, sample.repository, ENDED), prepare=self._forget) for one in commands]

    def _native(self, sample: Sample, *, is_whole: bool = False) -> Job:
        """The same programs without their front ends, about the changed files alone, all at once."""
        python = (".",) if is_whole else sample.changed
        recursive = ("-r",) if is_whole else ()
        pipelines = (".",) if is_whole else sample.pipelines
        commands: list[tuple[str, ...]] = [
            ("osemgrep", "scan", "--experimental", *QUIET, "--config", str(RULES), *python),
            (str(BIN / "bandit"), "-q", "-f", "json", *recursive, *python),
            (str(BIN / "zizmor"), "--offline", "--format=json", *pipelines),
        ]
        if not is_whole:
            changed = (*sample.changed, *sample.pipelines)
            commands.append((str(_kingfisher()), "scan", *OFFLINE, "--git-history=none", *changed))
        native = str(_native_semgrep())
        together = Job(tuple(commands), sample.repository, self.environment, ENDED, executable=native)
        return replace(together, prepare=self._forget)

    def _forget(self) -> None:
        """kingfisher compiles its rules where it finds none compiled; so does the gate."""
        shutil.rmtree(self.home / ".cache" / "kingfisher", ignore_errors=True)

    def _cached(self, job: Job) -> Job:
        """The same with a cache that knows every file, filled in a run outside the clock."""
        folder = self.room / "cache"
        shutil.rmtree(folder, ignore_errors=True)
        (command,) = job.commands
        cached = replace(job, commands=((*command, "--cache", str(folder)),), environment=self._with_key())
        run_once(cached)
        return cached

    def _with_key(self) -> dict[str, str]:
        return {**self.environment, "OUTSOURCE_GATE_CACHE_KEY": "a key of this benchmark, 32 bytes long"}

    def _peak(self, cost: Cost) -> None:
        peak = f"{cost.peak_bytes / 1e6:.0f}"
        self.table.add_row("  peak memory, whole process tree", "", "", peak, "", "", "< 600")
        self.table.add_section()


def _kingfisher() -> Path:
    found = kingfisher.find()
    if isinstance(found, Unavailable):
        raise SystemExit(f"bench: {found.reason} -> {found.next_step}")
    return Path(found.argv[0])


if __name__ == "__main__":
    main()
