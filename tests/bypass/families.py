"""The families of the corpus: each file of this folder that holds scenes. Whoever needs all scenes imports this."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

_OTHERS = ("scene", "families")
FAMILIES = tuple(
    import_module(f"tests.bypass.{info.name}")
    for info in pkgutil.iter_modules([str(Path(__file__).parent)])
    if info.name not in _OTHERS and not info.name.startswith("test_")
)
