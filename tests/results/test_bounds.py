"""Hostile and gigantic files are refused in bounded memory, each with one message."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from outsource_gate.model.result import Format
from outsource_gate.results import MAX_BYTES

MIB = 1 << 20
MAX_MEMORY = 400 * MIB  # beside the file itself, up to 64 MiB
HEAD, TAIL = b'{"version": "2.1.0", "runs": [{"results": [', b"]}]}"
READ = r"""
import re, sys
from pathlib import Path
from outsource_gate.imported import read_file
from outsource_gate.errors import GateError
from outsource_gate.results import read_content
try:
    content = read_content(read_file(Path(sys.argv[1])), sys.argv[2])
    print(sum(tally.count for tally in content.tallies), "read")
except GateError as error:
    print(error.message)
# Not getrusage: its maximum begins with what the process had that started this one.
print(int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024)
"""


def _names() -> bytes:
    return b"<testsuite>" + b"".join(b"<a%d/>" % number for number in range(200_000)) + b"</testsuite>"


def _attributes() -> bytes:
    return b"<testsuite " + b" ".join(b'a%d=">"' % number for number in range(2_000_000)) + b"/>"


def _many() -> bytes:
    return HEAD + b",".join([b'{"ruleId": "R1", "level": "error"}'] * 100_001) + TAIL


CASES: dict[str, tuple[Format, Callable[[], bytes], str]] = {
    "larger": ("sarif", lambda: HEAD + b" " * (100 * MIB) + TAIL, "more than 64 MiB"),
    "nested": ("sarif", lambda: b'{"x": ' + b"[" * (10 * MIB), "nested deeper than 64"),
    "values": ("sarif", lambda: b'{"x": [' + b"1," * (5 * 10**6) + b"1]}", "more than 4000000 values"),
    "branch": (
        "sarif",
        lambda: HEAD + b'{"x": [' + b"[]," * (8 * MIB) + b"[]]}" + TAIL,
        "more than 200000 values in one",
    ),
    "results": ("sarif", _many, "more than 100000 results in a run"),
    "digits": ("sarif", lambda: HEAD + b'{"rank": ' + b"9" * (30 * MIB) + b"}" + TAIL, "more than 4300 digits"),
    "string": ("sarif", lambda: HEAD + b'{"ruleId": "' + b"a" * (50 * MIB) + b'"}' + TAIL, "1 read"),
    "cases": ("junit", lambda: b"<testsuite>" + b"<testcase/>" * (5 * 10**6), "more than 4000000 values"),
    "names": ("junit", _names, "more than 10000 different tags and attributes"),
    "attributes": ("junit", _attributes, "a tag of more than 4 MiB"),
    "attribute": ("junit", lambda: b'<testsuite name="' + b"a" * (50 * MIB) + b'"/>', "a tag of more than 4 MiB"),
    "text": ("junit", lambda: b"<testsuite><system-out>" + b"a" * (50 * MIB), "no whole XML"),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("case", CASES)
def test_refused_within_bounds(case: str, tmp_path: Path) -> None:
    """measured in a process of its own"""
    form, make, told = CASES[case]
    path = tmp_path / "report"
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path), form], capture_output=True, text=True, check=True, timeout=300
    )
    message, memory = done.stdout.splitlines()
    assert told in message
    assert int(memory) < MAX_MEMORY + min(path.stat().st_size, MAX_BYTES)
