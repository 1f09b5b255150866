"""Which papers does a vendor's person lack on a day, of those that a tier wants? Pure; the day is the caller's.

All of it is declared: what somebody of ours entered in the register. Nothing here was observed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from outsource_gate.model.register import Person, Training
from outsource_gate.model.span import ANY, last_day
from outsource_gate.model.verdict import Effect
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.concern import Concern

NOTHING = "nothing is declared in the register"


@dataclass(frozen=True, slots=True)
class Holder:
    """A person by number in the vendor's list, as far as papers go."""

    person: Person
    number: int

    def lacks(self, code: str, message: str, internal: str, key: str) -> Concern:
        return Concern(code, f"{self.person.id}: {message}", ("people", self.number, key), internal)


def paper_concerns(holder: Holder, wants: AccessSettings, today: date) -> Iterator[Concern]:
    """Give every paper that is missing, of a day to come, or too old; versions are compared apart."""
    if wants.nda == "required":
        yield from _nda(holder, today)
    for name in wants.training:
        yield from _training(holder, name, wants, today)
    if wants.mfa_max_age != ANY:
        yield from _mfa(holder, wants, today)
    known = holder.person.checklist
    if wants.checklist != "ignored" and (known is None or known.acknowledged_on > today):
        told = f"acknowledgement {declared(known.acknowledged_on)}, a day to come" if known else NOTHING
        yield holder.lacks("checklist-missing", "has not acknowledged the checklist", told, "checklist")


def version_concerns(holder: Holder, wants: AccessSettings, version: str | None) -> Iterator[Concern]:
    """Compare the acknowledged version with the one that applies now; None: nobody could say which that is."""
    known = holder.person.checklist
    if wants.checklist != "this-version" or known is None:
        return
    if version is None:
        message = "which version of the checklist applies is not known"
        yield Concern("checklist-unknown", message, ("people", holder.number, "checklist"), "", Effect.UNDECIDED)
    elif known.version.strip() != version:
        message = f"acknowledged another version of the checklist than {version}, which applies now"
        told = f"version {known.version}, {declared(known.acknowledged_on)}"
        yield holder.lacks("checklist-other-version", message, told, "checklist")


def order_concerns(holder: Holder, wants: AccessSettings, arrived: date | None) -> Iterator[Concern]:
    """Was the checklist read before the first change? `arrived`: the day this one reached the server, if known.

    Earlier changes are not known here. Who was not active before the first acknowledgement cannot have made any.
    """
    known, start = holder.person.checklist, holder.person.active.from_
    if wants.checklist == "ignored" or known is None:
        return
    first = known.first_on or known.acknowledged_on
    if arrived is not None and arrived < first:
        message = "acknowledged the checklist after this change had arrived"
        told = f"arrived on {arrived}, as the server saw it; acknowledgement {declared(first)}"
        yield holder.lacks("checklist-after-change", message, told, "checklist")
    elif start is None or start < first:
        message = f"{holder.person.id}: not known whether the checklist was read before the first change"
        told = f"active from {start or 'any day'}; acknowledgement {declared(first)}"
        path = ("people", holder.number, "checklist")
        yield Concern("checklist-order-unknown", message, path, told, Effect.NOTE)


def papers_until(person: Person, wants: AccessSettings, today: date) -> Iterator[date]:
    """Give the last day of every paper that counts today: what relied on it is over afterwards."""
    trainings = (person.training[name] for name in wants.training if name in person.training)
    found = [(training.on, _until(training, wants)) for training in trainings]
    if wants.mfa_max_age != ANY and person.mfa:
        found.append((person.mfa.verified_on, last_day(person.mfa.verified_on, wants.mfa_max_age)))
    yield from (until for on, until in found if on <= today <= until)


def declared(day: date) -> str:
    """Say whose word this is, and of when."""
    return f"declared in the register on {day}"


def _nda(holder: Holder, today: date) -> Iterator[Concern]:
    nda = holder.person.nda
    if nda is None or nda.signed_on > today:
        told = f"signature {declared(nda.signed_on)}, a day to come" if nda else NOTHING
        yield holder.lacks("nda-missing", "no signed confidentiality agreement on register", told, "nda")


def _training(holder: Holder, name: str, wants: AccessSettings, today: date) -> Iterator[Concern]:
    training = holder.person.training.get(name)
    if training is None or training.on > today:
        told = f"training {declared(training.on)}, a day to come" if training else NOTHING
        yield holder.lacks("training-missing", f"no training {name} on register", told, "training")
    elif (until := _until(training, wants)) < today:
        told = f"training {declared(training.on)}, counted until {until}"
        yield holder.lacks("training-expired", f"the training {name} is too old", told, "training")


def _until(training: Training, wants: AccessSettings) -> date:
    return last_day(training.on, wants.training_max_age, training.valid_for)


def _mfa(holder: Holder, wants: AccessSettings, today: date) -> Iterator[Concern]:
    mfa = holder.person.mfa
    if mfa is None or mfa.verified_on > today:
        told = f"second factor {declared(mfa.verified_on)}, a day to come" if mfa else NOTHING
        yield holder.lacks("mfa-missing", "no second factor on register", told, "mfa")
    elif (until := last_day(mfa.verified_on, wants.mfa_max_age)) < today:
        told = f"second factor {declared(mfa.verified_on)}, counted until {until}"
        message = f"nobody of ours looked at the second factor within {wants.mfa_max_age}"
        yield holder.lacks("mfa-stale", message, told, "mfa")
