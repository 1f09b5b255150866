"""The contractor's checklist as one HTML page: no network, no scripts, to read on a screen or to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from outsource_gate.policy.checklist import Checklist
from outsource_gate.policy.checklist_lines import Line
from outsource_gate.reports.checklist_story import Section, sections, title
from outsource_gate.reports.escape import visible

_STYLE = """\
:root { color-scheme: light dark; --line: #8886; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin-bottom: .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
p { margin: .5rem 0; }
ul { padding-left: 1.25rem; margin: .5rem 0; }
ul.boxes { list-style: none; padding-left: 0; }
ul.boxes > li { padding-left: 1.75rem; position: relative; }
ul.boxes > li::before { content: ""; position: absolute; left: .2rem; top: .35em; width: .75rem; height: .75rem;
  border: 1.5px solid currentColor; border-radius: 2px; }
li { margin: .35rem 0; }
li ul { margin: .15rem 0; }
code, pre { font: .9em/1.45 ui-monospace, monospace; }
code { overflow-wrap: anywhere; }
pre { border: 1px solid var(--line); border-radius: 4px; padding: .6rem .8rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.signed { display: none; margin-top: 2.5rem; gap: 2rem; }
.signed span { flex: 1; border-top: 1px solid currentColor; padding-top: .25rem; }
@media print {
  @page { margin: 18mm; }
  body { font-size: 11pt; margin: 0; max-width: none; padding: 0; color: #000; background: #fff; }
  h2 { break-after: avoid; }
  li, pre { break-inside: avoid; }
  .signed { display: flex; }
}
"""


def render(checklist: Checklist, titles: Mapping[str, str]) -> str:
    """Give the page; whatever stands in policy and register stays text."""
    name = _text(title(checklist))
    body = "\n".join(part for section in sections(checklist, titles) for part in _section(section))
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{name}</title>
<style>
{_STYLE}</style>
</head>
<body>
<main>
<h1>{name}</h1>
<p>Version <code>{_text(checklist.version)}</code></p>
{body}
<p class="signed"><span>Name</span><span>Day</span><span>Signature</span></p>
</main>
</body>
</html>
"""


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{_text(section.title)}</h2>"
    yield f"<p>{_text(section.lead)}</p>"
    if section.lines:
        rows = "\n".join(map(_line, section.lines))
        kind = ' class="boxes"' if section.is_ticked else ""
        yield f"<ul{kind}>\n{rows}\n</ul>"
    if section.commands:
        commands = "\n".join(map(_text, section.commands))
        yield f"<pre>{commands}</pre>"


def _line(line: Line) -> str:
    items = "".join(f"<li><code>{_text(item)}</code></li>" for item in line.items)
    below = f"<ul>{items}</ul>" if items else ""
    return f"<li>{_text(line.text)}{below}</li>"


def _text(text: str) -> str:
    return escape(visible(text))
