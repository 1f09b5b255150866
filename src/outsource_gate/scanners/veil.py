"""How do the other facts stay free of credentials that were found?

Values, and the lines they stand on, are taken out. Scanners quote lines, commits have subjects, and a path can
hold a secret itself: facts, record and reports are made from what this gives. Only texts that no gate decides by
are changed for what stands in a file: else a file that calls the name of a forbidden folder its password would
open that folder. Paths and names of people are changed for what stands in themselves, and that denies the change
in any case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from outsource_gate.model.dependency import DependencyScan, Package
from outsource_gate.model.facts import Attribution, Facts, Role, Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Scan, Step
from outsource_gate.model.identity import Claim
from outsource_gate.model.licence import LicenceScan
from outsource_gate.model.past import PastScan
from outsource_gate.model.personal import PersonalScan
from outsource_gate.model.result import Result
from outsource_gate.model.secret import SecretScan
from outsource_gate.model.source import ChangeSet, Commit, FileChange
from outsource_gate.model.vulnerability import VulnerabilityScan
from outsource_gate.scanners.fingerprint import fingerprint

LINE = "[this line holds a credential or data of people]"
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
_CREDENTIALS = frozenset({"CWE-259", "CWE-321", "CWE-798"})  # hard-coded password, key, credentials
_LEAST = 4  # characters of a line of a value of several lines
Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Found:
    """The values by where they were found, and the (path, line) that hold one in content."""

    content: Collection[str] = field(default=(), repr=False)
    messages: Collection[str] = field(default=(), repr=False)
    names: Collection[str] = field(default=(), repr=False)
    lines: Collection[tuple[str, int]] = ()
    personal: Collection[tuple[str, int]] = ()  # lines with data of people: not quoted either


def veiled(facts: Facts, found: Found) -> Facts:
    """Give the facts without these values, and without what scanners quote from these lines."""
    told, path, any_text = (
        _without(values)
        for values in (found.messages, found.names, (*found.content, *found.messages, *found.names))
    )
    veil = _Veil(told, path, any_text, frozenset((*found.lines, *found.personal)))
    return replace(
        facts,
        change=veil.change(facts.change) if isinstance(facts.change, ChangeSet) else facts.change,
        attribution=(
            veil.attribution(facts.attribution) if isinstance(facts.attribution, Attribution) else facts.attribution
        ),
        scans=tuple(veil.scan(one) for one in facts.scans),
        coverage=tuple(map(veil.row, facts.coverage)),
        policy_at_head=any_text(facts.policy_at_head)
        if isinstance(facts.policy_at_head, str)
        else facts.policy_at_head,
        results=tuple(map(veil.result, facts.results)) if isinstance(facts.results, tuple) else facts.results,
        past=veil.past(facts.past) if isinstance(facts.past, PastScan) else facts.past,
        personal=veil.personal(facts.personal) if isinstance(facts.personal, PersonalScan) else facts.personal,
        secrets=veil.secrets(facts.secrets) if isinstance(facts.secrets, SecretScan) else facts.secrets,
        dependencies=(
            veil.dependencies(facts.dependencies)
            if isinstance(facts.dependencies, DependencyScan)
            else facts.dependencies
        ),
        vulnerabilities=(
            replace(
                facts.vulnerabilities,
                found=tuple(replace(one, path=path(one.path)) for one in facts.vulnerabilities.found),
            )
            if isinstance(facts.vulnerabilities, VulnerabilityScan)
            else facts.vulnerabilities
        ),
        licences=(
            replace(
                facts.licences,
                packages=tuple(replace(one, path=path(one.path)) for one in facts.licences.packages),
            )
            if isinstance(facts.licences, LicenceScan)
            else facts.licences
        ),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a head that was scanned without a change."""

    scans: tuple[Scan | Unavailable, ...]
    coverage: tuple[CoverageRow, ...]
    secrets: SecretScan | Unavailable
    text: Words = field(repr=False)  # of people and subjects
    path: Words = field(repr=False)


def veiled_scans(
    scans: Collection[Scan | Unavailable],
    coverage: Collection[CoverageRow],
    secrets: SecretScan | Unavailable,
    found: Found,
) -> Told:
    """Give the scans without these values; order and number of findings and rows stay."""
    path, text = _without(found.names), _without((*found.content, *found.messages, *found.names))
    veil = _Veil(text, path, text, frozenset(found.lines))
    told = veil.secrets(secrets) if isinstance(secrets, SecretScan) else secrets
    return Told(tuple(map(veil.scan, scans)), tuple(map(veil.row, coverage)), told, text, path)


def _without(values: Collection[str]) -> Words:
    """Longest first: one value may be part of another. Of a value of several lines each line counts."""
    pieces = {part.strip() for value in values for part in (value, *value.split("\n"))}
    ordered = sorted((piece for piece in pieces if len(piece) >= _LEAST), key=lambda piece: (-len(piece), piece))
    if not ordered:
        return lambda text: text
    names = {piece: f"[credential {number}]" for number, piece in enumerate(ordered, 1)}
    pattern = re.compile("|".join(map(re.escape, ordered)))
    return lambda text: pattern.sub(lambda match: names[match[0]], text)


@dataclass(frozen=True, slots=True)
class _Veil:
    told: Words = field(repr=False)
    path: Words = field(repr=False)
    text: Words = field(repr=False)
    lines: frozenset[tuple[str, int]]

    def change(self, change: ChangeSet) -> ChangeSet:
        return replace(
            change,
            commits=tuple(self._commit(commit) for commit in change.commits),
            files=tuple(self._file(file) for file in change.files),
        )

    def attribution(self, known: Attribution) -> Attribution:
        commits = (
            replace(one, roles=self._roles(one.roles), notes=tuple(map(self.told, one.notes)))
            for one in known.commits
        )
        return replace(known, commits=tuple(commits))  # opener and pushers are accounts, and the forge's word

    def scan(self, one: Scan | Unavailable) -> Scan | Unavailable:
        if isinstance(one, Unavailable):
            return replace(one, reason=self.text(one.reason), next_step=self.text(one.next_step))
        return replace(
            one,
            findings=tuple(self._finding(found) for found in one.findings),
            scanned=tuple(map(self.path, one.scanned)),
            failed=tuple((self.path(path), self.text(why)) for path, why in one.failed),
            unparsed=tuple(map(self.path, one.unparsed)),
        )

    def result(self, one: Result | Unavailable) -> Result | Unavailable:
        """Another tool's report quotes what it likes."""
        if isinstance(one, Unavailable):
            return replace(one, reason=self.text(one.reason), next_step=self.text(one.next_step))
        failed = one.tests.failed if one.tests else ()
        tests = tuple(replace(test, name=self.text(test.name), message=self.text(test.message)) for test in failed)
        return replace(
            one,
            broken=tuple(map(self.text, one.broken)),
            findings=tuple(
                replace(found, message=self.text(found.message), path=self.text(found.path))
                for found in one.findings
            ),
            tests=replace(one.tests, failed=tests) if one.tests else None,
        )

    def past(self, scan: PastScan) -> PastScan:
        return replace(
            scan,
            files=tuple(replace(one, row=self.row(one.row)) for one in scan.files),
            findings=tuple(replace(one, finding=self._finding(one.finding)) for one in scan.findings),
        )

    def row(self, row: CoverageRow) -> CoverageRow:
        return replace(row, path=self.path(row.path), reason=self.text(row.reason))

    def secrets(self, scan: SecretScan) -> SecretScan:
        return replace(
            scan,
            secrets=tuple(
                replace(one, path=self.path(one.path), inside=self.text(one.inside)) for one in scan.secrets
            ),
            unread=tuple(
                replace(one, path=self.path(one.path), inside=self.text(one.inside)) for one in scan.unread
            ),
        )

    def personal(self, scan: PersonalScan) -> PersonalScan:
        return replace(
            scan,
            found=tuple(replace(one, path=self.path(one.path)) for one in scan.found),
            unread=tuple(replace(one, path=self.path(one.path)) for one in scan.unread),
        )

    def dependencies(self, scan: DependencyScan) -> DependencyScan:
        """What is written in manifests; names, versions and addresses are what is decided by."""
        return replace(
            scan,
            changes=tuple(
                replace(one, old=self._package(one.old), new=self._package(one.new)) for one in scan.changes
            ),
            problems=tuple(
                replace(one, what=self.text(one.what), got=self.text(one.got), path=self.path(one.path))
                for one in scan.problems
            ),
            indexes=tuple(replace(one, path=self.path(one.path)) for one in scan.indexes),
            read=tuple(map(self.path, scan.read)),
            unread=tuple(
                replace(one, path=self.path(one.path), reason=self.text(one.reason)) for one in scan.unread
            ),
        )

    def _package(self, one: Package | None) -> Package | None:
        return replace(one, requirement=self.text(one.requirement), path=self.path(one.path)) if one else None

    def _commit(self, commit: Commit) -> Commit:
        return replace(
            commit,
            author=self._claim(commit.author),
            committer=self._claim(commit.committer),
            co_authors=tuple(map(self._claim, commit.co_authors)),
            subject=self.text(commit.subject),
            problems=tuple(map(self.told, commit.problems)),
        )

    def _claim(self, claim: Claim) -> Claim:
        return replace(claim, name=self.told(claim.name), email=self.told(claim.email))

    def _roles(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        return tuple(replace(role, claim=self.told(role.claim), why=self.told(role.why)) for role in roles)

    def _file(self, file: FileChange) -> FileChange:
        paired = self.path(file.paired_with) if file.paired_with is not None else None
        return replace(file, path=self.path(file.path), paired_with=paired)

    def _finding(self, found: Finding) -> Finding:
        """On such a line, neither the line is told nor what a message quotes of it, which may be cut or escaped.

        Nor is the fingerprint kept, which is a digest of the line: a short secret could be guessed back from it.
        """
        place = found.location
        span = range(place.start_line, place.end_line + 1)
        is_credential = not _CREDENTIALS.isdisjoint(found.cwe)  # by a scanner's word, whatever ours say of it
        held = [number for number in span if is_credential or (place.path, number) in self.lines]
        plain = found if not held else _unquoted(found, {number - place.start_line for number in held})
        plain = replace(
            plain,
            message=self.text(plain.message),
            why=self.text(plain.why),
            fix=self.text(plain.fix),
            snippet=tuple(map(self.text, plain.snippet)),
        )
        if plain != found:
            plain = replace(plain, fingerprint=_fingerprint(plain))
        return replace(plain, location=replace(place, path=self.path(place.path)), trace=self._trace(found))

    def _trace(self, found: Finding) -> tuple[Step, ...]:
        """Lines that a finding does not stand on are no part of its fingerprint."""
        path = found.location.path
        told = (LINE if (path, step.line) in self.lines else self.text(step.snippet) for step in found.trace)
        return tuple(replace(step, snippet=line) for step, line in zip(found.trace, told, strict=True))


def _unquoted(found: Finding, held: Collection[int]) -> Finding:
    return replace(
        found,
        message=_QUOTED.sub("'...'", found.message),
        why=_QUOTED.sub("'...'", found.why),
        snippet=tuple(LINE if number in held else line for number, line in enumerate(found.snippet)),
        fingerprint="",
    )


def _fingerprint(found: Finding) -> str:
    return fingerprint(found.rule, "\n".join((found.message, *found.snippet)), "")
