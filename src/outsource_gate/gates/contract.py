"""Gate contract: was a contract with the required clauses signed, approved, and is it in force now?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outsource_gate.gates import Gate, verdict
from outsource_gate.model.contract import CLAUSES, Contract
from outsource_gate.model.facts import Facts
from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Reason, Stage, Verdict
from outsource_gate.policy.settings import GateSettings, setting

REASONS = {
    "vendor-unregistered": "Work of somebody nobody registered: there is no contract to look at.",
    "contract-missing": "The register names no contract for this vendor.",
    "contract-not-in-force": "Today lies outside the contract's days.",
    "contract-unsigned": "The contract has no signature date, or one in the future.",
    "contract-unapproved": "Nobody on our side is named as having approved the contract.",
    "contract-document-missing": "The register does not name the signed document and its SHA-256.",
    "clause-missing": "A clause that the vendor's tier requires is not in the contract.",
}


class Settings(GateSettings):
    clauses: tuple[str, ...] = setting(CLAUSES, "clauses that must be in the contract", stricter="more")
    document: bool = setting(True, "the signed document must be named by its SHA-256", stricter="higher")


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge the contract on the day of the run; the commit's dates are claims and decide nothing."""
    vendor = facts.registered(facts.vendor)
    if vendor is None:
        return verdict("contract", facts, (_unregistered(),), summary="not registered")
    if vendor.contract is None:
        reason = _reason(vendor, "contract-missing", "no contract on register")
        return verdict("contract", facts, (reason,), summary="no contract on register")
    reasons = tuple(_problems(vendor, vendor.contract, facts.today, settings))
    return verdict("contract", facts, reasons, summary="not in order" if reasons else "in force")


def _unregistered() -> Reason:
    return Reason(
        "vendor-unregistered",
        "no contract: the author of this work is not in the register",
        next_step="have the person registered under their vendor, or use the registered address",
        who="the owner of the policy",
    )


def _problems(vendor: Vendor, contract: Contract, day: date, settings: Settings) -> Iterator[Reason]:
    if not contract.valid.covers(day):
        yield _reason(vendor, "contract-not-in-force", "not in force", _when(contract, day))
    if contract.signed_on is None or contract.signed_on > day:
        yield _reason(vendor, "contract-unsigned", "not signed", f"{contract.reference}: {contract.signed_on}")
    if not contract.approved_by:
        yield _reason(vendor, "contract-unapproved", "approved by nobody on our side", contract.reference)
    if settings.document and contract.document is None:
        yield _reason(vendor, "contract-document-missing", "signed document not on register", contract.reference)
    for clause in settings.clauses:
        if clause not in contract.clauses:
            yield _reason(
                vendor, "clause-missing", "a required clause is missing", f"{contract.reference}: {clause}"
            )


def _when(contract: Contract, day: date) -> str:
    until, start = contract.valid.until, contract.valid.from_
    if until and day > until:
        return f"{contract.reference} ended {_days((day - until).days)} ago ({until})"
    if start and day < start:
        return f"{contract.reference} starts in {_days((start - day).days)} ({start})"
    raise AssertionError("only asked where the window does not cover the day")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _reason(vendor: Vendor, code: str, message: str, internal: str = "") -> Reason:
    """Contract terms are for our own readers: a contractor sees that, not what."""
    return Reason(code, message, next_step=f"ask {vendor.owner}", who=vendor.owner, internal=internal)


GATE = Gate(
    id="contract",
    title="Contract",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    stages=frozenset({Stage.CHANGE}),
    controls=("A.8.30", "A.5.20"),
)
