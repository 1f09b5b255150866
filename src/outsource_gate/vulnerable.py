"""Which reasons do known vulnerabilities give against a change, and is enough known of them? Pure, for the gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from outsource_gate.model.dependency import DependencyScan
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Severity
from outsource_gate.model.verdict import Effect, Reason, Stage, Subject, Where
from outsource_gate.model.vulnerability import ECOSYSTEMS, Database, Vulnerability, VulnerabilityScan

REASONS = {
    "vulnerable-dependency": "A package that the change brings in has a known vulnerability.",
    "malicious-dependency": "A package that the change brings in is known to be an attack itself.",
    "vulnerability-kept": "The new version of a package has a known vulnerability that the old one had, too.",
    "version-unknown": "A known vulnerability of a package may or may not hold for what is installed.",
    "vulnerability-data-missing": "Nothing says which vulnerabilities the packages of the change have.",
    "vulnerability-data-old": "What is known of vulnerabilities is older than the tier allows.",
}
UNRATED = Severity.HIGH  # what an advisory without a severity counts as
_JOB, _AUTHOR = "whoever runs the job", "the author"
_SHOWN = 200
_NAME_IT = "let the job download the database, and name it: check --osv PATH"


@dataclass(frozen=True, slots=True)
class Demands:
    """What the tier asks for."""

    fail_on: Severity
    required: bool  # what is not known denies
    max_age_days: int


def reasons(facts: Facts, demands: Demands) -> Iterator[Reason]:
    """What a scan found and what it lacks; a change without packages that lists know has neither."""
    match facts.vulnerabilities:
        case VulnerabilityScan() as scan:
            yield from _lacking(scan, facts, demands)
            told = sorted((_told(one, demands) for one in scan.found), key=lambda it: it.effect is Effect.NOTE)
            yield from told[:_SHOWN]
            yield from _rest(told[_SHOWN:], scan.left_out)
        case Unavailable(reason=why, next_step=step):
            yield Reason("vulnerability-data-missing", why, Effect.UNDECIDED, next_step=step or _NAME_IT, who=_JOB)
        case _ if facts.stage is not Stage.PUSH and _asks(facts):
            yield _missing("no list of known vulnerabilities was looked into", demands)


def summary(facts: Facts) -> str:
    """One line of what was looked into."""
    match facts.vulnerabilities:
        case VulnerabilityScan() as scan:
            sure = sum(not one.why for one in scan.found)
            unsure = len(scan.found) - sure
            more = f" and {unsure} that may hold" if unsure else ""
            asked = f", as {scan.host} says" if scan.host else ""
            silent = f" ({scan.withheld} names not told)" if scan.withheld else ""
            return f"{sure} known vulnerabilities{more} in {scan.packages} packages{asked}{silent}"
        case _:
            return "known vulnerabilities: not run" if _asks(facts) else ""


def _asks(facts: Facts) -> bool:
    scan = facts.dependencies
    changes = scan.changes if isinstance(scan, DependencyScan) else ()
    return any(one.new is not None and one.new.ecosystem in ECOSYSTEMS for one in changes)


def _lacking(scan: VulnerabilityScan, facts: Facts, demands: Demands) -> Iterator[Reason]:
    for ecosystem in scan.missing:
        name = ECOSYSTEMS.get(ecosystem, ecosystem)
        may = f"{scan.host} compares names of {name} by case, and may know some of these in another one"
        yield _missing(may if scan.host else f"the database has nothing of {name}", demands)
    for one in scan.databases:
        yield from _age(one, scan.asked_at, facts, demands)


def _age(one: Database, asked_at: datetime | None, facts: Facts, demands: Demands) -> Iterator[Reason]:
    """A server that has no entry of these packages gives no date: what counts is when it was asked."""
    oldest, newest = facts.now - timedelta(days=demands.max_age_days), asked_at or one.newest
    if newest is not None and newest >= oldest:
        return
    name = ECOSYSTEMS.get(one.ecosystem, one.ecosystem)
    yield Reason(
        "vulnerability-data-old",
        f"the answer on {name} is too old" if asked_at else f"the newest advisory on {name} is too old",
        _unknown(demands),
        got=f"{newest:%FT%TZ}" if newest else "no date",
        expected=f"{oldest:%FT%TZ} or later",
        next_step="let the job download the database again",
        who=_JOB,
        duty="customer",
    )


def _missing(what: str, demands: Demands) -> Reason:
    code = "vulnerability-data-missing"
    return Reason(code, what, _unknown(demands), next_step=_NAME_IT, who=_JOB, duty="customer")


def _unknown(demands: Demands) -> Effect:
    """Data that is missing is no fault of the change: nothing is decided without it."""
    return Effect.UNDECIDED if demands.required else Effect.NOTE


def _told(one: Vulnerability, demands: Demands) -> Reason:
    severity = one.severity or UNRATED
    names = ", ".join(one.aliases[:3])
    what = f"{one.package} {one.version}".strip()
    return Reason(
        _code(one),
        f"{what}: {one.id}{f' ({names})' if names else ''}{f', {one.summary}' if one.summary else ''}",
        _effect(one, severity, demands),
        got="; ".join(filter(None, (_rated(one), one.why))),
        where=Where(one.path, one.line),
        next_step=_step(one),
        who=_AUTHOR,
        subjects=(Subject(one.id),),
    )


def _code(one: Vulnerability) -> str:
    if one.why:
        return "version-unknown"
    if one.malicious:
        return "malicious-dependency"
    return "vulnerability-kept" if one.old else "vulnerable-dependency"


def _effect(one: Vulnerability, severity: Severity, demands: Demands) -> Effect:
    """A package that is an attack denies whatever the base has; what only may hold, where the tier says so."""
    if one.malicious and not one.why:
        return Effect.DENY
    if one.old or severity.rank < demands.fail_on.rank or (one.why and not demands.required):
        return Effect.NOTE
    return Effect.DENY


def _rated(one: Vulnerability) -> str:
    if one.severity is None:
        return f"no severity, taken for {UNRATED}"
    return f"{one.severity} ({one.vector})" if one.vector else str(one.severity)


def _step(one: Vulnerability) -> str:
    if one.malicious:
        return "leave the package out, and look whether it was ever installed"
    if one.why:
        return "fix the version (a lock file, a release from the index), so that it can be looked up"
    return (
        f"take {' or '.join(one.fixed[:3])}, or later" if one.fixed else "there is no fixed version: leave it out"
    )


def _rest(told: list[Reason], left_out: int) -> Iterator[Reason]:
    if told or left_out:
        what = f"{len(told) + left_out} more known vulnerabilities"
        denies = left_out or any(one.effect is not Effect.NOTE for one in told)
        effect = Effect.DENY if denies else Effect.NOTE
        yield Reason("vulnerable-dependency", what, effect, next_step="split the change up", who=_AUTHOR)
