"""The program's own entry: `outsource-gate`, and `python -m outsource_gate`."""

from __future__ import annotations

import gc
import os
import sys

GARBAGE_AFTER = 50_000  # new objects; Python's own 2,000 look for garbage 75 times before the first commit is read


def run() -> None:
    """Run the command line as a process of its own, which ends at once when the work is done."""
    gc.set_threshold(GARBAGE_AFTER)
    # The models here are this package's; a plugin that happens to be installed has no say in how they are read.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from outsource_gate.cli import main  # noqa: PLC0415 - after the two lines above

    try:
        main()
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else 1)


def _leave(code: int) -> None:
    """Write out what is buffered and go: taking the interpreter apart costs 25 ms and changes nothing."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # the report did not reach its reader, so nothing may rest on it
        code = code or 3
    os._exit(code)


if __name__ == "__main__":
    run()
