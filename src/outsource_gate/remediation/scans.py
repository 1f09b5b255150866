"""What does a scan of a repository, or the outcome of a check, say to the tracker?

Both are read from the JSON that this program writes, by its published models.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import read_json
from outsource_gate.model.finding import Confidence, Severity
from outsource_gate.model.identity import ELSEWHERE
from outsource_gate.model.tracked import Item, Reader, Seen
from outsource_gate.model.verdict import Answer
from outsource_gate.remediation.look import SECRETS, Fate, Head, Look, Observed, Row
from outsource_gate.reports.outcome_v1 import AttributionV1, OutcomeV1, ToolV1
from outsource_gate.reports.scan_v1 import OriginV1, RepositoryV1, ScanFindingV1, ScanSecretV1, ScanV1, SecretsV1

MAX_BYTES = 256 << 20
_TITLE = 300
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ReadScan:
    """A scan as it was read; `moved` is known only once git was asked."""

    scan: ScanV1
    repository: RepositoryV1
    digest: str

    def look(self, moved: Mapping[str, str] | None = None) -> Look:
        """Give what was seen; `moved` are the renames since the scan before."""
        scan, where = self.scan, self.repository
        readers = {reader.scanner: reader for reader in _readers(scan)}
        rows = {row.path: Row(row.read, row.scanners, row.blob or "") for row in scan.coverage}
        by_blob = {row.blob: path for path, row in sorted(rows.items(), reverse=True) if row.blob}
        head = Head(rows, readers, _unlooked(scan, rows), moved or {}, by_blob)
        findings = (*(_observed(one, rows) for one in scan.findings), *_credentials(scan, rows))
        at = where.scanned_at
        seen = Seen(
            repository=where.name,
            commit=where.head.commit,
            tree=where.head.tree,
            at=at,
            digest=self.digest,
            readers=tuple(readers.values()),
        )
        return Look(
            "code", where.name, where.head.commit, seen.at, findings, readers, head.fate, moved or {}, seen=seen
        )


def read_scan(raw: bytes, what: str) -> ReadScan:
    """Read the JSON of `scan --repository`; EvidenceError for anything else."""
    scan = _read(ScanV1, raw, what)
    if scan.repository is None:
        hint = "outsource-gate scan --repository . --output json=scan.json"
        raise EvidenceError(f"{what}: files were scanned, not a repository: nobody's work is known", hint=hint)
    return ReadScan(scan, scan.repository, hashlib.sha256(raw).hexdigest())


def read_outcome(raw: bytes, what: str) -> Look:
    """What a change brought in although it was let through: below the threshold, or waived. It closes nothing."""
    outcome = _read(OutcomeV1, raw, what)
    if outcome.decision is not Answer.ALLOW and outcome.enforced:
        raise EvidenceError(
            f"{what}: the change was not let through ({outcome.decision.value}), so it brought nothing in",
            hint="hand over the outcomes of changes that were merged",
        )
    vendors = outcome.attribution.vendors if isinstance(outcome.attribution, AttributionV1) else None
    readers = {tool.scanner: _reader(tool) for tool in outcome.tools if not tool.unavailable}
    findings = tuple(
        Observed(one.scanner, one.rule, one.fingerprint, one.severity, _cut(one.message), one.path, _named(vendors))
        for one in outcome.findings
        if one.new
    )
    commit = outcome.head.commit if outcome.head else ""
    return Look("code", outcome.repository, commit, outcome.now, findings, readers, _not_asked)


def _read(model: type[M], raw: bytes, what: str) -> M:
    value: Any = read_json(raw, what=what, limit=MAX_BYTES)
    version = value.get("schemaVersion") if isinstance(value, dict) else None
    if not (isinstance(version, str) and version.startswith("1.")):
        raise EvidenceError(
            f"{what}: no JSON of this program in version 1", hint="hand over what --output json wrote"
        )
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part)[:60] for part in first["loc"][:6])
        raise EvidenceError(f"{what}: {where}: {first['msg'][:200]}") from error


def _not_asked(_: Item) -> Fate:
    return "not-asked", ""


def _readers(scan: ScanV1) -> Iterator[Reader]:
    yield from (_reader(tool) for tool in scan.tools if not tool.unavailable)
    if isinstance(scan.secrets, SecretsV1) and not scan.secrets.left_out:
        yield Reader(scanner=SECRETS, version=scan.secrets.version, rules_digest=scan.secrets.rules_digest)


def _reader(tool: ToolV1) -> Reader:
    return Reader(
        scanner=tool.scanner, version=(tool.version or "")[:100], rules_digest=(tool.rules_digest or "")[:100]
    )


def _unlooked(scan: ScanV1, rows: Iterable[str]) -> frozenset[str]:
    if not isinstance(scan.secrets, SecretsV1):
        return frozenset(rows)
    return frozenset(one.path for one in scan.secrets.not_looked_into)


def _observed(one: ScanFindingV1, rows: Mapping[str, Row]) -> Observed:
    seen = Observed(one.scanner, one.rule, one.fingerprint, one.severity, _cut(one.message), one.path, None)
    return _placed(seen, one.vendors, one.origin, rows)


def _credentials(scan: ScanV1, rows: Mapping[str, Row]) -> Iterator[Observed]:
    """What is told of a credential is its kind: equal kinds are told apart by their place."""
    for one in scan.secrets.found if isinstance(scan.secrets, SecretsV1) else ():
        yield _placed(_credential(one), one.vendors, one.origin, rows)


def _credential(one: ScanSecretV1) -> Observed:
    severity = Severity.MEDIUM if one.confidence is Confidence.LOW else Severity.HIGH
    reference = credential_reference(one.kind, one.place)
    return Observed(SECRETS, one.kind[:200], reference, severity, _cut(one.what), one.path, None)


def credential_reference(kind: str, place: str) -> str:
    """Say which credentials count as equal; nothing of a value is in it."""
    return "s1:" + hashlib.sha256(f"{kind}\0{place}".encode()).hexdigest()


def _placed(seen: Observed, vendors: tuple[str, ...] | None, origin: object, rows: Mapping[str, Row]) -> Observed:
    brought = (origin.introduced, origin.placed) if isinstance(origin, OriginV1) else ()
    names = frozenset(one.path for one in brought if one)
    blob = rows[seen.path].blob if seen.path in rows else ""
    return replace(seen, vendors=_named(vendors), blob=blob, names=names)


def _named(vendors: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Whom a bundle's holder does not know is nobody that could be named here."""
    return None if vendors is None or ELSEWHERE in vendors else vendors


def _cut(text: str) -> str:
    return " ".join(text.split())[:_TITLE] or "no message"
