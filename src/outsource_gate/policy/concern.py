"""What is wrong with a vendor's entry, and where does it stand? Gates make reasons of it, lint warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outsource_gate.model.oversight import Duty
from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Effect, Reason

Customer = Literal["warn", "deny"]


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that is not in order, in words a contractor may read; `internal` is for our own readers."""

    code: str
    message: str  # no date, no term of the contract, no name of a document
    path: tuple[str | int, ...]  # in the vendor's entry
    internal: str = ""
    effect: Effect = Effect.DENY
    duty: Duty = "vendor"

    def reason(self, vendor: Vendor, customer: Customer = "warn") -> Reason:
        """Say it to whoever reads the report. What is our own duty denies only where the tier says so."""
        is_ours = self.duty == "customer"
        return Reason(
            self.code,
            self.message,
            Effect.NOTE if is_ours and customer == "warn" else self.effect,
            next_step=f"ask {vendor.owner}" + (": this is ours to do, not the vendor's" if is_ours else ""),
            who=vendor.owner,
            internal=self.internal,
            duty=self.duty,
        )


def days(count: int) -> str:
    """Write a number of days."""
    return "1 day" if count == 1 else f"{count} days"
