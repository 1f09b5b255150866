"""What does the world say? Asks git, the policy, the handed-over facts and the scanners, and gives `Facts`.

Whatever could not be found out is `Unavailable` in the result; an error is only what nothing can be said without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from outsource_gate.attribution import Beliefs, Bot, Directory, attribute
from outsource_gate.context import asking_for, asks_forge, chosen_source, context_of
from outsource_gate.ends import base_in_queue, ends, of_this_content, request_head
from outsource_gate.errors import PolicyError
from outsource_gate.excerpt import bots_named, members_named, vendors_named
from outsource_gate.forges import Asking
from outsource_gate.git.changes import read_change
from outsource_gate.git.repository import Repository
from outsource_gate.git.tree_source import TreeSource
from outsource_gate.model.facts import Attribution, Chosen, Facts, NotAsked, PolicySource, Unavailable
from outsource_gate.model.identity import ascii_lower
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet, Revision
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.registry import gate_settings
from outsource_gate.request import Request, Tell
from outsource_gate.rules import POLICY_FOLDER, Rules, check_database, check_tracker, rules_of


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
    is_asked = not request.offline and asks_forge(request.change, request.stage)
    asking = asking_for(event) if is_asked else None
    is_push_alone = request.stage is Stage.PUSH and request.change is None
    # In a train, too, the policy is the target branch's: what stands ahead is not merged yet.
    rules = rules_of(request.policy, repository, target, is_push_alone=is_push_alone, kept=request.kept)
    if request.results:
        from outsource_gate.imported import check_names  # noqa: PLC0415 - only where results are handed over

        check_names(request.results, rules.policy)
    if request.osv:
        check_database(request.osv, repository)
    if request.tracker:
        check_tracker(request.tracker, repository)
    tell("reading the change from git")
    base = target if request.base else base_in_queue(repository, asking, event, target, head)
    facts = _who(request, asking, repository, (base, head), rules)
    if isinstance(facts.attribution, Attribution) and facts.attribution.vendors:
        from outsource_gate.content import with_content  # noqa: PLC0415 - a third of the program, for vendors alone

        facts, digest = with_content(facts, rules, repository, asking, request, tell, meanwhile)
        from outsource_gate.waivers import with_exceptions  # noqa: PLC0415 - the same

        return Collected(with_exceptions(facts, rules.policy), rules.policy, digest)
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
        change, context, register, beliefs_under(policy, Beliefs(today, holder=rules.holder), stage)
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
        own_documents=policy.documents,
        members=members_named(attribution, context, register.by_account),
        bots=bots_named(attribution, policy.bots),
        policy_at_head=_policy_at_head(request, repository, change),
    )


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


def beliefs_under(policy: Policy, frame: Beliefs, stage: Stage) -> Beliefs:
    """How this policy wants claims judged at a stage."""
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
        context=chosen_source(request.change, request.stage, None if request.offline else request.event),
    )
