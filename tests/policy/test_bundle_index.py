"""Look-ups in a bundle: the register's answers, with everybody else under a hash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.facts import Member
from outsource_gate.model.identity import Account
from outsource_gate.policy.bundle_index import Names, hidden_pattern
from outsource_gate.policy.index import Register
from outsource_gate.policy.patterns import fits
from tests.policy.bundles import KEY, bundle
from tests.policy.keys import ED25519, OPENPGP, OPENPGP_FINGERPRINT
from tests.policy.memory import GLOBEX, PEOPLE, load

BLOCK = OPENPGP.strip().replace("\n", "\n        ")
ZOE = f"- id: zoe\n  gitlab: {{login: zoe}}\n  signing_keys:\n    - {ED25519}\n    - |\n        {BLOCK}\n"
GUS = "people: [{id: gus, emails: [gus@globex.example, gus@corp.example], github: {login: gusg, id: 77}}]\n"
POLICY = load({"people.yaml": PEOPLE + ZOE, "vendors/globex.yaml": GLOBEX + GUS})
WHOLE, INDEX = Register.of(POLICY), bundle(POLICY).index
NAMES = Names(KEY)


def organisation(member: Member | None) -> str | None:
    """Other vendors are one in a bundle."""
    return None if member is None else "elsewhere" if member.organisation == "globex" else member.organisation


@pytest.mark.parametrize(
    "email",
    [
        "vic@acme-dev.example",
        "VIC@Acme-Dev.Example",
        "ina@corp.example",
        "gus@globex.example",
        "gus@corp.example",
        "vi\u0441@acme-dev.example",
        "\u212ana@corp.example",
        "4711+renamed@users.noreply.github.com",
        "1+ina@users.noreply.github.com",
        "77+gusg@users.noreply.github.com",
        "815-vic.v@users.noreply.gitlab.com",
        "9-zoe@users.noreply.gitlab.com",
        "9+vicv@users.noreply.github.com",
        "eve@evil.example",
        "",
    ],
)
def test_an_address_is_whose_it_is_in_the_register(email: str) -> None:
    """ours, the vendor's, another vendor's, or nobody's"""
    assert organisation(INDEX.by_email(email)) == organisation(WHOLE.by_email(email))
    assert organisation(INDEX.by_noreply(email)) == organisation(WHOLE.by_noreply(email))
    assert bool(INDEX.matches_internal(email)) == bool(WHOLE.matches_internal(email))


@pytest.mark.parametrize("key", [ED25519, f"{ED25519} laptop", OPENPGP_FINGERPRINT, "F" * 40, ""])
def test_a_key_is_whose_it_is_in_the_register(key: str) -> None:
    """also without its comment, and an OpenPGP key by fingerprint"""
    assert organisation(INDEX.by_key(key)) == organisation(WHOLE.by_key(key))


def test_all_names_of_a_person_lead_to_one_person() -> None:
    """a signer can be told to be the committer, though neither is named"""
    ina = INDEX.by_email("ina@corp.example")
    assert ina is not None
    assert ina == INDEX.by_account(Account("renamed", 1), "github")
    assert ina != INDEX.by_email("ida@corp.example")
    assert ina.person.id.startswith("somebody-")


def test_an_account_without_number_is_found_only_where_none_was_registered() -> None:
    """a login with a registered number is not in the bundle"""
    assert organisation(INDEX.by_account(Account("Zoe"))) == "internal"
    assert INDEX.by_account(Account("ina")) is None


LOCAL = st.text("ab*.-\u0441 @<", max_size=6)
DOMAIN = st.sampled_from(
    ["corp.example", "eu.corp.example", "a.b.corp.example", "corp.example.evil.example", ".corp.example"]
)


@given(
    st.sampled_from(["*", "a*", "*b", "a*b", "ab", "svc-*"]),
    st.sampled_from(["corp.example", "*.corp.example", "*.b.corp.example"]),
    LOCAL,
    DOMAIN,
    st.sampled_from(["", " ", "\n", "@corp.example"]),
)
def test_a_hidden_pattern_fits_what_the_pattern_fits(
    local: str, domain: str, user: str, host: str, end: str
) -> None:
    """and nothing else"""
    pattern, email = f"{local}@{domain}", f"{user}@{host}{end}"
    assert hidden_pattern(pattern, NAMES).fits(email, NAMES) == fits(pattern, email)


@given(st.text(max_size=30))
def test_strangers_are_nobody(text: str) -> None:
    """no text leads to a person whom it does not name exactly"""
    assert INDEX.by_email(text) is None or WHOLE.by_email(text) is not None
    assert INDEX.by_key(text) is None
