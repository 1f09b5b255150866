"""outsource-gate vendors: list, show and due as a user sees them."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main
from tests.policy.memory import ACME, GLOBEX, PEOPLE, POLICY

NOW = ("--now", "2026-11-23T12:00:00Z")
STANDARD = ACME.replace("tier: critical", "tier: standard").replace(
    "gitlab: {username: vic.v, id: 815}", "nda: {signed_on: 2026-01-12}"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy with one vendor of which nothing is late on that day."""
    (tmp_path / "vendors").mkdir()
    (tmp_path / "policy.yaml").write_text(POLICY)
    (tmp_path / "people.yaml").write_text(PEOPLE)
    (tmp_path / "vendors" / "acme.yaml").write_text(STANDARD)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], folder: Path) -> Any:
    def run(*arguments: str, now: tuple[str, ...] = NOW) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["vendors", *arguments, "--policy", str(folder), *now])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_nothing_late_is_exit_0(run: Any) -> None:
    code, out, err = run("due", "--within", "30")
    assert (code, err) == (0, "")
    assert out.startswith("nothing is overdue, nothing is due until 2026-12-23   Corp, 1 vendor, 2026-11-23\n")
    assert "next: acme, end of access, 2026-12-31 (in 38 days)" in out


def test_something_due_is_exit_0_and_something_overdue_exit_1(run: Any) -> None:
    """the last day is due, the day after it is over"""
    assert run("due", now=("--now", "2027-01-14T23:59:00Z"))[0] == 1  # access ended two weeks earlier
    code, out, _ = run("due", now=("--now", "2026-12-31T23:59:00Z"))
    assert code == 0
    assert "2026-12-31  today" in out
    assert run("due", now=("--now", "2027-01-01T00:00:00Z"))[0] == 1


def test_something_missing_is_exit_1(run: Any, folder: Path) -> None:
    (folder / "vendors" / "globex.yaml").write_text(GLOBEX)
    code, out, _ = run("due")
    assert code == 1
    assert "globex  contract · the vendor's · asked by standard.contract · vendors/globex.yaml:1" in out


def test_days_are_counted_in_the_organisations_time_zone(run: Any, folder: Path) -> None:
    (folder / "policy.yaml").write_text(POLICY + "timezone: Asia/Tokyo\n")
    assert "2026-11-24" in run("list", now=("--now", "2026-11-23T15:00:00Z"))[1].splitlines()[0]


@pytest.mark.parametrize("within", [("90",), ("90 days",), ("90", "days"), ("3 months",), ("3", "months")])
def test_a_span_is_written_as_people_write_it(run: Any, within: tuple[str, ...]) -> None:
    """with or without quotes, and without a unit in days"""
    code, out, err = run("due", "--within", *within)
    assert (code, err) == (0, "")
    assert "end of access" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("due", "--within", "soon"), "'soon' is no span such as 90 days, 6 months or 90"),
        (("due", "--within", "0"), "'0' is no span"),
        (("due", "--within", "90 days", "days"), "'90 days days' is no span"),
        (("due", "--output", "pdf"), "'pdf' is not one of"),
        (("due", "--vendor", "acne"), "--vendor acne: not registered; registered: acme"),
        (("show", "acne"), "VENDOR acne: not registered; registered: acme"),
        (("due", "--now", "yesterday"), "'yesterday' is no RFC 3339 time"),
    ],
)
def test_usage_errors_are_exit_2(run: Any, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments, now=())
    assert (code, out) == (2, "")
    assert said in err


def test_a_register_that_cannot_be_read_is_exit_2(run: Any, folder: Path) -> None:
    (folder / "vendors" / "acme.yaml").write_text("id: [\n")
    assert run("due")[0] == 2


def test_the_formats_are_machine_readable(run: Any, folder: Path) -> None:
    (folder / "vendors" / "globex.yaml").write_text(GLOBEX)
    kinds = {row["kind"] for row in csv.DictReader(StringIO(run("due", "--output", "csv")[1]))}
    duties = json.loads(run("due", "--output", "json")[1])["duties"]
    assert {"contract", "access"} <= kinds == {duty["kind"] for duty in duties}
    assert run("due", "--output", "markdown")[1].startswith("## ")
    calendar = run("due", "--output", "ics")[1]
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VEVENT") == len(duties)
    assert "DTSTAMP:20261123T120000Z\r\n" in calendar


def test_one_vendors_duties_alone(run: Any, folder: Path) -> None:
    (folder / "vendors" / "globex.yaml").write_text(GLOBEX)
    code, out, _ = run("due", "--vendor", "acme")
    assert code == 0
    assert "globex" not in out


def test_the_line_is_that_of_the_register(run: Any, folder: Path) -> None:
    duties = json.loads(run("due", "--output", "json")[1])["duties"]
    (found,) = [duty for duty in duties if duty["kind"] == "access"]
    text = (folder / "vendors" / "acme.yaml").read_text().splitlines()
    assert "until: 2026-12-31" in text[found["line"] - 1]


def test_a_list_and_a_screen(run: Any) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert "acme" in out
    assert json.loads(run("list", "--output", "json")[1])[0]["contract_until"] == "2027-01-14"
    code, out, _ = run("show", "acme")
    assert code == 0
    assert "Acme Dev Ltd (acme)   standard   vendors/acme.yaml, 2026-11-23" in out
    shown = json.loads(run("show", "acme", "--output", "json")[1])
    assert shown["vendor"]["contract"]["reference"] == "MSA-2026-014"
