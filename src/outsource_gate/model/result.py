"""What do other people's scanners and tests say? Results as imported, and what binds each to the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from outsource_gate.model.finding import Severity

Suppressed = Literal["no", "in-source", "external"]
Format = Literal["sarif", "junit"]


@dataclass(frozen=True, slots=True)
class Reported:
    """One weakness that somebody else's scanner reports."""

    rule: str
    tool: str
    severity: Severity
    message: str
    path: str = ""  # as the file says it: a path, or an address that was tested
    line: int = 0
    suppressed: Suppressed = "no"  # kept and shown; the tier says whether it is believed
    old: bool = False  # the file says that its baseline has it, too
    review: bool = False  # the tool leaves it to a person whether it is one


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reported weaknesses are alike in everything that decides; also of those not listed."""

    severity: Severity
    suppressed: Suppressed
    old: bool
    review: bool
    count: int


@dataclass(frozen=True, slots=True)
class FailedTest:
    """A test that did not pass."""

    name: str
    kind: Literal["failure", "error"]
    message: str = ""


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """What came of the tests; `failed` lists the first of failures and errors."""

    run: int  # skipped ones are not run
    failures: int
    errors: int
    skipped: int
    failed: tuple[FailedTest, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A file of results that was read whole, whom it comes from, and what it says."""

    name: str  # as the policy's `sources.results` calls it
    format: Format
    digest: str  # SHA-256 over the file
    source: Literal["handed-over", "signed"]
    commit: str = ""  # that the signature or the file names; "": none, the evaluating job's word stands alone
    signer: str = ""  # what the trust file calls the key
    made_at: datetime | None = None  # aware; of several runs the earliest
    tools: tuple[tuple[str, str], ...] = ()  # (name, version)
    broken: tuple[str, ...] = ()  # why it is no whole result: what a tool itself says of its failure
    findings: tuple[Reported, ...] = ()  # the gravest, in the file's order
    tallies: tuple[Tally, ...] = ()
    tests: SuiteRun | None = None
    kind: Literal["result"] = "result"
