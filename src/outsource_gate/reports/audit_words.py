"""In which words is an audit told? The same for every format, unescaped."""

from __future__ import annotations

from outsource_gate.model.audit import Audit
from outsource_gate.model.merged import MergeClass, MergedChange
from outsource_gate.reports.words import plural

MEANING: dict[MergeClass, str] = {
    MergeClass.PASSED: "a genuine record says ALLOW, and speaks for exactly what came in",
    MergeClass.PASSED_WITH_WAIVER: "the same, with a waiver that the record names",
    MergeClass.REPORT_ONLY: "denied in a window in which the tier only reports",
    MergeClass.DENIED_BUT_MERGED: "the gate said no, and it was merged",
    MergeClass.UNDECIDED_BUT_MERGED: "the gate could not decide, and it was merged",
    MergeClass.NO_RECORD: "a vendor's work, and no record speaks for it",
    MergeClass.RECORD_MISMATCH: "a record of the same request, and something else was merged",
    MergeClass.RECORD_STALE: "the record was made after the merge, or had expired by then",
    MergeClass.RECORD_UNTRUSTED: "the record is not by a key that is trusted for it, or of an unknown policy",
    MergeClass.DIRECT_PUSH: "pushed without a request",
    MergeClass.NOT_VENDOR: "nobody outside had part in it",
}
STEP: dict[MergeClass, str] = {
    MergeClass.REPORT_ONLY: "look at what was denied, and end the window",
    MergeClass.DENIED_BUT_MERGED: "find out who could merge it, and bring it through the gate again, or revert it",
    MergeClass.UNDECIDED_BUT_MERGED: "bring it through the gate again, or revert it",
    MergeClass.NO_RECORD: "find out how it was merged; bring it through the gate, or revert it",
    MergeClass.RECORD_MISMATCH: "look at what came in beside what was judged",
    MergeClass.RECORD_STALE: "bring it through the gate again; have the gate run before merging",
    MergeClass.RECORD_UNTRUSTED: "see `outsource-gate verify`; list earlier policies in the trust file",
    MergeClass.DIRECT_PUSH: "protect the branch, and bring the change through the gate",
}


TIE: dict[str, str] = {
    "head": "what was merged is the head that the record speaks of",
    "tree": "what was merged has the tree that the record speaks of",
    "content": "the same paths have the same content as in the record",
    "redone": "merging the record's head again gives this very tree",
    "series": "consecutive commits hold together what the record speaks of",
}
CLAIMED = "merge times as commits claim"
LIMIT = "A report never proves the control by itself: it shows what can be shown."


def outsourced(audit: Audit) -> int:
    """Count changes that somebody outside had part in."""
    return sum(bool(change.vendors) for change in audit.changes)


def shown(audit: Audit) -> int:
    """Count those of them that a genuine record speaks for."""
    return sum(change.kind.is_good and bool(change.vendors) for change in audit.changes)


def verdict(audit: Audit) -> str:
    """Say in one line what an executive asks."""
    bad = sum(1 for _ in audit.bypasses())
    if not (asked := outsourced(audit)) and not bad:
        return "no outsourced change in this period"
    rest = f"; {bad} not" if bad else ""
    return f"{shown(audit)} of {plural(asked, 'outsourced change')} shown to have passed the gate{rest}"


def lacking(audit: Audit) -> str:
    """Count what is asked for and not there."""
    found = list(audit.lacking())
    missing = sum(one.state == "missing" for one in found)
    expiring = sum(one.state == "expiring" for one in audit.artefacts)
    parts = [f"{missing} missing", f"{len(found) - missing} expired", f"{expiring} expiring within 90 days"]
    return f"{plural(len(audit.artefacts), 'artefact')}: {', '.join(parts)}"


def period(audit: Audit) -> str:
    begin = f"from {audit.first}" if audit.first else "from the beginning"
    return f"{begin} to {audit.last}"


def whose(change: MergedChange) -> str:
    """Name the vendors, or say what the change rests on."""
    if change.vendors:
        return ", ".join(change.vendors)
    return "ours" if change.proven else "ours, by claim alone"


def title(change: MergedChange) -> str:
    return f"#{change.number} {change.commit[:12]}" if change.number else change.commit[:12]
