"""What does lint say of one thing, and where does it stand?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outsource_gate.policy.yaml_text import Place


@dataclass(frozen=True, slots=True)
class Lint:
    """Something to look at, and where it stands. `note` is for what may well be meant."""

    severity: Literal["warning", "note"]
    place: str
    message: str
    hint: str = ""


def warn(place: Place, message: str, hint: str = "") -> Lint:
    return Lint("warning", str(place), message, hint)


def note(place: Place, message: str, hint: str = "") -> Lint:
    return Lint("note", str(place), message, hint)
