"""Does every case come out as its writer expects? Judges each with the real policy and the real gates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outsource_gate.errors import EvidenceError, PolicyError
from outsource_gate.evidence.facts_file import read_facts
from outsource_gate.judging import applicable, judge
from outsource_gate.model.facts import Facts
from outsource_gate.model.policy_case import CaseOutcome
from outsource_gate.policy.load import Policy
from outsource_gate.policy_cases.building import build
from outsource_gate.policy_cases.comparing import difference, reasons_of
from outsource_gate.policy_cases.people import Known
from outsource_gate.policy_cases.reading import WrittenCase
from outsource_gate.registry import gates


def run_cases(policy: Policy, cases: Iterable[WrittenCase]) -> Iterator[CaseOutcome]:
    """Judge one case after the other; PolicyError for one that cannot be meant."""
    known = Known.of(policy)
    for written in cases:
        facts, used = _facts(known, written)
        decision = judge(facts, applicable(facts, used.policy, gates()), gates())
        found = difference(written.case.expect, decision, facts)
        yield CaseOutcome(
            written.case.name, str(written.place), str(written.file), found, reasons_of(decision) if found else ()
        )


def _facts(known: Known, written: WrittenCase) -> tuple[Facts, Known]:
    if written.case.facts is None:
        return build(known, written.given, written.place)
    try:
        return read_facts(written.file.parent / written.case.facts), known
    except (EvidenceError, OSError) as error:
        told = error.message if isinstance(error, EvidenceError) else f"cannot be read: {error.strerror}"
        place = written.place.below("facts")
        raise PolicyError(f"{place}: {told}", hint="name the facts file that lies beside a record") from error
