"""The audit as one HTML file: to read in a meeting, on a phone or on paper; no network, nothing but this file.

Numbers and bypasses stand in the page itself. The list of all changes is drawn by a script from data beside it, a
hundred at a time; without scripts there is a plain table in its place. The page allows this one script and this one
style by their hashes, and nothing else, whatever a name or a reason contains.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator

from outsource_gate.model.audit import Audit
from outsource_gate.model.merged import MergeClass
from outsource_gate.reports import audit_html_tables as tables
from outsource_gate.reports import audit_words as words
from outsource_gate.reports.audit_html_charts import charts
from outsource_gate.reports.audit_html_data import embedded
from outsource_gate.reports.audit_html_markup import folded, text
from outsource_gate.reports.audit_html_script import SCRIPT
from outsource_gate.reports.audit_html_style import STYLE
from outsource_gate.reports.audit_html_timeline import timeline
from outsource_gate.reports.words import plural


def audit_html(audit: Audit) -> str:
    """Give the page; the same audit gives the same bytes."""
    title = text(f"{audit.organisation}: outsourced development, {words.period(audit)}")
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_allowed()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#bypasses">Skip to what is not shown to have passed</a>
<header>
<h1>{title}</h1>
<p class="dim">{_where(audit)}</p>
</header>
<main>
{_lines(_sections(audit))}
</main>
<footer>
{_lines(_made(audit))}
</footer>
<script type="application/json" id="data">{embedded(audit)}</script>
<script>{SCRIPT}</script>
</body>
</html>
"""


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _allowed() -> str:
    """Content Security Policy Level 3, by hash; `frame-ancestors` cannot be said from inside a page."""
    nothing = "default-src 'none'; base-uri 'none'; form-action 'none'"
    return f"{nothing}; script-src '{_hash(SCRIPT)}'; style-src '{_hash(STYLE)}'"


def _hash(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


def _where(audit: Audit) -> str:
    name = text(audit.repository or "a repository without a name")
    return f"{name}, branch {text(audit.branch)} at <code>{text(audit.head[:12])}</code>"


def _sections(audit: Audit) -> Iterator[str]:
    yield _answer(audit)
    yield _section("bypasses", "Not shown to have passed", tables.bypasses(audit))
    yield charts(audit)
    yield _section("vendors", "By vendor", tables.vendors(audit))
    yield _section("artefacts", "What stands behind it", _lines((timeline(audit), *tables.artefacts(audit))))
    yield _section("changes", "Every change", _changes(audit))
    yield _section("classes", "What the classes mean", tables.classes(audit))


def _section(name: str, heading: str, body: str) -> str:
    return f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{heading}</h2>\n{body}\n</section>'


def _answer(audit: Audit) -> str:
    """What an executive reads in ten seconds."""
    bad, late = sum(1 for _ in audit.bypasses()), sum(1 for _ in audit.lacking())
    soon = sum(one.state == "expiring" for one in audit.artefacts)
    waived = sum(change.kind is MergeClass.PASSED_WITH_WAIVER for change in audit.changes)
    tiles = (
        _tile(words.outsourced(audit), "outsourced changes merged", "changes", ""),
        _tile(words.shown(audit), f"shown to have passed, {waived:,} with a waiver", "classes", "good"),
        _tile(bad, "not shown to have passed", "bypasses", "bad" if bad else "good"),
        _tile(
            late, f"artefacts missing or expired, {soon:,} more expiring", "artefacts", "bad" if late else "good"
        ),
    )
    return (
        f'<section aria-label="The answer"><p class="verdict {"bad" if bad else "good"}">{_sentence(audit)}</p>\n'
        f'<ul class="tiles">{"".join(tiles)}</ul></section>'
    )


def _sentence(audit: Audit) -> str:
    told = words.verdict(audit)
    return f"{text(told[:1].upper() + told[1:])}."


def _tile(count: int, told: str, to: str, mark: str) -> str:
    return f'<li><a href="#{to}" class="{mark}"><strong>{count:,}</strong> <span>{told}</span></a></li>'


def _changes(audit: Audit) -> str:
    """The script shows the list and takes the plain table away: that stays wherever a script cannot run."""
    return f"""\
<div id="explorer" hidden>
<div class="find" role="search" aria-label="Changes">
<label>Show <select id="show"><option value="">outsourced</option>
<option value="bad">not shown to have passed</option>
<option value="all">all, our own too</option></select></label>
<label>Vendor <select id="vendor"></select></label>
<label>Class <select id="class"></select></label>
<label>Text <input id="text" type="search" placeholder="commit, number, reason"></label>
<label>Order <select id="sort"><option value="">newest first</option><option value="oldest">oldest first</option>
<option value="class">by class</option><option value="whose">by vendor</option></select></label>
</div>
<p id="count" role="status"></p>
<ol id="rows" class="list"></ol>
<button id="more" type="button">Show more</button>
</div>
<div id="plain">{tables.plain_changes(audit)}</div>"""


def _made(audit: Audit) -> Iterator[str]:
    yield f"<p>{words.LIMIT}</p>"
    yield f"<p>Asked at {audit.now:%F %H:%M} UTC, {words.CLAIMED}; {plural(audit.records, 'genuine record')}.<br>"
    yield f"Branch at <code>{text(audit.head)}</code><br>Policy <code>{text(audit.policy)}</code><br>"
    yield f"Register <code>{text(audit.register)}</code></p>"
    if audit.problems:
        problems = "".join(f"<li>{text(problem)}</li>" for problem in audit.problems)
        yield folded(f"Not read as records ({len(audit.problems):,})", f"<ul>{problems}</ul>")
