"""Where would the policy be read from, does it read, and who else can read or write it?"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from zoneinfo import ZoneInfo

from outsource_gate.doctor import Area, Asked, Check
from outsource_gate.doctor.repository import Clone
from outsource_gate.errors import GateError
from outsource_gate.policy.lint import lint
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import POLICY_FILE, Source
from outsource_gate.registry import gate_settings
from outsource_gate.rules import base_source, outside_source

ELSEWHERE = "keep policy and register in a repository of their own, and name its checkout with --policy"

say = Area("policy")


@dataclass(frozen=True, slots=True)
class Written:
    """The policy as it reads, and whether it lies in the repository that vendors push to."""

    policy: Policy
    is_inside: bool


def look(asked: Asked, clone: Clone | None) -> tuple[tuple[Check, ...], Written | None]:
    """Find the policy as `check` would, and read it whole."""
    try:
        source = _source(asked, clone)
    except GateError as error:
        return (say.problem("source", error.message, error.hint),), None
    if source is None:
        return (say.not_asked("source", "there is no repository with a base, and no --policy"),), None
    where = say.ok("source", _told(source))
    access = tuple(_access(asked.policy)) if asked.policy else ()
    try:
        policy = load_policy(source, gate_settings())
    except (GateError, OSError) as error:
        hint = error.hint if isinstance(error, GateError) else ""
        message = error.message if isinstance(error, GateError) else str(error)
        return (where, *access, say.problem("reads", message, hint)), None
    written = Written(policy, is_inside=asked.policy is None)
    return (where, *access, _reads(policy), *_lint(policy, asked), *_readers(written)), written


def _source(asked: Asked, clone: Clone | None) -> Source | None:
    """The place `check` takes: outside the checkout, or the base's tree."""
    if asked.policy:
        return outside_source(asked.policy, clone.repository if clone else None)
    return base_source(clone.repository, clone.base) if clone and clone.base else None


def _told(source: Source) -> str:
    kind, _, rest = source.where.partition(":")
    if kind == "outside":
        return f"{rest}, outside the checkout"
    commit, _, folder = rest.partition(":")
    return f"{folder}/ of the base, {commit[:12]}"


def _access(path: Path) -> Iterator[Check]:
    """Whoever can write the policy decides what passes."""
    top = path if path.is_dir() else path.parent
    places = (path, top, *(top / name for name in (POLICY_FILE, "people.yaml", "vendors")))
    open_to = [place for place in dict.fromkeys(places) if _is_writable_by_others(place)]
    for place in open_to:
        yield say.problem(
            "writers", f"everybody on this machine can write {place}", f"chmod o-w {quote(str(place))}"
        )
    if not open_to:
        yield say.ok("writers", "not everybody on this machine")


def _is_writable_by_others(place: Path) -> bool:
    """In a folder with the sticky bit, such as /tmp, others add files and cannot replace ours."""
    try:
        mode = place.stat().st_mode
        return bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX
    except OSError:
        return False  # what is not there nobody writes; what cannot be read shows when it is loaded


def _reads(policy: Policy) -> Check:
    return say.ok("reads", f"{policy.organization}, sha256:{policy.digest[:12]}")


def _lint(policy: Policy, asked: Asked) -> Iterator[Check]:
    today = datetime.now(UTC).astimezone(ZoneInfo(policy.timezone)).date()
    count = sum(found.severity == "warning" for found in lint(policy, today))
    if not count:
        yield say.ok("lint", "nothing is loose or likely a mistake")
        return
    where = f" --policy {quote(str(asked.policy))}" if asked.policy else ""
    places = "1 place" if count == 1 else f"{count} places"
    yield say.warning(
        "lint", f"{places} to look at: loose, or likely a mistake", f"outsource-gate policy lint{where}"
    )


def _readers(written: Written) -> Iterator[Check]:
    """The register holds contract terms and addresses; who is in it is not told here, vendors may read this."""
    if not written.is_inside:
        yield say.ok("readers", "not whoever can read this repository")
    elif not written.policy.vendors:
        yield say.ok("readers", "it lies in this repository, and names no vendor yet")
    else:
        found = "vendors who read this repository read contract terms and people of all vendors"
        yield say.warning("readers", found, ELSEWHERE)
