"""Which lines of a notebook's cell are Python, and which does IPython hand to a shell? Pure.

Every line keeps its place in both. What IPython makes of a line is decided as IPython does: a magic stands at the
start of a logical line, and what only looks like one, in a string or within brackets, is Python. A magic that is
not known here leaves the notebook unread.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

_MAX_TRIES = 200  # lines of one cell that look like magics and are none
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?P<to>[^=!%\"'#\n]*[^=!%\"'#\s<>+*/|&^@:-][ \t]*=[ \t]*)?(?P<magic>[!%].*)", re.DOTALL
)
_HELP = re.compile(r"([ \t]*)(?:\?{1,2}[\w.*%]+|[\w.*%]+\?{1,2})[ \t]*")
_NAME = re.compile(r"%{1,2}(\w+|!)[ \t]*(.*)", re.DOTALL)
_OPTIONS = re.compile(r"(?:-[a-z](?:[ \t]*\d+)?(?=\s|$)[ \t]*)*")  # of %time and %timeit
_INSERTED = re.compile(r"\{([^{}]*\([^{}]*)\}")  # IPython evaluates what stands in braces
_SHELL = frozenset({"bash", "sh", "sx", "system", "!"})
# Package managers, and what IPython has aliases for.
_PROGRAMS = frozenset("""
    pip conda mamba uv ls ll lf lk ldir lx cat cp mv rm rmdir mkdir man less more clear
""".split())  # fmt: skip # noqa: SIM905 - a list of words
_TIMED = frozenset({"time", "timeit"})
# They set, show or list, and run nothing of the line but what stands in braces.
_PLAIN = frozenset("""
    matplotlib autoreload env set_env pwd cd who whos who_ls reset reset_selective history hist notebook colors
    xmode precision pylab dhist pdoc pdef pinfo pinfo2 psource pfile pprint lsmagic magic quickref doctest_mode gui
    tb dirs automagic watermark unload_ext page
""".split())  # fmt: skip # noqa: SIM905 - a list of words


@dataclass(frozen=True, slots=True)
class Parted:
    """A cell, line by line: what Python runs and what a shell runs."""

    python: tuple[str, ...]
    shell: tuple[str, ...]


class UnknownMagicError(Exception):
    """What a line or a cell does is not known here."""


def parted(lines: list[str]) -> Parted:
    """Part a cell's lines; UnknownMagicError says what is not known, or that the cell is no whole Python."""
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].lstrip().startswith("%%"):
        return _cell_magic(lines, first)
    return _lines(lines)


def _cell_magic(lines: list[str], first: int) -> Parted:
    match = _NAME.fullmatch(lines[first].strip())
    name, rest = (match[1], match[2]) if match else ("", "")
    body, above = lines[first + 1 :], ("",) * (first + 1)
    if name in _SHELL or (name == "script" and rest.split()[:1] in (["bash"], ["sh"])):
        inserted = _inserted(rest)
        return Parted((*above[1:], inserted, *("" for _ in body)), (*above, *body))
    if name in ("markdown", "latex"):
        return Parted(("",) * len(lines), ("",) * len(lines))
    if name == "capture" or name in _TIMED:
        code = "" if name == "capture" else _OPTIONS.sub("", rest, count=1)
        inner = _lines([code, *body])
        return Parted((*above[1:], *inner.python), (*above[1:], *inner.shell))
    raise UnknownMagicError(f"%%{name[:30]}: what it makes of a cell is not known here")


def _lines(lines: list[str]) -> Parted:
    """Replace magics by Python that means the same, then ask Python whether they were none of its own."""
    python, shell, magic = list(lines), [""] * len(lines), dict[int, str]()
    unknown: dict[int, UnknownMagicError] = {}
    skip = 0
    for number, line in enumerate(lines):
        if number < skip:
            python[number], shell[number] = "", line
            continue
        try:
            found = _line(line)
        except UnknownMagicError as error:
            found, unknown[number] = (f"{line[: len(line) - len(line.lstrip())]}pass", ""), error
        if found:
            magic[number] = line
            python[number], shell[number] = found
            skip = _continued(lines, number) if found[1] else 0
    for _ in range(_MAX_TRIES):
        wrong = _not_at_start(python, magic)
        if wrong is None:
            if unknown:
                raise next(iter(unknown.values()))
            return Parted(tuple(python), tuple(shell))
        for number in range(wrong, _continued(lines, wrong) if shell[wrong] else wrong + 1):
            python[number], shell[number] = lines[number], ""
        del magic[wrong]
        unknown.pop(wrong, None)
    raise UnknownMagicError("too many lines that look like commands and are none")


def _continued(lines: list[str], number: int) -> int:
    """Give the number after the last line that a backslash joins to this one."""
    while number < len(lines) - 1 and lines[number].endswith("\\"):
        number += 1
    return number + 1


def _line(line: str) -> tuple[str, str] | None:
    """Give (Python, shell) for a line that looks like a magic; None for any other."""
    if help_on := _HELP.fullmatch(line):
        return f"{help_on[1]}pass", ""
    match = _LINE.fullmatch(line)
    if not match:
        return None
    indent, to, magic = match["indent"], match["to"] or "", match["magic"]
    if magic.startswith("!"):
        return f"{indent}{to}{_value(magic, to)}", magic.lstrip("!").strip() or ":"
    named = _NAME.fullmatch(magic)
    if not named:
        return None  # `%` of a calculation, or a syntax error
    return _named(indent + to, to, named[1], named[2])


def _named(before: str, to: str, name: str, rest: str) -> tuple[str, str]:
    if name in _TIMED:
        code = _OPTIONS.sub("", rest, count=1).strip()
        return f"{before}{code or _value('', to)}", ""
    if name in _SHELL:
        return f"{before}{_value(rest, to)}", rest.strip() or ":"
    if name in _PROGRAMS:
        return f"{before}{_value(rest, to)}", f"{name} {rest}".strip()
    if name == "load_ext" and re.fullmatch(r"[\w.]+\s*", rest) and not to:
        return f"{before}import {rest.strip()}", ""
    if name == "config":  # it runs the line as an assignment
        return f"{before}{rest.strip() or _value('', to)}", ""
    if name in _PLAIN:
        return f"{before}{_value(rest, to)}", ""
    raise UnknownMagicError(f"%{name[:30]}: what it does is not known here")


def _value(text: str, to: str) -> str:
    return _inserted(text) or ("None" if to else "pass")


def _inserted(text: str) -> str:
    """Give the Python that IPython evaluates to complete a line."""
    if "{" not in text:
        return ""
    calls = _INSERTED.findall(text)
    nested = re.sub(r"\{[^{}]*\}", "", text)
    if "{" in nested and "(" in text:
        raise UnknownMagicError("what is inserted into a command is not known here")
    return f"({', '.join(calls)},)" if calls else ""


def _not_at_start(python: list[str], magic: dict[int, str]) -> int | None:
    """Give the first replaced line that starts no logical one; raise where the cell is no whole Python.

    A replaced line has to be whole in itself: what it leaves open would take in lines that IPython runs.
    """
    starts: set[int] = set()
    problem = ""
    at_start = True
    begun = 0
    try:
        for token in _tokens(python):
            if token.type in (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING):
                continue
            if at_start:
                begun = token.start[0] - 1
                starts.add(begun)
            at_start = token.type == tokenize.NEWLINE
            if at_start and begun in magic and token.start[0] - 1 != begun:
                problem = problem or "leaves a command open at the end of its line"
    except (tokenize.TokenError, SyntaxError, RecursionError, MemoryError) as error:
        problem = f"is no whole Python: {error.args[0] if error.args else error}"
    wrong = next((number for number in sorted(magic) if number not in starts), None)
    if problem and wrong is None:
        raise UnknownMagicError(problem[:120])
    return wrong


def _tokens(python: list[str]) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO("\n".join(python) + "\n").readline)
