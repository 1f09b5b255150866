"""What a gate is: it sees facts and its settings, and gives one verdict; no clock, no file, no network.

A gate is a file of this folder that defines `GATE`. It says which stages it runs at, which controls it serves,
and publishes every reason code it can give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from outsource_gate.decision import status_of
from outsource_gate.model.facts import Facts
from outsource_gate.model.verdict import Reason, Stage, Verdict
from outsource_gate.policy.settings import GateSettings

CHANGES = frozenset({Stage.PUSH, Stage.CHANGE})  # the stages at which a change is looked at; a release has its own


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate. `judge(facts, settings)` forms the verdict for `facts.vendor`."""

    id: str
    title: str
    settings: type[GateSettings]
    judge: Callable[[Facts, Any], Verdict]
    reasons: Mapping[str, str]  # code -> what it means, for docs and `explain`
    needs: frozenset[str] = frozenset()  # "scans", "context": what collect has to ask for
    stages: frozenset[Stage] = CHANGES
    controls: tuple[str, ...] = ()
    version: int = 1  # of the gate's meaning; a record of another version cannot be replayed


def verdict(gate: str, facts: Facts, reasons: tuple[Reason, ...], *, summary: str) -> Verdict:
    """Form the verdict that the reasons call for; PASS only where nothing denies and nothing is missing."""
    return Verdict(gate, facts.vendor, status_of(reasons), reasons, summary)
