"""What does somebody see of policy test cases: at a terminal, as JSON, as JUnit for a pipeline?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from outsource_gate.model.policy_case import CaseOutcome, Difference
from outsource_gate.reports.escape import terminal, visible
from outsource_gate.reports.words import plural

_SHOWN = 10  # reasons a case


def cases_terminal(outcomes: Sequence[CaseOutcome]) -> str:
    """One line a case; below one that differs: what was expected, what came, and the reasons for it."""
    lines = [line for one in outcomes for line in _lines(one)]
    good = sum(one.is_as_expected for one in outcomes)
    return "\n".join((*map(terminal, lines), f"{good} of {plural(len(outcomes), 'case')} as expected"))


def _lines(one: CaseOutcome) -> Iterator[str]:
    if one.difference is None:
        yield f"ok    {one.name}"
        return
    yield f"FAIL  {one.name}  [{one.place}]"
    yield f"      {told(one.difference)}"
    yield from (f"      {reason}" for reason in one.reasons[:_SHOWN])
    if len(one.reasons) > _SHOWN:
        yield f"      and {len(one.reasons) - _SHOWN} more reasons"


def told(difference: Difference) -> str:
    """The difference in one line."""
    return f"{difference.what}: expected {difference.expected}, got {difference.got}"


def cases_json(outcomes: Sequence[CaseOutcome]) -> str:
    """Everything, for other programs."""
    value = {
        "asExpected": all(one.is_as_expected for one in outcomes),
        "cases": [_plain(one) for one in outcomes],
    }
    return json.dumps(value, indent=2, ensure_ascii=True)


def _plain(one: CaseOutcome) -> dict[str, object]:
    found = one.difference
    differs = {"what": found.what, "expected": found.expected, "got": found.got} if found else None
    return {
        "name": one.name,
        "place": one.place,
        "asExpected": one.is_as_expected,
        "difference": differs,
        "reasons": list(one.reasons),
    }


def cases_junit(outcomes: Sequence[CaseOutcome]) -> str:
    """JUnit XML: a suite per file, a failure per case that differs."""
    failures = sum(not one.is_as_expected for one in outcomes)
    root = ET.Element("testsuites", name="policy test", tests=str(len(outcomes)), failures=str(failures))
    for file, group in groupby(outcomes, key=lambda one: one.file):
        _suite(root, file, list(group))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _suite(root: ET.Element, file: str, outcomes: list[CaseOutcome]) -> None:
    failures = sum(not one.is_as_expected for one in outcomes)
    suite = ET.SubElement(
        root, "testsuite", name=visible(file), tests=str(len(outcomes)), failures=str(failures), errors="0"
    )
    for one in outcomes:
        case = ET.SubElement(suite, "testcase", name=visible(one.name), classname=visible(file))
        if one.difference:
            failure = ET.SubElement(case, "failure", message=visible(told(one.difference)), type="difference")
            failure.text = "\n".join(visible(line) for line in (one.place, *one.reasons))
