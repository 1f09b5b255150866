"""What the build makes: the shipped rules as JSON (see scanners/compiled.py)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


class RulesHook(BuildHookInterface[Any]):
    """Compiles the rules before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        spec = importlib.util.spec_from_file_location("compiled", ROOT / "src/outsource_gate/scanners/compiled.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.compile_packs(ROOT / "policies" / "rules")
