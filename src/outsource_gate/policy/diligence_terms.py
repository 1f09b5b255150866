"""What does a tier want to be known of a vendor, and what is not? Pure; the day is the caller's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from outsource_gate.model.certificate import covers_name, held_until
from outsource_gate.model.diligence import Assessment, DueDiligence, Questionnaire
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import Age, after, is_within, length
from outsource_gate.model.terms import Text
from outsource_gate.model.verdict import Effect
from outsource_gate.policy.concern import Concern, Customer, days
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

COMMON = ("ISO/IEC 27001", "SOC 2")


class DiligenceSettings(GateSettings):
    waivable = may_be_waived(vendor=["reassessment-overdue", "questionnaire-too-old"])

    assessment: bool = setting(True, "a risk assessment from before the contract was signed", stricter="higher")
    assessment_max_age: Age = setting(
        "12 months", "age from which a reassessment is overdue; ours to do", stricter="shorter"
    )
    certifications: tuple[Text, ...] = setting(
        COMMON, "certifications that count (none named: any)", stricter="fewer"
    )
    certifications_needed: int = setting(
        1, "how many different ones of them must be valid", stricter="higher", ge=0, le=20
    )
    vetting: bool = setting(True, "the vendor's staff was vetted", stricter="higher")
    questionnaire_score: int = setting(
        0,
        "least score of the newest questionnaire in percent (0: none asked for)",
        stricter="higher",
        ge=0,
        le=100,
    )
    questionnaire_max_age: Age = setting("any", "age up to which a questionnaire counts", stricter="shorter")
    incidents: Literal["note", "deny"] = setting(
        "note", "what an open incident does that is critical or high", stricter=("note", "deny")
    )
    notice_days: int = setting(60, "days before an expiry from which it is told", stricter="higher", ge=0, le=1_000)
    customer: Customer = setting("warn", "what our own overdue duty does", stricter=("warn", "deny"))

    @property
    def ask_nothing(self) -> bool:
        return not (self.assessment or self.certifications_needed or self.vetting or self.questionnaire_score)


def diligence_concerns(vendor: Vendor, wants: DiligenceSettings, today: date) -> Iterator[Concern]:
    """Give everything that is missing, lapsed, too old, too early or too late."""
    known = vendor.due_diligence or DueDiligence()
    signed = vendor.contract.signed_on if vendor.contract else None
    if wants.assessment:
        yield from _assessment(known.risk_assessment, signed, wants, today)
    if wants.certifications_needed:
        yield from _certifications(known, wants, today)
    if wants.vetting:
        yield from _vetting(known, today)
    if wants.questionnaire_score:
        yield from _questionnaire(known.questionnaires, wants, today)
    yield from _incidents(known, wants, today)


def _assessment(
    seen: Assessment | None, signed: date | None, wants: DiligenceSettings, today: date
) -> Iterator[Concern]:
    if seen is None:
        yield _concern("assessment-missing", "no risk assessment on register", "", "risk_assessment")
        return
    if seen.on > today:
        yield _concern("assessment-in-future", "the risk assessment is still to come", f"{seen.on}", *_ASSESSED)
    first = seen.first_on or seen.on
    if signed and first > signed:
        internal = f"first assessed on {first}, signed on {signed}"
        yield _concern("assessment-after-signing", "assessed after the contract was signed", internal, *_ASSESSED)
    if seen.result == "unacceptable":
        yield _concern("assessment-unacceptable", "the risk was found unacceptable", f"on {seen.on}", *_ASSESSED)
    elif seen.result == "acceptable-with-conditions":
        yield _note("assessment-conditions", "acceptable with conditions", f"on {seen.on}", *_ASSESSED)
    if seen.on <= today:
        yield from _reassessment(seen, wants, today)


_ASSESSED = ("risk_assessment", "on")


def _reassessment(seen: Assessment, wants: DiligenceSettings, today: date) -> Iterator[Concern]:
    """It was ours to do: the vendor is not blocked for it, unless the tier says so."""
    age = reassessed_every(seen, wants)
    last = after(seen.on, age) if age != "any" else date.max
    internal = f"assessed on {seen.on}, wanted every {age}"
    path = ("due_diligence", *_ASSESSED)
    if today > last:
        message = "the vendor's reassessment is overdue"
        yield Concern("reassessment-overdue", message, path, internal, duty="customer")
    elif last - today < timedelta(days=wants.notice_days):
        internal = f"{internal}, due by {last}"
        message = "the vendor's reassessment is due soon"
        yield Concern("reassessment-due", message, path, internal, Effect.NOTE, "customer")


def reassessed_every(seen: Assessment, wants: DiligenceSettings) -> str:
    """The shorter of the tier's age and the cadence that the register gives."""
    return min(seen.reassess_every or "any", wants.assessment_max_age, key=length)


def _certifications(known: DueDiligence, wants: DiligenceSettings, today: date) -> Iterator[Concern]:
    """A lapsed one is told only where too few others are valid."""
    until = held_until(known.certifications, wants.certifications, wants.certifications_needed, today)
    if until is None:
        found = tuple(_not_valid(known, wants, today))
        listed = " or ".join(wants.certifications) or "any"
        internal = f"{wants.certifications_needed} of {listed} wanted"
        yield from found or (
            _concern("certification-missing", "a required certification is missing", internal, "certifications"),
        )
    elif until - today < timedelta(days=wants.notice_days):
        internal = f"ends in {days((until - today).days)} ({until})"
        yield _note("certification-expiring", "a required certification expires soon", internal, "certifications")


def _not_valid(known: DueDiligence, wants: DiligenceSettings, today: date) -> Iterator[Concern]:
    for number, one in enumerate(known.certifications):
        path = ("certifications", number)
        if wants.certifications and not any(covers_name(name, one.name) for name in wants.certifications):
            continue
        if one.valid_until is None:
            message = "a certification has no last day"
            yield _concern("certification-undated", message, one.name, *path, "valid_until")
        elif one.valid_until < today:
            internal = f"{one.name} ended {days((today - one.valid_until).days)} ago ({one.valid_until})"
            yield _concern("certification-lapsed", "a certification lapsed", internal, *path, "valid_until")
        elif one.valid_from and one.valid_from > today:
            internal = f"{one.name} begins on {one.valid_from}"
            message = "a certification is not valid yet"
            yield _concern("certification-not-yet-valid", message, internal, *path, "valid_from")


def _vetting(known: DueDiligence, today: date) -> Iterator[Concern]:
    seen, place = known.personnel_vetting, "personnel_vetting"
    if seen is None:
        yield _concern("vetting-missing", "no vetting of the vendor's staff on register", "", place)
    elif seen.result == "failed":
        yield _concern("vetting-failed", "the vetting of the staff failed", f"on {seen.on}", place, "result")
    elif seen.on > today:
        yield _concern("vetting-in-future", "the vetting is still to come", f"on {seen.on}", place, "on")


def _questionnaire(seen: tuple[Questionnaire, ...], wants: DiligenceSettings, today: date) -> Iterator[Concern]:
    """The newest one decides; of two of one day the worse."""
    newest = newest_questionnaire(seen, today)
    if newest is None:
        message = "the questionnaire is still to come" if seen else "no questionnaire on register"
        yield _concern("questionnaire-missing", message, "", "questionnaires")
        return
    path = ("questionnaires", seen.index(newest))
    if newest.score < wants.questionnaire_score:
        internal = f"{newest.name}: {newest.score} of at least {wants.questionnaire_score} percent"
        yield _concern("questionnaire-score-low", "the questionnaire's score is too low", internal, *path, "score")
    if not is_within(newest.on, today, wants.questionnaire_max_age):
        internal = f"{newest.name}: of {newest.on}, at most {wants.questionnaire_max_age} old"
        yield _concern("questionnaire-too-old", "the questionnaire is too old", internal, *path, "on")


def newest_questionnaire(seen: tuple[Questionnaire, ...], today: date) -> Questionnaire | None:
    """The one that decides on a day; None where none is from before it."""
    past = [one for one in seen if one.on <= today]
    return max(past, key=lambda one: (one.on, -one.score), default=None)


def _incidents(known: DueDiligence, wants: DiligenceSettings, today: date) -> Iterator[Concern]:
    for number, incident in enumerate(known.track_record):
        is_open = incident.closed_on is None or incident.closed_on > today
        if is_open and incident.severity in ("critical", "high"):
            yield Concern(
                "incident-open",
                "an incident of the vendor is not closed",
                ("due_diligence", "track_record", number),
                f"{incident.severity}, of {incident.on}",
                Effect.DENY if wants.incidents == "deny" else Effect.NOTE,
            )


def relied_on_until(vendor: Vendor, wants: DiligenceSettings, today: date) -> Iterator[date]:
    """The last days of what a pass on this day relies on; what only warns is not relied on."""
    known = vendor.due_diligence
    if known is None:
        return
    if wants.certifications_needed:
        until = held_until(known.certifications, wants.certifications, wants.certifications_needed, today)
        yield from (until,) if until else ()
    newest = newest_questionnaire(known.questionnaires, today)
    if newest and wants.questionnaire_score and wants.questionnaire_max_age != "any":
        yield after(newest.on, wants.questionnaire_max_age)
    if known.risk_assessment and wants.assessment and wants.customer == "deny":
        age = reassessed_every(known.risk_assessment, wants)
        yield from (after(known.risk_assessment.on, age),) if age != "any" else ()


def _concern(code: str, message: str, internal: str, *path: str | int) -> Concern:
    return Concern(code, message, ("due_diligence", *path), internal)


def _note(code: str, message: str, internal: str, *path: str | int) -> Concern:
    return Concern(code, message, ("due_diligence", *path), internal, Effect.NOTE)
