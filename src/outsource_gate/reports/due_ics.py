"""What does a calendar get of what is due? One whole-day event a duty, iCalendar (RFC 5545).

Written here rather than with a library: a dozen properties, and their bytes are the same in every run. A duty keeps
its UID when its day moves, so that importing again moves the event.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from outsource_gate.duties.listing import DueList, Listed
from outsource_gate.duties.obligation import State
from outsource_gate.reports import due_words
from outsource_gate.reports.escape import visible

_OCTETS = 75  # RFC 5545, 3.1: a line's length without its end
_REMIND_DAYS = (14, 2)
_ENTITIES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})  # RFC 5545, 3.3.11


def due_ics(due: DueList, now: datetime) -> str:
    """Give the list as a calendar; what is late or missing stands on the day of the list, where somebody looks."""
    return "".join(f"{_folded(line)}\r\n" for line in _calendar(due, now))


def _calendar(due: DueList, now: datetime) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//outsource-gate//vendors due//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_text(f'{due.organisation}: duties with vendors')}"
    taken: Counter[str] = Counter()
    for one in due.listed:
        yield from _event(one, due, now, taken)
    yield "END:VCALENDAR"


def _event(one: Listed, due: DueList, now: datetime, taken: Counter[str]) -> Iterator[str]:
    found = one.obligation
    day = max(found.due or due.today, due.today)
    told = [f"{due_words.whose(one)}, ask {one.who}", *due_words.details(one)]
    name = due_words.owner_name(one, due.organisation)
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(one, due, taken)}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.isoformat().replace('-', '')}"  # without an end it is the whole day, 3.6.1
    yield f"SUMMARY:{_text(f'{_prefix(one)}{name}: {due_words.subject(found)}')}"
    yield "DESCRIPTION:" + "\\n".join(map(_text, [_state(one), *told]))
    yield "CATEGORIES:" + ",".join(map(_text, ("vendor duty", found.kind, str(found.state), name)))
    yield "TRANSP:TRANSPARENT"
    if found.state is State.DUE:
        yield from _alarms(one, (day - due.today).days)
    yield "END:VEVENT"


def _alarms(one: Listed, left: int) -> Iterator[str]:
    for days in (days for days in _REMIND_DAYS if days < left):
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(due_words.subject(one.obligation))}"
        yield f"TRIGGER:-P{days}D"
        yield "END:VALARM"


def _prefix(one: Listed) -> str:
    return f"{one.obligation.state.upper()}: " if one.obligation.state.is_late else ""


def _state(one: Listed) -> str:
    found = one.obligation
    return f"{found.state}, {found.due}" if found.due else str(found.state)


def _uid(one: Listed, due: DueList, taken: Counter[str]) -> str:
    """The same for the same duty in every run; its day is not part of it. Of two alike the second is counted."""
    found = one.obligation
    parts = "\0".join((due.organisation, found.vendor, found.kind, found.what, found.person))
    taken[parts] += 1
    digest = hashlib.sha256(f"{parts}\0{taken[parts]}".encode("utf-8", "backslashreplace")).hexdigest()
    return f"{digest[:32]}@outsource-gate"


def _text(text: str) -> str:
    return visible(text).translate(_ENTITIES)


def _folded(line: str) -> str:
    """Break a line where 75 octets are full, never within a character."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    return "\r\n".join([*pieces, piece])
