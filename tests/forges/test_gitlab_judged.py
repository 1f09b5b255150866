"""How an approval on GitLab is judged: the adapter's word, and approval.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from outsource_gate.approval import Standing, standings
from outsource_gate.forges.gitlab import ask
from outsource_gate.forges.gitlab_event import detect
from outsource_gate.model.facts import Attribution, Member
from outsource_gate.model.review import Context, ReviewState
from tests import values
from tests.forges.fake_gitlab import Fake, job, reviewed, running, sha


@pytest.fixture
def fake() -> Iterator[Fake]:
    with running(reviewed()) as fake:
        yield fake


def whole(fake: Fake) -> Context:
    event = detect(job(fake))
    assert event is not None
    asking = ask(event)
    return asking.reviews(asking.people(), ())


def judge(context: Context) -> list[Standing]:
    ina = values.person("ina", gitlab={"username": "ina", "id": 1})
    ida = values.person("ida", gitlab={"username": "ida", "id": 2})
    robo = values.person("robo", gitlab={"username": "robo", "id": 9})
    members = tuple(Member("internal", person) for person in (ina, ida, robo))
    facts = replace(values.facts(), members=members, context=context, today=date(2026, 11, 1))
    assert isinstance(facts.attribution, Attribution)
    return list(standings(facts, values.change(), facts.attribution, context, ()))


def counted(context: Context) -> list[str]:
    return [standing.name for standing in judge(context) if standing.counts]


def test_an_approval_after_the_last_push_counts(fake: Fake) -> None:
    assert sha("a") == values.HEAD
    assert counted(whole(fake)) == ["ina"]


def test_an_approval_before_the_last_push_does_not_count(fake: Fake) -> None:
    """GitLab keeps it where the project does not reset approvals."""
    fake.approved = {"ina": 5}
    context = whole(fake)
    assert counted(context) == []
    assert judge(context)[0].stale == "approved ccccccc, which is not the head"


def test_an_approval_does_not_outlive_a_push_back_to_the_approved_head(fake: Fake) -> None:
    fake.push("vicv", sha("d"), 30)
    fake.push("vicv", sha("a"), 40)
    context = whole(fake)
    assert counted(context) == []
    assert "before aaaaaaa arrived" in judge(context)[0].stale


def test_a_bots_approval_does_not_count(fake: Fake) -> None:
    fake.approved = {"robo": 20}
    assert counted(whole(fake)) == []


def test_a_request_for_changes_takes_the_approval_away(fake: Fake) -> None:
    fake.request_changes("ina", 30)
    (standing,) = judge(whole(fake))
    assert standing.review.state is ReviewState.CHANGES_REQUESTED
    assert standing.may_approve
