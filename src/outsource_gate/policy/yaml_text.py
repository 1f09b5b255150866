"""What does a YAML file say, read strictly, and on which line?

Only what reads the same to everybody is accepted: mappings with text keys, lists, text, whole numbers,
`true` and `false`. YAML 1.1's surprises stay text (`no`, `on`, `0755`, `12:30`, `1.10`, `2026-01-10`); a field
that wants a number or a truth value then says so. Anchors, aliases, tags, directives, several documents,
repeated keys and keys without a value are errors: each can make a file mean what a reviewer does not see.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml
from yaml import events as ev

from outsource_gate.errors import PolicyError
from outsource_gate.policy.source import bounded

Path = tuple[str | int, ...]
Lines = dict[Path, int]

MAX_DEPTH = 16
MAX_VALUES = 250_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
# What editors and reviewers do not show: control characters, lone carriage returns, line ends that only YAML
# knows, direction controls and invisible characters (zero-width joiners belong to some names, and stay).
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
    r"|\r(?!\n)"
)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A file's data as plain values, and its text to find lines in."""

    file: str
    data: Any = field(repr=False)
    text: str = field(repr=False)

    def line(self, path: Path) -> int:
        """Give the line of a value, or of the nearest thing around it that is there."""
        lines = _index(self.file, self.text)
        while path not in lines:
            path = path[:-1]
        return lines[path]

    def place(self, path: Path = ()) -> Place:
        return Place(self, path)

    def error(self, path: Path, what: str, hint: str = "", at: Path | None = None) -> PolicyError:
        """Form the one error for a value: file, line (of `at`), key, what is wrong, next step."""
        key = dotted(path)
        return PolicyError(f"{self.place(at or path)}: {key + ': ' if key else ''}{what}", hint=hint)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands; the line is looked for only when somebody asks."""

    text: YamlText
    path: Path = ()

    @property
    def line(self) -> int:
        return self.text.line(self.path)

    def __str__(self) -> str:
        return f"{self.text.file}:{self.line}"

    def below(self, *steps: str | int) -> Place:
        """Give the place of a part of this value."""
        return Place(self.text, (*self.path, *steps))

    def error(self, what: str, hint: str = "") -> PolicyError:
        return self.text.error(self.path, what, hint)


def read_yaml(file: str, raw: bytes) -> YamlText:
    """Read one file; every way in which it can be wrong is one PolicyError with file and line."""
    text = _decode(file, bounded(file, raw))
    return YamlText(file, _Reader(file, text).document(), text)


def dotted(path: Path) -> str:
    """Write a path as `vendors.people[2].emails`."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{_key(step)}" for step in path)
    return words.removeprefix(".")


def shown(value: object) -> str:
    """Quote a value from a file: escaped, and cut where it is long."""
    text = ascii(value) if not isinstance(value, str) or not value.isprintable() else repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def unseen(text: str) -> re.Match[str] | None:
    """Find what editors and reviewers do not show."""
    return _UNSEEN.search(text)


def _key(step: str) -> str:
    return step if step.isprintable() and len(step) <= 80 else shown(step)


@lru_cache(maxsize=32)
def _index(file: str, text: str) -> Lines:
    lines: Lines = {}
    _Reader(file, text, lines).document()
    return lines


def _decode(file: str, raw: bytes) -> str:
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PolicyError(
            f"{file}:{line}: is not UTF-8, got byte 0x{raw[error.start]:02x}", hint="save it as UTF-8"
        ) from None
    if unseen := _UNSEEN.search(text):
        line = text.count("\n", 0, unseen.start()) + 1
        raise PolicyError(
            f"{file}:{line}: holds a character that readers do not see, U+{ord(unseen.group()[0]):04X}",
            hint="remove it; indent with spaces, end lines with a line feed",
        )
    return text


class _Reader:
    """Turns the parser's events into plain values; `lines` takes down where each stands."""

    def __init__(self, file: str, text: str, lines: Lines | None = None) -> None:
        self.file, self.text, self.lines, self.count = file, text, lines, 0

    def document(self) -> Any:
        try:
            # Making it reads the first characters, and can already fail.
            loader = _LOADER(self.text)
            self.next: Callable[[], Any] = loader.get_event
            return self._document()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
            raise PolicyError(
                f"{self.file}:{mark.line + 1 if mark else 1}: is not valid YAML: {problem}",
                hint="quote text that begins with * & ! % @ ` or holds ': ' or ' #'",
            ) from None

    def _document(self) -> Any:
        self.next()  # StreamStart
        start = self.next()
        if type(start) is ev.StreamEndEvent:
            raise PolicyError(
                f"{self.file}:1: is empty", hint="`outsource-gate policy schema` shows what may stand here"
            )
        if start.version or start.tags:
            raise self._error(start, "directives (%YAML, %TAG) are not allowed", "remove the line")
        value = self._value(self.next(), ())
        self.next()  # DocumentEnd
        more = self.next()
        if type(more) is not ev.StreamEndEvent:
            raise self._error(more, "a second document begins here, allowed is one", "move it to a file of its own")
        return value

    def _value(self, event: Any, path: Path) -> Any:
        self._admit(event, path)
        if type(event) is ev.ScalarEvent:
            return self._scalar(event, path)
        if type(event) is ev.SequenceStartEvent:
            return self._sequence(path)
        return self._mapping(path)

    def _admit(self, event: Any, path: Path) -> None:
        if self.lines is not None:
            self.lines.setdefault(path, event.start_mark.line + 1)
        self.count += 1
        if self.count > MAX_VALUES:
            raise self._error(event, f"more than {MAX_VALUES} values, allowed at most that", "split the file")
        if len(path) > MAX_DEPTH:
            raise self._error(event, f"nested deeper than {MAX_DEPTH} levels", "nothing here is that deep")
        if type(event) is ev.AliasEvent or event.anchor is not None:
            name = shown(event.anchor)
            raise self._error(
                event, f"anchors and aliases are not allowed, got {name}", "write it out, or quote the text"
            )
        if event.tag is not None:
            raise self._error(
                event, f"tags are not allowed, got {shown(event.tag)}", "remove it, or quote the text"
            )

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next()) is not ev.SequenceEndEvent:
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while type(event := self.next()) is not ev.MappingEndEvent:
            key = self._read_key(event, path)
            if key in items:
                raise self._error(event, f"{dotted((*path, key))}: stands here a second time", "keep one of them")
            if self.lines is not None:
                self.lines[(*path, key)] = event.start_mark.line + 1
            items[key] = self._value(self.next(), (*path, key))
        return items

    def _read_key(self, event: Any, path: Path) -> str:
        if type(event) is not ev.ScalarEvent:
            raise self._error(event, "a key must be text, got a list, mapping or alias", "write one word")
        self._admit(event, path)
        key = self._seen(event)
        if event.style not in (None, ""):
            return key
        if key in _NOTHING or key in ("true", "false") or _WHOLE_NUMBER.fullmatch(key):
            raise self._error(event, f"a key must be text, got {key or 'nothing'}", "write a word, or quote it")
        return key

    def _scalar(self, event: Any, path: Path) -> str | int | bool:
        text = self._seen(event)
        if event.style not in (None, ""):
            return text
        if text in _NOTHING:
            what = f"{dotted(path)}: has no value" if path else "is empty"
            raise self._error(event, what, "give a value, or remove the key")
        if text in ("true", "false"):
            return text == "true"
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text

    def _seen(self, event: Any) -> str:
        """Give a scalar's text; an escape must not smuggle in what is refused when written plainly."""
        text: str = event.value
        if event.style == '"' and (unseen := _UNSEEN.search(text)):
            code = f"U+{ord(unseen.group()[0]):04X}"
            raise self._error(
                event, f"an escape stands for a character that readers do not see, {code}", "remove it"
            )
        return text

    def _error(self, event: Any, what: str, hint: str) -> PolicyError:
        return PolicyError(f"{self.file}:{event.start_mark.line + 1}: {what}", hint=hint)
