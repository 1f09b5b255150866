"""No name, email or login of anybody is in a record; whoever has the facts file can still tell who is meant."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.errors import UsageError
from outsource_gate.evidence.pseudonyms import pseudonyms
from outsource_gate.model.facts import CommitAttribution, Unavailable
from outsource_gate.model.identity import Account, Claim
from outsource_gate.model.verdict import Reason, Status, Verdict
from tests import values
from tests.evidence.records import facts, passing, statement

KEY = b"an organisation's own key"
NAMED = ("Vic Vendor", "vic@acme-dev.example", "vicv", "ina@corp.example", "procurement@corp.example", "mallory")
PEOPLE = facts(
    vendors=(values.vendor(people=[values.person("vic", name="Vic Vendor", emails=["vic@acme-dev.example"])]),),
    context=values.context(values.review(), values.review(Account("mallory", 666), id=2)),
)


def told(text: str, key: bytes | None = None) -> str:
    return pseudonyms(PEOPLE, key).text(text)


@pytest.mark.parametrize("key", [None, KEY])
def test_nobody_is_named_in_a_record(key: bytes | None) -> None:
    """Whatever gates write into their reasons."""
    reason = Reason(
        "x",
        "Vic Vendor <vic@acme-dev.example>: not counted",
        got="@vicv, @mallory, Vic Vendor",
        expected="ina@corp.example",
        next_step="ask procurement@corp.example",
        who="procurement@corp.example",
        internal="VIC@ACME-DEV.EXAMPLE and someone.else@foreign.example",
    )
    decision = passing(Verdict("sast", "acme", Status.FAIL, (reason,), "by Vic Vendor"))
    written = json.dumps(statement(PEOPLE, decision, pseudonym_key=key)).lower()
    assert not [name for name in (*NAMED, "someone.else") if name.lower() in written]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("vic approved", "person-2 approved"),
        ("vic, val.", "person-2, person-1."),
        ("(Vic Vendor <vic@acme-dev.example>)", "(person-2)"),
        ("VIC@acme-dev.EXAMPLE", "person-2"),
        ("@ina: same vendor", "person-4: same vendor"),
        ("ask procurement@corp.example", "ask the owner of acme"),
        ("stranger@nowhere.example", "[address]"),
        ("services/vic/pay.py", "services/vic/pay.py"),
        ("victory", "victory"),
        ("vic-tool 1.2", "vic-tool 1.2"),
        ("left-pad@1.3.0", "left-pad@1.3.0"),
    ],
)
def test_names_go_and_words_stay(text: str, left: str) -> None:
    assert told(text) == left


def test_with_a_key_a_person_is_the_same_in_every_record() -> None:
    elsewhere = facts(vendors=(values.vendor(),), members=())
    one, other = pseudonyms(PEOPLE, KEY), pseudonyms(elsewhere, KEY)
    assert one.text("vic") == other.text("vic")
    assert one.text("vic").startswith("person:")
    assert one.text("vic") != pseudonyms(PEOPLE, KEY + b"2").text("vic")


def test_the_record_says_which_key_it_was() -> None:
    assert statement(pseudonym_key=KEY)["predicate"]["pseudonyms"]["method"] == "hmac-sha256"
    assert statement()["predicate"]["pseudonyms"] == {"method": "ordinal", "key": ""}


def test_a_key_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(UsageError, match="at least 16"):
        pseudonyms(PEOPLE, b"short")


def test_without_a_key_nothing_in_the_record_can_be_guessed_back() -> None:
    """Numbers in the facts' order: a hash of "vic" would be found by trying."""
    predicate = statement(PEOPLE)["predicate"]
    assert {role["who"] for role in predicate["attribution"]["roles"]} == {"person-2"}
    assert [review["reviewer"] for review in predicate["reviews"]] == ["person-4", "somebody-2"]


def test_a_renamed_account_of_a_known_id_is_the_same_person() -> None:
    renamed = facts(context=values.context(values.review(Account("ina-new", 1)), forge="github"))
    names = pseudonyms(renamed, None)
    assert names.of("@ina-new") == names.of("@ina")


def test_an_address_leads_to_the_person_whatever_name_stands_beside_it() -> None:
    posing = values.commit(co_authors=(Claim("Ina Internal", "vic@acme-dev.example"),))
    names = pseudonyms(facts(change=values.change(commits=(posing,))), None)
    assert names.text("Ina Internal <vic@acme-dev.example>") == names.text("vic@acme-dev.example")


def test_a_bot_has_no_privacy() -> None:
    bot = values.role(
        "committer", "internal", "renovate", is_person=False, claim="renovate[bot] <bot@forge.example>"
    )
    known = facts(attribution=values.attribution(commits=(CommitAttribution(values.HEAD, (), (bot,)),)))
    commits = statement(known)["predicate"]["attribution"]["commits"]
    assert commits[0]["roles"][0]["who"] == "renovate"


def test_claims_of_commits_are_hidden_even_if_nobody_could_attribute_them() -> None:
    stranger = values.commit(co_authors=(Claim("Eve Else", "eve@foreign.example"),))
    lost = facts(change=values.change(commits=(stranger,)), attribution=Unavailable("not known"))
    assert "Eve Else" not in pseudonyms(lost, None).text("by Eve Else")


def test_a_hostile_name_does_not_eat_the_codes() -> None:
    """Who calls himself ALLOW changes prose, never what is decided or where."""
    liar = values.commit(author="x@y.example")
    named = facts(change=values.change(commits=(liar,)))
    predicate = statement(named)["predicate"]
    assert predicate["decision"]["answer"] == "ALLOW"


def test_ten_thousand_names_cost_no_time() -> None:
    many = tuple(values.commit(f"{n:040x}", f"vic {n}@acme-dev.example") for n in range(10_000))
    names = pseudonyms(facts(change=values.change(commits=many)), None)
    text = "vic " * 250
    assert "vic" not in names.text(text)


@settings(max_examples=100)
@given(
    st.text(max_size=100), st.sampled_from(["Vic Vendor", "vic@acme-dev.example", "@vicv"]), st.text(max_size=100)
)
def test_an_identity_set_apart_by_spaces_never_stays(before: str, name: str, after: str) -> None:
    assert f" {name} " not in f" {told(f'{before} {name} {after}')} "
