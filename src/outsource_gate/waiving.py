"""Which denials do waivers let stand? Pure: verdicts and what was granted in, verdicts and what became of it out.

A waiver is a fact of the base's policy; whether somebody of ours answers for it was checked when it was collected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from outsource_gate.decision import status_of
from outsource_gate.globs import covers
from outsource_gate.model.facts import Attribution, Facts
from outsource_gate.model.identity import INTERNAL
from outsource_gate.model.verdict import Effect, Reason, Status, Subject, Verdict
from outsource_gate.model.waiver import Granted, Scope, State, Waiver, WaiverUse

Waivable = Mapping[str, Mapping[str, Scope]]  # gate id -> reason code -> what a waiver has to name at least
NEVER = "identity"  # who it is, is no matter of patience
_NOBODY = (Subject(),)  # a reason that names nothing is one thing


def with_waivers(
    verdicts: tuple[Verdict, ...], facts: Facts, waivable: Waivable
) -> tuple[tuple[Verdict, ...], tuple[WaiverUse, ...]]:
    """Let stand what waivers cover; a verdict passes if nothing else denies and no fact is missing."""
    accounts = [_account(granted, facts) for granted in sorted(facts.waivers, key=lambda one: one.waiver.id)]
    if not accounts:
        return verdicts, ()
    found = tuple(_applied(verdict, accounts, waivable.get(verdict.gate, {})) for verdict in verdicts)
    return found, tuple(account.use() for account in accounts)


@dataclass(slots=True)
class _Account:
    """One waiver while it is used up."""

    waiver: Waiver
    key: str
    state: State
    why: str
    names: tuple[str, ...]  # of this repository
    spent: dict[Subject, int] = field(default_factory=dict)
    covered: int = 0
    missed: int = 0

    def matches(self, verdict: Verdict, reason: Reason, subject: Subject, scope: Scope) -> bool:
        waiver = self.waiver
        return (
            (waiver.gate, waiver.vendor) == (verdict.gate, verdict.vendor)
            and (waiver.code or reason.code) == reason.code
            and bool(waiver.code or waiver.rules)
            and (not waiver.rules or subject.rule in waiver.rules)
            and (not waiver.findings or subject.finding in waiver.findings)
            and (not waiver.path or (bool(reason.where.path) and covers((waiver.path,), reason.where.path)))
            and (not waiver.repository or any(covers((waiver.repository,), name) for name in self.names))
            and waiver.is_exact(scope)
        )

    def has_left(self, subject: Subject) -> bool:
        return self.state == "unused" and self._spent(subject) < self.waiver.occurrences

    def spend(self, subject: Subject) -> None:
        self.spent[self._one(subject)] = self._spent(subject) + 1

    def give_back(self, subject: Subject) -> None:
        self.spent[self._one(subject)] -= 1

    def _spent(self, subject: Subject) -> int:
        return self.spent.get(self._one(subject), 0)

    def _one(self, subject: Subject) -> Subject:
        """A waiver covers each finding that it lists, or each rule; without either, one thing of its kind."""
        if self.waiver.findings:
            return subject
        return Subject(subject.rule) if self.waiver.rules else Subject()

    def use(self) -> WaiverUse:
        waiver = self.waiver
        state: State = "used" if self.covered else self.state
        return WaiverUse(
            waiver.id,
            waiver.vendor,
            waiver.gate,
            state,
            self.covered,
            self.missed,
            waiver.approver,
            waiver.expires,
            self.key,
            self.why,
        )


def _account(granted: Granted, facts: Facts) -> _Account:
    state, why = _standing(granted, facts)
    host, _, rest = facts.repository.partition("/")
    names = (facts.repository, rest) if "/" in rest and "." in host else (facts.repository,)
    return _Account(granted.waiver, granted.key, state, why, names)


def _standing(granted: Granted, facts: Facts) -> tuple[State, str]:
    waiver = granted.waiver
    if facts.today > waiver.expires:
        return "expired", f"expired {_days(waiver.expires, facts.today)} ago"
    if facts.today < waiver.issued:
        return "not-yet", f"begins in {_days(facts.today, waiver.issued)}"
    if granted.problem:
        return "not-counted", granted.problem
    if _is_in_change(waiver.approver, facts):
        return "not-counted", "its approver is in the change"
    return "unused", ""


def _is_in_change(approver: str, facts: Facts) -> bool:
    """Whether the approver wrote, opened or pushed any of it; where that is not known, they may have."""
    if not isinstance(facts.attribution, Attribution):
        return True
    roles = (*facts.attribution.roles, *(role for one in facts.attribution.commits for role in one.roles))
    return any((role.organisation, role.person) == (INTERNAL, approver) for role in roles)


def _days(first: date, last: date) -> str:
    days = (last - first).days
    return "1 day" if days == 1 else f"{days} days"


def _applied(verdict: Verdict, accounts: list[_Account], scopes: Mapping[str, Scope]) -> Verdict:
    if verdict.status is not Status.FAIL or verdict.vendor is None or verdict.gate == "identity":
        return verdict
    reasons = tuple(_covered(verdict, reason, accounts, scopes) for reason in verdict.reasons)
    return replace(verdict, status=status_of(reasons), reasons=reasons) if reasons != verdict.reasons else verdict


def _covered(verdict: Verdict, reason: Reason, accounts: list[_Account], scopes: Mapping[str, Scope]) -> Reason:
    """All that the reason stands for has to be covered: a second weakness on the same line is not."""
    scope = scopes.get(reason.code)
    if reason.effect is not Effect.DENY or scope is None:
        return reason
    taken: list[tuple[_Account, Subject]] = []
    for subject in _meant(reason):
        fitting = [account for account in accounts if account.matches(verdict, reason, subject, scope)]
        account = next((account for account in fitting if account.has_left(subject)), None)
        if account is None:
            for one, spent in taken:
                one.give_back(spent)
            for one in fitting:
                one.missed += 1
            return reason
        account.spend(subject)
        taken.append((account, subject))
    used = {account.waiver.id: account for account, _ in taken}
    for account in used.values():
        account.covered += 1
    return replace(reason, effect=Effect.WAIVED, waiver=", ".join(used))


def _meant(reason: Reason) -> tuple[Subject, ...]:
    return reason.subjects or _NOBODY
