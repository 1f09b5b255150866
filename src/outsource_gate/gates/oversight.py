"""Gate oversight: was what directs, monitors and reviews a vendor done in time, and what did it leave open?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from outsource_gate.duties.rounds import Round, round_of
from outsource_gate.gates import Gate, verdict
from outsource_gate.lacking import unregistered
from outsource_gate.model.facts import Facts
from outsource_gate.model.oversight import Duty
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import length
from outsource_gate.model.verdict import Effect, Reason, Stage, Status, Verdict
from outsource_gate.policy.oversight_terms import SEVERITIES, OversightSettings

REASONS = {
    "vendor-unregistered": "Work of somebody nobody registered: nobody directs or reviews it.",
    "activity-missing": "The register does not name an activity that the vendor's tier asks for.",
    "activity-never-done": "An activity has a cadence and no record that it was ever done.",
    "activity-in-future": "The only records of an activity are dated in the future, and count for nothing.",
    "activity-overdue": "An activity was last done longer ago than its cadence allows.",
    "activity-too-seldom": "The register's cadence of an activity is longer than the tier allows.",
    "activity-due-soon": "An activity is due within a fourth of its cadence, at most 30 days; named, no denial.",
    "findings-left-open": "The last test left findings open that the tier does not accept.",
    "findings-not-stated": "The register does not say what the last penetration test left open.",
}
Settings = OversightSettings
_PENETRATION_TEST = "penetration-test"
_NOTICE_DAYS = 30  # and never more than a fourth of the cadence


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge the activities of the tier, and what else the register promises; the latter is only named."""
    vendor = facts.registered(facts.vendor)
    if vendor is None:
        return verdict("oversight", facts, (unregistered("no oversight"),), summary="not registered")
    reasons = (*_asked(facts, vendor, settings), *_promised(facts, vendor, settings))
    if not settings.activities and all(reason.effect is Effect.NOTE for reason in reasons):
        return Verdict("oversight", facts.vendor, Status.NOT_APPLICABLE, reasons, "the tier asks for no activity")
    return verdict("oversight", facts, reasons, summary=_summary(reasons, settings))


def _summary(reasons: tuple[Reason, ...], settings: Settings) -> str:
    if any(reason.effect is Effect.DENY for reason in reasons):
        return "not in order"
    late = len({reason.got for reason in reasons if reason.code != "activity-due-soon"})
    asked = len(set(settings.activities))
    return f"{late} overdue or incomplete, which the tier only names" if late else f"{asked} activities in time"


def _asked(facts: Facts, vendor: Vendor, settings: Settings) -> Iterator[Reason]:
    for name in dict.fromkeys(settings.activities):
        found = round_of(vendor.oversight, name, facts.today, settings.longest.get(name, ""))
        yield from _About(facts, vendor, settings, found).reasons()


def _promised(facts: Facts, vendor: Vendor, settings: Settings) -> Iterator[Reason]:
    """What stands in the register beyond the tier: lateness is named, findings left open count all the same."""
    for name in dict.fromkeys(entry.activity for entry in vendor.oversight):
        if name in settings.activities:
            continue
        about = _About(facts, vendor, settings, round_of(vendor.oversight, name, facts.today))
        yield from (replace(reason, effect=Effect.NOTE) for reason in about.time())
        yield from about.findings()


@dataclass(frozen=True, slots=True)
class _About:
    """What is to be said of one activity."""

    facts: Facts
    vendor: Vendor
    settings: Settings
    round: Round

    def reasons(self) -> Iterator[Reason]:
        yield from self.time()
        if self.round.is_too_seldom:
            yield self.owed("activity-too-seldom", "is agreed less often than the tier allows")
        yield from self.findings()

    def time(self) -> Iterator[Reason]:
        found, today = self.round, self.facts.today
        if found.number is None:
            yield self.owed("activity-missing", "is not in the register")
        elif found.is_dated_ahead:
            yield self.owed("activity-in-future", "is dated in the future")
        elif found.counted is None or found.due is None:
            yield self.owed("activity-never-done", "was never done")
        elif found.due < today:
            late = (today - found.due).days
            yield self.owed("activity-overdue", "is overdue", f"by {late} {'day' if late == 1 else 'days'}")
        elif found.due - today <= timedelta(days=min(_NOTICE_DAYS, length(found.every) / 4)):
            yield replace(self.owed("activity-due-soon", "is due soon"), effect=Effect.NOTE)

    def findings(self) -> Iterator[Reason]:
        counted = self.round.counted
        if counted is None:
            return
        if counted.open_findings is None:
            if self.round.activity == _PENETRATION_TEST:
                yield self.reason("findings-not-stated", "does not say what it left open", "customer")
            return
        wrong = SEVERITIES[: SEVERITIES.index(self.settings.open_findings) + 1]
        left = [(count, name) for name in wrong if (count := getattr(counted.open_findings, name))]
        if left:
            told = ", ".join(f"{count} {name}" for count, name in left)
            yield self.reason("findings-left-open", "left findings open", "vendor", told)

    def owed(self, code: str, what: str, internal: str = "") -> Reason:
        return self.reason(code, what, self.round.owed_by, internal)

    def reason(self, code: str, what: str, duty: Duty, internal: str = "") -> Reason:
        """Days and counts are for our own readers; whose duty it is, everybody may know."""
        found, owner = self.round, self.vendor.owner
        effect = Effect.DENY if getattr(self.settings, duty) == "deny" else Effect.NOTE
        dates = (
            f"last {found.counted.on}, every {found.every}, due {found.due}"
            if found.counted
            else "no record counts"
        )
        return Reason(
            code,
            f"{found.activity} {what}",
            effect,
            got=found.activity,
            next_step=_step(code, duty, owner),
            who=owner,
            internal="; ".join(filter(None, (internal, dates))),
            duty=duty,
        )


def _step(code: str, duty: Duty, owner: str) -> str:
    if code == "findings-left-open":
        return f"have them fixed and tested again, and ask {owner} to enter the result"
    if duty == "vendor":
        return f"deliver it, and ask {owner} to enter it"
    return f"ask {owner} to see to it and to enter it"


GATE = Gate(
    id="oversight",
    title="Oversight",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    stages=frozenset({Stage.CHANGE, Stage.RELEASE}),
    controls=("A.8.30", "A.5.22", "A.8.27"),
)
