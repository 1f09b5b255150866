"""What stands in the audit's page without any script? Bypasses, vendors, artefacts, and a plain list of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from urllib.parse import quote

from outsource_gate.model.audit import Artefact, Audit
from outsource_gate.model.merged import MergedChange
from outsource_gate.reports import audit_words as words
from outsource_gate.reports.audit_html_data import FACTS, NO_RECORD, tie_told, told_short
from outsource_gate.reports.audit_html_figures import VendorFigures, asked_about, by_vendor
from outsource_gate.reports.audit_html_markup import MOST_ROWS, REST, folded, left_out, shown, table, text

MOST_CARDS = 500
_FEW = 20  # bypasses that are told in full on paper
_BAR = 60
_URGENT = ("missing", "expired", "expiring")


def bypasses(audit: Audit) -> str:
    """Give each with why and what to do; where there is none, say that."""
    found = list(audit.bypasses())
    if not found:
        return '<p class="calm">No bypass was found in this period.</p>'
    cards = "\n".join(_card(change) for change in found[:MOST_CARDS])
    few = " few" if len(found) <= _FEW else ""
    return f'<ol class="list{few}">\n{cards}\n</ol>{left_out(len(found), MOST_CARDS)}'


def _card(change: MergedChange) -> str:
    told = zip(FACTS, _facts(change), strict=True)
    facts = "".join(f"<dt>{name}</dt><dd>{text(fact)}</dd>" for name, fact in told if fact)
    return (
        f'<li><details><summary><span class="t">{text(words.title(change))}</span> '
        f'<time>{change.merged_at:%F}</time> <span class="w">{text(words.whose(change))}</span> '
        f'<span class="k bad">{change.kind}</span> <span class="y">{text(told_short(change))}</span></summary>'
        f"<dl>{facts}</dl></details></li>"
    )


def _facts(change: MergedChange) -> tuple[str, ...]:
    """In the order of FACTS; what is empty is not told."""
    return (
        "; ".join(change.reasons),
        f"{change.kind}: {words.MEANING[change.kind]}",
        words.STEP.get(change.kind, ""),
        f"{change.merged_at:%F %H:%M} UTC",
        change.commit,
        change.record or NO_RECORD,
        tie_told(change),
    )


def vendors(audit: Audit) -> str:
    """Give one row a vendor, those with bypasses first."""
    figures = by_vendor(audit)
    if not figures:
        return '<p class="dim">No vendor had part in a change, and none is on the register.</p>'
    counts = ("changes", "shown", "with waiver", "not shown", "share shown", "missing or expired", "expiring")
    rows = islice(map(_vendor, figures.values()), MOST_ROWS)
    return table("Figures by vendor", ("vendor", *counts, "next day"), rows, range(1, 8)) + left_out(len(figures))


def _vendor(row: VendorFigures) -> tuple[str, ...]:
    tally, next_day = row.tally, row.next_day
    name = f'<a href="#vendor={quote(shown(tally.label), safe="")}">{text(tally.label)}</a>'
    late = row.count("missing", "expired")
    counts = (tally.all, tally.shown, tally.waived)
    share = f"{tally.share} {_bar(row)}" if tally.all else ""
    figures = tuple(f"{count:,}" for count in counts)
    return name, *figures, _alarm(tally.lacking), share, _alarm(late), f"{row.count('expiring'):,}", _time(next_day)


def _alarm(count: int) -> str:
    return f'<strong class="bad">{count:,}</strong>' if count else "0"


def _bar(row: VendorFigures) -> str:
    width = _BAR * row.tally.shown / row.tally.all
    return (
        f'<svg width="{_BAR}" height="10" aria-hidden="true"><rect width="{width:.1f}" height="10" class="good"/>'
        f'<rect x="{width:.1f}" width="{_BAR - width:.1f}" height="10" class="bad"/></svg>'
    )


def artefacts(audit: Audit) -> Iterator[str]:
    """Give what lacks and what soon will, and what is in order where it is asked for."""
    urgent = [one for state in _URGENT for one in audit.artefacts if one.state == state]
    if urgent:
        yield f"<h3>Missing, expired and expiring</h3>\n{_artefacts('Missing, expired and expiring', urgent)}"
    if present := [one for one in audit.artefacts if one.state == "present"]:
        yield folded(f"In order ({len(present):,})", _artefacts("In order", present))
    if not audit.artefacts:
        yield '<p class="dim">The register asks for nothing yet: enter vendors and their tiers first.</p>'


def _artefacts(name: str, found: Sequence[Artefact]) -> str:
    columns = ("artefact", "owner", "state", "until", "done", "asked by", "where")
    return table(name, columns, map(_artefact, found[:MOST_ROWS])) + left_out(len(found))


def _artefact(one: Artefact) -> tuple[str, ...]:
    mark = {"present": "good", "expiring": "warn"}.get(one.state, "bad")
    return (
        text(f"{one.artefact} ({one.person})" if one.person else one.artefact),
        text(one.owner or "the organisation"),
        f'<span class="k {mark}">{one.state}</span>',
        _time(one.expires),
        _time(one.done),
        f"<code>{text(one.asked_by)}</code>",
        f"<code>{text(one.where)}</code>",
    )


def _time(day: date | None) -> str:
    return f"<time>{day}</time>" if day else ""


def plain_changes(audit: Audit) -> str:
    """Give a short row for every outsourced change, for a reader without scripts."""
    asked = list(asked_about(audit.changes))
    columns = ("change", "merged", "whose", "class", "record", "tie")
    rows = map(_plain, asked[:MOST_ROWS])
    more = f'<p class="dim">{len(audit.changes) - len(asked):,} changes of our own are left out; {REST}.</p>'
    return table("Every outsourced change", columns, rows) + left_out(len(asked)) + more


def _plain(change: MergedChange) -> tuple[str, ...]:
    record = f"<code>{text((change.record or '')[:16])}</code>" if change.record else ""
    whose = text(words.whose(change))
    mark = "good" if change.kind.is_good else "bad"
    kind = f'<span class="k {mark}">{change.kind}</span>'
    return text(words.title(change)), _time(change.merged_at.date()), whose, kind, record, text(change.tie)


def classes(audit: Audit) -> str:
    """Say what the classes mean and how many changes are of each, the bad ones first."""
    counted = sorted(audit.summary.items(), key=lambda row: (row[0].is_good, row[0]))
    rows = [(kind, f"{count:,}", words.MEANING[kind]) for kind, count in counted]
    told = f"<p>{audit.unproven:,} of these are ours by claim alone.</p>" if audit.unproven else ""
    return table("Classes", ("class", "changes", "meaning"), rows, (1,)) + told
