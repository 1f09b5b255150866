"""Which policy and register judge a change, or which bundle in their place? Never what the change could write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from outsource_gate.attribution import Directory
from outsource_gate.errors import PolicyError, UsageError
from outsource_gate.git.repository import Repository
from outsource_gate.git.tree_source import TreeSource
from outsource_gate.model.access_review import ReviewedAccess
from outsource_gate.model.document import Compared, documents_of
from outsource_gate.model.facts import Facts, NotAsked
from outsource_gate.model.source import Revision
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.index import Register
from outsource_gate.policy.load import Kept, Policy, load_policy
from outsource_gate.policy.source import POLICY_FILE, Archive, FolderSource
from outsource_gate.registry import gate_settings

POLICY_FOLDER = ".outsource-gate"
FIRST_USE = """\
1. outsource-gate init proposes a policy and a register from history; policies/example is a whole one
2. commit it as .outsource-gate/policy.yaml on the target branch, or keep it elsewhere and name it with --policy
3. outsource-gate policy lint says whether it reads well"""


class Known(Directory, Protocol):
    """Who is registered, and the keys of theirs that gpg needs."""

    def openpgp_keys(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What is judged by, and who is who."""

    policy: Policy
    register: Known
    holder: str = ""  # whose bundle this is; "": policy and register themselves
    check_date: Callable[[date], None] = lambda _: None  # GateError where the bundle's days are over
    archive: Archive | None = None  # where the policy was read, and documents lie; None: a bundle

    def compare_documents(self, facts: Facts) -> tuple[Compared, ...] | NotAsked:
        """What became of each document of the change's vendors, and of our own; not asked before a push."""
        if self.archive is None or facts.stage is Stage.PUSH:
            return NotAsked()
        from outsource_gate.policy.documents import compare_documents  # noqa: PLC0415 - for vendors' changes alone

        named = [one.document for vendor in facts.vendors for one in documents_of(vendor)]
        own = [one.document for one in self.policy.documents]
        return compare_documents((*named, *own), self.archive)

    def reviewed_access(self, facts: Facts) -> tuple[ReviewedAccess, ...]:
        """What signed reviews say of the access of the change's vendors; nothing before a push."""
        if self.archive is None or facts.stage is Stage.PUSH:
            return ()
        from outsource_gate.access_review.believed import reviewed_access  # noqa: PLC0415 - for vendors' changes

        return reviewed_access(facts.vendors, self.policy, self.archive, facts.now)


def rules_of(
    named: Path | None, repository: Repository, base: Revision, *, is_push_alone: bool, kept: Kept | None = None
) -> Rules:
    """Policy and register; at the push stage a vendor's bundle stands in for both."""
    models = gate_settings()
    source = outside_source(named, repository) if named else base_source(repository, base)
    if named and named.is_file():
        from outsource_gate.policy.bundle import read_bundle  # noqa: PLC0415 - nothing but a file can be one

        if bundle := read_bundle(named, models):
            if not is_push_alone:
                raise UsageError(
                    f"--policy {named}: is a vendor's bundle, which answers for the push stage alone",
                    hint="add --stage push, and leave --change out; later stages need policy and register",
                )
            return Rules(bundle.policy, bundle.index, bundle.vendor, bundle.check_date)
    policy = load_policy(source, models, kept)
    return Rules(policy, Register.of(policy), archive=source)


def base_source(repository: Repository, base: Revision) -> Archive:
    """The policy of the base, which the change could not have written; PolicyError where there is none."""
    source = TreeSource(repository, base.commit, POLICY_FOLDER)
    if source.read(POLICY_FILE) is None:
        raise PolicyError(f"{base.asked}: no {POLICY_FOLDER}/{POLICY_FILE} there", hint=FIRST_USE)
    return source


def outside_source(named: Path, repository: Repository | None) -> Archive:
    """A policy outside of the checkout; UsageError for one inside, where the change could have written it."""
    if repository and repository.is_checked_out(named):
        raise UsageError(
            f"--policy {named}: lies inside the checkout, where the change could have written it",
            hint=f"leave --policy out to use {POLICY_FOLDER}/ of the base, or name a path outside",
        )
    return FolderSource(named.resolve())


def check_database(named: Path, repository: Repository) -> None:
    """UsageError for a database of vulnerabilities that the change could have written."""
    if repository.is_checked_out(named):
        raise UsageError(
            f"--osv {named}: lies inside the checkout, where the change could have written it",
            hint="let the job download it to a folder outside",
        )


def check_tracker(named: Path, repository: Repository) -> None:
    """UsageError for a tracker of findings that the change could have written."""
    if repository.is_checked_out(named):
        raise UsageError(
            f"--tracker {named}: lies inside the checkout, where the change could have written it",
            hint="let the job take it from outside: another repository, the evidence ref, a store of its own",
        )
