"""What does a change do to packages, and what is known of those that it brings in?

Parsers, databases and the network are loaded and asked only where a manifest changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from outsource_gate.errors import GitError
from outsource_gate.git.introduced import MAX_BLOB_BYTES
from outsource_gate.git.repository import Repository
from outsource_gate.judging import applicable
from outsource_gate.model.dependency import DependencyScan
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.licence import LicenceScan
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Stage
from outsource_gate.model.vulnerability import VulnerabilityScan
from outsource_gate.policy.load import Policy
from outsource_gate.policy.sources import OsvServer
from outsource_gate.registry import gates
from outsource_gate.request import Request

if TYPE_CHECKING:
    from outsource_gate.dependencies.scan import Side


@dataclass(frozen=True, slots=True)
class Sources:
    """Who is asked what is known of packages."""

    now: datetime
    osv: tuple[Path, Literal["policy", "given"]] | None = None
    server: OsvServer | None = None  # where no database is named
    licences: Mapping[str, str] | None = None  # None: no tier asks


@dataclass(slots=True)
class Packages:
    """What was found out of the packages of a change."""

    dependencies: DependencyScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    vulnerabilities: VulnerabilityScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    licences: LicenceScan | Unavailable | NotAsked = field(default_factory=NotAsked)


def sources_of(request: Request, policy: Policy, facts: Facts) -> Sources:
    """The database that the job names, else the policy's own, else the server that the policy allows."""
    server = None if request.offline or facts.stage is Stage.PUSH else policy.osv_server
    sections = applicable(facts, policy, gates()).values()
    asks_licences = any(getattr(one.get("dependencies"), "licences", ()) for one in sections)
    return Sources(facts.now, _osv(request, policy), server, policy.licences if asks_licences else None)


def packages_of(
    repository: Repository, change: ChangeSet, read: Callable[[str, int], object], sources: Sources
) -> Packages:
    """What the changed manifests and lock files do to packages, beside what the base has."""
    from outsource_gate.dependencies.scan import Side, is_called_for, scan_dependencies  # noqa: PLC0415

    if not is_called_for(change.files):
        return Packages(DependencyScan())
    head, base = (
        Side(
            {entry.path: entry.oid for entry in repository.list_tree(at) if entry.mode.startswith("100")},
            lambda oid: read(oid, MAX_BLOB_BYTES),
        )
        for at in (change.head.tree, change.merge_base)
    )
    found = Packages()
    try:
        scan = scan_dependencies(change.files, head, base)
        found.vulnerabilities = _vulnerabilities(scan, head, sources)
        found.licences = _licences(scan, head, sources)
        found.dependencies = scan
    except GitError as error:
        found.dependencies = Unavailable(error.message, error.hint, "dependencies")
    except ImportError as error:
        found.dependencies = _not_installed(error, "dependencies")
    return found


def _vulnerabilities(
    scan: DependencyScan, head: Side, sources: Sources
) -> VulnerabilityScan | Unavailable | NotAsked:
    """What is known of the packages that come in, where somebody names a database or allows a server."""
    from outsource_gate.dependencies.osv_files import DatabaseError  # noqa: PLC0415 - only where a manifest changes
    from outsource_gate.dependencies.vulnerabilities import is_looked_up  # noqa: PLC0415

    if (sources.osv is None and sources.server is None) or not is_looked_up(scan.changes):
        return NotAsked()
    try:
        return _looked_up(scan, head, sources)
    except DatabaseError as error:
        return Unavailable(error.message, error.hint, "vulnerabilities")
    except ImportError as error:
        return _not_installed(error, "vulnerabilities")


def _looked_up(scan: DependencyScan, head: Side, sources: Sources) -> VulnerabilityScan:
    from outsource_gate.dependencies.locked import locked_at  # noqa: PLC0415 - only where a manifest changes
    from outsource_gate.dependencies.vulnerabilities import scan_vulnerabilities  # noqa: PLC0415

    locked = locked_at(head)
    if sources.osv is not None:
        from outsource_gate.dependencies.osv import advisories_for  # noqa: PLC0415

        place, source = sources.osv
        return scan_vulnerabilities(scan.changes, locked, partial(advisories_for, place, now=sources.now), source)
    from outsource_gate.dependencies.osv_server import advisories_from  # noqa: PLC0415 - needs requests

    assert sources.server is not None
    asked_at = datetime.now(UTC).replace(microsecond=0)
    look_up = partial(advisories_from, sources.server, now=sources.now)
    found = scan_vulnerabilities(scan.changes, locked, look_up, "server")
    return replace(found, host=sources.server.host, asked_at=asked_at)


def _licences(scan: DependencyScan, head: Side, sources: Sources) -> LicenceScan | Unavailable | NotAsked:
    if sources.licences is None:
        return NotAsked()
    from outsource_gate.dependencies.licences import scan_licences  # noqa: PLC0415 - only where a tier asks
    from outsource_gate.dependencies.locked import locked_at  # noqa: PLC0415

    try:
        return scan_licences(scan.changes, locked_at(head), sources.licences)
    except ImportError as error:
        return _not_installed(error, "licences")


def _osv(request: Request, policy: Policy) -> tuple[Path, Literal["policy", "given"]] | None:
    """The database that the job names, else the policy's own."""
    if request.osv is not None:
        return request.osv, "given"
    if policy.osv is None or request.policy is None:
        return None
    top = request.policy if request.policy.is_dir() else request.policy.parent
    return top / policy.osv, "policy"


def _not_installed(error: ImportError, fact: str) -> Unavailable:
    what = f"the package {error.name or 'for it'} is not installed"
    return Unavailable(what, "install outsource-gate[scanners]", fact)
