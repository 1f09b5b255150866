"""SARIF 2.1.0: what is found, how grave it is, and whether the tool ran to its end."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.finding import Severity
from outsource_gate.results import MAX_LISTED, Content, ResultError, format_of, read_content
from tests.results.sarif import content, result, run, sarif

WARNING = {"id": "R1", "defaultConfiguration": {"level": "warning"}}


def one(found: dict[str, Any], **more: Any) -> Any:
    (reported,) = content(run(found, **more)).findings
    return reported


def test_a_clean_run_is_whole() -> None:
    read = content(run())
    assert (read.tools, read.broken, read.findings, read.commits) == ((("ZAP", "2.16.0"),), (), (), ())
    assert read.made_at == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_a_finding_has_rule_place_and_message() -> None:
    found = one(result())
    assert (found.rule, found.tool, found.path, found.line) == ("R1", "ZAP", "services/pay.py", 3)
    assert (found.message, found.severity, found.suppressed) == ("a header is missing", Severity.MEDIUM, "no")


@pytest.mark.parametrize(
    ("changes", "rule", "severity"),
    [
        ({}, {}, Severity.MEDIUM),
        ({"level": "error"}, {}, Severity.HIGH),
        ({"level": "note"}, {}, Severity.LOW),
        ({"level": "none"}, {}, Severity.LOW),
        ({"level": "grave"}, {}, Severity.MEDIUM),
        ({}, {"defaultConfiguration": {"level": "error"}}, Severity.HIGH),
        ({"level": "note"}, {"defaultConfiguration": {"level": "error"}}, Severity.LOW),
        ({"level": "note"}, {"properties": {"security-severity": "9.8"}}, Severity.CRITICAL),
        ({"level": "error"}, {"properties": {"security-severity": "7.0"}}, Severity.HIGH),
        ({"level": "error"}, {"properties": {"security-severity": 4.0}}, Severity.MEDIUM),
        ({"level": "error"}, {"properties": {"security-severity": "0.1"}}, Severity.LOW),
        (
            {"properties": {"security-severity": "9.0"}},
            {"properties": {"security-severity": "1"}},
            Severity.CRITICAL,
        ),
        ({"level": "error"}, {"properties": {"security-severity": "11"}}, Severity.HIGH),
        ({"level": "error"}, {"properties": {"security-severity": "NaN"}}, Severity.HIGH),
        ({"level": "error"}, {"properties": {"security-severity": True}}, Severity.HIGH),
        ({"level": "error"}, {"properties": {"security-severity": "1e9999999999"}}, Severity.HIGH),
        ({"rank": 95.5}, {}, Severity.CRITICAL),
        ({"rank": 5}, {}, Severity.MEDIUM),
        ({"rank": 95, "level": "note"}, {}, Severity.LOW),
    ],
)
def test_how_grave_it_is(changes: dict[str, Any], rule: dict[str, Any], severity: Severity) -> None:
    """a security severity, else the result's level, the rule's, and warning; a rank only raises that"""
    assert one(result(**changes), rules=[{"id": "R1", **rule}]).severity is severity


@pytest.mark.parametrize(
    "named",
    [
        {"ruleId": "R1", "ruleIndex": 1},
        {"ruleId": None, "rule": {"index": 1}},
        {"ruleId": None, "rule": {"id": "R1"}},
        {"ruleId": "R1/sub"},
        {"ruleId": "X1", "rule": {"id": "X1", "index": 0, "toolComponent": {"index": 0}}},
        {"ruleId": "X1"},
    ],
)
def test_a_rule_is_found_by_index_or_id_in_driver_and_extensions(named: dict[str, Any]) -> None:
    grave = {"properties": {"security-severity": "9.1"}}
    tool = {
        "driver": {"name": "ZAP", "rules": [{"id": "R0"}, {"id": "R1", **grave}]},
        "extensions": [{"name": "pack", "rules": [{"id": "X1", **grave}]}],
    }
    assert one(result(**named), tool=tool).severity is Severity.CRITICAL


def test_a_calls_own_configuration_raises_a_rules_level() -> None:
    override = {"descriptor": {"id": "R1"}, "configuration": {"level": "error"}}
    calls = [{"executionSuccessful": True, "ruleConfigurationOverrides": [override]}]
    assert one(result(), rules=[WARNING], invocations=calls).severity is Severity.HIGH


@pytest.mark.parametrize(
    ("suppressions", "seen"),
    [
        ([], "no"),
        ([{"kind": "inSource"}], "in-source"),
        ([{"kind": "external"}], "external"),
        ([{"kind": "external"}, {"kind": "inSource"}], "in-source"),
        ([{"kind": "external", "status": "accepted"}], "external"),
        ([{"kind": "external", "status": "underReview"}], "no"),
        ([{"kind": "external"}, {"kind": "external", "status": "rejected"}], "no"),
        ([{}], "in-source"),
        ("all", "no"),
    ],
)
def test_suppressed_results_are_kept_and_say_so(suppressions: Any, seen: str) -> None:
    """one that is rejected or under review suppresses nothing"""
    read = content(run(result(suppressions=suppressions)))
    assert [found.suppressed for found in read.findings] == [seen]
    assert [(tally.suppressed, tally.count) for tally in read.tallies] == [(seen, 1)]


@pytest.mark.parametrize("kind", ["pass", "notApplicable", "informational"])
def test_what_the_tool_calls_no_fault_is_none(kind: str) -> None:
    assert content(run(result(kind=kind))).tallies == ()


@pytest.mark.parametrize(("kind", "review"), [("fail", False), ("review", True), ("open", True), ("odd", False)])
def test_what_is_left_to_a_person_says_so(kind: str, review: bool) -> None:
    assert one(result(kind=kind)).review is review


def test_what_the_baseline_has_is_old_and_what_is_gone_is_no_finding() -> None:
    states = [result(baselineState=state) for state in ("unchanged", "updated", "new", "absent")]
    assert [found.old for found in content(run(*states)).findings] == [False, False, True]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"results": None}, "ZAP: it has no array of results, so nothing was scanned"),
        ({"results": {}}, "ZAP: it has no array of results, so nothing was scanned"),
        (
            {"invocations": [{"executionSuccessful": False, "exitCode": 3}]},
            "ZAP: did not run to its end (exit code 3)",
        ),
        (
            {"invocations": [{"executionSuccessful": True}, {"executionSuccessful": False}]},
            "ZAP: did not run to its end (exit code unknown)",
        ),
        ({"invocations": [{"executionSuccessful": True, "exitSignalName": "SIGKILL"}]}, "ZAP: ended by SIGKILL"),
        ({"externalPropertyFileReferences": {"results": [{}]}}, "ZAP: its results stand in another file"),
    ],
)
def test_a_run_that_failed_is_broken(changes: dict[str, Any], told: str) -> None:
    assert content(run(**changes)).broken == (told,)


@pytest.mark.parametrize("kind", ["toolExecutionNotifications", "toolConfigurationNotifications"])
@pytest.mark.parametrize(("level", "broken"), [("error", ("ZAP: no such host",)), ("warning", ()), ("note", ())])
def test_an_error_that_the_tool_notes_is_a_failure(kind: str, level: str, broken: tuple[str, ...]) -> None:
    note = {"level": level, "message": {"text": "no such host"}}
    assert content(run(invocations=[{"executionSuccessful": True, kind: [note]}])).broken == broken


def test_a_file_without_a_run_is_broken() -> None:
    assert content().broken == ("it holds no run of any tool",)


def test_one_broken_run_of_two_is_told() -> None:
    assert content(run(), run(results=None)).broken == ("ZAP: it has no array of results, so nothing was scanned",)


def test_results_outside_of_the_runs_are_not_overlooked() -> None:
    read = content(run(), inlineExternalProperties=[{"results": [result()]}])
    assert read.broken == ("results stand outside of its runs, where they are not read",)


def test_the_commits_of_all_runs_are_given() -> None:
    origins = [{"versionControlProvenance": [{"revisionId": letter * 40}]} for letter in "ABA"]
    assert content(*(run(**origin) for origin in origins)).commits == ("a" * 40, "b" * 40)


@pytest.mark.parametrize(
    ("times", "made"),
    [
        (["2026-11-23T11:00:00Z", "2026-11-22T11:00:00.5Z"], datetime(2026, 11, 22, 11, 0, 0, 500000, UTC)),
        (["2026-11-23T11:00:00Z", None], None),
        (["2026-11-23T11:00:00Z", "yesterday"], None),
        (["2026-11-23T11:00:00"], datetime(2026, 11, 23, 11, tzinfo=UTC)),
        (["2026-11-23T12:00:00+01:00"], datetime(2026, 11, 23, 11, tzinfo=UTC)),
    ],
)
def test_the_earliest_end_is_its_time(times: list[Any], made: Any) -> None:
    """a run without a time leaves the whole without one"""
    assert content(*(run(invocations=[{"endTimeUtc": time}]) for time in times)).made_at == made


@pytest.mark.parametrize(
    ("artifact", "bases", "path"),
    [
        ({"uri": "a%20b.py"}, {}, "a b.py"),
        ({"uri": "./a.py"}, {}, "a.py"),
        ({"uri": "a.py", "uriBaseId": "SRC"}, {"SRC": {"uri": "file:///home/job/"}}, "a.py"),
        (
            {"uri": "a.py", "uriBaseId": "SRC"},
            {"SRC": {"uri": "services/", "uriBaseId": "TOP"}, "TOP": {"uri": "x"}},
            "x/services/a.py",
        ),
        ({"uri": "a.py", "uriBaseId": "SRC"}, {"SRC": {"uri": "s", "uriBaseId": "SRC"}}, "s/s/s/s/a.py"),
        ({"uri": "https://shop.example/cart?id=1"}, {}, "https://shop.example/cart?id=1"),
        ({}, {}, ""),
    ],
)
def test_a_place_below_its_bases(artifact: dict[str, Any], bases: dict[str, Any], path: str) -> None:
    """bases that name each other in a circle end, too"""
    place = [{"physicalLocation": {"artifactLocation": artifact}}]
    assert one(result(locations=place), originalUriBaseIds=bases).path == path


def test_a_message_by_id_is_the_rules() -> None:
    rule = {"id": "R1", "messageStrings": {"miss": {"text": "{0} is missing in {1}"}}}
    found = result(message={"id": "miss", "arguments": ["CSP", "the answer"]})
    assert one(found, rules=[rule]).message == "CSP is missing in the answer"


def test_members_come_in_any_order() -> None:
    """results before the tool that explains them"""
    whole = run(result(), rules=[{"id": "R1", "properties": {"security-severity": "9.9"}}])
    turned = dict(reversed(whole.items()))
    assert content(turned) == content(whole)


def test_all_are_counted_and_the_gravest_are_listed() -> None:
    many = [result(level="note")] * (MAX_LISTED + 50)
    read = content(run(*many, result(level="error", suppressions=[{"kind": "inSource"}]), result(level="error")))
    assert len(read.findings) == MAX_LISTED
    assert read.findings[0].severity is Severity.HIGH
    assert sum(tally.count for tally in read.tallies) == MAX_LISTED + 52


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "no whole JSON text"),
        (b"{}", "it says version nothing"),
        (b"[]", "no SARIF 2.1.0"),
        (b'"x"', "no SARIF 2.1.0"),
        (b'{"version": "2.0.0", "runs": []}', "it says version 2.0.0"),
        (b'{"version": "2.1.0"}', "no SARIF 2.1.0"),
        (b'{"version": "2.1.0", "runs": {}}', "no SARIF 2.1.0"),
        (b'{"version": "2.1.0", "runs": [1]}', "runs[0] is no object"),
        (b'{"version": "2.1.0", "runs": [{"results": [1]}]}', "a result is no object"),
        (sarif(run(result()))[:-1], "no whole JSON text"),
        (sarif(run()) + b"{}", "no whole JSON text"),
        (sarif(run()).decode().encode("utf-16"), "no whole JSON text"),
        (b'{"version": "2.1.0", "runs": [], "runs": []}', "key 'runs' stands twice"),
        (b'{"version": "2.1.0", "runs": [{"results": [], "results": []}]}', "key 'results' stands twice"),
        (
            b'{"version": "2.1.0", "runs": [{"results": [{"level": "error", "level": "note"}]}]}',
            "key 'level' stands twice",
        ),
        (b'{"version": "2.1.0", "runs": [{"results": [{"level": NaN}]}]}', "no whole JSON text"),
    ],
)
def test_what_is_no_whole_sarif_is_refused_with_one_message(raw: bytes, told: str) -> None:
    with pytest.raises(ResultError) as raised:
        read_content(raw, "sarif")
    assert told in raised.value.message


def test_a_byte_order_mark_is_no_obstacle() -> None:
    raw = b"\xef\xbb\xbf" + sarif(run())
    assert format_of(raw) == "sarif"
    assert read_content(raw, "sarif").broken == ()


def test_without_the_parser_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ijson", None)
    with pytest.raises(ResultError, match="the package ijson is not installed"):
        content(run())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted({*run(), *result()})), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from(["tool", "invocations", "versionControlProvenance", "originalUriBaseIds"]), JSON)
def test_odd_shapes_never_break_the_reader(odd: Any, part: str, other: Any) -> None:
    """read or refused, and nothing else"""
    raw = json.dumps(
        {"version": "2.1.0", "runs": [{part: odd, "results": [{**result(), "rule": other, "level": other}]}]}
    )
    try:
        assert isinstance(read_content(raw.encode(), "sarif"), Content)
    except ResultError as error:
        assert error.message
