"""A finding keeps its first day whatever is done to it, and is closed only where somebody looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.finding import Read
from outsource_gate.model.tracked import Item, Reader, Tracker
from outsource_gate.remediation.file import parse_tracker, tracker_bytes
from outsource_gate.remediation.look import Look, Row
from outsource_gate.remediation.update import taken_in
from tests.remediation.looks import PRINT, SEMGREP, START, after, at, look, only, read, seen, told

OTHER = "v1:" + "8" * 64
DAY = timedelta(days=1)


def test_a_finding_opens_on_the_day_it_is_first_seen() -> None:
    """a finding of a vendor's opens when a scan first has it, under the vendor's name"""
    item = only(after(look(0, seen()), look(3, seen())))
    assert (item.id, item.vendor, item.state, item.path) == ("F1", "acme", "open", "app/ping.py")
    assert (item.first_seen.at, item.last_seen.at, told(item)) == (at(0), at(3), ["opened"])


def test_our_own_findings_are_not_tracked() -> None:
    """a finding of our own people's opens nothing; one of nobody's in the register does"""
    assert after(look(0, seen(vendors=()))).items == ()
    assert only(after(look(0, seen(vendors=None)))).vendor == "unknown"


def test_each_vendor_has_its_own() -> None:
    """a finding that one vendor wrote and another one moved is open at both"""
    assert [item.vendor for item in after(look(0, seen(vendors=("acme", "labs")))).items] == ["acme", "labs"]


def test_a_fixed_one_is_closed() -> None:
    """a finding that its scanner does not find any more in the file it read is closed"""
    item = only(after(look(0, seen()), look(3, rows=read("app/ping.py"))))
    assert (item.state, item.closed_at, told(item)) == ("closed", at(3), ["opened", "closed"])


def test_a_deleted_file_closes_with_the_reason() -> None:
    item = only(after(look(0, seen()), look(3, rows=read("app/other.py"))))
    assert (item.state, item.history[-1].detail) == ("closed", "its file was deleted")


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (look(3, rows={"app/ping.py": Row(Read.UNREAD, (), "")}), "app/ping.py was not read by semgrep"),
        (look(3, rows={"app/ping.py": Row(Read.SCANNED, ("bandit",), "")}), "app/ping.py was not read by semgrep"),
        (look(3, rows={"app/ping.py": Row(Read.INERT, (), "")}), "app/ping.py was not read by semgrep"),
        (look(3, rows=read("app/ping.py"), reader=None), "semgrep did not run"),
        (
            look(3, rows=read("app/ping.py"), reader=SEMGREP.model_copy(update={"version": "1.99.1"})),
            "semgrep 1.99.1 is older than the 1.182.0 that found it",
        ),
    ],
)
def test_nothing_is_closed_unless_somebody_looked(later: Look, why: str) -> None:
    """a file not read, another scanner, an older one: the finding stays open, and it is said why"""
    item = only(after(look(0, seen()), later, later))
    assert (item.state, item.history[-1].detail, told(item)) == ("open", why, ["opened", "not-covered"])


def test_a_renamed_file_keeps_the_day() -> None:
    """a rename that blame or git tells keeps the item; its old name is kept, too"""
    moved = seen("lib/net.py", names=frozenset({"app/ping.py"}))
    item = only(after(look(0, seen()), look(3, moved)))
    assert (item.first_seen.at, item.paths) == (at(0), ("app/ping.py", "lib/net.py"))
    item = only(after(look(0, seen()), look(3, seen("x.py"), moved={"app/ping.py": "x.py"})))
    assert (item.first_seen.at, told(item)) == (at(0), ["opened", "moved"])


def test_renaming_into_what_nobody_reads_closes_nothing() -> None:
    """a file that goes on under a name no scanner reads is not gone, by its content or by git's word"""
    blob = "1" * 40
    unread = {"ping.dat": Row(Read.UNSUPPORTED, (), blob)}
    assert only(after(look(0, seen(blob=blob)), look(3, rows=unread))).state == "open"
    changed = {"ping.dat": Row(Read.UNSUPPORTED, (), "2" * 40)}
    later = look(3, rows=changed, moved={"app/ping.py": "ping.dat"})
    assert only(after(look(0, seen(blob=blob)), later)).state == "open"


def test_moving_code_between_files_keeps_the_day() -> None:
    """the same code in another file is the same finding, with whomever it is found"""
    item = only(after(look(0, seen()), look(3, seen("app/b.py"), rows=read("app/ping.py"))))
    assert (item.first_seen.at, item.path) == (at(0), "app/b.py")
    split = only(after(look(0, seen()), look(3, seen("app/b.py", vendors=None), rows=read("app/ping.py"))))
    assert (split.first_seen.at, split.vendor) == (at(0), "acme")


def test_a_reverted_fix_opens_the_old_one() -> None:
    """what comes back is the closed item with its old day, also in another file"""
    for path in ("app/ping.py", "app/again.py"):
        item = only(after(look(0, seen()), look(3, rows=read("app/ping.py")), look(9, seen(path))))
        assert (item.state, item.first_seen.at, item.closed_at) == ("open", at(0), None)
        assert told(item)[:2] == ["opened", "closed"]
        assert told(item)[-1] == "reopened"


def test_a_copy_that_outlives_the_original_takes_its_day() -> None:
    """of equal findings the oldest days stay with those that are left"""
    both = look(3, seen(), seen("app/copy.py"))
    tracker = after(look(0, seen()), both, look(6, seen("app/copy.py"), rows=read("app/ping.py")))
    old, copy = tracker.items
    assert (old.state, copy.state, copy.first_seen.at) == ("closed", "open", at(0))
    assert copy.history[-1].detail == f"from {old.id}"


def test_a_line_rewritten_in_place_keeps_the_day() -> None:
    """another wording of the same weakness in the same file is changed, not fixed"""
    item = only(after(look(0, seen()), look(3, seen(reference=OTHER))))
    assert (item.reference, item.first_seen.at, told(item)) == (OTHER, at(0), ["opened", "changed"])


def test_a_fix_in_one_file_and_a_new_one_in_another_are_two() -> None:
    fixed, fresh = after(look(0, seen()), look(3, seen("b.py", reference=OTHER), rows=read("app/ping.py"))).items
    assert (fixed.state, fresh.state, fresh.first_seen.at) == ("closed", "open", at(3))


def test_a_formatted_line_stays_the_vendors() -> None:
    """a finding is not lost to the vendor because somebody of ours touched the line"""
    assert only(after(look(0, seen()), look(3, seen(vendors=())))).vendor == "acme"


def test_what_was_nobodys_becomes_the_vendors_with_its_day() -> None:
    item = only(after(look(0, seen(vendors=None)), look(3, seen())))
    assert (item.vendor, item.first_seen.at, told(item)) == ("acme", at(0), ["opened", "claimed"])


def test_an_outcome_closes_nothing() -> None:
    """what a check let through is opened; of everything else it says nothing"""
    silent = look(3, seen("b.py", reference=OTHER), fate=lambda _: ("not-asked", ""))
    assert [item.state for item in after(look(0, seen()), silent).items] == ["open", "open"]


def test_a_report_speaks_for_its_vendor_alone() -> None:
    """a result of one vendor's closes no item of another's, nor one of code"""
    zap = Reader(scanner="zap", version="ZAP 2.16")
    gone: dict[str, Any] = {
        "kind": "result",
        "repository": "",
        "readers": {"zap": zap},
        "fate": lambda _: ("gone", "not there"),
    }
    alert = seen("https://shop.example/", scanner="zap", reference="r1:" + "1" * 64)
    tracker = after(
        look(0, seen()),
        look(1, alert, vendor="acme", **gone),
        look(2, seen("https://labs.example/", vendors=("labs",), scanner="zap"), vendor="labs", **gone),
        look(3, vendor="acme", **gone),
    )
    assert [(item.kind, item.vendor, item.state) for item in tracker.items] == [
        ("code", "acme", "open"),
        ("result", "acme", "closed"),
        ("result", "labs", "open"),
    ]


def test_an_accepted_one_that_is_gone_is_closed() -> None:
    tracker = after(look(0, seen()))
    acceptance = {"on": "2026-03-01", "until": "2026-03-20", "by": "ina", "reason": "next release"}
    changed = only(tracker).model_dump() | {"state": "accepted", "acceptance": acceptance}
    tracker = tracker.model_copy(update={"items": (Item.model_validate(changed),)})
    assert only(taken_in(tracker, look(3, seen()))).state == "accepted"
    assert only(taken_in(tracker, look(3, rows=read("app/ping.py")))).state == "closed"


PATHS = ("a.py", "b.py", "c.py")
STEPS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from([PRINT, OTHER])), max_size=4),  # what is found
        st.lists(st.sampled_from(PATHS), max_size=3, unique=True),  # what else is read
        st.lists(st.sampled_from(PATHS), max_size=2, unique=True),  # what is there, and nobody reads
    ),
    max_size=7,
)


def _looks(steps: list[tuple[list[tuple[str, str]], list[str], list[str]]]) -> list[Look]:
    looks = []
    for day, (found, more, unread) in enumerate(steps):
        rows = read(*more) | {path: Row(Read.UNREAD, (), "") for path in unread}
        findings = [seen(path, reference=reference) for path, reference in found if path not in unread]
        looks.append(look(day, *findings, rows=rows))
    return looks


@given(STEPS)
def test_no_first_day_moves_later_and_nothing_closes_unseen(
    steps: list[tuple[list[tuple[str, str]], list[str], list[str]]],
) -> None:
    """over any history: days only move back, ids stay, each finding is open once, and closed means looked at"""
    tracker = Tracker(updated_at=START)
    for one, (_, _, unread) in zip(_looks(steps), steps, strict=True):
        before = {item.id: item for item in tracker.items}
        tracker = taken_in(tracker, one)
        now = {item.id: item for item in tracker.items}
        assert before.keys() <= now.keys()
        for id, item in before.items():
            assert now[id].first_seen.at <= item.first_seen.at
            if item.state == "open" and now[id].state == "closed":
                assert item.path not in unread
        live = [item for item in tracker.items if item.state == "open" and item.last_seen.at == one.at]
        assert len(live) == len(one.findings)
        assert taken_in(tracker, one).items == tracker.items
        assert parse_tracker(tracker_bytes(tracker), "again") == tracker


@given(STEPS)
def test_the_oldest_days_survive(steps: list[tuple[list[tuple[str, str]], list[str], list[str]]]) -> None:
    """as long as one of several equal findings was always there, the oldest day of them is still open"""
    always = seen("keep.py")
    looks = (replace(one, findings=(*one.findings, always), at=one.at + DAY) for one in _looks(steps))
    tracker = after(look(0, always), *looks)
    days = [item.first_seen.at for item in tracker.items if item.state == "open" and item.reference == PRINT]
    assert min(days) == at(0)
