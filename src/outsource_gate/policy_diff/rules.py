"""What of a policy or a register lets more through when it grows? Whatever has no rule here is only "changed".

A path is that of the YAML, entries of a list by what they are called by. `*` is any one step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from outsource_gate.model.span import ANY, length
from outsource_gate.policy_diff.difference import Direction, direction, ordered

Rule = Callable[[Any, Any], Direction]  # old and new; None: not there


def _more(old: Any, new: Any) -> Direction:
    """One more of it lets more through; another value in its place says nothing."""
    return direction(old is None, new is None)


def _fewer(old: Any, new: Any) -> Direction:
    return direction(new is None, old is None)


def _first_day(old: Any, new: Any) -> Direction:
    return ordered(old, new, lambda day: -date.fromisoformat(str(day)).toordinal() if day else 0)


def _last_day(old: Any, new: Any) -> Direction:
    return ordered(old, new, lambda day: date.fromisoformat(str(day)).toordinal() if day else float("inf"))


def _longer(old: Any, new: Any) -> Direction:
    """The longer span lets more through, and none bounds nothing."""
    return ordered(old, new, lambda span: length(str(span or ANY)))


def _higher(old: Any, new: Any) -> Direction:
    return ordered(old, new, lambda number: float("inf") if number is None else float(str(number)))


def _more_often(old: Any, new: Any) -> Direction:
    return _higher(old or 1, new or 1)


def _loosest_last(*values: str) -> Rule:
    return lambda old, new: ordered(old, new, lambda value: values.index(str(value)))


_PERSON: Mapping[str, Rule] = {
    **dict.fromkeys(("", "emails.*", "github.*", "gitlab.*", "signing_keys.*", "teams.*"), _more),
    **dict.fromkeys(("github.*.id", "gitlab.*.id"), _fewer),  # a login alone can be given to somebody else
    "active.from": _first_day,
    "active.until": _last_day,
    "training.*.valid_for": _longer,
}
_VENDOR: Mapping[str, Rule] = {
    **dict.fromkeys(("", "contract", "access", "access.repositories.*", "access.paths.*"), _more),
    "access.remote_access.networks.*": _more,
    **dict.fromkeys(("access.deny_paths.*", "oversight.*", "deliveries.*"), _fewer),
    **dict.fromkeys(("access.valid.from", "contract.valid.from", "engagements.*.valid.from"), _first_day),
    **dict.fromkeys(("access.valid.until", "contract.valid.until", "engagements.*.valid.until"), _last_day),
    **dict.fromkeys(("contract.remediation_sla.*", "oversight.*.every"), _longer),
    "due_diligence.risk_assessment.reassess_every": _longer,
    "incident_notification.within_hours": _higher,
}
_WAIVER: Mapping[str, Rule] = {
    **dict.fromkeys(("", "rules.*", "findings.*"), _more),
    **dict.fromkeys(("path", "repository"), _fewer),
    "issued": _first_day,
    "expires": _last_day,
    "occurrences": _more_often,
}
_POLICY: Mapping[str, Rule] = {
    **dict.fromkeys(("internal.emails.*", "bots.*", "bots.*.may_touch.*", "assistants.*"), _more),
    "internal.verified": _loosest_last("require", "prefer"),
    **dict.fromkeys(("evidence.signing", "evidence.timestamp"), _loosest_last("required", "optional")),
}


def _below(root: str, rules: Mapping[str, Rule]) -> dict[str, Rule]:
    return {f"{root}.{path}".rstrip("."): rule for path, rule in rules.items()}


_RULES: Mapping[str, Rule] = {
    **_POLICY,
    **_below("internal.people.*", _PERSON),
    **_below("vendors.*", _VENDOR),
    **_below("vendors.*.people.*", _PERSON),
    **_below("waivers.*", _WAIVER),
}


_BY_STEPS = tuple((tuple(path.split(".")), rule) for path, rule in _RULES.items())


def rule_of(path: tuple[str, ...]) -> Rule | None:
    """Give the rule for a place; None: it has no direction."""
    for steps, rule in _BY_STEPS:
        if len(steps) == len(path) and all(step in ("*", part) for step, part in zip(steps, path, strict=True)):
            return rule
    return None
