"""What is found out of a vendor's change, and only then."""

from __future__ import annotations

import subprocess
import sys

import pytest

from outsource_gate.content import asks_past
from tests import values
from tests.policy.memory import acme

HEAVY = ("outsource_gate.content", "outsource_gate.scanners.run", "outsource_gate.dependencies.scan")


@pytest.mark.parametrize("module", HEAVY)
def test_what_only_a_vendors_change_needs_is_not_loaded_with_the_rest(module: str) -> None:
    """A change without a vendor is decided in the time of a git command."""
    code = f"import sys, outsource_gate.check; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_past_versions_are_asked_for_where_a_vendors_tier_says_each() -> None:
    """The shipped standard tier looks at the result of the change alone, critical at all that came by."""
    assert asks_past(values.facts(), acme("tier: critical", "tier: critical"))
    assert not asks_past(values.facts(), acme("tier: critical", "tier: standard"))
