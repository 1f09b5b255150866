"""Bundles made from a policy in memory: Acme's, unless a test says otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.bundle import Bundle, parse_bundle
from outsource_gate.policy.bundle_export import Exported, Terms, export_bundle
from outsource_gate.policy.load import Policy
from outsource_gate.policy.yaml_text import read_yaml
from outsource_gate.registry import gates
from tests.policy.memory import load, models

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = bytes(range(32))


def asked() -> set[str]:
    return {gate.id for gate in gates().values() if Stage.PUSH in gate.stages}


def exported(policy: Policy | None = None, vendor: str = "acme", **terms: Any) -> Exported:
    whole = replace(Terms(NOW, 90, KEY), **terms)
    return export_bundle(policy or load(), vendor, asked(), models(), whole)


def parsed(content: bytes) -> Bundle:
    return parse_bundle(read_yaml("acme.bundle.json", content), models())


def bundle(policy: Policy | None = None, **terms: Any) -> Bundle:
    return parsed(exported(policy, **terms).content)


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Give a bundle that somebody edited."""
    whole = json.loads(exported().content)
    change(whole)
    return json.dumps(whole, indent=1).encode()


def error(content: bytes) -> str:
    """Give the one error that reading this ends with."""
    with pytest.raises(PolicyError) as raised:
        parsed(content)
    assert raised.value.exit_code == 2
    return str(raised.value)
