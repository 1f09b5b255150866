"""Which reasons does it give that something is not known, and in which words? The same from every gate. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Scan
from outsource_gate.model.secret import Unlooked
from outsource_gate.model.verdict import Effect, Reason, Where

_JOB, _AUTHOR = "whoever runs the job", "the author"
_AGAIN = "run the check again"


def scans_of(facts: Facts, scanners: Collection[str]) -> tuple[list[Scan], tuple[Reason, ...]]:
    """Give what these scanners said, and a reason for each that did not run or of which the result is not there."""
    scans = [scan for scan in facts.scans if isinstance(scan, Scan) and scan.scanner in scanners]
    failed = [fact for fact in facts.scans if isinstance(fact, Unavailable) and fact.fact in scanners]
    expected = {name for row in facts.coverage for name in row.scanners} & set(scanners)
    silent = sorted(expected - {scan.scanner for scan in scans} - {fact.fact for fact in failed})
    return scans, (*map(_not_run, failed), *map(_silent, silent))


def _not_run(fact: Unavailable) -> Reason:
    step = fact.next_step or "outsource-gate scan shows the scanner's own words"
    return _undecided("scanner-unavailable", f"{fact.fact}: {fact.reason}", step)


def _silent(name: str) -> Reason:
    return _undecided("scan-missing", f"no result of {name}, though files are marked as scanned by it", _AGAIN)


def not_looked(code: str, fact: object, otherwise: str) -> Reason:
    """For a fact that is not there: why it is not, or, where nobody says that, `otherwise`."""
    missing = fact if isinstance(fact, Unavailable) else Unavailable(otherwise)
    return _undecided(code, missing.reason, missing.next_step or _AGAIN)


def _undecided(code: str, message: str, step: str) -> Reason:
    return Reason(code, message, Effect.UNDECIDED, next_step=step, who=_JOB)


def unread(code: str, found: Sequence[Unlooked], left_out: int, what: str) -> Iterator[Reason]:
    """For content that could not be looked through, and for `what` was found beyond the most that is listed."""
    for one in found:
        yield Reason(
            code,
            f"{one.inside}: {one.reason}" if one.inside else one.reason,
            Effect.UNDECIDED,
            where=Where(one.path, 0, one.commit),
            next_step="leave it out of the commit, or deliver it in a form that can be read",
            who=_AUTHOR,
        )
    if left_out:
        yield Reason(
            code,
            f"{left_out} more {what} are not listed",
            Effect.UNDECIDED,
            next_step="split the change up, or take out those that are listed",
            who=_AUTHOR,
        )


def unregistered(what: str) -> Reason:
    """For work of somebody nobody registered: no contract, no access."""
    return Reason(
        "vendor-unregistered",
        f"{what}: the author of this work is not in the register",
        next_step="have the person registered under their vendor, or use the registered address",
        who="the owner of the policy",
    )
