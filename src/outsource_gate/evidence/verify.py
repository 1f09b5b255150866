"""Is this record genuine, by a signer we trust for it, and does it say what the caller needs?

Every check has a name and says what it got and expected. The grave ones come first and end the reading: of a record
that is not genuine nothing else is worth saying. Signatures are checked over the bytes that were received.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import read_json
from outsource_gate.evidence.envelope import MAX_PAYLOAD, PAYLOAD_TYPE, Envelope, open_envelope
from outsource_gate.evidence.expectations import Check, Expectations, expected
from outsource_gate.evidence.predicate import Predicate, Statement
from outsource_gate.evidence.subject import NO_NAME
from outsource_gate.evidence.timestamps.judged import stamped
from outsource_gate.evidence.trust import Trust, TrustedKey
from outsource_gate.model.verdict import Answer, Status


class Outcome(StrEnum):
    """What a verification came to."""

    MET = "genuine, and what was asked for"
    NOT_MET = "genuine, but not what was asked for"
    NOT_GENUINE = "not genuine, or not by a signer trusted for it"

    @property
    def exit_code(self) -> int:
        return {Outcome.MET: 0, Outcome.NOT_MET: 1}.get(self, 3)


@dataclass(frozen=True, slots=True)
class Verification:
    """The checks in order. `statement` is set once the signature held; `digest` names the record."""

    checks: tuple[Check, ...]
    digest: str = ""
    statement: Statement | None = None
    caveats: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.ok)

    @property
    def outcome(self) -> Outcome:
        if self.statement is None or any(check.grave for check in self.failed):
            return Outcome.NOT_GENUINE
        return Outcome.NOT_MET if self.failed else Outcome.MET


def verify_record(raw: bytes, trust: Trust, expectations: Expectations, now: datetime) -> Verification:
    """Check a record file's bytes. Never raises for what the record holds."""
    checks: list[Check] = []
    try:
        envelope = open_envelope(raw)
        checks.append(_good("readable", "a Sigstore bundle v0.3" if envelope.key_hint else "a DSSE envelope"))
        trusted = _signer(envelope, trust, checks)
        statement = _statement(envelope, checks) if trusted else None
    except EvidenceError as error:
        return Verification((*checks, Check("readable", False, error.message, "a record", error.hint, grave=True)))
    if trusted is None or statement is None:
        return Verification(tuple(checks))
    digest = hashlib.sha256(envelope.payload).hexdigest()
    predicate, stamp = statement.predicate, stamped(envelope, trust.authorities, now)
    claimed = predicate.made_at_time()
    checks.extend(stamp.checks(claimed, now, clock_given=predicate.chosen.clock == "given"))
    checks.extend(_key(trusted, predicate, now, stamp.time))
    checks.extend(_whole(statement))
    checks.extend(expected(statement, expectations, now))
    caveats = (*_caveats(predicate, trust, expectations), *stamp.told(claimed))
    return Verification(tuple(checks), digest, statement, caveats)


def _signer(envelope: Envelope, trust: Trust, checks: list[Check]) -> TrustedKey | None:
    """Find the key that the record names, and hold the signature against it; None: not genuine."""
    if envelope.signature is None:
        step = "make the record with --key; an unsigned one proves nothing"
        checks.append(Check("signed", False, "nobody signed this record", "a signature", step, grave=True))
        return None
    trusted = trust.find(envelope.key_hint)
    known = ", ".join(f"{key.rule.name} ({key.key.key_id})" for key in trust.keys[:5])
    if trusted is None:
        step = "if you know this key: outsource-gate keys trust add"
        checks.append(Check("signer", False, f"key {envelope.key_hint or '-'}", known, step, grave=True))
        return None
    checks.append(_good("signer", f"{trusted.rule.name} ({trusted.key.key_id})"))
    holds = trusted.key.verifies(envelope.signature, envelope.signed_bytes)
    got = "holds over the received bytes" if holds else "a signature of other bytes, or by another key"
    step = "" if holds else "the record was changed after it was signed; get it again from where it was made"
    checks.append(Check("signature", holds, got, "one by this key over these bytes", step, grave=True))
    return trusted if holds else None


def _statement(envelope: Envelope, checks: list[Check]) -> Statement | None:
    """Read what was signed; a signature by a trusted key over something else is no record of ours."""
    if envelope.payload_type != PAYLOAD_TYPE:
        checks.append(Check("statement", False, envelope.payload_type[:200], PAYLOAD_TYPE, grave=True))
        return None
    try:
        read_json(envelope.payload, what="payload", limit=MAX_PAYLOAD)
        statement = Statement.model_validate_json(envelope.payload, strict=True)
    except EvidenceError as error:
        checks.append(Check("statement", False, error.message, "an in-toto statement", grave=True))
        return None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        got = f"{where}: {first['msg'][:200]}"
        step = "if a newer version made it, verify with that one"
        checks.append(Check("statement", False, got, "a record of schema version 1", step, grave=True))
        return None
    checks.append(_good("statement", f"schema {statement.predicate.schema_version}"))
    return statement


def _key(trusted: TrustedKey, predicate: Predicate, now: datetime, stamped_at: datetime | None) -> Iterator[Check]:
    """May this key speak for this record: at its time, for its repository and stage, for how it came about?"""
    problem = trusted.problem(predicate.made_at_time(), now, stamped_at)
    yield Check("key-time", not problem, problem or "in force", "a key in force, not revoked", grave=True)
    covered = trusted.covers(predicate.repository.name)
    scope = ", ".join(trusted.rule.repositories or ("every repository",))
    yield Check("key-repository", covered, predicate.repository.name, scope, grave=True)
    stages = trusted.rule.stages
    allowed = ", ".join(stages or ("every stage",))
    yield Check("key-stage", stages is None or predicate.stage in stages, predicate.stage, allowed, grave=True)
    given = predicate.chosen.context == "handed-over"
    step = "handed_over: true in the trust file lets the key speak for such records"
    got = "reviews and people handed over in a file" if given else f"context: {predicate.chosen.context}"
    fine = trusted.rule.handed_over or not given
    yield Check("key-context", fine, got, "facts that the gate asked for itself", "" if fine else step, grave=True)
    yield from _key_results(trusted, predicate)


def _key_results(trusted: TrustedKey, predicate: Predicate) -> Iterator[Check]:
    """A key of another role speaks for no record, and unsigned results need a key that may speak for them."""
    rule, step = trusted.rule, "have the record signed by the gate's own key"
    for role, signs in ((rule.results, "results"), (rule.access_reviews, "access reviews")):
        if role is not None:
            got = f"a key that signs {signs}"
            yield Check("key-role", False, got, "a key that signs records", step, grave=True)
    if predicate.chosen.results == "handed-over":
        fine = trusted.rule.handed_over_results
        step = "" if fine else "handed_over_results: true in the trust file lets the key speak for such records"
        got = "results of others handed over unsigned"
        yield Check("key-results", fine, got, "results that are signed, or none", step, grave=True)


def _whole(statement: Statement) -> Iterator[Check]:
    """Does the record agree with itself? A signer's defect must not become an ALLOW."""
    predicate, subject = statement.predicate, statement.subject[0]
    head = predicate.change.head if predicate.change else None
    digest = {"gitCommit": head.commit, "gitTree": head.tree} if head else dict(predicate.facts.digest)
    got, wanted = _named(subject.name, subject.digest), _named(predicate.repository.name or NO_NAME, digest)
    yield Check("subject", got == wanted, got[:300], wanted, grave=True)
    if predicate.decision.answer is Answer.ALLOW:
        bad = [f"{one.gate} {one.status}" for one in predicate.verdicts if not _lets_through(one.status)]
        problem = ", ".join(bad) or ("" if head and predicate.verdicts else "no change, or no verdict at all")
        got = problem or f"{len(predicate.verdicts)} verdicts"
        yield Check("verdicts", not problem, got[:300], "no verdict that stands against ALLOW", grave=True)


def _named(name: str, digest: Mapping[Any, str]) -> str:
    return " ".join((name, *(f"{kind}:{value}" for kind, value in sorted(digest.items()))))


def _lets_through(status: Status) -> bool:
    return status in (Status.PASS, Status.NOT_APPLICABLE, Status.NOT_ASKED)


def _caveats(predicate: Predicate, trust: Trust, expectations: Expectations) -> Iterator[str]:
    """What the answer does not say."""
    if trust.bare:
        yield "a bare key is taken for every time, repository and stage; a trust file says more"
        if predicate.chosen.context == "handed-over":
            yield "reviews and people were handed over in a file, and nobody but its author vouches for them"
        if predicate.chosen.results == "handed-over":
            yield "results of others were handed over unsigned, and nobody but that job vouches for them"
    if expectations.commit is None:
        yield "not compared with a commit: give --commit"
    chosen = [name for name, how in predicate.chosen if how in ("given", "outside")]
    if chosen:
        yield f"set by an option of the run: {', '.join(chosen)}"


def _good(name: str, got: str) -> Check:
    return Check(name, True, got, got, grave=True)
