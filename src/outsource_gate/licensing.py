"""Which reasons do licences give against a change? Pure, for the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.licence import LicenceScan, Licensed
from outsource_gate.model.verdict import Effect, Reason, Subject, Where

REASONS = {
    "licence-not-allowed": "A package may be used only under licences that the policy does not allow.",
    "licence-unknown": "Nobody says under which licence a package may be used, or not in SPDX's words.",
}
_SHOWN = 100


def reasons(facts: Facts, allowed: Sequence[str], *, unknown_denies: bool) -> Iterator[Reason]:
    """Hold every package against the list; an empty list asks for nothing."""
    if not allowed:
        return
    scan = facts.licences
    if not isinstance(scan, LicenceScan):
        missing = scan if isinstance(scan, Unavailable) else Unavailable("nobody looked at licences")
        step = missing.next_step or "run the check again"
        code = "licence-unknown"
        yield Reason(code, missing.reason, Effect.UNDECIDED, next_step=step, who="whoever runs the job")
        return
    known = frozenset(one.lower() for one in allowed)
    unknown = Effect.DENY if unknown_denies else Effect.NOTE
    found = [one for one in scan.packages if not _fits(one, known)]
    told = [_reason(one, allowed, Effect.DENY if one.alternatives else unknown) for one in found]
    told.sort(key=lambda one: one.effect is Effect.NOTE)
    yield from told[:_SHOWN]
    if more := len(told[_SHOWN:]) + scan.left_out:
        denies = scan.left_out > 0 or any(one.effect is Effect.DENY for one in told[_SHOWN:])
        what, effect = f"{more} more packages", Effect.DENY if denies else Effect.NOTE
        yield Reason("licence-unknown", what, effect, next_step="split the change up", who="the author")


def _fits(one: Licensed, allowed: frozenset[str]) -> bool:
    """One way to use it is enough, and all that holds on that way has to be allowed."""
    return any(way and all(licence.lower() in allowed for licence in way) for way in one.alternatives)


def _reason(one: Licensed, allowed: Sequence[str], effect: Effect) -> Reason:
    name = f"{one.package} {one.version}".strip()
    if one.alternatives:
        code, what = "licence-not-allowed", f"{name}: under a licence that is not allowed"
        step = "use another package; the policy's owner can allow more (dependencies.licences)"
    else:
        code, what = "licence-unknown", f"{name}: no licence is known"
        step = "let the policy's owner look it up, and add it to the file of sources.licences"
    by = {"policy": "policy", "lock": "lock file", "nobody": ""}[one.source]
    got = f"{one.licence} ({by})" if one.licence else "nothing"
    return Reason(
        code, what, effect, got=got, expected=", ".join(allowed), where=Where(one.path, one.line), next_step=step,
        who="the author", subjects=(Subject(name),),
    )  # fmt: skip
