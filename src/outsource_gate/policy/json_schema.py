"""What may stand in policy, vendor and people files and in bundles, as JSON Schema for editors?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from outsource_gate.model.register import Vendor
from outsource_gate.policy.bundle_schema import BundleFile
from outsource_gate.policy.cases import CasesFile
from outsource_gate.policy.limits import WaiverLimits
from outsource_gate.policy.schema import PeopleFile, PolicyFile, TierSection
from outsource_gate.policy.tiers import BASELINE, REPORT_ONLY, WAIVERS, GateModels, shipped_tiers
from outsource_gate.policy.waivers import WaiversFile

Schema = dict[str, Any]
Kind = Literal["policy", "vendor", "people", "waivers", "tests", "bundle"]
KINDS: tuple[Kind, ...] = ("policy", "vendor", "people", "waivers", "tests", "bundle")
_TITLES = {
    "policy": "outsource-gate policy",
    "vendor": "outsource-gate vendor",
    "people": "outsource-gate people",
    "waivers": "outsource-gate waivers",
    "tests": "outsource-gate policy tests",
    "bundle": "outsource-gate bundle",
}


def json_schema(kind: Kind, models: GateModels) -> Schema:
    """Give the schema of one kind of file; 2020-12, complete in itself."""
    make: Mapping[str, Callable[[], Schema]] = {
        "policy": lambda: _policy(models),
        "vendor": lambda: _plain(Vendor),
        "people": lambda: _plain(PeopleFile),
        "waivers": lambda: _plain(WaiversFile),
        "tests": lambda: _plain(CasesFile),
        "bundle": lambda: _plain(BundleFile),
    }
    schema = make[kind]()
    if kind not in ("waivers", "tests"):
        _take_accounts(schema["$defs"])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": _TITLES[kind]}
    return {**head, **{key: value for key, value in _without_null(schema).items() if key != "title"}}


def _plain(model: type[BaseModel]) -> Schema:
    return model.model_json_schema()


def _policy(models: GateModels) -> Schema:
    """The policy with its tiers spelt out: each gate's own settings, shipped tiers by name."""
    shapes: tuple[type[BaseModel], ...] = (PolicyFile, TierSection, WaiverLimits, *models.values())
    wanted: list[tuple[type[BaseModel], Literal["validation"]]] = [(model, "validation") for model in shapes]
    refs, whole = models_json_schema(wanted)
    definitions = whole["$defs"]
    top = definitions.pop(refs[PolicyFile, "validation"]["$ref"].rpartition("/")[2])
    gates = {
        "type": "object",
        "description": "gates by id, each with the settings that differ from the tier below",
        "additionalProperties": False,
        "properties": {gate: refs[model, "validation"] for gate, model in models.items()},
    }
    section = definitions.pop(refs[TierSection, "validation"]["$ref"].rpartition("/")[2])["properties"]
    limits = {**refs[WaiverLimits, "validation"], "description": section[WAIVERS]["description"]}
    top["properties"]["tiers"] = _tiers(gates, limits, section[REPORT_ONLY], tuple(shipped_tiers(models)))
    people = definitions["Internal"]["properties"]["people"]
    array = {key: people.pop(key) for key in ("items", "type", "default")}
    people["anyOf"] = [{"type": "string", "minLength": 1, "description": "the file that lists them"}, array]
    return {**top, "$defs": definitions}


def _tiers(gates: Schema, limits: Schema, window: Schema, shipped: tuple[str, ...]) -> Schema:
    base = {"type": "object", "additionalProperties": False}
    shared = {"gates": gates, WAIVERS: limits, REPORT_ONLY: window}
    own = {
        **base,
        "description": "a tier of our own",
        "properties": {"extends": {"type": "string", "description": "the tier it starts from"}, **shared},
        "required": ["extends"],
    }
    changed = {**base, "description": "changes to a shipped tier", "properties": shared}
    return {
        "type": "object",
        "description": "changes to the shipped tiers, and own tiers that extend one",
        "properties": {"extends": {"const": BASELINE}, **dict.fromkeys(shipped, changed)},
        "additionalProperties": own,
    }


def _take_accounts(definitions: Schema) -> None:
    """An account may stand alone or in a list, and GitLab's word for a login is username."""
    for forge in ("github", "gitlab"):
        prop = definitions["Person" if "Person" in definitions else "Colleague"]["properties"][forge]
        array = {key: prop.pop(key) for key in ("items", "type")}
        prop["anyOf"] = [array["items"], array]
    account = definitions["ForgeAccount"]
    account["properties"]["username"] = dict(account["properties"]["login"], title="Username")
    account["oneOf"] = [{"required": ["login"]}, {"required": ["username"]}]
    del account["required"]


def _without_null(node: Any) -> Any:
    """Our files know no null: a key without a value is an error."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "anyOf" and (key, value) != ("default", None)}
    if len(choices) == 1:
        rest = {**choices[0], **rest}
    elif choices:
        rest["anyOf"] = choices
    return {key: _without_null(value) for key, value in rest.items()}
