"""What do GitHub's annotations say? The reasons, each on its line; then the answer in one line."""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.model.outcome import Outcome
from outsource_gate.reports import Report, View, escape, words
from outsource_gate.reports.story import Chapter, Part, Point, parts

SHOWN = 10  # annotations of each level that GitHub shows for one step


def render(outcome: Outcome, view: View) -> str:
    """Give workflow commands and a last line without one; nothing else in the text is a command."""
    told = parts(outcome, view.audience)
    pairs = [(chapter, point) for part in told for chapter in part.chapters for point in _by_place(chapter)]
    blocking = [_annotation("error", chapter, point) for chapter, point in pairs if point.blocks]
    noted = [
        _annotation("warning", chapter, point) for chapter, point in pairs if not point.blocks and point.places
    ]
    if outcome.evidence and outcome.evidence.problem:
        blocking.insert(0, _command("error", "no valid record", words.no_record(outcome.evidence)))
    lines = (*_bounded("error", blocking), *_bounded("warning", noted), _answer(outcome, told))
    return "".join(f"{line}\n" for line in lines)


def _by_place(chapter: Chapter) -> Iterator[Point]:
    """What points at a line comes first: it is seen where the code is read."""
    yield from sorted(chapter.points + chapter.notes, key=lambda point: not point.finding)


def _bounded(level: str, annotations: list[str]) -> Iterator[str]:
    if len(annotations) <= SHOWN:
        yield from annotations
        return
    yield from annotations[: SHOWN - 1]
    more = words.plural(len(annotations) - SHOWN + 1, f"more {'reason' if level == 'error' else 'note'}")
    yield _command(level, more, f"and {more}; {words.REST}")


def _annotation(level: str, chapter: Chapter, point: Point) -> str:
    place = next((where for where in point.places if where.path), None)
    told = [point.message]
    told += [f"expected: {point.expected}"] * bool(point.expected)
    told += [f"found: {point.got}"] * bool(point.got and not point.finding)
    told += [f"and {words.plural(len(point.places) - 1, 'more place')}"] * (len(point.places) > 1)
    told += [point.internal] * bool(point.internal)
    told += [f"-> {point.step}"] * bool(point.step)
    title = f"{chapter.gate}: {point.finding.rule if point.finding else point.code}"
    end = point.finding.location.end_line if point.finding else 0
    return _command(
        level,
        title,
        "; ".join(told),
        path=place.path if place else "",
        line=place.line if place else 0,
        end=end,
    )


def _command(level: str, title: str, message: str, *, path: str = "", line: int = 0, end: int = 0) -> str:
    properties = [f"file={escape.github_property(path)}"] * bool(path)
    properties += [f"line={line}"] * bool(path and line)
    properties += [f"endLine={end}"] * bool(path and end > line)
    properties.append(f"title={escape.github_property(words.shortened(title, 200))}")
    return f"::{level} {','.join(properties)}::{escape.github_data(words.shortened(message, 1000))}"


def _answer(outcome: Outcome, told: tuple[Part, ...]) -> str:
    each = "; ".join(f"{words.shortened(part.name, 100)}: {part.tally}" for part in told)
    return escape.log(escape.terminal(f"{outcome.decision.answer} {each}. {words.meaning(outcome).capitalize()}."))


REPORT = Report(id="github", media_type="text/plain", render=render)
