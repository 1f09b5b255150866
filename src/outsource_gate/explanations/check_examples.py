"""Which code is bad, and which good, to a check that others wrote? A test holds `examples.yaml` to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from outsource_gate.explanations import Example
from outsource_gate.policy.yaml_text import read_yaml

_DATA = Path(__file__).with_name("examples.yaml")
_VERDICTS: tuple[Literal["bad", "good"], ...] = ("bad", "good")


@cache
def examples() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Give the data: tool -> check -> bad, good.

    Besides `line` of bad where it is not the last, `place` where it is no step, `escaped` where a character is
    written as its code, which a reader sees, `why` where the tool does not say.
    """
    data: Any = read_yaml(_DATA.name, _DATA.read_bytes()).data
    return data  # type: ignore[no-any-return]  # a test holds its shape


def examples_of(tool: str, check: str) -> tuple[Example, ...]:
    """Give a bad and a good example, where there are some."""
    return tuple(_examples(examples()[tool].get(check, {})))


def why_of(tool: str, check: str) -> str:
    """Our own words, where the tool has none."""
    return str(examples()[tool].get(check, {}).get("why", ""))


def bad_line(told: Mapping[str, Any]) -> int:
    """The line that the tool reports."""
    return int(told.get("line") or told["bad"].count("\n") + 1)


def _examples(told: Mapping[str, Any]) -> Iterator[Example]:
    for verdict in _VERDICTS if told else ():
        lines = told[verdict].split("\n")
        line = bad_line(told) if verdict == "bad" else len(lines)
        yield Example(verdict, "", line, tuple(enumerate(lines, 1)))
