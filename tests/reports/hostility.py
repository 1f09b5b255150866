"""Which strings does a hostile change bring, and what would a CI runner do with a line of text?"""

from __future__ import annotations

import re

from hypothesis import strategies as st

from tests.reports.samples import HOSTILE

_PIECES = (
    *("::error::x", "::", ":", "##[error]x", "##[", "#", "##vso[task.x]", "\n", "\r", "\t", " ", "\x1b[2J", "\x9b"),
    *("\x07", "\x00", "\u202e", "\u2028", "\u200b", "\ufeff", "\ud800", "\xa0", "\u3164", "\x7f", "[b]", "[/b]"),
    *(
        "`",
        "``",
        "```",
        "~~~",
        "|",
        "\\",
        "*",
        "_",
        "<",
        ">",
        "&",
        "&lt;",
        "<!--",
        "-->",
        "</details>",
        "<img src=x>",
    ),
    *("![a](http://b.example)", "[a](javascript:b)", "](", "@corp", "#12", "!3", "$x$", "https://e.example/", "//"),
    *("www.e.example", "GH-1", "/merge", "{0}", "%", "%0A", ",", '"', "'", "é", "漢", "🙂", "a\u0301\u0301\u0301"),
    HOSTILE,
)
TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=12).map("".join)

_OLD = re.compile(r"##[a-z]*\[", re.IGNORECASE)


def commands(output: str) -> list[str]:
    """Lines that a runner obeys (actions/runner, ActionCommand: TryParseV2 and TryParse; Azure: ##vso[)."""
    lines = re.split(r"\r\n|\r|\n", output)
    return [line for line in lines if line.lstrip().startswith("::") or _OLD.search(line)]
