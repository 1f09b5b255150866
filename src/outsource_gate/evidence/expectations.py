"""Does a genuine record say what the caller needs: this commit, this policy, fresh, ALLOW?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from outsource_gate.evidence.predicate import Predicate, Statement
from outsource_gate.evidence.trust import repository_names
from outsource_gate.model.verdict import Answer, Effect, Stage

CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer. `grave`: failing it means not genuine, not merely not what was asked for."""

    name: str
    ok: bool
    got: str
    expected: str
    next_step: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The branch that the change was for; `problem(base)` says why the base is not part of it, or nothing."""

    name: str
    problem: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class FactsSeen:
    """The facts file that lies beside the record: its digest, or why it has none."""

    path: str
    digest: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the caller asks for; None asks nothing."""

    commit: str | None = None  # full id
    repository: str | None = None  # normalised like the record's
    target: Target | None = None
    stage: Stage = Stage.CHANGE
    policy_digest: str | None = None
    max_age: timedelta | None = None
    require: Literal["allow", "any"] = "allow"
    facts: FactsSeen | None = None


def expected(statement: Statement, expectations: Expectations, now: datetime) -> Iterator[Check]:
    """Hold a genuine record against what was asked for."""
    predicate = statement.predicate
    if expectations.facts:
        yield _facts(predicate, expectations.facts)
    yield from _time(predicate, expectations, now)
    stage = expectations.stage
    yield Check("stage", predicate.stage is stage, predicate.stage, stage, f"--stage {predicate.stage} asks for it")
    if expectations.commit is not None:
        got = statement.subject[0].digest.get("gitCommit", "no commit")
        step = "use the record of this commit, or run the check again"
        yield Check("commit", got == expectations.commit, got, expectations.commit, step)
    if expectations.repository is not None:
        names = repository_names(predicate.repository.name)
        fits = expectations.repository in names
        yield Check("repository", fits, predicate.repository.name, expectations.repository)
    if expectations.target is not None:
        yield _target(predicate, expectations.target)
    if expectations.policy_digest is not None:
        got, wanted = predicate.policy.digest, expectations.policy_digest
        yield Check("policy", got == wanted, got, wanted, "run the check again under this policy")
    if expectations.require == "allow":
        yield _decision(predicate)


def _facts(predicate: Predicate, seen: FactsSeen) -> Check:
    wanted = predicate.facts.digest["sha256"]
    ok = not seen.problem and seen.digest == wanted
    step = "" if ok else "put the facts file of this very run beside the record, or remove this one"
    return Check("facts", ok, seen.problem or seen.digest, wanted, step, grave=True)


def _time(predicate: Predicate, expectations: Expectations, now: datetime) -> Iterator[Check]:
    """Is the record from the past, still valid, and young enough?"""
    made, expiry = predicate.made_at_time(), predicate.expiry()
    yield Check("clock", made <= now + CLOCK_SKEW, f"made at {predicate.made_at}", "not in the future")
    if expiry is not None:
        step = "something it relied on has expired; run the check again"
        yield Check(
            "expiry", now < expiry, f"valid until {predicate.valid_until}", f"later than {now:%FT%TZ}", step
        )
    if expectations.max_age is not None:
        yield _age(predicate, now - made, expectations.max_age)


def _age(predicate: Predicate, age: timedelta, allowed: timedelta) -> Check:
    step, wanted = "run the check again", f"at most {_span(allowed)} old"
    if predicate.chosen.clock == "given":
        got = "made with a given clock (--now), so its age is not known"
        return Check("age", False, got, wanted, step)
    return Check("age", age <= allowed, f"{_span(max(age, timedelta()))} old", wanted, step)


def _target(predicate: Predicate, target: Target) -> Check:
    wanted = f"a base that is part of {target.name}"
    if predicate.change is None:
        return Check("target", False, "no base is known", wanted)
    base = predicate.change.base.commit
    problem = target.problem(base)
    return Check("target", not problem, f"base {base}{': ' + problem if problem else ''}", wanted)


def _decision(predicate: Predicate) -> Check:
    decision = predicate.decision
    ok = decision.answer is Answer.ALLOW and decision.enforced
    got = decision.answer if decision.enforced else f"{decision.answer}, not enforced (report only)"
    stands = (Effect.NOTE, Effect.WAIVED)
    codes = [one.code for verdict in predicate.verdicts for one in verdict.reasons if one.effect not in stands]
    step = f"reasons: {', '.join(dict.fromkeys(codes[:200]))}"[:500] if codes and not ok else ""
    return Check("decision", ok, got, "ALLOW", step)


def _span(span: timedelta) -> str:
    """A duration in the largest unit that says it well enough."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
