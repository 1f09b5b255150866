"""How does a gate declare its settings, so that a loosened one can be named?"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from outsource_gate.model.terms import Strict


class GateSettings(Strict):
    """A gate's own section of a tier; every field is made with `setting`."""


def setting(default: Any, about: str, *, stricter: str | tuple[str, ...], **bounds: Any) -> Any:
    """Declare a setting with its default, one line about it, and which direction is stricter.

    `stricter` is "higher", "lower" (numbers), "shorter" (ages such as `90 days`; `any` bounds nothing), "more",
    "fewer" (lists; an empty one restricts nothing and is the loosest of "fewer"), or the values, loosest first.
    """
    direction: Any = list(stricter) if isinstance(stricter, tuple) else stricter
    return Field(default, description=about, json_schema_extra={"stricter": direction}, **bounds)
