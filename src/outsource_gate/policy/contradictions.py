"""Do dates, approvers and documents of the register contradict themselves? Each is one error with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from outsource_gate.model.contract import CLAUSES
from outsource_gate.model.document import documents_of, place_of
from outsource_gate.model.identity import ascii_lower
from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Document
from outsource_gate.policy.register import RegisteredVendor, Written
from outsource_gate.policy.tiers import Tier
from outsource_gate.policy.yaml_text import Place, shown

_ADDRESS = re.compile(r"<([^<>]+)>")


def check_contradictions(written: Written) -> None:
    """PolicyError for the first one found."""
    outsiders = _outsiders(written)
    for entry in written.vendors:
        _check_days(entry)
        for approver, place in _approvers(entry.vendor, entry.place):
            _check_approver(approver, place, outsiders)
    for number, own in enumerate(written.policy.documents):
        place = written.text.place(("documents", number))
        _check_approver(own.approved_by or "", place.below("approved_by"), outsiders)
        if own.id in {other.id for other in written.policy.documents[:number]}:
            raise place.below("id").error(f"{own.id!r} stands twice", "give one of them another id")
    _check_digests(written)


def check_clauses(written: Written, tiers: Mapping[str, Tier]) -> None:
    """PolicyError for a clause that no tier knows: a misspelt one must not look as if it were agreed on."""
    named = (getattr(tier.gates.get("contract"), "clauses", ()) for tier in tiers.values())
    known = tuple(dict.fromkeys((*CLAUSES, *(clause for clauses in named for clause in clauses))))
    for entry in written.vendors:
        for clause in entry.vendor.contract.clauses if entry.vendor.contract else ():
            if clause not in known:
                meant = get_close_matches(clause, known, 1, 0.6)
                raise entry.place.below("contract", "clauses", clause).error(
                    f"no tier knows this clause; allowed: {', '.join(known)}",
                    f"did you mean {meant[0]}?" if meant else "name it in a tier: contract: {clauses: [...]}",
                )


def _check_days(entry: RegisteredVendor) -> None:
    diligence = entry.vendor.due_diligence
    if diligence is None:
        return
    place = entry.place.below("due_diligence")
    for number, one in enumerate(diligence.certifications):
        if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
            raise place.below("certifications", number, "valid_until").error(
                f"valid until {one.valid_until}, before its first day {one.valid_from}", "correct one of the two"
            )
    assessed = diligence.risk_assessment
    if assessed and assessed.first_on and assessed.first_on > assessed.on:
        raise place.below("risk_assessment", "first_on").error(
            f"first assessed on {assessed.first_on}, after the last time, {assessed.on}", "correct one of the two"
        )
    for number, incident in enumerate(diligence.track_record):
        if incident.closed_on and incident.closed_on < incident.on:
            raise place.below("track_record", number, "closed_on").error(
                f"closed on {incident.closed_on}, before it happened, {incident.on}", "correct one of the two"
            )


def _outsiders(written: Written) -> dict[str, str]:
    """Ids and addresses of the vendors' people, with the vendor; ids are unique in the whole register."""
    found: dict[str, str] = {}
    for entry in written.vendors:
        for person in entry.vendor.people:
            found |= {ascii_lower(name): entry.vendor.id for name in (person.id, *person.emails)}
    return found


def _approvers(vendor: Vendor, place: Place) -> Iterator[tuple[str, Place]]:
    """Whoever vouches for the vendor on our side. Its own answers and trainings it may well sign itself."""
    contract, diligence, access = vendor.contract, vendor.due_diligence, vendor.access
    for number, name in enumerate(contract.approved_by if contract else ()):
        yield name, place.below("contract", "approved_by", number)
    if diligence:
        for key in ("risk_assessment", "personnel_vetting"):
            held = getattr(diligence, key)
            yield (held.by or "" if held else ""), place.below("due_diligence", key, "by")
    if access and access.reviewed:
        yield access.reviewed.by or "", place.below("access", "reviewed", "by")
    for number, activity in enumerate(vendor.oversight):
        if activity.last and activity.owed_by == "customer":
            yield activity.last.by or "", place.below("oversight", number, "last", "by")
    for number, delivery in enumerate(vendor.deliveries):
        yield delivery.imported_by, place.below("deliveries", number, "imported_by")


def _check_approver(name: str, place: Place, outsiders: Mapping[str, str]) -> None:
    """`Vic Vendor <vic@acme.example>` is vic, too."""
    claims = (ascii_lower(name.strip()), *(ascii_lower(address) for address in _ADDRESS.findall(name)))
    vendor = next((outsiders[claim] for claim in claims if claim in outsiders), None)
    if vendor:
        raise place.error(
            f"{shown(name)} is a person of the vendor {vendor}, and cannot vouch for a vendor",
            "name somebody of ours who did it",
        )


def _check_digests(written: Written) -> None:
    """One place holds one document."""
    seen: dict[str, tuple[str, Place]] = {}
    for document, place in _documents(written):
        name = place_of(document)
        digest, before = seen.setdefault(name, (document.sha256, place))
        if digest != document.sha256:
            raise place.below("sha256").error(
                f"{shown(name)} stands twice with different digests, also at {before}",
                "both cannot be right: `sha256sum` prints the one of the file",
            )


def _documents(written: Written) -> Iterator[tuple[Document, Place]]:
    for number, own in enumerate(written.policy.documents):
        yield own, written.text.place(("documents", number))
    for entry in written.vendors:
        yield from ((named.document, entry.place.below(*named.path)) for named in documents_of(entry.vendor))
