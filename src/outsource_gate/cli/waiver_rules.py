"""Which waivers name a rule that no scanner of ours has? Asked by `policy lint`, as it takes reading the rules."""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.errors import UsageError
from outsource_gate.policy.lint import Lint
from outsource_gate.policy.load import Policy

_OF_SCANNERS = frozenset({"sast", "workflows", "integrity"})  # elsewhere advisories, packages and others' rules


def unknown_rules(policy: Policy) -> Iterator[Lint]:
    """A waiver for a misspelt rule covers nothing; own rules are not known here, hence no error."""
    named = [(waiver, number) for waiver in policy.waivers for number in range(len(waiver.rules))]
    if not any(waiver.gate in _OF_SCANNERS for waiver, _ in named):
        return
    from outsource_gate.explanations.find import explain  # noqa: PLC0415 - only where waivers name rules

    for waiver, number in named:
        if waiver.gate not in _OF_SCANNERS:
            continue
        try:
            explain(waiver.rules[number])
        except UsageError as error:
            place = policy.place("waivers", waiver.id, "rules", number)
            yield Lint("warning", str(place), f"{waiver.id}: {error.message}", error.hint)
