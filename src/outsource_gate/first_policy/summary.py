"""What was found in the history, for the person who is asked about it next?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from outsource_gate.first_policy.addresses import Address, Kind
from outsource_gate.first_policy.domains import domains_of
from outsource_gate.first_policy.proposal import Seen
from outsource_gate.reports.escape import terminal
from outsource_gate.reports.words import plural

MAX_ROWS = 12
_WIDTH = 28  # so that a row fits 80 columns
_OTHERS = {
    Kind.ANYBODYS: "yours to sort",
    Kind.ACCOUNT: "yours to sort",
    Kind.BOT: "known by number",
    Kind.ASSISTANT: "no persons",
    Kind.ODD: "cannot be registered",
}
Row = tuple[str, str, str, str, str]


def summary(seen: Seen, ours: Sequence[str]) -> str:
    """Give a table of domains; fits 80 columns."""
    rows = list(_rows(seen, ours))
    return "\n".join([_head(seen), *([""] if rows else []), *_table(rows)])


def _head(seen: Seen) -> str:
    history = seen.history
    if not history.commits:
        return f"No commit since {history.since}: nobody to propose but you."
    newest = "the newest " if history.is_cut else ""
    people = plural(len(history.contributions), "address", "addresses")
    return (
        f"{newest}{plural(history.commits, 'commit')} of {terminal(history.branch)} since {history.since}, {people}"
    )


def _rows(seen: Seen, ours: Sequence[str]) -> Iterator[Row]:
    domains = domains_of(seen.addresses)
    for domain in domains[:MAX_ROWS]:
        what = "ours, probably" if domain.name in ours else "a vendor, perhaps"
        yield _row(domain.name, domain.addresses, what)
    if len(domains) > MAX_ROWS:
        rest = [one for domain in domains[MAX_ROWS:] for one in domain.addresses]
        yield _row(f"and {plural(len(domains) - MAX_ROWS, 'more domain')}", rest, "vendors, perhaps")
    for kind, what in _OTHERS.items():
        if below := [one for one in seen.addresses if one.kind is kind]:
            yield _row(f"({kind})", below, what)


def _row(name: str, addresses: Iterable[Address], what: str) -> Row:
    listed = list(addresses)
    last: date | None = max((one.seen.last for one in listed if one.seen.last), default=None)
    commits = sum(one.seen.commits for one in listed)
    return (_short(name), f"{len(listed):,}", f"{commits:,}", str(last or "-"), what)


def _short(name: str) -> str:
    shown = terminal(name)
    return shown if len(shown) <= _WIDTH else f"{shown[: _WIDTH - 3]}..."


def _table(rows: list[Row]) -> Iterator[str]:
    if not rows:
        return
    header = ("domain", "people", "commits", "last", "looks like")
    width = max(len(row[0]) for row in (header, *rows))
    for name, people, commits, last, what in (header, *rows):
        yield f"  {name:<{width}} {people:>6} {commits:>8}  {last:<10}  {what}"
