"""Where does semgrep read a shell script or a Dockerfile unlike the shell and Docker do, without an error?

Measured for the pinned semgrep: a here-document that begins with an expansion swallows the rest of the file, loops
with `until` are empty to it, and a line that ends with a lone `$` goes on. Rules that look at text see all of this;
those that follow syntax or data do not, so the file counts as unread.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

_HERE = re.compile(r"(?<![<\w$(])(?:\d{0,3})<<(-?)[ \t]*(?:'([^'\n]*)'|\"([^\"\n]*)\"|(\\?[\w.:/+-]+))")
_INTERPRETER = re.compile(
    r"(?:^|[|;&(\s/])(?:python|perl|ruby|node|php|lua|osascript|psql|mysql|sqlite3)[\d.]*[ \t]+[^|;&]*<<"
)
_UNTIL = re.compile(r"(?:^|[;&|({]|\b(?:do|then|else|(?i:run))\b)[ \t]*until[ \t]", re.MULTILINE)
_LONE_DOLLAR = re.compile(r"(?<![\\'\"$])\$[ \t]*$")
_DIRECTIVE = re.compile(r"[ \t]*#[ \t]*(\w+)[ \t]*=[ \t]*(\S+)[ \t]*")
_SHELL = re.compile(r"^[ \t]*SHELL[ \t]+\[[ \t]*\"([^\"\n]*)\"", re.MULTILINE | re.IGNORECASE)
_SHELLS = re.compile(r"(?:.*/)?(?:ba|da|a|k|z)?sh")
_FRONTEND = re.compile(r"(?:docker\.io/)?docker/dockerfile(?:-upstream)?(?:[:@].*)?")
# BuildKit looks for it at the beginning of a word, in any line of an instruction.
_DOCKER_HERE = re.compile(r"^(?![ \t]*#)[^\n]*\s\d*<<-?[^\s<#]", re.MULTILINE)


def shell_spot(text: str) -> str | None:
    """Name what hides code of a shell script from rules that follow its syntax."""
    if _UNTIL.search(text):
        return "has an until loop, whose commands the scanner does not see; write while !"
    lines = text.split("\n")
    if any(_LONE_DOLLAR.search(line) for line in lines if not line.lstrip().startswith("#")):
        return "has a line that ends with a lone $, which the scanner reads on; quote it"
    for opening, is_plain, body in _here_documents(lines):
        if _INTERPRETER.search(opening):
            return "holds a program in another language in a here-document; give it a file of its own"
        if _swallows(body, is_plain):
            return "has a here-document after which the scanner sees nothing; begin and end it with plain words"
    return None


def dockerfile_spot(text: str) -> str | None:
    """Name what hides instructions of a Dockerfile, or makes others of them."""
    for line in text.split("\n"):
        match = _DIRECTIVE.fullmatch(line.rstrip("\r"))
        if not match:
            break  # directives stand before everything else (Dockerfile reference, parser directives)
        if match[1].lower() == "escape" and match[2] != "\\":
            return f"sets the escape character {match[2][:10]}; expected a backslash"
        if match[1].lower() == "syntax" and not _FRONTEND.fullmatch(match[2]):
            return f"is read by {match[2][:60]}, not by docker/dockerfile"
    if other := next((name for name in _SHELL.findall(text) if not _SHELLS.fullmatch(name)), None):
        return f"sets the shell {other[:40]}, whose commands no scanner reads"
    if _DOCKER_HERE.search(text):
        return "has a here-document, whose text the scanner does not read as commands"
    if _UNTIL.search(text):
        return "has an until loop, whose commands the scanner does not see; write while !"
    return None


def _here_documents(lines: list[str]) -> Iterator[tuple[str, bool, list[str]]]:
    """Give (line that opens it, no expansion in it, body) of everything that looks like a here-document."""
    words = _line_numbers(lines)
    indented = _line_numbers([line.lstrip("\t") for line in lines])
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if line.lstrip().startswith("#"):
            continue
        for match in _HERE.finditer(line):
            word = next(group for group in match.groups()[1:] if group is not None)
            numbers = (indented if match[1] else words).get(word.removeprefix("\\"), [])
            at = bisect_left(numbers, number)
            if at == len(numbers):
                continue  # a shift, a string, or it goes on to the end of the file
            yield line, match[2] is not None, lines[number : numbers[at]]
            number = numbers[at] + 1


def _line_numbers(lines: list[str]) -> dict[str, list[int]]:
    """Index the lines: a search for each opening would take hours over a hostile file."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        found.setdefault(line, []).append(number)
    return found


def _swallows(body: list[str], is_plain: bool) -> bool:
    """Say whether semgrep reads on behind the end: after an empty body, one that begins with `$`, an open `$(`."""
    if not any(body):
        return True
    text = "\n".join(body)
    if text.endswith("\\") or text.lstrip().startswith("\\"):
        return True
    if is_plain or "$" not in text:
        return False
    return not re.search(r"[^\s$]", text.partition("$")[0]) or _is_open(text)


def _is_open(text: str) -> bool:
    opened, closed = text.count("$(") + text.count("${"), text.count(")") + text.count("}")
    return opened > closed or re.search(r"\$(?![\w({?#!@*-])", text) is not None
