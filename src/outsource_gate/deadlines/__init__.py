"""Until when has a finding to be fixed, and is it past that? Pure; for the gate, the tables and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from outsource_gate.model.contract import RemediationSla
from outsource_gate.model.finding import Severity
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import ANY, after


@dataclass(frozen=True, slots=True)
class Deadline:
    """By which day, and what says so."""

    day: date
    span: str
    agreed: bool  # in the contract; else the tier's own


def deadline(
    first_seen: date, severity: Severity, vendor: Vendor | None, defaults: Mapping[Severity, str]
) -> Deadline | None:
    """Count from the day it was first seen; None: neither contract nor tier says how long it may stay open."""
    written = agreed(vendor)
    if written and (span := getattr(written, severity.value)):
        return Deadline(after(first_seen, span), span, agreed=True)
    span = defaults.get(severity, ANY)
    return None if span == ANY else Deadline(after(first_seen, span), span, agreed=False)


def agreed(vendor: Vendor | None) -> RemediationSla | None:
    """What the vendor's contract says, if it says anything."""
    return vendor.contract.remediation_sla if vendor and vendor.contract else None


def is_overdue(due: Deadline | None, today: date) -> bool:
    """The last day counts whole."""
    return due is not None and today > due.day
