"""Which findings does the base not have? Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from outsource_gate.model.finding import Finding


def mark_new(head: Iterable[Finding], base: Iterable[Finding], pairs: Mapping[str, str]) -> tuple[Finding, ...]:
    """Set `new` by the multiset difference per file: a second copy of an old flaw is new.

    `pairs` gives, for a path at head, the path it had at the base; base findings carry base paths. Each of them
    excuses one in each path paired with it, the first; a path without a pair has nothing to be excused by.
    """
    known = Counter((finding.location.path, finding.fingerprint) for finding in base)
    used: Counter[tuple[str, str]] = Counter()
    marked = []
    for finding in sorted(head, key=_place):
        path = finding.location.path
        used[path, finding.fingerprint] += 1
        is_known = path in pairs and used[path, finding.fingerprint] <= known[pairs[path], finding.fingerprint]
        marked.append(replace(finding, new=not is_known))
    return tuple(marked)


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    where = finding.location
    return (where.path, where.start_line, where.start_column, finding.rule, finding.fingerprint)
