"""What do code scanning platforms read? SARIF 2.1.0, one run per scanner and one for the gate's own reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from outsource_gate import __version__
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Finding, Scan, Severity
from outsource_gate.model.origin import HeadScan, Origin
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Effect, Reason, Verdict, Where
from outsource_gate.reports import Report, View, escape, words
from outsource_gate.reports.story import reasons_at_paths

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "outsourceGate/v1"
RESULTS_SHOWN = 25_000  # of one run: what GitHub takes

_LEVELS = {Severity.LOW: "note", Severity.MEDIUM: "warning", Severity.HIGH: "error", Severity.CRITICAL: "error"}
# GitHub: over 9.0 is critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low.
_SCORES = {Severity.LOW: "3.0", Severity.MEDIUM: "5.5", Severity.HIGH: "8.0", Severity.CRITICAL: "9.5"}
_EFFECTS = {Effect.DENY: "error", Effect.UNDECIDED: "warning", Effect.NOTE: "note", Effect.WAIVED: "note"}
_STEPS = {"source": "data comes in here", "through": "it goes on here", "sink": "here it does harm"}

Json = dict[str, Any]
Place = tuple[str, str, int]  # fingerprint, path, line


def render(outcome: Outcome, view: View) -> str:
    """Give findings, new and old, and what the gates say of places in files."""
    scans = [scan for scan in outcome.facts.scans if isinstance(scan, Scan)]
    unavailable = [scan for scan in outcome.facts.scans if isinstance(scan, Unavailable)]
    reasons = reasons_at_paths(outcome, view.audience)
    waived = _waived(outcome.decision.verdicts)
    return _log((_gate_run(reasons, unavailable), *(_scan_run(scan, waived=waived) for scan in scans)))


def findings_sarif(scans: Sequence[Scan]) -> str:
    """Give the findings of these scans alone."""
    return _log(map(_scan_run, scans))


def head_sarif(head: HeadScan) -> str:
    """Give the findings of a head, each with whose work it is and since when, as properties of the result."""
    about = {one.finding: _whose(one.origin) for one in head.findings if isinstance(one.origin, Origin)}
    return _log(_scan_run(scan, about) for scan in head.scans if isinstance(scan, Scan))


def _log(runs: Iterable[Json]) -> str:
    return escape.json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": list(runs)}) + "\n"


def _waived(verdicts: Iterable[Verdict]) -> dict[Place, str]:
    """Say which findings waivers let stand; not those that still deny for another vendor."""
    found: dict[Effect, dict[Place, str]] = {Effect.DENY: {}, Effect.WAIVED: {}}
    for reason in (reason for verdict in verdicts for reason in verdict.reasons if reason.effect in found):
        for subject in reason.subjects:
            found[reason.effect][subject.finding, reason.where.path, reason.where.line] = reason.waiver
    return {place: told for place, told in found[Effect.WAIVED].items() if place not in found[Effect.DENY]}


def _suppressions(waiver: str) -> list[Json]:
    return [{"kind": "external", "status": "accepted", "justification": _text(f"waiver {waiver}")}]


def _scan_run(
    scan: Scan,
    about: Mapping[Finding, Json] = MappingProxyType({}),
    waived: Mapping[Place, str] = MappingProxyType({}),
) -> Json:
    rules = {finding.rule: finding for finding in reversed(scan.findings)}
    index = {rule: number for number, rule in enumerate(sorted(rules))}
    results = [_finding(finding, index[finding.rule]) for finding in scan.findings]
    for result, finding in zip(results, scan.findings, strict=True):
        result["properties"] |= about.get(finding, {})
        place = (finding.fingerprint, finding.location.path, finding.location.start_line)
        if place in waived:
            result["suppressions"] = _suppressions(waived[place])
    failed = [_notification(f"not read: {why}", "warning", path) for path, why in scan.failed]
    driver = {
        "name": _text(scan.scanner),
        "version": _text(scan.version),
        "rules": [_rule(rules[rule]) for rule in index],
        "properties": {"rulesDigest": scan.rules_digest},
    }
    return _run(driver, results, failed, successful=True)


def _gate_run(reasons: Sequence[Reason], unavailable: list[Unavailable]) -> Json:
    rules = sorted({reason.code for reason in reasons})
    results = [_reason(reason, rules.index(reason.code)) for reason in reasons]
    driver = {
        "name": "outsource-gate",
        "version": __version__,
        "rules": [{"id": _text(rule), "shortDescription": _message(rule)} for rule in rules],
    }
    # A run without results for the scanner itself would close what is still open: it is told here instead.
    broken = [_notification(f"{scan.fact}: {scan.reason}", "error") for scan in unavailable]
    return _run(driver, results, broken, successful=not broken)


def _run(driver: Json, results: list[Json], notifications: list[Json], *, successful: bool) -> Json:
    if (left := len(results) - RESULTS_SHOWN) > 0:
        told = f"{words.plural(left, 'result')} left out; {words.REST}"
        notifications = [*notifications, _notification(told, "warning")]
    invocation: Json = {"executionSuccessful": successful}
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"outsource-gate/{driver['name']}/"},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results[:RESULTS_SHOWN],
    }


def _rule(finding: Finding) -> Json:
    text = "\n\n".join(filter(None, (_text(finding.why), _text(finding.fix)))) or _text(finding.message)
    rule: Json = {
        "id": _text(finding.rule),
        "shortDescription": _message(finding.message),
        "help": {"text": text, "markdown": "\n\n".join(_help(finding))},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {
            "tags": ["security", *_tags(finding)],
            "precision": str(finding.confidence),
            "security-severity": _SCORES[finding.severity],
        },
    }
    if finding.why:
        rule["fullDescription"] = _message(finding.why)
    return rule


def _help(finding: Finding) -> Iterator[str]:
    yield f"Rule: {escape.markdown_code(finding.rule)}"
    yield f"Why: {escape.markdown(finding.why or finding.message)}"
    if finding.fix:
        yield f"Fix: {escape.markdown(finding.fix)}"


def _tags(finding: Finding) -> Iterator[str]:
    yield from dict.fromkeys(f"external/cwe/{_text(cwe).lower()}" for cwe in finding.cwe)
    yield from dict.fromkeys(f"owasp/{_text(owasp)}" for owasp in finding.owasp)


def _finding(finding: Finding, index: int) -> Json:
    place = finding.location
    region: Json = {
        "startLine": max(place.start_line, 1),
        "startColumn": max(place.start_column, 1),
        "endLine": max(place.end_line, place.start_line, 1),
    }
    if finding.snippet:
        region["snippet"] = {"text": "\n".join(escape.visible(line.expandtabs(4)) for line in finding.snippet)}
    return {
        "ruleId": _text(finding.rule),
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        **_flow(finding),
        "message": _message(finding.message),
        "locations": [_location(place.path, region)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "baselineState": "new" if finding.new else "unchanged",
        "properties": {"severity": str(finding.severity), "confidence": str(finding.confidence)},
    }


def _flow(finding: Finding) -> Json:
    steps = [
        {
            "location": _location(
                finding.location.path,
                {"startLine": max(step.line, 1), "snippet": {"text": escape.visible(step.snippet.expandtabs(4))}},
            )
            | {"message": {"text": _STEPS[step.kind]}}
        }
        for step in finding.trace
    ]
    return {"codeFlows": [{"threadFlows": [{"locations": steps}]}]} if steps else {}


def _whose(origin: Origin) -> Json:
    first = origin.introduced
    return {
        "vendors": None if origin.vendors is None else list(map(_text, origin.vendors)),
        "introducedBy": first.commit,
        "introducedAtAsClaimed": first.committed_at.isoformat() if first.committed_at else None,
        "landedBy": first.landed.commit if first.landed else None,
    }


def _reason(reason: Reason, index: int) -> Json:
    step = words.next_step(reason.next_step, reason.who)
    return {
        "ruleId": _text(reason.code),
        "ruleIndex": index,
        "level": _EFFECTS[reason.effect],
        "message": _message(f"{reason.message} -> {step}" if step else reason.message),
        "locations": [_location(reason.where.path, _line(reason.where))],
    } | ({"suppressions": _suppressions(reason.waiver)} if reason.waiver else {})


def _line(where: Where) -> Json:
    return {"startLine": max(where.line, 1)}


def _location(path: str, region: Json | None = None) -> Json:
    # RFC 3986 4.2: a relative reference; the path of a file in git has no scheme, host or query. Only a malformed
    # tree holds one with slashes in front, which would make it absolute or a host.
    relative = path.lstrip("/")
    uri = "%2F" * (len(path) - len(relative)) + quote(escape.well_formed(relative), safe="/-._~")
    location: Json = {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
    return {"physicalLocation": location | ({"region": region} if region else {})}


def _notification(told: str, level: str, path: str = "") -> Json:
    where = {"locations": [_location(path)]} if path else {}
    return {"level": level, "message": _message(told)} | where


def _message(told: str) -> Json:
    return {"text": escape.sarif_message(words.shortened(told, 1000))}


def _text(told: str) -> str:
    return escape.visible(words.shortened(told, 1000))


REPORT = Report(id="sarif", media_type="application/sarif+json", render=render)
