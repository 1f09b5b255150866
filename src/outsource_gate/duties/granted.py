"""Which days does access bring: its window, its reviews, the ways in, and what ends with an engagement?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from outsource_gate.duties.obligation import REGISTER, Obligation, Sheet, State
from outsource_gate.model.granted import Access, Engagement
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import ANY, last_day
from outsource_gate.policy.access_terms import AccessSettings

_OURS: Any = {"duty": "customer"}


def access_duties(sheet: Sheet) -> Iterator[Obligation]:
    """Give the window of access, its review, and how fresh the looks at the ways in are."""
    access = sheet.vendor.access
    if access is None:
        yield sheet.missing("access", "access", "access", asked_by=sheet.asks("access"))
        return
    start, until = access.valid.from_, access.valid.until
    if start and start > sheet.today:
        note = f"begins {start}"
        yield sheet.plain("access", "end of access", State.LATER, "access", "valid", due=until, note=note, **_OURS)
    elif until:
        yield sheet.dated("access", "end of access", until, "access", "valid", "until", **_OURS)
    yield from _looks(sheet, access)


def _looks(sheet: Sheet, access: Access) -> Iterator[Obligation]:
    wants, remote, devices = _wants(sheet), access.remote_access, access.device_management
    reviewed = access.reviewed.on if access.reviewed else None
    way = f"remote access ({remote.method})" if remote else "remote access"
    way_seen, seen = remote.verified_on if remote else None, devices.verified_on if devices else None
    rows = (
        ("access-review", "access review", reviewed, wants.review_max_age, "review_max_age", "reviewed"),
        ("remote-access", way, way_seen, wants.remote_max_age, "remote_max_age", "remote_access"),
        ("devices", "device management", seen, wants.devices_max_age, "devices_max_age", "device_management"),
    )
    for kind, what, on, age, setting, key in rows:
        is_wanted = age != ANY or (kind == "remote-access" and remote is None and wants.wants_remote)
        if is_wanted or on:
            asked = sheet.asks("access", setting) if is_wanted else REGISTER
            duty = "customer" if kind == "access-review" else "vendor"
            yield sheet.done(kind, what, on, (age,), "access", key, asked_by=asked, duty=duty)


def engagement_duties(sheet: Sheet) -> Iterator[Obligation]:
    """Give the end of every engagement, and the proof that access is gone that is ours to bring."""
    for number, one in enumerate(sheet.vendor.engagements):
        path, until = ("engagements", number), one.valid.until
        what = f"end of engagement {one.id}"
        if one.valid.from_ and one.valid.from_ > sheet.today:
            note = f"begins {one.valid.from_}"
            yield sheet.plain("engagement", what, State.LATER, *path, due=until, note=note, **_OURS)
        elif until is not None and until < sheet.today:
            yield sheet.plain("engagement", what, State.ENDED, *path, due=until, **_OURS)
            yield _revocation(sheet, one, path)
        else:
            yield sheet.dated("engagement", what, until, *path, **_OURS)


def _revocation(sheet: Sheet, one: Engagement, path: tuple[str | int, ...]) -> Obligation:
    """A day alone is declared; only a document proves that access is gone."""
    assert one.valid.until is not None, "only asked where it has ended"
    until = last_day(one.valid.until, _wants(sheet).revoked_within)
    due = None if until == date.max else until
    what = f"proof that access of {one.id} is gone"
    asked = sheet.asks("access", "revoked_within")
    if is_proven(one, sheet):
        return sheet.plain("revocation", what, State.ENDED, *path, last=one.revoked_on, asked_by=asked, **_OURS)
    entry = sheet.dated("revocation", what, due, *path, asked_by=asked, **_OURS)
    note = f"declared on {one.revoked_on}, no document" if one.revoked_on else ""
    return replace(entry, state=State.DUE if entry.state is State.IN_ORDER else entry.state, note=note)


def is_proven(one: Engagement, sheet: Sheet) -> bool:
    return bool(one.revoked_on and one.revoked_on <= sheet.today and one.proof)


def is_offboarded(vendor: Vendor, sheet: Sheet) -> bool:
    """Is the contract over, and access of every engagement proven gone?"""
    until = vendor.contract.valid.until if vendor.contract else None
    is_over = until is not None and until < sheet.today
    return is_over and bool(vendor.engagements) and all(is_proven(one, sheet) for one in vendor.engagements)


def _wants(sheet: Sheet) -> AccessSettings:
    return sheet.wants("access", AccessSettings)
