"""What does a shipped rule say, and which code does its own test call bad or good?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, Literal

import yaml

from outsource_gate.explanations import Example, Page
from outsource_gate.explanations.weaknesses import WAIVER, links
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.scanners.compiled import LOADER, rule_files

_RULE = re.compile(rb"(?m)^  - id: ([A-Za-z0-9._-]+)[ \t]*$")
# `# ruleid: a, b` above a line, in the comment style of any of the languages.
_ANNOTATION = re.compile(r"(?:#|//|/\*|<!--)\s*(ruleid|ok):\s*([\w., -]+?)\s*(?:\*/|-->|$)")
_PIPELINES = frozenset({"github-actions", "gitlab-ci"})  # folders of rules that the gate workflows judges
_BEFORE, _LONGEST = 4, 6  # lines shown before the one that is meant, and of a statement that goes on


def rule_ids() -> dict[str, Path]:
    """Give every shipped rule with the file it stands in."""
    files = rule_files(shipped_folder() / "rules")
    return {match[1].decode(): file for file in files for match in _RULE.finditer(file.read_bytes())}


def rule_page(rule: str, file: Path) -> Page:
    """Explain a shipped rule, with a bad and a good example from the test beside it."""
    document: Any = yaml.load(file.read_bytes(), Loader=LOADER)  # noqa: S506 - a safe loader
    found = next(one for one in document["rules"] if one["id"] == rule)
    about = found["metadata"]
    return Page(
        "rule",
        rule,
        means=_plain(found["message"]),
        why=_plain(about["why"]),
        what_to_do=_plain(about["fix"]),
        who="the author",
        facts=(
            ("severity", f"{about['severity']}, {about['confidence']} confidence"),
            ("weakness", ", ".join(about["cwe"])),
            ("OWASP", ", ".join(about["owasp"])),
            ("gate", "workflows" if file.parent.name in _PIPELINES else "sast"),
        ),
        examples=tuple(_examples(rule, file)),
        links=links(about["cwe"], about["owasp"]),
        waiver=WAIVER,
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _examples(rule: str, file: Path) -> Iterator[Example]:
    tests = sorted(path for path in file.parent.glob(f"{file.stem}.*") if path != file)
    kinds: tuple[tuple[str, Literal["bad", "good"]], ...] = (("ruleid", "bad"), ("ok", "good"))
    for kind, verdict in kinds:
        for test in tests:
            if example := _example(test, kind, rule, verdict):
                yield example
                break


def _example(test: Path, kind: str, rule: str, verdict: Literal["bad", "good"]) -> Example | None:
    """The first line that the test marks so, what stands before it, and all of its statement."""
    code, marks = _read(test)
    line = next((line for line, marked in marks.items() if (kind, rule) in marked), None)
    if line is None:
        return None
    shown = [*_before(code, marks, line), *_statement(code, line)]
    texts = dedent("\n".join(code[number] for number in shown)).split("\n")
    name = f"policies/{test.relative_to(shipped_folder()).as_posix()}"
    return Example(verdict, name, line, tuple(zip(shown, texts, strict=True)))


def _read(test: Path) -> tuple[dict[int, str], dict[int, set[tuple[str, str]]]]:
    """The lines of code by number, and what the annotations above say of some of them."""
    code: dict[int, str] = {}
    marks: dict[int, set[tuple[str, str]]] = {}
    waiting: set[tuple[str, str]] = set()
    for number, text in enumerate(test.read_text(encoding="utf-8").splitlines(), 1):
        if match := _ANNOTATION.search(text):
            waiting |= {(match[1], rule.strip()) for rule in match[2].split(",")}
            continue
        code[number] = text.expandtabs(4)
        if waiting:
            marks[number], waiting = waiting, set()
    return code, marks


def _before(code: dict[int, str], marks: dict[int, set[tuple[str, str]]], line: int) -> list[int]:
    """Up to the last empty line; other examples are left out, and blocks that hold nothing but them."""
    found: list[int] = []
    for number in sorted((one for one in code if one < line), reverse=True):
        if not code[number].strip() or len(found) == _BEFORE:
            break
        text = code[number]
        inside = code[found[-1] if found else line]
        is_empty_block = text.rstrip().endswith((":", "{")) and _indent(text) >= _indent(inside)
        if number not in marks and not is_empty_block:
            found.append(number)
    return sorted(found)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _statement(code: dict[int, str], line: int) -> Iterator[int]:
    opened = 0
    for number in sorted(one for one in code if line <= one < line + _LONGEST):
        yield number
        opened += sum(code[number].count(char) for char in "([{") - sum(code[number].count(char) for char in ")]}")
        if opened <= 0:
            return
