"""A register that went through CSV, and through YAML, is the register it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outsource_gate.model.register import Vendor
from outsource_gate.policy.problems import validate
from outsource_gate.policy.yaml_text import read_yaml
from outsource_gate.register_csv.cells import cell_of, is_taken, list_cell, text_of, words_of
from outsource_gate.register_csv.reading import read_register
from outsource_gate.register_csv.tables import register_tables
from outsource_gate.register_csv.writing import csv_files
from outsource_gate.register_csv.yaml_file import scalar, vendor_yaml
from outsource_gate.reports.escape import is_formula
from tests.register_csv.registers import HARD, vendors
from tests.values import vendor

REGISTERS = st.tuples(vendors("acme"), vendors("globex"))
many = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@many
@given(REGISTERS, st.sampled_from([",", ";"]), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_nothing_is_lost_in_csv(register: tuple[Vendor, Vendor], delimiter: str, mark: bytes) -> None:
    """whatever the models allow, with either delimiter, with a byte order mark or without"""
    files = {name: mark + text.encode() for name, text in csv_files(register, delimiter).items()}
    assert read_register(files) == register


@many
@given(vendors("acme"))
def test_nothing_is_lost_in_yaml(one: Vendor) -> None:
    """the file that an import writes reads as the very same entry"""
    assert validate(Vendor, read_yaml("acme.yaml", vendor_yaml(one).encode())) == one


@many
@given(REGISTERS)
def test_no_cell_is_a_formula(register: tuple[Vendor, Vendor]) -> None:
    """and none but days and counts is what a spreadsheet takes for something else"""
    taken = {
        column.name
        for table in register_tables().all()
        for column in table.columns
        if column.is_number or column.is_day
    }
    for text in csv_files(register).values():
        header, *rows = csv.reader(io.StringIO(text))
        for row in rows:
            assert not [cell for cell in row if is_formula(cell)]
            assert not [
                cell for name, cell in zip(header, row, strict=True) if name not in taken and is_taken(cell)
            ]


@pytest.mark.parametrize("text", HARD)
def test_every_text_comes_back(text: str) -> None:
    """from a cell, from a list in a cell, from YAML"""
    assert text_of(cell_of(text)) == text
    assert words_of(list_cell([text, "b", text])) == [text, "b", text]
    assert read_yaml("x.yaml", f"a: {scalar(text)}".encode()).data == {"a": text}


@given(st.text(min_size=1), st.lists(st.text(min_size=1)))
def test_cells_hold_any_text(text: str, words: list[str]) -> None:
    """line breaks, marks and backslashes among it"""
    assert text_of(cell_of(text)) == text
    assert words_of(list_cell(words)) == words


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\uff1dx", "  =x", "'x"])
def test_a_formula_is_marked(text: str) -> None:
    """with an apostrophe before it, and so is what begins with one"""
    assert cell_of(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["0042", "1E5", "15.01.2026", "2026-01-15", "TRUE", "7.10", "5%", "10:30", "SEP2", "1-Mar"]
)
def test_what_a_spreadsheet_changes_is_marked(text: str) -> None:
    """so that a zero at the beginning is not lost on the way"""
    assert cell_of(text) == f"'{text}"


def test_what_a_person_reads_is_plain() -> None:
    """ordinary words and days are not marked"""
    rows = list(csv.DictReader(io.StringIO(csv_files([vendor()])["vendors.csv"])))
    assert rows[0]["name"] == "Acme Dev Ltd"
    assert rows[0]["contract.valid.until"] == "2027-01-14"
    assert rows[0]["access.paths"] == "services/**"
