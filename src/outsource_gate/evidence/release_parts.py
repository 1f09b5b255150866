"""What does a record say of a release?"""

from __future__ import annotations

from collections import Counter

from pydantic import Field

from outsource_gate.evidence.part import GitId, Part
from outsource_gate.evidence.pseudonyms import Pseudonyms
from outsource_gate.model.merged import MergeClass
from outsource_gate.model.release import Release


class MergedPart(Part):
    """A merged change of a vendor, or one that is not in order."""

    commit: GitId
    number: int | None = Field(description="of the request, as the commit's subject names it")
    vendors: list[str]
    kind: MergeClass
    record: str | None = Field(description="SHA-256 of the payload of the record that speaks for it")
    tie: str = Field(description="how the two meet: head, tree, content, redone, series; empty without a record")


class ReleasePart(Part):
    """A version, and what was merged since the last one."""

    version: str
    since: str = Field(description="the last release as it was named; empty for the first one")
    major: bool
    why: str = Field(description="why it is major, or is not")
    kinds: dict[MergeClass, int] = Field(description="merged changes by class, not-vendor included")
    unproven: int = Field(description="those that are ours by claim alone")
    records: int = Field(description="genuine ones that were there")
    changes: list[MergedPart] = Field(description="those of vendors and whatever is not in order")


def release(fact: object, names: Pseudonyms) -> ReleasePart | None:
    """Everything but how many lines each change has; what could not be read stands under `missing`."""
    if not isinstance(fact, Release):
        return None
    kinds = Counter(change.kind for change in fact.changes)
    kinds[MergeClass.NOT_VENDOR] += fact.others
    return ReleasePart(
        version=names.text(fact.version),
        since=names.text(fact.since),
        major=fact.is_major,
        why=names.text(fact.why),
        kinds={kind: count for kind, count in sorted(kinds.items()) if count},
        unproven=fact.unproven,
        records=fact.records,
        changes=[
            MergedPart(
                commit=one.commit,
                number=one.number,
                vendors=list(one.vendors),
                kind=one.kind,
                record=one.record,
                tie=one.tie,
            )
            for one in fact.changes
        ],
    )
