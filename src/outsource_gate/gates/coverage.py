"""Gate coverage: is every changed path accounted for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from outsource_gate.gates import Gate, verdict
from outsource_gate.model.facts import Facts
from outsource_gate.model.finding import CoverageRow, Read
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Effect, Reason, Status, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

REASONS = {
    "path-unread": "A changed file that no scanner could read: not read is not covered.",
    "path-unsupported": "A changed file in a language that has no rules yet.",
    "path-unaccounted": "A changed path that no scanner, and no reason, accounts for.",
    "change-unreadable": "git could not establish what the change is.",
}


class Settings(GateSettings):
    waivable = may_be_waived(path=["path-unsupported"])

    unsupported: Literal["warn", "deny"] = setting(
        "warn", "what a language without rules does", stricter=("warn", "deny")
    )


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Compare the account with git's list of paths; what is missing there is undecided, never a silence."""
    if not isinstance(facts.change, ChangeSet):
        reason = Reason("change-unreadable", "the changed paths are not known", Effect.UNDECIDED)
        return verdict("coverage", facts, (reason,), summary="not known")
    changed = Counter(file.path for file in facts.change.files)
    if not changed:
        return Verdict("coverage", facts.vendor, Status.NOT_APPLICABLE, (), "no path changed")
    lost = changed - Counter(row.path for row in facts.coverage)
    reasons = (*(_lost(path) for path in sorted(lost)), *_rows(facts.coverage, settings))
    return verdict("coverage", facts, reasons, summary=_summary(facts.coverage, changed.total()))


def _rows(rows: tuple[CoverageRow, ...], settings: Settings) -> Iterator[Reason]:
    for row in rows:
        if row.read is Read.UNREAD:
            yield Reason(
                "path-unread",
                f"not read: {row.reason}",
                where=Where(row.path),
                next_step="leave it out, or deliver it in a form that can be read",
                who="the author",
            )
        elif row.read is Read.UNSUPPORTED:
            denies = settings.unsupported == "deny"
            yield Reason(
                "path-unsupported",
                f"no rules for it yet: {row.reason}",
                Effect.DENY if denies else Effect.NOTE,
                where=Where(row.path),
                next_step="ask how code in this language is to be checked" if denies else "",
                who="the owner of the policy" if denies else "",
            )
        elif row.read not in (Read.SCANNED, Read.INERT):
            yield _lost(row.path, row.reason, "see what the sast gate says of the scanner, and run the check again")


def _lost(
    path: str,
    why: str = "no scanner and no reason accounts for this path",
    step: str = "run the check again; if it stays, report it as a defect of the gate",
) -> Reason:
    return Reason(
        "path-unaccounted",
        why,
        Effect.UNDECIDED,
        where=Where(path),
        next_step=step,
        who="whoever runs the job",
    )


def _summary(rows: tuple[CoverageRow, ...], total: int) -> str:
    kinds = Counter(row.read for row in rows)
    parts = ", ".join(f"{kinds[kind]} {kind}" for kind in Read if kind is not Read.SCANNED and kinds[kind])
    return f"{kinds[Read.SCANNED]}/{total} paths scanned" + (f" ({parts})" if parts else "")


GATE = Gate(
    id="coverage",
    title="Coverage",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"scans"}),
    controls=("A.8.29",),
)
