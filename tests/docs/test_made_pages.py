"""The pages made from the code say what the code says."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from outsource_gate.registry import gates
from tests.bypass.scene import Scene, build
from tests.repo import SigningKey

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ("access-review", "change", "collaborators", "evidence", "outcome", "scan", "scorecard", "tracker")
PAGES = ("gates.md", *(f"schemas/{name}-v1.schema.json" for name in SCHEMAS))


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts" / "write_docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", PAGES)
def test_a_made_page_is_up_to_date(name: str) -> None:
    """`make docs` writes them."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == script().pages()[name]


def test_every_reason_code_of_every_gate_has_a_meaning() -> None:
    for gate in gates().values():
        assert gate.reasons
        assert all(code == code.lower() and meaning.endswith(".") for code, meaning in gate.reasons.items())


def test_the_published_schema_takes_what_the_tests_hand_over(tmp_path: Path) -> None:
    keys = SigningKey.generate(tmp_path, "vic"), SigningKey.generate(tmp_path, "ina")
    scene: Scene = build(tmp_path, *keys)
    scene.commit({"services/a.py": "A = 1\n"})
    schema = json.loads((ROOT / "docs/schemas/change-v1.schema.json").read_text())
    jsonschema.validate(json.loads(scene.hand_over().read_text()), schema)
