"""How severe does an advisory say it is? From its CVSS vectors; else in the words of its database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from outsource_gate.model.finding import Severity

MAX_VECTOR = 300
MAX_VECTORS = 50
_WORDS = {
    "LOW": Severity.LOW,
    "MODERATE": Severity.MEDIUM,
    "MEDIUM": Severity.MEDIUM,
    "IMPORTANT": Severity.HIGH,
    "HIGH": Severity.HIGH,
    "CRITICAL": Severity.CRITICAL,
}
_FROM = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM))


def severity_of(advisory: Mapping[str, Any], affected: Mapping[str, Any]) -> tuple[Severity | None, str]:
    """The highest that its vectors give, with that vector; ImportError where the package cvss is missing."""
    scored = [(score, vector) for vector in _vectors(advisory, affected) if (score := _score(vector)) is not None]
    if scored:
        score, vector = max(scored)
        return next((severity for least, severity in _FROM if score >= least), Severity.LOW), vector
    for part in (affected, advisory):
        for name in ("database_specific", "ecosystem_specific"):
            said = part.get(name)
            word = said.get("severity") if isinstance(said, dict) else None
            if isinstance(word, str) and word.upper() in _WORDS:
                return _WORDS[word.upper()], ""
    return None, ""


def _vectors(advisory: Mapping[str, Any], affected: Mapping[str, Any]) -> Iterator[str]:
    for part in (advisory, affected):
        listed = part.get("severity")
        for one in listed[:MAX_VECTORS] if isinstance(listed, list) else ():
            vector = one.get("score") if isinstance(one, dict) else None
            if isinstance(vector, str) and len(vector) <= MAX_VECTOR:
                yield vector


def _score(vector: str) -> float | None:
    """The base score; None for what is no vector."""
    from cvss import CVSS2, CVSS3, CVSS4, CVSSError  # type: ignore[import-untyped]  # noqa: PLC0415 - seldom needed

    try:
        if vector.startswith("CVSS:4"):
            return float(CVSS4(vector).base_score)
        return float((CVSS3 if vector.startswith("CVSS:3") else CVSS2)(vector).scores()[0])
    except (CVSSError, ValueError, KeyError, TypeError):
        return None
