"""Which OWASP Top 10 category does a weakness belong to? For scanners that name only the CWE.

From the lists of mapped CWEs in OWASP Top 10:2021 and OWASP Top 10:2025; only those that our scanners name.
"""

from __future__ import annotations

from collections.abc import Iterable

_CATEGORIES: dict[tuple[str, ...], tuple[int, ...]] = {
    ("A01:2021", "A01:2025"): (22, 23, 59, 200, 276, 284, 285, 352, 377, 379, 601, 639, 732, 862, 863),
    ("A10:2021", "A01:2025"): (918,),
    ("A02:2021", "A04:2025"): (261, 295, 296, 310, 319, 321, 326, 327, 328, 330, 331, 338, 347, 759, 760, 916),
    ("A03:2021", "A05:2025"): (20, 74, 77, 78, 79, 80, 83, 88, 89, 90, 91, 94, 95, 96, 98, 99, 116, 643, 917, 943),
    ("A05:2021", "A02:2025"): (11, 16, 260, 489, 605, 611, 614, 776, 942, 1004),
    ("A07:2021", "A07:2025"): (255, 259, 287, 306, 384, 521, 613, 798),
    ("A08:2021", "A08:2025"): (345, 426, 494, 502, 829, 915),
    ("A09:2021", "A09:2025"): (117, 532, 778),
    ("A04:2021", "A06:2025"): (209, 256, 434, 522),
    ("A04:2021", "A10:2025"): (703, 754, 755),
}
_BY_NUMBER = {number: names for names, numbers in _CATEGORIES.items() for number in numbers}


def owasp_of(cwe: Iterable[str]) -> tuple[str, ...]:
    """Give the categories of ids like "CWE-78", each once, in order; none for a CWE that is not mapped."""
    numbers = (int(name[4:]) for name in cwe if name.startswith("CWE-") and name[4:].isdigit())
    return tuple(dict.fromkeys(name for number in numbers for name in _BY_NUMBER.get(number, ())))
