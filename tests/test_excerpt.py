"""Which part of the register goes into facts and record."""

from __future__ import annotations

from outsource_gate.excerpt import bots_named, members_named, vendors_named
from outsource_gate.model.facts import CommitAttribution, Member, NotAsked, Unavailable
from outsource_gate.model.identity import Account
from outsource_gate.policy.schema import Bot
from tests import values

BOTS = (Bot.model_validate({"id": "renovate", "github_id": 9, "may_touch": ["*.json"]}),)


def by_account(account: Account, _: str) -> Member | None:
    person = {1: values.INA, 4711: values.VIC}.get(account.id or 0)
    return Member("internal" if account.id == 1 else "acme", person) if person else None


def test_only_the_vendors_of_the_change_are_taken() -> None:
    register = {"acme": values.vendor(), "globex": values.vendor(id="globex")}
    assert [vendor.id for vendor in vendors_named(values.attribution(), register)] == ["acme"]


def test_of_a_vendor_only_the_people_in_the_change_are_taken() -> None:
    """The others are nobody's business here."""
    (vendor,) = vendors_named(values.attribution(), {"acme": values.vendor()})
    assert [person.id for person in vendor.people] == ["vic"]


def test_names_and_keys_stay_in_the_register() -> None:
    named = values.person("vic", name="Vic Vendor", signing_keys=[])
    (vendor,) = vendors_named(values.attribution(), {"acme": values.vendor(people=[named])})
    assert vendor.people[0].name is None


def test_everybody_with_an_account_in_the_change_is_a_member_once() -> None:
    context = values.context(values.review(), values.review(id=2), values.review(Account("stranger", 99)))
    members = members_named(values.attribution(), context, by_account)
    assert [(member.organisation, member.person.id) for member in members] == [("acme", "vic"), ("internal", "ina")]


def test_without_attribution_or_context_nobody_is_taken() -> None:
    gone = Unavailable("shallow")
    assert vendors_named(gone, {"acme": values.vendor()}) == ()
    assert members_named(gone, values.context(), by_account) == ()
    assert members_named(values.attribution(), NotAsked(), by_account) == ()
    assert bots_named(gone, BOTS) == ()


def test_only_bots_of_the_change_are_taken() -> None:
    robot = values.role("author", "internal", "renovate", is_person=False)
    attribution = values.attribution(commits=(CommitAttribution(values.HEAD, (), (robot,)),))
    assert [bot.id for bot in bots_named(attribution, BOTS)] == ["renovate"]
    assert bots_named(values.attribution(), BOTS) == ()
