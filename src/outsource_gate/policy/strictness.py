"""Where is a policy looser than what ships? Pure; the settings themselves say which direction is stricter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from outsource_gate.model.span import length
from outsource_gate.policy.settings import GateSettings
from outsource_gate.policy.tiers import WAIVERS, Tier


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of one gate, under the name that policies write."""

    name: str
    value: Any
    about: str
    stricter: Any  # as `setting` takes it; None: not declared


@dataclass(frozen=True, slots=True)
class Loosened:
    """A setting of a tier that lets through what the shipped tier does not."""

    tier: str
    gate: str
    setting: str
    value: Any
    shipped: Any


def settings_of(settings: GateSettings) -> Iterator[Setting]:
    """Give a gate's settings with what they mean."""
    for name, about in type(settings).model_fields.items():
        extra = about.json_schema_extra
        direction = extra.get("stricter") if isinstance(extra, dict) else None
        yield Setting(about.alias or name, getattr(settings, name), about.description or "", direction)


def sections_of(tier: Tier) -> Mapping[str, GateSettings]:
    """Give what a tier sets: its gates, then how long waivers may last."""
    return {**tier.gates, WAIVERS: tier.waivers}


def loosened(tiers: Mapping[str, Tier], shipped: Mapping[str, Tier]) -> Iterator[Loosened]:
    """Compare every tier with the shipped one it starts from; a direction nobody declared counts as looser."""
    for tier in tiers.values():
        for gate, below in sections_of(shipped[tier.shipped]).items():
            before = {setting.name: setting for setting in settings_of(below)}
            for setting in settings_of(sections_of(tier)[gate]):
                old = before[setting.name]
                if setting.value != old.value and not is_stricter(setting.value, old.value, setting.stricter):
                    yield Loosened(tier.name, gate, setting.name, setting.value, old.value)


def written(value: Any) -> str:
    """Give a setting's value as policies write it."""
    match value:
        case Enum():
            return str(value.value)
        case bool():
            return "true" if value else "false"
        case tuple() | list():
            return f"[{', '.join(map(written, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{key}: {written(each)}' for key, each in value.items())}}}"
        case _:
            return str(value)


def is_stricter(new: Any, old: Any, direction: Any) -> bool:
    """Whether a value lets through less than another; "more" and "fewer" lists may be equal but for their order."""
    match direction:
        case "higher":
            return bool(new > old)
        case "lower":
            return bool(new < old)
        case "shorter" if isinstance(old, Mapping):  # what is not named has no bound
            return all(name in new and length(new[name]) <= length(age) for name, age in old.items())
        case "shorter":
            return length(new) < length(old)
        case "more":
            return set(new) >= set(old)
        case "fewer":  # none named is no restriction at all, the loosest
            return bool(new) and (not old or set(new) <= set(old))
        case list():
            return _rank(new, direction) > _rank(old, direction)
        case _:
            return False


def _rank(value: Any, loosest_first: list[str]) -> int:
    return loosest_first.index(written(value))
