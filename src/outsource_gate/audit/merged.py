"""Which changes were merged in a range, and which record speaks for each?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from outsource_gate.attribution import Beliefs, attribute
from outsource_gate.audit.classes import Whose, classify
from outsource_gate.audit.line import Row, read_line
from outsource_gate.audit.records import Kept, Records
from outsource_gate.audit.ties import Tie, Ties
from outsource_gate.errors import GateError
from outsource_gate.evidence.trust import Trust
from outsource_gate.git.repository import Repository
from outsource_gate.git.tree_source import TreeSource
from outsource_gate.model.merged import Merged, MergedChange
from outsource_gate.policy.source import POLICY_FILE
from outsource_gate.rules import POLICY_FOLDER, Rules


def read_merged(
    repository: Repository,
    between: tuple[str, str],
    rules: Rules,
    records: Records,
    beliefs: Beliefs,
    now: datetime,
) -> Merged:
    """Say for every merge after the first commit ("": the beginning) up to the second what became of it."""
    since, head = between
    rows = read_line(repository, since, head, now=now, openpgp_keys=rules.register.openpgp_keys())
    policies = _Policies(repository, rules.policy.digest, records.trust)
    with Ties(repository, records) as ties:
        tied = _tied(rows, ties)
    changes = tuple(_change(row, tied[row.commit], rules, records, beliefs, policies.problem) for row in rows)
    return Merged(since, head, changes, records.genuine, tuple(records.problems))


def _tied(rows: Sequence[Row], ties: Ties) -> dict[str, list[Tie]]:
    """Ties of single rows, and for those without any the series that a rebase laid on the branch."""
    found = {row.commit: list(ties.of(row)) for row in rows}
    if any(not tied for tied in found.values()):
        for series, tie in ties.of_series(rows):
            for row in series:
                found[row.commit].append(tie)
    return found


def _change(
    row: Row,
    ties: Sequence[Tie],
    rules: Rules,
    records: Records,
    beliefs: Beliefs,
    policy_problem: Callable[[Kept, Row], str],
) -> MergedChange:
    numbered = records.by_number.get(row.number, []) if row.number is not None else []
    return classify(
        row,
        whose(row, rules, beliefs),
        ties,
        numbered,
        doubts_claims=rules.policy.verified == "require",
        policy_problem=policy_problem,
    )


def whose(row: Row, rules: Rules, beliefs: Beliefs) -> Whose:
    """Ask git alone whose work a row is: without the forge an internal claim counts, and is not proven."""
    found = attribute(row.brought, None, rules.register, beliefs)
    return Whose(found.vendors, not any(commit.notes for commit in found.commits))


class _Policies:
    """Was a record made under a policy that was in force where it says that it read it?"""

    def __init__(self, repository: Repository, today: str, trust: Trust) -> None:
        self._repository = repository
        self._trust = trust
        self._today = today  # digest of the policy that this run reads
        self._at: dict[str, str] = {}

    def problem(self, kept: Kept, row: Row) -> str:
        """A policy of the base has to be that of a commit the branch had; one from outside the one of today."""
        policy = kept.predicate.policy
        kind, _, rest = policy.where.partition(":")
        if kind != "base":
            return self._outside(policy.digest, kept)
        commit = rest.partition(":")[0]
        if not row.parents or not self._is_of_branch(commit, row.parents[0]):
            return f"made under the policy of {commit[:12]}, which is no part of the branch"
        if self._digest(commit) != policy.digest:
            return f"made under policy {policy.digest[:12]}, which is not that of {commit[:12]}"
        return ""

    def _outside(self, digest: str, kept: Kept) -> str:
        """A policy outside of the repository has no history here: today's, or one that the trust file names."""
        if digest == self._today or self._trust.knows_policy(digest, kept.predicate.made_at_time()):
            return ""
        return f"made under policy {digest[:12]}, which is neither today's nor in the trust file"

    def _is_of_branch(self, commit: str, tip: str) -> bool:
        return self._repository.has_commit(commit) and self._repository.is_ancestor(commit, tip)

    def _digest(self, commit: str) -> str:
        if commit not in self._at:
            try:
                raw = TreeSource(self._repository, commit, POLICY_FOLDER).read(POLICY_FILE)
            except GateError:
                raw = None
            self._at[commit] = _as_reading_gives(raw) if raw is not None else ""
        return self._at[commit]


def _as_reading_gives(raw: bytes) -> str:
    """The digest that records have: of the line that `sha256sum policy.yaml` prints."""
    return hashlib.sha256(f"{hashlib.sha256(raw).hexdigest()}  {POLICY_FILE}\n".encode()).hexdigest()
