"""Gate personal-data: does any commit of the change bring in data of people: tables, dumps, ids?"""

from __future__ import annotations

from outsource_gate.gates import Gate, verdict
from outsource_gate.lacking import not_looked, unread
from outsource_gate.model.facts import Facts
from outsource_gate.model.finding import Confidence
from outsource_gate.model.personal import Extent, PersonalData, PersonalScan
from outsource_gate.model.verdict import Effect, Reason, Status, Subject, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

REASONS = {
    "personal-table": "A commit of the change brings in a table with data of several people.",
    "database-dump": "A commit of the change brings in a database, or what one was written out to.",
    "personal-records": "A commit of the change brings in card numbers, ids, bank accounts or many addresses.",
    "personal-data-unsure": "What may be personal data, below the tier's threshold.",
    "personal-data-at-base": "Personal data that the base has in the same file: not this change's doing.",
    "personal-data-unread": "Content that could not be looked through for personal data.",
}
_STEP = "use data made up for tests (addresses under example.com, the networks' test cards)"
_OUT = "take it out of that commit, not only of the last one (git rebase), and push again"


class Settings(GateSettings):
    waivable = may_be_waived(rule=["personal-table", "database-dump", "personal-records"])

    fail_on: Extent = setting(
        Extent.TABLE,
        "least extent that denies: tables (and dumps), or single records, too",
        stricter=("table", "record"),
    )
    confidence: Confidence = setting(
        Confidence.MEDIUM, "least confidence that denies", stricter=("high", "medium", "low")
    )


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge what was found in everything that came in; nothing in the change can waive it."""
    scan = facts.personal
    if not isinstance(scan, PersonalScan):
        missing = not_looked("personal-data-unread", scan, "nobody looked for personal data")
        return verdict("personal-data", facts, (missing,), summary="not looked for")
    if not (scan.texts or scan.found or scan.unread or scan.left_out):
        return Verdict("personal-data", facts.vendor, Status.NOT_APPLICABLE, (), "no commit brings in a text")
    left = unread("personal-data-unread", scan.unread, scan.left_out, "places with personal data")
    reasons = (*(_found(one, settings) for one in scan.found), *left)
    above = f"{settings.fail_on}s with {settings.confidence} confidence and above deny"
    return verdict("personal-data", facts, reasons, summary=f"{scan.texts} texts looked through; {above}")


def _found(one: PersonalData, settings: Settings) -> Reason:
    """The values are not known here, and nothing made from them."""
    counts = one.extent is Extent.TABLE or settings.fail_on is Extent.RECORD
    if not one.new:
        return _reason("personal-data-at-base", Effect.NOTE, one, "have it taken out by whoever owns it")
    if not counts or one.confidence.rank < settings.confidence.rank:
        return _reason("personal-data-unsure", Effect.NOTE, one, f"look whether it is of real people; {_STEP}")
    code = "personal-records" if one.extent is Extent.RECORD else "personal-table"
    code = "database-dump" if one.kind == "database-dump" else code
    return _reason(code, Effect.DENY, one, f"{_OUT}; {_STEP}")


def _reason(code: str, effect: Effect, one: PersonalData, step: str) -> Reason:
    unit = "rows" if one.extent is Extent.TABLE else "different ones"
    count = f", {one.count} {unit}" if one.count else ""
    return Reason(
        code,
        one.what,
        effect,
        got=f"{one.kind}{count}, {one.confidence} confidence",
        where=Where(one.path, one.line, one.commit),
        next_step=step,
        who="the author",
        subjects=(Subject(one.kind),),
    )


GATE = Gate(
    id="personal-data",
    title="Personal and test data",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"personal"}),
    controls=("A.8.33", "A.8.11", "A.5.34"),
)
