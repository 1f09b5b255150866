"""How is an outside program started, and what may it use up?

The one door to programs: an argument list and an absolute path, never a shell; an environment that is built, not
inherited; bounds on time, output and memory; and a process group of its own that is killed whole, children too.
"""

from __future__ import annotations

import contextlib
import os
import resource
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from outsource_gate.errors import ToolError

_TICK_SECONDS = 0.2  # how soon a stop from another thread is seen
_CHUNK = 65_536
_GRACE_SECONDS = 10.0  # for a killed process to be gone


@dataclass(frozen=True, slots=True)
class Completed:
    """A program that ran to its end within its bounds. What its exit code means, the caller knows."""

    code: int  # negative: ended by that signal
    stdout: bytes
    stderr: bytes
    seconds: float


def run(  # noqa: PLR0913 -- every bound is named where a program is started
    argv: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    input: bytes = b"",
    timeout_seconds: float,
    max_output_bytes: int,
    max_memory_bytes: int | None = None,
    argv0: str | None = None,
    stop: threading.Event | None = None,
) -> Completed:
    """Run a program and give what it wrote; ToolError where it does not start or goes over a bound.

    `env` is the whole environment (see `scrubbed_environment`). `max_output_bytes` counts stdout and stderr
    together. `max_memory_bytes` bounds each process, not their sum. `stop` ends it early from another thread.
    """
    name = Path(argv[0]).name
    if not Path(argv[0]).is_absolute():
        raise ToolError(f"{argv[0]}: programs are started by absolute path only")
    began = time.monotonic()
    process = _start(argv, name, cwd, env, bool(input), argv0)
    try:
        _bound_memory(process.pid, max_memory_bytes)
        deadline = began + timeout_seconds
        exchange = _Exchange(name, process, input, deadline, timeout_seconds, max_output_bytes, stop)
        stdout, stderr = exchange.run()
        code = _wait(process, name, deadline, timeout_seconds)
    finally:
        _end(process)
    return Completed(code, stdout, stderr, time.monotonic() - began)


def scrubbed_environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give an environment of our own making: nothing of ours, of the shell's or of CI's is passed on."""
    return {
        "HOME": str(home),
        "TMPDIR": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        **(extra or {}),
    }


def _start(
    argv: Sequence[str], name: str, cwd: Path, env: Mapping[str, str], has_input: bool, argv0: str | None
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [argv0 or argv[0], *argv[1:]],
            executable=argv[0],
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.PIPE if has_input else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # its own group, and no terminal to ask on
            bufsize=0,
        )
    except (OSError, ValueError) as error:
        raise ToolError(f"{name}: does not start ({error})") from error


def _bound_memory(pid: int, limit: int | None) -> None:
    """Bound what the process can write to (RLIMIT_DATA), from outside: `preexec_fn` is not safe with threads.

    Not RLIMIT_AS: runtimes such as OCaml's reserve far more address space than they use. Linux only.
    """
    if limit is None or not hasattr(resource, "prlimit"):
        return
    try:
        resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))
    except (ProcessLookupError, PermissionError):  # ended already, or the system's bound is tighter
        return


class _Exchange:
    """Feed stdin and gather stdout and stderr side by side, within time and size."""

    def __init__(
        self,
        name: str,
        process: subprocess.Popen[bytes],
        data: bytes,
        deadline: float,
        timeout_seconds: float,
        max_output_bytes: int,
        stop: threading.Event | None,
    ) -> None:
        self._name = name
        self._process = process
        self._data = memoryview(data)
        self._deadline = deadline
        self._timeout_seconds = timeout_seconds
        self._left = max_output_bytes
        self._max_output_bytes = max_output_bytes
        self._stop = stop
        self._gathered: dict[int, list[bytes]] = {}

    def run(self) -> tuple[bytes, bytes]:
        stdout, stderr, stdin = self._process.stdout, self._process.stderr, self._process.stdin
        assert stdout is not None
        assert stderr is not None
        with selectors.DefaultSelector() as selector:
            for stream in (stdout, stderr):
                self._gathered[stream.fileno()] = []
                selector.register(stream, selectors.EVENT_READ)
            if stdin is not None:
                os.set_blocking(stdin.fileno(), False)
                selector.register(stdin, selectors.EVENT_WRITE)
            results = self._gathered[stdout.fileno()], self._gathered[stderr.fileno()]
            while selector.get_map():
                self._turn(selector)
        return b"".join(results[0]), b"".join(results[1])

    def _turn(self, selector: selectors.BaseSelector) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise ToolError(_over_time(self._name, self._timeout_seconds))
        if self._stop is not None and self._stop.is_set():
            raise ToolError(f"{self._name}: stopped, as the run was ended")
        for key, _ in selector.select(min(left, _TICK_SECONDS)):
            stream: IO[bytes] = key.fileobj  # type: ignore[assignment]  # only streams are registered
            done = self._write(stream) if stream is self._process.stdin else self._read(stream)
            if done:
                selector.unregister(stream)
                stream.close()

    def _write(self, stream: IO[bytes]) -> bool:
        try:
            self._data = self._data[os.write(stream.fileno(), self._data[:_CHUNK]) :]
        except BrokenPipeError:  # it read what it wanted
            return True
        return not self._data

    def _read(self, stream: IO[bytes]) -> bool:
        chunk = os.read(stream.fileno(), _CHUNK)
        self._left -= len(chunk)
        if self._left < 0:
            raise ToolError(f"{self._name}: wrote more than {self._max_output_bytes} bytes and was ended")
        self._gathered[stream.fileno()].append(chunk)
        return not chunk


def _wait(process: subprocess.Popen[bytes], name: str, deadline: float, timeout_seconds: float) -> int:
    """Wait for a program that has closed its output; its group is killed before its id can be given away."""
    pause = 0.0005
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > deadline:
            raise ToolError(_over_time(name, timeout_seconds))
        time.sleep(pause)
        pause = min(pause * 2, 0.05)
    _kill_group(process.pid)
    return process.wait(_GRACE_SECONDS)


def _over_time(name: str, timeout_seconds: float) -> str:
    return f"{name}: not done after {timeout_seconds:g} seconds and was ended"


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing behind: kill what still runs, children too, and close our ends."""
    if process.returncode is None:
        _kill_group(process.pid)
        process.wait(_GRACE_SECONDS)
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None and not stream.closed:
            stream.close()


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody left (macOS: EPERM for zombies)
        os.killpg(pid, signal.SIGKILL)
