"""Do policy and register contradict themselves? Every contradiction is one error with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outsource_gate.model.identity import ascii_lower
from outsource_gate.model.register import RESERVED_VENDOR_IDS, Vendor
from outsource_gate.model.terms import Window
from outsource_gate.policy.access_consistency import check_access, engagement_windows
from outsource_gate.policy.contradictions import check_contradictions
from outsource_gate.policy.patterns import unmatchable
from outsource_gate.policy.register import RegisteredPerson, RegisteredVendor, Written
from outsource_gate.policy.signing_key import key_id
from outsource_gate.policy.yaml_text import Place, shown

Identifier = tuple[str, str | int]


def check_consistency(written: Written) -> None:
    """Raise PolicyError for the first contradiction found."""
    _check_vendor_ids(written.vendors)
    taken = _check_people(written)
    _check_bots(written, taken)
    _check_assistants(written, taken)
    for entry in written.vendors:
        _check_relations(entry, {other.vendor.id for other in written.vendors})
        _check_dates(entry)
        check_access(entry)
        if access := entry.vendor.access:
            _check_paths(access.paths, entry.place.below("access", "paths"))
            _check_paths(access.deny_paths, entry.place.below("access", "deny_paths"))
    for person in written.internal:
        _check_window(person.person.active, person.place.below("active"))
    check_contradictions(written)


def _check_vendor_ids(vendors: tuple[RegisteredVendor, ...]) -> None:
    seen: dict[str, Place] = {}
    for entry in vendors:
        place = entry.place.below("id")
        if entry.vendor.id in RESERVED_VENDOR_IDS:
            raise place.error(f"{entry.vendor.id!r} is reserved", "give the vendor another id")
        if entry.vendor.id in seen:
            raise place.error(
                f"{entry.vendor.id!r} is also the vendor at {seen[entry.vendor.id]}", "give one of them another id"
            )
        seen[entry.vendor.id] = place


def _check_people(written: Written) -> dict[Identifier, Place]:
    """Nobody can be two persons: each id, address, account and key stands once in the whole register."""
    seen: dict[Identifier, Place] = {}
    for entry in written.people():
        for kind, value, place in _identifiers(entry):
            if (kind, value) in seen:
                raise place.error(
                    f"{kind} {shown(value)} stands twice, also at {seen[kind, value]}",
                    "it belongs to one person, and is listed once",
                )
            seen[kind, value] = place
    return seen


def _identifiers(entry: RegisteredPerson) -> Iterator[tuple[str, str | int, Place]]:
    person = entry.person
    yield "id", person.id, entry.place.below("id")
    for number, email in enumerate(person.emails):
        yield "email", ascii_lower(email), entry.place.below("emails", number)
    for forge in ("github", "gitlab"):
        for account in person.accounts(forge):
            yield f"{forge} login", ascii_lower(account.login), entry.place.below(forge)
            if account.id is not None:
                yield f"{forge} id", account.id, entry.place.below(forge)
    for number, key in enumerate(person.signing_keys):
        place = entry.place.below("signing_keys", number)
        yield "signing key", _key(key, place), place


def _key(text: str, place: Place) -> str:
    try:
        return key_id(text)
    except ValueError as error:
        raise place.error(str(error)) from None


def _check_bots(written: Written, taken: dict[Identifier, Place]) -> None:
    seen = dict(taken)
    for number, bot in enumerate(written.policy.bots):
        place = written.text.place(("bots", number))
        _check_paths(bot.may_touch, place.below("may_touch"))
        for kind, value in (("id", bot.id), ("github id", bot.github_id), ("gitlab id", bot.gitlab_id)):
            if value is None:
                continue
            if (kind, value) in seen:
                raise place.error(
                    f"{kind} {shown(value)} stands twice, also at {seen[kind, value]}",
                    "a bot is no person, and one bot",
                )
            seen[kind, value] = place


def _check_assistants(written: Written, taken: dict[Identifier, Place]) -> None:
    for number, email in enumerate(written.policy.assistants):
        if registered := taken.get(("email", ascii_lower(email))):
            raise written.text.place(("assistants", number)).error(
                f"{shown(email)} is a registered person's address, at {registered}",
                "an assistant is no person: remove one of the two",
            )


def _check_relations(entry: RegisteredVendor, known: set[str]) -> None:
    for key in ("affiliates", "subcontractors"):
        for number, other in enumerate(getattr(entry.vendor, key)):
            place = entry.place.below(key, number)
            if other == entry.vendor.id:
                raise place.error(f"{other!r} is this vendor itself", "remove it")
            if other not in known:
                raise place.error(
                    f"no vendor {other!r} is registered",
                    "correct the id, or register it; without people and access it may do nothing",
                )


def _check_dates(entry: RegisteredVendor) -> None:
    vendor = entry.vendor
    for window, place in _windows(entry):
        _check_window(window, place)
        if vendor.contract and window is not vendor.contract.valid and _is_apart(window, vendor.contract.valid):
            raise place.error(
                f"{_days(window)} lies outside the contract, {_days(vendor.contract.valid)}",
                "correct one of the two",
            )
    _check_signature(vendor, entry.place)


def _windows(entry: RegisteredVendor) -> Iterator[tuple[Window, Place]]:
    if entry.vendor.contract:
        yield entry.vendor.contract.valid, entry.place.below("contract", "valid")
    if entry.vendor.access:
        yield entry.vendor.access.valid, entry.place.below("access", "valid")
    yield from engagement_windows(entry)
    for person in entry.people():
        yield person.person.active, person.place.below("active")


def _check_window(window: Window, place: Place) -> None:
    if window.from_ and window.until and window.until < window.from_:
        raise place.error(
            f"until {window.until} is before from {window.from_}", "`until` is the last day, and counts whole"
        )


def _check_signature(vendor: Vendor, place: Place) -> None:
    contract = vendor.contract
    if contract and contract.signed_on and contract.valid.until and contract.signed_on > contract.valid.until:
        raise place.below("contract", "signed_on").error(
            f"signed on {contract.signed_on}, after the contract's last day {contract.valid.until}",
            "correct one of the two",
        )


def _is_apart(one: Window, other: Window) -> bool:
    latest_start = max(one.from_ or date.min, other.from_ or date.min)
    return latest_start > min(one.until or date.max, other.until or date.max)


def _days(window: Window) -> str:
    return f"{window.from_ or 'any day'} to {window.until or 'any day'}"


def _check_paths(patterns: tuple[str, ...], place: Place) -> None:
    """A pattern that can never match must not look as if it denied something."""
    for number, pattern in enumerate(patterns):
        if why := unmatchable(pattern):
            raise place.below(number).error(f"{shown(pattern)} {why[0]}", why[1])
