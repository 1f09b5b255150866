"""What do JSON, TOML, YAML and XML say, within bounds, and on which line?

Bytes were bounded before. A key that stands twice is refused: two tools would see two files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from outsource_gate.dependencies import Unreadable

MAX_DEPTH = 64
MAX_VALUES = 500_000
_TOKEN = re.compile(r"[@\w][\w./@:-]{0,200}")
_DOTTED = re.compile(r"(?:[\w\"'-]{1,200}[ \t]{0,3}\.[ \t]{0,3}){50}")


class Lines:
    """Finds the first line on which a word stands; made only once something is asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._first: dict[str, int] | None = None

    def of(self, word: str) -> int:
        """From 1; 0 where it stands nowhere as it is."""
        if self._first is None:
            self._first = {}
            for number, line in enumerate(self._text.split("\n"), 1):
                for token in _TOKEN.findall(line[:2000].lower()):
                    self._first.setdefault(token, number)
                    self._first.setdefault(token.rstrip(":.,"), number)
        return self._first.get(word.lower(), 0)


def read_json(text: str) -> dict[str, Any]:
    """An object; its keys are unique at every depth."""
    _refuse_depth(text)
    try:
        value = json.loads(text, object_pairs_hook=_unique)
    except RecursionError:
        raise Unreadable("is nested too deep") from None
    except ValueError as error:
        raise Unreadable(f"is not valid JSON: {str(error)[:100]}") from None
    return mapping(value, "the file")


def read_toml(text: str) -> dict[str, Any]:
    """A TOML document."""
    import tomllib  # noqa: PLC0415 - only where the change has such a file

    _refuse_depth(text)
    if _DOTTED.search(text):
        raise Unreadable("has a key of more than 50 parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Unreadable("is nested too deep") from None
    except ValueError as error:
        raise Unreadable(f"is not valid TOML: {str(error)[:100]}") from None


class Lined(dict[str, Any]):
    """A mapping that knows the lines of its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


def read_yaml(text: str) -> list[Any]:
    """The documents of a file as mappings (`Lined`), lists and texts; aliases share, so that none can explode."""
    import yaml  # noqa: PLC0415 - only where the change has such a file

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Documents(iter(yaml.parse(text, Loader=loader))).read()
    except RecursionError:
        raise Unreadable("is nested too deep") from None
    except (yaml.YAMLError, StopIteration, ValueError) as error:
        problem = getattr(error, "problem", None) or "cannot be read"
        raise Unreadable(f"is not valid YAML: {str(problem)[:100]}") from None


class _Documents:
    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._named: dict[str, Any] = {}
        self._count = 0

    def read(self) -> list[Any]:
        found: list[Any] = []
        for event in self._events:
            match type(event).__name__:
                case "StreamStartEvent" | "StreamEndEvent" | "DocumentEndEvent":
                    continue
                case "DocumentStartEvent":
                    self._named = {}
                    found.append(self._value(next(self._events), 0))
        return found

    def _value(self, event: Any, depth: int) -> Any:
        self._count += 1
        if self._count > MAX_VALUES or depth > MAX_DEPTH:
            raise Unreadable(f"holds more than {MAX_VALUES} values, or is nested deeper than {MAX_DEPTH} levels")
        match type(event).__name__:
            case "AliasEvent":
                return self._known(event.anchor)
            case "ScalarEvent":
                return self._keep(event, "" if event.implicit[0] and event.value in ("~", "null") else event.value)
            case "SequenceStartEvent":
                items: list[Any] = self._keep(event, [])
                while type(more := next(self._events)).__name__ != "SequenceEndEvent":
                    items.append(self._value(more, depth + 1))
                return items
            case _:
                return self._mapping(event, depth)

    def _mapping(self, event: Any, depth: int) -> Lined:
        items: Lined = self._keep(event, Lined())
        while type(more := next(self._events)).__name__ != "MappingEndEvent":
            key = self._value(more, depth + 1)
            value = self._value(next(self._events), depth + 1)
            if key == "<<":
                _merge(items, value)
                continue
            if not isinstance(key, str):
                raise Unreadable(f"line {more.start_mark.line + 1}: a key that is no text")
            if key in items.lines:
                raise Unreadable(f"line {more.start_mark.line + 1}: {key[:60]} stands here a second time")
            items[key] = value
            items.lines[key] = more.start_mark.line + 1
        return items

    def _keep(self, event: Any, value: Any) -> Any:
        if event.anchor:
            self._named[event.anchor] = value
        return value

    def _known(self, name: str) -> Any:
        if name not in self._named:
            raise Unreadable(f"names {name[:60]}, which nothing has")
        return self._named[name]


def _merge(items: Lined, value: Any) -> None:
    """YAML 1.1's "<<": what stands in the mapping itself counts more."""
    for one in value if isinstance(value, list) else [value]:
        for key, more in one.items() if isinstance(one, Lined) else ():
            items.setdefault(key, more)


def read_xml(text: str) -> Any:
    """The root element; each has its line in the attribute ` line`. No entities, no document type."""
    from xml.etree.ElementTree import ParseError, TreeBuilder  # noqa: PLC0415 - builds what defusedxml reads

    try:
        from defusedxml import DefusedXmlException  # noqa: PLC0415 - optional
        from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415 - optional
    except ImportError:
        raise Unreadable("is XML, and the package defusedxml is not installed") from None

    class Builder(TreeBuilder):
        depth = 0

        def start(self, tag: Any, attrs: Any) -> Any:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise Unreadable(f"is nested deeper than {MAX_DEPTH} levels")
            plain = tag.rpartition("}")[2] if isinstance(tag, str) else tag
            return super().start(plain, {**attrs, " line": str(parser.parser.CurrentLineNumber)})

        def end(self, tag: Any) -> Any:
            self.depth -= 1
            return super().end(tag.rpartition("}")[2] if isinstance(tag, str) else tag)

    parser = DefusedXMLParser(target=Builder(), forbid_dtd=True)
    try:
        parser.feed(text.encode())
        return parser.close()
    except DefusedXmlException:
        raise Unreadable("is XML with a document type or entities") from None
    except (ParseError, ValueError) as error:
        raise Unreadable(f"is not valid XML: {str(error)[:100]}") from None


def mapping(value: Any, what: str) -> dict[str, Any]:
    """A mapping, or the file is not what it should be; what is absent is empty."""
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise Unreadable(f"{what}: is no mapping")
    return value


def items(value: Any, what: str) -> list[Any]:
    """A list, likewise."""
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        raise Unreadable(f"{what}: is no list")
    return value


def word(value: Any) -> str:
    """A text as it is; anything else is none."""
    return value if isinstance(value, str) else ""


def texts(value: Mapping[str, Any]) -> dict[str, str]:
    """Those entries of a mapping that are text."""
    return {key: one for key, one in value.items() if isinstance(one, str)}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"{twice[:60]!r} stands twice in one object")
    return found


def _refuse_depth(text: str) -> None:
    """Count brackets, also those inside strings, before a parser that calls itself sees them."""
    depth = 0
    for match in re.finditer(r"[\[{]|[\]}]", text):
        depth += 1 if match[0] in "[{" else -1
        if depth > 500:
            raise Unreadable("is nested too deep")
