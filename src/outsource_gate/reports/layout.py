"""How does untrusted text sit on a screen of this width, with or without colour and Unicode?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from outsource_gate.reports import View, escape, words

_NARROWEST = 40
_WIDEST = 140  # longer lines are hard to read
_BESIDE = 72  # below, details stand under a name instead of beside it
_ASCII = {"✗": "x", "✓": "+", "·": "-", "→": "->", "│": "|", "×": "x"}  # noqa: RUF001 - what is shown


@dataclass(frozen=True, slots=True)
class Layout:
    """Builds blocks for one view. Everything told goes through `text`, so nothing is markup or control."""

    view: View

    @property
    def width(self) -> int:
        """One cell less than the screen has: `escape.log` may need it."""
        return max(_NARROWEST, min(self.view.width, _WIDEST)) - 1

    @property
    def is_narrow(self) -> bool:
        return self.view.width < _BESIDE

    def print(self, blocks: Iterable[RenderableType]) -> str:
        """Give the blocks as text; whatever the environment says of terminals is not looked at."""
        console = Console(
            file=StringIO(), width=self.width, height=100, color_system="standard" if self.view.colour else None,
            force_terminal=self.view.colour, force_jupyter=False, force_interactive=False, legacy_windows=False,
            markup=False, emoji=False, highlight=False, _environ={},
        )  # fmt: skip
        with console.capture() as capture:
            for block in blocks:
                console.print(block)
        return escape.log("".join(f"{line.rstrip()}\n" for line in capture.get().split("\n")[:-1]))

    def text(self, told: str, style: str = "", limit: int = 400) -> Text:
        shown = escape.terminal(words.shortened(told, limit), unicode=self.view.unicode)
        return Text.assemble((shown, style), overflow="fold")  # as a span: a cell's padding stays plain

    def sign(self, char: str, style: str = "") -> Text:
        """One of our own signs, or what stands for it in ASCII."""
        return Text(char if self.view.unicode else _ASCII.get(char, char), style)

    def code(self, line: str, room: int) -> Text:
        """Cut a line of code instead of wrapping it, and say by how much."""
        shown = escape.terminal(words.shortened(line.replace("\t", "    "), 1000), unicode=self.view.unicode)
        if cell_len(shown) <= room:
            return Text(shown)
        kept = set_cell_size(shown, max(room - 8, 8))
        return Text.assemble(kept, (f" +{len(shown) - len(kept):,}", "dim"), overflow="fold")

    def flow(self, pieces: Iterable[Text], separator: str, *, room: int = 0) -> Text:
        """Set pieces side by side and break lines between them rather than within."""
        room, used, line = room or self.width, 0, Text(overflow="fold")
        for piece in pieces:
            size = piece.cell_len
            if used and used + len(separator) + size > room:
                line.append(separator.rstrip() + "\n", "dim")
                used = 0
            elif used:
                line.append(separator, "dim")
                used += len(separator)
            line.append_text(piece)
            used += size
        return line

    def joined(self, pieces: Iterable[Text], *, room: int = 0) -> Text:
        return self.flow(pieces, " · " if self.view.unicode else ", ", room=room)

    def table(self, rows: Iterable[tuple[str, RenderableType]]) -> Table:
        """Set labels beside what they label; for an empty label the one above holds."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        for name, value in rows:
            grid.add_row(name, value)
        return grid

    def beside(self, left: Text, right: RenderableType, width: int = 0) -> Table:
        """Set a block beside a short text in a column of `width` cells."""
        grid = Table.grid(padding=0)
        width = width or left.cell_len + 1
        grid.add_column(no_wrap=True, min_width=width, max_width=width)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(left, right)
        return grid

    def indented(self, block: RenderableType, by: int = 1) -> Padding:
        return Padding(block, (0, 0, 0, by))

    def stacked(self, blocks: Iterable[RenderableType]) -> Group:
        return Group(*blocks)
