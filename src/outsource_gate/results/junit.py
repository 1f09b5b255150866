"""What does a JUnit XML file say, in the dialects of pytest, Maven, Gradle and Jenkins?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NoReturn
from xml.parsers import expat

from outsource_gate.model.result import FailedTest, SuiteRun
from outsource_gate.results import AS_WRITTEN, MAX_LISTED, Bounds, Content, ResultError, cut

_CHUNK = 1 << 18
_MAX_TAG = 4 << 20  # bytes that the parser holds back, because the tag they stand in has not ended
_MAX_NAMES = 10_000  # of elements and attributes; the parser keeps every one
_ENCODINGS = frozenset(("", "utf-8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"))
_SUITES = frozenset(("testsuite", "testsuites"))
_FAULTS = frozenset(("failure", "error"))
_EAST = timedelta(hours=14)  # a time without a zone is at least as late as this far east of UTC


def read(raw: bytes) -> Content:
    """Read the file; ResultError for what is no JUnit report, not whole, or declares a document type."""
    reader = _Reader()
    names: dict[str, str] = {}
    parser = expat.ParserCreate(intern=names)
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.XmlDeclHandler = _declared
    parser.StartDoctypeDeclHandler = _doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        for at in range(0, len(raw), _CHUNK):
            parser.Parse(raw[at : at + _CHUNK], False)
            if at + _CHUNK - parser.CurrentByteIndex > _MAX_TAG:
                raise ResultError(f"a tag of more than {_MAX_TAG >> 20} MiB", hint=AS_WRITTEN)
            if len(names) > _MAX_NAMES:
                raise ResultError(f"more than {_MAX_NAMES} different tags and attributes", hint=AS_WRITTEN)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ResultError(f"no whole XML: {error}"[:200], hint=AS_WRITTEN) from error
    return reader.content()


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if (encoding or "").lower() not in _ENCODINGS:
        raise ResultError(f"encoding {cut(encoding)!r}; read are UTF-8, UTF-16, ISO-8859-1 and Windows-1252")


def _doctype(*_: object) -> NoReturn:
    raise ResultError(
        "it declares a document type, through which XML can grow or name other files",
        hint=f"JUnit reports have none; {AS_WRITTEN}",
    )


@dataclass(slots=True)
class _Case:
    """The test case that is being read."""

    name: str
    skipped: bool = False
    fault: FailedTest | None = None


@dataclass(slots=True)
class _Reader:
    """Counts while the parser walks; a document of any size leaves as much as one test case."""

    bounds: Bounds = field(default_factory=Bounds)
    case: _Case | None = None
    passed: int = 0
    skipped: int = 0
    counts: dict[str, int] = field(default_factory=lambda: {"failure": 0, "error": 0})
    told: dict[str, int] = field(default_factory=lambda: {"failures": 0, "errors": 0})  # by suites' own attributes
    failed: list[FailedTest] = field(default_factory=list)
    times: list[datetime | None] = field(default_factory=list)
    commits: dict[str, None] = field(default_factory=dict)
    case_depth: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.bounds.enter()
        if self.bounds.depth == 1 and name not in _SUITES:
            raise ResultError(f"no JUnit report: it begins with <{name[:60]}>", hint="<testsuites> or <testsuite>")
        if name in _SUITES:
            self._suite(name, attributes)
        elif name == "testcase":
            if self.case is not None:
                raise ResultError("a test case inside of another")
            self.case, self.case_depth = _Case(_title(attributes)), self.bounds.depth
            self.case.skipped = attributes.get("status", "").lower() in ("skipped", "disabled", "notrun")
        elif name == "property" and attributes.get("name") == "commit" and len(self.commits) < 10:
            self.commits[cut(attributes.get("value"))[:100].lower()] = None
        elif self.case is not None and self.bounds.depth == self.case_depth + 1:
            self._outcome(self.case, name, attributes)

    def end(self, name: str) -> None:
        case = self.case
        if case is not None and self.bounds.depth == self.case_depth:
            self.case = None
            if case.fault:
                self.counts[case.fault.kind] += 1
                if len(self.failed) < MAX_LISTED:
                    self.failed.append(case.fault)
            elif case.skipped:
                self.skipped += 1
            else:
                self.passed += 1
        self.bounds.leave()

    def content(self) -> Content:
        """Where a suite counts more failures than its cases show, its count stands."""
        failures = max(self.counts["failure"], self.told["failures"])
        errors = max(self.counts["error"], self.told["errors"])
        run = self.passed + sum(self.counts.values())
        known = [moment for moment in self.times if moment]
        return Content(
            commits=tuple(self.commits),
            made_at=None if None in self.times else min(known, default=None),
            tests=SuiteRun(run, failures, errors, self.skipped, tuple(self.failed)),
        )

    def _suite(self, name: str, attributes: dict[str, str]) -> None:
        """Suites lie in each other, and the outer one counts what the inner ones hold."""
        for kind in self.told:
            count = attributes.get(kind, "")
            if re.fullmatch(r"[0-9]{1,9}", count, re.ASCII):
                self.told[kind] = max(self.told[kind], int(count))
        if name == "testsuite" and self.bounds.depth <= 2:
            self.times.append(_moment(attributes.get("timestamp", "")))

    def _outcome(self, case: _Case, name: str, attributes: dict[str, str]) -> None:
        """A test that is repeated until it passes (flakyFailure of Maven) has passed."""
        if name in _FAULTS and case.fault is None:
            message = cut(attributes.get("message")) or cut(attributes.get("type"))
            case.fault = FailedTest(case.name, "failure" if name == "failure" else "error", message)
        elif name == "skipped":
            case.skipped = True


def _title(attributes: dict[str, str]) -> str:
    return ".".join(cut(attributes[key])[:200] for key in ("classname", "name") if attributes.get(key))


def _moment(text: str) -> datetime | None:
    """The earliest instant that is meant; without a zone that is the one furthest east."""
    try:
        moment = datetime.fromisoformat(text[:40])
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC) - _EAST
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
