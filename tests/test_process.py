"""Does a started program stay within its bounds, and see only what it was given?"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.process import Completed, run, scrubbed_environment


def python(
    script: str,
    tmp_path: Path,
    *,
    input: bytes = b"",
    timeout_seconds: float = 20,
    max_output_bytes: int = 1_000_000,
    max_memory_bytes: int | None = None,
    stop: threading.Event | None = None,
) -> Completed:
    return run(
        [sys.executable, "-I", "-c", script],
        cwd=tmp_path,
        env=scrubbed_environment(tmp_path),
        input=input,
        timeout_seconds=timeout_seconds,
        max_output_bytes=max_output_bytes,
        max_memory_bytes=max_memory_bytes,
        stop=stop,
    )


def is_gone(pid: int) -> bool:
    """Say whether a killed process is gone; an orphan's end takes the kernel a moment."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_gives_code_output_and_time(tmp_path: Path) -> None:
    """exit code, both streams and the time come back as they were"""
    done = python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)", tmp_path)
    assert (done.code, done.stdout, done.stderr) == (7, b"out\n", b"err\n")
    assert 0 < done.seconds < 20


def test_a_signal_is_a_negative_code(tmp_path: Path) -> None:
    """a program that a signal ended does not look like one that ended well"""
    assert python("import os; os.kill(os.getpid(), 11)", tmp_path).code == -11


def test_input_larger_than_a_pipe_arrives(tmp_path: Path) -> None:
    """input and output larger than a pipe's buffer do not block each other"""
    data = os.urandom(400_000)
    done = python("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())", tmp_path, input=data)
    assert done.stdout == data


def test_input_nobody_reads_is_no_error(tmp_path: Path) -> None:
    """a program need not read what it is given"""
    assert python("pass", tmp_path, input=b"x" * 1_000_000).code == 0


def test_without_input_stdin_is_closed(tmp_path: Path) -> None:
    """a program that asks a question gets no answer instead of waiting"""
    assert python("import sys; print(repr(sys.stdin.read()))", tmp_path).stdout == b"''\n"


def test_nothing_of_our_environment_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tokens, PATH and Python's variables stay behind"""
    monkeypatch.setenv("OUTSOURCE_GATE_KEY_PASSWORD", "sesame")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    seen = python("import os; print(sorted(os.environ))", tmp_path).stdout.decode()
    for name in ("OUTSOURCE_GATE", "PYTHONPATH", "GITHUB_TOKEN"):
        assert name not in seen
    assert scrubbed_environment(tmp_path)["PATH"] == "/usr/bin:/bin"


def test_a_bare_name_is_refused(tmp_path: Path) -> None:
    """no PATH and no current folder decide which program runs"""
    with pytest.raises(ToolError, match="absolute path"):
        run(["true"], cwd=tmp_path, env={}, timeout_seconds=5, max_output_bytes=10)


def test_what_does_not_start_is_told(tmp_path: Path) -> None:
    """a missing program is an error in words"""
    with pytest.raises(ToolError, match="nowhere: does not start"):
        run([str(tmp_path / "nowhere")], cwd=tmp_path, env={}, timeout_seconds=5, max_output_bytes=10)


def test_the_program_can_be_given_another_name(tmp_path: Path) -> None:
    """argv0 says what the program believes it is called"""
    done = run(
        ["/bin/sh", "-c", 'tr "\\0" " " < /proc/$$/cmdline'],
        cwd=tmp_path,
        env=scrubbed_environment(tmp_path),
        timeout_seconds=5,
        max_output_bytes=1000,
        argv0="other",
    )
    assert done.stdout.startswith(b"other -c")


def test_a_hang_is_ended_with_its_children(tmp_path: Path) -> None:
    """over time, the whole group goes, not only the program that was started"""
    script = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "open('pid', 'w').write(str(child.pid)); time.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(ToolError, match=r"not done after 1\.5 seconds"):
        python(script, tmp_path, timeout_seconds=1.5)
    assert time.monotonic() - began < 10
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_a_child_left_behind_is_ended(tmp_path: Path) -> None:
    """a program that ends well leaves nothing running"""
    script = (
        "import subprocess, sys\n"
        "quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], **quiet)\n"
        "open('pid', 'w').write(str(child.pid))"
    )
    assert python(script, tmp_path).code == 0
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_closed_output_does_not_hide_a_hang(tmp_path: Path) -> None:
    """closing stdout and stderr and going on is a hang like any other"""
    with pytest.raises(ToolError, match="not done after"):
        python("import os, time; os.close(1); os.close(2); time.sleep(60)", tmp_path, timeout_seconds=1.5)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_flood_is_ended(tmp_path: Path, stream: str) -> None:
    """output over the bound ends the program, whichever stream it fills"""
    with pytest.raises(ToolError, match="wrote more than 100000 bytes"):
        python(f"import sys\nwhile True: sys.{stream}.write('x' * 4096)", tmp_path, max_output_bytes=100_000)


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_DATA from outside is Linux's")
def test_memory_is_bounded(tmp_path: Path) -> None:
    """a program that takes more memory than allowed fails; it does not take the machine with it"""
    script = "import time; time.sleep(0.2); x = bytearray(300_000_000); print(len(x))"
    assert python(script, tmp_path, max_memory_bytes=2_000_000_000).code == 0
    done = python(script, tmp_path, max_memory_bytes=100_000_000)
    assert done.code != 0
    assert b"MemoryError" in done.stderr


def test_another_thread_can_stop_it(tmp_path: Path) -> None:
    """an interrupted run does not wait for its scanners"""
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    with pytest.raises(ToolError, match="stopped"):
        python("import time; time.sleep(60)", tmp_path, stop=stop)
    assert time.monotonic() - began < 10
