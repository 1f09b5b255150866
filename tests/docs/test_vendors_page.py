"""docs/vendors.md shows what is printed, and names everything that has a day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from outsource_gate.duties import obligations_of
from outsource_gate.duties.listing import due_list, vendor_row, vendor_rows
from outsource_gate.duties.obligation import State
from outsource_gate.model.register import Vendor
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings
from outsource_gate.reports import View
from outsource_gate.reports.due_csv import COLUMNS
from outsource_gate.reports.due_ics import due_ics
from outsource_gate.reports.due_terminal import due_terminal
from outsource_gate.reports.vendor_screen import Known, vendor_screen
from outsource_gate.reports.vendors_terminal import Register, vendors_terminal
from tests import values
from tests.duties.register import SOON, TODAY, complete
from tests.duties.test_same_as_gates import CODES
from tests.policy import memory

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "vendors.md").read_text(encoding="utf-8")
EXAMPLE = Path(__file__).resolve().parents[2] / "policies" / "example"
VIEW = View(width=100)


def acme() -> Vendor:
    """Late with a sprint review of ours and a proof of ours; the contract ends in seven weeks."""
    review, *rest = (one.model_dump() for one in complete().oversight)
    whole = values.contract(renewal_notice="60 days").contract
    return complete(
        contract=whole,
        oversight=[review | {"last": {"on": "2026-11-01"}}, *rest],
        engagements=[
            {"id": "refunds", "valid": {"from": "2026-01-15", "until": "2026-10-10"}},
            {"id": "payouts", "valid": {"from": "2026-01-15", "until": "2027-01-14"}},
        ],
        people=[values.person("vic", emails=["vic@acme-dev.example"], **{**values.PAPERS, "mfa": None})],
    )


def globex() -> Vendor:
    """Of a tier that asks for little; nothing is late."""
    more = {"id": "globex", "name": "Globex Translations", "tier": "standard"}
    agreed = values.contract(valid={"from": "2026-01-15"}).contract
    return complete(**more, contract=agreed, oversight=[], due_diligence=None, people=[])


def register() -> Policy:
    """As files, so that lines are lines of something."""
    return memory.load({f"vendors/{one.id}.yaml": _text(one) for one in (acme(), globex())})


def _text(vendor: Vendor) -> str:
    entry = vendor.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return yaml.safe_dump(entry, sort_keys=False)


def screen() -> Known:
    whole = register()
    vendor = whole.vendors["acme"]
    found = tuple(obligations_of(whole, vendor, TODAY, SOON))
    return Known(vendor_row(whole, vendor, TODAY, SOON), TODAY, SOON, "vendors/acme.yaml", found)


def shown(text: str) -> bool:
    """Is this on the page, indented as code?"""
    return "".join(f"    {line}".rstrip() + "\n" for line in text.rstrip("\n").split("\n")) in PAGE


def test_the_list_is_what_is_printed() -> None:
    rows = tuple(vendor_rows(register(), TODAY, SOON))
    assert shown(vendors_terminal(Register("Corp", TODAY, SOON, rows), VIEW))


def test_what_is_due_is_what_is_printed() -> None:
    assert shown(due_terminal(due_list(register(), TODAY, SOON), VIEW))


def test_what_is_due_in_the_example_is_what_is_printed() -> None:
    policy = load_policy(FolderSource(EXAMPLE), gate_settings())
    assert shown(due_terminal(due_list(policy, TODAY, date(2026, 12, 23)), VIEW))


def test_the_screen_of_a_vendor_is_what_is_printed() -> None:
    assert shown(vendor_screen(screen(), VIEW))


def test_the_event_is_what_is_written() -> None:
    text = due_ics(due_list(register(), TODAY, SOON), datetime(2026, 11, 23, 12, tzinfo=UTC)).replace("\r\n", "\n")
    event = re.findall(r"BEGIN:VEVENT\n.*?END:VEVENT\n", text, re.DOTALL)[-1]
    assert shown(event)


@pytest.mark.parametrize("word", sorted({*CODES.values(), "renewal", "document"}))
def test_every_kind_has_its_line(word: str) -> None:
    assert re.search(rf"^\| [^|]*`{word}`[^|]* \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize("word", [*COLUMNS, *State])
def test_every_column_and_state_is_named(word: str) -> None:
    assert re.search(rf"[`*]{word}[`*]", PAGE)
