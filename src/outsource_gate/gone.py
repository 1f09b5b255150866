"""Which reasons do weaknesses give that commits brought in and head does not have? For gates of scanners. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from outsource_gate.lacking import not_looked
from outsource_gate.model.facts import Facts
from outsource_gate.model.finding import Confidence, Finding, Read, Severity
from outsource_gate.model.past import PastFile, PastFinding, PastScan
from outsource_gate.model.verdict import Effect, Reason, Subject, Where


class Asked(Protocol):
    """What the tier asks of a gate's scanners."""

    @property
    def fail_on(self) -> Severity: ...
    @property
    def confidence(self) -> Confidence: ...
    @property
    def commits(self) -> str: ...
    @property
    def history(self) -> str: ...


def counts(finding: Finding, asked: Asked) -> bool:
    """Whether it is as severe, and its scanner as sure of it, as denies."""
    severe = finding.severity.rank >= asked.fail_on.rank
    return severe and finding.confidence.rank >= asked.confidence.rank


def reasons(facts: Facts, asked: Asked, scanners: Collection[str], code: str) -> Iterator[Reason]:
    """What commits brought in and head does not have: told, and denied only where the tier says so."""
    if asked.commits != "each":
        return
    if not isinstance(facts.past, PastScan):
        yield not_looked("history-unread", facts.past, "nobody looked at what is gone by head")
        return
    for one in facts.past.findings:
        if one.finding.scanner in scanners:
            yield _finding(code, one, counts(one.finding, asked) and asked.history == "deny")


def unread(files: Collection[PastFile], asked: Asked) -> Iterator[Reason]:
    """A file that is only lacking its scanner is a missing fact, whatever the tier says of history."""
    effect = Effect.DENY if asked.history == "deny" else Effect.NOTE
    for file in files:
        if file.row.read is Read.UNREAD or file.row.read is Read.UNKNOWN:
            yield Reason(
                "history-unread",
                f"not read, and gone by head: {file.row.reason}",
                Effect.UNDECIDED if file.row.read is Read.UNKNOWN else effect,
                where=Where(file.row.path, 0, file.commit),
                next_step="look at this version, or leave it out of the commits (git rebase -i)",
                who="whoever reviews" if effect is Effect.NOTE else "the author",
            )


def files_of(facts: Facts, asked: Asked) -> tuple[PastFile, ...]:
    """Every version that is gone by head, where the tier asks for them."""
    return facts.past.files if asked.commits == "each" and isinstance(facts.past, PastScan) else ()


def scanned(files: Collection[PastFile]) -> int:
    return sum(file.row.read is Read.SCANNED for file in files)


def _finding(code: str, one: PastFinding, denies: bool) -> Reason:
    finding, place = one.finding, one.finding.location
    step = "take it out of that commit, too (git rebase -i), and push again"
    return Reason(
        code,
        f"{finding.message} (gone by head)",
        Effect.DENY if denies else Effect.NOTE,
        got=f"{finding.severity}, {finding.confidence} confidence, {' '.join(finding.cwe)}".rstrip(", "),
        where=Where(place.path, place.start_line, one.commit),
        next_step=step if denies else "make sure that this commit alone is never run or released",
        who="the author" if denies else "whoever reviews",
        finding=finding.fingerprint,
        subjects=(Subject(finding.rule, finding.fingerprint),),
    )
