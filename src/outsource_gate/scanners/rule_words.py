"""Which rules can say nothing of a file, as it holds none of the words that they look for?

semgrep leaves such rules out by itself, yet reads the file anew for each of their words, which was more than half
of its time. So the room tells in a file's name which groups of words stand in it, and rules are kept to such names.
What is known of a rule counts for that very rule: changed, it reads every file until scripts/rule_words.py ran.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("rule_words.json")
LANGUAGE = "python"  # whose rules are known so


def marks(language: str, content: bytes) -> str:
    """Give what a file's name has to say before its suffix, ".web.rare" or nothing."""
    if language != LANGUAGE:
        return ""
    return "".join(f".{group}" for group, words in _words().items() if any(word in content for word in words))


def kept_to(rule: dict[str, Any]) -> dict[str, Any]:
    """Keep a rule to the files that hold one of its words, if they are known."""
    group, digest = _table()["rules"].get(rule["id"], ("", ""))
    if not group or "paths" in rule or rule_digest(rule) != digest:
        return rule
    return rule | {"paths": {"include": [f"*.{group}.*"]}}


def rule_digest(rule: dict[str, Any]) -> str:
    """Tell one state of a rule from every other."""
    return hashlib.sha256(json.dumps(rule, sort_keys=True).encode()).hexdigest()


@cache
def _words() -> dict[str, list[bytes]]:
    return {group: [word.encode() for word in words] for group, words in _table()["words"].items()}


@cache
def _table() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(TABLE.read_bytes())
    return read
