"""What does a program read of an audit? Everything, in the published form."""

from __future__ import annotations

from typing import Any

from outsource_gate.model.audit import Artefact, Audit
from outsource_gate.model.merged import MergedChange
from outsource_gate.reports import audit_v1 as v1
from outsource_gate.reports.escape import json_text


def audit_json(audit: Audit) -> str:
    """Give the whole of it; the same audit gives the same bytes."""
    since: Any = {"from": audit.first}  # a word of Python
    whole = v1.AuditV1(
        schema_version="1.0",
        organisation=audit.organisation,
        repository=audit.repository,
        branch=audit.branch,
        head=audit.head,
        to=audit.last,
        **since,
        now=audit.now,
        policy_digest=audit.policy,
        register_digest=audit.register,
        changes=tuple(map(_change, audit.changes)),
        summary=dict(sorted(audit.summary.items())),
        unproven=audit.unproven,
        artefacts=tuple(map(_artefact, audit.artefacts)),
        records=audit.records,
        problems=audit.problems,
    )
    return json_text(whole.model_dump(mode="json", by_alias=True)) + "\n"


def _change(change: MergedChange) -> v1.ChangeV1:
    return v1.ChangeV1(
        commit=change.commit,
        position=change.position,
        merged_at=change.merged_at,
        merged_at_source="claim",
        change=change.number,
        vendors=change.vendors,
        proven=change.proven,
        **{"class": change.kind},
        record=change.record,
        tie=change.tie,
        reasons=change.reasons,
    )


def _artefact(one: Artefact) -> v1.ArtefactV1:
    return v1.ArtefactV1(
        owner=one.owner,
        artefact=one.artefact,
        state=one.state,
        expires=one.expires,
        done=one.done,
        person=one.person,
        asked_by=one.asked_by,
        where=one.where,
    )
