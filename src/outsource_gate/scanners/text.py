"""What stands in a text that hides something? Markers that silence scanners, unseen and turned characters. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from outsource_gate.model.finding import Confidence, Finding, Location, Severity
from outsource_gate.scanners.classify import Classified
from outsource_gate.scanners.fingerprint import enclosing_symbol, fingerprint

ID = "text"
VERSION = "1"
MAX_FINDINGS = 200  # of a file; the first is as good as the thousandth
_MARKERS = re.compile(
    r"""
      \#\s*nosec(?![a-z])                        # bandit, gosec
    | \bnosem(?:grep)?\b                         # semgrep
    | \#\s*(?:ruff\s*:\s*)?noqa\s*:[^\n]{0,200}?\bS\d{3}\b   # ruff, flake8-bandit
    | \bNOSONAR\b                                # SonarQube
    | \bgitleaks:allow\b | \btrufflehog:ignore\b | \bggignore\b | \bkingfisher:(?:ignore|allow)\b
    | \bpragma:\s*(?:allow|white)list\s+(?:nextline\s+)?secret\b | \btalisman-ignore\b
    | \bshellcheck\s+disable\s*= | \bhadolint\s+(?:global\s+)?ignore\s*=
    | \beslint-disable[^\n]{0,200}?\b(?:security|no-eval|no-implied-eval|no-unsanitized|detect-)
    | \bcodeql\s*\[ | \blgtm\s*\[ | \bskipcq\b | \bdeepcode\s+ignore\b | \bfile\s+deepcode\s+ignore\b
    | \bcheckov:skip\b | \btfsec:ignore\b | \btrivy:ignore\b | \bkics-scan\s+(?:ignore|disable)\b
    | \bzizmor:\s*ignore\b | \bbearer:disable\b | \bnjsscan-ignore\b | \bignore:\s*insecure\b
    | @SuppressFBWarnings\b | \bdevskim:\s*ignore\b | \bhorusec-ignore\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u3164\uffa0\U000e0000-\U000e007f]|(?<!^)\ufeff"
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_CONFIGURATION = re.compile(
    r"""(?:.*/)?(?:\.semgrepignore|\.semgrep\.ya?ml|\.bandit|bandit\.ya?ml|\.gitleaks\.toml|gitleaks\.toml
    |\.gitleaksignore|\.?zizmor\.ya?ml|\.checkov\.ya?ml|\.trivyignore(?:\.ya?ml)?|\.snyk|sonar-project\.properties
    |\.secrets\.baseline|\.shellcheckrc|\.njsscan|\.tfsec/.*|\.gosec\.json|\.kingfisher\.ya?ml|\.hadolint\.ya?ml
    |\.sonarcloud\.properties|\.codeql/.*|\.horusec.*|bearer\.yml|\.trufflehog.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_OURS = "leave it out; our own people make this change"
_KINDS = {
    "suppression-marker": ("silences a security scanner here", "remove the marker; say why the finding is wrong"),
    "bidi-control": ("text direction controls: this reads otherwise than it runs", "remove the characters"),
    "invisible-character": ("characters that nobody sees", "remove the characters"),
    "scanner-configuration": ("configures or silences a security scanner", _OURS),
}


def text_findings(path: str, file: Classified) -> tuple[Finding, ...]:
    """Look through one file that could be decoded; a marker counts as often as it stands there."""
    text = file.text
    if text is None:
        return ()
    found = [*_named(path, text), *_marked(path, file, text)]
    return tuple(found[:MAX_FINDINGS])


def _named(path: str, text: str) -> Iterator[Finding]:
    if _CONFIGURATION.fullmatch(path):
        digest = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
        yield _finding("scanner-configuration", path, 1, text.split("\n", 1)[0], digest, "")


def _marked(path: str, file: Classified, text: str) -> Iterator[Finding]:
    prose, data = file.label == "prose", file.label in ("data", "prose")
    patterns = [("bidi-control", _BIDI), ("invisible-character", _TAGS if data else _INVISIBLE)]
    if not prose:
        patterns.append(("suppression-marker", _MARKERS))
    lines: list[str] = []
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            lines = lines or text.split("\n")
            line = text.count("\n", 0, match.start()) + 1
            symbol = enclosing_symbol(lines, line, file.language)
            yield _finding(kind, path, line, lines[line - 1], f"{match[0]} {lines[line - 1]}", symbol)


def _finding(kind: str, path: str, line: int, shown: str, content: str, symbol: str) -> Finding:
    message, fix = _KINDS[kind]
    rule = f"{ID}.{kind}"
    return Finding(
        rule=rule,
        scanner=ID,
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        message=message,
        location=Location(path, line, line),
        fingerprint=fingerprint(rule, content, symbol),
        fix=fix,
        snippet=(shown[:200],),
    )
