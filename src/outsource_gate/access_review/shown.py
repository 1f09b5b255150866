"""What does whoever reviews access read at the terminal? Logins, too, which the record does not have."""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.access_review.compare import Finding, Reviewed
from outsource_gate.access_review.seen import Looked
from outsource_gate.model.access_review import KINDS, TOLD, Kind
from outsource_gate.reports import escape
from outsource_gate.reports.words import plural

_TITLES: dict[Kind, str] = {
    "unregistered": "nobody in the register",
    "expired": "access that is over",
    "too-broad": "more than was given",
    "no-mfa": "no second factor",
    "dormant": "not used",
    "without-access": "registered, without access here (only told)",
}
SHOWN = 200


def review_text(looked: Looked, found: tuple[Finding, ...], vendors: tuple[Reviewed, ...], *, unicode: bool) -> str:
    """Give the whole of a review; each line escaped for a terminal."""
    return "\n".join(escape.terminal(line, unicode=unicode) for line in _lines(looked, found, vendors))


def _lines(looked: Looked, found: tuple[Finding, ...], vendors: tuple[Reviewed, ...]) -> Iterator[str]:
    wrong = sum(one.kind not in TOLD for one in found)
    source = "the forge" if looked.source == "forge" else f"the list of {looked.read_on} that was handed over"
    accounts = len({entry.account for entry in looked.entries})
    verdict = f"{plural(wrong, 'finding')}" if wrong else "nothing found"
    yield f"{verdict}   {plural(accounts, 'account')} in {_places(looked)}, as {source} says"
    for kind in KINDS:
        yield from _group(kind, [one for one in found if one.kind == kind])
    if looked.gaps or any(not one.is_whole for one in vendors):
        yield ""
        yield "could not look at"
    for gap in looked.gaps:
        yield f"  {gap.fact}: {gap.reason}"
        if gap.next_step:
            yield f"    → {gap.next_step}"
    for one in vendors:
        if not one.is_whole:
            what = ", ".join(one.missing) or "the register gives it no repository"
            yield f"  {one.vendor}: not every repository was read: {what}"


def _places(looked: Looked) -> str:
    count = len(looked.repositories)
    return plural(count, "repository", "repositories")


def _group(kind: Kind, found: list[Finding]) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield f"{kind} ({len(found)}): {_TITLES[kind]}"
    for one in found[:SHOWN]:
        account = f"{one.account} (id {one.account.id})" if one.account else ""
        whose = f"{one.vendor}/{one.person}" if one.person else ""
        where = f"in {one.repository}" if one.repository else ""
        yield "  " + "  ".join(part for part in (whose, account, where, one.why) if part)
    if len(found) > SHOWN:
        yield f"  and {len(found) - SHOWN:,} more, which the record counts"
