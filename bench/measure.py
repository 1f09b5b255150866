"""What does a command cost: wall time, CPU time and peak memory of its whole process tree?"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

SAMPLE_SECONDS = 0.01
LIMIT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over the timed runs; the peak comes from a run of its own, because sampling costs time."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    runs: int


@dataclass(frozen=True, slots=True)
class Started:
    """A running program, and what it says on its error stream."""

    process: subprocess.Popen[bytes]
    errors: IO[bytes]


@dataclass(frozen=True, slots=True)
class Job:
    """Commands started side by side from one folder; `accept` are the exit codes of a run that worked."""

    commands: tuple[tuple[str, ...], ...]
    folder: Path
    environment: Mapping[str, str]
    accept: tuple[int, ...] = (0,)
    executable: str | None = None  # of the first command, where argv[0] is to be another name
    prepare: Callable[[], None] | None = None  # before every run, outside the clock
    writes: Path | None = None  # a file that a run which worked leaves behind; a crash may end with 1, too


def measure(jobs: Sequence[Job], runs: int) -> Cost:
    """Run the jobs one after another as one thing: a warm-up, timed runs, and one run for memory."""
    _run_all(jobs)
    timed = [_run_all(jobs) for _ in range(runs)]
    wall, cpu = ([run[i] for run in timed] for i in (0, 1))
    peak = max(_peak(job) for job in jobs)
    return Cost(statistics.median(wall), statistics.median(cpu), peak, runs)


def run_once(job: Job) -> bytes:
    """Run one job and give the standard output of its first command."""
    _make_ready(job)
    with tempfile.TemporaryFile() as out:
        started = _start(job, out)
        for one in started:
            one.process.wait(LIMIT_SECONDS)
        _check(job, started)
        out.seek(0)
        return out.read()


def forget_files(folders: Sequence[Path]) -> None:
    """Have the kernel drop what it keeps of these files: the next reader waits for the disk. Linux only."""
    os.sync()  # what is not written yet cannot be dropped
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _run_all(jobs: Sequence[Job]) -> tuple[float, float]:
    wall = cpu = 0.0
    for job in jobs:
        _make_ready(job)
        before, begun = os.times(), time.perf_counter()
        started = _start(job)
        for one in started:
            one.process.wait(LIMIT_SECONDS)
        wall += time.perf_counter() - begun
        after = os.times()
        cpu += after.children_user - before.children_user + after.children_system - before.children_system
        _check(job, started)
    return wall, cpu


def _make_ready(job: Job) -> None:
    if job.prepare:
        job.prepare()
    if job.writes:
        job.writes.unlink(missing_ok=True)


def _start(job: Job, out: IO[bytes] | None = None) -> list[Started]:
    return [
        _start_one(job, command, job.executable if position == 0 else None, out if position == 0 else None)
        for position, command in enumerate(job.commands)
    ]


def _start_one(job: Job, command: tuple[str, ...], executable: str | None, out: IO[bytes] | None) -> Started:
    errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in _check, when the program has ended
    process = subprocess.Popen(
        command,
        executable=executable,
        cwd=job.folder,
        env=dict(job.environment),
        stdin=subprocess.DEVNULL,
        stdout=out or subprocess.DEVNULL,
        stderr=errors,
    )
    return Started(process, errors)


def _check(job: Job, started: list[Started]) -> None:
    for command, one in zip(job.commands, started, strict=True):
        one.errors.seek(0)
        said = one.errors.read().decode(errors="replace")[-1000:]
        one.errors.close()
        if one.process.returncode not in job.accept:
            called = " ".join(command)[:300]
            raise SystemExit(f"bench: `{called}` ended with {one.process.returncode}, want {job.accept}:\n{said}")
        if job.writes and not job.writes.is_file():
            raise SystemExit(f"bench: `{' '.join(command)[:300]}` did not write {job.writes}:\n{said}")


def _peak(job: Job) -> int:
    """Give the highest sum of resident memory over the processes; pages they share count for each of them."""
    _make_ready(job)
    started = _start(job)
    highest = 0
    done = threading.Event()

    def sample() -> None:
        nonlocal highest
        while not done.is_set():
            highest = max(highest, sum(_resident(one.process.pid) for one in started))
            time.sleep(SAMPLE_SECONDS)

    sampler = threading.Thread(target=sample)
    sampler.start()
    for one in started:
        one.process.wait(LIMIT_SECONDS)
    done.set()
    sampler.join()
    _check(job, started)
    return highest


def _resident(pid: int) -> int:
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += _resident_alone(process)
    except psutil.NoSuchProcess:
        return total  # ended between two looks
    return total


def _resident_alone(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0  # ended between two looks
