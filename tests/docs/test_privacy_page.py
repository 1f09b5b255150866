"""docs/privacy.md and legal.md: do they say what the program does?"""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.evidence.run import PSEUDONYM_VARIABLE
from outsource_gate.excerpt import vendors_named
from outsource_gate.model.register import Person
from outsource_gate.policy.tiers import shipped_tiers
from outsource_gate.registry import gate_settings
from outsource_gate.scanners import kingfisher, semgrep, zizmor
from tests import values

DOCS = Path(__file__).resolve().parents[2] / "docs"
PRIVACY = (DOCS / "privacy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", Person.model_fields)
def test_everything_that_the_register_may_hold_of_a_person_is_named(key: str) -> None:
    (register,) = (line for line in PRIVACY.splitlines() if line.startswith("| [register]"))
    assert f"`{key}`" in register


def test_the_variable_of_the_pseudonym_key_is_the_one_that_is_read() -> None:
    assert f"`{PSEUDONYM_VARIABLE}`" in PRIVACY


def test_names_and_keys_stay_behind_when_a_change_takes_its_part_of_the_register() -> None:
    """as the page says of the facts file"""
    vic = values.VIC.model_copy(update={"name": "Vic Vendor", "signing_keys": ("ssh-ed25519 AAAA vic",)})
    val = values.person("val", name="Val Vendor")
    (vendor,) = vendors_named(values.attribution(), {"acme": values.vendor(people=[vic, val])})
    (kept,) = vendor.people
    assert (kept.id, kept.emails, kept.name, kept.signing_keys) == ("vic", vic.emails, None, ())


def test_scanners_call_nobody() -> None:
    """metrics, look-ups and the trying of credentials are switched off"""
    assert "--metrics=off" in semgrep.FLAGS
    assert "--offline" in zizmor.FLAGS
    assert "--no-validate" in kingfisher.FLAGS


def test_duties_of_ours_only_warn_as_shipped() -> None:
    """as legal.md says, in every tier and gate that has the setting"""
    tiers = shipped_tiers(gate_settings()).values()
    found = {(tier.name, gate): getattr(of, "customer", None) for tier in tiers for gate, of in tier.gates.items()}
    told = {value for value in found.values() if value is not None}
    assert told == {"warn"}
    assert "`customer: warn` in every tier" in (DOCS / "legal.md").read_text(encoding="utf-8")
