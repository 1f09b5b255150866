"""What is in a YAML text, as far as its kind and its traps go? Reads the parser's events and builds nothing.

Aliases are not unfolded: a text of a few lines can stand for more nodes than memory holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

Path = tuple[str, ...]
MAX_UNFOLDED = 100_000  # nodes that aliases stand for, all together
MAX_BLOCK_LINE = 30_000  # characters; measured: semgrep's time grows with the square of them, without its own limit
_KEPT_DEPTH = 3  # keys deeper than this say nothing about the kind
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Escapes that spell what could have been written plainly. Those of < > & are JSON's own.
_ESCAPE = re.compile(
    r"(?<!\\)(?:\\\\)*\\(?:[/ \r\n]|(?:x|u00|U000000)(?:2[0-57-9a-f]|3[0-9abdf]|[4-6][0-9a-f]|7[0-9a-e]))",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Shape:
    """What the events of one text say. `problem` is why it could not be read to its end."""

    documents: list[set[Path]] = field(default_factory=list)  # each the paths of its keys; lists add nothing
    problem: str = ""
    tags: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)  # keys that a mapping has more than once
    merges: bool = False
    aliases: bool = False
    aliased: set[Path] = field(default_factory=set)  # keys whose value is an alias, so what it is stands elsewhere
    odd_key: bool = False  # a key that is a mapping, a list, or stands for one
    escaped: str = ""  # the first scalar that hides what it says
    unfolded: int = 0
    long_line: bool = False  # in a block of text


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is not at its end yet."""

    path: Path
    keys: set[str] | None  # None: a list
    anchor: str | None
    start: int
    key: str | None = None  # whose value comes next


@lru_cache(maxsize=1)
def shape(text: str) -> Shape:
    """Look through a text once."""
    found = Shape()
    reader = _Reader(text, found)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
            if found.unfolded > MAX_UNFOLDED:
                break
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        found.problem = " ".join(str(getattr(error, "problem", None) or error).split())[:120] or "no YAML"
    return found


class _Reader:
    def __init__(self, text: str, found: Shape) -> None:
        self._text = text
        self._found = found
        self._open: list[_Open] = []
        self._nodes = 0  # so far, with what aliases stand for
        self._sizes: dict[str, int] = {}
        self._words: dict[str, str] = {}  # what anchored scalars say

    def take(self, event: Any) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self._found.documents.append(set())
                self._sizes, self._words = {}, {}
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._found.aliases = True
                size = self._sizes.get(str(event.anchor), MAX_UNFOLDED + 1)  # unknown: it holds itself
                self._found.unfolded += size
                self._nodes += size
                is_value = bool(self._open) and self._open[-1].key is not None
                path = self._node(self._words.get(str(event.anchor)))
                if is_value and len(path) <= _KEPT_DEPTH:
                    self._found.aliased.add(path)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                ended = self._open.pop()
                if ended.anchor:
                    self._sizes[ended.anchor] = self._nodes - ended.start

    def _scalar(self, event: Any) -> None:
        self._nodes += 1
        self._tag(event)
        if event.anchor:
            self._sizes[event.anchor], self._words[event.anchor] = 1, event.value
        if event.style in ("|", ">") and len(event.value) > MAX_BLOCK_LINE:
            self._found.long_line |= max(map(len, event.value.split("\n"))) > MAX_BLOCK_LINE
        if event.style == '"' and not self._found.escaped:
            source = self._text[event.start_mark.index : event.end_mark.index]
            self._found.escaped = event.value if "\\" in source and _ESCAPE.search(source) else ""
        self._node(event.value)

    def _begin(self, event: Any) -> None:
        self._nodes += 1
        self._tag(event)
        path = self._node(None)
        keys: set[str] | None = set() if isinstance(event, yaml.MappingStartEvent) else None
        self._open.append(_Open(path, keys, event.anchor, self._nodes))

    def _tag(self, event: Any) -> None:
        if event.tag:
            self._found.tags.add(event.tag)

    def _node(self, word: str | None) -> Path:
        """Take one node as a key or as a value, and say where it stands."""
        if not self._open:
            return ()
        inside = self._open[-1]
        if inside.keys is None:
            return inside.path
        if inside.key is not None:
            path = (*inside.path, inside.key)[: _KEPT_DEPTH + 1]
            inside.key = None
            return path
        self._key(inside, word)
        return inside.path

    def _key(self, inside: _Open, word: str | None) -> None:
        found = self._found
        found.odd_key |= word is None
        inside.key = word or ""
        if inside.key in (inside.keys or ()):
            found.twice.add(inside.key)
        if inside.keys is not None:
            inside.keys.add(inside.key)
        found.merges |= word == "<<"
        if len(inside.path) < _KEPT_DEPTH:
            found.documents[-1].add((*inside.path, inside.key))
