"""Which documents of the organisation itself are due for approval or review?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outsource_gate.duties.obligation import REGISTER, Obligation, State, state_of
from outsource_gate.model.document import EXPECTED, OwnDocument
from outsource_gate.policy.load import Policy


def own_duties(policy: Policy, today: date, soon: date) -> Iterator[Obligation]:
    """Give the review of every document that the policy names, and those that an auditor asks for beside them.

    Whether their bytes are those that were approved is not asked here.
    """
    place = policy.place("policy").below("documents")
    named = {one.id for one in policy.documents}
    for number, one in enumerate(policy.documents):
        state, due, note = _review(one, today, soon)
        days = [day for day in (one.approved_on, one.reviewed_on) if day]
        yield Obligation(
            "", "document", f"document {one.id}", state, "customer", REGISTER, place.below(number), due,
            max(days, default=None), note=note,
        )  # fmt: skip
    for name in EXPECTED if named else ():
        if name not in named:
            what, asked = f"document {name}", "A.8.30"
            yield Obligation("", "document", what, State.MISSING, "customer", asked, place)


def _review(one: OwnDocument, today: date, soon: date) -> tuple[State, date | None, str]:
    if not (one.approved_by and one.approved_on and one.review_due):
        return State.MISSING, None, "approved by nobody"
    ahead = [day for day in (one.approved_on, one.reviewed_on) if day and day > today]
    if ahead:
        return State.MISSING, None, f"dated ahead, {max(ahead)}"
    return state_of(one.review_due, today, soon), one.review_due, ""
