"""What answers a control, which controls does an artefact answer, and which are there?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outsource_gate.explanations import Item, Page
from outsource_gate.explanations.controls import Answer, Control, catalogue

CONTROLS = "controls"  # id of the page that lists them all
_NO_REVIEW = "What answers a control is evidence for it; whether the control is met, an auditor says."


def control_page(asked: str) -> Page | None:
    """Explain a control by which gates and artefacts answer it, and what is not shown; None for an unknown id."""
    known = catalogue()
    control = known.find(asked)
    if control is None:
        return None
    return Page(
        "control",
        control.id,
        means=control.asks,
        facts=(("of", known.frameworks[control.framework].name),),
        items=tuple(_item(answer) for answer in control.answers),
        gaps=control.gaps,
    )


def artefact_page(asked: str) -> Page | None:
    """Say what an artefact is, what shows it, and which controls it answers; None for an unknown id."""
    known = catalogue().artefacts.get(asked)
    if known is None:
        return None
    return Page(
        "artefact",
        known.id,
        means=f"{known.what[:1].upper()}{known.what[1:]}.",
        facts=(("shown by", f"outsource-gate {known.command}"),),
        items=tuple(_answered(known.id)),
    )


def controls_page(asked: str) -> Page | None:
    """List all controls, those of a framework, or those below a part of one; None where there are none."""
    wanted = catalogue().controls.values() if asked == CONTROLS else catalogue().within(asked)
    listed = tuple(Item(control.id, f"{control.asks} {_by(control)}") for control in wanted)
    if not listed:
        return None
    names = dict.fromkeys(catalogue().frameworks[control.framework].name for control in wanted)
    told = f"{len(listed)} controls that something here answers, wholly or partly."
    return Page("controls", asked, means=f"{told} {_NO_REVIEW}", facts=_of(names), items=listed)


def further_controls(gate: str, claimed: Iterable[str]) -> str:
    """Name the controls that a gate answers beside those that records say it serves."""
    return ", ".join(one.id for one in catalogue().answered_by(gate) if one.id not in claimed)


def _answered(by: str) -> Iterator[Item]:
    for control in catalogue().answered_by(by):
        for answer in control.answers:
            if answer.by == by:
                yield Item(control.id, _told(answer))


def _item(answer: Answer) -> Item:
    artefact = catalogue().artefacts.get(answer.by)
    shown = f" Shown by: outsource-gate {artefact.command}" if artefact else ""
    return Item(answer.by, f"{_told(answer)}{shown}")


def _told(answer: Answer) -> str:
    return f"partly: {answer.why}" if answer.partly else answer.why


def _by(control: Control) -> str:
    return f"[{', '.join(answer.by for answer in control.answers)}]"


def _of(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return (("of", "; ".join(names)),)
