"""What is a gate, a reason code, a rule or a control, why is it asked, and what is to be done?

An explanation is a page, the same for the screen and as JSON. What gates and rules say of themselves is taken from
them; `reasons.yaml` adds to each reason code why it is there and what to do, and `controls.yaml` says which
controls they answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["gate", "reason", "rule", "control", "controls", "artefact", "choice"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a gate, with what each shipped tier makes of it."""

    name: str
    about: str
    default: str
    stricter: str
    tiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """Something that has a page of its own."""

    id: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Example:
    """A few lines of code; `line` is the one that is meant."""

    verdict: Literal["bad", "good"]
    file: str  # where they stand; "" where they were written for the page
    line: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one id; what is empty does not apply to its kind."""

    kind: Kind
    id: str
    means: str
    why: str = ""
    what_to_do: str = ""
    who: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # severity, CWE, stages ...
    settings: tuple[Setting, ...] = ()
    items: tuple[Item, ...] = ()
    gaps: tuple[str, ...] = ()  # of a control: what nothing here shows
    examples: tuple[Example, ...] = ()
    links: tuple[str, ...] = ()  # where to read on
    waiver: str = ""  # who is asked where it is to stay
