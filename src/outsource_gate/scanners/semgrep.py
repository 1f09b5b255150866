"""Scanner semgrep, with our own rules. The native program first; the Python command line where it is missing.

Facts about its flags and silences are measured; docs/scanners.md tells them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from typing import Any

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence, Severity
from outsource_gate.scanners import Command, Hit, Installed, Job, Output, Scanner
from outsource_gate.scanners.installed import isolated_python, package, packages_digest
from outsource_gate.scanners.rules import known_as, rules_for, rules_reading
from outsource_gate.scanners.semgrep_trace import TRACER

LANGUAGES = frozenset(
    {"python", "javascript", "typescript", "java", "kotlin", "go", "csharp", "c", "cpp", "terraform", "php", "ruby"}
    | {"bash", "dockerfile"}
    | {"rust", "kubernetes", "compose"}
)
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
    "1",  # a file that ran over time once has failed; more of it would only take longer
    "--no-rewrite-rule-ids",
    "--strict",
)
ENVIRONMENT = {
    "SEMGREP_ENABLE_VERSION_CHECK": "0",
    "SEMGREP_SEND_METRICS": "off",
    "OCAMLRUNPARAM": "s=512k",  # words of OCaml's minor heap; measured: a tenth less time than with its own 256k
}
_PROBE = "outsource-gate.parses"
_CLI = "from semgrep.console_scripts.pysemgrep import main; import sys; sys.exit(main())"
_TROUBLE = {
    "PartialParsing": "could not parse all of it",
    "Syntax error": "could not parse it",
    "Timeout": "took too long over it",
    "Out of memory": "needed too much memory for it",
    "Stack overflow": "found it nested too deep",
}
_SYNTAX = frozenset({"PartialParsing", "Syntax error"})
_SEVERITY = {
    "INFO": Severity.LOW,
    "LOW": Severity.LOW,
    "WARNING": Severity.MEDIUM,
    "MEDIUM": Severity.MEDIUM,
    "ERROR": Severity.HIGH,
    "HIGH": Severity.HIGH,
    "CRITICAL": Severity.CRITICAL,
}


def find() -> Installed | Unavailable:
    """Find the native program inside the installed package."""
    found = package("semgrep")
    if isinstance(found, Unavailable):
        return found
    native = found.folder / "bin" / "semgrep-core"
    if os.access(native, os.X_OK):
        return Installed((str(native),), found.version, argv0="osemgrep")
    return command_line(found.version)


def command_line(version: str) -> Installed:
    """Give the Python front end: the same findings, about two seconds later."""
    return Installed((*isolated_python(), "-c", _CLI), version)


def command(job: Job, installed: Installed) -> Command:
    """Lay the rules that are needed into one file, and have every file parsed."""
    rules = rules_for(job.rules, job.languages, job.only)
    text = _written(rules, job.languages)
    (job.folder / "rules.json").write_text(text)
    start = ("scan", "--experimental") if installed.argv0 else ("scan",)
    workers = ("-j", "1", "--x-parmap") if installed.argv0 else ("-j", "1")
    targets = tuple(str(job.room / target) for target in job.targets)
    arguments = (*start, *FLAGS, *workers, "--config", "rules.json", *targets)
    return Command(arguments, hashlib.sha256(text.encode()).hexdigest(), ENVIRONMENT)


def depends(job: Job, installed: Installed) -> dict[str, str]:
    """An answer depends on the rules for the file's language, on flags and on the way in; on no other file."""
    rules = rules_for(job.rules, job.languages, job.only)
    way_in = installed.argv0 or packages_digest()
    start = "\0".join((way_in, *FLAGS, *ENVIRONMENT.values()))
    about = {name: _written(rules_reading(rules, name), frozenset({name})) for name in job.languages}
    return {name: hashlib.sha256(f"{start}\0{text}".encode()).hexdigest() for name, text in about.items()}


def _written(rules: Iterable[dict[str, Any]], languages: frozenset[str]) -> str:
    return json.dumps({"rules": [*rules, *map(_probe, sorted(known_as(languages)))]}, sort_keys=True)


def _probe(language: str) -> dict[str, Any]:
    """A rule without words to look for: without it semgrep parses only files that hold some rule's words."""
    return {
        "id": f"{_PROBE}.{language}",
        "languages": [language],
        "severity": "INFO",
        "message": "parsed",
        "pattern": "$A % $A % $A",
        # Measured in Terraform: with it each level of nested maps doubles the time.
        "options": {"vardef_assign": False},
    }


def parse(stdout: bytes) -> Output:
    """Read the JSON report; files named in an error were not read whole, an error without a file is fatal."""
    try:
        report = json.loads(stdout.decode("utf-8", "replace"))  # messages quote the file's bytes
        failed, unparsed = _failures(report["errors"])
        if report.get("skipped_rules"):
            raise ToolError(f"semgrep: skipped rules: {json.dumps(report['skipped_rules'])[:300]}")
        results = (result for result in report["results"] if not result["check_id"].startswith(_PROBE))
        hits = tuple(_hit(result) for result in results)
        scanned = tuple(path for path in report["paths"]["scanned"] if path not in failed)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ToolError(f"semgrep: its report cannot be read: {type(error).__name__}") from error
    return Output(hits, scanned, tuple(failed.items()), unparsed)


def _failures(errors: list[dict[str, Any]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Say which files were not read whole, and of which the syntax is not known; `type` can begin a list."""
    failed: dict[str, str] = {}
    other: set[str] = set()
    for error in errors:
        kind = error["type"] if isinstance(error["type"], str) else str(error["type"][0])
        path = error.get("path") or (error.get("location") or {}).get("path")
        if not path:
            raise ToolError(f"semgrep: {kind}: {' '.join(str(error.get('message', '')).split())[:300]}")
        failed[str(path)] = f"semgrep {_TROUBLE.get(kind, 'could not read it whole')} ({kind})"
        if kind not in _SYNTAX:
            other.add(str(path))
    return failed, tuple(path for path in failed if path not in other)


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
        severity=Severity(str(meta["severity"]).lower()) if "severity" in meta else _severity(extra),
        confidence=Confidence(str(meta.get("confidence", "high")).lower()),
        cwe=tuple(str(cwe).partition(":")[0] for cwe in _listed(meta.get("cwe"))),
        owasp=tuple(str(name) for name in _listed(meta.get("owasp"))),
        why=str(meta.get("why", "")).strip(),
        fix=str(meta.get("fix", "")).strip(),
    )


def _severity(extra: dict[str, Any]) -> Severity:
    """What semgrep's own word means to us; an unknown one is taken for the worst that it could say."""
    return _SEVERITY.get(str(extra["severity"]), Severity.HIGH)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


SCANNER = Scanner(
    id="semgrep",
    finds="weaknesses by pattern and by data flow, with our own rules",
    reads=LANGUAGES,
    find=find,
    command=command,
    accepts=frozenset({0, 1, 2, 3}),  # 2 and 3: errors, which the report names file by file
    parse=parse,
    max_memory_bytes=3 << 30,
    base_after=True,
    # Measured: two programs of one worker hold 280 MB, one of two workers 320 MB, and by half more at its end; each
    # start costs 0.15 s of computing, what a program holds grows with its files.
    at_once=60,
    lanes=2,
    depends=depends,
    partial=frozenset({"c", "cpp", "bash"}),
    tracer=TRACER,
)
