"""How is git started, so that nothing but this file configures it?

Its environment is built, not inherited, so that nothing of the caller's reaches it.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

from outsource_gate.errors import GitError

TIMEOUT_SECONDS = 120.0
MAX_OUTPUT = 256 * 1024 * 1024
MAX_COMPLAINT = 16 * 1024
NEEDED = (2, 38)  # `merge-tree --write-tree`, and safe.directory on the command line

ENVIRONMENT = {
    "PATH": os.defpath,  # git starts nothing but itself
    "HOME": "/nonexistent",
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",  # from git 2.44 on; before that the next line keeps git off the network
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "1",
}

SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "safe.bareRepository=explicit",
    "protocol.ext.allow=never",
    "core.quotePath=false",
    "log.showSignature=false",
    "diff.external=",
    "core.attributesFile=/dev/null",
    "log.mailmap=false",
    # A forged commit-graph with a valid checksum hides commits from rev-list; so might a forged pack index.
    "core.commitGraph=false",
    "core.multiPackIndex=false",
    "diff.renames=false",
    "diff.ignoreSubmodules=none",
    "merge.renames=true",
    "merge.renameLimit=7000",
    "merge.directoryRenames=conflict",
    "merge.renormalize=false",
    "merge.default=text",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a finished git gave."""

    code: int
    out: bytes
    complaint: str  # what it wrote to its error stream, made printable


@dataclass(frozen=True, slots=True)
class Program:
    """The hardened git on one repository; `git_dir` is explicit, so git searches for nothing."""

    git_dir: Path
    safe_directory: Path
    extra: Mapping[str, str] = field(default_factory=dict)  # a server hook's quarantine, or what `remote` allows
    limits: tuple[tuple[int, int], ...] = ()  # resource and bound, of git and of what it starts

    def call(
        self,
        args: Sequence[str],
        *,
        input: bytes = b"",
        max_bytes: int = MAX_OUTPUT,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> Answer:
        """Run git to its end, whatever its exit code; GitError when it runs over a bound."""
        with self.start(args, timeout_seconds=timeout_seconds) as running:
            running.feed(input)
            out = running.out.read(max_bytes + 1)
            if len(out) > max_bytes:
                raise GitError(f"git {args[0]}: printed more than {max_bytes} bytes, the most that is read")
            return Answer(running.finish(), out, running.complaint)

    def start(self, args: Sequence[str], *, timeout_seconds: float = TIMEOUT_SECONDS) -> Running:
        """Start git; use the result in a `with` block, which ends it."""
        variables = {**ENVIRONMENT, **self.extra, "GIT_DIR": str(self.git_dir), "GIT_WORK_TREE": str(self.git_dir)}
        settings = [part for line in (*SETTINGS, f"safe.directory={self.safe_directory}") for part in ("-c", line)]
        process = subprocess.Popen(
            [executable(), "--no-pager", *settings, *args],
            cwd=self.git_dir,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        _bound(process.pid, self.limits)
        return Running(process, args[0], timeout_seconds)


class Running:
    """A started git. Read `out`, then `finish`; it is killed when time is up or the block ends."""

    def __init__(self, process: subprocess.Popen[bytes], name: str, timeout_seconds: float) -> None:
        assert process.stdin and process.stdout and process.stderr
        self._process = process
        self._name = name
        self._timeout_seconds = timeout_seconds
        self._timed_out = False
        self._complaint = bytearray()
        self.out: IO[bytes] = process.stdout
        self.input: IO[bytes] = process.stdin
        self._watch = threading.Timer(timeout_seconds, self._run_out)
        self._watch.daemon = True
        self._watch.start()
        self._listener = threading.Thread(target=self._listen, args=(process.stderr,), daemon=True)
        self._listener.start()

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.cancel()
        self._kill()
        for pipe in (self.input, self.out):
            _close(pipe)
        self._listener.join(5)

    @property
    def complaint(self) -> str:
        """What git wrote to its error stream so far, on one printable line."""
        text = bytes(self._complaint).decode("utf-8", "backslashreplace").strip()
        return "".join(char if char.isprintable() else " " for char in text)[:500]

    def feed(self, data: bytes) -> None:
        """Write all input and close it; of more than a pipe holds, beside the reading."""
        if len(data) <= 4096:
            self._write(data)
        else:
            threading.Thread(target=self._write, args=(data,), daemon=True).start()

    def finish(self) -> int:
        """Wait for the end and give the exit code; GitError when time ran out."""
        code = self._process.wait()
        self._listener.join(5)
        self.check_time()
        return code

    def succeed(self) -> None:
        """Wait for the end; GitError unless git says it went well."""
        if self.finish():
            raise failure(self._name, self._process.returncode, self.complaint)

    def check_time(self) -> None:
        """GitError when this git was stopped for running too long."""
        if self._timed_out:
            raise GitError(
                f"git {self._name}: took longer than {self._timeout_seconds:.0f} seconds and was stopped"
            )

    def _write(self, data: bytes) -> None:
        try:
            self.input.write(data)
        except BrokenPipeError:  # git ended early; its exit code says why
            return
        finally:
            _close(self.input)

    def _listen(self, pipe: IO[bytes]) -> None:
        with pipe:
            while block := os.read(pipe.fileno(), 65536):
                self._complaint += block[: MAX_COMPLAINT - len(self._complaint)]

    def _run_out(self) -> None:
        self._timed_out = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # ended between the two lines
                os.killpg(self._process.pid, signal.SIGKILL)  # its own session, so its own group
            self._process.wait()


def _bound(pid: int, limits: tuple[tuple[int, int], ...]) -> None:
    """Set the bounds from outside, before git has started anything: `preexec_fn` is not safe with threads."""
    for which, limit in limits if hasattr(resource, "prlimit") else ():  # Linux only
        with contextlib.suppress(ProcessLookupError, PermissionError):  # ended already, or bounded tighter
            resource.prlimit(pid, which, (limit, limit))


def executable() -> str:
    """The absolute path of git; GitError where there is none."""
    found = shutil.which("git")
    if not found or not Path(found).is_absolute():
        raise GitError("git is not installed, or not on an absolute PATH entry", hint="install git 2.38 or newer")
    return found


def failure(name: str, code: int, complaint: str) -> GitError:
    """The error for a git that ended with an exit code nobody expected."""
    return GitError(f"git {name} ended with code {code}: {complaint or 'it did not say why'}")


def check_version(text: str) -> None:
    """GitError for a git that is too old; `text` is what `git version` prints."""
    digits = text.removeprefix("git version ").split(".")[:2]
    if not all(part.isdigit() for part in digits) or len(digits) < 2:
        raise GitError(f"git version: {text.strip()!r} cannot be read", hint="install git 2.38 or newer")
    if tuple(map(int, digits)) < NEEDED:
        raise GitError(f"git {'.'.join(digits)} is too old", hint="install git 2.38 or newer")


def _close(pipe: IO[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError):  # what was still to be written has no reader any more
        pipe.close()
