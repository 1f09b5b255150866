"""Is this the certification that is asked for, and until when is enough of them held?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from outsource_gate.model.diligence import Certification

_WORD = re.compile(r"[a-z]+|[0-9]+")
_JOINT = "iec"  # ISO/IEC 27001 is as often written ISO 27001


def covers_name(asked: str, held: str) -> bool:
    """`SOC 2` covers `soc2 type II`, `ISO 27001` covers `ISO/IEC 27001:2022`: word by word, from the front.

    Case, spaces and punctuation count for nothing; letters of other alphabets make another name. What is asked for
    more precisely than what is held is not covered.
    """
    wanted, found = _words(asked), _words(held)
    return bool(wanted) and found[: len(wanted)] == wanted


def held_until(held: Iterable[Certification], asked: tuple[str, ...], needed: int, today: date) -> date | None:
    """The last day on which `needed` different ones of those asked for are valid, from today; None: not even today.

    Without a list every name counts as one. One without a last day does not count: nobody would see it lapse.
    """
    until: dict[str, date] = {}
    for one in held:
        if one.valid_until is None or one.valid_until < today or (one.valid_from and one.valid_from > today):
            continue
        for name in _asked(one.name, asked):
            until[name] = max(until.get(name, date.min), one.valid_until)
    latest = sorted(until.values(), reverse=True)
    return latest[needed - 1] if 0 < needed <= len(latest) else None


def _asked(held: str, asked: tuple[str, ...]) -> Iterable[str]:
    if not asked:
        return (" ".join(_words(held)),)
    return {" ".join(_words(name)) for name in asked if covers_name(name, held)}


def _words(name: str) -> list[str]:
    return [word for word in _WORD.findall(_ascii(name).lower()) if word != _JOINT]


def _ascii(name: str) -> str:
    """Letters of other alphabets become a word of their own that nobody asks for."""
    return "".join(char if char.isascii() else f"x{ord(char):x}x" for char in name)
