"""What does a contractor's checklist say, section by section? Formats put it into their own marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outsource_gate.policy.checklist import Checklist
from outsource_gate.policy.checklist_lines import Line


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence, and what follows: boxes to tick, or commands to copy."""

    title: str
    lead: str
    lines: tuple[Line, ...] = ()
    commands: tuple[str, ...] = ()
    is_ticked: bool = False


def title(checklist: Checklist) -> str:
    return f"Checklist for {checklist.name} working for {checklist.organization}"


def sections(checklist: Checklist, titles: Mapping[str, str]) -> tuple[Section, ...]:
    """Tell it in the order in which a contractor needs it; `titles` are those of gates, by id."""
    whole = (
        _papers(checklist),
        Section("Where you may work", "What is not named here is not granted.", checklist.where),
        Section(
            "What every change is held to",
            "Each is checked before your change is merged, by programs and by people.",
            checklist.held_to,
            is_ticked=True,
        ),
        _before_a_push(checklist),
        Section(
            "When a change is denied",
            f"The report says what is wrong, where, what to do and who does it. Its reasons have codes, and the "
            f"command explains one. Ask {checklist.owner} about access, papers and contract.",
            commands=("outsource-gate explain path-out-of-scope",),
        ),
        _acknowledge(checklist),
        _company(checklist, titles),
    )
    return tuple(section for section in whole if section.lead)


def _papers(checklist: Checklist) -> Section:
    lead = (
        "Each person who works on a change needs these. Send what shows them, and "
        f"{checklist.owner} enters the day in the register; the papers themselves are not kept there."
    )
    return Section("Before your first change", lead, checklist.before_first, is_ticked=True)


def _before_a_push(checklist: Checklist) -> Section:
    bundle = f"../{checklist.vendor}.bundle.json"
    return Section(
        "Ask before you push",
        f"{checklist.owner} gives you a file {checklist.vendor}.bundle.json with the rules of your company. "
        "Keep it outside the repository. With it your own machine answers as ours will, before anybody else sees "
        "the change; what decides is our run. The last command lets git ask by itself.",
        commands=(
            'pip install "outsource-gate[scanners]"',
            f"outsource-gate check --stage push --base origin/main --policy {bundle}",
            f"outsource-gate hook install --policy {bundle}",
        ),
    )


def _acknowledge(checklist: Checklist) -> Section:
    return Section(
        "Say that you have read it",
        f"Send this to {checklist.owner} with your name and the day. The version stands for the rules above: it "
        "changes when they change, and not when we only word them better.",
        commands=(f"I have read version {checklist.version} of the checklist and keep to it.",),
    )


def _company(checklist: Checklist, titles: Mapping[str, str]) -> Section:
    """Gates that no line speaks of ask for things that a person cannot bring."""
    named = ", ".join(titles.get(gate, gate) for gate in checklist.company)
    lead = f"Also checked with every change, and not for you to bring: {named}." if named else ""
    return Section("What your company brings", lead)
