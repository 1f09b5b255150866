"""Everything that has a day, of a vendor and of the organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from outsource_gate.duties import obligations
from outsource_gate.duties.obligation import State
from outsource_gate.model.document import OwnDocument
from outsource_gate.model.register import Vendor
from tests import values
from tests.duties.register import SOON, TODAY, complete, late, of, only, policy


def contract(**changes: Any) -> Vendor:
    whole = values.contract(**changes).contract
    return complete(contract=whole)


def access(**changes: Any) -> Vendor:
    whole = complete().access
    assert whole is not None
    return complete(access=whole.model_dump(by_alias=True) | changes)


def test_a_complete_vendor_owes_nothing_today() -> None:
    assert late(of(complete())) == set()


def test_a_vendor_of_whom_nothing_is_known_lacks_everything_its_tier_asks_for() -> None:
    """nothing entered is nothing done"""
    bare = Vendor.model_validate({"id": "acme", "name": "A", "owner": "o@corp.example", "tier": "critical"})
    assert late(of(bare)) >= {"contract", "assessment", "certification", "vetting", "access", "oversight"}


@pytest.mark.parametrize(
    ("until", "state"),
    [
        ("2026-11-22", State.OVERDUE),
        ("2026-11-23", State.DUE),
        ("2027-02-21", State.DUE),
        ("2027-02-22", State.IN_ORDER),
    ],
)
def test_the_last_day_belongs_to_the_contract(until: str, state: State) -> None:
    """a contract that ends today is in force and due, tomorrow it is over"""
    assert only(contract(valid={"until": until}), "contract").state is state


def test_what_has_no_end_is_never_due() -> None:
    found = only(contract(valid={"from": "2026-01-15"}), "contract")
    assert (found.state, found.due) == (State.IN_ORDER, None)


def test_what_has_not_begun_is_said_to_be_so() -> None:
    found = only(contract(valid={"from": "2026-12-01"}), "contract")
    assert (found.state, found.note) == (State.LATER, "begins 2026-12-01")


@pytest.mark.parametrize(
    ("notice", "state"),
    [("30 days", State.DUE), ("60 days", State.DUE), ("2 weeks", State.DUE), ("1 day", State.DUE)],
)
def test_a_renewal_is_due_and_not_overdue_while_the_contract_runs(notice: str, state: State) -> None:
    """on 2027-01-14 it ends: from the notice on there is still time"""
    found = only(contract(renewal_notice=notice), "renewal")
    assert (found.state, found.duty) == (state, "customer")


def test_a_contract_that_is_over_needs_no_renewal_notice() -> None:
    assert of(contract(renewal_notice="60 days", valid={"until": "2026-11-01"}), "renewal") == []


def test_a_lapsed_certification_is_overdue_where_no_other_one_counts() -> None:
    lapsed = {"name": "ISO/IEC 27001", "valid_until": "2026-11-01"}
    other = {"name": "SOC 2 Type II", "valid_until": "2027-11-01"}
    known = complete().due_diligence
    assert known is not None
    rest = known.model_dump()
    alone = complete(due_diligence=rest | {"certifications": [lapsed]})
    beside = complete(due_diligence=rest | {"certifications": [lapsed, other]})
    assert [one.state for one in of(alone, "certification")] == [State.OVERDUE]
    assert [one.state for one in of(beside, "certification")] == [State.ENDED, State.IN_ORDER]


def test_a_certification_without_a_last_day_leaves_the_demand_open() -> None:
    known = complete().due_diligence
    assert known is not None
    vendor = complete(due_diligence=known.model_dump() | {"certifications": [{"name": "ISO 27001"}]})
    assert [one.state for one in of(vendor, "certification")] == [State.IN_ORDER, State.MISSING]


def test_access_ends_with_its_window() -> None:
    assert only(access(valid={"until": "2026-11-22"}), "access").state is State.OVERDUE


def test_a_vendor_whose_access_is_proven_gone_owes_nothing_any_more() -> None:
    """a register keeps vendors of the past, and they are not overdue for ever"""
    gone = {"revoked_on": "2026-11-02", "proof": {"file": "review.json", "sha256": "e" * 64}}
    engagement = {"id": "refunds", "valid": {"until": "2026-11-01"}, **gone}
    over = values.contract(valid={"until": "2026-11-01"}).contract
    assert {one.state for one in of(complete(contract=over, engagements=[engagement], oversight=[]))} == {
        State.ENDED
    }


def test_an_activity_beyond_the_tier_is_asked_for_by_the_register() -> None:
    report = {"activity": "status-report", "every": "7 days", "last": {"on": "2026-11-01"}}
    rest = [one.model_dump() for one in complete().oversight]
    found = [one for one in of(complete(oversight=[*rest, report]), "oversight") if one.what == "status-report"]
    assert [(one.state, one.duty, one.asked_by) for one in found] == [(State.OVERDUE, "vendor", "register")]


def test_a_tier_that_asks_for_nothing_makes_nothing_missing() -> None:
    """what is on register is shown all the same"""
    bare = complete(tier="standard", due_diligence=None, oversight=[])
    assert late(of(bare)) == set()
    assert only(complete(tier="standard"), "assessment").due is None


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"approved_on": "2026-03-01"}, State.IN_ORDER),
        ({"approved_on": "2025-12-01"}, State.DUE),
        ({"approved_on": "2025-03-01"}, State.OVERDUE),
        ({"approved_on": "2025-03-01", "reviewed_on": "2026-03-01"}, State.IN_ORDER),
        ({"approved_on": "2026-12-01"}, State.MISSING),
        ({}, State.MISSING),
    ],
)
def test_our_own_documents_are_reviewed_on_time(changes: dict[str, Any], state: State) -> None:
    document = OwnDocument.model_validate(
        {"id": "secure-development-policy", "file": "sdp.pdf", "sha256": "e" * 64, "approved_by": "ciso", **changes}
    )
    whole = policy(complete())
    own = [one for one in obligations(replace(whole, documents=(document,)), TODAY, SOON) if not one.vendor]
    found, other = own
    assert (other.what, other.state) == ("document third-party-management-policy", State.MISSING)
    assert (found.state, found.duty, found.kind) == (state, "customer", "document")


def test_days_are_counted_from_today() -> None:
    found = only(contract(valid={"until": "2026-11-20"}), "contract")
    assert (found.days(TODAY), found.days(date(2026, 11, 20))) == (-3, 0)
