"""How does a record stay below its size, however much a change throws at it?

Long lists keep their first items; the record says how many there were and the digest of the whole, so that the
facts file can prove what is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from outsource_gate.evidence.canonical import Json, canonical_bytes, digest_of

MAX_TEXT = 1000
_CAPS = (1000, 300, 100, 30, 10, 3, 0)


def cut_to(predicate: dict[str, Json], limit: int) -> dict[str, Json]:
    """Give the predicate in at most `limit` canonical bytes, its `cut` naming every shortened list."""
    digests: dict[int, str] = {}  # of lists by identity: `predicate` holds them all until we are done
    for cap in _CAPS:
        cutter = _Cutter(cap, [], digests)
        shorter = {key: cutter.cut(value, f"/{_escaped(key)}") for key, value in predicate.items()}
        shorter["cut"] = cutter.notes
        if len(cutter.notes) <= _CAPS[0] and len(canonical_bytes(shorter)) <= limit:
            return shorter
    return shorter  # every list empty, every text short: sealing refuses what is still too large


def cut_text(text: str, left_out: int = 0) -> str:
    """Give at most MAX_TEXT characters, saying how many are missing; `left_out` are missing already."""
    missing = max(len(text) - MAX_TEXT, 0) + left_out
    return f"{text[:MAX_TEXT]}… ({missing} more characters)" if missing else text


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts every list to `cap` items, and notes which."""

    cap: int
    notes: list[Json]
    digests: dict[int, str]

    def cut(self, value: Json, pointer: str) -> Json:
        match value:
            case list():
                if len(value) > self.cap:
                    self.notes.append(self._note(value, pointer))
                return [self.cut(item, f"{pointer}/{index}") for index, item in enumerate(value[: self.cap])]
            case dict():
                return {key: self.cut(item, f"{pointer}/{_escaped(key)}") for key, item in value.items()}
            case _:
                return value

    def _note(self, items: list[Json], pointer: str) -> Json:
        if id(items) not in self.digests:
            self.digests[id(items)] = digest_of(items)
        return {"pointer": pointer, "count": len(items), "kept": self.cap, "sha256": self.digests[id(items)]}


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")  # RFC 6901, 3
