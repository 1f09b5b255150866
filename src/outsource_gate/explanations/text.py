"""How does a page look on a screen of this width, and as JSON?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from outsource_gate.explanations import Example, Page, Setting
from outsource_gate.reports import View
from outsource_gate.reports.escape import json_text
from outsource_gate.reports.layout import Layout

WIDEST = 80
_KINDS = {
    "gate": "gate",
    "reason": "reason code",
    "rule": "rule",
    "control": "control",
    "controls": "controls",
    "artefact": "artefact",
    "choice": "reason code",
}
_LIMIT = 4000
_COMMENT = 1  # line above an example that says what it is, and is not shown


def page_text(page: Page, view: View) -> str:
    """Give a page for reading."""
    layout = Layout(replace(view, width=min(view.width, WIDEST)))
    return layout.print(_blocks(page, layout))


def page_json(page: Page) -> str:
    """Give a page as data; what is empty is left out."""
    return json_text({key: value for key, value in _plain(asdict(page)).items() if value})


def _plain(value: Any) -> Any:
    value["facts"] = dict(value["facts"])
    return value


def _blocks(page: Page, layout: Layout) -> Iterator[RenderableType]:
    yield Text.assemble(layout.text(page.id, "bold"), "  ", (_KINDS[page.kind], "dim"))
    yield ""
    yield layout.indented(layout.text(page.means, limit=_LIMIT))
    if rows := list(_rows(page)):
        yield ""
        yield layout.indented(layout.table((name, layout.text(told, limit=_LIMIT)) for name, told in rows))
    if page.settings:
        yield ""
        yield layout.indented(_settings(page.settings, layout))
    for example in page.examples:
        yield ""
        yield from _example(example, layout)
    if page.links or page.waiver:
        yield ""
        yield layout.indented(
            layout.table((name, layout.text(told, limit=_LIMIT)) for name, told in _further(page))
        )
    if page.items:
        yield ""
        yield layout.indented(_items(page, layout))
    if page.gaps:
        yield ""
        yield Text(" what is not shown", "dim")
        for gap in page.gaps:
            yield layout.beside(Text("  - "), layout.text(gap, limit=_LIMIT), 4)


def _rows(page: Page) -> Iterator[tuple[str, str]]:
    if page.why:
        yield "why", page.why
    if page.what_to_do:
        yield "what to do", page.what_to_do
    if page.who:
        yield "who", page.who
    yield from page.facts


def _further(page: Page) -> Iterator[tuple[str, str]]:
    """For an empty name the one above holds."""
    for number, link in enumerate(page.links):
        yield "" if number else "read on", link
    if page.waiver:
        yield "to keep it", page.waiver


def _settings(settings: tuple[Setting, ...], layout: Layout) -> RenderableType:
    blocks: list[RenderableType] = [Text("settings", "dim")]
    for setting in settings:
        blocks.append(layout.text(f"  {setting.name}: {setting.about}"))
        told = "; ".join(dict.fromkeys((f"default {setting.default}", *_tiers(setting), setting.stricter)))
        blocks.append(layout.indented(layout.text(told, limit=_LIMIT), 6))
    return layout.stacked(blocks)


def _tiers(setting: Setting) -> Iterator[str]:
    """What the tiers make of it, where that is not the default everywhere."""
    if set(setting.tiers.values()) - {setting.default}:
        yield ", ".join(f"{name} {value}" for name, value in setting.tiers.items())


def _example(example: Example, layout: Layout) -> Iterator[RenderableType]:
    place = f"  {example.file}:{example.line}" if example.file else ""
    yield Text.assemble(f" {example.verdict}", (place, "dim"))
    arrow, before = layout.sign("→"), example.lines[0][0] - 1
    for number, line in example.lines:
        if number > before + _COMMENT + 1:
            yield Text("       ⋮" if layout.view.unicode else "       :")
        before = number
        mark = arrow if number == example.line else Text(" " * len(arrow))
        left = Text.assemble("  ", mark, (f"{number:>4} ", "dim"), layout.sign("│"), " ")
        yield layout.beside(left, layout.text(line, limit=_LIMIT), left.cell_len)


def _items(page: Page, layout: Layout) -> Table:
    return layout.table(
        (item.id.removeprefix(f"{page.id}."), layout.text(item.meaning, limit=_LIMIT)) for item in page.items
    )
