"""How does a record stay below its size, however much a change throws at it?

Long lists keep their first items; the record says how many there were and the digest of the whole, so that the
facts file can prove what is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.evidence.canonical import Json, canonical_bytes, digest_of

MAX_TEXT = 1000
_CAPS = (1000, 300, 100, 30, 10, 3, 0)


def cut_to(predicate: dict[str, Json], limit: int) -> dict[str, Json]:
    """Give the predicate in at most `limit` canonical bytes, its `cut` naming every shortened list."""
    for cap in _CAPS:
        notes: list[Json] = []
        shorter = {key: _cut(value, f"/{_escaped(key)}", cap, notes) for key, value in predicate.items()}
        shorter["cut"] = notes
        if len(notes) <= _CAPS[0] and len(canonical_bytes(shorter)) <= limit:
            return shorter
    return shorter  # every list empty, every text short: sealing refuses what is still too large


def cut_text(text: str, left_out: int = 0) -> str:
    """Give at most MAX_TEXT characters, saying how many are missing; `left_out` are missing already."""
    missing = max(len(text) - MAX_TEXT, 0) + left_out
    return f"{text[:MAX_TEXT]}… ({missing} more characters)" if missing else text


def _cut(value: Json, pointer: str, cap: int, notes: list[Json]) -> Json:
    match value:
        case list():
            if len(value) > cap:
                notes.append({"pointer": pointer, "count": len(value), "kept": cap, "sha256": digest_of(value)})
            return [_cut(item, f"{pointer}/{index}", cap, notes) for index, item in _first(value, cap)]
        case dict():
            return {key: _cut(item, f"{pointer}/{_escaped(key)}", cap, notes) for key, item in value.items()}
        case _:
            return value


def _first(items: list[Json], cap: int) -> Iterator[tuple[int, Json]]:
    return enumerate(items[:cap])


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")  # RFC 6901, 3
