"""The facts file gives back exactly the facts that were judged."""

from __future__ import annotations

import dataclasses
import gzip
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence import facts_file
from outsource_gate.evidence.facts_file import (
    digest_of_file,
    facts_bytes,
    facts_digest,
    parse_facts,
    read_facts,
    write_facts,
)
from outsource_gate.model import facts as model
from outsource_gate.model import result
from outsource_gate.model.dependency import DependencyChange, DependencyProblem, DependencyScan, Package
from outsource_gate.model.document import Compared
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Location, Scan
from outsource_gate.model.identity import Account
from outsource_gate.model.past import PastFile, PastFinding, PastScan
from outsource_gate.model.personal import PersonalData, PersonalScan
from outsource_gate.model.review import Context, Push, Review, ReviewState
from outsource_gate.model.secret import Secret, SecretScan
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.terms import Document
from tests import values
from tests.evidence.records import facts

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TIMES = st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1))
ACCOUNTS = st.builds(Account, TEXT, st.none() | st.integers(0, 2**53 - 1), TEXT)
UNAVAILABLE = st.builds(Unavailable, TEXT, TEXT, TEXT)
NOT_ASKED = st.just(model.NotAsked())
REVIEWS = st.builds(
    Review,
    st.integers(0, 2**53 - 1),
    st.none() | ACCOUNTS,
    st.sampled_from(ReviewState),
    st.none() | TEXT,
    st.none() | TIMES,
)
CONTEXTS = st.builds(
    Context,
    st.sampled_from(["forge", "handed-over"]),
    TEXT,
    st.sampled_from(["github", "gitlab", ""]),
    st.none() | st.integers(0, 10**6),
    st.none() | ACCOUNTS,
    st.none() | st.lists(ACCOUNTS, max_size=2).map(tuple),
    st.lists(st.builds(Push, TEXT, TIMES, st.none() | ACCOUNTS), max_size=2).map(tuple),
    st.just(()),
    st.none() | st.lists(REVIEWS, max_size=3).map(tuple),
)
OWNERS = st.from_type(model.Owners)
LINES = st.integers(0, 2**53 - 1)
FINDINGS = st.builds(Finding, location=st.builds(Location, TEXT, LINES, LINES, LINES))
SCANS = st.builds(Scan, findings=st.lists(FINDINGS, max_size=2).map(tuple))
FOUND = st.lists(st.builds(Secret, line=LINES), max_size=2).map(tuple)
PAST = st.builds(
    PastScan,
    files=st.lists(st.builds(PastFile, TEXT), max_size=2).map(tuple),
    findings=st.lists(st.builds(PastFinding, TEXT, FINDINGS), max_size=2).map(tuple),
)
PERSONAL = st.builds(
    PersonalScan,
    found=st.lists(st.builds(PersonalData, TEXT, TEXT, count=LINES, path=TEXT, line=LINES), max_size=2).map(tuple),
    texts=LINES,
    left_out=LINES,
)
SECRETS = st.builds(SecretScan, secrets=FOUND, blobs=LINES, messages=LINES, left_out=LINES)
PACKAGES = st.builds(Package, st.just("npm"), TEXT, source=st.sampled_from(["index", "vcs"]), line=LINES)
MAYBE = st.none() | PACKAGES
CHANGED = st.builds(DependencyChange, st.sampled_from(["added", "removed"]), MAYBE, MAYBE)
ODD = st.builds(DependencyProblem, st.sampled_from(["unpinned", "elsewhere"]), TEXT, line=LINES)
DEPENDENCIES = st.builds(
    DependencyScan,
    changes=st.lists(CHANGED, max_size=2).map(tuple),
    problems=st.lists(ODD, max_size=2).map(tuple),
    base_indexes=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    left_out=LINES,
)
COUNTS = st.builds(result.SuiteRun, LINES, LINES, LINES, LINES)
REPORTED = st.builds(result.Reported, line=LINES)
TALLIES = st.builds(result.Tally, count=LINES)
RESULTS = st.builds(
    result.Result,
    made_at=TIMES | st.none(),
    findings=st.lists(REPORTED, max_size=2).map(tuple),
    tallies=st.lists(TALLIES, max_size=2).map(tuple),
    tests=COUNTS | st.none(),
)
DOCUMENTS = st.builds(
    Compared,
    st.builds(Document, file=st.just("contracts/msa.pdf"), url=st.none(), sha256=st.just("e" * 64)),
    st.sampled_from(["matches", "differs", "not-checked"]),
    TEXT,
)
FACTS = st.builds(
    facts,
    now=TIMES,
    change=st.from_type(ChangeSet) | UNAVAILABLE,
    context=CONTEXTS | UNAVAILABLE | NOT_ASKED,
    attribution=st.from_type(model.Attribution) | UNAVAILABLE,
    scans=st.lists(SCANS | UNAVAILABLE, max_size=2).map(tuple),
    coverage=st.lists(st.from_type(CoverageRow), max_size=2).map(tuple),
    owners=OWNERS | UNAVAILABLE | NOT_ASKED,
    policy_at_head=TEXT | UNAVAILABLE | NOT_ASKED,
    secrets=SECRETS | UNAVAILABLE | NOT_ASKED,
    past=PAST | UNAVAILABLE | NOT_ASKED,
    personal=PERSONAL | UNAVAILABLE | NOT_ASKED,
    dependencies=DEPENDENCIES | UNAVAILABLE | NOT_ASKED,
    results=st.lists(RESULTS | UNAVAILABLE, max_size=2).map(tuple) | NOT_ASKED,
    documents=st.lists(DOCUMENTS, max_size=2).map(tuple) | NOT_ASKED,
)


@settings(max_examples=40)
@given(FACTS)
def test_facts_survive_the_round_trip(known: Facts) -> None:
    assert parse_facts(facts_bytes(known)) == known


@settings(max_examples=40)
@given(FACTS)
def test_the_bytes_of_what_was_read_are_the_bytes_that_were_written(known: Facts) -> None:
    raw = facts_bytes(known)
    assert facts_bytes(parse_facts(raw)) == raw


def test_every_field_of_the_facts_is_in_the_file() -> None:
    """Nothing that a gate may see is left out."""
    written = json.loads(facts_bytes(facts()))
    assert set(written["facts"]) == {field.name for field in dataclasses.fields(Facts)}
    assert written["factsVersion"] == 1


def test_facts_from_before_there_was_a_fact_say_that_nobody_asked() -> None:
    """an old file is read, and silence is no result"""
    old = edited(lambda whole: whole["facts"].pop("secrets"))
    assert parse_facts(old).secrets == model.NotAsked()


def test_text_that_is_no_unicode_does_not_prevent_a_record() -> None:
    known = facts(repository="corp/\ud800pay")
    assert parse_facts(facts_bytes(known)).repository == "corp/\\ud800pay"


def test_one_moment_has_one_spelling() -> None:
    cairo = timezone(timedelta(hours=2))
    assert facts_bytes(facts(now=values.NOW.astimezone(cairo))) == facts_bytes(facts())


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(EvidenceError, match="no time zone"):
        facts_bytes(facts(now=values.NOW.replace(tzinfo=None)))


def test_the_file_gives_back_the_facts_and_is_named_by_its_content(tmp_path: Path) -> None:
    path, raw = tmp_path / "x.facts.json.gz", facts_bytes(facts())
    write_facts(path, raw)
    assert read_facts(path) == facts()
    assert digest_of_file(path) == facts_digest(raw)


def test_equal_facts_give_equal_files(tmp_path: Path) -> None:
    """No time and no name is in the compression's header."""
    for name in ("one", "two"):
        write_facts(tmp_path / name, facts_bytes(facts()))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def edited(edit: Any) -> bytes:
    whole = json.loads(facts_bytes(facts()))
    edit(whole)
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (lambda whole: whole.update(factsVersion=2), "version 2"),
        (lambda whole: whole.pop("factsVersion"), "version None"),
        (lambda whole: whole["facts"].update(extra=1), "facts.extra"),
        (lambda whole: whole["facts"]["vendors"][0].update(extra=1), "vendors.0.extra"),
        (lambda whole: whole["facts"]["context"].update(extra=1), "context"),
        (lambda whole: whole["facts"]["change"].pop("merge_base"), "merge_base"),
        (lambda whole: whole["facts"].update(stage="later"), "stage"),
        (lambda whole: whole["facts"]["context"].update(number="7"), "number"),
    ],
)
def test_facts_that_are_not_quite_facts_are_refused(edit: Any, complaint: str) -> None:
    with pytest.raises(EvidenceError, match=complaint):
        parse_facts(edited(edit))


def test_a_list_at_the_top_is_no_facts_file() -> None:
    with pytest.raises(EvidenceError, match="version None"):
        parse_facts(b"[]")


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda raw: raw[:-10], "cut off"),
        (lambda raw: raw + b"x", "after its end"),
        (lambda raw: raw + gzip.compress(b"more"), "after its end"),
        (lambda _: b"", "cut off"),
        (lambda _: b"plain text", "not a gzip file"),
        (lambda raw: raw[:40] + bytes([raw[40] ^ 0xFF]) + raw[41:], "damaged"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, damage: Any, complaint: str) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(damage(gzip.compress(facts_bytes(facts()), mtime=0)))
    with pytest.raises(EvidenceError, match=complaint):
        read_facts(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_file, "MAX_FACTS", 3 << 20)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * (8 << 20)))
    with pytest.raises(EvidenceError, match="inside"):
        digest_of_file(path)


def test_an_oversized_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_file, "MAX_COMPRESSED", 10)
    path = tmp_path / "big.gz"
    path.write_bytes(b"x" * 11)
    with pytest.raises(EvidenceError, match="more than 10"):
        read_facts(path)


def test_a_missing_file_says_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="beside its record"):
        read_facts(tmp_path / "none.gz")
