"""Which gates and reports are there? Those in the package's own folders, and no others.

Plugins of third parties are not looked for: whatever can be installed could then let a change through.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from outsource_gate import gates as gates_folder
from outsource_gate import reports as reports_folder
from outsource_gate.gates import Gate
from outsource_gate.policy.settings import GateSettings
from outsource_gate.reports import Report


@cache
def gates() -> dict[str, Gate]:
    """Give every gate by id, identity first; a file of the folder that defines no GATE is an error."""
    found = [_member(f"{gates_folder.__name__}.{name}", "GATE") for name in _names(gates_folder.__path__)]
    found.sort(key=lambda gate: (gate.id != "identity", gate.id))
    return {gate.id: gate for gate in found}


def gate_settings() -> dict[str, type[GateSettings]]:
    """Give every gate's settings model, for the policy to read its sections with."""
    return {gate.id: gate.settings for gate in gates().values()}


@cache
def reports() -> dict[str, Report]:
    """Give every report by id; what the formats share lies in the same folder and defines no REPORT."""
    modules = [
        importlib.import_module(f"{reports_folder.__name__}.{name}") for name in _names(reports_folder.__path__)
    ]
    found = [module.REPORT for module in modules if isinstance(getattr(module, "REPORT", None), Report)]
    return {report.id: report for report in sorted(found, key=lambda report: (report.id != "terminal", report.id))}


def _names(path: object) -> list[str]:
    return sorted(info.name for info in pkgutil.iter_modules(path))  # type: ignore[arg-type]


def _member(module: str, name: str) -> Gate:
    gate = getattr(importlib.import_module(module), name)
    if not isinstance(gate, Gate):
        raise TypeError(f"{module}.{name} is no Gate")
    return gate
