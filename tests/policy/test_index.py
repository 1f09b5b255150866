"""Look-ups: who is this address, account or key."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.identity import Account
from outsource_gate.policy.index import Register
from tests.policy.keys import ED25519, OPENPGP, OPENPGP_FINGERPRINT
from tests.policy.memory import ACME, GLOBEX, PEOPLE, POLICY, load


def register(**files: str) -> Register:
    return Register.of(load({name.replace("__", "/") + ".yaml": text for name, text in files.items()}))


WHOLE = register()


def who(member: object) -> str | None:
    return f"{member.organisation}/{member.person.id}" if member else None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("vic@acme-dev.example", "acme/vic"),
        ("VIC@Acme-Dev.Example", "acme/vic"),
        ("ina@corp.example", "internal/ina"),
        ("v\u0131c@acme-dev.example", None),
        ("vi\u0441@acme-dev.example", None),
        ("in\u0430@corp.example", None),
        ("\u212ana@corp.example", None),
        (" vic@acme-dev.example", None),
        ("", None),
    ],
)
def test_by_email(email: str, expected: str | None) -> None:
    """case of A to Z counts for nothing; look-alikes and odd spellings are nobody"""
    assert who(WHOLE.by_email(email)) == expected


def test_look_alikes_that_fold_to_ascii() -> None:
    """the Kelvin sign is no k, the long s no s"""
    kay = register(people=f"{PEOPLE}- {{id: kay, emails: [kays@x.example]}}\n")
    assert who(kay.by_email("KAYS@x.example")) == "internal/kay"
    assert kay.by_email("\u212aays@x.example") is None
    assert kay.by_email("kay\u017f@x.example") is None


@pytest.mark.parametrize(
    ("account", "forge", "expected"),
    [
        (Account("vicv", 4711), "github", "acme/vic"),
        (Account("renamed", 4711), "github", "acme/vic"),
        (Account("VICV"), "github", "acme/vic"),
        (Account("vicv", 9), "github", None),
        (Account("vicv", 4711), "gitlab", None),
        (Account("vic.v", 815), "gitlab", "acme/vic"),
        (Account("vic.v", 815), "", "acme/vic"),
        (Account("ina", 4711), "github", "acme/vic"),
        (Account("nobody"), "", None),
        (Account("vicv", 9), "", None),
    ],
)
def test_by_account(account: Account, forge: str, expected: str | None) -> None:
    """numeric ids decide where both sides have one, a login alone only where one is missing"""
    assert who(WHOLE.by_account(account, forge)) == expected


def test_a_login_registered_without_id() -> None:
    """where the register has no id, the login decides"""
    zoe = register(people=f"{PEOPLE}- {{id: zoe, github: {{login: zoe}}}}\n")
    assert who(zoe.by_account(Account("Zoe", 77), "github")) == "internal/zoe"


def test_two_answers_are_none() -> None:
    """one number on two forges is two people; without a forge nobody guesses"""
    both = register(vendors__globex=GLOBEX + "people: [{id: gus, gitlab: {login: gusg, id: 1}}]\n")
    assert who(both.by_account(Account("ina", 1), "github")) == "internal/ina"
    assert who(both.by_account(Account("gusg", 1), "gitlab")) == "globex/gus"
    assert both.by_account(Account("ina", 1), "") is None


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("4711+vicv@users.noreply.github.com", "acme/vic"),
        ("4711+renamed@users.noreply.github.com", "acme/vic"),
        ("4711+VicV@Users.NoReply.GitHub.com", "acme/vic"),
        ("4711+vicv@users.noreply.git.corp.example", "acme/vic"),
        ("9+vicv@users.noreply.github.com", None),
        ("vicv@users.noreply.github.com", None),
        ("815-vic.v@users.noreply.gitlab.com", "acme/vic"),
        ("815-vic.v@users.noreply.github.com", None),
        ("815+vic.v@users.noreply.gitlab.com", None),
        ("4711+vicv@noreply.github.com", None),
        ("4711+vicv@users.noreply.github.com@x.example", None),
        ("\u0664711+vicv@users.noreply.github.com", None),
        ("0004711+vicv@users.noreply.github.com", None),
    ],
)
def test_by_noreply(email: str, expected: str | None) -> None:
    """the number in a forge's own address leads to the registered account with that number"""
    assert who(WHOLE.by_noreply(email)) == expected


def test_by_key() -> None:
    """a key is the same whatever its comment; an OpenPGP key goes by its fingerprint"""
    vendor = ACME.replace("emails: [vic", f"signing_keys: [{ED25519} vic@laptop]\n    emails: [vic")
    armour = OPENPGP.strip().replace("\n", "\n      ")
    people = f"{PEOPLE}- id: zoe\n  signing_keys:\n    - |\n      {armour}\n"
    keys = register(vendors__acme=vendor, people=people)
    assert who(keys.by_key(ED25519)) == who(keys.by_key(f"{ED25519} other comment")) == "acme/vic"
    assert who(keys.by_key(OPENPGP_FINGERPRINT)) == who(keys.by_key(OPENPGP_FINGERPRINT.lower())) == "internal/zoe"
    assert keys.by_key("F" * 40) is None
    assert keys.by_key("") is None
    assert [key.strip() for key in keys.openpgp_keys()] == [OPENPGP.strip()]


@pytest.mark.parametrize(
    ("pattern", "email", "expected"),
    [
        ("*@corp.example", "new@corp.example", True),
        ("*@corp.example", "New.Person+tag@Corp.Example", True),
        ("*@corp.example", "new@sub.corp.example", False),
        ("*@corp.example", "new@corp.example.evil.example", False),
        ("*@corp.example", "new@corp-example", False),
        ("*@corp.example", "new@evil.example@corp.example", False),
        ("*@corp.example", "n\u0435w@corp.example", False),
        ("*@corp.example", "new person@corp.example", False),
        ("*@corp.example", "new@corp.example\n", False),
        ("*@*.corp.example", "new@eu.corp.example", True),
        ("*@*.corp.example", "new@a.b.corp.example", True),
        ("*@*.corp.example", "new@corp.example", False),
        ("*@*.corp.example", "new@evilcorp.example", False),
        ("svc-*@corp.example", "svc-build@corp.example", True),
        ("svc-*@corp.example", "build@corp.example", False),
        ("ci@corp.example", "CI@corp.example", True),
        ("ci@corp.example", "xci@corp.example", False),
    ],
)
def test_matches_internal(pattern: str, email: str, expected: bool) -> None:
    """a pattern fits addresses of its own domain, spelt in ASCII, and nothing around them"""
    found = register(policy=POLICY.replace("*@corp.example", pattern)).matches_internal(email)
    assert found == (pattern if expected else None)


@given(st.text(max_size=40), st.integers(1, 10**6) | st.none())
def test_strangers_are_nobody(text: str, number: int | None) -> None:
    """no text leads to a person whom it does not name exactly"""
    known = {"vicv", "vic.v", "ina", "ida"}
    found = WHOLE.by_account(Account(text, number))
    assert found is None or number in (1, 2, 815, 4711) or text.lower() in known
    assert WHOLE.by_key(text) is None
    member = WHOLE.by_email(text)
    assert member is None or text.lower() in member.person.emails


def test_look_ups_do_not_grow() -> None:
    """a register of a thousand people answers as fast as one of three"""
    many = "".join(
        f"- {{id: p{n}, emails: [p{n}@x.example], github: {{login: p{n}, id: {n + 10}}}}}\n" for n in range(1000)
    )
    large = register(people=PEOPLE + many)

    def spent(of: Register) -> float:
        started = time.process_time()
        for _ in range(2000):
            of.by_email("ina@corp.example"), of.by_account(Account("ina", 1)), of.by_email("x@y.example")
        return time.process_time() - started

    assert min(spent(large) for _ in range(3)) < 5 * min(spent(WHOLE) for _ in range(3))
