"""What does somebody at a terminal see of a scanned head? By vendor: what, where, since when, by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from outsource_gate.model.facts import PolicySource, Unavailable
from outsource_gate.model.finding import Finding, Read, Severity
from outsource_gate.model.origin import HeadFinding, HeadScan, HeadSecret, Origin
from outsource_gate.model.secret import SecretScan
from outsource_gate.reports import View, words
from outsource_gate.reports.frame import frame_lines
from outsource_gate.reports.head_story import Group, age, doubts, groups, people
from outsource_gate.reports.layout import Layout

SHOWN = 50  # findings of one group
UNREAD_SHOWN = 20
FRAME_LINES = 3
_STYLES = {Severity.CRITICAL: "bold red", Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "dim"}
_REST = "--output json=FILE has all"
_RESTS = "names are what commits claim, but for those called signed; who pushed them was not asked"


def head_terminal(head: HeadScan, view: View) -> str:
    """Give the head as lines of at most `view.width` cells; long lists are cut, with their count."""
    layout = Layout(view)
    return layout.print(_Screen(layout, head).blocks())


class _Screen:
    def __init__(self, layout: Layout, head: HeadScan) -> None:
        self.layout = layout
        self.head = head

    def blocks(self) -> Iterator[RenderableType]:
        head, text = self.head, self.layout.text
        name = text(f"{head.repository or 'this repository'} at {head.head.commit[:12]}", "bold", 200)
        yield self.layout.flow([name, text(f"{head.scanned_at:%Y-%m-%d %H:%M} UTC", "dim")], "   ")
        yield ""
        for group in groups(head):
            yield from self.group(group)
        yield from self.unread()
        yield from self.footer()

    def group(self, group: Group) -> Iterator[RenderableType]:
        told = [self.layout.text(group.name, "bold"), self.layout.text(_tally(group))]
        yield self.layout.indented(self.layout.flow(told, "   "))
        yield ""
        for held in group.secrets[:SHOWN]:
            yield from self.secret(held)
        yield from self.rest(len(group.secrets) - SHOWN, "credential")
        for one in group.findings[:SHOWN]:
            yield from self.finding(one)
        yield from self.rest(len(group.findings) - SHOWN, "finding")

    def finding(self, one: HeadFinding) -> Iterator[RenderableType]:
        found, text = one.finding, self.layout.text
        place = text(f"{found.location.path}:{found.location.start_line}", "bold", 200)
        facts = [text(fact, "dim", 120) for fact in (" ".join(found.cwe), found.rule) if fact]
        yield self.within(self.layout.flow([place, text(found.severity, _STYLES[found.severity]), *facts], "  "))
        yield self.within(text(found.message), 5)
        yield from self.code(found)
        yield from self.origin(one.origin, (found.location.path, found.location.start_line))
        if found.fix:
            step = self.layout.beside(self.layout.sign("→", "cyan"), text(found.fix))
            yield self.within(step, 5)
        yield ""

    def code(self, found: Finding) -> Iterator[RenderableType]:
        lines = frame_lines(found, FRAME_LINES)
        digits = max((len(str(line.number)) for line in lines), default=0)
        marks = max((len(line.mark) + 1 for line in lines if line.mark), default=0)
        for line in lines:
            if line.left_out:
                yield self.within(Text(f"{words.plural(line.left_out, 'step')} left out", "dim"), 6)
            number = f"{line.mark:<{marks}}{line.number:>{digits}} "
            gutter = Text.assemble((number, "dim"), self.layout.sign("│", "dim"), " ")
            yield self.within(gutter + self.layout.code(line.code, self.layout.width - gutter.cell_len - 6), 6)

    def secret(self, held: HeadSecret) -> Iterator[RenderableType]:
        place = held.secret.path if held.secret.place == "name" else f"{held.secret.path}:{held.secret.line}"
        pieces = [self.layout.text(place, "bold", 200), self.layout.text(held.secret.what, "red")]
        yield self.within(self.layout.flow(pieces, "  "))
        yield from self.origin(held.origin, (held.secret.path, held.secret.line))
        yield ""

    def origin(self, origin: Origin | Unavailable, now: tuple[str, int]) -> Iterator[RenderableType]:
        if isinstance(origin, Unavailable):
            yield self.within(self.layout.text(f"from: not known: {origin.reason}", "dim"), 5)
            return
        first = origin.introduced
        told = [" ".join(filter(None, (first.commit[:12], people(first)))), *age(first, self.head.scanned_at)]
        if first.path != now[0]:
            told.append(f"then {first.path}:{first.line}")
        told.extend(doubts(first))
        if origin.placed:
            told.append(f"put here by {origin.placed.commit[:12]} {people(origin.placed)}".rstrip())
        pieces = [self.layout.text(piece, "dim", 300) for piece in told]
        yield self.within(self.layout.joined(pieces, room=self.layout.width - 8), 5)

    def within(self, block: RenderableType, by: int = 3) -> RenderableType:
        return self.layout.indented(block, by)

    def rest(self, count: int, noun: str) -> Iterator[RenderableType]:
        if count > 0:
            yield self.within(Text(f"and {words.plural(count, f'more {noun}')}; {_REST}", "dim"))
            yield ""

    def unread(self) -> Iterator[RenderableType]:
        rows = [row for row in self.head.coverage if row.read not in (Read.SCANNED, Read.INERT)]
        if not rows:
            return
        yield self.layout.indented(Text(f"{words.plural(len(rows), 'file')} not scanned", "bold"))
        for row in rows[:UNREAD_SHOWN]:
            yield self.within(self.layout.text(f"{row.path}  {row.read}: {row.reason}"))
        yield from self.rest(len(rows) - UNREAD_SHOWN, "file")
        yield ""

    def footer(self) -> Iterator[RenderableType]:
        rows = [
            (
                name,
                self.layout.joined(
                    [self.layout.text(item, limit=300) for item in items], room=self.layout.width - 12
                ),
            )
            for name, items in self.facts()
        ]
        yield self.layout.indented(self.layout.table(rows))

    def facts(self) -> Iterator[tuple[str, list[str]]]:
        head = self.head
        kinds = Counter(row.read for row in head.coverage)
        yield "in all", [_severities(head.findings), *(f"{kinds[kind]:,} {kind}" for kind in Read if kinds[kind])]
        for scan in head.scans:
            if isinstance(scan, Unavailable):
                yield "missing", [f"{scan.fact} did not run: {scan.reason}", scan.next_step]
        if not isinstance(head.secrets, SecretScan):
            yield "missing", [f"credentials: {head.secrets.reason}", head.secrets.next_step]
        if isinstance(head.policy, PolicySource):
            yield "who", [f"by the register {head.policy.where}, as of today", _RESTS]
        else:
            yield "who", [f"not known: {head.policy.reason}", head.policy.next_step]


def _tally(group: Group) -> str:
    secrets = words.plural(len(group.secrets), "credential")
    return ", ".join([*[secrets] * bool(group.secrets), _severities(group.findings)])


def _severities(findings: Sequence[HeadFinding]) -> str:
    counts = Counter(one.finding.severity for one in findings)
    told = (f"{counts[severity]:,} {severity}" for severity in reversed(Severity) if counts[severity])
    return ", ".join(told) or "no findings"
