"""GitLab, asked over HTTP: what comes out for a change."""

from __future__ import annotations

import builtins
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from outsource_gate.errors import ForgeError
from outsource_gate.forges.gitlab import FORGE, ask
from outsource_gate.forges.gitlab_event import detect
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Context, ReviewState
from outsource_gate.web.session import Bounds
from tests.forges.fake_gitlab import (
    FORK,
    JOB_TOKEN,
    PATH,
    TOKEN,
    USERS,
    Fake,
    at,
    job,
    reviewed,
    running,
    sha,
    user,
)

VIC, INA = Account("vicv", 815), Account("ina", 1)
NONE = {"OUTSOURCE_GATE_TOKEN": "", "CI_JOB_TOKEN": ""}


@pytest.fixture
def fake() -> Iterator[Fake]:
    with running(reviewed()) as fake:
        yield fake


def people(fake: Fake, **changes: str) -> Context:
    event = FORGE.detect(job(fake, **changes))
    assert event is not None
    return FORGE.ask(event).people()


def whole(fake: Fake, *teams: str, **changes: str) -> Context:
    event = detect(job(fake, **changes))
    assert event is not None
    asking = ask(event, bounds=Bounds(seconds=10))
    return asking.reviews(asking.people(), teams)


def reason(context: Context, fact: str) -> str:
    gap = context.gap(fact)
    assert gap is not None
    return f"{gap.reason} -> {gap.next_step}"


def test_a_typical_request_takes_six_questions(fake: Fake) -> None:
    context = whole(fake)
    assert (context.source, context.forge, context.repository, context.number) == ("forge", "gitlab", PATH, 7)
    assert (context.opener, context.pushers, context.head) == (VIC, (VIC,), None)
    assert [(push.sha, push.by) for push in context.pushes if push.by] == [(sha("a"), VIC), (sha("c"), VIC)]
    assert context.arrival(sha("a")) == at(10)
    assert context.reviews is not None
    assert [(row.reviewer, row.state, row.commit) for row in context.reviews] == [
        (INA, ReviewState.APPROVED, sha("a"))
    ]
    assert [gap.fact for gap in context.gaps] == ["commits"]
    assert len(fake.asked) == 6


def test_a_change_without_vendors_takes_two_questions(fake: Fake) -> None:
    """Reviews stay unasked, and None says so."""
    assert people(fake).reviews is None
    assert len(fake.asked) == 2


def test_who_started_the_pipeline_is_nobody_of_the_change(fake: Fake) -> None:
    context = people(fake, GITLAB_USER_LOGIN="ida", GITLAB_USER_ID="2")
    assert (context.opener, context.pushers) == (VIC, (VIC,))


def test_the_pushers_of_a_fork_are_asked_of_the_fork(fake: Fake) -> None:
    fake.source_project = FORK
    assert people(fake).pushers == (VIC,)
    assert fake.asked[-1] == f"/projects/{FORK}/events"


def test_a_fork_that_is_gone_leaves_the_pushers_unknown(fake: Fake) -> None:
    fake.source_project = None
    context = people(fake)
    assert context.pushers is None
    assert "gone" in reason(context, "pushers")


def test_an_opener_whose_account_is_gone_is_missing(fake: Fake) -> None:
    fake.author = None
    context = people(fake)
    assert context.opener is None
    assert "gone" in reason(context, "opener")


def test_a_version_that_no_event_tells_of_leaves_the_pushers_unknown(fake: Fake) -> None:
    fake.versions.insert(1, {"id": 99, "head_commit_sha": sha("d"), "created_at": fake.versions[0]["created_at"]})
    context = whole(fake)
    assert context.pushers is None
    assert "who pushed ddddddd" in reason(context, "pushers")


@pytest.mark.parametrize("kind", ["merged_result", "merge_train"])
def test_of_a_merge_that_gitlab_made_the_requests_head_is_named(fake: Fake, kind: str) -> None:
    context = whole(fake, CI_MERGE_REQUEST_EVENT_TYPE=kind, CI_COMMIT_SHA=sha("d"))
    assert context.head == sha("a")
    assert context.reviews is not None
    assert context.reviews[0].commit == sha("a")


@pytest.mark.parametrize(
    ("request_", "changes", "text"),
    [
        ({}, {"CI_COMMIT_SHA": "d" * 40}, "its head is aaaaaaa, this job judges ddddddd"),
        ({"sha": None}, {}, "its head is none"),
        ({"sha": None}, {"CI_MERGE_REQUEST_EVENT_TYPE": "merge_train"}, "its head is none"),
        ({"target_branch": "stable"}, {}, "into 'main', GitLab says 'stable'"),
        ({}, {"CI_PROJECT_ID": "13", "CI_MERGE_REQUEST_PROJECT_ID": "13"}, "its id is 12, the job says 13"),
        ({"iid": 8}, {}, "answered with request !8"),
        ({}, {"CI_MERGE_REQUEST_IID": "8"}, "404"),
        ({}, {"CI_PROJECT_PATH": "corp/other"}, "404"),
    ],
)
def test_variables_of_another_request_lend_nothing(
    fake: Fake, request_: Mapping[str, Any], changes: dict[str, str], text: str
) -> None:
    """Else a job could borrow an opener and approvals."""
    fake.request.update(request_)
    with pytest.raises(ForgeError, match=text):
        people(fake, **changes)


PUSH = {"CI_PIPELINE_SOURCE": "push", "CI_MERGE_REQUEST_IID": "", "CI_COMMIT_BRANCH": "feature"}


def test_a_branch_pipeline_finds_the_one_request_of_its_head(fake: Fake) -> None:
    context = whole(fake, **PUSH)
    assert (context.number, context.opener, context.pushers, context.head) == (7, VIC, (VIC,), None)
    assert context.reviews is not None


def test_a_merge_that_was_pushed_to_the_target_belongs_to_its_request(fake: Fake) -> None:
    fake.request.update(state="merged", merge_commit_sha=sha("a"), sha=sha("d"))
    fake.push("vicv", sha("d"), 12)
    context = people(fake, **PUSH | {"CI_COMMIT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": sha("b")})
    assert (context.number, context.head) == (7, sha("d"))


@pytest.mark.parametrize("differs", [{"state": "closed"}, {"target_branch": "stable"}, {"sha": "d" * 40}])
def test_a_request_that_only_holds_the_commit_is_not_the_branchs(fake: Fake, differs: dict[str, str]) -> None:
    fake.request.update(differs)
    context = whole(fake, **PUSH)
    assert (context.number, context.opener, context.reviews) == (None, None, None)
    assert "not exactly one merge request into main" in reason(context, "opener")
    assert "no merge request is known" in reason(context, "reviews")


def test_a_head_of_two_requests_belongs_to_neither(fake: Fake) -> None:
    """Else whoever opens a second one would choose the opener."""
    other = fake.answer(f"/projects/{PATH}/merge_requests/7", {})
    assert other is not None
    fake.others = [other | {"iid": 8, "author": user("ida")}]
    assert people(fake, **PUSH).opener is None


def test_a_branch_of_another_project_lends_nothing(fake: Fake) -> None:
    with pytest.raises(ForgeError, match="its id is 12, the job says 13"):
        people(fake, **PUSH | {"CI_PROJECT_ID": "13"})


def test_a_push_without_a_request_has_its_pushers(fake: Fake) -> None:
    fake.heads["main"] = sha("b")
    fake.push("ina", sha("f"), 30, branch="main")
    changes = {"CI_COMMIT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": sha("b"), "CI_COMMIT_SHA": sha("f")}
    context = people(fake, **PUSH | changes)
    assert (context.opener, context.pushers) == (None, (INA,))


def test_a_jobs_own_token_says_which_one_reads_more(fake: Fake) -> None:
    context = whole(fake, "corp/engineering", OUTSOURCE_GATE_TOKEN="")
    assert (context.opener, context.pushers, context.reviews) == (VIC, None, None)
    for fact in ("pushers", "reviews"):
        assert "the job's own token (403) -> set OUTSOURCE_GATE_TOKEN to a project access token" in reason(
            context, fact
        )
        assert "read_api" in reason(context, fact)
    assert {headers.get("JOB-TOKEN") for headers in fake.headers} == {JOB_TOKEN}
    assert not any("PRIVATE-TOKEN" in headers for headers in fake.headers)


def test_our_own_token_goes_into_its_header_alone(fake: Fake) -> None:
    people(fake)
    assert {headers.get("PRIVATE-TOKEN") for headers in fake.headers} == {TOKEN}
    assert not any("JOB-TOKEN" in headers for headers in fake.headers)


def test_without_a_token_nothing_is_said(fake: Fake) -> None:
    with pytest.raises(ForgeError, match="a job without token"):
        people(fake, **NONE)


def test_members_are_those_who_are_active(fake: Fake) -> None:
    fake.members = [
        user("ina"),
        user("ina"),
        user("ida") | {"state": "blocked"},
        user("robo") | {"membership_state": "awaiting"},
    ]
    (team,) = whole(fake, "corp/engineering").teams
    assert (team.name, team.members) == ("corp/engineering", (INA,))


def test_a_group_that_may_not_be_read_is_a_gap_and_not_empty(fake: Fake) -> None:
    context = whole(fake, "corp/engineering", "corp/secret")
    assert [team.members for team in context.teams] == [(), None]
    assert "account is a member of corp/secret" in reason(context, "team corp/secret")
    assert context.reviews is not None


def test_everything_is_read_to_the_end(fake: Fake) -> None:
    """Two pages of each."""
    fake.members = [{"id": number, "username": f"m{number}", "state": "active"} for number in range(1, 151)]
    for number in range(150):
        fake.note("ina", "changed the description", 11)
        fake.push("ida", f"{number + 1:040x}", 11, branch=f"other-{number}")
    fake.request_changes("ida", 30)
    fake.reviewers.clear()
    context = whole(fake, "corp/engineering")
    assert context.teams[0].members is not None
    assert len(context.teams[0].members) == 150
    assert context.pushers == (VIC,)
    assert context.reviews is not None
    assert [row.state for row in context.reviews] == [ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED]


def test_members_of_parent_groups_are_no_members(fake: Fake) -> None:
    """A contractor may be in a parent group for another reason."""
    fake.members = [user("ina")]
    whole(fake, "corp/engineering")
    assert fake.asked[-1] == "/groups/corp/engineering/members"


def test_scanning_for_long_takes_no_time_from_the_questions(fake: Fake) -> None:
    event = detect(job(fake))
    assert event is not None
    asking = ask(event, bounds=Bounds(seconds=0.8))
    context = asking.people()
    time.sleep(0.9)
    assert asking.reviews(context, ()).reviews is not None


def test_more_approvals_than_can_be_looked_at_are_a_missing_fact(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1000, 1021):
        monkeypatch.setitem(USERS, f"u{number}", number)
        fake.approve(f"u{number}", 25)
    context = whole(fake)
    assert context.reviews is None
    assert "22 accounts approve" in reason(context, "reviews")


def test_a_bot_is_known_by_its_account(fake: Fake) -> None:
    fake.approve("robo", 25)
    context = whole(fake)
    assert context.reviews is not None
    assert [row.reviewer.type for row in context.reviews if row.reviewer] == ["User", "Bot"]


def test_a_bot_is_known_also_where_only_updates_came_since_its_approval(fake: Fake) -> None:
    """An approval of an earlier head may count, too; one without a commit never does."""
    fake.approved = {"robo": 5, "ida": 1}
    context = whole(fake)
    assert context.reviews is not None
    types = {row.commit: row.reviewer.type for row in context.reviews if row.reviewer}
    assert types == {sha("c"): "Bot", None: "User"}
    assert [path for path in fake.asked if path.startswith("/users/")] == ["/users/9"]


def test_a_reviewer_who_has_not_approved_costs_one_question(fake: Fake) -> None:
    fake.reviewers["ida"] = "requested_changes"
    context = whole(fake)
    assert context.reviews is not None
    assert context.reviews[-1].state is ReviewState.CHANGES_REQUESTED
    assert len(fake.asked) == 7


def test_a_head_pushed_while_we_ask_takes_its_approval_along(fake: Fake) -> None:
    """The approval was given to what came later, and is not taken for one of this head."""
    event = detect(job(fake))
    assert event is not None
    asking = ask(event)
    context = asking.people()
    fake.approved.clear()
    fake.push("vicv", sha("d"), 30)
    fake.approve("ina", 40)
    context = asking.reviews(context, ())
    assert context.reviews is not None
    assert context.reviews[0].commit == sha("d")


def test_a_missing_client_says_how_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "gitlab":
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    event = detect(job(Fake(url="https://forge.example")))
    assert event is not None
    with pytest.raises(ForgeError, match=r"pip install 'outsource-gate\[gitlab\]'"):
        ask(event)


def test_no_configuration_file_names_another_server(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """python-gitlab's own file, and a .netrc, stay unread."""
    config = tmp_path / "gitlab.cfg"
    config.write_text("[global]\ndefault = other\n[other]\nurl = http://127.0.0.1:9\nprivate_token = theirs\n")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login theirs password theirs\n")
    monkeypatch.setenv("PYTHON_GITLAB_CFG", str(config))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GITLAB_URL", "http://127.0.0.1:9")
    assert people(fake).opener == VIC
    assert "Authorization" not in fake.headers[0]
    assert fake.headers[0]["PRIVATE-TOKEN"] == TOKEN
