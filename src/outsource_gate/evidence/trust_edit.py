"""How does a key get into a trust file that people also edit by hand?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from outsource_gate.errors import UsageError
from outsource_gate.evidence.public_key import PublicKey
from outsource_gate.evidence.trust import KeyRule, Trust, TrustedKey, read_trust
from outsource_gate.model.verdict import Stage

HEADER = "# Keys whose records count: guard this file as you guard the keys.\nversion: 1\nkeys:\n"


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is to be added. Empty scope: every repository, every stage."""

    name: str
    key: PublicKey
    valid_from: date | None = None
    valid_until: date | None = None
    repositories: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    handed_over: bool = False
    handed_over_results: bool = False
    results: tuple[str, ...] = ()  # names that it may sign; then it speaks for no record
    access_reviews: tuple[str, ...] = ()  # vendors whose reviews it may sign; the same


def with_key(text: str | None, new: NewKey, file: str) -> str:
    """Give the file's text with the key added at its end, all else untouched; None: a new file."""
    if text is None:
        changed, before = HEADER + _entry(new, 2), Trust(())
    else:
        before = read_trust(text.encode(), file)
        if before.bare:
            raise UsageError(f"{file}: is a PEM key", hint="name a trust file of its own, such as trust.yaml")
        if before.find(new.key.key_id):
            raise UsageError(f"{file}: trusts this key already", hint="edit its entry there")
        changed = _appended(text, new, file)
    after = read_trust(changed.encode(), file)
    if _meant(after.keys[:-1]) != _meant(before.keys) or after.keys[-1].key != new.key:
        raise UsageError(f"{file}: cannot be extended safely", hint="add the entry by hand:\n" + _entry(new, 2))
    return changed


def _meant(keys: tuple[TrustedKey, ...]) -> list[tuple[PublicKey, KeyRule]]:
    """What the entries say, whatever line end their PEM text closes with."""
    return [(trusted.key, trusted.rule.model_copy(update={"public_key": ""})) for trusted in keys]


def _appended(text: str, new: NewKey, file: str) -> str:
    """Put the entry behind the last one of a block list, in that list's own indentation."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)  # read strictly before: a mapping
    keys = next((value for key, value in node.value if key.value == "keys"), None)
    if keys is None or keys.flow_style:
        hint = "write `keys:` with one `- name: ...` per key, each on lines of its own"
        raise UsageError(f"{file}: its list of keys cannot be extended", hint=hint)
    lines = text.splitlines(keepends=True)
    at = keys.end_mark.line + (1 if keys.end_mark.column else 0)
    head, tail = "".join(lines[:at]), "".join(lines[at:])
    if not head.endswith("\n"):
        head += "\n"
    return head + _entry(new, keys.start_mark.column) + tail


def _entry(new: NewKey, indent: int) -> str:
    lines = [f"name: {_quoted(new.name)}", "public_key: |", *(f"  {line}" for line in new.key.pem.splitlines())]
    span = {"from": new.valid_from, "until": new.valid_until}
    if any(span.values()):
        days = ", ".join(f"{word}: {day}" for word, day in span.items() if day)
        lines.append(f"valid: {{{days}}}")
    if new.repositories:
        lines.append(f"repositories: [{', '.join(map(_quoted, new.repositories))}]")
    if new.stages:
        lines.append(f"stages: [{', '.join(new.stages)}]")
    if new.handed_over:
        lines.append("handed_over: true")
    if new.handed_over_results:
        lines.append("handed_over_results: true")
    if new.results:
        lines.append(f"results: [{', '.join(map(_quoted, new.results))}]")
    if new.access_reviews:
        lines.append(f"access_reviews: [{', '.join(map(_quoted, new.access_reviews))}]")
    return "".join(f"{' ' * indent}{'- ' if index == 0 else '  '}{line}\n" for index, line in enumerate(lines))


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)  # a JSON string is a YAML string
