"""Which documents does the register name, and which of them are what was registered? Nothing is read here."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from outsource_gate.model.register import Vendor
from outsource_gate.model.span import Span, after
from outsource_gate.model.terms import Day, Document, Held, Slug, Text

# What an auditor of outsourced development asks an organisation for.
EXPECTED = ("third-party-management-policy", "secure-development-policy")
Step = str | int


class OwnDocument(Document):
    """A document of the organisation itself, with who approved it and until when that counts."""

    id: Slug
    approved_by: Text | None = Field(default=None, description="who in our house approved it")
    approved_on: Day | None = Field(default=None, description="when this version was approved")
    reviewed_on: Day | None = Field(default=None, description="when it was last looked at and left as it is")
    review_every: Span = Field(default="12 months", description="how often it is looked at")

    @property
    def document(self) -> Document:
        return Document(file=self.file, url=self.url, sha256=self.sha256)

    @property
    def review_due(self) -> date | None:
        """The last day on which it counts as reviewed; None where nobody approved it."""
        seen = [day for day in (self.approved_on, self.reviewed_on) if day]
        return after(max(seen), self.review_every) if self.approved_on else None


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of comparing one document's bytes with its digest."""

    document: Document
    outcome: Literal["matches", "differs", "not-checked"]
    why: str = ""  # differs, not-checked: what was found


@dataclass(frozen=True, slots=True)
class Named:
    """A document, what it shows, and where the vendor's entry names it."""

    what: str
    document: Document
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class OwnConcern:
    """What is not in order with a document of the organisation."""

    id: str
    kind: Literal["missing", "differs", "not-checked", "unapproved", "overdue"]
    why: str = ""
    due: date | None = None  # overdue: the last day on which it was in order


def own_concerns(
    documents: Iterable[OwnDocument],
    compared: Iterable[Compared],
    today: date,
    expected: tuple[str, ...] = EXPECTED,
) -> Iterator[OwnConcern]:
    """Say which documents of ours are missing, differ, were not compared, or are overdue for approval or review."""
    outcomes = {one.document: one for one in compared}
    here = {one.id: one for one in documents}
    for name in expected:
        if name not in here:
            yield OwnConcern(name, "missing", "not on register")
    for one in here.values():
        seen = outcomes.get(one.document) or Compared(one.document, "not-checked", "nobody looked")
        if seen.outcome != "matches":
            yield OwnConcern(one.id, seen.outcome, seen.why)
        yield from _review(one, today)


def _review(one: OwnDocument, today: date) -> Iterator[OwnConcern]:
    if one.approved_by is None or one.approved_on is None or one.approved_on > today:
        yield OwnConcern(one.id, "unapproved", f"approved by {one.approved_by}, on {one.approved_on}")
    elif one.reviewed_on and one.reviewed_on > today:
        yield OwnConcern(one.id, "overdue", f"reviewed on {one.reviewed_on}, which is to come")
    elif one.review_due and today > one.review_due:
        yield OwnConcern(one.id, "overdue", f"review was due by {one.review_due}", one.review_due)


def place_of(document: Document) -> str:
    """One spelling for one place, to see that two entries mean the same document."""
    return document.url or posixpath.normpath(document.file or "")


def documents_of(vendor: Vendor) -> Iterator[Named]:
    """Every document that a vendor's entry names, in the entry's order."""
    yield from _contract(vendor)
    yield from _diligence(vendor)
    yield from _access(vendor)
    for number, activity in enumerate(vendor.oversight):
        yield from _held(activity.last, activity.activity, "oversight", number, "last")
    for number, person in enumerate(vendor.people):
        for name, training in person.training.items():
            yield from _held(training, f"training of {person.id}", "people", number, "training", name)


def _contract(vendor: Vendor) -> Iterator[Named]:
    if contract := vendor.contract:
        yield from _one(contract.document, "contract", "contract", "document")
        for name, artefact in contract.artefacts.items():
            yield from _one(artefact.document, name, "contract", "artefacts", name, "document")


def _diligence(vendor: Vendor) -> Iterator[Named]:
    diligence, top = vendor.due_diligence, "due_diligence"
    if diligence is None:
        return
    yield from _held(diligence.risk_assessment, "risk assessment", top, "risk_assessment")
    for number, certification in enumerate(diligence.certifications):
        yield from _one(certification.document, certification.name, top, "certifications", number, "document")
    for number, questionnaire in enumerate(diligence.questionnaires):
        yield from _held(questionnaire, questionnaire.name, top, "questionnaires", number)
    yield from _held(diligence.personnel_vetting, "personnel vetting", top, "personnel_vetting")


def _access(vendor: Vendor) -> Iterator[Named]:
    if access := vendor.access:
        yield from _held(access.reviewed, "access review", "access", "reviewed")
        for name in ("remote_access", "device_management"):
            evidence = getattr(getattr(access, name), "evidence", None)
            yield from _one(evidence, name.replace("_", " "), "access", name, "evidence")
    for number, engagement in enumerate(vendor.engagements):
        yield from _one(engagement.proof, f"engagement {engagement.id}", "engagements", number, "proof")


def _held(held: Held | None, what: str, *path: Step) -> Iterator[Named]:
    yield from _one(held.document if held else None, what, *path, "document")


def _one(document: Document | None, what: str, *path: Step) -> Iterator[Named]:
    if document:
        yield Named(what, document, path)
