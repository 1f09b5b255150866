"""What does a SARIF 2.1.0 file say? Its runs: what was found, whether the tool ran to its end, of which commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from outsource_gate.model.result import Reported
from outsource_gate.results import MAX_BROKEN, Content, ResultError, cut
from outsource_gate.results.collecting import Findings
from outsource_gate.results.json_walk import Choice, Path, branches
from outsource_gate.results.sarif_result import Rules, reported, slim

VERSION = "2.1.0"
MAX_RESULTS = 100_000
_PARTS = (
    "tool",
    "invocations",
    "versionControlProvenance",
    "originalUriBaseIds",
    "externalPropertyFileReferences",
)


@dataclass(slots=True)
class _Run:
    """One run as it is read; its members come in any order."""

    parts: dict[str, Any] = field(default_factory=dict)
    results: list[dict[str, Any]] = field(default_factory=list)
    has_results: bool = False


def read(raw: bytes) -> Content:
    """Read the file; ResultError where it is no SARIF 2.1.0 or does not hold together."""
    top: dict[str, Any] = {}
    runs: dict[int, _Run] = {}
    for path, value in branches(raw, _choose):
        match path:
            case ():
                top["kind"] = value
            case ("runs", int(number)):
                _object(value, f"runs[{number}]")
                runs[number] = _Run()
            case ("runs", int(number), "results"):
                runs[number].has_results = value == "array"
            case ("runs", int(number), "results", _):
                _add(runs[number], value)
            case ("runs", int(number), str(name)):
                runs[number].parts[name] = value
            case (str(name),):
                top[name] = value
    if top.get("kind") != "object" or top.get("version") != VERSION or top.get("runs") != "array":
        raise ResultError(f"no SARIF {VERSION}: it says version {cut(top.get('version')) or 'nothing'}")
    return _content(tuple(runs.values()), elsewhere="inlineExternalProperties" in top)


def _choose(path: Path) -> Choice:
    match path:
        case () | ("runs",) | ("runs", _) | ("runs", _, "results") | ("inlineExternalProperties",):
            return "open"
        case ("version",) | ("runs", _, "results", _):
            return "whole"
        case ("runs", _, str(part)) if part in _PARTS:
            return "whole"
        case _:
            return "skip"


def _object(value: object, what: str) -> None:
    if value != "object":
        raise ResultError(f"no SARIF {VERSION}: {what} is no object")


def _add(run: _Run, value: object) -> None:
    if not isinstance(value, dict):
        raise ResultError(f"no SARIF {VERSION}: a result is no object")
    if len(run.results) >= MAX_RESULTS:
        raise ResultError(f"more than {MAX_RESULTS} results in a run", hint="let the tool report less")
    run.results.append(slim(value))


def _content(runs: tuple[_Run, ...], *, elsewhere: bool) -> Content:
    findings = Findings()
    for run in runs:
        for one in _findings(run):
            findings.add(one)
    broken = [problem for number, run in enumerate(runs) for problem in _broken(run, number)]
    if not runs:
        broken.append("it holds no run of any tool")
    if elsewhere:
        broken.append("results stand outside of its runs, where they are not read")
    times = [_time(run) for run in runs]
    return Content(
        commits=tuple(dict.fromkeys(commit for run in runs for commit in _commits(run))),
        made_at=None if None in times else min((moment for moment in times if moment), default=None),
        tools=tuple(dict.fromkeys(_tool(run) for run in runs)),
        broken=tuple(broken[:MAX_BROKEN]),
        findings=findings.listed(),
        tallies=findings.tallies(),
    )


def _findings(run: _Run) -> Iterator[Reported]:
    rules = Rules.of(_mapping(run.parts.get("tool")), _mappings(run.parts.get("invocations")))
    bases = _mapping(run.parts.get("originalUriBaseIds"))
    for result in run.results:
        if found := reported(result, rules, bases, _tool(run)[0]):
            yield found


def _broken(run: _Run, number: int) -> Iterator[str]:
    """SARIF 3.14.23: without an array of results no scan took place. 3.20: what the tool says of its own end."""
    who = _tool(run)[0] or f"run {number + 1}"
    if not run.has_results:
        yield f"{who}: it has no array of results, so nothing was scanned"
    if "results" in _mapping(run.parts.get("externalPropertyFileReferences")):
        yield f"{who}: its results stand in another file"
    for call in _mappings(run.parts.get("invocations")):
        if call.get("executionSuccessful") is False:
            why = cut(call.get("exitCodeDescription")) or f"exit code {call.get('exitCode', 'unknown')}"
            yield f"{who}: did not run to its end ({why})"
        if signal := cut(call.get("exitSignalName")) or cut(call.get("processStartFailureMessage")):
            yield f"{who}: ended by {signal}"
        for kind in ("toolExecutionNotifications", "toolConfigurationNotifications"):
            for note in _mappings(call.get(kind)):
                if note.get("level") == "error":
                    yield f"{who}: {cut(_mapping(note.get('message')).get('text')) or 'an error it does not tell'}"


def _tool(run: _Run) -> tuple[str, str]:
    driver = _mapping(_mapping(run.parts.get("tool")).get("driver"))
    version = next((cut(driver.get(key)) for key in ("semanticVersion", "version") if driver.get(key)), "")
    return cut(driver.get("name"))[:100], version[:100]


def _commits(run: _Run) -> Iterator[str]:
    for origin in _mappings(run.parts.get("versionControlProvenance")):
        if revision := cut(origin.get("revisionId")):
            yield revision[:100].lower()


def _time(run: _Run) -> datetime | None:
    """When its earliest call ended, or at least began."""
    calls = _mappings(run.parts.get("invocations"))
    found = [_moment(call.get("endTimeUtc") or call.get("startTimeUtc")) for call in calls]
    return None if None in found else min((moment for moment in found if moment), default=None)


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text[:40]) if isinstance(text, str) else None
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
