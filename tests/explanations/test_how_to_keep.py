"""Every reason code says whether it can be waived, and by naming what."""

from __future__ import annotations

import pytest

from outsource_gate.explanations.find import explain
from outsource_gate.registry import gates

CODES = [(gate.id, code) for gate in gates().values() for code in gate.reasons]


@pytest.mark.parametrize(("gate", "code"), CODES)
def test_a_page_says_how_a_waiver_is_asked_for_where_there_is_one(gate: str, code: str) -> None:
    """and says that there is none where there is none"""
    waivable = code in gates()[gate].settings.waivable
    assert ("dated waiver" in explain(f"{gate}.{code}").waiver) is waivable
    assert ("cannot be waived" in explain(f"{gate}.{code}").waiver) is not waivable


def test_what_has_to_be_named_is_said() -> None:
    assert "the path, says why" in explain("integrity.runs-in-build").waiver
    assert "the finding's fingerprint, says why" in explain("secrets.secret").waiver
    assert "path and rule" in explain("sast.finding").waiver
