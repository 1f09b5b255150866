"""What does GitHub say of one branch: rules, rulesets, classic protection? As it is answered, unjudged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from outsource_gate.doctor.api import Refused, Shape, Silent


class WorkflowFile(Shape):
    path: str
    repository_id: int
    ref: str | None = None
    sha: str | None = None


class StatusCheck(Shape):
    context: str


class Parameters(Shape):
    """Of all rules together; each rule has its own few."""

    workflows: tuple[WorkflowFile, ...] = ()
    required_status_checks: tuple[StatusCheck, ...] = ()
    required_approving_review_count: int = 0
    dismiss_stale_reviews_on_push: bool = False
    require_last_push_approval: bool = False


class Rule(Shape):
    """GET /repos/{owner}/{repo}/rules/branches/{branch}, an entry"""

    type: str
    ruleset_id: int | None = None
    parameters: Parameters = Field(default_factory=Parameters)


class Actor(Shape):
    actor_type: str
    actor_id: int | None = None
    bypass_mode: str = "always"


class Ruleset(Shape):
    """GET /repos/{owner}/{repo}/rulesets/{id}; `bypass_actors` is left out where the token may not see them"""

    name: str
    bypass_actors: tuple[Actor, ...] | None = None
    current_user_can_bypass: Literal["always", "pull_requests_only", "never", "exempt"] | None = None


class ClassicChecks(Shape):
    contexts: tuple[str, ...] = ()


class Classic(Shape):
    required_status_checks: ClassicChecks | None = None


class Branch(Shape):
    """GET /repos/{owner}/{repo}/branches/{branch}, the little of classic protection that everybody sees"""

    protected: bool
    protection: Classic | None = None


class Enabled(Shape):
    enabled: bool


class Protection(Shape):
    """GET /repos/{owner}/{repo}/branches/{branch}/protection"""

    enforce_admins: Enabled | None = None
    required_status_checks: ClassicChecks | None = None
    required_pull_request_reviews: dict[str, Any] | None = None


Rules = tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that concerns one branch."""

    rules: Rules | Refused | Silent
    branch: Branch | Refused | Silent
    classic: Protection | Refused | Silent

    def of(self, kind: str) -> Rules:
        return tuple(rule for rule in self.rules if rule.type == kind) if isinstance(self.rules, tuple) else ()

    @property
    def workflows(self) -> tuple[WorkflowFile, ...]:
        return tuple(file for rule in self.of("workflows") for file in rule.parameters.workflows)

    @property
    def names_of_checks(self) -> tuple[str, ...]:
        names = [one.context for rule in self.of("required_status_checks")
                 for one in rule.parameters.required_status_checks]  # fmt: skip
        for classic in (self.classic, self.branch.protection if isinstance(self.branch, Branch) else None):
            if isinstance(classic, Protection | Classic) and classic.required_status_checks:
                names += classic.required_status_checks.contexts
        return tuple(dict.fromkeys(names))

    @property
    def has_no_classic(self) -> bool:
        """Surely none; not: none that we see."""
        none_here = isinstance(self.classic, Refused) and self.classic.message == "Branch not protected"
        return none_here or (isinstance(self.branch, Branch) and not self.branch.protected)
