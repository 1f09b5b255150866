"""What does a vendor's change hold? Scans, coverage, credentials, packages, calls, results of others.

Loaded only where a vendor is in the change. Scanners read beside us: what this process looks through itself, and
what the forge says of reviews, is found out meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial

from outsource_gate.codeowners import PLACES, parse_owners
from outsource_gate.context import with_reviews
from outsource_gate.errors import GitError
from outsource_gate.excerpt import members_named
from outsource_gate.forges import Asking
from outsource_gate.git.blobs import Blobs
from outsource_gate.git.introduced import MAX_BLOB_BYTES, Contents, KeptBlobs, Placed, introduced
from outsource_gate.git.repository import Repository
from outsource_gate.imported import Frame, Given, results_of
from outsource_gate.judging import applicable
from outsource_gate.model.access_review import ReviewedAccess
from outsource_gate.model.document import Compared
from outsource_gate.model.facts import Chosen, Facts, NotAsked, Owners, Unavailable
from outsource_gate.model.finding import Scan
from outsource_gate.model.past import PastScan
from outsource_gate.model.personal import PersonalScan
from outsource_gate.model.remedy import TrackedFindings
from outsource_gate.model.result import Result
from outsource_gate.model.secret import SecretScan
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Stage
from outsource_gate.packages import Packages, Sources, packages_of, sources_of
from outsource_gate.policy.checklist import versions
from outsource_gate.policy.load import Policy
from outsource_gate.registry import gates
from outsource_gate.request import Request, Tell
from outsource_gate.rules import Rules
from outsource_gate.scanners.ci_calls import Tree, scan_calls
from outsource_gate.scanners.past import MAX_FILES
from outsource_gate.scanners.personal_data import PersonalHunt
from outsource_gate.scanners.run import ScanResult, scan_change
from outsource_gate.scanners.secret_search import Search, searching
from outsource_gate.scanners.veil import Found, veiled

MAX_OWNERS_BYTES = 3 * 1024 * 1024  # GitHub's own limit for CODEOWNERS


def with_content(
    facts: Facts,
    rules: Rules,
    repository: Repository,
    asking: Asking | None,
    request: Request,
    tell: Tell,
    meanwhile: Callable[[], object],
) -> tuple[Facts, str]:
    """Complete the facts, and give the digest of head's tree listing."""
    assert isinstance(facts.change, ChangeSet)
    change = facts.change
    request.prepare()
    past = _introduced(repository, change) if asks_past(facts, rules.policy) else None
    tell(f"scanning {len(change.files)} changed paths")
    with ThreadPoolExecutor(1) as pool, Blobs(repository) as blobs:
        beside = _Beside(repository, change, blobs, sources_of(request, rules.policy, facts))
        store = request.cache()
        search = Search(
            repository,
            change,
            beside.base,
            request.secret_key,
            store,
            request.tags,
            tags_here=facts.stage is not Stage.PUSH,  # those here are pushed one by one, and judged then
            typed=_tier_says(facts, rules.policy, "secrets", "detectors", "all"),
        )

        def look_beside() -> None:
            beside.look(past or _introduced(repository, change), search)
            beside.results = _results(request.results, rules, repository, facts)
            beside.documents = rules.compare_documents(facts)
            beside.access_reviews = rules.reviewed_access(facts)
            meanwhile()

        asked = pool.submit(with_reviews, facts, asking, rules.policy)
        result = scan_change(change.files, blobs, meanwhile=look_beside, store=store, brought=_places(past))
        context = asked.result()
        tracked = _tracked(request, rules.policy, facts, blobs, result)
    whole = replace(
        _with(facts, beside, result),
        context=context,
        members=members_named(facts.attribution, context, rules.register.by_account),
        past=_past(past, result),
        tracked=tracked,
        checklists=() if facts.stage is Stage.PUSH else versions(rules.policy, facts.vendors),
    )
    return veiled(whole, replace(beside.found, personal=beside.unquoted)), beside.tree_digest


def _with(facts: Facts, beside: _Beside, result: ScanResult) -> Facts:
    """What the scanners said, and what was found out beside them."""
    return replace(
        facts,
        scans=(*result.scans, *beside.calls),
        coverage=result.coverage,
        owners=beside.owners,
        secrets=beside.secrets,
        personal=beside.personal,
        dependencies=beside.packages.dependencies,
        vulnerabilities=beside.packages.vulnerabilities,
        licences=beside.packages.licences,
        results=beside.results,
        documents=beside.documents,
        access_reviews=beside.access_reviews,
        chosen=_with_results(facts.chosen, beside.results),
    )


def asks_past(facts: Facts, policy: Policy) -> bool:
    """Whether a tier of one of the vendors wants to know what is gone by head."""
    return any(_tier_says(facts, policy, gate, "commits", "each") for gate in ("sast", "workflows"))


def _tier_says(facts: Facts, policy: Policy, gate: str, setting: str, value: str) -> bool:
    """Whether the tier of one of the vendors has this value."""
    sections = applicable(facts, policy, gates()).values()
    return any(getattr(section.get(gate), setting, "") == value for section in sections)


@dataclass(slots=True)
class _Beside:
    """What this process finds out while scanners read; for one thread, as its readers are."""

    repository: Repository
    change: ChangeSet
    blobs: Blobs
    sources: Sources
    owners: Owners | Unavailable | NotAsked = field(default_factory=NotAsked)
    tree_digest: str = ""
    calls: tuple[Scan | Unavailable, ...] = ()
    secrets: SecretScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    found: Found = field(default_factory=Found)
    personal: PersonalScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    unquoted: Collection[tuple[str, int]] = ()  # (path, line) with data of people
    packages: Packages = field(default_factory=Packages)
    results: tuple[Result | Unavailable, ...] | NotAsked = field(default_factory=NotAsked)
    documents: tuple[Compared, ...] | NotAsked = field(default_factory=NotAsked)
    access_reviews: tuple[ReviewedAccess, ...] = ()

    def look(self, contents: Contents | Unavailable, search: Search) -> None:
        self.owners = self._owners()
        self.tree_digest = self.repository.tree_digest(self.change.head.tree)
        self.calls = self._calls()
        blobs = KeptBlobs(self.repository, contents.blobs if isinstance(contents, Contents) else ())
        with searching(search, contents, blobs) as ended:
            self.personal = self._personal(contents, blobs)
            self.packages = packages_of(self.repository, self.change, self.blobs.read, self.sources)
            self.secrets, self.found = ended()

    def base(self, oid: str) -> bytes:
        return _bytes(self.blobs.read(oid, MAX_BLOB_BYTES))

    def _owners(self) -> Owners | Unavailable:
        """The first CODEOWNERS file in the order of the forges; two of them leave open which one counts."""
        found = [entry for entry in self.repository.list_tree(self.change.base.tree) if entry.path in PLACES]
        found.sort(key=lambda entry: PLACES.index(entry.path))
        if not found:
            return Owners()
        raw = self.blobs.read(found[0].oid, MAX_OWNERS_BYTES)
        if not isinstance(raw, bytes):
            larger = f"{found[0].path}: larger than {MAX_OWNERS_BYTES} bytes"
            return Unavailable(larger, "make it smaller", "code owners")
        return parse_owners(found[0].path, raw.decode("utf-8", "replace"))

    def _calls(self) -> tuple[Scan | Unavailable, ...]:
        """Look whether what changed pipelines call in this repository is there; empty where none calls anything."""
        head, base = (
            Tree(self.blobs.read, cache(partial(_paths, self.repository, at)))
            for at in (self.change.head.tree, self.change.merge_base)
        )
        try:
            found = scan_calls(self.change.files, head, base)
        except GitError as error:
            return (Unavailable(error.message, error.hint, "calls"),)
        return (found,) if found else ()

    def _personal(self, contents: Contents | Unavailable, blobs: KeptBlobs) -> PersonalScan | Unavailable:
        """Look for data of people in every blob that the commits bring in; no other fact quotes its lines."""
        if isinstance(contents, Unavailable):
            return replace(contents, fact="personal-data")
        hunt = PersonalHunt()
        try:
            for blob, data in blobs:
                hunt.content(blob, data, self.base)
        except GitError as error:
            return Unavailable(error.message, error.hint, "personal-data")
        finally:
            self.unquoted = hunt.lines
        return hunt.scan()


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


def _results(
    given: tuple[Given, ...], rules: Rules, repository: Repository, facts: Facts
) -> tuple[Result | Unavailable, ...] | NotAsked:
    """What others' scanners and tests say, as far as the job hands it over; the push stage asks for nothing."""
    if facts.stage is Stage.PUSH:
        return NotAsked()
    assert isinstance(facts.change, ChangeSet)
    frame = Frame(facts.repository, facts.change.head, facts.stage, facts.now)
    return results_of(given, rules.policy, repository, frame)


def _tracked(
    request: Request, policy: Policy, facts: Facts, blobs: Blobs, result: ScanResult
) -> TrackedFindings | Unavailable | NotAsked:
    """What the tracker says, where the job or a policy outside the repository names one."""
    if facts.stage is Stage.PUSH or not (request.tracker or (policy.tracker and request.policy)):
        return NotAsked()
    from outsource_gate.remediation.fact import named_tracker, tracked_findings  # noqa: PLC0415 - seldom asked

    named = named_tracker(request.tracker, request.policy, policy.tracker)
    return tracked_findings(named, facts, blobs, result, request.cache())


def _with_results(chosen: Chosen, results: tuple[Result | Unavailable, ...] | NotAsked) -> Chosen:
    """The weakest word among them is what the record says of all."""
    sources = {one.source for one in results if isinstance(one, Result)} if isinstance(results, tuple) else set()
    return replace(chosen, results="handed-over" if "handed-over" in sources else "signed") if sources else chosen


def _paths(repository: Repository, at: str) -> frozenset[str]:
    return frozenset(entry.path for entry in repository.list_tree(at))


def _bytes(read: object) -> bytes:
    """What is too big is not compared: all that is found beside it counts as new."""
    return read if isinstance(read, bytes) else b""
