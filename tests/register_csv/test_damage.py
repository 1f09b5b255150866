"""What spreadsheets and people do to a register is one error, with file, row and column."""

from __future__ import annotations

import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.model.register import Vendor
from outsource_gate.register_csv.reading import read_register
from outsource_gate.register_csv.writing import csv_files
from tests.values import contract, vendor


def files(**changes: str) -> dict[str, bytes]:
    return {name: text.encode() for name, text in {**csv_files([vendor()]), **changes}.items()}


def damaged(file: str, old: str, new: str) -> str:
    """The error after a change of one file."""
    found = files()
    text = found[file].decode()
    assert old in text
    found[file] = text.replace(old, new, 1).encode()
    with pytest.raises(PolicyError) as raised:
        read_register(found)
    assert raised.value.exit_code == 2
    return str(raised.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "told"),
    [
        ("vendors.csv", ",2027-01-14,", ",14.01.2027,", "2 contract.valid.until", "expected a day"),
        ("vendors.csv", ",2027-01-14,", ",46401,", "2 contract.valid.until", "got '46401'"),
        ("vendors.csv", ",24,", ",\"24,0\",", "2 incident_notification.within_hours", "got '24,0'"),
        ("vendors.csv", "'+49 30 0000", "49300000", "2 incident_notification.channel", "zeros may be lost"),
        ("vendors.csv", "e" * 64, "1.23E+45", "2 contract.document.sha256", "got '1.23E+45'"),
        ("vendors.csv", "standard", "Standard", "2 tier", "expected lower-case letters"),
        ("vendors.csv", "7 days", "1 w", "2 contract.remediation_sla.critical", "expected a span"),
        ("vendors.csv", ",yes,", ",x,", "2 contract.remediation_sla", "expected yes or nothing"),
        ("vendors.csv", "contracts/msa.pdf", "c\\msa", "2 contract.document.file", "for a backslash"),
        ("vendors.csv", "procurement@corp.example", "", "2 id", "key 'owner' is missing"),
        ("vendors.csv", "owner", "ownr", "1 3", "unknown column 'ownr' -> did you mean owner?"),
        ("vendors.csv", "owner", "name", "1 3", "stands here a second time"),
        ("people.csv", "acme,val", ",val", "3 vendor", "where cells are merged"),
        ("people.csv", "acme,val", "acmee,val", "3 vendor", "'acmee' has no row in vendors.csv"),
        ("people.csv", "acme,val", "acme,vic", "3 id", "'vic' stands here a second time"),
        ("training.csv", "acme,val", "acme,zoe", "3 person", "'acme zoe' has no row in people.csv"),
        ("training.csv", "acme,val", "acme,vic", "3 training", "a second time"),
        ("clauses.csv", "'1", "'1,,,,7", "2 7", "expected 5 cells"),
        ("clauses.csv", "'1", "\"7,1\"", "2 section", "zeros may be lost"),
        ("questionnaires.csv", ",87", ",870", "2 score", "870"),
        ("oversight.csv", "14 days", "14", "2 every", "zeros may be lost"),
        ("github-accounts.csv", "4711", "4.711", "2 id", "expected a whole number"),
        ("github-accounts.csv", "4711", "004711", "2 id", "expected a whole number"),
    ],
)  # fmt: skip
def test_damage_has_its_cell(file: str, old: str, new: str, where: str, told: str) -> None:
    """days as numbers or in another order, numbers as text, lost zeros, merged cells, words that are none"""
    row, column = where.split(" ")
    said = damaged(file, old, new)
    assert said.startswith(f"{file}: row {row}, column {column}: ")
    assert told in said


def test_a_file_that_is_no_text() -> None:
    """another encoding, a character that nobody sees, a quote without its end"""
    assert "vendors.csv: line 2: is not UTF-8" in _raw("vendors.csv", b"Acme Dev Ltd", "Acm\xe9".encode("latin-1"))
    assert "readers do not see, U+202E" in _raw("vendors.csv", b"Acme Dev Ltd", "Acme \u202e Ltd".encode())
    assert "vendors.csv: line" in _raw("vendors.csv", b"Acme Dev Ltd", b'"Acme')


def _raw(file: str, old: bytes, new: bytes) -> str:
    found = files()
    found[file] = found[file].replace(old, new)
    with pytest.raises(PolicyError) as raised:
        read_register(found)
    return str(raised.value)


def test_no_vendors_are_an_error() -> None:
    """an empty file, a header alone, no file, a file that is none of a register"""
    for content, told in ((b"", "is empty"), (b"id,name\r\n", "no vendor in it"), (None, "is not there")):
        found = files()
        del found["vendors.csv"]
        with pytest.raises(PolicyError, match=told):
            read_register(found if content is None else {**found, "vendors.csv": content})
    with pytest.raises(PolicyError, match=r"notes\.csv: no file of a register"):
        read_register({**files(), "notes.csv": b"x"})


def test_what_spreadsheets_do_without_harm() -> None:
    """columns in another order, rows that end early, empty rows, line ends of their own, files left out"""
    found = {
        "vendors.csv": b"tier;id;owner;name;contract.reference\nstandard;acme;a@b.example;Acme;R\n;;;;\n\n",
        "people.csv": b'vendor;id;emails\nacme;vic;"a@b.example\r\nc@d.example"\nacme;val\n',
    }
    (one,) = read_register(found)
    assert [person.emails for person in one.people] == [("a@b.example", "c@d.example"), ()]
    assert one.contract is not None
    assert one.contract.valid.until is None


def test_an_empty_part_is_there() -> None:
    """access that grants nothing is not the same as none"""
    bare: dict[str, object] = {"id": "x", "name": "X", "owner": "a@b.example", "tier": "standard"}
    both = [Vendor.model_validate(bare), Vendor.model_validate({**bare, "id": "y", "access": {}})]
    read = read_register({name: text.encode() for name, text in csv_files(both).items()})
    assert [one.access is None for one in read] == [True, False]


def test_a_window_without_ends_comes_back() -> None:
    """a contract that is valid for ever is one"""
    one = contract(valid={})
    assert read_register({name: text.encode() for name, text in csv_files([one]).items()}) == (one,)
