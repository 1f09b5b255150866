"""Scanner bandit, for Python. It parses with the Python that runs it: what that cannot parse was not scanned."""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence, Severity
from outsource_gate.scanners import Command, Hit, Installed, Job, Output, Scanner
from outsource_gate.scanners.cwe import owasp_of
from outsource_gate.scanners.installed import isolated_python, package, packages_digest

_SYNTAX = "syntax error while parsing AST from file"
# Checks that cannot know what they say. B413 goes by the name of the module: `Crypto` is pyCrypto's, which nobody
# maintains, and pycryptodome's, which takes its place. Which of them is installed is in the manifest.
UNSURE = frozenset({"B413"})
INI = b"[bandit]\n"  # ours, so that no .bandit of a tree is looked for


def find() -> Installed | Unavailable:
    """Find bandit beside the Python that runs us; that Python parses the files."""
    found = package("bandit")
    if isinstance(found, Unavailable):
        return found
    return Installed((*isolated_python(), "-m", "bandit"), found.version)


def command(job: Job, installed: Installed) -> Command:
    """Every check of bandit's, no exclusion, no comment heeded."""
    ini = job.folder / "bandit.ini"
    ini.write_bytes(INI)
    flags = ("-q", "-f", "json", "--ignore-nosec", "--ini", str(ini), "-x", "/nonexistent")
    targets = tuple(str(job.room / target) for target in job.targets)
    told = (installed.version, *flags[:4], *sorted(UNSURE))
    digest = hashlib.sha256(INI + "\0".join(told).encode()).hexdigest()
    return Command((*flags, *targets), digest)


def depends(job: Job, _: Installed) -> dict[str, str]:
    """An answer depends on the Python that parses, and on the packages beside it: bandit finds plugins there."""
    digest = hashlib.sha256(INI + "\0".join((sys.version, packages_digest())).encode()).hexdigest()
    return dict.fromkeys(job.languages, digest)


def parse(stdout: bytes) -> Output:
    """Read the JSON report; a file among its errors was not scanned, though the exit code is 0."""
    try:
        report = json.loads(stdout.decode("utf-8", "replace"))
        failed = {str(error["filename"]): f"bandit: {error['reason']}"[:200] for error in report["errors"]}
        scanned = tuple(name for name in report["metrics"] if name != "_totals" and name not in failed)
        hits = tuple(_hit(result) for result in report["results"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ToolError(f"bandit: its report cannot be read: {type(error).__name__}") from error
    syntax = tuple(str(error["filename"]) for error in report["errors"] if error["reason"] == _SYNTAX)
    return Output(hits, scanned, tuple(failed.items()), syntax)


def _hit(result: dict[str, Any]) -> Hit:
    number = result.get("issue_cwe", {}).get("id")
    cwe = (f"CWE-{number}",) if number else ()
    lines = [int(line) for line in result["line_range"]] or [int(result["line_number"])]
    return Hit(
        rule=f"bandit.{result['test_id']}",
        target=str(result["filename"]),
        start_line=int(result["line_number"]),
        end_line=max(lines[-1], int(result["line_number"])),
        start_column=int(result.get("col_offset", 0)) + 1,
        message=str(result["issue_text"]).strip(),
        severity=Severity(result["issue_severity"].lower()),
        confidence=_confidence(result),
        cwe=cwe,
        owasp=owasp_of(cwe),
        why=f"bandit {result['test_id']}, {result['test_name']}",
    )


def _confidence(result: dict[str, Any]) -> Confidence:
    return Confidence.LOW if result["test_id"] in UNSURE else Confidence(result["issue_confidence"].lower())


SCANNER = Scanner(
    id="bandit",
    finds="weaknesses in Python by syntax",
    reads=frozenset({"python"}),
    find=find,
    command=command,
    accepts=frozenset({0, 1}),
    parse=parse,
    base_after_from=100,  # measured: a start costs as much as reading 30 files, and 7 of 10 have nothing
    at_once=400,
    depends=depends,
)
