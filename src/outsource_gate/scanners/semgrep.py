"""Scanner semgrep, with our own rules. The native program first; the Python command line where it is missing.

Facts about its flags and silences are measured; docs/scanners.md tells them.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence, Severity
from outsource_gate.scanners import Command, Hit, Installed, Job, Output, Scanner

# Which rule folders a language needs; TypeScript rules are JavaScript rules.
FOLDERS = {"python": "python", "javascript": "javascript", "typescript": "javascript", "java": "java", "go": "go"}
FLAGS = (
    "--metrics=off",
    "--disable-version-check",
    "--json",
    "--verbose",
    "--disable-nosem",
    "--no-git-ignore",
    "--novcs",
    "--x-ignore-semgrepignore-files",
    "--max-target-bytes",
    "0",
    "--timeout",
    "20",
    "--timeout-threshold",
    "0",
    "--strict",
)
MANY = 100  # files from which two workers are faster than one
_CLI = "from semgrep.console_scripts.pysemgrep import main; import sys; sys.exit(main())"
_SEVERITY = {"INFO": Severity.LOW, "WARNING": Severity.MEDIUM, "ERROR": Severity.HIGH}


def find() -> Installed | Unavailable:
    """Find the installed package without importing it."""
    spec = importlib.util.find_spec("semgrep")
    if spec is None or spec.origin is None:
        return Unavailable("semgrep is not installed", "pip install 'outsource-gate[scanners]'", "semgrep")
    version = importlib.metadata.version("semgrep")
    native = Path(spec.origin).parent / "bin" / "semgrep-core"
    if os.access(native, os.X_OK):
        return Installed((str(native),), version, argv0="osemgrep")
    return command_line(version)


def command_line(version: str) -> Installed:
    """The Python front end: the same findings, about two seconds later."""
    return Installed((sys.executable, "-I", "-c", _CLI), version)


def command(job: Job, installed: Installed) -> Command:
    """Copy the rules of the languages present beside each other: from one flat folder ids keep their names."""
    names = tuple(_copy_rules(job))
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + hashlib.sha256((job.folder / name).read_bytes()).digest())
    start = ("scan", "--experimental") if installed.argv0 else ("scan",)
    workers = ("-j", "2", "--x-parmap") if len(job.targets) > MANY and installed.argv0 else ("-j", "1")
    configs = tuple(word for name in names for word in ("--config", name))
    targets = tuple(str(job.room / target) for target in job.targets)
    env = {"SEMGREP_ENABLE_VERSION_CHECK": "0", "SEMGREP_SEND_METRICS": "off"}
    return Command((*start, *FLAGS, *workers, *configs, *targets), digest.hexdigest(), env)


def _copy_rules(job: Job) -> Iterator[str]:
    wanted = sorted({FOLDERS[language] for language in job.languages})
    for number, top in enumerate(job.rules):
        for folder in wanted:
            for rule in sorted((top / folder).glob("*.yaml")):
                name = f"r{number}-{folder}-{rule.name}"
                shutil.copyfile(rule, job.folder / name)
                yield name


def parse(stdout: bytes) -> Output:
    """Read the JSON report; files named in an error were not read whole, an error without a file is fatal."""
    try:
        report = json.loads(stdout)
        failed = dict(_failures(report["errors"]))
        if report.get("skipped_rules"):
            raise ToolError(f"semgrep: skipped rules: {json.dumps(report['skipped_rules'])[:300]}")
        hits = tuple(_hit(result) for result in report["results"])
        scanned = tuple(path for path in report["paths"]["scanned"] if path not in failed)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ToolError(f"semgrep: its report cannot be read: {type(error).__name__}") from error
    return Output(hits, scanned, tuple(failed.items()))


def _failures(errors: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for error in errors:
        kind = error["type"] if isinstance(error["type"], str) else str(error["type"][0])
        path = error.get("path") or error.get("location", {}).get("path")
        if not path:
            raise ToolError(f"semgrep: {kind}: {str(error.get('message', ''))[:300]}")
        yield str(path), f"semgrep: {kind}"


def _hit(result: dict[str, Any]) -> Hit:
    extra = result["extra"]
    meta = extra["metadata"]
    return Hit(
        rule=str(result["check_id"]),
        target=str(result["path"]),
        start_line=int(result["start"]["line"]),
        end_line=int(result["end"]["line"]),
        start_column=int(result["start"]["col"]),
        message=str(extra["message"]).strip(),
        severity=Severity(meta["severity"])
        if "severity" in meta
        else _SEVERITY.get(extra["severity"], Severity.HIGH),
        confidence=Confidence(str(meta.get("confidence", "high")).lower()),
        cwe=tuple(str(cwe).partition(":")[0] for cwe in _listed(meta.get("cwe"))),
        owasp=tuple(str(name) for name in _listed(meta.get("owasp"))),
        why=str(meta.get("why", "")).strip(),
        fix=str(meta.get("fix", "")).strip(),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


SCANNER = Scanner(
    id="semgrep",
    finds="weaknesses by pattern and by data flow, with our own rules",
    reads=frozenset(FOLDERS),
    find=find,
    command=command,
    accepts=frozenset({0, 1, 2, 3}),  # 2 and 3: errors, which the report names file by file
    parse=parse,
    max_memory_bytes=3 << 30,
)
