"""Which hits of typed detectors are new to us, and how sure is each? Ours names the kind where both see one.

What ours takes for a stand-in (a UUID, a word, a template) counts as unsure; what a vendor prints in its own
documentation, and what repeats or counts instead of being random, as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from outsource_gate.model.finding import Confidence
from outsource_gate.scanners.credential_words import is_stand_in, is_stand_in_token
from outsource_gate.scanners.credentials import MAX_HITS, Hit
from outsource_gate.scanners.kingfisher import TypedHit
from outsource_gate.scanners.secret_hunt import Hunt, Origin

_ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{16,}")


def merge(hunt: Hunt, said: Iterable[tuple[Origin, str, tuple[TypedHit, ...]]]) -> None:
    """Add to the hunt what typed detectors found, text by text, in the order in which the texts came."""
    old: dict[tuple[str, str], str] = {}
    told: dict[tuple[str, str, str], set[str]] = {}  # by blob: a notebook's cell repeats what the file says
    for origin, text, found in said:
        key = (origin.path, origin.blob.at_base) if origin.blob else ("", "")
        if key not in old:
            old[key] = hunt.old(origin.blob, origin.base) if origin.blob and origin.base else ""
        known = told.setdefault((origin.place, origin.commit, origin.path), set())
        hits = [hit for hit in found if not is_stand_in_token(hit.value)]
        hunt.left_out += max(0, len(hits) - MAX_HITS)
        hits = sorted(hits, key=lambda hit: -_confidence(hit).rank)[:MAX_HITS]
        for typed, start, end in _placed(text, hits):
            hit, line = _named(origin, text, typed, start, end)
            if origin.inside and (hit.value in known or _is_told(origin, hit)):
                continue
            known.add(hit.value)
            hunt.add(origin, hit, line, new=hit.value.strip() not in old[key])
            if typed.is_encoded:  # a scanner may quote it as it stands there, or what it stands for
                more = (typed.value, *_ENCODED.findall(text[start:end]))
                hunt.values.setdefault(origin.place, {}).update(dict.fromkeys(more))


def _confidence(hit: TypedHit) -> Confidence:
    return Confidence.LOW if is_stand_in(hit.value) else hit.confidence


def _placed(text: str, hits: Iterable[TypedHit]) -> Iterator[tuple[TypedHit, int, int]]:
    """Where each value stands, passing once over the text; one that is encoded is its whole line."""
    number, start = 1, 0
    for hit in sorted(hits, key=lambda hit: hit.line):
        while number < hit.line and (after := text.find("\n", start) + 1):
            number, start = number + 1, after
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        place = -1 if hit.is_encoded else text.find(hit.value, start, end + len(hit.value))
        yield (hit, place, place + len(hit.value)) if place >= 0 else (hit, start, end)


def _named(origin: Origin, text: str, typed: TypedHit, start: int, end: int) -> tuple[Hit, int]:
    """Ours where we have one of the same value or of characters of it, with the greater confidence of the two."""
    for ours in origin.hits:
        if ours.start < end and start < ours.end:
            surest = max(ours.confidence, _confidence(typed), key=lambda one: one.rank)
            return replace(ours, confidence=surest), text.count("\n", 0, ours.start) + 1
    what = f"a credential of the kind {typed.rule}"
    return Hit(f"kingfisher.{typed.rule}", what, _confidence(typed), start, end, text[start:end]), typed.line


def _is_told(origin: Origin, hit: Hit) -> bool:
    """Our own detectors have named this value in the file around, no less surely."""
    return any(
        ours.value == hit.value and ours.confidence.rank >= hit.confidence.rank for ours in origin.told_before
    )
