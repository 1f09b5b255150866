"""docs/policy.md, register.md and waivers.md: do they name every key that a file of ours may have?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outsource_gate.policy.json_schema import KINDS, Kind, json_schema
from outsource_gate.registry import gate_settings

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = "".join((DOCS / name).read_text() for name in ("policy.md", "register.md", "waivers.md"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_on_the_page(kind: Kind) -> None:
    """a key that the loader knows and the page does not is a secret"""
    schema = json_schema(kind, gate_settings())
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    missing = sorted(key for key in keys if not re.search(rf"[`.]{key}[`.]|\b{key}:", PAGE))
    assert len(keys) > 5
    assert missing == []
