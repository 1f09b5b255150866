"""Which findings does the base not have? Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from outsource_gate.model.finding import Finding


def mark_new(head: Iterable[Finding], base: Iterable[Finding], pairs: Mapping[str, str]) -> tuple[Finding, ...]:
    """Set `new` by the multiset difference per file: a second copy of an old flaw is new.

    `pairs` gives, for a path at head, the path it had at the base; base findings carry base paths. Each of them
    excuses one at head, the first in the file; a path without a pair has nothing to be excused by.
    """
    known = Counter((finding.location.path, finding.fingerprint) for finding in base)
    marked = []
    for finding in sorted(head, key=_place):
        key = (pairs.get(finding.location.path, ""), finding.fingerprint)
        is_known = key[0] != "" and known[key] > 0
        known[key] -= is_known
        marked.append(replace(finding, new=not is_known))
    return tuple(marked)


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    where = finding.location
    return (where.path, where.start_line, where.start_column, finding.rule, finding.fingerprint)
