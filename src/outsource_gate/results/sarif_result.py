"""How grave is a result of SARIF, where is it, and does anything suppress it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import unquote

from outsource_gate.model.finding import Severity
from outsource_gate.model.result import Reported, Suppressed
from outsource_gate.results import cut

Object = Mapping[str, Any]
_LEVELS = {
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "note": Severity.LOW,
    "none": Severity.LOW,
}
_NO_FINDING = frozenset(("pass", "notApplicable", "informational"))
_REVIEW = frozenset(("open", "review"))


def slim(result: dict[str, Any]) -> dict[str, Any]:
    """Keep what `reported` reads, with bounded texts: a hundred thousand results are held until the run ends."""
    message, properties = _object(result.get("message")), _object(result.get("properties"))
    place = next(iter(_objects(result.get("locations"))), {})
    physical = _object(place.get("physicalLocation"))
    artifact, region = _object(physical.get("artifactLocation")), _object(physical.get("region"))
    kept: dict[str, Any] = {
        "ruleId": cut(result.get("ruleId")),
        "ruleIndex": result.get("ruleIndex"),
        "rule": _slim_rule(_object(result.get("rule"))),
        "text": cut(message.get("text")),
        "id": cut(message.get("id")),
        "arguments": [cut(word) for word in _list(message.get("arguments"))[:10]],
        "uri": cut(artifact.get("uri")),
        "base": cut(artifact.get("uriBaseId")),
        "line": region.get("startLine"),
        "security": properties.get("security-severity"),
        "suppressed": _suppressed(_objects(result.get("suppressions"))),
    }
    words = {name: cut(result.get(name)) for name in ("level", "kind", "baselineState")}
    return {**kept, **words, "rank": result.get("rank")}


def _slim_rule(rule: Object) -> dict[str, Any]:
    component = _object(rule.get("toolComponent"))
    return {"id": cut(rule.get("id")), "index": rule.get("index"), "of": component.get("index")} if rule else {}


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a run's tool: the driver's, then each extension's."""

    driver: tuple[Object, ...]
    extensions: tuple[tuple[Object, ...], ...]
    by_id: Mapping[str, Object]
    raised: Mapping[str, Severity]  # by rule id: what the call's own configuration made of its level

    @classmethod
    def of(cls, tool: Object, invocations: list[Object]) -> Rules:
        driver = _rules(_object(tool.get("driver")))
        extensions = tuple(map(_rules, _objects(tool.get("extensions"))))
        every = [rule for rules in (*reversed(extensions), driver) for rule in rules]
        by_id = {rule["id"]: rule for rule in every if isinstance(rule.get("id"), str)}
        return cls(driver, extensions, by_id, dict(_raised(invocations, driver)))

    def find(self, result: Object) -> Object:
        """SARIF 3.27.5 to 3.27.7: by index, else by id, else by the id's leading part."""
        named = result["rule"]
        of, index = named.get("of"), named.get("index", result["ruleIndex"])
        index = result["ruleIndex"] if index is None else index
        rules = self.driver if of is None else _at(self.extensions, of) or ()
        if (found := _at(rules, index)) is not None:
            return _object(found)
        name = self.name(result)
        return self.by_id.get(name) or self.by_id.get(name.rpartition("/")[0]) or {}

    def name(self, result: Object) -> str:
        return str(result["ruleId"] or result["rule"].get("id", ""))


def reported(result: Object, rules: Rules, bases: Object, tool: str) -> Reported | None:
    """Give the finding; None for what the file itself says is none: passed, not applicable, no longer there."""
    if result["kind"] in _NO_FINDING or result["baselineState"] == "absent":
        return None
    rule = rules.find(result)
    name = rules.name(result) or cut(rule.get("id"))
    line = result["line"]
    return Reported(
        rule=name[:200],
        tool=tool,
        severity=_severity(result, rule, rules.raised.get(name)),
        message=_message(result, rule) or name,
        path=_path(result, bases),
        line=line if isinstance(line, int) and 0 < line < 2**31 else 0,
        suppressed=result["suppressed"],
        old=result["baselineState"] == "unchanged",
        review=result["kind"] in _REVIEW,
    )


def _severity(result: Object, rule: Object, raised: Severity | None) -> Severity:
    """A security severity says most; then the result's level, the rule's, and SARIF's default: warning."""
    for value in (result["security"], _object(rule.get("properties")).get("security-severity")):
        if (score := _score(value, 10)) is not None:
            return _of_score(score)
    if result["level"] in _LEVELS:
        return _LEVELS[result["level"]]
    usual = _LEVELS.get(cut(_object(rule.get("defaultConfiguration")).get("level")), Severity.MEDIUM)
    rank = _score(result["rank"], 100)
    others = [one for one in (raised, _of_score(rank / 10) if rank is not None else None) if one]
    return max((usual, *others), key=lambda one: one.rank)


def _score(value: object, most: int) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal) or len(str(value)[:20]) > 12:
        return None
    try:
        score = Decimal(value)
        return score if 0 <= score <= most else None
    except InvalidOperation:
        return None


def _of_score(score: Decimal) -> Severity:
    """The bands of CVSS, as code scanning reads them."""
    if score >= 9:
        return Severity.CRITICAL
    return Severity.HIGH if score >= 7 else Severity.MEDIUM if score >= 4 else Severity.LOW


def _suppressed(suppressions: list[Object]) -> Suppressed:
    """SARIF 3.27.23: it is suppressed only where no suppression is rejected or still under review."""
    if not suppressions or any(one.get("status", "accepted") != "accepted" for one in suppressions):
        return "no"
    return "external" if all(one.get("kind") == "external" for one in suppressions) else "in-source"


def _message(result: Object, rule: Object) -> str:
    text = result["text"]
    if not text and result["id"]:
        text = cut(_object(_object(rule.get("messageStrings")).get(result["id"])).get("text"))
    for number, word in enumerate(result["arguments"]):
        text = text.replace(f"{{{number}}}", word)
    return cut(text or _object(rule.get("shortDescription")).get("text"))


def _path(result: Object, bases: Object) -> str:
    """The place as the repository calls it; of the bases only relative ones are put before it."""
    path, base = result["uri"], result["base"]
    for _ in range(4):
        entry = _object(bases.get(base)) if base else {}
        uri, base = cut(entry.get("uri")), cut(entry.get("uriBaseId"))
        if not uri or ":" in uri:
            break
        path = uri.rstrip("/") + "/" + path
    return cut(unquote(path.removeprefix("file://").removeprefix("./"), errors="replace"))


def _raised(invocations: list[Object], driver: tuple[Object, ...]) -> Iterator[tuple[str, Severity]]:
    for call in invocations:
        for override in _objects(call.get("ruleConfigurationOverrides")):
            level = _LEVELS.get(cut(_object(override.get("configuration")).get("level")))
            named = _object(override.get("descriptor"))
            name = cut(named.get("id")) or cut(_object(_at(driver, named.get("index"))).get("id"))
            if level and name:
                yield name, level


def _rules(component: Object) -> tuple[Object, ...]:
    return tuple(map(_object, _list(component.get("rules"))))


def _at(items: Any, index: object) -> Any:
    whole = isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(items)
    return items[index] if whole else None


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Object]:
    return [item for item in _list(value) if isinstance(item, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
