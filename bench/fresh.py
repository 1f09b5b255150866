"""What does a job on a fresh runner cost: install and run, from a warm package cache? Run as `make bench-fresh`.

Beside it, in the same run, what one would type instead: pip, semgrep and bandit. No time is asserted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.sample import Sample, build_sample
from outsource_gate.policy.shipped import shipped_folder

ROOT = Path(__file__).resolve().parents[1]
RULES = shipped_folder() / "rules"
DECIDED = (0, 1)


def main() -> None:
    """Measure both ways, with a vendor in the change and without one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=3, help="runs of each; the median counts, the first fills caches"
    )
    runs = parser.parse_args().runs
    table = Table(title=f"install and run in an empty environment, median of {runs} runs")
    for name in ("what", "wall s", "aim"):
        table.add_column(name, justify="left" if name == "what" else "right")
    with tempfile.TemporaryDirectory(prefix="outsource-gate-bench-") as folder:
        room = Path(folder)
        ours, vendors = build_sample(room, vendor=False), build_sample(room, vendor=True)
        keys = room / "gate"
        _run(
            (sys.executable, "-m", "outsource_gate", "keys", "generate", "--out", str(keys), "--no-password"), room
        )
        table.add_row("the gate, no vendor in the change", _timed(runs, lambda: _gate(room, ours)), "≤ 5")
        table.add_row("the gate, a vendor's change", _timed(runs, lambda: _gate(room, vendors)), "≤ 20")
        table.add_row("pip install semgrep bandit, then both", _timed(runs, lambda: _bare(room, vendors)), "")
    Console(width=None if sys.stdout.isatty() else 100).print(table)


def _timed(runs: int, job: Callable[[], None]) -> str:
    job()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        job()
        times.append(time.perf_counter() - begun)
    return f"{statistics.median(times):.2f}"


def _gate(room: Path, sample: Sample) -> None:
    """What ci/github does after fetching."""
    venv = room / "venv"
    shutil.rmtree(venv, ignore_errors=True)
    _run((str(ROOT / "ci" / "install"), str(venv), "github"), room)
    ends = ("--repo", str(sample.repository), "--base", sample.base, "--head", sample.head)
    inputs = ("--policy", str(sample.policy), "--change", str(sample.change), "--key", f"file:{room / 'gate.key'}")
    command = (str(venv / "bin" / "python"), "-I", "-m", "outsource_gate", "check", *ends, *inputs)
    prepare = ("--prepare", str(ROOT / "ci" / "install-scanners"))
    _run((*command, *prepare), room, {"OUTSOURCE_GATE_VENV": str(venv)}, DECIDED)


def _bare(room: Path, sample: Sample) -> None:
    venv = room / "bare"
    shutil.rmtree(venv, ignore_errors=True)
    _run((sys.executable, "-m", "venv", str(venv)), room)
    _run((str(venv / "bin" / "pip"), "install", "--quiet", "semgrep", "bandit"), room)
    path = {"PATH": f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}", "SEMGREP_ENABLE_VERSION_CHECK": "0"}
    semgrep = ("semgrep", "scan", "--metrics=off", "--quiet", "--json", "--baseline-commit", sample.base)
    _run((*semgrep, "--config", str(RULES), "."), sample.repository, path, DECIDED)
    _run(("bandit", "-q", "-f", "json", *sample.changed), sample.repository, path, DECIDED)


def _run(
    command: tuple[str, ...],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    accept: tuple[int, ...] = (0,),
) -> None:
    env = {**os.environ, "OUTSOURCE_GATE_PYTHON": sys.executable, **(environment or {})}
    program = shutil.which(command[0], path=env["PATH"]) or command[0]
    done = subprocess.run((program, *command[1:]), cwd=folder, env=env, capture_output=True, check=False)
    if done.returncode not in accept:
        said = done.stderr.decode(errors="replace")[-1000:]
        raise SystemExit(f"bench: `{' '.join(command)[:200]}` ended with {done.returncode}:\n{said}")


if __name__ == "__main__":
    main()
