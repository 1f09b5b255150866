"""Which gates with which settings does each tier have, and which line says so?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from outsource_gate.model.terms import Strict
from outsource_gate.policy.limits import WaiverLimits
from outsource_gate.policy.problems import validate, validate_data
from outsource_gate.policy.schema import TierSection
from outsource_gate.policy.settings import GateSettings
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.policy.yaml_text import Path, Place, YamlText, read_yaml, shown

GateModels = Mapping[str, type[GateSettings]]
M = TypeVar("M", bound=Strict)
BASELINE = "baseline"
STRICTEST = "critical"
WAIVERS, REPORT_ONLY = "waivers", "report_only_until"  # what a tier says beside its gates
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SLUG_WORDS = "lower-case letters, digits and . _ -, at most 64, a letter or digit first"


@dataclass(frozen=True, slots=True)
class Tier:
    """The gates that apply to a vendor of this tier, with their settings."""

    name: str
    gates: Mapping[str, GateSettings]
    shipped: str  # the shipped tier it starts from; its own name for a shipped one
    # (gate, setting) -> where it was written; a gate's own defaults have no place
    places: Mapping[tuple[str, str], Place] = field(compare=False, repr=False)
    waivers: WaiverLimits = field(default_factory=WaiverLimits)
    report_only_until: date | None = None  # of this tier alone: a tier that extends it does not have it


@dataclass(frozen=True, slots=True)
class _Layers:
    """Sections as written, with where each gate and setting was written last."""

    sections: Mapping[str, Mapping[str, Any]]
    gates: Mapping[str, Place]
    settings: Mapping[tuple[str, str], Place]
    report_only_until: date | None = None


def shipped_tiers(models: GateModels) -> Mapping[str, Tier]:
    """Give the tiers of the baseline as they ship."""
    text = _baseline()
    return {name: _tier(name, name, _written(text, (name,), models), models) for name in text.data}


def resolve_tiers(text: YamlText, models: GateModels) -> Mapping[str, Tier]:
    """Give the shipped tiers, with the policy's `tiers` merged in gate by gate, and its own tiers."""
    baseline = _baseline()
    layers = {name: _written(baseline, (name,), models) for name in baseline.data}
    shipped = {name: name for name in layers}
    for name, parent in _in_order(text, tuple(layers)):
        layers[name] = _merged(layers[parent], _written(text, ("tiers", name), models))
        shipped[name] = shipped[parent]
    found = {name: _tier(name, shipped[name], layer, models) for name, layer in layers.items()}
    return MappingProxyType(found)


@cache
def _baseline() -> YamlText:
    return read_yaml("shipped baseline", (shipped_folder() / "tiers" / "baseline.yaml").read_bytes())


def _in_order(text: YamlText, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give every tier the policy writes with the tier it starts from, parents first."""
    parents = dict(_parents(text, known))
    for name, parent in parents.items():
        if parent not in parents and parent not in known:
            allowed = ", ".join((*known, *(other for other in parents if other not in (name, *known))))
            raise text.error(("tiers", name, "extends"), f"unknown tier {shown(parent)}; allowed: {allowed}")
    done: set[str] = set()
    while len(done) < len(parents):
        ready = [
            name
            for name, parent in parents.items()
            if name not in done and (name in known or parent not in parents or parent in done)
        ]
        if not ready:
            name = next(name for name in parents if name not in done)
            raise text.error(
                ("tiers", name, "extends"), "tiers extend each other in a circle", f"let one extend {known[0]}"
            )
        for name in ready:
            yield name, parents[name]
        done.update(ready)


def _parents(text: YamlText, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, written in text.data.get("tiers", {}).items():
        path: Path = ("tiers", name)
        if name == "extends":
            if written != BASELINE:
                raise text.error(path, f"unknown set of tiers {shown(written)}; allowed: {BASELINE}")
            continue
        if not _SLUG.fullmatch(name):
            raise text.error(path, f"got {shown(name)}, expected {_SLUG_WORDS}")
        section = validate(TierSection, text, path)
        if name in known and section.extends:
            raise text.error(
                (*path, "extends"), f"the shipped tier {name} extends nothing", "use another name for an own tier"
            )
        if name not in known and not section.extends:
            raise text.error(
                path, "an own tier says which tier it starts from", f"add extends: {' or '.join(known)}"
            )
        yield name, section.extends or name


def _written(text: YamlText, path: Path, models: GateModels) -> _Layers:
    section = validate(TierSection, text, path)
    top = text.place((*path, "gates"))
    gates = {gate: top.below(gate) for gate in section.gates}
    for gate, place in gates.items():
        if gate not in models:
            allowed = ", ".join(sorted(models))
            raise text.error(top.path, f"unknown gate {shown(gate)}; allowed: {allowed}", at=place.path)
    settings = {
        (gate, name): text.place((*path, "gates", gate, name))
        for gate, written in section.gates.items()
        for name in written
    }
    sections = dict(section.gates)
    if section.waivers:
        sections[WAIVERS], gates[WAIVERS] = section.waivers, text.place((*path, WAIVERS))
        settings |= {(WAIVERS, name): text.place((*path, WAIVERS, name)) for name in section.waivers}
    if section.report_only_until:
        settings["", REPORT_ONLY] = text.place((*path, REPORT_ONLY))
    return _Layers(sections, gates, settings, section.report_only_until)


def _merged(below: _Layers, above: _Layers) -> _Layers:
    """Gate by gate, setting by setting; a list is replaced, not added to."""
    sections = dict(below.sections)
    for gate, written in above.sections.items():
        sections[gate] = {**sections.get(gate, {}), **written}
    settings = {**below.settings, **above.settings}
    return _Layers(sections, {**below.gates, **above.gates}, settings, above.report_only_until)


def _tier(name: str, shipped: str, layers: _Layers, models: GateModels) -> Tier:
    gates = {gate: _settings(gate, layers, models[gate]) for gate in layers.sections if gate != WAIVERS}
    limits = _settings(WAIVERS, layers, WaiverLimits) if WAIVERS in layers.sections else WaiverLimits()
    places = MappingProxyType(dict(layers.settings))
    return Tier(name, MappingProxyType(gates), shipped, places, limits, layers.report_only_until)


def _settings(gate: str, layers: _Layers, model: type[M]) -> M:
    def stands(loc: Path) -> tuple[YamlText, Path]:
        place = layers.settings.get((gate, str(loc[0]))) if loc else None
        if place is None:
            return layers.gates[gate].text, (*layers.gates[gate].path, *loc)
        return place.text, (*place.path, *loc[1:])

    return validate_data(model, layers.sections[gate], stands)
