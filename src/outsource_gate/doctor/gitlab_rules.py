"""Which rules of GitLab's hold for the target branch, and who can go round them?

A pipeline execution policy is not shown to a token. It is seen only from a job that it started: GitLab then says so
of the job (`source`, from 17.11 on), and asks for the job's own token.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from urllib.parse import quote

from outsource_gate.doctor import Area, Check, State
from outsource_gate.doctor.api import Api, Refused, Shape, Silent
from outsource_gate.doctor.enforcement import Means, gate
from outsource_gate.doctor.place import Place

POLICY = (
    "Secure → Policies of the project and its groups: a pipeline execution policy that starts the gate (Ultimate)"
)
MERGE_CHECKS = "Settings → Merge requests → Merge checks: Pipelines must succeed"
PROTECT = "Settings → Repository → Protected branches"
_LEVELS = {0: "nobody", 30: "developers", 40: "maintainers", 60: "administrators"}

say = Area("enforcement")


class Project(Shape):
    """GET /projects/:id"""

    path_with_namespace: str
    default_branch: str | None = None
    visibility: str = ""  # left out for who is no member
    only_allow_merge_if_pipeline_succeeds: bool | None = None
    allow_merge_on_skipped_pipeline: bool | None = None
    ci_config_path: str | None = None


class Job(Shape):
    """GET /job, of the job whose token asks"""

    source: str | None = None


class Level(Shape):
    access_level: int | None = None  # None: a user or a group
    user_id: int | None = None
    group_id: int | None = None
    deploy_key_id: int | None = None


class Protected(Shape):
    """GET /projects/:id/protected_branches, an entry; the name may hold wildcards"""

    name: str
    push_access_levels: tuple[Level, ...]
    merge_access_levels: tuple[Level, ...]
    allow_force_push: bool = False


class ApprovalRule(Shape):
    """GET /projects/:id/approval_rules, an entry (Premium)"""

    name: str
    approvals_required: int


class ApprovalSettings(Shape):
    """GET /projects/:id/approvals (Premium)"""

    reset_approvals_on_push: bool
    merge_requests_author_approval: bool
    disable_overriding_approvers_per_merge_request: bool


def rules_checks(place: Place, project: Project | Refused | Silent, api: Api, job: Api | None) -> Iterator[Check]:
    """Sum up how the gate is enforced, then say what stands behind it."""
    path = f"/projects/{quote(place.repository, safe='')}"
    branch = place.branch or (project.default_branch if isinstance(project, Project) else None) or ""
    started = job.get("/job", Job) if job else None
    if isinstance(started, Job) and started.source == "pipeline_execution_policy":
        yield gate(Means.POLICY, "it started this job; who may edit the policy's project can end it")
    else:
        yield _gate(project)
        yield _policies(started)
    if not branch:
        yield say.could_not_look("branch", "the target branch is not known")
        return
    protected = api.get(f"{path}/protected_branches?per_page=100", tuple[Protected, ...])
    yield from _branch(branch, protected)
    yield _approvals(api.get(f"{path}/approval_rules?per_page=100", tuple[ApprovalRule, ...]))
    yield _settings(api.get(f"{path}/approvals", ApprovalSettings))


def _policies(started: Job | Refused | Silent | None) -> Check:
    """There may be one all the same: with another job in it, or one that is not for this project."""
    if isinstance(started, Job) and started.source:
        return say.could_not_look(
            "policies", f"this job was started by {started.source[:40]}, not by a policy", POLICY
        )
    return say.could_not_look("policies", "GitLab shows no pipeline execution policy to a token", POLICY)


def _gate(project: Project | Refused | Silent) -> Check:
    if not isinstance(project, Project):
        return gate(Means.UNKNOWN, f"the project's settings: {project.why}", POLICY)
    must = project.only_allow_merge_if_pipeline_succeeds
    if must is None:
        return gate(Means.UNKNOWN, "the project's merge checks are not shown to this token", POLICY)
    if not must:
        return gate(Means.NOTHING, "a merge request can be merged without a pipeline", MERGE_CHECKS, POLICY)
    if project.allow_merge_on_skipped_pipeline:
        found = "and a skipped pipeline counts: [skip ci] in a message is enough"
        return gate(Means.CHECK, found, "Merge checks: clear Skipped pipelines are considered successful",
                    state=State.PROBLEM)  # fmt: skip
    if project.ci_config_path and "@" in project.ci_config_path:
        found = f"pipelines must succeed, defined by {project.ci_config_path[:80]}, which the change cannot edit"
        return gate(Means.CHECK, f"{found}; maintainers can set another", POLICY)
    return gate(Means.CHECK, "pipelines must succeed, and the change can edit .gitlab-ci.yml", POLICY)


def _branch(branch: str, protected: tuple[Protected, ...] | Refused | Silent) -> Iterator[Check]:
    """Of several protections that match, GitLab takes the one that allows most."""
    if not isinstance(protected, tuple):
        yield say.could_not_look(
            "branch", f"protection of {branch}: {protected.why}", "ask with a token with read_api of a maintainer"
        )
        return
    ours = [one for one in protected if fnmatchcase(branch, one.name.replace("[", "[[]").replace("?", "[?]"))]
    if not ours:
        found = f"{branch} is not protected: every developer can push to it"
        yield say.problem("branch", found, f"{PROTECT}: {branch}, allowed to push: no one")
        return
    pushers = _who(level for one in ours for level in one.push_access_levels)
    mergers = _who(level for one in ours for level in one.merge_access_levels)
    if any(one.allow_force_push for one in ours):
        yield say.problem(
            "force push", f"allowed on {branch}: history can be replaced", f"{PROTECT}: no force push"
        )
    yield _bypass(branch, pushers)
    yield say.ok("merging", f"into {branch}: {mergers or 'nobody'}")


def _bypass(branch: str, pushers: str) -> Check:
    fix = f"{PROTECT}: {branch}, allowed to push: no one"
    if not pushers:
        return say.ok("bypass", f"nobody pushes to {branch} but by merge request")
    found = f"pushing to {branch} without a merge request: {pushers}"
    return (say.problem if "developers" in pushers else say.warning)("bypass", found, fix)


def _who(levels: Iterator[Level]) -> str:
    return ", ".join(dict.fromkeys(name for level in levels if (name := _name(level))))


def _name(level: Level) -> str:
    for kind in ("user", "group", "deploy_key"):
        if (number := getattr(level, f"{kind}_id")) is not None:
            return f"{kind.replace('_', ' ')} {number}"
    if level.access_level is None:
        return "somebody that is not shown"
    return "" if level.access_level == 0 else _LEVELS.get(level.access_level, f"level {level.access_level}")


def _approvals(rules: tuple[ApprovalRule, ...] | Refused | Silent) -> Check:
    """The gate counts approvals itself; GitLab's own rule is the second line."""
    name, fix = "reviews", "Settings → Merge requests → Approval rules: 1 or more (Premium)"
    if isinstance(rules, Refused | Silent):
        why = f"{rules.why} (approval rules are Premium)" if isinstance(rules, Refused) else rules.why
        return say.could_not_look(name, why)
    count = sum(rule.approvals_required for rule in rules)
    return say.ok(name, f"{count} approvals required") if count else say.warning(name, "none is required", fix)


def _settings(settings: ApprovalSettings | Refused | Silent) -> Check:
    name = "approvals' rules"
    if isinstance(settings, Refused | Silent):
        why = f"{settings.why} (Premium)" if isinstance(settings, Refused) else settings.why
        return say.could_not_look(name, why)
    loose = [
        *["outlive a push"] * (not settings.reset_approvals_on_push),
        *["may be the author's"] * settings.merge_requests_author_approval,
        *["may be waived in a merge request"] * (not settings.disable_overriding_approvers_per_merge_request),
    ]
    if not loose:
        return say.ok(name, "end with a push, and are nobody's own")
    return say.warning(name, f"approvals {', '.join(loose)}", "Settings → Merge requests → Approval settings")
