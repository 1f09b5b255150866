"""What is due, in a spreadsheet, a wiki page, a calendar and for other programs."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.duties.listing import DueList
from outsource_gate.duties.obligation import State
from outsource_gate.reports.due_csv import COLUMNS, due_csv
from outsource_gate.reports.due_ics import due_ics
from outsource_gate.reports.due_markdown import due_markdown
from outsource_gate.reports.vendors_json import due_json
from tests.reports.dues import due, listed, nothing, obligation
from tests.reports.hostility import TEXTS

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def events(found: DueList, now: datetime = NOW) -> list[Any]:
    icalendar = pytest.importorskip("icalendar")
    return list(icalendar.Calendar.from_ical(due_ics(found, now)).walk("VEVENT"))


def test_a_spreadsheet_has_one_row_a_duty() -> None:
    rows = list(csv.DictReader(StringIO(due_csv(due()))))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["state"], row["due"], row["days"], row["vendor"], row["person"]) for row in rows] == [
        ("overdue", "2026-11-15", "-8", "acme", ""),
        ("missing", "", "", "globex", "vic"),
        ("due soon", "2026-12-30", "37", "acme", "vic"),
    ]
    assert (rows[1]["ask"], rows[0]["duty"], rows[0]["line"]) == ("localisation@corp.example", "customer", "41")


@given(TEXTS)
def test_no_cell_is_a_formula(text: str) -> None:
    """whatever a register says, a spreadsheet shows it"""
    whole = due_csv(due(listed(obligation(what=f"={text}", note=f"\uff1d{text}", person=f"@{text}"))))
    row = next(csv.DictReader(StringIO(whole)))
    assert all(row[name].startswith("'") for name in ("what", "note", "person"))
    assert whole.count("\n") == whole.count("\r\n") == 2


def test_a_wiki_page_has_a_table() -> None:
    lines = due_markdown(due()).splitlines()
    assert lines[0] == "## 1 overdue, 1 missing, 1 due until 2027-02-21"
    assert [line.split(" | ")[0] for line in lines[6:]] == ["| overdue", "| missing", "| due soon"]


@given(TEXTS)
def test_nothing_of_the_register_is_markup(text: str) -> None:
    lines = due_markdown(due(listed(obligation(what=text)))).splitlines()
    assert len(lines) == 7
    assert "<img" not in lines[-1].replace("`", "") or "`" in lines[-1] or "&#60;" in lines[-1]


def test_programs_get_counts_and_places() -> None:
    found = json.loads(due_json(due()))
    assert found["counts"] == {"overdue": 1, "missing": 1, "due": 1}
    assert (found["day"], found["until"], found["duties"][2]["days"]) == ("2026-11-23", "2027-02-21", 37)
    assert (found["duties"][0]["file"], found["duties"][0]["line"]) == ("vendors/acme.yaml", 41)


@pytest.mark.parametrize("form", [due_csv, due_markdown, due_json])
def test_an_empty_list_is_a_whole_document(form: Any) -> None:
    assert form(nothing())


def test_a_calendar_has_an_event_a_duty_on_its_day() -> None:
    """what is late or missing stands on today, where somebody looks"""
    found = events(due())
    assert [event["DTSTART"].dt for event in found] == [date(2026, 11, 23), date(2026, 11, 23), date(2026, 12, 30)]
    assert [str(event["SUMMARY"]) for event in found] == [
        "OVERDUE: acme: sprint-review",
        "MISSING: globex: vic: NDA",
        "acme: vic: second factor",
    ]
    assert found[0]["DESCRIPTION"].splitlines()[0] == "overdue, 2026-11-15"
    assert {str(name) for name in found[2]["CATEGORIES"].cats} == {"vendor duty", "mfa", "due soon", "acme"}


def test_a_calendar_reminds_before_the_day_and_not_of_what_is_past() -> None:
    found = events(due())
    assert [[alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] for event in found] == [
        [],
        [],
        [timedelta(days=-14), timedelta(days=-2)],
    ]


def test_importing_again_moves_an_event_instead_of_adding_one() -> None:
    """a duty keeps its UID when its day moves; two duties never share one"""
    moved = due(listed(obligation(due=date(2027, 1, 30))))
    assert events(due())[2]["UID"] == events(moved)[0]["UID"]
    twins = events(due(listed(obligation()), listed(obligation())))
    assert twins[0]["UID"] != twins[1]["UID"]


def test_the_time_of_the_list_is_the_stamp() -> None:
    """the same list at the same time is the same file, byte for byte"""
    assert events(due())[0]["DTSTAMP"].dt == NOW
    assert due_ics(due(), NOW) == due_ics(due(), NOW)


@given(TEXTS, st.sampled_from(["ä", "漢", "🙂", "a,b;c\\d"]))
def test_any_text_comes_out_of_a_calendar_as_it_is_shown(text: str, piece: str) -> None:
    """lines end with CR LF, none is longer than 75 octets, and no text makes a property of its own"""
    found = due(listed(obligation(what=f"{piece * 40}{text}\r\nATTENDEE:x", state=State.OVERDUE)))
    raw = due_ics(found, NOW)
    lines = raw.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    (event,) = events(found)
    assert "ATTENDEE" not in event
    assert str(event["SUMMARY"]).startswith(f"OVERDUE: acme: vic: {piece * 40}")
