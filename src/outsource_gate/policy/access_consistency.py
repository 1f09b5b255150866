"""Does what a vendor was given contradict itself: networks, engagements, acknowledgements?"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from outsource_gate.model.granted import Engagement
from outsource_gate.model.register import Acknowledged
from outsource_gate.model.terms import Window
from outsource_gate.policy.register import RegisteredVendor
from outsource_gate.policy.yaml_text import Place, shown


def check_access(entry: RegisteredVendor) -> None:
    """Raise PolicyError for the first contradiction; windows are compared with the others of the vendor."""
    access = entry.vendor.access
    if access and access.remote_access:
        _check_networks(access.remote_access.networks, entry.place.below("access", "remote_access", "networks"))
    _check_engagements(entry.vendor.engagements, entry.place.below("engagements"))
    for person in entry.people():
        if person.person.checklist:
            _check_acknowledged(person.person.checklist, person.place.below("checklist", "first_on"))


def engagement_windows(entry: RegisteredVendor) -> Iterator[tuple[Window, Place]]:
    """Give the days of every engagement, which lie within the contract's as everybody's do."""
    for number, one in enumerate(entry.vendor.engagements):
        yield one.valid, entry.place.below("engagements", number, "valid")


def _check_networks(networks: tuple[str, ...], place: Place) -> None:
    for number, network in enumerate(networks):
        try:
            if "/" not in network:
                raise ValueError("no length")
            ip_network(network)
        except ValueError:
            raise place.below(number).error(
                f"got {shown(network)}, expected a network as CIDR with no bit set behind its length",
                "write it as 203.0.113.0/24 or 2001:db8::/48; one address is 203.0.113.7/32",
            ) from None


def _check_engagements(engagements: tuple[Engagement, ...], place: Place) -> None:
    seen: set[str] = set()
    for number, one in enumerate(engagements):
        if one.id in seen:
            raise place.below(number, "id").error(f"{one.id!r} stands twice", "give one of them another id")
        seen.add(one.id)
        if one.revoked_on and one.valid.from_ and one.revoked_on < one.valid.from_:
            raise place.below(number, "revoked_on").error(
                f"revoked on {one.revoked_on}, before it began on {one.valid.from_}", "correct one of the two"
            )


def _check_acknowledged(known: Acknowledged, place: Place) -> None:
    if known.first_on and known.first_on > known.acknowledged_on:
        raise place.error(
            f"first_on {known.first_on} is after acknowledged_on {known.acknowledged_on}",
            "`first_on` is the first time, `acknowledged_on` that of the version named",
        )
