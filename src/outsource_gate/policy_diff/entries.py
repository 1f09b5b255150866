"""How do the entries differ: our people and patterns, vendors, waivers, and the policy's other keys?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.terms import Strict
from outsource_gate.model.waiver import Waiver
from outsource_gate.policy.load import Policy
from outsource_gate.policy.strictness import written
from outsource_gate.policy.yaml_text import Place
from outsource_gate.policy_diff.difference import Difference, Direction, told
from outsource_gate.policy_diff.rules import rule_of

_CALLED_BY = ("login", "id", "activity", "name")  # an account has a login and an id


@dataclass(frozen=True, slots=True)
class _Side:
    """A value in one of the two policies, and where it stands; value None: not there."""

    value: Any
    place: Place | None

    def below(self, key: str) -> _Side:
        step, value = _parts(self.value).get(key, (key, None))
        return _Side(value, self.place.below(step) if self.place and value is not None else None)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Which thing is compared: whose, its path in the rules, the part of it that is shown."""

    where: str
    path: tuple[str, ...]
    shown: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()

    def below(self, key: str) -> _Spot:
        return replace(self, path=(*self.path, key), shown=(*self.shown, key))


def entry_differences(old: Policy, new: Policy) -> Iterator[Difference]:
    """Compare everything but tiers."""
    yield from _compared(
        _Spot("policy", ()),
        _Side(_policy(old), old.place("policy")),
        _Side(_policy(new), new.place("policy")),
    )
    yield from _each(old, new, ("internal", "people"), "our own", _people)
    yield from _each(old, new, ("vendors",), "vendor", _vendors)
    yield from _each(old, new, ("waivers",), "waiver", _waivers)


def _people(policy: Policy) -> Mapping[str, Person]:
    return {person.id: person for person in policy.internal}


def _vendors(policy: Policy) -> Mapping[str, Vendor]:
    return policy.vendors


def _waivers(policy: Policy) -> Mapping[str, Waiver]:
    return {waiver.id: waiver for waiver in policy.waivers}


def _each(
    old: Policy,
    new: Policy,
    root: tuple[str, ...],
    word: str,
    entries: Callable[[Policy], Mapping[str, Strict]],
) -> Iterator[Difference]:
    before, after = entries(old), entries(new)
    for id in sorted({*before, *after}):
        if before.get(id) == after.get(id):
            continue
        sides = [
            _Side(_plain(found[id]), _place(policy, root, id)) if id in found else _Side(None, None)
            for policy, found in ((old, before), (new, after))
        ]
        spot = _Spot(f"{word} {id}", (*root, id), (), _concerned(root, id, before.get(id), after.get(id)))
        yield from _compared(spot, *sides)


def _place(policy: Policy, root: tuple[str, ...], id: str) -> Place:
    return policy.place(root[-1], id)


def _concerned(root: tuple[str, ...], id: str, *entries: object) -> tuple[str, ...]:
    if root == ("vendors",):
        return (id,)
    return tuple(sorted({entry.vendor for entry in entries if isinstance(entry, Waiver)}))


def _plain(entry: Strict) -> dict[str, Any]:
    """As YAML would have it; a vendor's tier is compared by what it does."""
    whole = entry.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return {key: value for key, value in whole.items() if not (isinstance(entry, Vendor) and key == "tier")}


def _compared(spot: _Spot, old: _Side, new: _Side) -> Iterator[Difference]:
    """Compare one thing: whole where it is only in one of the two and that means something, else part by part."""
    if old.value == new.value:
        return
    rule = rule_of(spot.path)
    is_one_sided = old.value is None or new.value is None
    is_whole = not (_parts(old.value) or _parts(new.value))
    if is_whole or (rule and is_one_sided):
        way = rule(old.value, new.value) if rule else Direction.CHANGED
        yield _difference(spot, way, old, new)
        return
    keys = sorted({*_parts(old.value), *_parts(new.value)})
    found = [one for key in keys for one in _compared(spot.below(key), old.below(key), new.below(key))]
    if is_one_sided and all(one.direction is Direction.CHANGED for one in found):
        yield _difference(spot, Direction.CHANGED, old, new)
    else:
        yield from found


def _difference(spot: _Spot, way: Direction, old: _Side, new: _Side) -> Difference:
    what = ".".join(spot.shown) or "entry"
    return told(way, spot.where, what, (_words(spot, old), _words(spot, new)), (old.place, new.place), spot.vendors)


def _words(spot: _Spot, side: _Side) -> str:
    if side.value is None:
        return ""
    return written(side.value) if spot.shown and side.value is not True else "there"


def _parts(value: Any) -> dict[str, tuple[str | int, Any]]:
    """What a value is made of: by name, with the step that leads there in the file."""
    match value:
        case Mapping():
            return {str(key): (key, part) for key, part in value.items()}
        case list() | tuple():
            return dict(_named(value))
        case _:
            return {}


def _named(entries: list[Any] | tuple[Any, ...]) -> Iterator[tuple[str, tuple[int, Any]]]:
    """Entries by what they are called by, so that their order says nothing; text is its own name."""
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries):
        name, value = _name(entry), True if isinstance(entry, str) else entry
        seen[name] = seen.get(name, 0) + 1
        yield (f"{name} ({seen[name]})" if seen[name] > 1 else name), (number, value)


def _name(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    called = next((str(entry[key]) for key in _CALLED_BY if key in entry), "")
    return called or json.dumps(entry, sort_keys=True, ensure_ascii=False)


def _policy(policy: Policy) -> dict[str, Any]:
    """The policy's own keys as its file has them, without people, tiers, vendors and waivers."""
    trust = policy.results_trust
    server = policy.osv_server
    sources: dict[str, Any] = {
        "results": {name: _plain(source) for name, source in policy.results.items()},
        "trust": f"{trust[0]}, SHA-256 {hashlib.sha256(trust[1]).hexdigest()}" if trust else None,
        "licences": dict(policy.licences),
        "tracker": policy.tracker,
        "vulnerabilities": {
            "osv": policy.osv,
            "osv_api": server.api if server else None,
            "private": list(server.private) if server else [],
        },
    }
    return {
        "organization": policy.organization,
        "timezone": policy.timezone,
        "unknown": policy.unknown,
        "internal": {"verified": policy.verified, "emails": list(policy.internal_emails)},
        "bots": [_plain(bot) for bot in policy.bots],
        "assistants": list(policy.assistants),
        "evidence": {"signing": policy.signing, "timestamp": policy.timestamp},
        "releases": _plain(policy.releases),
        "tiering": {question: dict(answers) for question, answers in policy.tiering.items()},
        "documents": [_plain(document) for document in policy.documents],
        "sources": sources,
    }
