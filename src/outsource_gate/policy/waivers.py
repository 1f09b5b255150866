"""Which waivers did the organisation write, and is each exact, dated and somebody's? One error with file and line.

Whether the approver signed it is not asked here: an entry without a signature reads well, and covers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, RootModel

from outsource_gate.errors import PolicyError
from outsource_gate.model.span import after
from outsource_gate.model.waiver import Waiver
from outsource_gate.policy.patterns import unmatchable
from outsource_gate.policy.problems import validate
from outsource_gate.policy.reading import Reading
from outsource_gate.policy.register import Written
from outsource_gate.policy.tiers import GateModels, Tier
from outsource_gate.policy.yaml_text import Place, shown

MAX_WAIVERS = 2_000
_WANTED = {
    "finding": ("the fingerprint of the finding", "findings: [...], as the JSON outcome gives them"),
    "rule": ("the rule and a path, or the finding", "rules: [...] and path, or findings: [...]"),
    "path": ("a path", "path: ..."),
}


class WaiversFile(RootModel[Any]):
    """A list of waivers, in a file of its own."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    root: tuple[Waiver, ...]


@dataclass(frozen=True, slots=True)
class WrittenWaiver:
    """A waiver, and where it stands."""

    waiver: Waiver
    place: Place


def read_waivers(written: Written, reading: Reading) -> tuple[WrittenWaiver, ...]:
    """Read the file that the policy names; its bytes belong to the register's digest."""
    path = written.policy.waivers
    if path is None:
        return ()
    text = reading.file(path)
    if text is None:
        raise written.text.error(
            ("waivers",), f"no file {shown(path)}", "write one, [] while there is none to grant"
        )
    found = validate(WaiversFile, text).root
    if len(found) > MAX_WAIVERS:
        raise text.error((), f"{len(found)} waivers, allowed at most {MAX_WAIVERS}", "remove those that are over")
    return tuple(WrittenWaiver(waiver, text.place((number,))) for number, waiver in enumerate(found))


def check_waivers(
    entries: tuple[WrittenWaiver, ...], written: Written, tier_of: Mapping[str, Tier], models: GateModels
) -> None:
    """Raise PolicyError for the first thing that is wrong; `tier_of` gives the tier that judges each vendor."""
    if not entries:
        return
    internal = {entry.person.id for entry in written.internal}
    others = {person.person.id: person.organisation for entry in written.vendors for person in entry.people()}
    seen: dict[str, Place] = {}
    for entry in entries:
        if entry.waiver.id in seen:
            place = entry.place.below("id")
            raise place.error(
                f"{entry.waiver.id!r} is also the waiver at {seen[entry.waiver.id]}", "one id, one waiver"
            )
        seen[entry.waiver.id] = entry.place.below("id")
        if entry.waiver.vendor not in tier_of:
            allowed = ", ".join(tier_of) or "none"
            raise entry.place.below("vendor").error(
                f"no vendor {entry.waiver.vendor!r} is registered; registered: {allowed}",
                "correct the id, or remove the waiver",
            )
        for problem in _problems(entry, tier_of[entry.waiver.vendor], models):
            raise problem
        _check_approver(entry, internal, others)


def _problems(entry: WrittenWaiver, tier: Tier, models: GateModels) -> Iterator[PolicyError]:
    yield from _meant(entry, models)
    yield from _path(entry)
    waiver, place = entry.waiver, entry.place.below("expires")
    if waiver.expires < waiver.issued:
        yield place.error(
            f"expires {waiver.expires}, before it is issued, {waiver.issued}", "correct one of the two"
        )
    if waiver.expires > after(waiver.issued, tier.waivers.max_age):
        latest = after(waiver.issued, tier.waivers.max_age)
        yield place.error(
            f"expires {waiver.expires}; tier {tier.name} allows {tier.waivers.max_age}, here until {latest}",
            "shorten it; who needs it longer asks again",
        )


def _meant(entry: WrittenWaiver, models: GateModels) -> Iterator[PolicyError]:
    """Gate and reason code must be there and may be waived, and the scope has to be exact enough for them."""
    waiver, place = entry.waiver, entry.place
    if waiver.gate not in models:
        yield place.below("gate").error(
            f"unknown gate {waiver.gate!r}; allowed: {', '.join(_with_waivers(models))}"
        )
        return
    waivable = models[waiver.gate].waivable
    if not waivable:
        allowed = ", ".join(_with_waivers(models))
        yield place.below("gate").error(f"gate {waiver.gate} cannot be waived; allowed: {allowed}")
    if waiver.code and waiver.code not in waivable:
        yield place.below("code").error(
            f"no reason {waiver.code!r} of gate {waiver.gate} can be waived; allowed: {', '.join(sorted(waivable))}"
        )
    if not (waiver.code or waiver.rules):
        yield place.error("names neither `code` nor `rules`", "a waiver is for one kind of reason")
    scopes = set(waivable.values()) if waiver.code is None else {waivable[waiver.code]}
    if not any(waiver.is_exact(scope) for scope in scopes):
        what, hint = _WANTED[min(scopes)]
        yield place.error(f"is too broad: it has to name {what}", hint)


def _with_waivers(models: GateModels) -> list[str]:
    return [gate for gate, model in models.items() if model.waivable]


def _path(entry: WrittenWaiver) -> Iterator[PolicyError]:
    """A path begins with a name: what could begin anywhere covers what nobody thought of."""
    pattern, place = entry.waiver.path, entry.place.below("path")
    if pattern is None:
        return
    if why := unmatchable(pattern):
        yield place.error(f"{shown(pattern)} {why[0]}", why[1])
    if set("*?[") & set(pattern.partition("/")[0]):
        yield place.error(
            f"{shown(pattern)} is too broad: its first part is no name", "begin with a folder or file"
        )


def _check_approver(entry: WrittenWaiver, internal: set[str], others: Mapping[str, str]) -> None:
    approver, place = entry.waiver.approver, entry.place.below("approver")
    if approver in others:
        raise place.error(
            f"{approver!r} is a person of the vendor {others[approver]}", "one of our own people decides"
        )
    if approver not in internal:
        raise place.error(f"{approver!r} is none of our own people", "give the register id of one of them")
