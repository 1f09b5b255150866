"""Where in a file does a line stand that scanners see at another number? Pure."""

from __future__ import annotations

from dataclasses import dataclass

from outsource_gate.model.finding import Location


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of a notebook's cells stands in the file."""

    line: int
    note: str  # "cell 3, line 2"


def line_in_file(places: tuple[Place, ...], line: int) -> int:
    """Give the line of the file that this line comes from; the same where nothing else is known."""
    return places[min(line, len(places)) - 1].line if places else line


def located(path: str, places: tuple[Place, ...], start: int, end: int, column: int = 1) -> tuple[Location, str]:
    """Give the place of lines in the file, and a note for people; without places they stand where they are seen."""
    if not places:
        return Location(path, start, end, column), ""
    first, last = (line_in_file(places, number) for number in (start, end))
    return Location(path, first, max(first, last)), places[min(start, len(places)) - 1].note
