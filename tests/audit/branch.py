"""A main branch and the records of what went into it: tests merge one thing and ask what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from outsource_gate.attribution import Beliefs
from outsource_gate.audit.merged import read_merged
from outsource_gate.audit.records import Records, collect_records
from outsource_gate.evidence.keys import Signer
from outsource_gate.evidence.trust import Trust
from outsource_gate.git.changes import read_change
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import Attribution, CommitAttribution, PolicySource
from outsource_gate.model.merged import Merged, MergedChange
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Decision
from outsource_gate.policy.index import Register
from outsource_gate.rules import Rules
from tests.evidence import records
from tests.policy.memory import load
from tests.repo import Repo

VIC = "Vic <vic@acme-dev.example>"
INA = "Ina <ina@corp.example>"
START = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())
NOW = datetime(2026, 6, 20, tzinfo=UTC)
MADE = datetime(2026, 6, 5, 12, tzinfo=UTC)
MERGED = int(datetime(2026, 6, 6, 12, tzinfo=UTC).timestamp())


@dataclass
class Branch:
    """A repository whose main branch starts with one commit of ours, and a growing pile of records."""

    repo: Repo
    start: str
    made: list[tuple[str, bytes]] = field(default_factory=list)

    def request(self, files: dict[str, str], *, author: str = VIC, commits: int = 1) -> str:
        """A branch of a vendor with one or more commits, from where main stands; main stays current."""
        name = f"request-{len(self.repo.git('branch').splitlines())}"
        self.repo.branch(name, "main")
        paths = list(files.items())
        for number in range(commits):
            part = dict(paths[number::commits])
            self.repo.commit(f"Part {number + 1}", part, author=author, date=START + number)
        head = self.repo.head
        self.repo.switch("main")
        return head

    def record(
        self,
        head: str,
        *,
        vendors: tuple[str, ...] = ("acme",),
        decision: Decision | None = None,
        made: datetime = MADE,
        by: Signer | None = None,
        edit: Any = None,
        number: int | None = 7,
        base: str = "main",
    ) -> None:
        """What the gate would leave for merging this head into main as it stands."""
        raw = records.record(edit, by, known=self.facts(head, vendors, made, number, base), decision=decision)
        self.made.append((f"{len(self.made)}.json", raw))

    def facts(self, head: str, vendors: tuple[str, ...], made: datetime, number: int | None, base: str) -> Any:
        with Repository.open(self.repo.path).session() as repository:
            change = read_change(repository, repository.resolve(base), repository.resolve(head))
        assert isinstance(change, ChangeSet), change
        commits = tuple(CommitAttribution(commit.id, vendors, ()) for commit in change.commits)
        known = records.facts(
            change=change, attribution=Attribution(vendors, commits, ()), now=made, today=made.date()
        )
        policy = load()
        assert isinstance(known.context, Context)
        context = replace(known.context, number=number, head=head)
        source = PolicySource(policy.digest, policy.register_digest, policy.where)
        return replace(known, policy=source, context=context)

    def merged(self, *, verified: str = "prefer", trust: Trust | None = None, since: str = "") -> Merged:
        """Everything after the first commit, or after `since`."""
        policy = replace(load(), verified=verified)  # type: ignore[arg-type]
        rules = Rules(policy, Register.of(policy))
        beliefs = Beliefs(date(2026, 6, 20), policy.verified, asks_forge=False)
        with Repository.open(self.repo.path).session() as repository:
            between = (since or self.start, repository.resolve("main").commit)
            return read_merged(repository, between, rules, self._records(trust), beliefs, NOW)

    def _records(self, trust: Trust | None) -> Records:
        return collect_records(self.made, trust or records.trust(), "corp/payments", NOW)

    def row(self, **asked: Any) -> MergedChange:
        """The only row there is."""
        (row,) = self.merged(**asked).changes
        return row


def new_branch(folder: Path) -> Branch:
    repo = Repo(folder / "repo")
    start = repo.commit("Start", {"app.py": "x = 1\n", "lib.py": "y = 1\n"}, author=INA, date=START)
    return Branch(repo, start)
