"""Gate contract: was a contract with the required clauses signed, approved, and is it in force now?"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.gates import Gate, verdict
from outsource_gate.lacking import unregistered
from outsource_gate.model.document import Compared, documents_of
from outsource_gate.model.facts import Facts
from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Effect, Reason, Stage, Verdict
from outsource_gate.policy.contract_terms import ContractSettings, contract_concerns

REASONS = {
    "vendor-unregistered": "Work of somebody nobody registered: there is no contract to look at.",
    "contract-missing": "The register names no contract for this vendor.",
    "contract-not-in-force": "Today lies outside the contract's days.",
    "contract-renewal-due": "The contract ends soon; from its renewal notice on, that is said.",
    "contract-unsigned": "The contract has no signature date, or one in the future.",
    "contract-signed-late": "The contract was signed after it had begun.",
    "contract-unapproved": "Nobody on our side is named as having approved the contract.",
    "contract-document-missing": "The register does not name the signed document and its SHA-256.",
    "clause-missing": "A clause that the vendor's tier requires is not in the contract.",
    "artefact-missing": "The contract lacks an escrow, code ownership or acceptance tests that the tier requires.",
    "remediation-sla-missing": "The contract does not say how long findings may stay open.",
    "security-contact-missing": "The register names nobody at the vendor to write to about a weakness.",
    "incident-notification-missing": "The register does not say how the vendor tells us of incidents.",
    "audit-overdue": "Our right to audit the vendor was not exercised within the tier's time.",
    "document-differs": "A document of this vendor's entry is another than the one that was registered.",
    "document-not-checked": "A document of this vendor's entry could not be compared with its registered digest.",
}
Settings = ContractSettings
_MOST_NAMED = 20


def judge(facts: Facts, settings: ContractSettings) -> Verdict:
    """Judge the contract on the day of the run; the commit's dates are claims and decide nothing.

    Documents of the whole entry are judged here, whatever part of it names them.
    """
    vendor = facts.registered(facts.vendor)
    if vendor is None:
        return verdict("contract", facts, (unregistered("no contract"),), summary="not registered")
    concerns = contract_concerns(vendor, settings, facts.today)
    compared = _compared(vendor, facts)
    reasons = (
        *(concern.reason(vendor, settings.customer) for concern in concerns),
        *_documents(vendor, compared, settings),
    )
    return verdict("contract", facts, reasons, summary=_summary(reasons, compared))


def _compared(vendor: Vendor, facts: Facts) -> tuple[tuple[str, Compared], ...]:
    """Every document with what became of it; silence is no comparison."""
    known = {one.document: one for one in facts.documents} if isinstance(facts.documents, tuple) else {}
    return tuple(
        (named.what, known.get(named.document) or Compared(named.document, "not-checked", "nobody looked"))
        for named in documents_of(vendor)
    )


def _documents(
    vendor: Vendor, compared: tuple[tuple[str, Compared], ...], settings: ContractSettings
) -> Iterator[Reason]:
    """One reason for each that differs, and one for all that nobody compared."""
    for what, one in compared:
        if one.outcome == "differs":
            message = "a document is not the one registered"
            yield _about("document-differs", message, vendor, (_line(what, one),))
    unchecked = tuple(_line(what, one) for what, one in compared if one.outcome == "not-checked")
    if unchecked:
        effect = Effect.UNDECIDED if settings.documents == "checked" else Effect.NOTE
        message = f"documents not compared with their digest: {len(unchecked)}"
        yield _about("document-not-checked", message, vendor, unchecked, effect)


def _line(what: str, one: Compared) -> str:
    return f"{what}: {one.document.name}" + (f" ({one.why})" if one.why else "")


def _about(
    code: str, message: str, vendor: Vendor, internal: tuple[str, ...], effect: Effect = Effect.DENY
) -> Reason:
    """Names of documents are for our own readers."""
    told = "; ".join(internal[:_MOST_NAMED]) + (" ..." if len(internal) > _MOST_NAMED else "")
    return Reason(code, message, effect, next_step=f"ask {vendor.owner}", who=vendor.owner, internal=told)


def _summary(reasons: tuple[Reason, ...], compared: tuple[tuple[str, Compared], ...]) -> str:
    state = "in force" if all(reason.effect is Effect.NOTE for reason in reasons) else "not in order"
    if not compared:
        return state
    matching = sum(one.outcome == "matches" for _, one in compared)
    return f"{state}, {matching} of {len(compared)} documents compared and as registered"


GATE = Gate(
    id="contract",
    title="Contract",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"documents"}),
    stages=frozenset({Stage.CHANGE, Stage.RELEASE}),
    controls=("A.8.30", "A.5.20"),
    version=2,
)
