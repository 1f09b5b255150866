"""Which documents of the organisation itself are due for approval or review?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from outsource_gate.duties.obligation import Obligation, State
from outsource_gate.policy.load import Policy


def own_duties(policy: Policy, today: date, soon: date) -> Iterator[Obligation]:
    """Give the review of every document that the policy names; whether its bytes match is not asked here."""
    top = policy.place("policy").below("documents")
    for number, one in enumerate(getattr(policy, "documents", ())):
        state, due, note = _review(one, today, soon)
        yield Obligation(
            "",
            "document",
            f"document {one.id}",
            state,
            "customer",
            "documents",
            top.below(number),
            due,
            max((day for day in (one.approved_on, one.reviewed_on) if day), default=None),
            note=note,
        )


def _review(one: Any, today: date, soon: date) -> tuple[State, date | None, str]:
    if not (one.approved_by and one.approved_on):
        return State.MISSING, None, "approved by nobody"
    ahead = [day for day in (one.approved_on, one.reviewed_on) if day and day > today]
    if ahead:
        return State.MISSING, None, f"dated ahead, {max(ahead)}"
    due = one.review_due
    if due < today:
        return State.OVERDUE, due, ""
    return State.DUE if due <= soon else State.IN_ORDER, due, ""
