"""How does untrusted text reach a sink without being anything but text there? One function per sink.

All of them begin with `visible`: what a reader cannot see, or what moves the cursor, is spelt out instead.
"""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import groupby
from typing import Any, Literal

# Controls, formats (text direction among them), surrogates, private use, unassigned, separators of lines.
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
# Characters of other categories that show as nothing or as a blank (Unicode, Default_Ignorable_Code_Point).
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(point)
    for block in (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
    for point in block
}
_MARKS_IN_A_ROW = 4  # more combining marks than any script needs: they climb over the lines above

# actions/runner, ActionCommand: `::name` at a line's start, after white space; `##[name]` anywhere in a line.
# Azure Pipelines and TeamCity read `##vso[` and `##teamcity[`.
_OLD_COMMAND = re.compile(r"##(?=[a-zA-Z]*\[)")
_LINE_COMMAND = re.compile(r"((?:^|\r)(?:[^\S\r\n]|\x1b\[[0-9;]*m)*):(?=:)", re.MULTILINE)

_WORD = r"[^\W_]+(?:[.'\-\u2026][^\W_]+)*"
_NUMBER = r"\+?\d+(?:[,./:]\d+)*"
_PLAIN_TOKEN = re.compile(
    rf"""["'(]*(?:{_WORD}|{_NUMBER})["'),;.:?!\u2026]*|[\u2013\u2014\u2026\u00b7\u2192/+\-=]"""
)
_REFERENCE = re.compile(r"(?i)www\.|^\W*gh-\d")  # links that GitHub makes by itself

# OWASP, CSV injection, in both widths; tabs and line ends are spelt out already.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SARIF_LINK = re.compile(r"\]\(")  # SARIF 2.1.0, 3.11.6
_SARIF_PLACEHOLDER = re.compile(r"\{(\d+)\}")  # SARIF 2.1.0, 3.11.5


def visible(text: str) -> str:
    """Give text on one line in which every character shows; what would not is spelt `\\n`, `\\x1b`, `\\u202e`."""
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        blank = category in _UNSEEN or char in _BLANK or (category == "Zs" and char != " ")
        shown.append(_spelt(char) if blank or marks > _MARKS_IN_A_ROW else char)
    return "".join(shown)


def _spelt(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def terminal(text: str, *, unicode: bool = True) -> str:
    """Give text for a terminal; without `unicode`, for one that shows nothing but ASCII."""
    shown = _OLD_COMMAND.sub("# #", visible(text))  # before wrapping: it makes the text longer
    return shown if unicode else shown.encode("ascii", "backslashreplace").decode()


def log(rendered: str) -> str:
    """Take the power from every line of a text that a CI runner would read as a command.

    For whole output, after wrapping: a word in the middle of a message can end up at the start of a line.
    """
    return _LINE_COMMAND.sub(r"\1: ", _OLD_COMMAND.sub("# #", rendered))


def github_data(text: str) -> str:
    """Give text for the message of a workflow command (actions/toolkit, escapeData)."""
    shown = _OLD_COMMAND.sub("# #", visible(text))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def github_property(text: str) -> str:
    """Give text for a property of a workflow command (actions/toolkit, escapeProperty)."""
    return github_data(text).replace(":", "%3A").replace(",", "%2C")


Within = Literal["line", "cell", "html"]


def markdown(text: str, *, within: Within = "line") -> str:
    """Give text for a place within a line of Markdown: words stay words, everything else becomes code.

    Letters alone mean nothing to Markdown, and neither GitHub nor GitLab makes links, mentions, references
    or emoji of what stands in code. The line has to begin with something of ours: GitLab obeys `/merge` there.
    """
    runs = groupby(visible(text).split(" "), key=_is_plain)
    joined = ((plain, " ".join(tokens)) for plain, tokens in runs)
    return " ".join(run if plain else markdown_code(run, within=within) for plain, run in joined)


def _is_plain(token: str) -> bool:
    return not token or (bool(_PLAIN_TOKEN.fullmatch(token)) and not _REFERENCE.search(token))


def markdown_code(text: str, *, within: Within = "line") -> str:
    """Give text as a code span; nothing in it is read as Markdown (CommonMark 6.1)."""
    shown = visible(text)
    if not shown.strip(" "):
        return shown and "` `"
    # GFM splits cells before it reads code spans, and in a block of HTML there are none.
    if within == "html" or (within == "cell" and ("|" in shown or "\\" in shown)):
        return f"<code>{_entities(shown)}</code>"
    fence = "`" * (longest_run(shown, "`") + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def longest_run(text: str, char: str) -> int:
    """Count the longest run of one character: a fence has to be longer."""
    return max((len(run) for run in re.findall(f"{re.escape(char)}+", text)), default=0)


def _entities(text: str) -> str:
    return "".join(char if char.isalnum() or char == " " or char > "\x7f" else f"&#{ord(char)};" for char in text)


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """Give JSON in ASCII, on lines that no CI runner reads as a command, for the same value when parsed."""
    text = json.dumps(value, ensure_ascii=True, indent=indent, allow_nan=False)
    return _OLD_COMMAND.sub(r"#\\u0023", text).replace("\x7f", "\\u007f")


def well_formed(text: str) -> str:
    """Spell lone surrogates out: JSON can carry them and hardly a reader can take them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def sarif_message(text: str) -> str:
    """Give text for a SARIF message, where `[text](target)` is a link and `{0}` a placeholder."""
    return _SARIF_PLACEHOLDER.sub(r"{{\1}}", _SARIF_LINK.sub("] (", visible(text)))


def csv_cell(text: str) -> str:
    """Give text for a cell of a spreadsheet, where some beginnings make a formula; quoting is the writer's."""
    shown = visible(text)
    return f"'{shown}" if is_formula(shown) else shown


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run a cell with this text."""
    return text.lstrip(" ").startswith(_FORMULA)
