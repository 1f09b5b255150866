"""Attribution: who wrote this change?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.attribution import NOT_PROVEN, Beliefs, Bot, attribute
from outsource_gate.model.facts import Attribution, Member
from outsource_gate.model.identity import Account, Claim
from outsource_gate.model.review import CommitWord, Context, Push
from outsource_gate.model.source import Commit, Signature
from tests import values

INA_KEY, VIC_KEY, STRANGE_KEY = "ssh-ed25519 INA", "ssh-ed25519 VIC", "ssh-ed25519 EVE"
TODAY = date(2026, 11, 23)
BELIEFS = Beliefs(TODAY, assistants=frozenset({"noreply@assistant.example"}), bots=(Bot("renovate", 29139614),))
LEFT = values.person(
    "leo", emails=["leo@corp.example"], github={"login": "leo", "id": 5}, active={"until": "2026-01-01"}
)
VIC_INSIDE = values.person("vic2", emails=["vic2@corp.example"])


@dataclass(frozen=True)
class Book:
    """A register of six people, looked up the slow way."""

    members: tuple[Member, ...] = (
        Member("internal", values.INA),
        Member("internal", values.IDA),
        Member("internal", LEFT),
        Member("acme", values.VIC),
        Member("acme", VIC_INSIDE),
        Member("globex", values.person("glen", emails=["glen@globex.example"], github={"login": "glen", "id": 60})),
    )

    def _one(self, fits: Any) -> Member | None:
        return next((member for member in self.members if fits(member.person)), None)

    def by_email(self, email: str) -> Member | None:
        return self._one(lambda person: email.lower() in person.emails)

    def by_noreply(self, email: str) -> Member | None:
        number = email.partition("+")[0]
        return self._one(lambda person: any(str(account.id) == number for account in person.github))

    def by_account(self, account: Account, forge: str = "") -> Member | None:
        return self._one(lambda person: person.has_account(account, forge))

    def by_key(self, key: str) -> Member | None:
        owner = {INA_KEY: "ina", VIC_KEY: "vic"}.get(key)
        return self._one(lambda person: person.id == owner)

    def matches_internal(self, email: str) -> str | None:
        return "*@corp.example" if email.lower().endswith("@corp.example") else None

    def is_vendor(self, id: str) -> bool:
        return id in ("acme", "globex")

    def delivered_by(self, commit: str) -> tuple[str, ...]:
        return ("globex",) if commit == DELIVERED else ()


DELIVERED = "d" * 40
BOOK = Book()
VIC, INA, GLEN, EVE = "vic@acme-dev.example", "ina@corp.example", "glen@globex.example", "eve@evil.example"
BY_VIC = values.context()
BY_INA = values.context(opener=values.INA_ACCOUNT, pushers=(values.INA_ACCOUNT,), pushes=())


def judged(*commits: Commit, context: Context | None = BY_INA, **beliefs: Any) -> Attribution:
    return attribute(commits, context, BOOK, replace(BELIEFS, **beliefs))


def good(key: str) -> Signature:
    return Signature("ssh", "good", key)


class TestVendors:
    def test_an_author_of_a_vendor_makes_it_that_vendors(self) -> None:
        assert judged(values.commit(author=VIC)).vendors == ("acme",)

    @pytest.mark.parametrize("field", ["author", "committer"])
    def test_author_and_committer_both_count(self, field: str) -> None:
        theirs, ours = Claim("Vic", VIC), Claim("Ina", INA)
        mixed = values.commit(author=INA)
        mixed = (
            replace(mixed, author=theirs) if field == "author" else replace(mixed, author=ours, committer=theirs)
        )
        assert judged(mixed).vendors == ("acme",)

    def test_a_co_author_counts(self) -> None:
        assert judged(values.commit(author=INA, co_authors=(Claim("Vic", VIC),))).vendors == ("acme",)

    @pytest.mark.parametrize(
        "context", [replace(BY_INA, opener=values.VIC_ACCOUNT), replace(BY_INA, pushers=(values.VIC_ACCOUNT,))]
    )
    def test_opener_and_pushers_count(self, context: Context) -> None:
        """Commits under an internal name, opened or pushed by the vendor, are the vendor's."""
        result = judged(values.commit(author=INA), context=context)
        assert result.vendors == ("acme",)
        assert result.commits[0].vendors == ("acme",)
        assert result.commits[0].notes == (NOT_PROVEN,)

    def test_a_push_that_the_list_of_pushers_leaves_out_counts(self) -> None:
        context = replace(BY_INA, pushes=(Push(values.HEAD, values.ARRIVED, values.VIC_ACCOUNT),))
        assert judged(values.commit(author=INA), context=context).vendors == ("acme",)

    def test_a_vendors_key_under_an_internal_name_counts(self) -> None:
        assert judged(values.commit(author=INA, signature=good(VIC_KEY))).vendors == ("acme",)

    def test_a_registered_vendors_person_beats_the_internal_pattern(self) -> None:
        """Staff augmentation: an address of ours, and still the vendor's person."""
        assert judged(values.commit(author="vic2@corp.example")).vendors == ("acme",)

    def test_an_unknown_identity_is_an_unregistered_vendor(self) -> None:
        assert judged(values.commit(author=EVE)).vendors == ("unknown",)

    @pytest.mark.parametrize("email", ["", "ina@corp.example.evil.example", "ina@c\u043erp.example", "@", "\\xff"])
    def test_odd_addresses_are_nobody(self, email: str) -> None:
        assert "unknown" in judged(values.commit(author=email)).vendors

    def test_several_vendors_are_all_named(self) -> None:
        result = judged(values.commit(author=VIC), values.commit(id=values.EARLIER, author=GLEN))
        assert result.vendors == ("acme", "globex")

    def test_a_no_reply_address_resolves_by_its_number(self) -> None:
        email = "4711+whatever@users.noreply.github.com"
        assert judged(values.commit(author=email)).vendors == ("acme",)


class TestBelief:
    def test_our_people_pushing_our_peoples_commits_are_believed(self) -> None:
        result = judged(values.commit(author="anybody@corp.example"))
        assert result.vendors == ()
        assert all(role.believed for role in result.commits[0].roles)

    def test_one_vendor_claim_takes_the_belief_from_the_others(self) -> None:
        """Prefer believes nobody unproven once a vendor is in the change."""
        result = judged(values.commit(author=VIC), values.commit(id=values.EARLIER, author=INA))
        assert result.commits[1].vendors == ("acme",)

    def test_a_registered_signature_of_the_committer_proves(self) -> None:
        signed = values.commit(author=INA, signature=good(INA_KEY))
        result = judged(signed, context=BY_VIC)
        assert result.commits[0].vendors == ()
        assert result.vendors == ("acme",)

    def test_the_forges_word_proves(self) -> None:
        word = CommitWord(values.HEAD, True, values.INA_ACCOUNT)
        assert judged(values.commit(author=INA), context=replace(BY_VIC, commits=(word,))).commits[0].vendors == ()

    @pytest.mark.parametrize(
        "word",
        [
            CommitWord(values.HEAD, False, values.INA_ACCOUNT),
            CommitWord(values.HEAD, True),
            CommitWord(values.HEAD, True, Account("x", 77)),
        ],
    )
    def test_less_than_the_forges_word_proves_nothing(self, word: CommitWord) -> None:
        assert judged(values.commit(author=INA), context=replace(BY_VIC, commits=(word,))).commits[0].vendors == (
            "acme",
        )

    @pytest.mark.parametrize(
        "signature", [Signature("ssh", "bad", INA_KEY), Signature("ssh", "unchecked", INA_KEY), good(STRANGE_KEY)]
    )
    def test_a_signature_that_is_not_good_proves_nothing(self, signature: Signature) -> None:
        assert judged(values.commit(author=INA, signature=signature), context=BY_VIC).commits[0].vendors == (
            "acme",
        )

    def test_a_colleagues_key_proves_nothing(self) -> None:
        """The key's person must be the committer."""
        stolen = values.commit(author="ida@corp.example", signature=good(INA_KEY))
        assert judged(stolen, context=BY_VIC).commits[0].vendors == ("acme",)

    def test_require_believes_signatures_only(self) -> None:
        result = judged(values.commit(author=INA), verified="require")
        assert result.commits[0].notes == (NOT_PROVEN,)
        assert judged(values.commit(author=INA, signature=good(INA_KEY)), verified="require").commits[0].notes == ()

    @pytest.mark.parametrize(
        ("context", "missing"),
        [
            (None, ("opener", "pushers")),
            (replace(BY_INA, opener=None), ("opener",)),
            (replace(BY_INA, pushers=None), ("pushers",)),
            (replace(BY_INA, pushers=()), ("pushers",)),
        ],
    )
    def test_what_nobody_said_is_missing(self, context: Context | None, missing: tuple[str, ...]) -> None:
        result = judged(values.commit(author=INA), context=context)
        assert result.missing == missing
        assert result.commits[0].notes == (NOT_PROVEN,)

    def test_somebody_who_left_is_nobody_on_the_forge(self) -> None:
        gone = Account("leo", 5)
        result = judged(values.commit(author=INA), context=replace(BY_INA, opener=gone))
        assert result.vendors == ("unknown",)

    def test_a_recreated_login_is_nobody(self) -> None:
        fake = Account("ina", 999)
        assert judged(values.commit(author=INA), context=replace(BY_INA, opener=fake)).vendors == ("unknown",)


class TestNotPersons:
    def test_an_assistant_in_a_trailer_is_no_person(self) -> None:
        trailer = Claim("Assistant", "noreply@assistant.example")
        assert judged(values.commit(author=INA, co_authors=(trailer,))).vendors == ()

    def test_an_assistant_as_author_is_somebody_unknown(self) -> None:
        assert judged(values.commit(author="noreply@assistant.example")).vendors == ("unknown",)

    def test_a_bot_is_believed_by_number_and_the_forges_word(self) -> None:
        bot = Account("renovate[bot]", 29139614, "Bot")
        context = Context(
            "forge", "corp/payments", opener=bot, pushers=(bot,), commits=(CommitWord(values.HEAD, True, bot),)
        )
        assert judged(values.commit(author="renovate@bots.example"), context=context).vendors == ()

    def test_a_bots_name_proves_nothing(self) -> None:
        claim = values.commit(author="29139614+renovate[bot]@users.noreply.github.com")
        assert judged(claim).vendors == ("unknown",)

    def test_a_bots_commit_does_not_hide_its_co_author(self) -> None:
        bot = Account("renovate[bot]", 29139614, "Bot")
        context = replace(BY_INA, commits=(CommitWord(values.HEAD, True, bot),))
        assert judged(values.commit(author=INA, co_authors=(Claim("Vic", VIC),)), context=context).vendors == (
            "acme",
        )

    def test_the_forge_as_committer_leaves_the_author_alone(self) -> None:
        """A web edit: the author's claim stands for itself."""
        for address in ("noreply@github.com", "noreply@gitlab.com"):
            web = replace(values.commit(author=VIC), committer=Claim("the forge", address))
            assert judged(web, context=BY_VIC).vendors == ("acme",)

    def test_the_forge_as_committer_adds_nobody(self) -> None:
        """Of two vendors' web edits each stays its own author's."""
        web = replace(values.commit(author=GLEN), committer=Claim("GitHub", "noreply@github.com"))
        assert judged(values.commit(id=values.EARLIER, author=VIC), web, context=BY_VIC).commits[1].vendors == (
            "globex",
        )

    def test_the_forge_as_committer_proves_nothing(self) -> None:
        web = replace(values.commit(author=INA), committer=Claim("GitHub", "noreply@github.com"))
        assert judged(web, context=BY_VIC).commits[0].vendors == ("acme",)


class TestBundles:
    """Where a vendor's bundle stands in for the register."""

    def test_whoever_holds_it_is_about_to_push(self) -> None:
        """So the change is that vendor's, also where commits name our own people only."""
        found = judged(values.commit(author=INA), context=None, holder="acme", asks_forge=False)
        assert found.vendors == ("acme",)
        assert found.commits[0].vendors == ("acme",)
        assert found.commits[0].notes == (NOT_PROVEN,)
        assert [(role.role, role.organisation) for role in found.roles] == [("pusher", "acme")]

    def test_who_is_not_in_it_may_be_known_elsewhere(self) -> None:
        """Not an unregistered vendor: the register knows more than the bundle."""
        found = judged(values.commit(author=EVE), context=None, holder="acme", asks_forge=False)
        assert found.vendors == ("acme", "elsewhere")
        assert {role.organisation for role in found.commits[0].roles} == {"elsewhere"}

    def test_without_one_nobody_pushes_by_themselves(self) -> None:
        assert judged(values.commit(author=EVE), context=None, asks_forge=False).vendors == ("unknown",)


def test_the_push_stage_asks_for_no_opener() -> None:
    result = judged(values.commit(author=VIC), context=None, asks_forge=False)
    assert (result.vendors, result.missing) == (("acme",), ())


EMAILS = st.sampled_from([VIC, INA, GLEN, EVE, "ida@corp.example", "vic2@corp.example", "", "noreply@github.com"])
CLAIMS = st.builds(Claim, st.just("X"), EMAILS)
SIGNATURES = st.sampled_from(
    [None, good(INA_KEY), good(VIC_KEY), good(STRANGE_KEY), Signature("ssh", "bad", INA_KEY)]
)
COMMITS = st.builds(
    Commit, st.just(values.HEAD), st.just(values.TREE), st.just((values.BASE,)), CLAIMS, CLAIMS,
    st.lists(CLAIMS, max_size=2).map(tuple), st.just(""), SIGNATURES,
)  # fmt: skip
ACCOUNTS = st.sampled_from([values.INA_ACCOUNT, values.VIC_ACCOUNT, Account("glen", 60), Account("eve", 66)])
CONTEXTS = st.none() | st.builds(
    Context, st.just("forge"), st.just("corp/payments"), opener=st.none() | ACCOUNTS,
    pushers=st.none() | st.lists(ACCOUNTS, max_size=2).map(tuple),
)  # fmt: skip


@given(
    st.lists(COMMITS, min_size=1, max_size=4), CONTEXTS, CLAIMS, st.sampled_from(["prefer", "require"]), st.data()
)
def test_adding_a_claim_never_removes_a_vendor(
    commits: list[Commit], context: Context | None, claim: Claim, verified: Any, data: st.DataObject
) -> None:
    """Whatever trailer is added to whichever commit, everybody who answered before still answers."""
    before = judged(*commits, context=context, verified=verified)
    index = data.draw(st.integers(0, len(commits) - 1))
    more = replace(commits[index], co_authors=(*commits[index].co_authors, claim))
    after = judged(*commits[:index], more, *commits[index + 1 :], context=context, verified=verified)
    assert set(before.vendors) <= set(after.vendors)
    for old, new in zip(before.commits, after.commits, strict=True):
        assert set(old.vendors) <= set(new.vendors)


@given(st.lists(COMMITS, max_size=3), CONTEXTS, ACCOUNTS, COMMITS)
def test_adding_a_commit_or_a_pusher_never_removes_a_vendor(
    commits: list[Commit], context: Context | None, pusher: Account, more: Commit
) -> None:
    before = judged(*commits, context=context)
    assert set(before.vendors) <= set(judged(*commits, more, context=context).vendors)
    if context is not None and context.pushers is not None:
        wider = replace(context, pushers=(*context.pushers, pusher))
        assert set(before.vendors) <= set(judged(*commits, context=wider).vendors)


@given(st.lists(COMMITS, min_size=1, max_size=3), CONTEXTS)
def test_every_commit_is_a_vendors_proven_or_noted(commits: list[Commit], context: Context | None) -> None:
    """No commit ends unexplained."""
    result = judged(*commits, context=context)
    for commit in result.commits:
        proven = all(role.believed for role in commit.roles)
        assert commit.vendors or proven or NOT_PROVEN in commit.notes
    assert set(result.vendors) >= {vendor for commit in result.commits for vendor in commit.vendors}


def test_code_that_a_colleague_commits_for_a_vendor_is_the_vendors() -> None:
    """declared by the commit or by the register, and whoever imported it is in the change as well"""
    declared = values.commit(author=INA, deliveries=("acme",))
    found = attribute([declared], BY_INA, BOOK, BELIEFS)
    assert found.vendors == ("acme",)
    assert {role.role for role in found.commits[0].roles} == {"author", "committer", "delivery"}
    registered = values.commit(DELIVERED, author=INA)
    assert attribute([registered], BY_INA, BOOK, BELIEFS).vendors == ("globex",)


def test_a_delivery_by_nobody_we_know_is_an_unregistered_vendors() -> None:
    """a misspelt declaration must not look like none"""
    found = attribute([values.commit(author=INA, deliveries=("acne",))], BY_INA, BOOK, BELIEFS)
    assert found.vendors == ("unknown",)
