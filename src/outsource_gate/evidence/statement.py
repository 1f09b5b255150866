"""What does the record of a run say? Facts and decision in, in-toto Statement out; nothing is judged here.

The interface is `build_statement`. People are pseudonyms, texts are free of secrets, long lists are cut: see the
modules of those names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from outsource_gate import __version__
from outsource_gate.evidence import predicate as p
from outsource_gate.evidence.canonical import Json, digest_of
from outsource_gate.evidence.cut import cut_to
from outsource_gate.evidence.envelope import MAX_PAYLOAD
from outsource_gate.evidence.exception_parts import waivers, windows
from outsource_gate.evidence.expiry import exceptions_until, no_later, valid_until
from outsource_gate.evidence.facts_file import FACTS_VERSION, moment, plain
from outsource_gate.evidence.pseudonyms import Pseudonyms, pseudonyms
from outsource_gate.evidence.release_parts import release
from outsource_gate.evidence.run import RunContext
from outsource_gate.evidence.statement_parts import (
    attribution,
    coverage,
    missing,
    result,
    reviews,
    scan,
    tracker,
    verdict,
    vulnerabilities,
)
from outsource_gate.evidence.subject import subject
from outsource_gate.model.facts import Attribution, Facts
from outsource_gate.model.finding import Scan
from outsource_gate.model.result import Result
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet, Revision
from outsource_gate.model.verdict import Decision

Settings = Mapping[str, Mapping[str, BaseModel]]  # vendor id ("" for the change as a whole) -> gate id -> settings
_AROUND = 16384  # bytes kept free for the statement around the predicate


def build_statement(  # noqa: PLR0913 - everything that a record binds together
    facts: Facts,
    decision: Decision,
    *,
    settings: Settings,
    gate_versions: Mapping[str, int],
    controls: Mapping[str, Sequence[str]],
    facts_digest: str,
    tree_digest: str = "",
    run: RunContext | None = None,
    pseudonym_key: bytes | None = None,
) -> dict[str, Json]:
    """Give the statement for any decision. Equal inputs give an equal statement."""
    names = pseudonyms(facts, pseudonym_key)
    whole = p.Predicate(
        **_frame(facts, decision, settings, names),
        **_judged(facts, decision, names),
        change=_change(facts, names, tree_digest),
        gates=_gates(gate_versions, controls),
        settings=_settings(settings),
        decision_digest=decision_digest(facts_digest, settings, decision),
        facts=p.FactsPart(version=FACTS_VERSION, digest={"sha256": facts_digest}),
        run=_run(run or RunContext(), names),
    )
    cut = cut_to(whole.model_dump(mode="json", by_alias=True), MAX_PAYLOAD - _AROUND)
    return {
        "_type": p.STATEMENT_TYPE,
        "subject": [subject(facts, facts_digest, names)],
        "predicateType": p.PREDICATE_TYPE,
        "predicate": cut,
    }


def decision_digest(facts_digest: str, settings: Settings, decision: Decision) -> str:
    """SHA-256 over what was judged, how, and what came out: what `replay` compares."""
    judged: dict[str, Json] = {
        "facts": facts_digest,
        "settings": plain(settings),
        "verdicts": plain(decision.verdicts),
        "answer": decision.answer.value,
        "enforced": decision.enforced,
    }
    return digest_of(judged)


def _frame(facts: Facts, decision: Decision, settings: Settings, names: Pseudonyms) -> dict[str, Any]:
    until = no_later(valid_until(facts, settings), exceptions_until(decision), facts.timezone)
    return {
        "schema_version": p.SCHEMA_VERSION,
        "engine": p.Engine(name="outsource-gate", version=__version__),
        "made_at": moment(facts.now),
        "valid_until": moment(until) if until else None,
        "stage": facts.stage,
        "chosen": _chosen(facts),
        "repository": p.Repository(name=names.path(facts.repository), organisation=facts.organisation),
        "policy": p.PolicyPart(digest=facts.policy.digest, where=names.path(facts.policy.where)),
        "register_": p.RegisterPart(digest=facts.policy.register_digest),
        "pseudonyms": p.PseudonymsPart(method=names.method, key=names.key_name),
        "cut": [],
    }


def _chosen(facts: Facts) -> p.ChosenPart:
    """Who was asked about the change: the context's own word stands, if there is a context."""
    chosen = facts.chosen
    if isinstance(facts.context, Context):
        chosen = replace(chosen, context=facts.context.source)
    return p.ChosenPart.model_validate(plain(chosen))


def _judged(facts: Facts, decision: Decision, names: Pseudonyms) -> dict[str, Any]:
    known = facts.attribution if isinstance(facts.attribution, Attribution) else None
    imported = facts.results if isinstance(facts.results, tuple) else ()
    rows = facts.context.reviews if isinstance(facts.context, Context) else None
    return {
        "vendors": [p.VendorPart(id=vendor.id, tier=vendor.tier) for vendor in facts.vendors],
        "attribution": attribution(known, names) if known else None,
        "verdicts": [verdict(one, names) for one in decision.verdicts],
        "decision": p.DecisionPart(
            answer=decision.answer, enforced=decision.enforced, report_only=windows(decision.report_only)
        ),
        "waivers": waivers(decision.waivers, names),
        "missing": missing(facts, names),
        "scans": [scan(one) for one in facts.scans if isinstance(one, Scan)],
        "results": [result(one, names) for one in imported if isinstance(one, Result)],
        "vulnerabilities": vulnerabilities(facts.vulnerabilities),
        "tracker": tracker(facts.tracked),
        "release": release(facts.release, names),
        "coverage": coverage(facts.coverage, names),
        "reviews": None if rows is None else reviews(rows, names),
    }


def _change(facts: Facts, names: Pseudonyms, tree_digest: str) -> p.ChangePart | None:
    change = facts.change
    if not isinstance(change, ChangeSet):
        return None
    return p.ChangePart(
        number=facts.context.number if isinstance(facts.context, Context) else None,
        base=_revision(change.base, names),
        head=_revision(change.head, names),
        merge_base=change.merge_base,
        object_format=change.object_format,
        content_id=change.content_id,
        tree_digest=tree_digest or None,
        paths=_counted(file.change.value for file in change.files),
        commits=len(change.commits),
    )


def _revision(revision: Revision, names: Pseudonyms) -> p.RevisionPart:
    return p.RevisionPart(commit=revision.commit, tree=revision.tree, asked=names.path(revision.asked))


def _gates(versions: Mapping[str, int], controls: Mapping[str, Sequence[str]]) -> list[p.GateVersion]:
    return [
        p.GateVersion(id=gate, version=version, controls=list(controls.get(gate, ())))
        for gate, version in sorted(versions.items())
    ]


def _settings(settings: Settings) -> list[p.SettingsPart]:
    return [
        p.SettingsPart(vendor=vendor, gate=gate, settings=plain(model))  # type: ignore[arg-type]  # a model: a dict
        for vendor, sections in sorted(settings.items())
        for gate, model in sorted(sections.items())
    ]


def _run(run: RunContext, names: Pseudonyms) -> p.RunPart:
    return p.RunPart(system=run.system, job=names.path(run.job), event=names.path(run.event))


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
