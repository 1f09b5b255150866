"""Gate contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.contract import GATE, Settings, judge
from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Status
from tests import values


def codes(vendor: Vendor | None, **changes: Any) -> set[str]:
    vendors = (vendor,) if vendor else ()
    return {reason.code for reason in judge(values.facts(vendors=vendors, **changes), Settings()).reasons}


def test_a_signed_approved_contract_in_force_passes() -> None:
    assert judge(values.facts(), Settings()).status is Status.PASS


@pytest.mark.parametrize(
    ("vendor", "code"),
    [
        (None, "vendor-unregistered"),
        (values.vendor(contract=None), "contract-missing"),
        (values.contract(valid={"until": "2026-11-22"}), "contract-not-in-force"),
        (values.contract(valid={"from": "2026-11-24"}), "contract-not-in-force"),
        (values.contract(signed_on=None), "contract-unsigned"),
        (values.contract(signed_on="2026-11-24"), "contract-unsigned"),
        (values.contract(approved_by=[]), "contract-unapproved"),
        (values.contract(document=None), "contract-document-missing"),
        (values.contract(clauses={}), "clause-missing"),
    ],
)
def test_what_is_not_in_order_denies_with_its_own_code(vendor: Vendor | None, code: str) -> None:
    """Each thing that can be wrong with a contract has one published code."""
    assert codes(vendor) == {code}
    assert code in GATE.reasons


def test_the_last_day_of_a_contract_belongs_to_it() -> None:
    """`until` includes its whole day."""
    assert codes(values.contract(valid={"until": "2026-11-23"})) == set()


def test_contract_terms_are_for_our_own_readers() -> None:
    """Neither reference nor date of a contract stands where a contractor reads."""
    verdict = judge(values.facts(vendors=(values.contract(valid={"until": "2026-11-20"}),)), Settings())
    (reason,) = verdict.reasons
    assert "MSA-2026-014 ended 3 days ago (2026-11-20)" in reason.internal
    assert "MSA" not in f"{reason.message}{reason.got}{reason.expected}{reason.next_step}"
    assert reason.who == "procurement@corp.example"


@given(st.integers(-400, 400), st.integers(0, 400))
def test_a_contract_is_in_force_on_its_days_and_on_no_other(start: int, length: int) -> None:
    """The gate's day decides, and nothing else."""
    today = date(2026, 11, 23)
    first = today + timedelta(days=start)
    last = first + timedelta(days=length)
    verdict = judge(values.facts(vendors=(values.contract(valid={"from": first, "until": last}),)), Settings())
    assert (verdict.status is Status.PASS) == (first <= today <= last)
