"""A branch with changes of two vendors and our own people, each with what the gate said at every attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from outsource_gate.model.verdict import Decision, Reason, Status, Verdict
from outsource_gate.scorecard.card import Card, Scorecard
from outsource_gate.scorecard.material import EVER, Period
from outsource_gate.track_records.collect import ScorecardRequest, scorecard_of
from tests.audit.branch import INA, NOW, START, VIC, Branch, new_branch
from tests.evidence import records
from tests.policy.memory import GLOBEX, WHOLE

GIL = "Gil <gil@globex.example>"
AUTHORS = {"acme": VIC, "globex": GIL, "": INA}
_GIL = "people: [{id: gil, emails: [gil@globex.example]}]\n"


def denied_by(*gates: str, vendor: str = "acme") -> Decision:
    """What the gate says where these deny."""
    why = Reason("weakness", "something is wrong")
    return records.passing(*(Verdict(gate, vendor, Status.FAIL, (why,)) for gate in gates))


@dataclass(frozen=True)
class Attempt:
    """What is handed in at once; without a decision the gate never saw it."""

    files: Mapping[str, str]
    decision: Decision | None = field(default_factory=records.passing)
    new: Mapping[str, int] | None = field(default_factory=dict)  # findings by severity; None: no scanner looked
    edit: Any = None


@dataclass
class History:
    """Changes are numbered and merged one a day."""

    branch: Branch
    folder: Path
    count: int = 0

    def change(
        self, *attempts: Attempt, vendor: str = "acme", merged: bool = True, how: str = "squash", again: int = 1
    ) -> str:
        """Hand in each attempt and merge the last one; `again`: how often the gate looks at each head."""
        self.count += 1
        day = datetime.fromtimestamp(START, UTC) + timedelta(days=self.count)
        head = ""
        for hour, attempt in enumerate(attempts):
            head = self.branch.request(dict(attempt.files), author=AUTHORS[vendor])
            for turn in range(again if attempt.decision else 0):
                last = turn == again - 1
                self.branch.record(
                    head,
                    vendors=(vendor,) if vendor else (),
                    decision=attempt.decision if last else denied_by("review", vendor=vendor),
                    made=day - timedelta(hours=12 - hour, minutes=10 - turn),
                    number=self.count,
                    edit=_edited(attempt),
                )
        return self.merge(head, how, AUTHORS[vendor], int(day.timestamp())) if merged else head

    def merge(self, head: str, how: str, author: str, date: int) -> str:
        """As a forge does, with the request's number in the subject; the rest is a merge of two parents."""
        repo = self.branch.repo
        tree = repo.git("merge-tree", "--write-tree", repo.head, head).split("\n")[0]
        if how == "squash":
            return repo.commit(f"A thing (#{self.count})", author=author, committer=INA, tree=tree, date=date)
        subject, parents = f"Merge pull request #{self.count} from x", [repo.head, head]
        return repo.commit(subject, author=INA, tree=tree, parents=parents, date=date)

    def request(self, **changes: Any) -> ScorecardRequest:
        """As the command line would ask, over what was made so far."""
        kept = self.folder / "records"
        kept.mkdir(exist_ok=True)
        for name, raw in self.branch.made:
            (kept / name).write_bytes(raw)
        whole: dict[str, Any] = {
            "repo": self.branch.repo.path,
            "trust": records.trust(),
            "head": "main",
            "policy": self.folder / "policy",
            "records": kept,
            "repository": "corp/payments",
            "now": NOW,
        }
        return ScorecardRequest(**(whole | changes))

    def board(self, **changes: Any) -> Scorecard:
        return scorecard_of(self.request(**changes), lambda _: None)

    def card(self, vendor: str = "acme", *, period: Period = EVER, **changes: Any) -> Card:
        """One vendor's figures; "" for our own."""
        board = self.board(period=period, **changes)
        return next((card for card in board.cards if card.vendor == vendor), board.own)


def _edited(attempt: Attempt) -> Any:
    def edit(statement: dict[str, Any]) -> None:
        scans = statement["predicate"]["scans"]
        if attempt.new is None:
            scans.clear()
        else:
            counts = dict(attempt.new)
            scans[0] |= {"findings": counts, "new": sum(counts.values()), "newFindings": counts}
        if attempt.edit:
            attempt.edit(statement["predicate"])

    return edit


def new_history(folder: Path) -> History:
    files = {**WHOLE, "vendors/globex.yaml": GLOBEX + _GIL}
    for name, text in files.items():
        path = folder / "policy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return History(new_branch(folder), folder)


def code(lines: int, name: str = "x") -> str:
    return "".join(f"{name}_{number} = {number}\n" for number in range(lines))
