"""Which programs does a command of ours start? Run as `python -m bench.programs check ...`; prints their names."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

# Every way in which CPython starts a program: docs.python.org, audit events table.
STARTS = {"subprocess.Popen": 1, "os.posix_spawn": 1, "os.exec": 1, "os.system": 0, "pty.spawn": 0}
WRAPPERS = {"env", "python", "python3"}  # of interest is what they start


def main(arguments: list[str]) -> None:
    """Run the command line in this process, and name every program that was started on the way."""
    seen: set[str] = set()

    def watch(event: str, details: tuple[Any, ...]) -> None:
        if event in STARTS:
            seen.add(_name(details[STARTS[event]]))

    sys.addaudithook(watch)
    from outsource_gate.cli import main as command_line  # noqa: PLC0415 - after the hook, or imports escape it

    code = 0
    try:
        command_line(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    print("programs:", *sorted(seen))
    raise SystemExit(code)


def _name(argv: Any) -> str:
    """Give the program's plain name; behind `env -i NAME=VALUE ...` and `python -m`, the one that counts."""
    words = [os.fsdecode(word) for word in argv] if isinstance(argv, list | tuple) else str(argv).split()
    for word in words:
        name = Path(word).name
        if not word.startswith("-") and "=" not in word and name.rstrip("0123456789.") not in WRAPPERS:
            return name
    return " ".join(words[:3])


if __name__ == "__main__":
    main(sys.argv[1:])
