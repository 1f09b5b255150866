"""What did a run come to: the facts, the decision on them, and the record that was left of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outsource_gate.model.facts import Facts
from outsource_gate.model.verdict import Decision


@dataclass(frozen=True, slots=True)
class Evidence:
    """The record of a run. `problem` says why it is missing, or not signed where it has to be."""

    path: str
    digest: str  # SHA-256 of the record, hex; "" where none was written
    key_id: str
    signed: bool
    problem: str = ""
    notes: tuple[str, ...] = ()  # what else went wrong, and does not stand against the record


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a report may tell. `evidence` None: no record was asked for."""

    facts: Facts
    decision: Decision
    evidence: Evidence | None
    titles: Mapping[str, str]  # gate id -> title
