"""What is already known of these files, and what of a fresh answer is worth keeping?"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from outsource_gate.model.finding import Confidence, Severity
from outsource_gate.scanners import Hit, Installed, Job, Scanner
from outsource_gate.scanners.cache.store import MAX_ENTRY, Store
from outsource_gate.scanners.workspace import Room

_TOLD = tuple(field.name for field in fields(Hit) if field.name != "target")
_KINDS = {"severity": Severity, "confidence": Confidence}
_NUMBER = re.compile(r"\A\w+/f\d+")  # what comes behind it can make a difference: ".tsx", "/action.yml"
_MAX_PLAIN = 16 * MAX_ENTRY


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scanner says of one file: its hits, and what it says where it does not know the syntax."""

    hits: tuple[Hit, ...] = ()
    unparsed: str = ""


class Recall:
    """What is kept of one scanner's answers."""

    def __init__(self, store: Store, scanner: Scanner, installed: Installed, room: Room) -> None:
        self._store = store
        self._scanner = scanner
        self._room = room
        self._installed = installed

    def known(self, job: Job) -> dict[str, Answer]:
        """Give the kept answers by target; where some rules are asked for, a whole answer of all rules will do."""
        jobs = (replace(job, only=frozenset()), job) if job.only else (job,)
        found: dict[str, Answer] = {}
        for asked in jobs:
            about = self._about(asked)
            for target in job.targets:
                if target not in found and (answer := self._answer(about, target)) is not None:
                    if asked.only or not job.only:
                        found[target] = answer
                    elif not answer.unparsed:
                        found[target] = Answer(tuple(hit for hit in answer.hits if hit.rule in job.only))
        return found

    def keep(self, job: Job, hits: Iterable[Hit], failed: Mapping[str, str], unparsed: Collection[str]) -> None:
        """Keep what the same question would be answered again: no time-out, no lack of memory, no silence."""
        about = self._about(job)
        found: dict[str, list[Hit]] = {}
        for hit in hits:
            found.setdefault(hit.target, []).append(hit)
        for target in job.targets:
            language = about.get(self._room.placed[target].language)
            if language and (target in unparsed or target not in failed):
                answer = Answer(tuple(found.get(target, ())), failed.get(target, ""))
                self._store.put(self._question(language, target), _packed(answer))

    def _answer(self, about: Mapping[str, str], target: str) -> Answer | None:
        language = about.get(self._room.placed[target].language)
        kept = self._store.get(self._question(language, target)) if language else None
        return _unpacked(kept, target) if kept is not None else None

    def _about(self, job: Job) -> Mapping[str, str]:
        return self._scanner.depends(job, self._installed) if self._scanner.depends else {}

    def _question(self, language: str, target: str) -> bytes:
        placed = self._room.placed[target]
        parts = (
            _own_code(), self._scanner.id, self._installed.version, language, placed.language,
            _NUMBER.sub("", target), placed.digest.hex(),
        )  # fmt: skip
        return json.dumps(parts).encode()


@cache
def _own_code() -> str:
    """Digest of what makes findings of a report: another version of it may understand the same report otherwise."""
    total = hashlib.sha256()
    for file in sorted(Path(__file__).parent.parent.rglob("*.py")):
        content = file.read_bytes()
        total.update(f"{file.name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _packed(answer: Answer) -> bytes:
    hits = [[getattr(hit, name) for name in _TOLD] for hit in answer.hits]
    return zlib.compress(json.dumps([answer.unparsed, hits]).encode(), 1)


def _unpacked(kept: bytes, target: str) -> Answer | None:
    """Read what is sealed by us; what cannot be read is a miss all the same."""
    try:
        engine = zlib.decompressobj()
        unparsed, hits = json.loads(engine.decompress(kept, _MAX_PLAIN))
        return Answer(tuple(_hit(target, values) for values in hits), str(unparsed))
    except (ValueError, TypeError, KeyError, RecursionError, zlib.error):
        return None


def _hit(target: str, values: list[Any]) -> Hit:
    told = {name: _told(name, value) for name, value in zip(_TOLD, values, strict=True)}
    return Hit(target=target, **told)


def _told(name: str, value: Any) -> Any:
    return _KINDS[name](value) if name in _KINDS else _frozen(value)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
