"""Gate dependencies: does the change bring in packages that nobody can vouch for, or from places nobody chose?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from outsource_gate import licensing, vulnerable
from outsource_gate.gates import Gate, verdict
from outsource_gate.model.dependency import DependencyChange, DependencyProblem, DependencyScan, Package
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Severity
from outsource_gate.model.verdict import Effect, Reason, Status, Subject, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

REASONS = {
    "look-alike": "A new package is called almost as a popular one.",
    "foreign-index": "Packages come from an index that neither the base uses nor the policy names.",
    "first-index": "The first index that the repository names for this kind of package; the policy names none.",
    "unsafe-index": "Packages come over a connection that nobody protects.",
    "source-vcs": "A package comes straight from a repository, not from an index.",
    "source-url": "A package comes from a single address, not from an index.",
    "source-path": "A package comes from a folder; one outside the repository holds what nobody reviewed.",
    "unpinned": "Which version is installed is decided later, by somebody else.",
    "hash-lost": "Nothing proves any longer that a package is what it was.",
    "lock-disagrees": "Manifest and lock file do not say the same.",
    "lock-elsewhere": "A lock file takes a package from where another one, or another version, lies.",
    "install-script": "A new package runs code of its own when it is installed.",
    "install-code": "Code of the repository runs when somebody installs or builds it.",
    "downgraded": "A package goes back to an older version.",
    "dependency-added": "A package that the manifest did not ask for before.",
    "dependency-moved": "A package comes from another of the known indexes.",
    **vulnerable.REASONS,
    **licensing.REASONS,
    "dependencies-unread": "A manifest or lock file could not be read, so nobody knows what it brings in.",
}
_WHO = "the author"


class Settings(GateSettings):
    waivable = may_be_waived(
        rule=[
            *("vulnerable-dependency", "licence-not-allowed", "licence-unknown", "install-script"),
            *("source-vcs", "source-url", "downgraded", "dependency-added"),
        ]
    )

    fail_on: Severity = setting(
        Severity.HIGH, "lowest severity that denies", stricter=("critical", "high", "medium", "low")
    )
    indexes: tuple[str, ...] = setting(
        (),
        "indexes that packages may come from, as host or host/path; none named: those that the base uses",
        stricter="fewer",
    )
    vulnerabilities: Literal["where-known", "required"] = setting(
        "where-known",
        "known vulnerabilities: judged where data is there, or nothing passes without",
        stricter=("where-known", "required"),
    )
    max_age_days: int = setting(
        30, "oldest that the newest known advisory may be, in days", stricter="lower", ge=1, le=3650
    )
    licences: tuple[str, ...] = setting(
        (), "SPDX licences that packages may be used under; none named: any", stricter="fewer"
    )
    unknown_licences: Literal["warn", "deny"] = setting(
        "deny", "what a package does whose licence nobody says, where licences are named", stricter=("warn", "deny")
    )


class Found(NamedTuple):
    """One objection before the tier's threshold is asked."""

    code: str
    severity: Severity
    message: str
    where: Where
    got: str = ""
    step: str = ""
    package: str = ""  # with its version, where it is about one


_PROBLEMS: dict[str, tuple[str, Severity, str]] = {
    "disagrees": (
        "lock-disagrees",
        Severity.HIGH,
        "write the lock file anew with the package manager, and commit both",
    ),
    "unpinned": ("unpinned", Severity.MEDIUM, "name one version (a commit, a digest), or commit a lock file"),
    "unhashed": ("hash-lost", Severity.HIGH, "write the lock file anew, with the hashes of all packages"),
    "elsewhere": ("lock-elsewhere", Severity.HIGH, "write the lock file anew from the index"),
    "look-alike": (
        "look-alike",
        Severity.HIGH,
        "look whether the popular package is meant; if not, have it reviewed",
    ),
    "install-code": ("install-code", Severity.HIGH, "leave it out, or have one of our own people propose it"),
    "unsafe-index": (
        "unsafe-index",
        Severity.HIGH,
        "use an address with https, and leave certificates to be asked for",
    ),
    "outside": ("source-path", Severity.HIGH, "take the package from an index, or deliver it in the repository"),
}


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge what changed from the base; what the base has already is not this change's doing."""
    scan = facts.dependencies
    if not isinstance(scan, DependencyScan):
        return verdict("dependencies", facts, (_unknown(scan),), summary="not looked at")
    if not (scan.read or scan.unread or scan.problems or scan.changes or scan.left_out):
        return Verdict("dependencies", facts.vendor, Status.NOT_APPLICABLE, (), "no manifest or lock file changed")
    found = (*map(_problem, scan.problems), *_changes(scan, settings), *_indexes(scan, settings))
    demands = vulnerable.Demands(settings.fail_on, settings.vulnerabilities == "required", settings.max_age_days)
    reasons = (
        *(_reason(one, settings) for one in _once(found)),
        *vulnerable.reasons(facts, demands),
        *licensing.reasons(facts, settings.licences, unknown_denies=settings.unknown_licences == "deny"),
        *_unread(scan),
    )
    return verdict("dependencies", facts, reasons, summary=_summary(facts, scan, settings))


def _problem(one: DependencyProblem) -> Found:
    code, severity, step = _PROBLEMS[one.problem]
    return Found(code, severity, one.what, Where(one.path, one.line), one.got, step)


def _changes(scan: DependencyScan, settings: Settings) -> Iterator[Found]:
    for one in scan.changes:
        if one.new is not None:
            for found in (*_change(one, one.new), *_origin(one, one.new, scan, settings)):
                yield found._replace(package=_named(one.new))


def _change(one: DependencyChange, new: Package) -> Iterator[Found]:
    old, where, name = one.old, Where(new.path, new.line), _named(new)
    if one.change == "downgraded" and old is not None:
        step = "say why in the request, and keep the newer version where nothing speaks against it"
        yield Found("downgraded", Severity.MEDIUM, f"{name}: older than {old.version}", where, new.version, step)
    if one.loses_hash:
        step = "write the lock file anew, with the hashes of all packages"
        yield Found("hash-lost", Severity.HIGH, f"{name}: had a hash, and has none", where, new.requirement, step)
    if new.install_scripts and not (old and old.install_scripts):
        step = "have somebody read what it runs, or use a package that runs nothing"
        yield Found("install-script", Severity.MEDIUM, f"{name}: runs code at installation", where, "", step)
    if old is None and new.direct and not new.locked:
        step = "have somebody say that it is needed"
        yield Found("dependency-added", Severity.LOW, f"{name}: is new", where, new.requirement, step)


def _origin(one: DependencyChange, new: Package, scan: DependencyScan, settings: Settings) -> Iterator[Found]:
    """Where a package comes from, where that is new."""
    if one.old is not None and not one.is_moved and new.source != "url":
        return
    name, where, got = _named(new), Where(new.path, new.line), new.address or new.requirement
    step = "take a released version from the index"
    match new.source:
        case "vcs":
            severity = Severity.MEDIUM if new.pinned else Severity.HIGH
            fixed = "" if new.pinned else ", and may change"
            yield Found("source-vcs", severity, f"{name}: from a repository{fixed}", where, got, step)
        case "url":
            if one.old is None or one.is_moved or not new.hashed:
                severity = Severity.MEDIUM if new.hashed else Severity.HIGH
                yield Found("source-url", severity, f"{name}: from an address", where, got, step)
        case "path":
            yield Found("source-path", Severity.LOW, f"{name}: from a folder", where, got, "")
        case _ if new.address or (one.old and one.old.address):
            yield from _index(new.ecosystem, new.address, where, scan, settings, name=name, moved=one.is_moved)


def _indexes(scan: DependencyScan, settings: Settings) -> Iterator[Found]:
    for one in scan.indexes:
        yield from _index(one.ecosystem, one.address, Where(one.path, one.line), scan, settings, named=True)


def _index(
    ecosystem: str, address: str, where: Where, scan: DependencyScan, settings: Settings, **more: str | bool
) -> Iterator[Found]:
    """`named`: by a setting or option, which is a choice in itself; a first lock file only tells what is usual."""
    allowed = settings.indexes
    used = {index for kind, index in scan.base_indexes if kind == ecosystem}
    prefix = f"{more['name']}: " if more.get("name") else ""
    if address == "" or (any(_covers(one, address) for one in allowed) if allowed else address in used):
        if more.get("moved"):
            yield Found("dependency-moved", Severity.LOW, f"{prefix}from another index", where, address, "")
        return
    step = "take it from the index that is used already; the policy's owner can name more (dependencies.indexes)"
    is_first = not allowed and not more.get("named") and not any(used) and ecosystem != "docker"
    if is_first and len(_told(ecosystem, scan)) == 1:
        yield Found("first-index", Severity.MEDIUM, f"{address} is the first index named", where, address, step)
        return
    yield Found(
        "foreign-index", Severity.HIGH, f"{prefix}from {address}, which is no known index", where, address, step
    )


def _told(ecosystem: str, scan: DependencyScan) -> set[str]:
    news = (one.new for one in scan.changes if one.new is not None and one.new.source == "index")
    return {new.address for new in news if new.ecosystem == ecosystem and new.address}


def _covers(allowed: str, address: str) -> bool:
    allowed = allowed.lower().rstrip("/")
    return address.lower() == allowed or address.lower().startswith(f"{allowed}/")


def _named(one: Package) -> str:
    return f"{one.name} {one.version}".strip()


def _once(found: tuple[Found, ...]) -> Iterator[Found]:
    """What manifest and lock both say is told once, and one index once per file."""
    seen: set[tuple[str, str, str]] = set()
    for one in sorted(found, key=lambda it: (-it.severity.rank, it.where.path, it.where.line, it.code, it.message)):
        subject = one.got if one.code in ("foreign-index", "first-index") else one.message
        key = (one.code, subject, one.where.path if one.code != "look-alike" else "")
        if key not in seen:
            seen.add(key)
            yield one


def _reason(one: Found, settings: Settings) -> Reason:
    counts = one.severity.rank >= settings.fail_on.rank
    return Reason(
        one.code,
        one.message,
        Effect.DENY if counts else Effect.NOTE,
        got=f"{one.severity}: {one.got}" if one.got else str(one.severity),
        where=one.where,
        next_step=one.step,
        who=_WHO,
        subjects=(Subject(one.package),) if one.package else (),
    )


def _unknown(fact: object) -> Reason:
    missing = fact if isinstance(fact, Unavailable) else Unavailable("nobody looked at the dependencies")
    return Reason(
        "dependencies-unread",
        missing.reason,
        Effect.UNDECIDED,
        next_step=missing.next_step or "run the check again",
        who="whoever runs the job",
    )


def _unread(scan: DependencyScan) -> Iterator[Reason]:
    for one in scan.unread:
        yield Reason(
            "dependencies-unread",
            one.reason,
            Effect.UNDECIDED,
            where=Where(one.path),
            next_step="write it plainly, as the package manager does, or leave it out of the change",
            who=_WHO,
        )
    if scan.left_out:
        yield Reason(
            "dependencies-unread",
            f"{scan.left_out} more changes of packages are not listed",
            Effect.UNDECIDED,
            next_step="split the change up",
            who=_WHO,
        )


def _summary(facts: Facts, scan: DependencyScan, settings: Settings) -> str:
    kinds = [one.change for one in scan.changes]
    names = ("added", "upgraded", "downgraded", "removed", "changed")
    counts = ", ".join(f"{kinds.count(name)} {name}" for name in names if name in kinds) or "no package changes"
    known = vulnerable.summary(facts)
    return f"{counts} in {len(scan.read)} files; {f'{known}; ' if known else ''}{settings.fail_on} and above deny"


GATE = Gate(
    id="dependencies",
    title="Dependencies",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"dependencies", "vulnerabilities"}),
    controls=("A.5.21",),
)
