"""What does somebody see of two policies: at a terminal, in a review's comment, as JSON?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from outsource_gate.policy_diff.difference import NOBODY, Difference, Direction, counted
from outsource_gate.reports.escape import markdown, terminal
from outsource_gate.reports.words import plural, shortened

_LONGEST = 200  # of a value
_NAMED = 8  # vendors


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """The differences, and the effective tier of each vendor with what concerns it."""

    old: str  # what was compared
    new: str
    found: Sequence[Difference]
    vendors: Mapping[str, tuple[str, Sequence[Difference]]]  # id -> tier, what concerns it


def diff_terminal(diff: PolicyDiff) -> str:
    """What got looser first, each with both places; then what comes of it for each vendor."""
    return "\n".join(map(terminal, _lines(diff)))


def _lines(diff: PolicyDiff) -> Iterator[str]:
    yield tally(diff)
    for way in Direction:
        found = [one for one in diff.found if one.direction is way]
        if found:
            yield ""
            yield f"{way} ({len(found):,})"
            for one in found:
                yield f"  {one.where}: {subject(one)}: {step(one)}"
                yield from (f"      {line}" for line in (places(one), concerned(one)) if line)
    touched = {id: told for id, told in diff.vendors.items() if told[1]}
    if touched:
        yield ""
        yield "for each vendor"
        yield from (f"  {id} ({tier}): {numbers(found)}" for id, (tier, found) in touched.items())


def tally(diff: PolicyDiff) -> str:
    """One line on the whole."""
    if not diff.found:
        return f"{diff.old} and {diff.new} say the same"
    return f"{diff.old} -> {diff.new}: {numbers(diff.found)}"


def numbers(found: Sequence[Difference]) -> str:
    """How many of each direction."""
    return ", ".join(f"{count:,} {way}" for way, count in counted(found).items() if count) or "nothing"


def subject(one: Difference) -> str:
    """What it is about; a key stands there whole, and some are long."""
    return shortened(one.what, _LONGEST)


def step(one: Difference) -> str:
    """From what to what; what is only in one of the two is added or removed."""
    old, new = (shortened(value, _LONGEST) for value in (one.old, one.new))
    if not old or not new:
        word = "added" if new else "removed"
        return word if (old or new) == "there" else f"{word} {old or new}"
    return f"{old} -> {new}"


def places(one: Difference) -> str:
    """Both places, or the one there is."""
    return " -> ".join(dict.fromkeys(filter(None, (one.old_place, one.new_place))))


def concerned(one: Difference) -> str:
    """Whom it concerns, where that is not everybody or plain from the entry."""
    if one.vendors == (NOBODY,):
        return "judges nobody"
    if not one.vendors or one.where == f"vendor {one.vendors[0]}":
        return ""
    more = len(one.vendors) - _NAMED
    first = ", ".join(one.vendors[:_NAMED])
    return f"concerns {first} and {plural(more, 'other')}" if more > 0 else f"concerns {first}"


def diff_markdown(diff: PolicyDiff) -> str:
    """A table for a request on the policy's repository; nothing of the policies is markup."""
    lines = [f"## {_cell(tally(diff))}", ""]
    if diff.found:
        lines += ["| | where | what | from, to | place | concerns |", "|---|---|---|---|---|---|"]
        lines += [f"| {' | '.join(map(_cell, _row(one)))} |" for one in diff.found]
        lines += ["", "| vendor | tier | |", "|---|---|---|"]
        lines += [
            f"| {_cell(id)} | {_cell(tier)} | {_cell(numbers(found))} |"
            for id, (tier, found) in diff.vendors.items()
            if found
        ]
    return "\n".join(lines) + "\n"


def _row(one: Difference) -> tuple[str, ...]:
    return (str(one.direction), one.where, subject(one), step(one), places(one), concerned(one))


def _cell(text: str) -> str:
    return markdown(text, within="cell")


def diff_json(diff: PolicyDiff) -> str:
    """Everything, for other programs."""
    value = {
        "old": diff.old,
        "new": diff.new,
        "counts": counted(diff.found),
        "differences": [asdict(one) for one in diff.found],
        "vendors": {id: {"tier": tier, **counted(found)} for id, (tier, found) in diff.vendors.items()},
    }
    return json.dumps(value, indent=2, ensure_ascii=True)
