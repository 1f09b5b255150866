"""Which OWASP Top 10 category does a weakness belong to? For scanners that name only the CWE.

From the lists of mapped CWEs of OWASP Top 10:2021 and OWASP Top 10:2025, for the CWEs that our scanners name. A CWE
that neither list holds (CWE-400, CWE-605 ...) has no category.
"""

from __future__ import annotations

from collections.abc import Iterable

_CATEGORIES: dict[tuple[str, ...], tuple[int, ...]] = {
    ("A01:2021", "A01:2025"): (22, 284, 377),
    ("A01:2025",): (732,),
    ("A02:2021", "A04:2025"): (319, 326, 327, 330),
    ("A03:2021", "A05:2025"): (20, 77, 78, 79, 80, 89, 94),
    ("A02:2021", "A07:2021", "A07:2025"): (259,),
    ("A07:2021", "A07:2025"): (290, 295, 798),
    ("A08:2021", "A08:2025"): (494, 502, 829),
    ("A08:2025",): (506,),
    ("A09:2021", "A09:2025"): (532,),
    ("A03:2025",): (1104, 1357),
    ("A10:2025",): (703,),
}
_BY_CWE = {f"CWE-{number}": names for names, numbers in _CATEGORIES.items() for number in numbers}


def owasp_of(cwe: Iterable[str]) -> tuple[str, ...]:
    """Give the categories of ids like "CWE-78", each once, in order."""
    return tuple(dict.fromkeys(name for identifier in cwe for name in _BY_CWE.get(identifier, ())))
