"""Gate due-diligence: was the vendor looked at before the contract was signed, and is what was found still so?"""

from __future__ import annotations

from outsource_gate.gates import Gate, verdict
from outsource_gate.lacking import unregistered
from outsource_gate.model.facts import Facts
from outsource_gate.model.verdict import Effect, Stage, Status, Verdict
from outsource_gate.policy.diligence_terms import DiligenceSettings, diligence_concerns

REASONS = {
    "vendor-unregistered": "Work of somebody nobody registered: nobody looked at their vendor.",
    "assessment-missing": "The register has no risk assessment of this vendor.",
    "assessment-in-future": "The risk assessment is dated in the future.",
    "assessment-after-signing": "The first risk assessment is later than the contract's signature.",
    "assessment-unacceptable": "The risk assessment found the risk unacceptable.",
    "assessment-conditions": "The risk assessment found the risk acceptable with conditions.",
    "reassessment-overdue": "The last risk assessment is older than the tier, or the register, allows.",
    "reassessment-due": "The next risk assessment is due soon.",
    "certification-missing": "Too few of the certifications that the tier asks for are on register.",
    "certification-lapsed": "A certification that the tier asks for is no longer valid.",
    "certification-not-yet-valid": "A certification that the tier asks for is not valid yet.",
    "certification-undated": "A certification has no last day, so it does not count.",
    "certification-expiring": "Soon too few of the certifications that the tier asks for are valid.",
    "vetting-missing": "The register does not say that the vendor's staff was vetted.",
    "vetting-failed": "The vetting of the vendor's staff failed.",
    "vetting-in-future": "The vetting of the vendor's staff is dated in the future.",
    "questionnaire-missing": "The register has no questionnaire that the vendor answered.",
    "questionnaire-score-low": "The newest questionnaire's score is below what the tier asks for.",
    "questionnaire-too-old": "The newest questionnaire is older than the tier allows.",
    "incident-open": "A critical or high incident of the vendor's track record is not closed.",
}
Settings = DiligenceSettings


def judge(facts: Facts, settings: DiligenceSettings) -> Verdict:
    """Judge what is on register on the day of the run; a tier that asks for nothing of it judges nothing."""
    if settings.ask_nothing:
        summary = "this tier asks for none"
        return Verdict("due-diligence", facts.vendor, Status.NOT_APPLICABLE, (), summary)
    vendor = facts.registered(facts.vendor)
    if vendor is None:
        return verdict("due-diligence", facts, (unregistered("no due diligence"),), summary="not registered")
    concerns = diligence_concerns(vendor, settings, facts.today)
    reasons = tuple(concern.reason(vendor, settings.customer) for concern in concerns)
    denies = any(reason.effect is Effect.DENY for reason in reasons)
    return verdict("due-diligence", facts, reasons, summary="not in order" if denies else "in order")


GATE = Gate(
    id="due-diligence",
    title="Due diligence",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    stages=frozenset({Stage.CHANGE, Stage.RELEASE}),
    controls=("A.5.19", "A.5.21", "A.6.1"),
)
