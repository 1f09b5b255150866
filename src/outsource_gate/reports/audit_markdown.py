"""What does a ticket, a wiki page or an audit file get of an audit? GitHub's Markdown; bypasses come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outsource_gate.model.audit import Artefact, Audit
from outsource_gate.model.merged import MergedChange
from outsource_gate.reports import audit_words as words
from outsource_gate.reports.escape import markdown
from outsource_gate.reports.words import plural


def audit_markdown(audit: Audit) -> str:
    """Give all of it; nothing of commits or register is markup."""
    return "\n".join(_lines(audit)) + "\n"


def _lines(audit: Audit) -> Iterator[str]:
    yield f"# {_cell(audit.organisation)}: outsourced development, {words.period(audit)}\n"
    yield f"**{_cell(words.verdict(audit))}.** {words.lacking(audit)}.\n"
    yield f"{_cell(audit.repository)}, branch {_cell(audit.branch)} at `{audit.head[:12]}`;"
    yield f"asked at {audit.now:%F %H:%M} UTC, merge times as commits claim;"
    yield f"policy `{audit.policy[:12]}`, register `{audit.register[:12]}`; {audit.records} genuine records.\n"
    yield from _summary(audit)
    yield from _bypasses(list(audit.bypasses()))
    yield from _artefacts("Missing and expired", list(audit.lacking()))
    yield from _artefacts("Expiring", [one for one in audit.artefacts if one.state == "expiring"])
    yield from _changes(audit.changes)
    if audit.problems:
        yield "## Not read as records\n"
        yield from (f"- {_cell(problem)}" for problem in audit.problems)


def _summary(audit: Audit) -> Iterator[str]:
    yield "| class | changes | meaning |\n|---|---:|---|"
    for kind, count in sorted(audit.summary.items()):
        yield f"| {kind} | {count} | {words.MEANING[kind]} |"
    if audit.unproven:
        told = plural(audit.unproven, "change")
        yield f"\nOurs by claim alone: {told}. No signature, no record and no forge bears it out."
    yield ""


def _bypasses(found: list[MergedChange]) -> Iterator[str]:
    if not found:
        return
    yield "## Not shown to have passed\n"
    yield "| change | merged | whose | class | why | next step |\n|---|---|---|---|---|---|"
    for change in found:
        cells = (
            words.title(change),
            f"{change.merged_at:%F}",
            words.whose(change),
            change.kind,
            "; ".join(change.reasons) or words.MEANING[change.kind],
            words.STEP[change.kind],
        )
        yield f"| {' | '.join(map(_cell, cells))} |"
    yield ""


def _artefacts(heading: str, found: list[Artefact]) -> Iterator[str]:
    if not found:
        return
    yield f"## {heading}\n"
    yield "| owner | artefact | state | until | asked by | where |\n|---|---|---|---|---|---|"
    for one in found:
        about = f"{one.artefact} ({one.person})" if one.person else one.artefact
        owner = one.owner or "the organisation"
        cells = (owner, about, one.state, str(one.expires or ""), one.asked_by, one.where)
        yield f"| {' | '.join(map(_cell, cells))} |"
    yield ""


def _changes(changes: Iterable[MergedChange]) -> Iterator[str]:
    outsourced = [change for change in changes if change.vendors]
    if not outsourced:
        return
    yield "## Every outsourced change\n"
    yield "| change | merged | vendors | class | record | tie |\n|---|---|---|---|---|---|"
    for change in outsourced:
        record = change.record[:16] if change.record else ""
        cells = (
            words.title(change),
            f"{change.merged_at:%F}",
            words.whose(change),
            change.kind,
            record,
            change.tie,
        )
        yield f"| {' | '.join(map(_cell, cells))} |"
    yield ""


def _cell(text: str) -> str:
    return markdown(text, within="cell")
