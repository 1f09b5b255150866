"""Turn coloured terminal output on standard input into an SVG: scripts/picture.py TITLE <ansi >picture.svg."""

from __future__ import annotations

import io
import re
import sys

from rich.console import Console
from rich.text import Text

_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)  # fetched from elsewhere; the reader's own will do


def picture(ansi: str, title: str) -> str:
    """Give the SVG; 100 columns, as the report is made for."""
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(ansi))
    svg = _FONTS.sub("", console.export_svg(title=title, unique_id="outsource-gate"))
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    sys.stdout.write(picture(sys.stdin.read(), sys.argv[1]))
