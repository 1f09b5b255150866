"""What lacks of a vendor's access on a day: its review, the way in, the devices, an engagement that runs?

All of it is declared: what somebody of ours entered in the register. Only a signed review was observed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outsource_gate.model.access_review import ReviewedAccess
from outsource_gate.model.granted import Access, Engagement, RemoteAccess
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import ANY, is_within, last_day, length
from outsource_gate.model.verdict import Effect
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.concern import Concern, days
from outsource_gate.policy.papers import NOTHING, declared

REVOCATION = "revocation-not-proven"
_REMOTE = ("access", "remote_access")
_REVIEWED = ("access", "reviewed")


def access_concerns(
    vendor: Vendor, access: Access, wants: AccessSettings, today: date, seen: ReviewedAccess | None = None
) -> Iterator[Concern]:
    """Give everything that the tier wants and the register does not say. `seen`: the review on register, read."""
    yield from _engagements(vendor, wants, today)
    yield from _review(access, wants, today, seen)
    if access.remote_access:
        yield from _remote(access.remote_access, wants, today)
    elif wants.wants_remote:
        yield Concern("remote-access-missing", "the way into our systems is not on register", _REMOTE, NOTHING)
    if wants.devices_max_age != ANY:
        on = access.device_management.verified_on if access.device_management else None
        path = ("access", "device_management")
        yield from _seen("devices-unverified", "managed devices", path, on, wants.devices_max_age, today)


def access_until(
    vendor: Vendor, wants: AccessSettings, today: date, seen: ReviewedAccess | None = None
) -> Iterator[date]:
    """Give the last day of everything that a pass of today relied on; a duty that only warns is not among it."""
    running = [one.valid.until or date.max for one in vendor.engagements if one.valid.covers(today)]
    if running:
        yield max(running)  # as long as any of them runs
    held = _looks(vendor.access, wants, seen) if vendor.access else ()
    yield from (last_day(on, age) for on, age in held if on and age != ANY and is_within(on, today, age))


def _looks(access: Access, wants: AccessSettings, seen: ReviewedAccess | None) -> Iterator[tuple[date | None, str]]:
    if wants.customer == "deny":
        yield _reviewed_on(access, seen), wants.review_max_age
    if access.remote_access:
        yield access.remote_access.verified_on, wants.remote_max_age
    if access.device_management:
        yield access.device_management.verified_on, wants.devices_max_age


def _engagements(vendor: Vendor, wants: AccessSettings, today: date) -> Iterator[Concern]:
    """Once engagements are listed, nobody of the vendor is active outside of all of them."""
    if vendor.engagements and not any(one.valid.covers(today) for one in vendor.engagements):
        spans = (
            f"{one.id} {one.valid.from_ or 'any day'} to {one.valid.until or 'any day'}"
            for one in vendor.engagements
        )
        told = f"declared in the register: {', '.join(spans)}"
        message = "no engagement runs today, so nobody of this vendor is active"
        yield Concern("engagement-over", message, ("engagements",), told)
    for number, one in enumerate(vendor.engagements):
        yield from _revocation(one, number, wants, today)


def _revocation(one: Engagement, number: int, wants: AccessSettings, today: date) -> Iterator[Concern]:
    """A day alone is declared; only a document proves that access is gone. In time it is a note in any tier."""
    end = one.valid.until
    if end is None or end >= today or (one.revoked_on and one.revoked_on <= today and one.proof):
        return
    is_late = today > last_day(end, wants.revoked_within)
    told = declared(one.revoked_on) if one.revoked_on else NOTHING
    yield Concern(
        REVOCATION,
        "an engagement has ended, and no document proves that its access is gone",
        ("engagements", number),
        f"{one.id} ended {days((today - end).days)} ago ({end}); revocation: {told}",
        Effect.DENY if is_late else Effect.NOTE,
        "customer",
    )


def _review(access: Access, wants: AccessSettings, today: date, seen: ReviewedAccess | None) -> Iterator[Concern]:
    yield from _record(seen) if seen else ()
    done = _reviewed_on(access, seen)
    if wants.review_max_age == ANY or (done and is_within(done, today, wants.review_max_age)):
        return
    told = f"review observed on {done}" if _is_observed(seen) else f"review {declared(done)}" if done else NOTHING
    message = f"what was granted was not reviewed within {wants.review_max_age}"
    yield Concern("review-overdue", message, _REVIEWED, told, duty="customer")


def _record(seen: ReviewedAccess) -> Iterator[Concern]:
    """A record that does not count leaves the day declared; one that counts stays open until a later one."""
    if seen.problem:
        message = "the review of access on register is a record that does not count"
        yield Concern("review-not-believed", message, _REVIEWED, seen.problem, Effect.NOTE, "customer")
    elif seen.open:
        message = "the last review found access of this vendor that ought to be gone"
        told = f"observed on {seen.on}: {seen.open} open, signed by {seen.key}"
        yield Concern("review-findings-open", message, _REVIEWED, told, duty="customer")


def _reviewed_on(access: Access, seen: ReviewedAccess | None) -> date | None:
    """The record's own day where one counts; the register's is only a claim."""
    if seen and not seen.problem:
        return seen.on
    return access.reviewed.on if access.reviewed else None


def _is_observed(seen: ReviewedAccess | None) -> bool:
    return seen is not None and not seen.problem


def _remote(remote: RemoteAccess, wants: AccessSettings, today: date) -> Iterator[Concern]:
    if wants.remote_access and remote.method not in wants.remote_access:
        message = f"the way in is none of {', '.join(wants.remote_access)}"
        told = f"declared in the register: {remote.method}"
        yield Concern("remote-access-method", message, (*_REMOTE, "method"), told)
    if (age := wants.remote_max_age) != ANY:
        yield from _seen("remote-access-unverified", "the way in", _REMOTE, remote.verified_on, age, today)
    if wants.networks == "required" and not remote.networks:
        yield Concern("networks-missing", "the networks to come from are not on register", _REMOTE, NOTHING)
    yield from _logging(remote, wants)


def _logging(remote: RemoteAccess, wants: AccessSettings) -> Iterator[Concern]:
    if wants.logging == "ignored" and not wants.logs_kept_days:
        return
    if remote.logging is None:
        yield Concern("logging-missing", "where remote sessions are logged is not on register", _REMOTE, NOTHING)
    elif length(remote.logging.kept) < wants.logs_kept_days:
        message = f"logs of remote sessions are kept for less than {days(wants.logs_kept_days)}"
        told = f"declared in the register: {remote.logging.kept}"
        yield Concern("logging-too-short", message, (*_REMOTE, "logging"), told)


def _seen(code: str, what: str, path: tuple[str, ...], on: date | None, age: str, today: date) -> Iterator[Concern]:
    if on is None or not is_within(on, today, age):
        told = declared(on) if on else NOTHING
        yield Concern(code, f"nobody of ours looked at {what} within {age}", path, told)
