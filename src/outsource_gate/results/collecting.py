"""How are any number of findings kept within bounds? All are counted, and the gravest are listed."""

from __future__ import annotations

import heapq
from collections import Counter

from outsource_gate.model.finding import Severity
from outsource_gate.model.result import Reported, Suppressed, Tally
from outsource_gate.results import MAX_LISTED

_Alike = tuple[Severity, Suppressed, bool, bool]


class Findings:
    """Findings as they come in."""

    def __init__(self) -> None:
        self._counts: Counter[_Alike] = Counter()
        self._kept: list[tuple[tuple[bool, int, int], Reported]] = []  # a heap, the least grave first
        self._number = 0

    def add(self, found: Reported) -> None:
        self._counts[found.severity, found.suppressed, found.old, found.review] += 1
        self._number += 1
        stands = found.suppressed == "no" and not found.old and not found.review
        entry = ((stands, found.severity.rank, -self._number), found)
        if len(self._kept) < MAX_LISTED:
            heapq.heappush(self._kept, entry)
        else:
            heapq.heappushpop(self._kept, entry)

    def listed(self) -> tuple[Reported, ...]:
        return tuple(found for _, found in sorted(self._kept, key=lambda entry: entry[0], reverse=True))

    def tallies(self) -> tuple[Tally, ...]:
        return tuple(Tally(*alike, count) for alike, count in sorted(self._counts.items()))
