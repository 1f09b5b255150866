"""How does a signature get into a file of waivers, without touching anything else in it?"""

from __future__ import annotations

from outsource_gate.errors import PolicyError
from outsource_gate.policy.yaml_text import YamlText, read_yaml

_KEY = "signature"


def with_signature(text: YamlText, number: int, signature: str) -> str:
    """Give the file with the entry's signature added or replaced; comments and layout stay."""
    lines = text.text.splitlines(keepends=True)
    first, end = _lines_of(text, number, len(lines))
    indent = len(lines[first]) - len(lines[first].lstrip(" -"))
    if not lines[first].lstrip().startswith("- ") or lines[first][indent : indent + 1] in ("{", "\n", "#"):
        raise text.error((number,), "is not written as one key per line", "write it as `- id: ...`, a key a line")
    kept = _without_signature(lines[first:end], indent)
    while kept and not kept[-1].strip():
        kept.pop()
    if not kept[-1].endswith("\n"):
        kept[-1] += "\n"
    pad = " " * indent
    block = [f"{pad}{_KEY}: |\n", *(f"{pad}  {line}\n" for line in signature.strip().splitlines())]
    blank = ["\n"] * (end < len(lines) and not lines[end - 1].strip())
    return _same("".join([*lines[:first], *kept, *block, *blank, *lines[end:]]), text, number, signature)


def _lines_of(text: YamlText, number: int, count: int) -> tuple[int, int]:
    """From the entry's own line to the one before the next entry; comments right above that belong to it."""
    first = text.line((number,)) - 1
    if number + 1 >= len(text.data):
        return first, count
    lines, end = text.text.splitlines(), text.line((number + 1,)) - 1
    while end > first + 1 and lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return first, end


def _without_signature(lines: list[str], indent: int) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        depth = len(line) - len(line.lstrip(" "))
        if line.strip() and depth <= indent:
            inside = depth == indent and line.strip().startswith(f"{_KEY}:")
        if not inside:
            kept.append(line)
    return kept


def _same(changed: str, text: YamlText, number: int, signature: str) -> str:
    """Whatever was missed above must not become another file than was signed."""
    wanted = [dict(entry) for entry in text.data]
    wanted[number][_KEY] = signature.strip() + "\n"
    found = read_yaml(text.file, changed.encode()).data
    for entries in (wanted, found):
        entries[number][_KEY] = entries[number].get(_KEY, "").strip()
    if found != wanted:
        raise PolicyError(
            f"{text.file}:{text.line((number,))}: cannot be edited in place", hint=f"add by hand:\n{signature}"
        )
    return changed
