"""How does scanning grow with the change? Run as `make bench-sizes`; minutes, by hand.

A vendor's change to 10, 100 and 1,000 of 2,000 files, and the whole repository, beside what one would type and
beside the same scanners alone. Nothing is cached, then all of it is.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from bench.measure import Cost, Job, run_once
from bench.run import BIN, DECIDED, GATE, QUIET, RULES, Bench, _native_semgrep
from bench.sample import build_sample

FILES = 2_000
CHANGES = (10, 100, 1_000)


@dataclass(frozen=True, slots=True)
class Aim:
    """At most these ratios: of what is typed and of the floor with nothing cached, of what is typed with all."""

    typed: float
    floor: float
    cached: float


AIMS = {10: Aim(0.3, 1.35, 0.1)}  # set for ten files; the same is shown for more


def main() -> None:
    """Build one repository per size, measure, print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1, help="timed runs of each command, after one to warm up")
    parser.add_argument("--changed", type=int, action="append", help=f"changed files; by default {CHANGES}")
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


class Sizes(Bench):
    """One run of everything, with the table it fills."""

    def change(self, count: int) -> None:
        """A vendor's change to so many of the files."""
        sample = build_sample(self.room, vendor=True, count=FILES, changing=count)
        aim = AIMS.get(count, AIMS[10])
        typed = self._measure(f"{count} files: semgrep --baseline-commit, then bandit", self._typed_instead(sample))
        floor = self._measure(f"{count} files: native semgrep beside bandit", [self._floor(sample)])
        ours = self._measure(f"{count} files: check, nothing cached", [self._check(sample)])
        self._ratio("  of the commands typed instead", ours, typed, aim.typed)
        self._ratio("  of the floor", ours, floor, aim.floor)
        cached = self._measure(f"{count} files: check, all cached", [self._cached(self._check(sample))])
        self._ratio("  of the commands typed instead", cached, typed, aim.cached)
        self._peak(ours)

    def whole(self) -> None:
        """Every file of the repository, as on the day the gate comes in."""
        sample = build_sample(self.room, vendor=True, count=FILES, changing=CHANGES[0])
        semgrep = self._job(("semgrep", "scan", *QUIET, "--config", str(RULES), "."), sample.repository, DECIDED)
        bandit = self._job(("bandit", "-q", "-r", "-f", "json", "."), sample.repository, DECIDED)
        native = ("osemgrep", "scan", "--experimental", *QUIET, "--config", str(RULES), ".")
        alone = (str(BIN / "bandit"), "-q", "-r", "-f", "json", ".")
        side_by_side = Job(
            (native, alone), sample.repository, self.environment, DECIDED, executable=str(_native_semgrep())
        )
        typed = self._measure(f"all {FILES} files: semgrep, then bandit", [semgrep, bandit])
        floor = self._measure(f"all {FILES} files: native semgrep beside bandit", [side_by_side])
        command = (GATE, "scan", str(sample.repository), "--output", f"json={self.room / 'scan.json'}")
        scan = self._job(command, self.room, DECIDED)
        ours = self._measure(f"all {FILES} files: scan, nothing cached", [scan])
        self._ratio("  of the commands typed instead", ours, typed, 0.6)
        self._ratio("  of the floor", ours, floor, 1.35)
        cached = self._measure(f"all {FILES} files: scan, all cached", [self._cached(scan)])
        self._ratio("  of the commands typed instead", cached, typed, 0.1)
        self._peak(ours)

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


if __name__ == "__main__":
    main()
