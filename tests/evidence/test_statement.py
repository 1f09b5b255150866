"""The statement says what was decided and what it rests on, the same for the same inputs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from outsource_gate.evidence.canonical import canonical_bytes
from outsource_gate.evidence.envelope import MAX_PAYLOAD
from outsource_gate.evidence.expiry import valid_until
from outsource_gate.evidence.facts_file import moment
from outsource_gate.evidence.predicate import schema_text
from outsource_gate.evidence.run import RunContext, run_context
from outsource_gate.evidence.statement import decision_digest
from outsource_gate.model.facts import Chosen, CommitAttribution, Facts, NotAsked, Unavailable
from outsource_gate.model.finding import Read
from outsource_gate.model.verdict import Decision, Effect, Reason, Stage, Status, Verdict, Where
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.oversight_terms import OversightSettings
from tests import values
from tests.evidence.records import SETTINGS, ReviewSettings, facts, failing, passing, statement, undecided

SCHEMA = Path(__file__).resolve().parents[2] / "docs/schemas/evidence-v1.schema.json"
LOST = facts(change=Unavailable("shallow clone", "git fetch --unshallow"))


def predicate(known: Facts | None = None, decision: Decision | None = None, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = statement(known, decision, **more)["predicate"]
    return found


def test_the_published_schema_is_that_of_the_models() -> None:
    """Written by `make docs`."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize(
    "whole",
    [
        statement(),
        statement(decision=failing()),
        statement(LOST, undecided()),
        statement(facts(context=NotAsked(), scans=(Unavailable("semgrep ended", fact="semgrep"),)), undecided()),
        statement(facts(context=Unavailable("no forge"), attribution=Unavailable("no forge")), undecided()),
        statement(facts(vendors=(), attribution=values.attribution(vendors=(), commits=(), roles=()))),
    ],
    ids=["allow", "deny", "no change", "no scan", "no forge", "no vendor"],
)
def test_every_statement_fits_the_published_schema(whole: dict[str, Any]) -> None:
    jsonschema.validate(whole, json.loads(SCHEMA.read_text()))


def test_equal_inputs_give_equal_bytes() -> None:
    assert canonical_bytes(statement()) == canonical_bytes(statement())


def test_the_subject_is_the_head_by_commit_and_tree() -> None:
    (subject,) = statement()["subject"]
    assert subject["digest"] == {"gitCommit": values.HEAD, "gitTree": values.TREE}
    assert subject["name"] == "forge.example/corp/payments"
    assert subject["annotations"] == {"sourceRefs": ["HEAD"]}


def test_a_forge_gives_the_commit_a_page() -> None:
    (subject,) = statement(facts(context=values.context(forge="gitlab")))["subject"]
    assert subject["uri"] == f"https://forge.example/corp/payments/-/commit/{values.HEAD}"


def test_without_a_known_change_the_facts_are_the_subject() -> None:
    whole = statement(LOST, undecided())
    assert whole["subject"][0]["digest"] == whole["predicate"]["facts"]["digest"]
    assert whole["predicate"]["missing"] == [
        {"fact": "change", "reason": "shallow clone", "nextStep": "git fetch --unshallow"}
    ]


def test_how_the_frame_was_chosen_is_in_the_record() -> None:
    chosen = predicate(facts(chosen=Chosen(clock="given", policy="outside")))["chosen"]
    assert (chosen["clock"], chosen["policy"], chosen["base"]) == ("given", "outside", "detected")


def test_handed_over_facts_are_named_whatever_the_frame_says() -> None:
    assert predicate(facts(chosen=Chosen(context="none")))["chosen"]["context"] == "handed-over"


def test_the_effective_settings_are_inline() -> None:
    assert predicate()["settings"] == [{"vendor": "acme", "gate": "review", "settings": {"approvals": 1}}]


def test_a_reason_is_in_the_record_whole() -> None:
    reason = Reason(
        "path-denied", "no", Effect.DENY, "a", "b", Where("x/y", 3, values.HEAD), "c", "d", "MSA", finding="f"
    )
    (found,) = predicate(decision=failing(reason))["verdicts"][-1]["reasons"]
    assert found == {
        "code": "path-denied",
        "effect": "deny",
        "message": "no",
        "got": "a",
        "expected": "b",
        "where": {"path": "x/y", "line": 3, "commit": values.HEAD},
        "nextStep": "c",
        "who": "d",
        "internal": "MSA",
        "audience": "contractor",
        "duty": "vendor",
        "finding": "f",
        "waiver": "",
    }


def test_scans_and_coverage_are_counted_and_what_was_not_read_is_named() -> None:
    rows = (values.row(), values.row("logo.png", Read.INERT, reason="picture"))
    seen = (values.finding(), values.finding(new=False))
    found = predicate(facts(scans=(values.scan("semgrep", *seen),), coverage=rows))
    assert found["scans"][0]["findings"] == {"high": 2}
    assert (found["scans"][0]["new"], found["scans"][0]["newFindings"]) == (1, {"high": 1})
    assert found["coverage"]["counts"] == {"inert": 1, "scanned": 1}
    assert found["coverage"]["notScanned"] == [{"path": "logo.png", "read": "inert", "reason": "picture"}]


def test_reviews_that_nobody_could_ask_for_are_null_not_none_at_all() -> None:
    assert predicate(facts(context=values.context(reviews=None)))["reviews"] is None
    assert predicate(facts(context=values.context()))["reviews"] == []


@pytest.mark.parametrize("setting", [{}, {"acme": {"review": ReviewSettings(approvals=2)}}])
def test_the_decision_digest_binds_the_settings(setting: Any) -> None:
    assert decision_digest("0" * 64, setting, passing()) != decision_digest("0" * 64, SETTINGS, passing())


def test_the_decision_digest_binds_facts_verdicts_and_answer() -> None:
    same = decision_digest("0" * 64, SETTINGS, passing())
    assert same == decision_digest("0" * 64, SETTINGS, passing())
    report_only = dataclasses.replace(passing(), enforced=False)
    others = [
        decision_digest("1" * 64, SETTINGS, passing()),
        decision_digest("0" * 64, SETTINGS, failing()),
        decision_digest("0" * 64, SETTINGS, report_only),
    ]
    assert same not in others


def test_the_decision_digest_does_not_depend_on_pseudonyms() -> None:
    """Who replays a record needs no key."""
    keyed = predicate(decision=failing(), pseudonym_key=b"0123456789abcdef")
    assert keyed["decisionDigest"] == predicate(decision=failing())["decisionDigest"]


def until(known: Facts, **access: Any) -> str:
    found = valid_until(known, {"acme": {"access": AccessSettings(**access)}} if access else {})
    return moment(found) if found else ""


def test_a_decision_is_valid_until_the_first_thing_it_relied_on_is_over() -> None:
    """The last day counts whole, in the organisation's time zone."""
    assert until(facts()) == "2027-01-15T00:00:00Z"
    assert until(facts(timezone="Europe/Berlin")) == "2027-01-14T23:00:00Z"


def test_an_activity_limits_it_where_its_lateness_denies() -> None:
    """the next sprint review is due on the thirtieth; ours denies only where the tier says so"""
    for customer, ends in (("deny", "2026-12-01T00:00:00Z"), ("warn", "2027-01-15T00:00:00Z")):
        wants = OversightSettings.model_validate({"customer": customer})
        found = valid_until(facts(), {"acme": {"oversight": wants}})
        assert found is not None
        assert moment(found) == ends


def leaving(**people: str) -> tuple[Any, ...]:
    return (values.vendor(people=[values.person(id, active={"until": day}) for id, day in people.items()]),)


def test_only_people_of_the_change_limit_it() -> None:
    assert until(facts(vendors=leaving(vic="2026-12-01", val="2026-11-25"))) == "2026-12-02T00:00:00Z"


def test_if_nobody_knows_who_is_in_the_change_everybody_limits_it() -> None:
    unknown = facts(vendors=leaving(vic="2026-12-01", val="2026-11-25"), attribution=Unavailable("no forge"))
    assert until(unknown) == "2026-11-26T00:00:00Z"


def test_what_is_over_already_was_not_relied_on() -> None:
    over = values.contract(valid={"from": "2026-01-01", "until": "2026-11-01"})
    assert until(facts(vendors=(over,))) == ""


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30"])
def test_never_is_a_day_that_does_not_end_the_world(day: str) -> None:
    forever = values.contract(valid={"from": "2026-01-01", "until": day})
    assert until(facts(vendors=(forever,))) == ""


def test_access_limits_too() -> None:
    access = {"repositories": ["corp/payments"], "valid": {"until": date(2026, 11, 30)}}
    assert until(facts(vendors=(values.vendor(access=access),))) == "2026-12-01T00:00:00Z"


@pytest.mark.parametrize(
    ("access", "end"),
    [
        ({"mfa_max_age": "90 days"}, "2026-12-31"),
        ({"training": ["secure_coding"], "training_max_age": "10 months"}, "2026-12-02"),
        ({"devices_max_age": "60 days"}, "2026-12-01"),
        ({"remote_max_age": "60 days"}, "2026-12-01"),
        ({"review_max_age": "60 days", "customer": "deny"}, "2026-12-01"),
        ({"review_max_age": "60 days", "customer": "warn"}, "2027-01-15"),
        ({"mfa_max_age": "30 days"}, "2027-01-15"),
    ],
)
def test_a_paper_that_counts_limits_it_and_one_that_does_not_was_not_relied_on(
    access: dict[str, Any], end: str
) -> None:
    """Second factor, training, devices, the way in; a review where an overdue one denies."""
    assert until(facts(), **access) == f"{end}T00:00:00Z"


def test_before_a_push_nobody_asks_for_papers() -> None:
    assert until(facts(stage=Stage.PUSH), mfa_max_age="90 days") == until(facts())


def test_the_last_engagement_to_run_limits_it() -> None:
    """Any of those that run is enough; one that begins later was not relied on."""
    spans = [
        ("a", "2026-01-15", "2026-11-30"),
        ("b", "2026-06-01", "2026-12-20"),
        ("c", "2027-01-01", "2027-06-30"),
    ]
    listed = [{"id": id, "valid": {"from": start, "until": end}} for id, start, end in spans]
    assert until(facts(vendors=(values.vendor(engagements=listed),)), mfa_max_age="any") == "2026-12-21T00:00:00Z"


def test_a_flood_does_not_prevent_a_record() -> None:
    """5,000 paths, 3,000 commits, 4,000 long reasons: still below 1 MiB, and each cut list says its length."""
    rows = tuple(values.row(f"x/{n}.bin", Read.UNREAD, reason="y" * 2000) for n in range(5000))
    commits = tuple(CommitAttribution(f"{n:040x}", ("acme",), (values.role(),)) for n in range(3000))
    reasons = tuple(Reason("x", "z" * 5000, got=f"{n}", where=Where(f"x/{n}")) for n in range(4000))
    flood = facts(coverage=rows, attribution=values.attribution(commits=commits))
    whole = statement(flood, passing(Verdict("sast", "acme", Status.FAIL, reasons)))
    raw = canonical_bytes(whole)
    assert len(raw) <= MAX_PAYLOAD
    counts = {note["pointer"]: note["count"] for note in whole["predicate"]["cut"]}
    assert counts["/coverage/notScanned"] == 5000
    assert counts["/attribution/commits"] == 3000
    assert counts["/verdicts/4/reasons"] == 4000
    jsonschema.validate(whole, json.loads(SCHEMA.read_text()))


def test_a_secret_in_a_path_or_a_reason_is_not_in_the_record() -> None:
    secret = "gh" + "p_" + hashlib.sha256(b"x").hexdigest()[:36]
    reason = Reason("x", f"token {secret}", where=Where(f"config/{secret}.txt"))
    for key in (None, b"0123456789abcdef"):
        whole = statement(decision=failing(reason), pseudonym_key=key)
        assert secret not in json.dumps(whole)
        assert "secret-looking" in json.dumps(whole)


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({}, RunContext()),
        (
            {
                "GITHUB_ACTIONS": "true",
                "GITHUB_SERVER_URL": "https://forge.example",
                "GITHUB_REPOSITORY": "corp/payments",
                "GITHUB_RUN_ID": "42",
                "GITHUB_EVENT_NAME": "pull_request_target",
            },
            RunContext(
                "github-actions", "https://forge.example/corp/payments/actions/runs/42", "pull_request_target"
            ),
        ),
        ({"GITHUB_ACTIONS": "true"}, RunContext("github-actions")),
        (
            {"GITLAB_CI": "true", "CI_JOB_URL": "https://lab.example/j/1", "CI_PIPELINE_SOURCE": "push"},
            RunContext("gitlab-ci", "https://lab.example/j/1", "push"),
        ),
    ],
)
def test_where_it_ran_is_told_and_outside_of_the_decision(variables: dict[str, str], found: RunContext) -> None:
    assert run_context(variables) == found
    ran = predicate(run=run_context(variables))
    assert ran["run"] == {"system": found.system, "job": found.job, "event": found.event}
    assert ran["decisionDigest"] == predicate()["decisionDigest"]
