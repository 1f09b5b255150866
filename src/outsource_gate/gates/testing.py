"""Gate testing: are the results of other scanners and of tests there, whole and clean, that the tier asks for?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from outsource_gate.gates import Gate, verdict
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Severity
from outsource_gate.model.release import Release
from outsource_gate.model.result import Reported, Result, Tally
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.terms import Slug
from outsource_gate.model.verdict import Effect, Reason, Stage, Status, Subject, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

REASONS = {
    "result-missing": "A result that the tier asks for was not handed over.",
    "result-unavailable": "A result was handed over and cannot be read or believed.",
    "result-unsigned": "A result has no signature, and the tier asks for one.",
    "result-of-another-commit": "A result names another commit than the change's head.",
    "result-broken": "A tool says itself that its run failed, or its report says nothing of a run.",
    "result-stale": "A result is older than the tier allows.",
    "result-undated": "Nothing says when a result was made.",
    "result-finding": "Another tool reports a weakness at or above the tier's threshold.",
    "result-finding-listed": "Another tool reports a weakness that by itself denies nothing here.",
    "tests-failed": "Tests failed or ended in an error.",
    "tests-none": "Not a single test was run.",
    "change-unreadable": "git could not establish what the change is.",
}
_SKEW = timedelta(minutes=5)
_SHOWN = 20  # reasons of one kind for one result; what is more is counted
_JOB, _AUTHOR = "whoever runs the job", "the author"


class Settings(GateSettings):
    waivable = may_be_waived(rule=["result-finding"])

    change: tuple[Slug, ...] = setting((), "results that a change must have, by name", stricter="more")
    release: tuple[Slug, ...] = setting((), "results that a release must have, by name", stricter="more")
    signing: Literal["optional", "required"] = setting(
        "optional",
        "must results be signed, or may the evaluating job hand them over",
        stricter=("optional", "required"),
    )
    fail_on: Severity = setting(
        Severity.MEDIUM, "lowest severity that denies", stricter=("critical", "high", "medium", "low")
    )
    scope: Literal["new", "all"] = setting(
        "new", "only what the report's own baseline does not have, or everything", stricter=("new", "all")
    )
    suppressed: Literal["external", "counted"] = setting(
        "counted",
        "which suppressions are believed: those kept outside of the source, or none",
        stricter=("external", "counted"),
    )
    max_age_hours: int = setting(720, "oldest result that counts, in hours", stricter="lower", ge=1, le=87_600)


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge what the tier asks for at this stage; other results are carried and decide nothing."""
    asked = _asked(facts, settings)
    if not asked:
        later = ", ".join(dict.fromkeys(settings.release))
        if facts.stage is Stage.RELEASE and later:
            return Verdict("testing", facts.vendor, Status.NOT_APPLICABLE, (), f"{later}: for major releases")
        if later:
            return Verdict("testing", facts.vendor, Status.NOT_ASKED, (), f"{later}: asked for a release")
        return Verdict("testing", facts.vendor, Status.NOT_APPLICABLE, (), "the tier asks for no results")
    if not isinstance(facts.change, ChangeSet):
        return verdict("testing", facts, (_no_change(facts.change),), summary="no commit to hold results against")
    head = facts.change.head.commit
    reasons = tuple(reason for name in asked for reason in _one(name, head, facts, settings))
    return verdict("testing", facts, reasons, summary=_summary(asked, facts))


def _asked(facts: Facts, settings: Settings) -> tuple[str, ...]:
    if facts.stage is Stage.RELEASE:
        is_major = not isinstance(facts.release, Release) or facts.release.is_major
        return tuple(dict.fromkeys(settings.release)) if is_major else ()
    return tuple(dict.fromkeys(settings.change))


def _one(name: str, head: str, facts: Facts, settings: Settings) -> Iterator[Reason]:
    """A result may come in several files; each of them must be fit, and all of them are counted."""
    given = [fact for fact in _given(facts) if _name(fact) == name]
    if not given:
        step = f"run {name} on the head and hand its report to the check: --result {name}=FILE"
        yield Reason("result-missing", f"no result {name}", next_step=step, who=_JOB)
        return
    results = [fact for fact in given if isinstance(fact, Result)]
    yield from (_unavailable(name, fact) for fact in given if isinstance(fact, Unavailable))
    for result in results:
        yield from _fit(result, head, facts, settings)
    yield from _findings(name, results, settings)
    yield from _tests(name, results)


def _given(facts: Facts) -> tuple[Result | Unavailable, ...]:
    return facts.results if isinstance(facts.results, tuple) else ()


def _name(fact: Result | Unavailable) -> str:
    return fact.name if isinstance(fact, Result) else fact.fact.removeprefix("result:")


def _fit(result: Result, head: str, facts: Facts, settings: Settings) -> Iterator[Reason]:
    """Is it of this commit, by whom the tier asks for, whole, and young enough?"""
    if result.commit not in ("", head):
        step = f"run {result.name} on the head of the change"
        got, told = result.commit[:100], f"{result.name} is of another commit"
        yield Reason("result-of-another-commit", told, got=got, expected=head, next_step=step, who=_JOB)
    if settings.signing == "required" and result.source != "signed":
        step = f"let the job that made it sign it: outsource-gate results sign {result.name} FILE --key URI"
        yield Reason("result-unsigned", f"{result.name} is not signed", next_step=step, who=_JOB)
    for problem in result.broken:
        step = f"look at the log of {result.name}, and run it again"
        yield Reason("result-broken", f"{result.name}: {problem}", next_step=step, who=_JOB)
    yield from _age(result, head, facts, settings)


def _age(result: Result, head: str, facts: Facts, settings: Settings) -> Iterator[Reason]:
    made, allowed = result.made_at or _arrival(head, facts), timedelta(hours=settings.max_age_hours)
    step = f"run {result.name} again on the head of the change"
    if made is None:
        cure = "sign it (outsource-gate results sign), which says when; or let the tool write the time of its run"
        told = f"{result.name} does not say when it was made"
        yield Reason("result-undated", told, Effect.UNDECIDED, next_step=cure, who=_JOB)
    elif made > facts.now + _SKEW:
        got = f"made at {made:%FT%TZ}"
        yield Reason("result-stale", f"{result.name} is of the future", got=got, next_step=step, who=_JOB)
    elif facts.now - made > allowed:
        got, wanted = f"made at {made:%FT%TZ}", f"at most {settings.max_age_hours} h old"
        yield Reason(
            "result-stale", f"{result.name} is too old", got=got, expected=wanted, next_step=step, who=_JOB
        )


def _arrival(head: str, facts: Facts) -> datetime | None:
    """What is of the head is no older than the head's arrival on the server."""
    pushes = facts.context.pushes if isinstance(facts.context, Context) else ()
    return min((push.seen_at for push in pushes if push.sha == head), default=None)


def _findings(name: str, results: list[Result], settings: Settings) -> Iterator[Reason]:
    found = [one for result in results for one in result.findings]
    denying = [one for one in found if _counts(one, settings)]
    yield from (_finding("result-finding", one, Effect.DENY) for one in denying[:_SHOWN])
    tallies = [tally for result in results for tally in result.tallies if _counts(tally, settings)]
    more = sum(tally.count for tally in tallies) - len(denying[:_SHOWN])
    if more > 0:
        step = f"the report of {name} names them"
        yield Reason(
            "result-finding", f"{name}: {more} more at or above {settings.fail_on}", next_step=step, who=_AUTHOR
        )
    others = [one for one in found if not _counts(one, settings)]
    yield from (_finding("result-finding-listed", one, Effect.NOTE) for one in others[:_SHOWN])


def _counts(one: Reported | Tally, settings: Settings) -> bool:
    """A suppression in the source is the author's own word, and the author may be the vendor."""
    believed = one.suppressed == "external" and settings.suppressed == "external"
    known = one.old and settings.scope == "new"
    return one.severity.rank >= settings.fail_on.rank and not (believed or known or one.review)


def _finding(code: str, one: Reported, effect: Effect) -> Reason:
    words = {"in-source": "suppressed in the source", "external": "suppressed outside of the source", "no": ""}
    marks = (
        str(one.severity),
        words[one.suppressed],
        "known to its baseline" if one.old else "",
        "left for review" if one.review else "",
    )
    return Reason(
        code,
        f"{one.message} ({one.tool} {one.rule})" if one.tool else f"{one.message} ({one.rule})",
        effect,
        got=", ".join(mark for mark in marks if mark),
        where=Where(one.path, one.line),
        next_step=f"change the code so that {one.rule or 'the tool'} no longer reports it",
        who=_AUTHOR,
        subjects=(Subject(one.rule),),
    )


def _tests(name: str, results: list[Result]) -> Iterator[Reason]:
    """Zero tests are no pass, and neither are tests that were all skipped."""
    runs = [result.tests for result in results if result.tests]
    if not runs:
        return
    bad, run = sum(tests.failures + tests.errors for tests in runs), sum(tests.run for tests in runs)
    failed = [test for tests in runs for test in tests.failed]
    for test in failed[:_SHOWN]:
        told = f"{name}: {test.name or 'a test without a name'}: {test.message or test.kind}"
        yield Reason("tests-failed", told, next_step="make the test pass on the head", who=_AUTHOR)
    if bad > len(failed[:_SHOWN]):
        told = f"{name}: {bad - len(failed[:_SHOWN])} more failures and errors"
        yield Reason("tests-failed", told, next_step="the report names them", who=_AUTHOR)
    if run == 0:
        skipped = sum(tests.skipped for tests in runs)
        told = f"{name}: no test was run" + (f", {skipped} were skipped" if skipped else "")
        yield Reason(
            "tests-none", told, next_step="let the job run the tests, and hand over their report", who=_JOB
        )


def _unavailable(name: str, fact: Unavailable) -> Reason:
    step = fact.next_step or f"run {name} again, and hand its report over whole"
    return Reason("result-unavailable", fact.reason, Effect.UNDECIDED, next_step=step, who=_JOB)


def _no_change(fact: Unavailable) -> Reason:
    return Reason("change-unreadable", fact.reason, Effect.UNDECIDED, next_step=fact.next_step, who=_JOB)


def _summary(asked: tuple[str, ...], facts: Facts) -> str:
    results = [fact for fact in _given(facts) if isinstance(fact, Result) and fact.name in asked]
    return "; ".join(f"{name}: {_told([one for one in results if one.name == name])}" for name in asked)


def _told(results: list[Result]) -> str:
    if not results:
        return "no result"
    by = ", ".join(dict.fromkeys(f"signed by {one.signer}" if one.signer else "handed over" for one in results))
    tests = [one.tests for one in results if one.tests]
    run = f"{sum(one.run for one in tests)} tests run" if tests else ""
    found = sum(tally.count for one in results for tally in one.tallies)
    return f"{run or f'{found} findings'}, {by}"


GATE = Gate(
    id="testing",
    title="Testing",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"results"}),
    stages=frozenset({Stage.CHANGE, Stage.RELEASE}),
    controls=("A.8.29",),
)
