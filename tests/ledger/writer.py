"""Appends records one after the other until it is ended; run by the tests of faults as a process of its own.

Arguments: URL, first number, how many, limit of a file's size in bytes (0: none). Says which were acknowledged.
"""

from __future__ import annotations

import os
import resource
import sys

from outsource_gate.errors import GateError
from outsource_gate.evidence.keys import load_signer
from outsource_gate.ledger import open_ledger
from outsource_gate.ledger.notice import sign_notice
from tests.ledger.ledgers import ORIGIN, at


def main(url: str, start: int, count: int, limit: int) -> None:
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    key = load_signer("env://LEDGER_TEST_KEY", None, os.environ)
    found = open_ledger(url, create=ORIGIN)
    for number in range(start, start + count):
        notice = sign_notice("gap", ("corp.example/shop", {"gitCommit": f"{number:040x}"}), "lost", at(), key)
        (placed,) = found.append([notice], at(number))
        print(number, placed.place, placed.entry.envelope, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1], *map(int, sys.argv[2:5]))
    except GateError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
