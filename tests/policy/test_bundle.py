"""A contractor's bundle: what is in it, what is not, and how a broken one is refused."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.errors import PolicyError, UsageError
from outsource_gate.policy.bundle import ExpiredBundleError, read_bundle
from outsource_gate.policy.json_schema import json_schema
from tests.policy.bundles import KEY, NOW, bundle, changed, error, exported, parsed
from tests.policy.keys import ED25519, OPENPGP
from tests.policy.memory import ACME, GLOBEX, PEOPLE, POLICY, load, models

TWO = load({"vendors/globex.yaml": GLOBEX + "people: [{id: gus, emails: [gus@globex.example]}]\n"})


def test_what_a_bundle_holds_in_clear() -> None:
    """one vendor's contact, paths, people as commits name them, and the settings of the push stage's gates"""
    whole = json.loads(exported(TWO).content)
    assert whole["vendor"] == {
        "id": "acme",
        "name": "Acme Dev Ltd",
        "owner": "procurement@corp.example",
        "tier": "critical",
        "access": {"paths": ["services/**"], "deny_paths": []},
        "people": [
            {
                "id": "vic",
                "emails": ["vic@acme-dev.example"],
                "github": [{"login": "vicv", "id": 4711}],
                "gitlab": [{"login": "vic.v", "id": 815}],
                "signing_keys": [],
            }
        ],
    }
    first, second = "access coverage dependencies identity", "integrity personal-data sast secrets workflows"
    assert " ".join(whole["rules"]) == f"{first} {second}"
    assert whole["rules"]["sast"] == {
        "fail_on": "medium",
        "confidence": "low",
        "scope": "new",
        "commits": "each",
        "history": "report",
    }
    assert whole["later"] == [
        "contract",
        "due-diligence",
        "oversight",
        "release",
        "remediation",
        "review",
        "testing",
    ]
    assert whole["policy_digest"] == TWO.digest


def test_what_a_bundle_does_not_hold() -> None:
    """no contract, no repository, no other vendor, none of our own people, no internal domain, no team"""
    text = re.sub("[0-9a-f]{64}", "", exported(TWO).content.decode())
    text = text.replace("procurement@corp.example", "")  # whom the contractor is told to call
    for word in ("MSA-2026", "eeeeeeee", "corp/payments", "globex", "Globex", "gus", "ina", "ida", "corp.example"):
        assert word not in text.replace('"internal"', ""), word
    assert "corp/" not in text
    assert "2027" not in text  # the contract's last day


def test_the_same_terms_give_the_same_bytes() -> None:
    """only key and time make two exports differ"""
    assert exported().content == exported().content
    assert exported(key=bytes(32)).content != exported().content


def test_hashes_of_two_bundles_have_nothing_in_common() -> None:
    """two contractors who lay their bundles side by side learn nothing"""

    def hashes(key: bytes) -> set[str]:
        whole = json.loads(exported(key=key).content)
        return {name for person in whole["internal"] for name in person["names"]} | {whole["patterns"][0]["hash"]}

    assert len(hashes(KEY)) == 5
    assert not hashes(KEY) & hashes(bytes(32))


def test_the_order_of_the_register_is_not_to_be_read_off() -> None:
    """people stand in the order of their hashes"""
    ina, mark, ida = PEOPLE.partition("- id: ida")
    turned = load({"people.yaml": f"{mark}{ida}{ina}"})
    assert json.loads(exported(turned).content)["internal"] == json.loads(exported().content)["internal"]


@pytest.mark.parametrize(
    ("days", "contract", "access", "expected"),
    [
        (7, "2027-01-14", "2026-12-31", "2026-11-30"),
        (90, "2027-01-14", "2026-12-31", "2026-12-31"),
        (90, "2026-12-01", "2026-12-01", "2026-12-01"),
        (90, "2029-01-14", "2028-12-31", "2027-02-21"),
    ],
)
def test_the_first_end_ends_the_bundle(days: int, contract: str, access: str, expected: str) -> None:
    """the days asked for, the contract's last day or that of the access, whichever comes first"""
    text = ACME.replace("2027-01-14", contract).replace("until: 2026-12-31", f"until: {access}")
    assert exported(load({"vendors/acme.yaml": text}), days=days).valid_until == date.fromisoformat(expected)


def test_a_contract_without_end_leaves_the_days_asked_for() -> None:
    """a bundle always ends"""
    text = ACME.replace(", until: 2027-01-14", "").replace("  valid: {until: 2026-12-31}\n", "")
    assert exported(load({"vendors/acme.yaml": text}), days=30).valid_until == date(2026, 12, 23)


def test_no_bundle_for_a_contract_that_is_over() -> None:
    """it would answer nothing, and whoever exports is told"""
    with pytest.raises(UsageError, match="contract ended on 2027-01-14"):
        exported(now=NOW.replace(year=2027, month=2))


def test_after_its_days_nothing_is_judged() -> None:
    """exit 3 and whom to ask; the last day counts whole"""
    made = bundle(days=7)
    made.check_date(date(2026, 11, 30))
    with pytest.raises(ExpiredBundleError) as caught:
        made.check_date(date(2026, 12, 1))
    assert caught.value.exit_code == 3
    assert caught.value.hint == "ask procurement@corp.example for a new bundle"


def test_a_bundle_fits_its_published_schema() -> None:
    """editors and other programs read it by the schema that `policy schema bundle` prints"""
    jsonschema.Draft202012Validator(json_schema("bundle", models())).validate(json.loads(exported(TWO).content))


def test_the_rules_are_those_of_the_vendors_tier() -> None:
    """gate by gate, setting by setting"""
    policy, made = load(), bundle().policy
    whole = policy.tier_of("acme").gates
    later = ("contract", "review", "testing")
    assert {gate: made.tiers["critical"].gates[gate] for gate in whole if gate not in later} == {
        gate: settings for gate, settings in whole.items() if gate not in later
    }
    assert list(made.vendors) == ["acme"]
    assert (made.internal, made.bots, made.vendors["acme"].contract) == ((), (), None)
    assert made.where == "bundle:acme"


def test_a_person_active_on_some_days_only_proves_nothing() -> None:
    """the days are not told, so the bundle takes the careful side"""
    people = PEOPLE.replace("teams: [corp/engineering]", "active: {until: 2026-12-05}")
    whole = json.loads(exported(load({"people.yaml": people})).content)
    assert sorted(person["proves"] for person in whole["internal"]) == [False, True]
    assert "2026-12-05" not in str(whole)


def test_own_openpgp_keys_are_in_it_and_others_are_not() -> None:
    """an OpenPGP key holds names; without it a signature stays unchecked"""
    block = OPENPGP.strip().replace("\n", "\n        ")
    vendor = ACME.replace("    emails: [vic", f"    signing_keys:\n      - |\n        {block}\n    emails: [vic")
    people = f"{PEOPLE}- {{id: zoe, signing_keys: ['{ED25519}']}}\n"
    made = bundle(load({"vendors/acme.yaml": vendor, "people.yaml": people}))
    assert [key.strip() for key in made.index.openpgp_keys()] == [OPENPGP.strip()]
    theirs = exported(load({"people.yaml": PEOPLE + f"- id: zoe\n  signing_keys:\n    - |\n        {block}\n"}))
    assert b"PGP" not in theirs.content
    assert parsed(theirs.content).index.openpgp_keys() == ()


def _set(*path: str | int, to: Any) -> Any:
    def change(whole: Any) -> None:
        for step in path[:-1]:
            whole = whole[step]
        whole[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_set("bundle_version", to=2), "acme.bundle.json:2: bundle_version: unknown version; allowed: 1"),
        (_set("bundle_version", to=True), "unknown version; allowed: 1"),
        (_set("valid_until", to=20270101), "valid_until: expected a day as YYYY-MM-DD"),
        (_set("key", to="00"), "key: got '00', expected a SHA-256 as 64 lower-case hexadecimal digits"),
        (_set("vendor", "id", to="internal"), "vendor.id: this id is reserved"),
        (_set("vendor", "id", to="elsewhere"), "vendor.id: this id is reserved"),
        (_set("vendor", "people", 0, "signing_keys", to=["ssh-dss AAAA"]), "signing_keys[0]: expected an OpenSSH"),
        (_set("vendor", "access", "deny_paths", to=["/core"]), "deny_paths[0]: begins with / and fits no file"),
        (_set("vendor", "contract", to={}), "vendor: unknown key 'contract'; allowed: access, id"),
        (_set("rules", "sats", to={}), "rules: unknown gate 'sats'; allowed: access, contract"),
        (_set("rules", "sast", "fail_on", to="hgih"), "rules.sast.fail_on: unknown value 'hgih'; allowed: low"),
        (_set("internal", 0, "names", to=["ina@corp.example"]), "internal[0].names[0]: got 'ina@corp.example'"),
        (_set("patterns", 0, "star", to=[0, 10**9]), "patterns[0].star[1]: "),
        (_set("timezone", to="../../etc/passwd"), "timezone: expected an IANA time zone"),
        (_set("assistants", to=None), "assistants: has no value"),
        (_set("organization", to="x" * 3_000_000), "larger than 2097152 bytes"),
    ],
)
def test_a_bundle_that_somebody_edited(change: Any, expected: str) -> None:
    """one error that names file, line and key, and exit 2"""
    assert expected in error(changed(change))


@pytest.mark.parametrize("raw", [b"{", b'{"bundle_version": 1, "bundle_version": 1}', b"\xff", b"[" * 5000])
def test_what_is_no_json(raw: bytes) -> None:
    """broken, doubled, not UTF-8, too deep: one error with its line"""
    assert re.match(r"acme\.bundle\.json:[12]: ", error(raw))


VALUES = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["acme", "*", "a" * 64]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)


@given(st.data(), VALUES)
def test_whatever_stands_in_a_bundle_it_is_read_or_refused(data: st.DataObject, value: Any) -> None:
    """no other end than a meaning or the one error"""
    whole = json.loads(exported(TWO).content)
    node, key = whole, data.draw(st.sampled_from(list(whole)))
    while isinstance(node[key], dict | list) and node[key] and data.draw(st.booleans()):
        node = node[key]
        key = data.draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
    node[key] = value
    try:
        made = parsed(json.dumps(whole).encode())
    except PolicyError as error:
        assert str(error).startswith("acme.bundle.json:")
    else:
        assert made.index.by_email("eve@evil.example") is None
        assert made.index.matches_internal("eve@evil.example") is None


def test_a_gate_said_to_be_of_a_later_stage_is_asked_all_the_same() -> None:
    """which stage asks a gate is the program's to say, not the file's"""

    def move(whole: dict[str, Any]) -> None:
        whole["later"].append("sast")
        del whole["rules"]["sast"]

    assert parsed(changed(move)).policy.tiers["critical"].gates["sast"] == models()["sast"]()


def test_what_is_no_bundle(tmp_path: Path) -> None:
    """a folder or a policy file is read as policy; a file that is not there is an error"""
    (tmp_path / "policy.yaml").write_text(POLICY)
    (tmp_path / "acme.json").write_bytes(exported().content)
    assert read_bundle(tmp_path, models()) is None
    assert read_bundle(tmp_path / "policy.yaml", models()) is None
    found = read_bundle(tmp_path / "acme.json", models())
    assert found is not None
    assert found.vendor == "acme"
    with pytest.raises(PolicyError, match="no such file"):
        read_bundle(tmp_path / "none.json", models())
