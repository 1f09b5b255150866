"""Which days does a contract bring, and what was looked at before it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from outsource_gate.duties.obligation import Obligation, Sheet, State
from outsource_gate.model.certificate import covers_name, held_until
from outsource_gate.model.contract import Contract
from outsource_gate.model.diligence import Certification, DueDiligence
from outsource_gate.model.span import ANY, before
from outsource_gate.policy.contract_terms import ContractSettings
from outsource_gate.policy.diligence_terms import DiligenceSettings, newest_questionnaire

_AUDIT = "right-to-audit"
_TOP = "due_diligence"


def contract_duties(sheet: Sheet) -> Iterator[Obligation]:
    """Give the contract's end, its renewal, and the audit that is ours to make."""
    contract = sheet.vendor.contract
    if contract is None:
        yield sheet.missing("contract", "contract", "contract", asked_by=sheet.asks("contract"))
        return
    start, until = contract.valid.from_, contract.valid.until
    what, ours = f"end of contract {contract.reference}", {"duty": "customer"}  # only we can renew it
    if start and start > sheet.today:
        note = f"begins {start}"
        yield sheet.plain("contract", what, State.LATER, "contract", "valid", due=until, note=note, **ours)
    else:
        yield sheet.dated("contract", what, until, "contract", "valid", "until", note=_signed(contract), **ours)
    yield from _renewal(sheet, contract, until)
    yield from _audit(sheet, contract)


def _signed(contract: Contract) -> str:
    return f"signed {contract.signed_on}" if contract.signed_on else ""


def _renewal(sheet: Sheet, contract: Contract, until: date | None) -> Iterator[Obligation]:
    """Past its day it stays due until the contract ends: only then is it too late."""
    if not (until and contract.renewal_notice) or until < sheet.today:
        return
    due = before(until, contract.renewal_notice)
    entry = sheet.dated(
        "renewal", f"renewal of {contract.reference}", due, "contract", "renewal_notice", duty="customer"
    )
    is_open = entry.state is State.OVERDUE
    yield replace(entry, state=State.DUE, note=f"contract ends {until}") if is_open else entry


def _audit(sheet: Sheet, contract: Contract) -> Iterator[Obligation]:
    clause, age = contract.clauses.get(_AUDIT), sheet.wants("contract", ContractSettings).audit_max_age
    if clause is None or (age == ANY and not clause.exercised_on):
        return
    first = contract.valid.from_ or contract.signed_on  # the first audit is due one age after the beginning
    entry = sheet.done(
        "audit",
        "audit of the vendor",
        clause.exercised_on or first,
        (age,),
        *("contract", "clauses", _AUDIT),
        duty="customer",
        asked_by=sheet.asks("contract", "audit_max_age"),
    )
    yield entry if clause.exercised_on else replace(entry, last=None)


def diligence_duties(sheet: Sheet) -> Iterator[Obligation]:
    """Give assessment, certifications, questionnaire and vetting: those asked for, and those on register."""
    known = sheet.vendor.due_diligence or DueDiligence()
    yield from _assessment(sheet, known)
    yield from _certifications(sheet, known)
    yield from _questionnaire(sheet, known)
    yield from _vetting(sheet, known)


def _assessment(sheet: Sheet, known: DueDiligence) -> Iterator[Obligation]:
    seen = known.risk_assessment
    wants = _wants(sheet)
    is_asked = wants.assessment
    if seen is None and not is_asked:
        return
    tiers = wants.assessment_max_age if is_asked else ANY
    yield sheet.done(
        "assessment",
        "risk assessment",
        seen.on if seen else None,
        (tiers, seen.reassess_every if seen and is_asked else None),
        *(_TOP, "risk_assessment"),
        duty="customer",
        **({"asked_by": sheet.asks("due-diligence", "assessment_max_age")} if is_asked else {}),
    )


def _certifications(sheet: Sheet, known: DueDiligence) -> Iterator[Obligation]:
    """One that lapsed is overdue only where too few others that count are valid."""
    asked, needed = _wants(sheet).certifications, _wants(sheet).certifications_needed
    is_short = bool(needed) and held_until(known.certifications, asked, needed, sheet.today) is None
    setting, lapsed = sheet.asks("due-diligence", "certifications"), False
    for number, one in enumerate(known.certifications):
        counts = bool(needed) and (not asked or any(covers_name(name, one.name) for name in asked))
        entry = replace(_certification(sheet, number, one), asked_by=setting if counts else "register")
        if entry.state is State.OVERDUE and not (counts and is_short):
            entry = replace(entry, state=State.ENDED, note="lapsed; not needed by the tier")
        lapsed = lapsed or entry.state is State.OVERDUE
        yield entry
    if is_short and not lapsed:
        what = f"certification: {needed} of {' or '.join(asked) or 'any'}"
        yield sheet.missing("certification", what, _TOP, "certifications", asked_by=setting)


def _certification(sheet: Sheet, number: int, one: Certification) -> Obligation:
    path = (_TOP, "certifications", number)
    if one.valid_from and one.valid_from > sheet.today:
        note = f"valid from {one.valid_from}"
        return sheet.plain("certification", one.name, State.LATER, *path, due=one.valid_until, note=note)
    note = "" if one.valid_until else "has no last day, so it counts for nothing"
    return sheet.dated("certification", one.name, one.valid_until, *path, note=note)


def _questionnaire(sheet: Sheet, known: DueDiligence) -> Iterator[Obligation]:
    wants = _wants(sheet)
    is_asked = wants.questionnaire_score > 0
    if not (known.questionnaires or is_asked):
        return
    newest = newest_questionnaire(known.questionnaires, sheet.today)
    path = ("questionnaires", known.questionnaires.index(newest)) if newest else ("questionnaires",)
    age = wants.questionnaire_max_age if is_asked else ANY
    yield sheet.done(
        "questionnaire",
        f"questionnaire {newest.name}" if newest else "questionnaire",
        newest.on if newest else None,
        (age,),
        *(_TOP, *path),
        note=f"{newest.score} percent" if newest else "",
        **({"asked_by": sheet.asks("due-diligence", "questionnaire_max_age")} if is_asked else {}),
    )


def _vetting(sheet: Sheet, known: DueDiligence) -> Iterator[Obligation]:
    seen, path = known.personnel_vetting, (_TOP, "personnel_vetting")
    is_asked = _wants(sheet).vetting
    asked = {"asked_by": sheet.asks("due-diligence", "vetting")} if is_asked else {}
    if seen is not None and seen.result == "failed":
        yield sheet.missing("vetting", "vetting of the staff", *path, last=seen.on, note="failed", **asked)
    elif seen is not None or is_asked:
        on = seen.on if seen else None
        yield sheet.done("vetting", "vetting of the staff", on, (), *path, **asked)


def _wants(sheet: Sheet) -> DiligenceSettings:
    return sheet.wants("due-diligence", DiligenceSettings)
