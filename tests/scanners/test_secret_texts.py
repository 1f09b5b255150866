"""A blob's texts: its own bytes, a notebook's cells, an archive's files one level deep."""

from __future__ import annotations

import gzip
import json

import pytest

from outsource_gate.scanners.secret_texts import held
from tests.scanners.test_archives import tarred, zipped


def insides(path: str, data: bytes) -> dict[str, str]:
    return {one.inside: one.text for one in held(path, data).texts}


def test_a_text_is_itself() -> None:
    assert [(one.text, one.is_text, one.inside) for one in held("a.py", b"x = 1\n").texts] == [
        ("x = 1\n", True, "")
    ]


@pytest.mark.parametrize(
    "packed", [zipped({"conf/a.yml": b"a: 1"}), gzip.compress(tarred({"conf/a.yml": b"a: 1"}))]
)
def test_an_archive_holds_its_files_and_their_names(packed: bytes) -> None:
    """and its own bytes, as something can stand before it"""
    found = held("a.bin", packed)
    assert insides("a.bin", packed)["conf/a.yml"] == "a: 1"
    assert "" in insides("a.bin", packed)
    assert (found.names, found.unread) == (["conf/a.yml"], [])


def test_an_archive_behind_a_picture_is_looked_into() -> None:
    assert insides("a.png", b"\x89PNG\r\n\x1a\n" + zipped({"a": b"one"}))["a"] == "one"


def test_an_archive_in_an_archive_is_said() -> None:
    """its bytes are looked through, what they pack is not"""
    found = held("a.zip", zipped({"b.zip": zipped({"c": b"one"})}))
    assert found.unread == [("b.zip", "not looked into: an archive (zip, jar, office document) inside an archive")]


def test_what_cannot_be_unpacked_is_said() -> None:
    ((inside, why),) = held("a.zip", b"PK\x03\x04" + bytes(30)).unread
    assert (inside, why) == ("", "not looked into: an archive (zip, jar, office document)")


@pytest.mark.parametrize("name", ["a.ipynb", "a.IPYNB", "a.json"])
def test_a_notebook_is_one_by_name_or_by_content(name: str) -> None:
    whole = json.dumps({"cells": [{"source": ["a\n", "b"]}], "nbformat": 4}).encode()
    assert "a\nb" in insides(name, whole)["cell 1"]


def test_a_notebook_in_an_archive_has_cells_too() -> None:
    whole = json.dumps({"cells": [{"source": "one"}], "nbformat": 4}).encode()
    assert "one" in insides("a.zip", zipped({"n.ipynb": whole}))["n.ipynb, cell 1"]
