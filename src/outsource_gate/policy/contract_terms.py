"""What does a tier want of a contract, and what does one lack? Pure; the day is the caller's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from outsource_gate.model.contract import ARTEFACTS, CLAUSES, Artefact, Contract
from outsource_gate.model.diligence import Severities
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import ANY, Age, after, before, is_within
from outsource_gate.model.terms import Slug
from outsource_gate.model.verdict import Effect
from outsource_gate.policy.concern import Concern, Customer, days
from outsource_gate.policy.settings import GateSettings, setting

SEVERITIES: tuple[Severities, ...] = ("critical", "high", "medium", "low")
_AUDIT = "right-to-audit"


class ContractSettings(GateSettings):
    clauses: tuple[Slug, ...] = setting(CLAUSES, "clauses that must be in the contract", stricter="more")
    document: bool = setting(True, "the signed document must be named by its SHA-256", stricter="higher")
    documents: Literal["named", "checked"] = setting(
        "named",
        "named: documents are compared where they can be read; checked: undecided where one was not compared",
        stricter=("named", "checked"),
    )
    artefacts: tuple[Literal[ARTEFACTS], ...] = setting(  # type: ignore[valid-type]
        (), "what the contract must bring along: escrow, code-ownership, acceptance-tests", stricter="more"
    )
    remediation_sla: tuple[Severities, ...] = setting(
        SEVERITIES, "severities for which a time to fix must be agreed", stricter="more"
    )
    security_contact: bool = setting(True, "somebody to write to about a weakness", stricter="higher")
    incident_notification: bool = setting(True, "how the vendor tells us of incidents", stricter="higher")
    audit_max_age: Age = setting(
        ANY, "how long ago the right to audit may have been exercised; ours to do", stricter="shorter"
    )
    customer: Customer = setting("warn", "what our own overdue duty does", stricter=("warn", "deny"))


def contract_concerns(vendor: Vendor, wants: ContractSettings, today: date) -> Iterator[Concern]:
    """Give everything that is not in order; what denies on another day only, does not on this one."""
    contract = vendor.contract
    if contract is None:
        yield _concern("contract-missing", "no contract on register")
        return
    yield from _signed(contract, today)
    yield from _lacking(contract, wants)
    yield from _reachable(vendor, wants)
    yield from _audit(contract, wants, today)


def _signed(contract: Contract, today: date) -> Iterator[Concern]:
    if not contract.valid.covers(today):
        yield _concern("contract-not-in-force", "not in force", _when(contract, today), "valid")
    elif renewal := _renewal(contract, today):
        yield _note("contract-renewal-due", "renewal is due", renewal, "valid", "until")
    signed, start = contract.signed_on, contract.valid.from_
    if signed is None or signed > today:
        internal = f"{contract.reference}: {signed or 'no day'}"
        yield _concern("contract-unsigned", "not signed", internal, "signed_on")
    elif start and signed > start:
        internal = f"{contract.reference}: signed on {signed}, began on {start}"
        yield _note("contract-signed-late", "signed after it began", internal, "signed_on")
    if not contract.approved_by:
        yield _concern("contract-unapproved", "approved by nobody on our side", contract.reference, "approved_by")


def _renewal(contract: Contract, today: date) -> str:
    until, notice = contract.valid.until, contract.renewal_notice
    if not (until and notice and today >= before(until, notice)):
        return ""
    return f"{contract.reference} ends in {days((until - today).days)} ({until}), asked for {notice} before"


def _lacking(contract: Contract, wants: ContractSettings) -> Iterator[Concern]:
    reference = contract.reference
    if wants.document and contract.document is None:
        yield _concern("contract-document-missing", "signed document not on register", reference, "document")
    for clause in wants.clauses:
        if clause not in contract.clauses:
            yield _concern("clause-missing", "a required clause is missing", f"{reference}: {clause}", "clauses")
    for name in wants.artefacts:
        if not _is_there(contract.artefacts.get(name)):
            internal = f"{reference}: {name}"
            yield _concern("artefact-missing", "something the contract must bring along", internal, "artefacts")
    lacking = [name for name in wants.remediation_sla if getattr(contract.remediation_sla, name, None) is None]
    if lacking:
        internal = f"{reference}: nothing agreed for {', '.join(lacking)}"
        yield _concern("remediation-sla-missing", "no agreed time to fix findings", internal, "remediation_sla")


def _is_there(artefact: Artefact | None) -> bool:
    return artefact is not None and bool(artefact.section or artefact.document)


def _reachable(vendor: Vendor, wants: ContractSettings) -> Iterator[Concern]:
    if wants.security_contact and vendor.security_contact is None:
        yield Concern("security-contact-missing", "nobody to write to about a weakness", ("security_contact",))
    if wants.incident_notification and vendor.incident_notification is None:
        yield Concern(
            "incident-notification-missing", "no way agreed to tell us of incidents", ("incident_notification",)
        )


def _audit(contract: Contract, wants: ContractSettings, today: date) -> Iterator[Concern]:
    """The first audit is due one age after the contract began."""
    clause = contract.clauses.get(_AUDIT)
    if clause is None or wants.audit_max_age == ANY:
        return
    exercised = clause.exercised_on
    last = exercised or contract.valid.from_ or contract.signed_on
    if last is None or not is_within(last, today, wants.audit_max_age):
        since = f"last on {exercised}" if exercised else "never"
        yield Concern(
            "audit-overdue",
            "our right to audit was not exercised in time",
            ("contract", "clauses", _AUDIT),
            f"{contract.reference}: exercised {since}, wanted every {wants.audit_max_age}",
            duty="customer",
        )


def audited_until(contract: Contract, wants: ContractSettings) -> date | None:
    """The last day on which the right to audit counts as exercised in time; None where nothing hangs on it."""
    clause = contract.clauses.get(_AUDIT)
    if clause is None or wants.audit_max_age == ANY or wants.customer == "warn":
        return None
    last = clause.exercised_on or contract.valid.from_ or contract.signed_on
    return after(last, wants.audit_max_age) if last else None


def _when(contract: Contract, today: date) -> str:
    until, start = contract.valid.until, contract.valid.from_
    if until and today > until:
        return f"{contract.reference} ended {days((today - until).days)} ago ({until})"
    if start and today < start:
        return f"{contract.reference} starts in {days((start - today).days)} ({start})"
    raise AssertionError("only asked where the window does not cover the day")


def _concern(code: str, message: str, internal: str = "", *path: str) -> Concern:
    return Concern(code, message, ("contract", *path), internal)


def _note(code: str, message: str, internal: str, *path: str) -> Concern:
    return Concern(code, message, ("contract", *path), internal, Effect.NOTE)
