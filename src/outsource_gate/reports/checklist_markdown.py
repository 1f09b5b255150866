"""The contractor's checklist as Markdown, for a repository, a wiki or a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outsource_gate.policy.checklist import Checklist
from outsource_gate.policy.checklist_lines import Line
from outsource_gate.reports.checklist_story import Section, sections, title
from outsource_gate.reports.escape import markdown, markdown_code, visible


def render(checklist: Checklist, titles: Mapping[str, str]) -> str:
    """Give the page; whatever stands in policy and register stays text."""
    parts = [f"# {markdown(title(checklist))}", f"Version: {markdown_code(checklist.version)}"]
    for section in sections(checklist, titles):
        parts += _section(section)
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield markdown(section.lead)
    if section.lines:
        yield "\n".join(row for line in section.lines for row in _line(line, section.is_ticked))
    if section.commands:
        yield "\n".join(f"    {visible(command)}" for command in section.commands)


def _line(line: Line, is_ticked: bool) -> Iterator[str]:
    yield f"{'- [ ]' if is_ticked else '-'} {markdown(line.text)}"
    yield from (f"  - {markdown_code(item)}" for item in line.items)
