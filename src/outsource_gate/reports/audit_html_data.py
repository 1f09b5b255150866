"""What does the page's script get of an audit? Every change as a short row; what repeats stands in lists beside."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from outsource_gate.model.audit import Audit
from outsource_gate.model.merged import MergeClass, MergedChange
from outsource_gate.reports import audit_words as words
from outsource_gate.reports.audit_html_markup import shown
from outsource_gate.reports.escape import json_text
from outsource_gate.reports.words import shortened

# What is told of a change that is opened, by the page and by its script alike.
FACTS = ("Why", "Class", "Next step", "Merged", "Commit", "Record", "Tie")
NO_RECORD = "none"
_KINDS = tuple(MergeClass)
_MARKUP = {ord(char): f"\\u{ord(char):04x}" for char in "<>&"}  # no `</script>`, no `<!--`
_T = TypeVar("_T", bound=Hashable)


def embedded(audit: Audit) -> str:
    """Give JSON that is safe inside of a script element; rows are oldest first."""
    people: _Listed[tuple[str, tuple[str, ...]]] = _Listed()
    reasons: _Listed[tuple[str, str]] = _Listed()
    ties: _Listed[str] = _Listed()
    rows = [
        (
            change.commit,
            int(change.merged_at.timestamp()),
            change.number or 0,
            people.place((shown(words.whose(change)), tuple(map(shown, change.vendors)))),
            _KINDS.index(change.kind),
            reasons.place((shown("; ".join(change.reasons)), shown(told_short(change)))),
            ties.place(tie_told(change)),
            change.record or "",
        )
        for change in audit.changes
    ]
    kinds = [(kind, kind.is_good, words.MEANING[kind], words.STEP.get(kind, "")) for kind in _KINDS]
    whole = {"facts": FACTS, "kinds": kinds, "whose": people.items, "reasons": reasons.items, "ties": ties.items}
    return json_text({**whole, "none": NO_RECORD, "rows": rows}, indent=None).translate(_MARKUP)


def tie_told(change: MergedChange) -> str:
    """Say how record and content meet; empty without a record."""
    return f"{change.tie}: {words.TIE.get(change.tie, '')}".removesuffix(": ") if change.tie else ""


def told_short(change: MergedChange) -> str:
    """Say in one line why a change is not shown to have passed, and what to do; empty for one that is."""
    if change.kind.is_good:
        return ""
    why = "; ".join(change.reasons) or words.MEANING[change.kind]
    return f"{shortened(why, 160)} \u2192 {words.STEP[change.kind]}"


class _Listed(Generic[_T]):
    """Each value once, by the place that it has in the list."""

    def __init__(self) -> None:
        self._places: dict[_T, int] = {}

    def place(self, value: _T) -> int:
        return self._places.setdefault(value, len(self._places))

    @property
    def items(self) -> tuple[_T, ...]:
        return tuple(self._places)
