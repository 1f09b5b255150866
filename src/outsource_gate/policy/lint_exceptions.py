"""Which waivers and report-only windows are likely to surprise?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from outsource_gate.model.waiver import Waiver
from outsource_gate.policy.load import Policy
from outsource_gate.policy.tiers import REPORT_ONLY
from outsource_gate.policy.yaml_text import Place

WAIVER_ENDS_SOON, WINDOW_ENDS_SOON = timedelta(days=14), timedelta(days=30)
Told = tuple[Place, str, str]  # where, what, what to do


def waivers_told(policy: Policy, today: date) -> Iterator[Told]:
    """Waivers that are over, end soon, or that nobody signed."""
    for waiver in policy.waivers:
        place = policy.place("waivers", waiver.id)
        if waiver.signature is None:
            yield (
                place,
                f"{waiver.id}: nobody signed it, so it covers nothing",
                f"outsource-gate waivers sign {waiver.id}",
            )
        yield from _end(waiver, place.below("expires"), today)


def _end(waiver: Waiver, place: Place, today: date) -> Iterator[Told]:
    if waiver.expires < today:
        yield place, f"{waiver.id}: expired {_days(today - waiver.expires)} ago", "remove it, or ask anew"
    elif waiver.expires - today <= WAIVER_ENDS_SOON:
        left = _days(waiver.expires - today)
        yield place, f"{waiver.id}: ends in {left} ({waiver.expires})", "have it fixed by then, or ask anew"


def windows_told(policy: Policy, today: date) -> Iterator[Told]:
    """Tiers whose denials nobody enforces, and windows that are over."""
    for tier in policy.tiers.values():
        until = tier.report_only_until
        if until is None:
            continue
        place = tier.places["", REPORT_ONLY]
        if until < today:
            yield place, f"{tier.name}: the report-only window is over since {until}", "remove the line"
        elif until - today <= WINDOW_ENDS_SOON:
            left = _days(until - today)
            yield (
                place,
                f"{tier.name}: denials are enforced in {left}, after {until}",
                "tell those who will be denied",
            )
        else:
            yield place, f"{tier.name}: report only, no denial is enforced until {until}", ""


def _days(span: timedelta) -> str:
    return "1 day" if span.days == 1 else f"{span.days} days"
