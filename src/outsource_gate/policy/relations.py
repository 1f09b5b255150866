"""Which vendors belong together? Pure."""

from __future__ import annotations

from collections.abc import Mapping

from outsource_gate.model.register import Vendor


def both_ways(vendors: Mapping[str, Vendor]) -> dict[str, Vendor]:
    """Count every relation from both ends: a vendor named by one as affiliate or subcontractor has that affiliate.

    Affiliates cannot approve each other's changes, whichever of the two files says so.
    """
    named_by: dict[str, set[str]] = {}
    for vendor in vendors.values():
        for other in vendor.related - {vendor.id}:
            named_by.setdefault(other, set()).add(vendor.id)
    return {id_: _with_affiliates(vendor, named_by.get(id_, set())) for id_, vendor in vendors.items()}


def _with_affiliates(vendor: Vendor, others: set[str]) -> Vendor:
    missing = sorted(others - vendor.related)
    return vendor.model_copy(update={"affiliates": (*vendor.affiliates, *missing)}) if missing else vendor
