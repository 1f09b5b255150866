"""Which words do all lists of duties use? Unescaped: every format escapes them for its sink."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outsource_gate.duties.listing import DueList, Listed
from outsource_gate.duties.obligation import Obligation, State
from outsource_gate.reports.words import plural

COUNTED = {State.OVERDUE: "overdue", State.MISSING: "missing", State.DUE: "due soon"}


def subject(one: Obligation) -> str:
    """Say what it is, and of whom."""
    return f"{one.person}: {one.what}" if one.person else one.what


def when(one: Obligation, today: date) -> str:
    """Say how far away it is, in the reader's words."""
    days = one.days(today)
    if days is None:
        return "missing" if one.state is State.MISSING else "no end"
    if days < 0:
        return f"{plural(-days, 'day')} ago"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")


def whose(one: Listed) -> str:
    """Say whose duty it is."""
    return "ours" if one.obligation.duty == "customer" else "the vendor's"


def owner_name(one: Listed, organisation: str) -> str:
    return one.vendor.id if one.vendor else organisation


def details(one: Listed) -> Iterator[str]:
    """Say what else there is: the last time, what is peculiar, who asks for it, where it stands."""
    found = one.obligation
    if found.last:
        yield done(found)
    if found.note:
        yield found.note
    yield f"asked by {found.asked_by}" if "." in found.asked_by else f"asked by the {found.asked_by}"
    yield one.where


def done(one: Obligation) -> str:
    """Say when it was done: the last time, of what comes again."""
    return f"{'last' if one.due else 'on'} {one.last}"


def tally(due: DueList) -> str:
    """Count what is listed: 2 overdue, 1 missing, 4 due until 2027-02-21."""
    counts = due.counts
    late = [f"{counts[state]:,} {state}" for state in (State.OVERDUE, State.MISSING) if counts[state]]
    soon = [f"{counts[State.DUE]:,} due until {due.soon}"] if counts[State.DUE] else []
    return ", ".join(late + soon) or f"nothing is overdue, nothing is due until {due.soon}"


def nothing(due: DueList) -> str:
    """Say what comes next where nothing is listed; who has no vendor yet learns what to do first."""
    if not due.vendors:
        return NO_VENDORS
    following = due.following
    if following is None or following.due is None:
        return "no vendor's entry has a day after that"
    owner = following.vendor or due.organisation
    return f"next: {owner}, {subject(following)}, {following.due} ({when(following, due.today)})"


NO_VENDORS = (
    "no vendor is registered yet: `outsource-gate init` proposes them from the history, "
    "`outsource-gate policy schema vendor` shows what a vendor's file holds"
)
