"""What does the world say? Asks git, the policy, the handed-over facts and the scanners, and gives `Facts`.

Whatever could not be found out is `Unavailable` in the result; an error is only what nothing can be said without.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from outsource_gate.attribution import Beliefs, Bot, Directory, attribute
from outsource_gate.codeowners import PLACES, parse_owners
from outsource_gate.context import asking_for, asks_forge, chosen_source, context_of, with_reviews
from outsource_gate.ends import base_in_queue, ends, of_this_content, request_head
from outsource_gate.errors import GitError, PolicyError
from outsource_gate.excerpt import bots_named, members_named, vendors_named
from outsource_gate.forges import Asking, Event
from outsource_gate.git.blobs import Blobs
from outsource_gate.git.changes import read_change
from outsource_gate.git.introduced import MAX_BLOB_BYTES, Contents, Placed, introduced, read_blobs, read_messages
from outsource_gate.git.repository import Repository
from outsource_gate.git.tree_source import TreeSource
from outsource_gate.imported import Frame, Given, check_names, results_of
from outsource_gate.judging import applicable
from outsource_gate.model.dependency import DependencyScan
from outsource_gate.model.facts import Attribution, Chosen, Facts, NotAsked, Owners, PolicySource, Unavailable
from outsource_gate.model.finding import Scan
from outsource_gate.model.identity import ascii_lower
from outsource_gate.model.past import PastScan
from outsource_gate.model.result import Result
from outsource_gate.model.review import Context
from outsource_gate.model.secret import SecretScan
from outsource_gate.model.source import ChangeSet, Revision
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.registry import gate_settings, gates
from outsource_gate.rules import POLICY_FOLDER, Rules, rules_of
from outsource_gate.scanners.ci_calls import Tree, scan_calls
from outsource_gate.scanners.past import MAX_FILES
from outsource_gate.scanners.run import ScanResult, scan_change
from outsource_gate.scanners.secret_hunt import Hunt
from outsource_gate.scanners.veil import Found, veiled

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.store import Store

MAX_OWNERS_BYTES = 3 * 1024 * 1024  # GitHub's own limit for CODEOWNERS
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, parsed and nothing more."""

    repo: Path
    policy: Path | None = None
    base: str | None = None
    head: str | None = None
    change: Path | None = None
    stage: Stage | None = None
    now: datetime | None = None
    event: Event | None = None  # what started the job, where it is one of a forge we know
    results: tuple[Given, ...] = ()  # files with results of others
    prepare: Callable[[], object] = lambda: None  # called before scanning, where a vendor is in the change
    cache: Callable[[], Store | None] = lambda: None  # of what scanners say; opened where they are to run
    fetch: Callable[[str], object] = lambda _: None  # called with a ref of origin whose commit is not in the clone


@dataclass(frozen=True, slots=True)
class Collected:
    """The facts, the policy they are judged by, and a digest of head's tree listing ("" where it is not read)."""

    facts: Facts
    policy: Policy
    tree_digest: str


def collect(request: Request, tell: Tell, meanwhile: Callable[[], object] = lambda: None) -> Collected:
    """Find out everything the gates ask; GateError where there is no repository, no range or no policy.

    `meanwhile` is called once the scanners, if any, are at work.
    """
    with Repository.open(request.repo).session() as repository:
        return _collect(request, repository, tell, meanwhile)


def _collect(request: Request, repository: Repository, tell: Tell, meanwhile: Callable[[], object]) -> Collected:
    target, head = ends(repository, request.base, request.head, request.event)
    # The head that is judged, also where an option names another than the event: nobody's word is lent to it.
    event = replace(request.event, head=head.commit) if request.event else None
    asking = asking_for(event) if asks_forge(request.change, request.stage) else None
    is_push_alone = request.stage is Stage.PUSH and request.change is None
    # In a train, too, the policy is the target branch's: what stands ahead is not merged yet.
    rules = rules_of(request.policy, repository, target, is_push_alone=is_push_alone)
    check_names(request.results, rules.policy)
    tell("reading the change from git")
    base = target if request.base else base_in_queue(repository, asking, event, target, head)
    facts = _who(request, asking, repository, (base, head), rules)
    if isinstance(facts.attribution, Attribution) and facts.attribution.vendors:
        return _with_content(
            Collected(facts, rules.policy, ""), rules, repository, asking, request, tell, meanwhile
        )
    digest = repository.tree_digest(head.tree) if isinstance(facts.change, ChangeSet) else ""
    return Collected(facts, rules.policy, digest)


def _who(
    request: Request,
    asking: Asking | None,
    repository: Repository,
    between: tuple[Revision, Revision],
    rules: Rules,
) -> Facts:
    """The frame, the change, and whose work it is: all that a change without vendors needs."""
    policy, register = rules.policy, rules.register
    context = context_of(request.change, request.stage, asking, between[1].commit)
    queued = request_head(context, repository, between[1], request.fetch)
    change = read_change(repository, *between, openpgp_keys=register.openpgp_keys(), request_head=queued)
    context = of_this_content(context, change, queued)
    stage = request.stage or Stage.CHANGE
    now = (request.now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    today = now.astimezone(ZoneInfo(policy.timezone)).date()
    rules.check_date(today)
    attribution = _attribution(
        change, context, register, _beliefs(policy, Beliefs(today, holder=rules.holder), stage)
    )
    return Facts(
        now=now,
        today=today,
        timezone=policy.timezone,
        stage=stage,
        repository=_repository_name(repository, context),
        organisation=policy.organization,
        policy=PolicySource(policy.digest, policy.register_digest, policy.where),
        chosen=_chosen(request),
        change=change,
        context=context,
        attribution=attribution,
        vendors=vendors_named(attribution, policy.vendors),
        members=members_named(attribution, context, register.by_account),
        bots=bots_named(attribution, policy.bots),
        policy_at_head=_policy_at_head(request, repository, change),
    )


def _with_content(
    collected: Collected,
    rules: Rules,
    repository: Repository,
    asking: Asking | None,
    request: Request,
    tell: Tell,
    meanwhile: Callable[[], object],
) -> Collected:
    """What a vendor's change holds: scans, coverage, credentials; beside them reviews and the base's owners."""
    facts = collected.facts
    assert isinstance(facts.change, ChangeSet)
    change = facts.change
    beside: dict[str, Any] = {}

    def look_beside() -> None:
        beside["owners"] = _owners(repository, change.base, blobs)
        beside["digest"] = repository.tree_digest(change.head.tree)
        beside["calls"] = _calls(repository, change, blobs)
        beside["secrets"] = _secrets(
            repository, change, blobs, beside.get("contents") or _introduced(repository, change)
        )
        beside["dependencies"] = _dependencies(repository, change, blobs)
        beside["results"] = _results(request.results, rules, repository, facts)
        meanwhile()

    request.prepare()
    if asks_past(facts, rules.policy):
        beside["contents"] = _introduced(repository, change)
    tell(f"scanning {len(change.files)} changed paths")
    with ThreadPoolExecutor(1) as pool, Blobs(repository) as blobs:
        asked = pool.submit(with_reviews, facts, asking, collected.policy)
        result = scan_change(
            change.files,
            blobs,
            meanwhile=look_beside,
            store=request.cache(),
            brought=_places(beside.get("contents")),
        )
        context = asked.result()
    secrets, found = beside["secrets"]
    whole = replace(
        facts,
        context=context,
        members=members_named(facts.attribution, context, rules.register.by_account),
        scans=(*result.scans, *beside["calls"]),
        coverage=result.coverage,
        owners=beside["owners"],
        secrets=secrets,
        past=_past(beside.get("contents"), result),
        dependencies=beside["dependencies"],
        results=beside["results"],
        chosen=_with_results(facts.chosen, beside["results"]),
    )
    return replace(collected, tree_digest=beside["digest"], facts=veiled(whole, found))


def asks_past(facts: Facts, policy: Policy) -> bool:
    """Whether a tier of one of the vendors wants to know what is gone by head."""
    sections = applicable(facts, policy, gates()).values()
    return any(getattr(section.get("sast"), "commits", "") == "each" for section in sections)


def _introduced(repository: Repository, change: ChangeSet) -> Contents | Unavailable:
    try:
        return introduced(repository, change)
    except GitError as error:
        return Unavailable(error.message, error.hint)


def _places(contents: Contents | Unavailable | None) -> tuple[Placed, ...] | None:
    is_listed = isinstance(contents, Contents) and len(contents.places) <= MAX_FILES
    return contents.places if isinstance(contents, Contents) and is_listed else None


def _past(contents: Contents | Unavailable | None, result: ScanResult) -> PastScan | Unavailable | NotAsked:
    if contents is None:
        return NotAsked()
    if isinstance(contents, Unavailable):
        return replace(contents, fact="past")
    many = f"the commits bring in more than {MAX_FILES} versions of files, the most that are scanned"
    return result.past or Unavailable(many, "split the change up", "past")


def _secrets(
    repository: Repository, change: ChangeSet, blobs: Blobs, contents: Contents | Unavailable
) -> tuple[SecretScan | Unavailable, Found]:
    """Look into every blob, message and name that the commits bring in; the values are for `veiled` alone."""
    hunt = Hunt()
    if isinstance(contents, Unavailable):
        return replace(contents, fact="secrets"), hunt.found()
    try:
        for path, commit in contents.names:
            hunt.name(path, commit)
        for made, raw in read_messages(repository, change.commits):
            hunt.message(made.id, raw)
        for blob, data in read_blobs(repository, contents.blobs):
            hunt.content(blob, data, lambda oid: _bytes(blobs.read(oid, MAX_BLOB_BYTES)))
    except GitError as error:
        return Unavailable(error.message, error.hint, "secrets"), hunt.found()
    return hunt.scan(), hunt.found()


def _dependencies(repository: Repository, change: ChangeSet, blobs: Blobs) -> DependencyScan | Unavailable:
    """What the changed manifests and lock files do to packages, beside what the base has."""
    from outsource_gate.dependencies.scan import Side, is_called_for, scan_dependencies  # noqa: PLC0415 - seldom needed

    if not is_called_for(change.files):
        return DependencyScan()
    head, base = (
        Side(
            {entry.path: entry.oid for entry in repository.list_tree(at) if entry.mode.startswith("100")},
            lambda oid: blobs.read(oid, MAX_BLOB_BYTES),
        )
        for at in (change.head.tree, change.merge_base)
    )
    try:
        return scan_dependencies(change.files, head, base)
    except GitError as error:
        return Unavailable(error.message, error.hint, "dependencies")
    except ImportError as error:
        what = f"the package {error.name or 'for it'} is not installed"
        return Unavailable(what, "install outsource-gate[scanners]", "dependencies")


def _results(
    given: tuple[Given, ...], rules: Rules, repository: Repository, facts: Facts
) -> tuple[Result | Unavailable, ...] | NotAsked:
    """What others' scanners and tests say, as far as the job hands it over; the push stage asks for nothing."""
    if facts.stage is Stage.PUSH:
        return NotAsked()
    assert isinstance(facts.change, ChangeSet)
    frame = Frame(facts.repository, facts.change.head, facts.stage, facts.now)
    return results_of(given, rules.policy, repository, frame)


def _with_results(chosen: Chosen, results: tuple[Result | Unavailable, ...] | NotAsked) -> Chosen:
    """The weakest word among them is what the record says of all."""
    sources = {one.source for one in results if isinstance(one, Result)} if isinstance(results, tuple) else set()
    return replace(chosen, results="handed-over" if "handed-over" in sources else "signed") if sources else chosen


def _calls(repository: Repository, change: ChangeSet, blobs: Blobs) -> tuple[Scan | Unavailable, ...]:
    """Look whether what changed pipelines call in this repository is there; empty where none calls anything."""
    head, base = (
        Tree(blobs.read, cache(partial(_paths, repository, at))) for at in (change.head.tree, change.merge_base)
    )
    try:
        found = scan_calls(change.files, head, base)
    except GitError as error:
        return (Unavailable(error.message, error.hint, "calls"),)
    return (found,) if found else ()


def _paths(repository: Repository, at: str) -> frozenset[str]:
    return frozenset(entry.path for entry in repository.list_tree(at))


def _bytes(read: object) -> bytes:
    """What is too big is not compared: all that is found beside it counts as new."""
    return read if isinstance(read, bytes) else b""


def _policy_at_head(request: Request, repository: Repository, change: ChangeSet | Unavailable) -> str | NotAsked:
    """Lint head's policy as data, so that a broken one is not merged; it judges nothing here."""
    if request.policy or not isinstance(change, ChangeSet):
        return NotAsked()
    if not any(file.path.startswith(f"{POLICY_FOLDER}/") for file in change.files):
        return NotAsked()
    try:
        load_policy(TreeSource(repository, change.head.commit, POLICY_FOLDER), gate_settings())
    except PolicyError as error:
        return error.message
    return ""


def _beliefs(policy: Policy, frame: Beliefs, stage: Stage) -> Beliefs:
    bots = tuple(Bot(bot.id, number) for bot in policy.bots for number in (bot.github_id, bot.gitlab_id) if number)
    assistants = frozenset(ascii_lower(address) for address in policy.assistants)
    return replace(
        frame,
        verified=policy.verified,
        assistants=assistants,
        bots=bots,
        asks_forge=stage is not Stage.PUSH,
    )


def _attribution(
    change: ChangeSet | Unavailable,
    context: Context | Unavailable | NotAsked,
    register: Directory,
    beliefs: Beliefs,
) -> Attribution | Unavailable:
    if isinstance(change, Unavailable):
        return change
    return attribute(change.commits, context if isinstance(context, Context) else None, register, beliefs)


def _repository_name(repository: Repository, context: Context | Unavailable | NotAsked) -> str:
    """The origin's normalised address; where the forge names another one, the forge's word."""
    origin = repository.origin() or ""
    if isinstance(context, Context) and not origin.endswith(f"/{context.repository}"):
        return context.repository
    return origin


def _chosen(request: Request) -> Chosen:
    return Chosen(
        clock="given" if request.now else "system",
        base="given" if request.base else "detected",
        head="given" if request.head else "detected",
        stage="given" if request.stage else "default",
        policy="outside" if request.policy else "base-revision",
        context=chosen_source(request.change, request.stage, request.event),
    )


def _owners(repository: Repository, base: Revision, blobs: Blobs) -> Owners | Unavailable:
    """The first CODEOWNERS file in the order of the forges; two of them leave open which one counts."""
    found = [entry for entry in repository.list_tree(base.tree) if entry.path in PLACES]
    found.sort(key=lambda entry: PLACES.index(entry.path))
    if not found:
        return Owners()
    raw = blobs.read(found[0].oid, MAX_OWNERS_BYTES)
    if not isinstance(raw, bytes):
        return Unavailable(
            f"{found[0].path}: larger than {MAX_OWNERS_BYTES} bytes", "make it smaller", "code owners"
        )
    return parse_owners(found[0].path, raw.decode("utf-8", "replace"))
