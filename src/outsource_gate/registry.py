"""Which gates, forges and reports are there? Those in the package's own folders, and no others.

Plugins of third parties are not looked for: whatever can be installed could then let a change through.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from outsource_gate import forges as forges_folder
from outsource_gate import gates as gates_folder
from outsource_gate import reports as reports_folder
from outsource_gate.forges import Event, Forge
from outsource_gate.gates import Gate
from outsource_gate.policy.settings import GateSettings
from outsource_gate.reports import Report

M = TypeVar("M")


@cache
def gates() -> dict[str, Gate]:
    """Give every gate by id, identity first; a file of the folder that defines no GATE is an error."""
    found = [_member(f"{gates_folder.__name__}.{name}", "GATE", Gate) for name in _names(gates_folder.__path__)]
    found.sort(key=lambda gate: (gate.id != "identity", gate.id))
    return {gate.id: gate for gate in found}


def gate_settings() -> dict[str, type[GateSettings]]:
    """Give every gate's settings model, for the policy to read its sections with."""
    return {gate.id: gate.settings for gate in gates().values()}


def detect_event(environment: Mapping[str, str]) -> Event | None:
    """Say what started this run, if it is a job of a forge we know."""
    for name, sign in forges_folder.SIGNS.items():
        if environment.get(sign) == "true":
            return forge(name).detect(environment)
    return None


def forge(name: str) -> Forge:
    """Give one forge by its id, which is one of `forges.SIGNS`."""
    return _member(f"{forges_folder.__name__}.{name}", "FORGE", Forge)


def report(name: str) -> Report:
    """Give one report by its id, which is one of `FORMATS`."""
    return _member(f"{reports_folder.__name__}.{reports_folder.FORMATS[name]}", "REPORT", Report)


def reports() -> dict[str, Report]:
    """Give every report by id, the terminal's first."""
    return {name: report(name) for name in reports_folder.FORMATS}


def _names(path: object) -> list[str]:
    return sorted(info.name for info in pkgutil.iter_modules(path))  # type: ignore[arg-type]


def _member(module: str, name: str, kind: type[M]) -> M:
    member = getattr(importlib.import_module(module), name)
    if not isinstance(member, kind):
        raise TypeError(f"{module}.{name} is no {kind.__name__}")
    return member
