"""Whose approval counts: one test per sentence of the specification."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.approval import Standing, standings
from outsource_gate.model.facts import Attribution, CommitAttribution, Facts, Member
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Context, Gap, Push, Review, Team
from outsource_gate.model.source import ChangeSet
from tests import values

MERGE, MAIN = "7" * 40, "8" * 40


def stand(facts: Facts, teams: tuple[str, ...] = ()) -> dict[str, Standing]:
    assert isinstance(facts.change, ChangeSet)
    assert isinstance(facts.attribution, Attribution)
    assert isinstance(facts.context, Context)
    return {
        standing.name: standing
        for standing in standings(facts, facts.change, facts.attribution, facts.context, teams)
    }


def one(*reviews: Review, teams: tuple[str, ...] = (), **changes: Any) -> Standing:
    (standing,) = stand(values.facts(context=values.context(*reviews), **changes), teams).values()
    return standing


def contributing(*roles: Any) -> Attribution:
    return values.attribution(commits=(CommitAttribution(values.HEAD, ("acme",), roles),))


def test_an_internal_person_who_is_not_in_the_change_counts() -> None:
    assert one(values.review()).counts


@pytest.mark.parametrize(
    ("reviewer", "why"),
    [
        (Account("renovate[bot]", 9, "Bot"), "bot"),
        (Account("stranger", 99), "not in the register"),
        (values.VIC_ACCOUNT, "same vendor"),
        (values.VAL_ACCOUNT, "same vendor"),
        (Account("ina", 999), "not in the register"),
    ],
)
def test_who_may_not_approve(reviewer: Account, why: str) -> None:
    """A bot, a stranger, the author, a colleague, a re-created login."""
    standing = one(values.review(reviewer))
    assert not standing.counts
    assert why in standing.barred


@pytest.mark.parametrize("affiliate", [True, False])
def test_nobody_of_another_vendor_approves(affiliate: bool) -> None:
    """An affiliate is named as one."""
    organisation = "acme-labs" if affiliate else "globex"
    lab = Member(organisation, values.person("lab", github={"login": "lab", "id": 50}))
    standing = one(values.review(Account("lab", 50)), members=(lab,))
    assert ("affiliate" in standing.barred) == affiliate
    assert not standing.counts


@pytest.mark.parametrize("role", ["author", "committer", "co-author", "signer"])
def test_whoever_is_named_in_a_commit_approves_nothing(role: str) -> None:
    """Even untruly: dropping the trailer is the cure."""
    assert (
        "named in the change"
        in one(values.review(), attribution=contributing(values.role(role, "internal", "ina"))).barred
    )


@pytest.mark.parametrize("role", ["opener", "pusher"])
def test_opener_and_pushers_approve_nothing(role: str) -> None:
    attribution = values.attribution(roles=(values.role(role, "internal", "ina"),))
    assert "named in the change" in one(values.review(), attribution=attribution).barred


def test_a_login_alone_counts_where_an_id_is_missing() -> None:
    assert one(values.review(Account("INA"))).counts


def test_several_accounts_of_one_person_count_once() -> None:
    ina = Member("internal", values.person("ina", github=[{"login": "ina", "id": 1}, {"login": "ina2", "id": 11}]))
    seen = stand(
        values.facts(members=(ina,), context=values.context(values.review(), values.review(Account("ina2", 11))))
    )
    assert [standing.counts for standing in seen.values()] == [True]


def test_only_members_of_the_named_teams_may_approve() -> None:
    assert one(values.review(), teams=("corp/engineering", "corp/appsec")).counts
    assert "not in corp/appsec" in one(values.review(), teams=("corp/appsec",)).barred


TEAM = ("corp/appsec",)


def told(*members: Account, gaps: tuple[Gap, ...] = (), known: bool = True, **changes: Any) -> Context:
    return values.context(
        values.review(Account("eve", 77)),
        teams=(Team("corp/appsec", members if known else None),),
        gaps=gaps,
        **changes,
    )


def test_the_forges_word_makes_a_member() -> None:
    """a person whom the register does not know, but the forge calls a member of a named team, may approve"""
    (standing,) = stand(values.facts(context=told(Account("eve", 77))), TEAM).values()
    assert standing.counts


@pytest.mark.parametrize("member", [Account("eve", 78), Account("eve"), Account("ina", 1)])
def test_a_login_is_no_membership(member: Account) -> None:
    """only the numeric id says that it is the same account"""
    (standing,) = stand(values.facts(context=told(member)), TEAM).values()
    assert standing.barred == "not in the register"


def test_membership_counts_only_for_teams_that_may_approve() -> None:
    """to be in some team is not to be in the one that is asked for"""
    for teams in ((), ("corp/engineering",)):
        (standing,) = stand(values.facts(context=told(Account("eve", 77))), teams).values()
        assert not standing.counts


def test_a_member_who_opened_the_change_approves_nothing() -> None:
    """independence is asked of accounts, too, where no register says who they are"""
    opened = values.attribution(roles=(values.role("opener", "unknown", None, claim="@eve"),))
    (standing,) = stand(values.facts(context=told(Account("eve", 77)), attribution=opened), TEAM).values()
    assert "named in the change" in standing.barred


def test_a_team_that_could_not_be_asked_leaves_it_open() -> None:
    """neither a member nor none, with the reason why nobody knows"""
    gap = Gap("team corp/appsec", "the token may not read teams")
    (standing,) = stand(values.facts(context=told(gaps=(gap,), known=False)), TEAM).values()
    assert (standing.counts, standing.barred, standing.doubt) == (False, "", "membership")
    assert "the token may not read teams" in standing.unknown


def test_a_list_that_may_lack_somebody_bars_nobody() -> None:
    """of an organisation the forge may show a part: who is in it counts, who is not is not known"""
    parts = (Team("corp/appsec", (Account("eve", 77),)), Team("corp/appsec", None))
    for number, expected in ((77, ("", "")), (78, ("", "membership"))):
        seen = values.context(values.review(Account("eve", number)), teams=parts)
        (standing,) = stand(values.facts(context=seen), TEAM).values()
        assert (standing.barred, standing.doubt) == expected


def test_the_register_may_know_what_the_forge_does_not_tell() -> None:
    """one source that says yes is enough"""
    unread = values.context(values.review(values.IDA_ACCOUNT), teams=(Team("corp/appsec", None),))
    (standing,) = stand(values.facts(context=unread), TEAM).values()
    assert standing.counts


def test_an_approval_of_the_queued_request_counts_where_the_content_is_the_same() -> None:
    """a merge queue makes a commit that nobody approved; its request was"""
    asked = values.context(
        values.review(commit=values.EARLIER), head=values.EARLIER, pushes=(Push(values.EARLIER, values.ARRIVED),)
    )
    for proven, counts in ((values.EARLIER, True), ("", False)):
        facts = values.facts(context=asked, change=values.change(request_head=proven))
        assert [standing.counts for standing in stand(facts).values()] == [counts]


def test_somebody_who_left_approves_nothing() -> None:
    left = Member(
        "internal", values.person("ina", github={"login": "ina", "id": 1}, active={"until": "2026-11-22"})
    )
    assert "active" in one(values.review(), members=(left,)).barred


@pytest.mark.parametrize(
    ("states", "counts"),
    [
        (["APPROVED", "COMMENTED"], True),
        (["APPROVED", "PENDING"], True),
        (["APPROVED", "DISMISSED"], False),
        (["APPROVED", "CHANGES_REQUESTED"], False),
        (["CHANGES_REQUESTED", "APPROVED"], True),
        (["APPROVED", "CHANGES_REQUESTED", "DISMISSED"], False),
    ],
)
def test_the_last_decisive_word_stands(states: list[str], counts: bool) -> None:
    """Comments do nothing; a dismissed word brings none back."""
    reviews = [
        values.review(state=state, id=number, submitted_at=values.LATER + timedelta(minutes=number))
        for number, state in enumerate(states)
    ]
    assert one(*reviews).counts == counts


def test_at_one_instant_the_less_favourable_stands() -> None:
    assert not one(values.review(id=2), values.review(state="CHANGES_REQUESTED")).counts


def test_an_approval_of_another_commit_is_stale() -> None:
    assert "not the head" in one(values.review(commit=values.EARLIER)).stale


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_an_approval_must_be_later_than_the_arrival(late: timedelta) -> None:
    """Equal is not later: a force push can re-bind an old approval to a new head."""
    assert one(values.review(submitted_at=values.ARRIVED + late)).counts == (late > timedelta(0))


def test_the_latest_arrival_of_a_commit_counts() -> None:
    """Pushed, replaced, pushed again: what was said before the last arrival is old."""
    pushes = (Push(values.HEAD, values.ARRIVED), Push(values.HEAD, values.LATER + timedelta(hours=1)))
    facts = values.facts(context=values.context(values.review(), pushes=pushes))
    assert not stand(facts)["ina"].counts


@pytest.mark.parametrize("changes", [{"commit": None}, {"submitted_at": None}])
def test_an_approval_without_commit_or_time_is_listed_and_not_counted(changes: dict[str, Any]) -> None:
    assert one(values.review(**changes)).stale == "names no commit or no time"


def test_an_approval_without_a_commit_does_not_lift_a_block() -> None:
    seen = stand(
        values.facts(
            context=values.context(values.review(state="CHANGES_REQUESTED"), values.review(id=2, commit=None))
        )
    )
    assert not any(standing.counts for standing in seen.values())


def updated(clean: bool) -> Facts:
    """An approved commit, then a merge of main on top as the head."""
    merge = values.commit(values.HEAD, parents=(values.EARLIER, MAIN))
    change = values.change(
        commits=(values.commit(values.EARLIER), merge), update_merges=(values.HEAD,) if clean else ()
    )
    judged = (
        CommitAttribution(values.EARLIER, ("acme",), (values.role(),)),
        CommitAttribution(values.HEAD, ("acme",), (values.role("committer", "internal", "ina"),)),
    )
    pushes = (Push(values.EARLIER, values.ARRIVED), Push(values.HEAD, values.LATER + timedelta(hours=1)))
    return values.facts(
        change=change,
        attribution=values.attribution(commits=judged),
        context=values.context(values.review(commit=values.EARLIER), pushes=pushes),
    )


@pytest.mark.parametrize("clean", [True, False])
def test_an_approval_lasts_through_clean_update_merges_only(clean: bool) -> None:
    """A merge that redoing reproduces brings nothing new, and makes nobody a contributor."""
    assert stand(updated(clean))["ina"].counts == clean


def test_pressing_update_branch_makes_nobody_a_contributor() -> None:
    """The one who pushed only clean update merges is still independent."""
    facts = updated(clean=True)
    assert isinstance(facts.context, Context)
    pushes = (Push(values.EARLIER, values.ARRIVED), Push(values.HEAD, values.LATER, values.INA_ACCOUNT))
    attribution = replace(values.attribution(), roles=(values.role("pusher", "internal", "ina", claim="@ina"),))
    context = replace(facts.context, pushes=pushes)
    assert stand(replace(facts, context=context, attribution=attribution))["ina"].counts


@pytest.mark.parametrize("same", [True, False])
def test_queueing_a_request_makes_nobody_a_contributor(same: bool) -> None:
    """The entry is the approver's commit on GitLab, after a squash on both forges; its content is the request's."""
    entry = values.commit(values.HEAD, parents=(MAIN, values.EARLIER))
    change = values.change(
        commits=(values.commit(values.EARLIER), entry), request_head=values.EARLIER if same else ""
    )
    judged = (
        CommitAttribution(values.EARLIER, ("acme",), (values.role(),)),
        CommitAttribution(values.HEAD, ("acme",), (values.role("author", "internal", "ina"),)),
    )
    facts = values.facts(
        change=change,
        attribution=values.attribution(commits=judged),
        context=values.context(
            values.review(commit=values.EARLIER), pushes=(Push(values.EARLIER, values.ARRIVED),)
        ),
    )
    assert stand(facts)["ina"].counts == same


@given(
    st.lists(st.sampled_from(["APPROVED", "CHANGES_REQUESTED", "DISMISSED", "COMMENTED", "PENDING"]), max_size=6)
)
def test_nothing_but_a_last_approval_counts(states: list[str]) -> None:
    reviews = tuple(
        values.review(state=state, id=number, submitted_at=values.LATER + timedelta(minutes=number))
        for number, state in enumerate(states)
    )
    seen = stand(values.facts(context=values.context(*reviews)))
    decisive = [state for state in states if state in ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")]
    assert any(standing.counts for standing in seen.values()) == (decisive[-1:] == ["APPROVED"])
