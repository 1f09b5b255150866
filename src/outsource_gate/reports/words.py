"""Which words do all formats use? Phrases about a run, unescaped: every format escapes them for its sink."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from outsource_gate.model.facts import Attribution, Chosen, Facts, Role, Unavailable
from outsource_gate.model.identity import ELSEWHERE, INTERNAL, UNKNOWN
from outsource_gate.model.outcome import Evidence, Outcome
from outsource_gate.model.release import Release
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Answer, Decision, Stage, Status, Verdict, Where
from outsource_gate.reports import Audience

REST = "--output json=outcome.json holds all of it"
_NAMES_SHOWN = 8


def plural(count: int, one: str, many: str = "") -> str:
    """Give a count with its noun: 1 gate, 3 gates, 12,000 paths."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def shortened(text: str, limit: int = 400) -> str:
    """Cut a text that only hostile input makes this long, and say by how much."""
    return text if len(text) <= limit else f"{text[:limit]}\u2026 (+{len(text) - limit:,} characters)"


def meaning(outcome: Outcome) -> str:
    """Say what the answer means for the change, in one sentence."""
    decision, record = outcome.decision, outcome.evidence
    match decision.answer:
        case Answer.DENY if not decision.enforced:
            return f"denied, not enforced {_windows(outcome)}: the tier only reports until then"
        case Answer.DENY if outcome.facts.stage is Stage.RELEASE:
            return "this version may not be released as it is"
        case Answer.DENY:
            return "this change may not be merged as it is"
        case Answer.ALLOW if record and record.problem:
            return "every gate passed, and still nothing merges without a valid record"
        case Answer.ALLOW if outcome.facts.stage is Stage.RELEASE:
            return "this version may be released"
        case Answer.ALLOW:
            return "this change may be merged"
        case _ if any(verdict.status is Status.INDETERMINATE for verdict in decision.verdicts):
            return "neither allowed nor denied: a fact is missing, and nothing merges without it"
        case _:
            return "neither allowed nor denied: no gate vouched for the change, and nothing merges without that"


def _windows(outcome: Outcome) -> str:
    windows = outcome.decision.report_only
    return ", ".join(
        f"until {window.until}{f' for {window.vendor}' if len(windows) > 1 else ''}" for window in windows
    )


def waivers(decision: Decision, audience: Audience) -> Iterator[str]:
    """Say which waivers let something stand, and which do not though they were written for it."""
    for use in decision.waivers:
        if use.covered:
            by = f", approved by {use.approver}" if audience == "internal" else ""
            rest = f", and not {use.missed:,} more" if use.missed else ""
            yield f"{use.id} lets {plural(use.covered, 'reason')} stand until {use.expires}{by}{rest}"
        elif use.missed or use.state == "expired":
            yield f"{use.id} covers nothing: {use.why or 'it does not name all that stands there'}"
    if quiet := sum(not use.covered and not use.missed and use.state != "expired" for use in decision.waivers):
        yield f"{plural(quiet, 'waiver')} not called for"


def no_record(record: Evidence) -> str:
    """Say that there is no valid record, and why."""
    return f"no valid record: {record.problem}"


def tally(verdicts: Iterable[Verdict]) -> str:
    """Count how the gates that were asked answered."""
    counts = Counter(verdict.status for verdict in verdicts)
    asked = counts[Status.PASS] + counts[Status.FAIL] + counts[Status.INDETERMINATE]
    if not asked:
        return "no gate was asked"
    if counts[Status.PASS] == asked:
        return f"all {asked} gates passed" if asked > 1 else "1 gate passed"
    failed = f"{counts[Status.FAIL]} of {plural(asked, 'gate')} failed" if counts[Status.FAIL] else ""
    open_ = counts[Status.INDETERMINATE]
    if failed:
        return f"{failed}, {open_} could not decide" if open_ else failed
    return f"{open_} of {plural(asked, 'gate')} could not decide"


def change_name(facts: Facts) -> str:
    """Name the change by repository and number, a release by its version."""
    name = facts.repository or "a repository without a name"
    if isinstance(facts.release, Release):
        return f"{name} {facts.release.version}"
    number = facts.context.number if isinstance(facts.context, Context) else None
    return f"{name} #{number}" if number is not None else name


def frame(facts: Facts) -> Iterator[str]:
    """Say what was judged."""
    if isinstance(facts.change, ChangeSet):
        change = facts.change
        yield f"{change.base.commit[:7]}..{change.head.commit[:7]}"
        yield f"{plural(len(change.commits), 'commit')}, {plural(len(change.files), 'path')}"
    if isinstance(facts.release, Release):
        yield _merged(facts.release)
    yield f"{facts.stage} stage"


def _merged(release: Release) -> str:
    """Count what was merged, and how much of it a vendor had part in."""
    vendors = sum(bool(change.vendors) for change in release.changes)
    since = f"since {release.since}" if release.since else "from the beginning"
    return f"{vendors} of {plural(len(release.changes) + release.others, 'merge')} {since} by vendors"


def judged(facts: Facts) -> Iterator[str]:
    """Say when and by which policy, and what an option set: a verifier can refuse such a record."""
    yield f"{facts.now:%Y-%m-%d %H:%M} UTC"
    yield f"policy {facts.policy.digest[:8]}"
    yield from _chosen(facts.chosen)


def _chosen(choice: Chosen) -> Iterator[str]:
    for name in ("clock", "base", "head", "stage"):
        if getattr(choice, name) == "given":
            yield f"{name} given"
    if choice.policy == "outside":
        yield "policy from outside the repository"
    if choice.context == "handed-over":
        yield "facts of the forge handed over"
    if choice.results == "handed-over":
        yield "results of others handed over"


def vendor_name(facts: Facts, vendor: str | None) -> str:
    """Name a vendor as a reader knows it; for None, what the change as a whole is."""
    if vendor is None:
        return "the release as a whole" if isinstance(facts.release, Release) else _whole(facts.attribution)
    if vendor == UNKNOWN:
        return "somebody not in the register"
    if vendor == ELSEWHERE:
        return "somebody whom this bundle does not judge"
    entry = facts.registered(vendor)
    return f"{entry.name} ({entry.tier})" if entry else f"{vendor} (not in the register)"


def _whole(attribution: Attribution | Unavailable) -> str:
    if isinstance(attribution, Unavailable):
        return "whose change it is, is not known"
    return "the change as a whole" if attribution.vendors else "no vendor in the change"


def place(where: Where) -> str:
    """Name a place; empty where the reason names none."""
    if where.path:
        return f"{where.path}:{where.line}" if where.line else where.path
    return f"commit {where.commit[:12]}" if where.commit else ""


def next_step(step: str, who: str, duty_of: str = "") -> str:
    """Say who does what next, without naming them twice."""
    if not step:
        return f"ask {who}" if who else ""
    told = step if not who or who in step else f"{who}: {step}"
    return f"{told} ({duty_of}'s duty, not the vendor's)" if duty_of else told


def who(facts: Facts) -> Iterator[str]:
    """Say whose work it is, and for our own people why that is believed."""
    match facts.attribution:
        case Unavailable(reason=reason):
            yield f"not known: {reason}"
        case Attribution() as attribution:
            yield from _commits(facts, attribution)
            yield from _movers(facts, attribution)


def _commits(facts: Facts, attribution: Attribution) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for commit in attribution.commits:
        counts.update({_person(facts, role) for role in commit.roles if role.role in ("author", "co-author")})
    for name, count in counts.most_common(_NAMES_SHOWN):
        yield f"{plural(count, 'commit')} by {name}"
    if len(counts) > _NAMES_SHOWN:
        yield f"and more by {plural(len(counts) - _NAMES_SHOWN, 'other person', 'others')}"


def _movers(facts: Facts, attribution: Attribution) -> Iterator[str]:
    opener = [_person(facts, role) for role in attribution.roles if role.role == "opener"]
    pushers = list(dict.fromkeys(_person(facts, role) for role in attribution.roles if role.role == "pusher"))
    if opener and opener == pushers:
        yield f"opened and pushed by {opener[0]}"
        return
    if opener:
        yield f"opened by {opener[0]}"
    if pushers:
        more = f" and {len(pushers) - _NAMES_SHOWN:,} more" if len(pushers) > _NAMES_SHOWN else ""
        yield f"pushed by {', '.join(pushers[:_NAMES_SHOWN])}{more}"
    for fact in attribution.missing:
        yield f"{fact} not known"


def _person(facts: Facts, role: Role) -> str:
    name = role.person or shortened(role.claim, 80)
    if role.organisation == INTERNAL:
        why = role.why or "in the register"
        return f"{name} ({why})" if role.believed else f"{name} (internal by claim only, not proven)"
    if role.organisation == ELSEWHERE:
        return f"{shortened(role.claim, 80)} (not judged here)"
    vendor = facts.registered(role.organisation)
    return f"{name} ({vendor.name if vendor else 'not in the register'})"


_UNSIGNED = {
    Stage.PUSH: "not signed, as nothing rests on it: CI judges all the same",
    Stage.CHANGE: "not signed: nobody can verify it",
    Stage.RELEASE: "not signed: nobody can verify it",
}


def evidence(record: Evidence | None, stage: Stage) -> Iterator[str]:
    """Say where the record is and who signed it; its problem is told with the verdict."""
    if record is None:
        yield "no record was written"
        return
    if record.digest:
        yield record.path
        yield f"sha256:{record.digest[:12]}"
        yield f"signed by {record.key_id}" if record.signed else _UNSIGNED[stage]
    else:
        yield f"{record.path} was not written"
