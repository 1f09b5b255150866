"""Which days do a vendor's people bring: their last one, and how long their papers count?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from outsource_gate.duties.obligation import REGISTER, Obligation, Sheet, State
from outsource_gate.model.register import Person, Training
from outsource_gate.model.span import ANY
from outsource_gate.policy.access_terms import AccessSettings


def people_duties(sheet: Sheet) -> Iterator[Obligation]:
    """Give what is owed of each person; who has left owes nothing, and is told as such."""
    wants = sheet.wants("access", AccessSettings)
    for number, person in enumerate(sheet.vendor.people):
        yield from _Papers(sheet, wants, person, ("people", number)).all()


class _Papers:
    def __init__(self, sheet: Sheet, wants: AccessSettings, person: Person, path: tuple[str | int, ...]) -> None:
        self.sheet, self.wants, self.person, self.path = sheet, wants, person, path

    def all(self) -> Iterator[Obligation]:
        until, start = self.person.active.until, self.person.active.from_
        if until and until < self.sheet.today:
            yield self.sheet.plain(
                "active", "last day", State.ENDED, *self.path, "active", due=until, **self.told()
            )
            return
        if start and start > self.sheet.today:
            told = self.told(duty="customer", note=f"begins {start}")
            yield self.sheet.plain("active", "last day", State.LATER, *self.path, "active", due=until, **told)
        elif until:
            yield self.sheet.dated("active", "last day", until, *self.path, "active", **self.told(duty="customer"))
        yield from self.papers()

    def papers(self) -> Iterator[Obligation]:
        person, wants = self.person, self.wants
        signed = person.nda.signed_on if person.nda else None
        yield from self.paper("nda", "NDA", signed, "nda" if wants.nda == "required" else "")
        for name in dict.fromkeys((*wants.training, *person.training)):
            yield from self.training(name, person.training.get(name), name in wants.training)
        seen, age = person.mfa.verified_on if person.mfa else None, wants.mfa_max_age
        yield from self.paper("mfa", "second factor", seen, "mfa_max_age" if age != ANY else "", age)
        read = person.checklist.acknowledged_on if person.checklist else None
        yield from self.paper("checklist", "checklist", read, "checklist" if wants.checklist != "ignored" else "")

    def training(self, name: str, seen: Training | None, is_wanted: bool) -> Iterator[Obligation]:
        ages = (self.wants.training_max_age if is_wanted else None, seen.valid_for if seen else None)
        on = seen.on if seen else None
        yield from self.paper("training", f"training {name}", on, "training" if is_wanted else "", *ages)

    def paper(self, kind: str, what: str, on: date | None, setting: str, *ages: str | None) -> Iterator[Obligation]:
        """Enter a paper that the tier's `setting` wants, or that is on register."""
        if setting or on:
            told = self.told(asked_by=self.sheet.asks("access", setting) if setting else REGISTER)
            yield self.sheet.done(kind, what, on, ages, *self.path, kind, **told)

    def told(self, **more: Any) -> dict[str, Any]:
        return {"person": self.person.id, **more}
