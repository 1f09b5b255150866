"""Which records are there, and which of them are genuine? Found again by what they are about."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.envelope import MAX_RECORD, open_envelope
from outsource_gate.evidence.expectations import Expectations
from outsource_gate.evidence.predicate import Predicate, Statement
from outsource_gate.evidence.trust import Trust
from outsource_gate.evidence.verify import Outcome, verify_record
from outsource_gate.git.evidence_ref import additions
from outsource_gate.git.objects import Stored, reading
from outsource_gate.git.repository import Repository
from outsource_gate.model.verdict import Stage

MAX_RECORDS = 200_000
_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that speaks of a change. `problem` says why it is not genuine, and is empty where it is."""

    digest: str
    predicate: Predicate
    problem: str

    @property
    def head(self) -> str:
        return self.predicate.change.head.commit if self.predicate.change else ""

    @property
    def vendors(self) -> tuple[str, ...]:
        return tuple(self.predicate.attribution.vendors) if self.predicate.attribution else ()

    @property
    def waivers(self) -> tuple[Any, ...]:
        """The waivers that its decision used."""
        return tuple(waiver for waiver in self.predicate.waivers if waiver.covered)


@dataclass(slots=True)
class Records:
    """Records by what they are about, and whose word they were held against."""

    trust: Trust
    by_head: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    by_tree: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    by_content: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[int, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    genuine: int = 0
    problems: list[str] = field(default_factory=list)
    _digests: set[str] = field(default_factory=set)

    def add(self, kept: Kept) -> None:
        change = kept.predicate.change
        if change is None or kept.digest in self._digests:
            return
        self._digests.add(kept.digest)
        self.genuine += not kept.problem
        self.by_head[change.head.commit].append(kept)
        self.by_tree[change.head.tree].append(kept)
        self.by_content[change.content_id].append(kept)
        if change.number is not None:
            self.by_number[change.number].append(kept)

    def tell(self, problem: str) -> None:
        """Keep why something is no record; the first hundred are enough to see what is wrong."""
        if len(self.problems) < _PROBLEMS:
            self.problems.append(problem)


def collect_records(sources: Iterable[tuple[str, bytes]], trust: Trust, repository: str, now: datetime) -> Records:
    """Read records given as (place, bytes); those of the push stage and of releases are left out."""
    found = Records(trust)
    for number, (place, raw) in enumerate(sources):
        if number >= MAX_RECORDS:
            raise UsageError(f"more than {MAX_RECORDS} records", hint="keep those of this repository apart")
        try:
            kept = _kept(raw, trust, repository, now)
        except EvidenceError as error:
            found.tell(f"{place}: {error.message}")
            continue
        if kept.predicate.stage is Stage.CHANGE:
            found.add(kept)
    return found


def _kept(raw: bytes, trust: Trust, repository: str, now: datetime) -> Kept:
    """What a record says, whoever made it, and what keeps it from being believed."""
    expectations = Expectations(repository=repository or None, require="any")
    result = verify_record(raw, trust, expectations, now)
    grave = next((check for check in result.failed if check.grave or check.name in ("repository", "clock")), None)
    problem = f"{grave.name}: {grave.got}, expected {grave.expected}" if grave else ""
    if result.outcome is Outcome.NOT_GENUINE and not problem:
        problem = "not genuine"
    if result.statement:
        return Kept(result.digest, result.statement.predicate, problem)
    return _unbelieved(raw, problem)


def _unbelieved(raw: bytes, problem: str) -> Kept:
    """A record by nobody we know still says what it is about: a change with it is told from one without."""
    envelope = open_envelope(raw)
    try:
        statement = Statement.model_validate_json(envelope.payload, strict=True)
    except ValidationError as error:
        raise EvidenceError(f"no record of this gate ({error.errors()[0]['msg'][:100]})") from error
    return Kept(hashlib.sha256(envelope.payload).hexdigest(), statement.predicate, problem)


def in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every `.json` below a folder, sorted; whatever else lies there is passed over."""
    if not folder.is_dir():
        raise UsageError(f"--records {folder}: no such folder", hint="name the folder that holds the records")
    for path in sorted(folder.rglob("*.json")):
        if path.is_file():
            with path.open("rb") as file:
                yield str(path.relative_to(folder)), file.read(MAX_RECORD + 1)


def on_ref(repository: Repository, tip: str) -> Iterator[tuple[str, bytes]]:
    """Every record on the evidence ref, newest first."""
    added = list(additions(repository, tip))
    with reading(repository) as objects:
        found = objects.read_many((one.blob for one in added), MAX_RECORD)
        for one, content in zip(added, found, strict=True):
            if isinstance(content, Stored):
                yield one.path, content.body
