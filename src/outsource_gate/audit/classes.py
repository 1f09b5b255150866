"""What became of one merged change? Pure: whose it is and its tied records in, one class with reasons out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from outsource_gate.audit.line import Row
from outsource_gate.audit.records import Kept
from outsource_gate.audit.ties import Tie
from outsource_gate.model.identity import UNKNOWN
from outsource_gate.model.merged import MergeClass, MergedChange
from outsource_gate.model.verdict import Answer

SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose work git says a row is. `proven`: no internal claim in it rests on its word alone."""

    vendors: tuple[str, ...]
    proven: bool


def classify(
    row: Row,
    whose: Whose,
    ties: Sequence[Tie],
    numbered: Sequence[Kept],
    *,
    doubts_claims: bool,
    policy_problem: Callable[[Kept, Row], str],
) -> MergedChange:
    """Choose the record that counts, and say what it comes to; `numbered` are records of the same request."""
    chosen = _latest(row, ties)
    believed = chosen.record.vendors if chosen and not chosen.record.problem else ()
    vendors = tuple(sorted({*whose.vendors, *believed}))
    kind, reasons = _class(row, whose, chosen, numbered, doubts_claims, policy_problem)
    return MergedChange(
        row.commit,
        row.position,
        row.claimed_at,
        row.number,
        vendors,
        whose.proven or (chosen is not None and not chosen.record.problem and not chosen.problem),
        kind,
        chosen.record.digest if chosen else None,
        chosen.how if chosen else "",
        reasons,
    )


def _latest(row: Row, ties: Sequence[Tie]) -> Tie | None:
    """Genuine before not, covering before not, made before the merge before later ones, then the latest."""

    def rank(tie: Tie) -> tuple[bool, bool, bool, float]:
        made = tie.record.predicate.made_at_time()
        return not tie.record.problem, not tie.problem, made <= row.claimed_at + SKEW, made.timestamp()

    return max(ties, key=rank, default=None)


def _class(
    row: Row,
    whose: Whose,
    chosen: Tie | None,
    numbered: Sequence[Kept],
    doubts_claims: bool,
    policy_problem: Callable[[Kept, Row], str],
) -> tuple[MergeClass, tuple[str, ...]]:
    if chosen is None:
        return _without(whose, numbered, doubts_claims)
    record = chosen.record
    if record.problem:
        if not whose.vendors and not doubts_claims:
            return MergeClass.NOT_VENDOR, ()
        return MergeClass.RECORD_UNTRUSTED, (record.problem,)
    if chosen.problem:
        return MergeClass.RECORD_MISMATCH, (chosen.problem,)
    if not record.vendors and not whose.vendors:
        return MergeClass.NOT_VENDOR, ()
    if problem := policy_problem(record, row):
        return MergeClass.RECORD_UNTRUSTED, (f"policy-unknown: {problem}",)
    if missed := _unattributed(whose, record):
        return MergeClass.RECORD_MISMATCH, (f"git names {', '.join(missed)}, whom the record does not know",)
    return _answer(row, chosen)


def _without(whose: Whose, numbered: Sequence[Kept], doubts_claims: bool) -> tuple[MergeClass, tuple[str, ...]]:
    if not whose.vendors and (whose.proven or not doubts_claims):
        return MergeClass.NOT_VENDOR, ()
    if numbered:
        told = f"a record of the same request speaks of {numbered[0].head[:12]}, and not of what was merged"
        return MergeClass.RECORD_MISMATCH, (told,)
    if not whose.vendors:
        return MergeClass.NO_RECORD, ("only claims say that it is ours, and the policy asks for proof",)
    return MergeClass.NO_RECORD, ("no record speaks of this content",)


def _unattributed(whose: Whose, record: Kept) -> tuple[str, ...]:
    """Vendors of today whom the record does not name; somebody erased from the register since is unknown today."""
    named = record.vendors
    return tuple(one for one in whose.vendors if one not in named and not (one == UNKNOWN and named))


def _answer(row: Row, chosen: Tie) -> tuple[MergeClass, tuple[str, ...]]:
    predicate = chosen.record.predicate
    expiry, made = predicate.expiry(), predicate.made_at_time()
    if made > row.claimed_at + SKEW and not _is_forwarded(row, chosen):
        return MergeClass.RECORD_STALE, (f"made at {predicate.made_at}, after the merge",)
    if expiry and row.claimed_at >= expiry:
        return MergeClass.RECORD_STALE, (f"counted until {predicate.valid_until}, before the merge",)
    codes = tuple(
        dict.fromkeys(
            reason.code for verdict in predicate.verdicts for reason in verdict.reasons if reason.effect != "note"
        )
    )
    if not predicate.decision.enforced:
        return MergeClass.REPORT_ONLY, codes
    match predicate.decision.answer:
        case Answer.DENY:
            return MergeClass.DENIED_BUT_MERGED, codes
        case Answer.ALLOW:
            return (MergeClass.PASSED_WITH_WAIVER if chosen.record.waivers else MergeClass.PASSED), ()
        case _:
            return MergeClass.UNDECIDED_BUT_MERGED, codes


def _is_forwarded(row: Row, chosen: Tie) -> bool:
    """A fast-forwarded commit is as old as its author's work: nothing in it says when it was merged."""
    return chosen.how == "head" and not row.is_merge
