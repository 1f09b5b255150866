"""What do the gates say of themselves and their reason codes?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from outsource_gate.explanations import Item, Page, Setting
from outsource_gate.explanations.control_pages import further_controls
from outsource_gate.explanations.weaknesses import how_to_keep
from outsource_gate.gates import Gate
from outsource_gate.policy.strictness import settings_of, written
from outsource_gate.policy.tiers import shipped_tiers
from outsource_gate.policy.yaml_text import read_yaml
from outsource_gate.registry import gate_settings, gates

EVERY = "every"  # section of the data for a code that means the same in each gate
_DATA = Path(__file__).with_name("reasons.yaml")
_STRICTER = {
    "higher": "higher is stricter",
    "lower": "lower is stricter",
    "more": "more is stricter",
    "fewer": "fewer is stricter; none named restricts nothing",
}


def gate_page(gate: Gate) -> Page:
    """Explain a gate."""
    return Page(
        "gate",
        gate.id,
        means=_question(gate),
        facts=(
            ("asked at", _stages(gate)),
            ("serves", ", ".join(gate.controls)),
            *_further(gate),
        ),
        settings=tuple(settings_pages(gate)),
        items=tuple(Item(f"{gate.id}.{code}", meaning) for code, meaning in gate.reasons.items()),
    )


def reason_page(gate: Gate, code: str) -> Page:
    """Explain a reason code; where nobody wrote more about it, what the gate says stands alone."""
    advice = _advice(gate.id, code)
    return Page(
        "reason",
        f"{gate.id}.{code}",
        means=gate.reasons[code],
        why=advice.get("why", ""),
        what_to_do=advice.get("do", "The report says with the reason what to do and who does it."),
        who=advice.get("who", ""),
        facts=(
            ("gate", f"{gate.id}: {_question(gate)}"),
            ("asked at", _stages(gate)),
            ("serves", ", ".join(gate.controls)),
        ),
        settings=tuple(settings_pages(gate)),
        waiver=how_to_keep(gate.settings.waivable.get(code)),
    )


def shared_page(code: str, having: Sequence[Gate]) -> Page:
    """List the gates that give one code, with what holds for all of them."""
    advice = _advice(EVERY, code)
    return Page(
        "choice",
        code,
        means=f"{len(having)} gates give this reason; each has a page of its own.",
        why=advice.get("why", ""),
        what_to_do=advice.get("do", ""),
        who=advice.get("who", ""),
        items=tuple(Item(f"{gate.id}.{code}", gate.reasons[code]) for gate in having),
    )


def gates_with(code: str) -> tuple[Gate, ...]:
    """Give every gate that can give this reason code."""
    return tuple(gate for gate in gates().values() if code in gate.reasons)


def settings_pages(gate: Gate) -> Iterator[Setting]:
    """Explain each setting, with the values of the shipped tiers."""
    tiers = {name: dict(_values(tier.gates.get(gate.id))) for name, tier in shipped_tiers(gate_settings()).items()}
    for setting in settings_of(gate.settings()):
        yield Setting(
            setting.name,
            setting.about,
            default=written(setting.value),
            stricter=_direction(setting.stricter),
            tiers={name: values[setting.name] for name, values in tiers.items() if setting.name in values},
        )


@cache
def advice() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Give the data: gate -> code -> why, do, who."""
    data: Any = read_yaml(_DATA.name, _DATA.read_bytes()).data
    return data  # type: ignore[no-any-return]  # a test holds its shape


def _advice(gate: str, code: str) -> Mapping[str, str]:
    return advice().get(gate, {}).get(code) or advice()[EVERY].get(code, {})


def _values(settings: Any) -> Iterator[tuple[str, str]]:
    for setting in settings_of(settings) if settings is not None else ():
        yield setting.name, written(setting.value)


def _direction(stricter: Any) -> str:
    if isinstance(stricter, list):
        return f"stricter to the right: {' < '.join(stricter)}"
    return _STRICTER.get(str(stricter), "no direction is stricter")


def _question(gate: Gate) -> str:
    """The question that the gate's file answers, as its first line says: `Gate review: did enough ...?`"""
    first = (sys.modules[gate.judge.__module__].__doc__ or gate.title).partition("\n")[0]
    question = first.partition(": ")[2] or first
    return question[:1].upper() + question[1:]


def _further(gate: Gate) -> Iterator[tuple[str, str]]:
    if further := further_controls(gate.id, gate.controls):
        yield "answers, too", further


def _stages(gate: Gate) -> str:
    return ", ".join(sorted(gate.stages))
