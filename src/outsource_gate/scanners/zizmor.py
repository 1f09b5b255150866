"""Scanner zizmor, for GitHub's workflows, actions and Dependabot's configuration.

It goes by a file's name, which the clean room keeps for actions (`f000001/action.yml`). Told to be strict it reads
either every file that it is given or none.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence, Severity
from outsource_gate.scanners import Command, Hit, Installed, Job, Output, Scanner
from outsource_gate.scanners.ci_files import GITHUB, UPDATES
from outsource_gate.scanners.cwe import owasp_of
from outsource_gate.scanners.installed import program
from outsource_gate.scanners.zizmor_audits import AUDITS, UNKNOWN

FLAGS = (
    "--offline",
    "--no-config",
    "--no-ignores",
    "--strict-collection",
    "--no-exit-codes",
    "--no-progress",
    "--color=never",
    "--format=json-v1",
)
_REFUSED = re.compile(r"(?:failed to load|audit failed on) file://")
_CAUSE = re.compile(r"^ +(?:0: )?(\S.*)$", re.MULTILINE)
_SEVERITY = {"Informational": Severity.LOW, "Low": Severity.LOW, "Medium": Severity.MEDIUM, "High": Severity.HIGH}


def find() -> Installed | Unavailable:
    """Find the program that the package brought."""
    found = program("zizmor")
    return found if isinstance(found, Unavailable) else Installed((str(found.folder),), found.version)


def command(job: Job, installed: Installed) -> Command:
    """Every check that needs no network; no comment and no configuration heeded."""
    digest = hashlib.sha256("\0".join((installed.version, *FLAGS)).encode()).hexdigest()
    return Command((*FLAGS, *(str(job.room / target) for target in job.targets)), digest)


def depends(job: Job, _: Installed) -> dict[str, str]:
    """An answer depends on the flags alone: under neutral names no file can refer to another."""
    return dict.fromkeys(job.languages, hashlib.sha256("\0".join(FLAGS).encode()).hexdigest())


def refused(stderr: bytes) -> str:
    """Say what is wrong with the file because of which nothing was read."""
    text = stderr.decode("utf-8", "replace")
    if not (match := _REFUSED.search(text)):
        return ""
    cause = _CAUSE.search(text, match.end())
    return f"zizmor could not read it: {cause[1] if cause else 'it gives no cause'}"[:200]


def parse(stdout: bytes) -> Output:
    """Read the JSON report; with it, all files were read."""
    try:
        hits = tuple(map(_hit, json.loads(stdout.decode("utf-8", "replace"))))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise ToolError(f"zizmor: its report cannot be read: {type(error).__name__}") from error
    return Output(hits, (), is_whole=True)


def _hit(result: dict[str, Any]) -> Hit:
    """A job's flaw is placed at its first line: the rest of the job may change, and the flaw is the same."""
    places = result["locations"]
    place = next((one for one in places if one["symbolic"]["kind"] == "Primary"), places[0])
    start = place["concrete"]["location"]["start_point"]
    audit = AUDITS.get(result["ident"], UNKNOWN)
    return Hit(
        rule=f"zizmor.{result['ident']}",
        target=str(place["symbolic"]["key"]["Local"]["verbatim_path"]),
        start_line=int(start["row"]) + 1,
        end_line=int(start["row"]) + 1,
        start_column=int(start["column"]) + 1,
        message=f"{result['desc']}: {place['symbolic']['annotation']}",
        severity=_SEVERITY[result["determinations"]["severity"]],
        confidence=Confidence(result["determinations"]["confidence"].lower()),
        cwe=audit.cwe,
        owasp=owasp_of(audit.cwe),
        why=str(result["url"]),
        fix=audit.fix,
    )


SCANNER = Scanner(
    id="zizmor",
    finds="weaknesses of GitHub workflows, actions and Dependabot's configuration",
    reads=frozenset({GITHUB, UPDATES}),
    find=find,
    command=command,
    accepts=frozenset({0}),
    parse=parse,
    refused=refused,
    base_after=True,
    depends=depends,
)
