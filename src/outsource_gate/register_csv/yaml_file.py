"""How does a vendor's entry read as YAML? Only what is said; read back, it is the very same entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from outsource_gate.model.register import Vendor

# Reads as this very text to every YAML parser; days are text to ours.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._@/-]*(?: [A-Za-z0-9._@/-]+)*|[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SPAN = re.compile(r"[1-9][0-9]{0,3} (?:days?|weeks?|months?|years?)", re.ASCII)
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_WIDTH = 116


def vendor_yaml(vendor: Vendor) -> str:
    """Write the entry, blocks outside and short things on one line."""
    whole = vendor.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return "\n".join(_mapping(whole, "")) + "\n"


def _mapping(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{indent}{_key(key)}:", value, indent)


def _entry(start: str, value: Any, indent: str) -> Iterator[str]:
    line = f"{start} {_flow(value)}"
    if not isinstance(value, dict | list) or not value or (len(line) <= _WIDTH and not _is_deep(value)):
        yield line
    elif isinstance(value, dict):
        yield start
        yield from _mapping(value, f"{indent}  ")
    else:
        yield start
        for item in value:
            yield from _item(item, f"{indent}  ")


def _item(item: Any, indent: str) -> Iterator[str]:
    line = f"{indent}- {_flow(item)}"
    if not isinstance(item, dict) or not item or (len(line) <= _WIDTH and not _is_deep(item)):
        yield line
        return
    first, *rest = _mapping(item, f"{indent}  ")
    yield f"{indent}- {first.lstrip()}"
    yield from rest


def _is_deep(value: Any) -> bool:
    """Whether it holds something that holds something."""
    inner = value.values() if isinstance(value, dict) else value
    return isinstance(value, dict | list) and any(isinstance(one, dict | list) and one for one in inner)


def _flow(value: Any) -> str:
    match value:
        case dict():
            return f"{{{', '.join(f'{_key(key)}: {_flow(one)}' for key, one in value.items())}}}"
        case list():
            return f"[{', '.join(map(_flow, value))}]"
        case int():
            return str(value)
        case _:
            return scalar(str(value))


def _key(name: str) -> str:
    """Our loader takes `on` for text, as everybody writes it."""
    return name if name == "on" else scalar(name)


def scalar(text: str) -> str:
    """Write text; a JSON string is a YAML one."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if is_plain or _SPAN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
