"""Whose signature makes a waiver count, and for whom a tier only reports."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.git.sshsig import sign_ssh, verify_ssh
from outsource_gate.model.facts import Member
from outsource_gate.model.waiver import Granted, ReportOnly, Waiver
from outsource_gate.policy.load import Policy
from outsource_gate.waivers import NAMESPACE, check_windows, fingerprint, granted, signed_bytes, with_exceptions
from tests import values
from tests.policy.memory import ACME, PEOPLE, POLICY, load
from tests.policy.test_waivers import ENTRY
from tests.repo import SigningKey

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    return {name: SigningKey.generate(folder, name) for name in ("ida", "ina", "vic")}


def policy(keys: dict[str, SigningKey], entry: str = ENTRY, more: str = "", people: str = "") -> Policy:
    known = people or PEOPLE
    for name in ("ida", "ina"):
        known = known.replace(f"- id: {name}\n", f"- id: {name}\n  signing_keys: [{keys[name].public}]\n")
    vendor = ACME.replace("  - id: vic\n", f"  - id: vic\n    signing_keys: [{keys['vic'].public}]\n")
    files = {"waivers.yaml": entry, "people.yaml": known, "vendors/acme.yaml": vendor}
    return load(
        {"policy.yaml": POLICY.replace("tiers: {extends: baseline}\n", more) + "waivers: waivers.yaml\n", **files}
    )


def signed(found: Policy, key: SigningKey, namespace: str = NAMESPACE.decode(), **changes: Any) -> Waiver:
    (waiver,) = found.waivers
    armoured = key.sign(signed_bytes(waiver, "Corp"), namespace).decode()
    return Waiver.model_validate({**waiver.model_dump(), "signature": armoured, **changes})


def problem(keys: dict[str, SigningKey], waiver: Waiver) -> str:
    return granted(waiver, policy(keys), TODAY).problem


def test_the_approvers_own_signature_counts_and_its_key_is_named(keys: dict[str, SigningKey]) -> None:
    found = policy(keys)
    one = granted(signed(found, keys["ida"]), found, TODAY)
    assert (one.problem, one.key) == ("", fingerprint(keys["ida"].public))
    assert one.waiver.signature is None


def test_a_name_alone_is_a_claim(keys: dict[str, SigningKey]) -> None:
    assert problem(keys, policy(keys).waivers[0]) == "nobody signed it"


@pytest.mark.parametrize("signer", ["vic", "ina"])
def test_somebody_elses_key_counts_for_nothing(keys: dict[str, SigningKey], signer: str) -> None:
    """a vendor's, or that of another one of ours"""
    assert problem(keys, signed(policy(keys), keys[signer])) == "it is signed with a key that is not ida's"


@pytest.mark.parametrize(
    "changes",
    [
        {"expires": date(2026, 12, 1)},
        {"issued": date(2026, 11, 2)},
        {"vendor": "globex"},
        {"path": "services/**"},
        {"rules": ("python.flask.command-injection", "B602")},
        {"occurrences": 2},
        {"reason": "another one"},
        {"id": "w2"},
        {"gate": "workflows"},
        {"code": "finding"},
        {"findings": ("v1:" + "9" * 64,)},
        {"repository": "corp/*"},
    ],
)
def test_no_field_can_be_changed_after_signing(keys: dict[str, SigningKey], changes: dict[str, Any]) -> None:
    found = problem(keys, signed(policy(keys), keys["ida"], **changes))
    assert found.startswith("its signature does not hold: ")


def test_every_field_of_a_waiver_is_signed() -> None:
    """a field that is added later and forgotten here could be changed by anybody"""
    whole = dict.fromkeys(("id", "reason", "gate", "code", "vendor", "path", "repository", "approver"), "x") | {
        "rules": ["x"],
        "findings": ["v1:" + "0" * 64],
        "occurrences": 7,
        "issued": "2026-01-01",
        "expires": "2026-01-02",
    }
    assert set(whole) | {"signature"} == set(Waiver.model_fields)
    text = signed_bytes(Waiver.model_validate(whole), "Corp").decode()
    assert all(f'"{name}":' in text for name in whole)


def test_a_signature_made_for_another_use_or_organisation_counts_for_nothing(keys: dict[str, SigningKey]) -> None:
    found = policy(keys)
    assert "was made for namespace 'git'" in problem(keys, signed(found, keys["ida"], "git"))
    (waiver,) = found.waivers
    other = keys["ida"].sign(signed_bytes(waiver, "Globex"), NAMESPACE.decode()).decode()
    assert "does not hold" in problem(keys, waiver.model_copy(update={"signature": other}))


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----", "é" * 60])
def test_what_is_no_signature_counts_for_nothing(keys: dict[str, SigningKey], text: str) -> None:
    assert "does not hold" in problem(keys, policy(keys).waivers[0].model_copy(update={"signature": text}))


def test_whoever_left_approves_nothing_any_more(keys: dict[str, SigningKey]) -> None:
    left = PEOPLE.replace("- id: ida\n", "- id: ida\n  active: {until: 2026-11-22}\n")
    found = policy(keys, people=left)
    assert (
        granted(signed(found, keys["ida"]), found, TODAY).problem == "its approver ida does not work for us today"
    )


@pytest.mark.parametrize("kind", [("ed25519", 0), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 3072)])
def test_what_we_sign_openssh_and_we_hold_for_good(tmp_path: Path, kind: tuple[str, int]) -> None:
    key = SigningKey.generate(tmp_path, "key", *kind)
    public, armoured = sign_ssh(key.path.read_bytes(), None, b"payload", NAMESPACE)
    assert public == key.public
    assert verify_ssh(armoured.encode(), b"payload", NAMESPACE).status == "good"
    assert verify_ssh(armoured.encode(), b"payloae", NAMESPACE).status == "bad"
    assert verify_ssh(armoured.encode(), b"payload").status == "bad"
    assert openssh_holds(tmp_path, public, armoured)


def openssh_holds(folder: Path, public: str, armoured: str) -> bool:
    (folder / "sig").write_text(armoured)
    (folder / "allowed").write_text(f"ida {public}\n")
    place = ("-f", str(folder / "allowed"), "-s", str(folder / "sig"))
    words = ("ssh-keygen", "-Y", "verify", *place, "-I", "ida", "-n", NAMESPACE.decode())
    done = subprocess.run(words, input=b"payload", capture_output=True, timeout=60, check=False)
    return done.returncode == 0


def test_facts_hold_the_waivers_of_their_vendors_and_the_approver_for_the_record(
    keys: dict[str, SigningKey],
) -> None:
    facts = with_exceptions(values.facts(members=()), policy(keys))
    assert facts.waivers == (Granted(policy(keys).waivers[0], problem="nobody signed it"),)
    assert facts.members == (Member("internal", values.person("ida")),)
    others = with_exceptions(values.facts(attribution=values.attribution(vendors=("unknown",))), policy(keys))
    assert others.waivers == () == others.report_only


WINDOW = "tiers:\n  critical: {report_only_until: DAY}\n"


@pytest.mark.parametrize(("day", "windows"), [("2026-11-23", 1), ("2026-11-22", 0), ("2027-11-23", 1)])
def test_a_window_ends_by_its_date(keys: dict[str, SigningKey], day: str, windows: int) -> None:
    facts = with_exceptions(values.facts(), policy(keys, more=WINDOW.replace("DAY", day)))
    assert facts.report_only == (ReportOnly("acme", date.fromisoformat(day)),) * windows


def test_a_window_that_hardly_ends_is_an_error(keys: dict[str, SigningKey]) -> None:
    found = policy(keys, more=WINDOW.replace("DAY", "2027-11-24"))
    with pytest.raises(
        PolicyError, match=r"policy.yaml:8: .*2027-11-24 is more than 12 months away; allowed: until 2027-11-23"
    ):
        check_windows(found, TODAY)


def test_no_window_is_for_somebody_nobody_registered(keys: dict[str, SigningKey]) -> None:
    facts = values.facts(attribution=values.attribution(vendors=("unknown",)), vendors=())
    assert with_exceptions(facts, policy(keys, more=WINDOW.replace("DAY", "2027-01-31"))).report_only == ()
