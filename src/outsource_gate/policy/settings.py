"""How does a gate declare its settings, so that a loosened one can be named?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from pydantic import Field

from outsource_gate.model.terms import Strict
from outsource_gate.model.waiver import Scope


class GateSettings(Strict):
    """A gate's own section of a tier; every field is made with `setting`.

    `waivable` says which of its reason codes a waiver can let stand, and what it has to name at least.
    """

    waivable: ClassVar[Mapping[str, Scope]] = {}


def may_be_waived(
    *,
    finding: Iterable[str] = (),
    rule: Iterable[str] = (),
    path: Iterable[str] = (),
    vendor: Iterable[str] = (),
) -> Mapping[str, Scope]:
    """Declare which reason codes a waiver can let stand, by what it has to name at least (`Waiver.is_exact`)."""
    scopes: dict[str, Scope] = dict.fromkeys(finding, "finding")
    scopes |= dict.fromkeys(rule, "rule")
    scopes |= dict.fromkeys(path, "path")
    return MappingProxyType(scopes | dict.fromkeys(vendor, "vendor"))


def setting(default: Any, about: str, *, stricter: str | tuple[str, ...], **bounds: Any) -> Any:
    """Declare a setting with its default, one line about it, and which direction is stricter.

    `stricter` is "higher", "lower" (numbers), "shorter" (ages such as `90 days`; `any` bounds nothing), "more",
    "fewer" (lists; an empty one restricts nothing and is the loosest of "fewer"), or the values, loosest first.
    """
    direction: Any = list(stricter) if isinstance(stricter, tuple) else stricter
    return Field(default, description=about, json_schema_extra={"stricter": direction}, **bounds)
