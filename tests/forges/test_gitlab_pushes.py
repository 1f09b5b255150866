"""Who pushed, by the project's events."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.forges.gitlab_pushes import Pushed, Stretch, read_pushes
from outsource_gate.forges.gitlab_shapes import PushEvent
from outsource_gate.model.identity import Account
from tests.forges.fake_gitlab import Fake, at, sha

VIC, INA = Account("vicv", 815), Account("ina", 1)


def read(fake: Fake, head: str, **changes: str) -> Pushed:
    events = [PushEvent.model_validate_json(_json(row)) for row in reversed(fake.events)]
    return read_pushes(events, Stretch(fake.branch, head, at(fake.opened), **changes))


def _json(row: object) -> str:
    import json

    return json.dumps(row)


def test_every_push_since_the_branch_was_made_has_its_account() -> None:
    """Also those before the request was opened: it has no version of them."""
    fake = Fake(opened=8)
    fake.push("vicv", sha("c"), 1)
    fake.push("ida", sha("9"), 2, branch="other")
    fake.push("ina", sha("a"), 5)
    pushed = read(fake, sha("a"))
    assert pushed.lacking == ""
    assert [(push.sha, push.by) for push in pushed.pushes] == [(sha("a"), INA), (sha("c"), VIC)]
    assert pushed.pushes[0].seen_at == at(5)


def test_a_push_in_the_middle_that_no_event_tells_of_shows() -> None:
    """A push of many refs at once is one event without commits."""
    fake = Fake()
    fake.push("ina", sha("c"), 1)
    fake.push("vicv", sha("d"), 3, told=False)
    fake.event("vicv", 3, ref=None, ref_type=None, ref_count=9)
    fake.push("ina", sha("a"), 5)
    assert "ddddddd is in no event" in read(fake, sha("a")).lacking


def test_a_branch_whose_first_push_is_in_no_event_shows() -> None:
    fake = Fake()
    fake.push("vicv", sha("c"), 1, told=False)
    fake.push("ina", sha("a"), 5)
    assert "do not go back to the first push" in read(fake, sha("a")).lacking


def test_a_head_that_no_event_tells_of_has_no_pusher() -> None:
    fake = Fake()
    fake.push("ina", sha("c"), 1)
    assert "no event says who pushed aaaaaaa" in read(fake, sha("a")).lacking
    assert "no event says who pushed aaaaaaa" in read(Fake(), sha("a")).lacking


def test_a_push_without_an_account_shows() -> None:
    fake = Fake()
    fake.event(None, 1, commit_to=sha("a"))
    assert "has no account any more" in read(fake, sha("a")).lacking


def test_deleting_the_branch_hides_no_earlier_pusher_while_the_request_is_open() -> None:
    fake = Fake(opened=2)
    fake.push("vicv", sha("c"), 1)
    fake.delete("ina", 200)
    fake.push("ina", sha("a"), 201)
    pushed = read(fake, sha("a"))
    assert pushed.lacking == ""
    assert {push.by for push in pushed.pushes} == {INA, VIC}


def test_servers_need_not_agree_on_the_second() -> None:
    """The deletion came after the request was opened, whatever its stamp says."""
    fake = Fake(opened=2)
    fake.push("vicv", sha("c"), 1)
    fake.delete("ina", 1.5)
    fake.push("ina", sha("a"), 2.5)
    assert {push.by for push in read(fake, sha("a")).pushes} == {INA, VIC}


def test_a_life_of_the_branch_before_the_request_is_another_story() -> None:
    fake = Fake(opened=500)
    fake.push("ida", sha("c"), 1)
    fake.delete("ida", 2)
    fake.push("ina", sha("a"), 300)
    fake.push("ina", sha("9"), 301, branch="other")
    assert [push.by for push in read(fake, sha("a")).pushes] == [INA]


def test_a_request_made_by_the_push_itself_may_be_older_than_the_event() -> None:
    fake = Fake(opened=1)
    fake.push("vicv", sha("a"), 1.1)
    assert read(fake, sha("a")).lacking == ""


def test_no_more_events_are_read_than_needed() -> None:
    fake = Fake(opened=500)
    fake.push("ida", sha("9"), 1, branch="old")
    fake.push("ina", sha("a"), 300)
    events = (PushEvent.model_validate_json(_json(row)) for row in reversed(fake.events))
    read_pushes(events, Stretch(fake.branch, sha("a"), at(500)))
    assert next(events, None) is None
    fake.events.insert(0, fake.events[0])
    events = (PushEvent.model_validate_json(_json(row)) for row in reversed(fake.events))
    read_pushes(events, Stretch(fake.branch, sha("a"), at(500)))
    assert next(events, None) is not None


def test_a_push_to_a_branch_is_followed_to_what_was_there() -> None:
    fake = Fake()
    fake.push("ida", sha("c"), 1)
    fake.push("vicv", sha("d"), 2)
    fake.push("ina", sha("a"), 3)
    events = [PushEvent.model_validate_json(_json(row)) for row in reversed(fake.events)]
    pushed = read_pushes(events, Stretch(fake.branch, sha("a"), None, sha("c")))
    assert (pushed.lacking, [push.by for push in pushed.pushes]) == ("", [INA, VIC])


@given(st.lists(st.sampled_from(["vicv", "ina", "ida"]), min_size=1, max_size=9), st.data())
def test_a_pusher_is_never_missing_without_a_word(names: list[str], data: st.DataObject) -> None:
    """Whichever events are withheld: either everybody is named, or it says what is lacking."""
    fake = Fake(opened=30)
    for minute, name in enumerate(names):
        fake.push(name, f"{minute + 1:040x}", minute)
    hidden = data.draw(st.sets(st.integers(0, len(names) - 1)))
    fake.events = [event for place, event in enumerate(fake.events) if place not in hidden]
    pushed = read(fake, f"{len(names):040x}")
    assert bool(pushed.lacking) == bool(hidden)
    if not hidden:
        assert {push.by.login for push in pushed.pushes if push.by} == set(names)
