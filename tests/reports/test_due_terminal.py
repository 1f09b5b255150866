"""What is due, one vendor and the whole register on a screen."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given

from outsource_gate.duties.listing import vendor_row
from outsource_gate.duties.obligation import State
from outsource_gate.model.register import Vendor
from outsource_gate.reports import View
from outsource_gate.reports.due_terminal import SHOWN, due_terminal
from outsource_gate.reports.vendor_screen import Known, vendor_screen
from outsource_gate.reports.vendors_terminal import Register, vendors_terminal
from tests import values
from tests.duties.register import SOON, TODAY, complete, of, policy
from tests.reports.dues import due, listed, nothing, obligation
from tests.reports.hostility import TEXTS

WIDTHS = (40, 72, 80, 120, 200)


def known(vendor: Vendor) -> Known:
    row = vendor_row(policy(vendor), vendor, TODAY, SOON)
    return Known(row, TODAY, SOON, "vendors/acme.yaml", tuple(of(vendor)))


def register(*vendors: Vendor) -> Register:
    rows = tuple(vendor_row(policy(*vendors), vendor, TODAY, SOON) for vendor in vendors)
    return Register("Corp", TODAY, SOON, rows)


def words(text: str) -> str:
    return " ".join(text.split())


def test_what_is_late_stands_first() -> None:
    lines = [line.strip() for line in due_terminal(due(), View(width=120)).splitlines()]
    heads = [line for line in lines if line.endswith("(1)")]
    assert heads == ["overdue (1)", "missing (1)", "due soon (1)"]
    assert lines[0] == "1 overdue, 1 missing, 1 due until 2027-02-21   Corp, 2 vendors, 2026-11-23"


def test_each_says_when_whose_and_where() -> None:
    text = words(due_terminal(due(), View(width=200)))
    assert "2026-11-15 8 days ago acme sprint-review · ours · last 2026-11-01 · asked by critical.oversight" in text
    assert "vendors/acme.yaml:41" in text
    assert "→ ask procurement@corp.example about acme → ask localisation@corp.example about globex" in text


def test_a_long_list_is_cut_with_its_count() -> None:
    """and says where the rest is"""
    text = due_terminal(due(*[listed(obligation())] * (SHOWN + 7)), View())
    assert "and 7 more; --output csv, json or markdown has all" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "no vendor's entry has a day after that"),
        ({"vendors": 0}, "no vendor is registered yet: `outsource-gate init` proposes them"),
        ({"following": obligation(State.IN_ORDER)}, "next: acme, vic: second factor, 2026-12-30 (in 37 days)"),
    ],
)
def test_an_empty_list_says_what_comes_next(changes: dict[str, Any], said: str) -> None:
    text = words(due_terminal(nothing(**changes), View()))
    assert text.startswith("nothing is overdue, nothing is due until 2027-02-21")
    assert said in text


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    vendor = complete(contract=None)
    for text in (
        due_terminal(due(), View(width=width)),
        vendor_screen(known(vendor), View(width=width)),
        vendors_terminal(register(vendor), View(width=width)),
    ):
        assert max(map(len, text.splitlines())) <= max(width, 40)


@pytest.mark.parametrize("unicode", [True, False])
def test_urgency_is_in_words_with_and_without_colour(unicode: bool) -> None:
    """colour never carries meaning alone"""
    late = register(complete(contract=None), complete(id="globex"))
    plain = vendors_terminal(late, View(colour=False, unicode=unicode))
    assert "\x1b" not in plain
    assert plain.isascii() is not unicode
    assert "1 missing" in plain
    assert "\x1b" in vendors_terminal(late, View(colour=True))


def test_the_most_urgent_is_named_for_each_vendor() -> None:
    late = complete(oversight=[{"activity": "sprint-review", "every": "14 days", "last": {"on": "2026-11-01"}}])
    text = words(vendors_terminal(register(late), View(width=120)))
    assert "acme critical Acme Dev Ltd 1 overdue · 2 missing" in text
    assert "first: sprint-review 2026-11-15, 8 days ago" in text


def test_a_register_without_vendors_says_what_to_do_first() -> None:
    assert "`outsource-gate init`" in vendors_terminal(register(), View())


def test_one_vendor_is_shown_whole() -> None:
    """late things first, then everything that is declared; what is not on register is said to be not"""
    vendor = complete(
        contract=None,
        deliveries=[{"commits": ["a" * 40], "received_on": "2026-05-01", "imported_by": "ina"}],
        subcontractors=["subco"],
    )
    text = words(vendor_screen(known(vendor), View(width=120)))
    assert text.index("missing (1) contract") < text.index("in order (") < text.index("declared in the register")
    for told in (
        "owner procurement@corp.example",
        "contract none on register",
        "repositories corp/payments",
        "never .github/**",
        "way in vdi · from any network · not logged",
        "subcontractor subco",
        "2026-05-01 by ina",
        "people 2 people vic val",
    ):
        assert told in text


def test_a_list_of_people_is_never_cut() -> None:
    people = [values.person(f"p{number}") for number in range(500)]
    text = vendor_screen(known(complete(people=people)), View())
    assert Counter(text.split())["p499"] == 1


@given(TEXTS.filter(lambda text: text.strip()))
def test_nothing_of_the_register_moves_the_cursor(text: str) -> None:
    vendor = complete().model_copy(update={"name": text})
    for shown in (
        vendor_screen(known(vendor), View()),
        vendors_terminal(register(vendor), View()),
        due_terminal(due(listed(obligation(what=text))), View()),
    ):
        assert all(char.isprintable() or char == "\n" for char in shown)
