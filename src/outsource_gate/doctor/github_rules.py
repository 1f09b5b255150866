"""Which rules of GitHub's hold for the target branch, and who can bypass them?

Rulesets are read with `metadata: read`; their bypass actors are shown only to who may edit the ruleset, and classic
protection in full only with `administration: read`. What GITHUB_TOKEN does not see is said, not assumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from outsource_gate.doctor import Area, Check, State
from outsource_gate.doctor.api import Api, Refused, Silent
from outsource_gate.doctor.enforcement import Means, gate
from outsource_gate.doctor.github_branch import Actor, Branch, Protection, Rule, Ruleset, Seen, WorkflowFile
from outsource_gate.doctor.place import Place

MAX_RULESETS = 5
ADMIN_TOKEN = "ask with a token that has Administration: read, as GITHUB_TOKEN never has"  # noqa: S105
REQUIRE = "organisation settings → Repository → Rulesets → New branch ruleset → Require workflows to pass"
# Whoever holds these roles; docs of `bypass_actors`.
_ROLES = {2: "maintainers", 4: "writers", 5: "administrators"}

say = Area("enforcement")


def rules_checks(place: Place, branch: str, repository_id: int, api: Api) -> Iterator[Check]:
    """Sum up how the gate is enforced, then say what stands behind it."""
    top, name = f"/repos/{place.repository}", quote(branch, safe="")
    seen = Seen(
        api.get(f"{top}/rules/branches/{name}?per_page=100", tuple[Rule, ...]),
        api.get(f"{top}/branches/{name}", Branch),
        api.get(f"{top}/branches/{name}/protection", Protection),
    )
    yield _gate(place, branch, seen, repository_id)
    yield _reviews(branch, seen)
    yield from _bypass(place, seen, api)
    yield _classic(seen)


def _gate(place: Place, branch: str, seen: Seen, repository_id: int) -> Check:
    if seen.workflows:
        return _workflow(place, seen.workflows, repository_id)
    if seen.names_of_checks:
        names = _some(seen.names_of_checks)
        found = f"{names} on {branch}; a check's name is no proof, any job may report it"
        return gate(Means.CHECK, found, REQUIRE, "and believe no check: outsource-gate verify, with --trust")
    if isinstance(seen.rules, Refused | Silent):
        hint = "rulesets of private repositories need a paid plan" if "pgrade" in _word(seen.rules) else ""
        return gate(Means.UNKNOWN, f"rules of {branch}: {seen.rules.why}", *([hint] * bool(hint)))
    if not seen.has_no_classic:
        return gate(
            Means.UNKNOWN, f"no ruleset requires it on {branch}; classic protection is not shown", ADMIN_TOKEN
        )
    return gate(Means.NOTHING, f"{branch} takes changes that the gate never saw", REQUIRE)


def _workflow(place: Place, files: tuple[WorkflowFile, ...], repository_id: int) -> Check:
    """Only the running workflow is surely ours; what another file starts is not known from its name."""
    names = _some(tuple(f"{file.path}@{(file.sha or file.ref or 'default branch')[:40]}" for file in files))
    if any(_runs_here(place, file, repository_id) for file in files):
        return gate(Means.WORKFLOW, f"{names}, the one that runs here")
    found = f"{names}; whether it starts outsource-gate is not known from here"
    return gate(Means.WORKFLOW, found, "run doctor as a step of that workflow", state=State.WARNING)


def _runs_here(place: Place, file: WorkflowFile, repository_id: int) -> bool:
    """The same path, and from this repository or from another one alike: two files can have one name."""
    is_own = place.workflow_repository.lower() == place.repository.lower()
    return file.path == place.workflow and (file.repository_id == repository_id) is is_own


def _word(answer: Refused | Silent | object) -> str:
    return answer.message if isinstance(answer, Refused) else ""


def _reviews(branch: str, seen: Seen) -> Check:
    """The gate counts reviews itself; the forge's own rule is the second line."""
    name = "reviews"
    if isinstance(seen.rules, Refused | Silent):
        return say.could_not_look(name, seen.rules.why)
    rules = [rule.parameters for rule in seen.of("pull_request")]
    if not rules:
        if isinstance(seen.classic, Protection) and seen.classic.required_pull_request_reviews is not None:
            return say.ok(name, "classic protection requires pull requests and reviews")
        if seen.has_no_classic:
            found = f"{branch} takes direct pushes: no rule requires a pull request"
            return say.problem(name, found, "a ruleset with: Require a pull request before merging")
        return say.could_not_look(name, "no ruleset requires a pull request; classic protection is not shown")
    count = max(rule.required_approving_review_count for rule in rules)
    stale = any(rule.dismiss_stale_reviews_on_push or rule.require_last_push_approval for rule in rules)
    if count and stale:
        return say.ok(name, f"{count} required, and a push takes them back")
    found = "none is required" if not count else f"{count} required, and they outlive later pushes"
    return say.warning(name, found, "in the ruleset: Required approvals: 1 or more, and Dismiss stale approvals")


def _bypass(place: Place, seen: Seen, api: Api) -> Iterator[Check]:
    if not isinstance(seen.rules, tuple):
        return
    ids = tuple(dict.fromkeys(rule.ruleset_id for rule in seen.rules if rule.ruleset_id is not None))
    for number in ids[:MAX_RULESETS]:
        yield _bypass_of(api.get(f"/repos/{place.repository}/rulesets/{number}", Ruleset), number)
    if len(ids) > MAX_RULESETS:
        yield say.could_not_look("bypass", f"{len(ids) - MAX_RULESETS} more rulesets were not looked at")


def _bypass_of(ruleset: Ruleset | Refused | Silent, number: int) -> Check:
    if not isinstance(ruleset, Ruleset):
        return say.could_not_look("bypass", f"ruleset {number}: {ruleset.why}", ADMIN_TOKEN)
    if ruleset.bypass_actors is None:
        own = ruleset.current_user_can_bypass
        told = f"; this token: {own.replace('_', ' ')}" if own else ""
        fix = "ask with a token that may edit the ruleset"
        return say.could_not_look("bypass", f"{ruleset.name}: who may is not shown to this token{told}", fix)
    if not ruleset.bypass_actors:
        return say.ok("bypass", f"{ruleset.name}: nobody, but who may edit the ruleset")
    actors = _some(tuple(map(_actor, ruleset.bypass_actors)))
    return say.warning("bypass", f"{ruleset.name}: {actors}", f"empty the bypass list of ruleset {ruleset.name}")


def _actor(actor: Actor) -> str:
    who = {
        "OrganizationAdmin": "organisation owners",
        "DeployKey": "deploy keys",
        "RepositoryRole": _ROLES.get(actor.actor_id or 0, f"role {actor.actor_id}"),
    }.get(actor.actor_type, f"{actor.actor_type.lower()} {actor.actor_id}")
    return who if actor.bypass_mode == "always" else f"{who} ({actor.bypass_mode.replace('_', ' ')})"


def _classic(seen: Seen) -> Check:
    name = "classic rules"
    if isinstance(seen.classic, Protection):
        admins = seen.classic.enforce_admins
        if admins and admins.enabled:
            return say.ok(name, "there are some, for administrators, too")
        return say.warning(name, "administrators can bypass them", "Do not allow bypassing the above settings")
    if seen.has_no_classic:
        return say.not_asked(name, "the branch has none")
    return say.could_not_look(name, seen.classic.why, ADMIN_TOKEN)


def _some(names: tuple[str, ...], shown: int = 3) -> str:
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(name if len(name) <= 60 else f"{name[:60]}…" for name in names[:shown]) + more
