"""What is wrong in the whole head of a repository, since when, and whose work is it?

Blobs of the tree are read through git, never the checkout; scanners and fingerprints are those of `check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from outsource_gate.attribution import Beliefs, Bot
from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.blobs import Blobs
from outsource_gate.git.introduced import Introduced, read_blobs
from outsource_gate.git.repository import Repository
from outsource_gate.git.tree_source import TreeSource
from outsource_gate.git.trees import GITLINK, TreeEntry
from outsource_gate.model.facts import PolicySource, Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Scan
from outsource_gate.model.identity import ascii_lower
from outsource_gate.model.origin import Brought, HeadFinding, HeadScan, HeadSecret, Origin
from outsource_gate.model.secret import SecretScan
from outsource_gate.model.source import Change, FileChange, Revision
from outsource_gate.origins import Known, Span, origins
from outsource_gate.policy.source import POLICY_FILE
from outsource_gate.request import Tell
from outsource_gate.rules import POLICY_FOLDER, Rules, rules_of
from outsource_gate.scanners import Scanner
from outsource_gate.scanners.ci_calls import Tree, scan_calls
from outsource_gate.scanners.run import SCANNERS, ScanResult, scan_change
from outsource_gate.scanners.secret_hunt import Hunt
from outsource_gate.scanners.veil import Found, Told, veiled_scans

if TYPE_CHECKING:
    from outsource_gate.policy.load import Kept
    from outsource_gate.scanners.cache.store import Store

Origins = dict[Span, Origin | Unavailable]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be scanned, and with what."""

    repository: Path
    ref: str = "HEAD"
    policy: Path | None = None
    rules: tuple[Path, ...] = ()
    scanners: tuple[Scanner, ...] = SCANNERS
    store: Store | None = None
    now: datetime | None = None
    kept: Kept | None = None  # where the index of a large register is kept


def scan_head(asked: Asked, tell: Tell) -> HeadScan:
    """Scan what stands at the ref and say where it is from; GateError where there is no such thing."""
    now = (asked.now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    with Repository.open(asked.repository).session() as repository:
        head = repository.resolve(asked.ref)
        rules = _rules(repository, asked.policy, asked.kept)
        known = _known(rules, now) if isinstance(rules, Rules) else None
        entries = repository.list_tree(head.tree)
        tell(f"scanning {len(entries)} files of {head.commit[:12]}")
        result = _scanned(repository, entries, asked)
        tell("looking for credentials")
        secrets, found = _secrets(repository, entries)
        tell("asking git where findings are from")
        where = _where(repository, head, entries, [*_spans(result.scans), *_secret_spans(secrets)], known)
        told = veiled_scans(result.scans, result.coverage, secrets, _with_old_names(found, where))
        return HeadScan(
            repository.origin() or "",
            head,
            now,
            _policy(rules),
            _names(rules, where),
            told.scans,
            told.coverage,
            tuple((row.path, entry.oid) for row, entry in _paired(told.coverage, entries)),
            tuple(_findings(result.scans, told, where)),
            told.secrets,
            tuple(_of_secrets(secrets, told, where)),
        )


def _scanned(repository: Repository, entries: Sequence[TreeEntry], asked: Asked) -> ScanResult:
    """What `check` would run if all of the head were new."""
    files = [_added(entry) for entry in entries]
    with Blobs(repository) as blobs:
        result = scan_change(files, blobs, rules=asked.rules, scanners=asked.scanners, store=asked.store)
        paths = frozenset(entry.path for entry in entries)
        calls: Scan | Unavailable | None
        try:
            calls = scan_calls(files, Tree(blobs.read, lambda: paths), Tree(blobs.read, frozenset))
        except GitError as error:
            calls = Unavailable(error.message, error.hint, "calls")
    return replace(result, scans=(*result.scans, calls)) if calls else result


def _rules(repository: Repository, named: Path | None, kept: Kept | None) -> Rules | Unavailable:
    """The policy that was named, else the one of the branch that changes go to; a broken one is an error."""
    try:
        base = repository.default_base()
    except UsageError as error:
        if named is None:
            return Unavailable(error.message, "name a policy with --policy", "policy")
        base = repository.resolve("HEAD")
    if named is None and TreeSource(repository, base.commit, POLICY_FOLDER).read(POLICY_FILE) is None:
        missing = f"{base.asked}: no {POLICY_FOLDER}/{POLICY_FILE} there, so nobody is known"
        return Unavailable(missing, "name a policy with --policy", "policy")
    return rules_of(named, repository, base, is_push_alone=False, kept=kept)


def _known(rules: Rules, now: datetime) -> Known:
    policy = rules.policy
    bots = tuple(Bot(bot.id, number) for bot in policy.bots for number in (bot.github_id, bot.gitlab_id) if number)
    beliefs = Beliefs(
        now.astimezone(ZoneInfo(policy.timezone)).date(),
        policy.verified,
        frozenset(map(ascii_lower, policy.assistants)),
        bots,
        asks_forge=False,
    )
    return Known(rules.register, beliefs, rules.register.openpgp_keys())


def _policy(rules: Rules | Unavailable) -> PolicySource | Unavailable:
    if isinstance(rules, Unavailable):
        return rules
    return PolicySource(rules.policy.digest, rules.policy.register_digest, rules.policy.where)


def _added(entry: TreeEntry) -> FileChange:
    """Against nothing at all, everything is new."""
    none = "0" * len(entry.oid)
    return FileChange(
        entry.path, Change.ADDED, "000000", entry.mode, none, entry.oid, malformed_path=entry.malformed_path
    )


def _secrets(repository: Repository, entries: Sequence[TreeEntry]) -> tuple[SecretScan | Unavailable, Found]:
    """Look into every blob once; what one blob holds stands at each of its paths."""
    hunt = Hunt()
    files: dict[str, list[str]] = {}
    for entry in entries:
        if entry.mode != GITLINK:
            files.setdefault(entry.oid, []).append(entry.path)
    try:
        for entry in entries:
            hunt.name(entry.path, "")
        blobs = tuple(Introduced(oid, paths[0], "") for oid, paths in files.items())
        for blob, data in read_blobs(repository, blobs):
            hunt.content(blob, data, lambda _: b"")
    except GitError as error:
        return Unavailable(error.message, error.hint, "secrets"), hunt.found()
    twins = {paths[0]: paths for paths in files.values()}
    scan, found = hunt.scan(), hunt.found()
    everywhere = (
        replace(one, path=path)
        for one in scan.secrets
        for path in (twins.get(one.path, [one.path]) if one.place == "content" else [one.path])
    )
    lines = {(path, line) for first, line in found.lines for path in twins.get(first, [first])}
    return replace(scan, secrets=tuple(everywhere)), replace(found, lines=lines)


def _spans(scans: Iterable[Scan | Unavailable]) -> Iterator[Span]:
    yield from (_span(found) for scan in scans if isinstance(scan, Scan) for found in scan.findings)


def _span(found: Finding) -> Span:
    """A finding about a file as a whole is about its first line."""
    place = found.location
    first = max(place.start_line, 1)
    return place.path, first, max(place.end_line, first)


def _secret_spans(secrets: SecretScan | Unavailable) -> Iterator[Span]:
    for one in secrets.secrets if isinstance(secrets, SecretScan) else ():
        line = 1 if one.inside else max(one.line, 1)  # lines in an archive are none of the file's
        yield one.path, line, line


def _where(
    repository: Repository,
    head: Revision,
    entries: Sequence[TreeEntry],
    spans: Sequence[Span],
    known: Known | None,
) -> Origins:
    odd = {entry.path for entry in entries if entry.malformed_path}
    asked = [span for span in spans if span[0] not in odd]
    unknown = Unavailable("its name is not UTF-8, so git is not asked", "rename the file", "origin")
    return origins(repository, head, asked, known) | {span: unknown for span in spans if span[0] in odd}


def _with_old_names(found: Found, where: Origins) -> Found:
    """A file may have been called by a credential before."""
    names = Hunt()
    for path in {one.path for origin in where.values() for one in _both(origin)}:
        names.name(path, "")
    return replace(found, names=(*found.names, *names.found().names))


def _both(origin: Origin | Unavailable) -> tuple[Brought, ...]:
    if isinstance(origin, Unavailable):
        return ()
    return (origin.introduced, origin.placed) if origin.placed else (origin.introduced,)


def _names(rules: Rules | Unavailable, where: Origins) -> tuple[tuple[str, str], ...]:
    named = {vendor for origin in where.values() for one in _both(origin) for vendor in one.vendors or ()}
    register = {} if isinstance(rules, Unavailable) else rules.policy.vendors
    return tuple((vendor, register[vendor].name) for vendor in sorted(named) if vendor in register)


def _paired(rows: Sequence[CoverageRow], entries: Sequence[TreeEntry]) -> Iterator[tuple[CoverageRow, TreeEntry]]:
    """Rows are noted in the order of the tree."""
    yield from zip(rows, entries, strict=True)


def _findings(scans: Sequence[Scan | Unavailable], told: Told, where: Origins) -> Iterator[HeadFinding]:
    """Give what may be told, each with the origin of what was found."""
    found = [one for scan in scans if isinstance(scan, Scan) for one in scan.findings]
    shown = [one for scan in told.scans if isinstance(scan, Scan) for one in scan.findings]
    pairs = sorted(zip(shown, found, strict=True), key=lambda pair: _order(pair[0]))
    seen: dict[tuple[str, str], int] = {}
    for finding, real in pairs:
        key = (finding.location.path, finding.fingerprint)
        seen[key] = seen.get(key, 0) + 1
        yield HeadFinding(finding, seen[key], _veiled(where[_span(real)], told))


def _order(one: Finding) -> tuple[str, int, int, str]:
    return one.location.path, one.location.start_line, one.location.start_column, one.rule


def _of_secrets(secrets: SecretScan | Unavailable, told: Told, where: Origins) -> Iterator[HeadSecret]:
    if isinstance(secrets, SecretScan) and isinstance(told.secrets, SecretScan):
        spans = _secret_spans(secrets)
        for shown, span in zip(told.secrets.secrets, spans, strict=True):
            yield HeadSecret(shown, _veiled(where[span], told))


def _veiled(origin: Origin | Unavailable, told: Told) -> Origin | Unavailable:
    if isinstance(origin, Unavailable):
        return replace(origin, reason=told.text(origin.reason))
    placed = _veiled_commit(origin.placed, told) if origin.placed else None
    return Origin(_veiled_commit(origin.introduced, told), placed)


def _veiled_commit(one: Brought, told: Told) -> Brought:
    roles = tuple(replace(role, claim=told.text(role.claim), why=told.text(role.why)) for role in one.roles)
    return replace(one, path=told.path(one.path), subject=told.text(one.subject), roles=roles)
