"""Gate secrets: does any commit of the change bring in a credential, in content, message or name?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from outsource_gate.gates import Gate, verdict
from outsource_gate.lacking import not_looked, unread
from outsource_gate.model.facts import Facts
from outsource_gate.model.finding import Confidence
from outsource_gate.model.secret import Secret, SecretScan
from outsource_gate.model.verdict import Effect, Reason, Status, Subject, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

REASONS = {
    "secret": "A commit of the change brings in a credential, also if a later one takes it out again.",
    "secret-in-message": "A commit's message, or a name in its header, holds a credential.",
    "secret-in-name": "The name of a file or folder holds a credential.",
    "secret-unsure": "Something that may be a credential, below the tier's threshold.",
    "secret-at-base": "A credential that the base has in the same file: not this change's doing.",
    "detectors-missing": "Typed detectors did not look; our own did.",
    "secrets-unread": "Content that could not be looked through for credentials.",
}
_REVOKE = "revoke the credential first: whoever has the history has it"


class Settings(GateSettings):
    waivable = may_be_waived(finding=["secret", "secret-in-message", "secret-in-name"])

    confidence: Confidence = setting(
        Confidence.MEDIUM, "least confidence that denies, in content", stricter=("high", "medium", "low")
    )
    detectors: Literal["own", "all"] = setting(
        "all", "own: ours alone; all: typed ones, too, and undecided without them", stricter=("own", "all")
    )


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge what was found in everything that came in; nothing in the change can waive it."""
    scan = facts.secrets
    if not isinstance(scan, SecretScan):
        missing = not_looked("secrets-unread", scan, "nobody looked for credentials")
        return verdict("secrets", facts, (missing,), summary="not looked for")
    if not (scan.blobs or scan.messages or scan.secrets or scan.unread):
        return Verdict("secrets", facts.vendor, Status.NOT_APPLICABLE, (), "no commit brings anything in")
    left = unread("secrets-unread", scan.unread, scan.left_out, "that may be credentials")
    reasons = (*(_found(one, settings) for one in scan.secrets), *left, *_missing(scan, settings))
    summary = f"{scan.blobs} blobs and {scan.messages} messages looked through"
    return verdict("secrets", facts, reasons, summary=summary)


def _found(one: Secret, settings: Settings) -> Reason:
    match one.place:
        case "message":
            message = one.inside or "a commit's message"
            step = "make the tag again" if one.inside else "reword the commit"
            return _denial("secret-in-message", f"{one.what} in {message}", one, step)
        case "name":
            return _denial("secret-in-name", f"{one.what} in a file's name", one, "rename it in that commit")
        case _ if not one.new:
            step = "have it revoked, and taken out by whoever owns it"
            return _note("secret-at-base", f"{_what(one)}, as at the base", one, step)
        case _ if one.confidence.rank < settings.confidence.rank:
            return _note("secret-unsure", f"may be {_what(one)}", one, "look whether it is one")
        case _:
            return _denial("secret", _what(one), one, "take it out of that commit, not only of the last one")


def _denial(code: str, message: str, one: Secret, step: str) -> Reason:
    """The value is not known here; under the organisation's key it can be recognised in another record."""
    return Reason(
        code,
        message,
        got=_got(one),
        where=Where(one.path, one.line, one.commit),
        next_step=f"{_REVOKE}; then {step} (git rebase) and push again",
        who="the author",
        subjects=(Subject(one.kind, f"hmac:{one.mac[:32]}" if one.mac else ""),),
    )


def _note(code: str, message: str, one: Secret, step: str) -> Reason:
    return Reason(
        code,
        message,
        Effect.NOTE,
        got=_got(one),
        where=Where(one.path, one.line, one.commit),
        next_step=step,
        who="the author",
    )


def _what(one: Secret) -> str:
    return f"{one.what} in {one.inside}" if one.inside else one.what


def _got(one: Secret) -> str:
    return f"{one.kind}, {one.confidence} confidence" + (f", HMAC {one.mac[:32]}" if one.mac else "")


def _missing(scan: SecretScan, settings: Settings) -> Iterator[Reason]:
    """A change could make them fail: where the tier counts on them, that decides nothing in its favour."""
    if settings.detectors == "all" and not scan.typed:
        yield Reason(
            "detectors-missing",
            scan.typed_missing or "typed detectors did not look",
            Effect.UNDECIDED,
            next_step="pip install 'outsource-gate[scanners]', or run the check again",
            who="whoever runs the job",
        )


GATE = Gate(
    id="secrets",
    title="Secrets",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"secrets"}),
    controls=("A.8.24",),
)
