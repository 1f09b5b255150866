"""A register read from its index answers every question as the register itself does, and is never less checked."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.errors import PolicyError
from outsource_gate.excerpt import vendors_named
from outsource_gate.model.facts import Attribution
from outsource_gate.model.identity import Account
from outsource_gate.policy import kept as module
from outsource_gate.policy.index import Register
from outsource_gate.policy.kept_tables import Vendors
from outsource_gate.policy.lint import lint
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.shipped import shipped_folder
from tests.policy.keys import ED25519, OPENPGP, OPENPGP_FINGERPRINT
from tests.policy.memory import ACME, POLICY, WHOLE, MemorySource, models
from tests.policy.test_waivers import FILES as WAIVED

TODAY = date(2026, 11, 23)


@dataclass
class Shelf:
    """Keeps what it is given, as a folder does that nobody else can write."""

    least_bytes: int = 0
    contents: dict[bytes, bytes] = field(default_factory=dict)
    found: int = 0

    def get(self, about: bytes) -> bytes | None:
        self.found += about in self.contents
        return self.contents.get(about)

    def put(self, about: bytes, content: bytes) -> None:
        self.contents[about] = content


def both(files: Mapping[str, str | bytes]) -> tuple[Policy, Policy]:
    """Load a policy without an index, and from one."""
    shelf = Shelf()
    load_policy(MemorySource(files), models(), shelf)
    indexed = load_policy(MemorySource(files), models(), shelf)
    assert shelf.found == 1
    assert isinstance(indexed.vendors, Vendors)
    return load_policy(MemorySource(files), models()), indexed


people_ids = st.sampled_from(["ann", "bob", "cyd", "dee", "eli", "fay"])
numbers = st.integers(1, 10**14)
TIERING = "tiering:\n  data: {public: standard, secret: critical}\n"


@st.composite
def registers(draw: st.DrawFn) -> dict[str, str]:
    """Give a register in which nobody stands twice: people, accounts, keys, relations, answers, imports."""
    free_keys = [ED25519, OPENPGP]

    def person(name: str, at: str) -> dict[str, Any]:
        told: dict[str, Any] = {"id": name}
        if draw(st.booleans()):
            told["emails"] = [f"{name}@{at}.example", f"{name.upper()}.2@{at}.example"]
        for forge, key in (("github", "login"), ("gitlab", "username")):
            if draw(st.booleans()):
                accounts = [{key: f"{name}-{forge}"}, {key: f"{name}-Second"}][: draw(st.integers(1, 2))]
                if draw(st.booleans()):
                    accounts[0] |= {"id": 10 * draw(numbers) + people.index(name)}  # type: ignore[dict-item]
                told[forge] = accounts if draw(st.booleans()) else accounts[0]
        if draw(st.booleans()) and free_keys:
            told["signing_keys"] = [free_keys.pop()]
        if draw(st.booleans()):
            told |= {"name": draw(st.sampled_from(["Änn", "B  B"])), "active": {"from": "2026-01-01"}}
            told |= {"nda": {"signed_on": "2026-01-02"}, "training": {"secure_coding": {"on": "2026-02-01"}}}
        return told

    people: list[str] = draw(st.lists(people_ids, unique=True, max_size=6))
    ours, theirs = people[:2], people[2:]
    vendors = draw(st.lists(st.sampled_from(["acme", "globex", "initech"]), unique=True, min_size=1))
    files = {}
    for number, vendor in enumerate(vendors):
        told: dict[str, Any] = {"id": vendor, "name": vendor.title(), "owner": "procurement@corp.example"}
        told["tier"] = draw(st.sampled_from(["standard", "elevated", "critical"]))
        told["people"] = [person(name, vendor) for at, name in enumerate(theirs) if at % len(vendors) == number]
        if draw(st.booleans()):
            told["answers"] = {"data": draw(st.sampled_from(["public", "secret"]))}
        others = [other for other in vendors if other != vendor]
        told["affiliates"] = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
        if draw(st.booleans()):
            told["deliveries"] = [{"commits": ["a" * 40], "received_on": "2026-05-01", "imported_by": "ina"}]
        files[f"vendors/{vendor}.yaml"] = json.dumps(told, indent=1, ensure_ascii=False)
    internal = [person(name, "corp") for name in ours]
    policy = POLICY + TIERING + "sources: {licences: licences.yaml}\n"
    if draw(st.booleans()):
        policy = policy.replace("people: people.yaml", f"people: {json.dumps(internal, ensure_ascii=False)}")
    else:
        files["people.yaml"] = json.dumps(internal, indent=1, ensure_ascii=False)
    return files | {"policy.yaml": policy, "licences.yaml": "pkg:npm/left@1.0.0: MIT\n"}


def answers(policy: Policy) -> dict[str, Any]:
    """Ask everything that a check asks of who is registered, by every name there is and by some that nobody has."""
    register = Register.of(policy)
    everybody = [*policy.internal, *(person for vendor in policy.vendors.values() for person in vendor.people)]
    emails = [email for person in everybody for email in person.emails] + [
        "nobody@x.example",
        "\udc80@x",
        "",
        "a\0",
    ]
    accounts = [Account(one.login, one.id) for person in everybody for one in person.accounts()]
    accounts += [Account(one.login.upper()) for one in accounts] + [Account(one.login, 7) for one in accounts]
    accounts += [Account("renamed", one.id) for one in accounts] + [Account("nobody", 10**40), Account("\ud800")]
    keys = [ED25519, OPENPGP, OPENPGP_FINGERPRINT, "none"]
    vendors = [*policy.vendors, "nobody", "", "\udc80"]
    return {
        "email": {email: register.by_email(asked) for email in emails for asked in (email, email.upper())},
        "account": {
            (account, forge): register.by_account(account, forge)
            for account in accounts
            for forge in ("", "github", "gitlab", "elsewhere")
        },
        "key": {key: register.by_key(key) for key in keys},
        "noreply": {
            account: register.by_noreply(f"{account.id}+{account.login}@users.noreply.github.com")
            for account in accounts
            if account.login.isascii()
        },
        "pattern": {email: register.matches_internal(email) for email in emails if email.isprintable()},
        "vendor": {vendor: (register.is_vendor(vendor), policy.tier_of(vendor).name) for vendor in vendors},
        "delivery": {commit: register.delivered_by(commit) for commit in ("a" * 40, "b" * 40, "\udc80")},
        "openpgp": register.openpgp_keys(),
        "excerpt": vendors_named(Attribution(tuple(vendors), (), ()), policy.vendors),
        "places": {path: str(place) for path, place in policy.places.items()},
        "written": [
            entry.model_dump_json(by_alias=True, exclude_unset=True)
            for entry in (*policy.internal, *policy.vendors.values(), *policy.waivers)
        ],
        "lint": lint(policy, TODAY),
    }


@given(registers())
@settings(max_examples=60, deadline=None)
def test_an_index_gives_the_same_answers(files: dict[str, str]) -> None:
    plain, indexed = both(files)
    expected = answers(plain)
    for question, given_answers in answers(indexed).items():
        assert given_answers == expected[question], question
    assert indexed == plain
    assert plain == indexed


def test_a_whole_vendor_and_its_waivers_read_back_as_they_were() -> None:
    plain, indexed = both(WHOLE | WAIVED)
    assert indexed == plain
    assert indexed.waivers == plain.waivers != ()
    assert answers(indexed) == answers(plain)
    assert str(indexed.place("vendors", "acme", "contract", "valid")) == "vendors/acme.yaml:9"
    assert str(indexed.place("waivers", "w1", "expires")) == "waivers.yaml:9"


@pytest.mark.parametrize("name", WHOLE)
def test_a_change_to_any_file_is_another_register(name: str) -> None:
    shelf = Shelf()
    load_policy(MemorySource(WHOLE), models(), shelf)
    load_policy(MemorySource({**WHOLE, name: f"{WHOLE[name]}# changed\n"}), models(), shelf)
    assert shelf.found == 0
    assert len(shelf.contents) == 2


def test_a_file_that_is_new_moved_or_gone_is_another_register() -> None:
    shelf = Shelf()
    more = {**WHOLE, "vendors/other.yaml": ACME.replace("acme", "other").replace("vic", "oto").replace("4711", "9")}
    more["vendors/other.yaml"] = more["vendors/other.yaml"].replace("815", "10").replace("oto.v", "oto.w")
    moved = {name.replace("acme", "emca"): text for name, text in WHOLE.items()}
    for files in (WHOLE, more, moved):
        load_policy(MemorySource(files), models(), shelf)
    assert (shelf.found, len(shelf.contents)) == (0, 3)


def test_a_register_that_is_wrong_leaves_no_index() -> None:
    shelf = Shelf()
    with pytest.raises(PolicyError, match="no tier knows this clause"):
        load_policy(MemorySource({**WHOLE, "vendors/acme.yaml": ACME.replace("secure-coding", "securecoding")}),
                    models(), shelf)  # fmt: skip
    assert shelf.contents == {}


def test_another_version_of_this_program_reads_the_register_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    load_policy(MemorySource(), models(), shelf)
    monkeypatch.setattr(module, "_own_code", lambda: "another")
    load_policy(MemorySource(), models(), shelf)
    assert (shelf.found, len(shelf.contents)) == (0, 2)


def test_other_shipped_tiers_are_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vendor's tier is raised by comparing tiers, and those that ship are no file of the register."""
    ours = module._own_code.__wrapped__()
    shutil.copytree(shipped_folder() / "tiers", tmp_path / "tiers")
    monkeypatch.setattr(module, "shipped_folder", lambda: tmp_path)
    assert module._own_code.__wrapped__() == ours
    (tmp_path / "tiers" / "baseline.yaml").write_text("standard: {}\n")
    assert module._own_code.__wrapped__() != ours


def test_a_policy_that_may_not_lie_here_is_an_error_with_an_index_too() -> None:
    """What depends on where the policy is read is no part of the index."""
    shelf = Shelf()
    files = {**WHOLE, "policy.yaml": POLICY + "sources: {tracker: tracker.json}\n"}
    for _ in range(2):
        with pytest.raises(PolicyError, match="this policy lies in the repository"):
            load_policy(MemorySource(files), models(), shelf)


def test_a_small_register_is_read_without() -> None:
    shelf = Shelf(least_bytes=100_000)
    load_policy(MemorySource(), models(), shelf)
    assert shelf.contents == {}


def test_one_vendor_is_read_for_the_one_that_was_asked_for() -> None:
    """Of the other rows nothing is parsed: what stands in them may even be broken."""
    shelf = Shelf()
    load_policy(MemorySource(), models(), shelf)
    [(about, content)] = shelf.contents.items()
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    database.execute("INSERT INTO vendor VALUES (1, 'globex', NULL, 'no vendor')")
    database.commit()
    shelf.contents[about] = database.serialize()
    database.close()
    indexed = load_policy(MemorySource(), models(), shelf)
    assert indexed.vendors["acme"].name == "Acme Dev Ltd"
    with pytest.raises(ValueError, match="JSON"):
        indexed.vendors["globex"]


def test_names_are_taken_for_their_own_people_alone() -> None:
    """Whoever puts other vendors into a policy does not keep the look-ups of those before."""
    _, indexed = both(WHOLE)
    emptied = replace(indexed, vendors={})
    assert Register.of(emptied).by_email("vic@acme-dev.example") is None
    assert Register.of(indexed).by_email("vic@acme-dev.example") is not None
