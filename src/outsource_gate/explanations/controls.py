"""Which controls of which frameworks are answered, by what, and how far? The catalogue is `controls.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outsource_gate.policy.yaml_text import read_yaml

_DATA = Path(__file__).with_name("controls.yaml")
# What people write around an id: "ISO/IEC 27001:2022, A.8.30", "PCI DSS v4.0.1 req. 6.2.3", "NIS2 Art. 21(2)(d)".
_AROUND = re.compile(
    r"\b(?:(?:iso|iec)(?:27001)?|27001|2022|annex(?: a\b(?!\.))?|nist|sp|800-218|ssdf|soc ?2?|tsc|pci(?:dss)?|dss|"
    r"v?4\.0(?:\.1)?|req(?:uirement)?|nis ?2?|dora|art(?:icle)?)\b\.?"
)
_NEEDLESS = re.compile(r"[\s/:,]|(?<=[a-z])\.(?=\w)")
_BARE_ANNEX = re.compile(r"\d\.\d+")  # 8.30: only Annex A has ids of two parts
_LAST_PART = re.compile(r"(?<=.)(?:\.\d+|\(\w+\))$")


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something that is left or shown, by which an answer can be checked."""

    id: str
    what: str
    command: str  # of outsource-gate, that shows it


@dataclass(frozen=True, slots=True)
class Answer:
    """A gate or artefact that answers a control, and why."""

    by: str
    why: str
    partly: bool


@dataclass(frozen=True, slots=True)
class Control:
    """A control, what it asks in our own words, what answers it, and what nothing here shows."""

    id: str
    framework: str
    asks: str
    answers: tuple[Answer, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """A text that controls stand in; `said` are words that people call it by."""

    name: str
    said: frozenset[str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it, by id."""

    frameworks: Mapping[str, Framework]
    artefacts: Mapping[str, Artefact]
    controls: Mapping[str, Control]

    def find(self, asked: str) -> Control | None:
        """Give the control that is meant; of a part that stands below one here (PW.7.2), the one above it."""
        key = bare(asked)
        known = {bare(one.id): one for one in self.controls.values()}
        while key and key not in known:
            shorter = _LAST_PART.sub("", key)
            if shorter == key:
                return None
            key = shorter
        return known.get(key)

    def within(self, asked: str) -> tuple[Control, ...]:
        """Give the controls of a framework (SSDF), or below a part of one (A.8, DORA 28)."""
        key = bare(asked)
        if key:
            below = re.compile(rf"{re.escape(key)}(?=\W|(?<=[a-z])\d)")
            return tuple(one for one in self.controls.values() if below.match(bare(one.id)))
        words = set(re.findall(r"[\w-]+", asked.casefold()))
        named = {id for id, framework in self.frameworks.items() if framework.said & words}
        return tuple(one for one in self.controls.values() if one.framework in named)

    def answered_by(self, id: str) -> tuple[Control, ...]:
        """Give the controls that a gate or artefact answers."""
        return tuple(one for one in self.controls.values() if any(answer.by == id for answer in one.answers))


def bare(id: str) -> str:
    """Reduce an id to what tells it from others: neither case, nor the framework's name, nor spaces count."""
    key = _NEEDLESS.sub("", _AROUND.sub(" ", id.casefold()))
    return f"a{key}" if _BARE_ANNEX.fullmatch(key) else key


@cache
def catalogue() -> Catalogue:
    """Read the catalogue; a test holds its shape."""
    data: Any = read_yaml(_DATA.name, _DATA.read_bytes()).data
    return Catalogue(
        {id: Framework(one["name"], frozenset(one["said"])) for id, one in data["frameworks"].items()},
        {id: Artefact(id, **one) for id, one in data["artefacts"].items()},
        {id: Control(id, one["framework"], one["asks"], tuple(_answers(one)), tuple(one["gaps"]))
         for id, one in data["controls"].items()},
    )  # fmt: skip


def _answers(control: Mapping[str, Any]) -> Iterator[Answer]:
    for one in control["answers"]:
        yield Answer(one["by"], one["why"], one.get("partly", False))
