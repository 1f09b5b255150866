"""Which scanners are there? Those of this folder, and no others."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from outsource_gate import scanners as folder
from outsource_gate.scanners import Scanner


@cache
def scanners() -> tuple[Scanner, ...]:
    """Give every scanner that a file of the folder defines, by id; what they share defines none."""
    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__))
    modules = (importlib.import_module(f"{folder.__name__}.{name}") for name in names if name != "run")
    found = [module.SCANNER for module in modules if isinstance(getattr(module, "SCANNER", None), Scanner)]
    return tuple(sorted(found, key=lambda scanner: scanner.id))
