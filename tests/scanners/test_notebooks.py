"""A notebook's cells and outputs are texts of their own, however the file writes them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.notebooks import cells


def notebook(*found: object, **more: object) -> str:
    return json.dumps({"cells": list(found), "nbformat": 4, **more})


def test_lines_of_a_cell_are_one_text() -> None:
    cell = {"source": ["a = 1\n", "b = 2"], "outputs": [{"text": ["c\n"], "data": {"text/plain": "'d'"}}]}
    (name, text), *_ = cells(notebook(cell))
    assert name == "cell 1"
    assert "a = 1\nb = 2" in text
    assert "text/plain: 'd'" in text


def test_an_escape_is_what_it_stands_for() -> None:
    whole = notebook({"source": "XYZ"}).replace("XYZ", "\\u0041KI\\u0041")
    assert "AKIA" in dict(cells(whole))["cell 1"]


def test_a_key_that_stands_twice_hides_nothing() -> None:
    whole = '{"cells": [{"source": "one", "source": "two"}], "cells": []}'
    assert {"one", "two"} <= set(dict(cells(whole))["cell 1"].replace("source: ", "").split("\n"))


def test_older_notebooks_have_worksheets() -> None:
    whole = json.dumps({"worksheets": [{"cells": [{"input": "old"}]}], "nbformat": 3})
    assert "old" in dict(cells(whole))["cell 1"]


def test_what_stands_beside_cells_is_read() -> None:
    assert "note: here" in dict(cells(notebook(metadata={"note": "here"})))["outside of cells"]


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"cells": 1}x', "\ud800"])
def test_what_is_no_json_has_no_cells(text: str) -> None:
    assert list(cells(text)) == []


LEAVES = st.text() | st.integers() | st.none()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_every_text_of_a_cell_is_given(cell: object) -> None:
    joined = "\n".join(text for _, text in cells(notebook(cell)))

    def texts(one: object) -> list[str]:
        if isinstance(one, str):
            return [one]
        if isinstance(one, dict):
            return [text for value in one.values() for text in texts(value)]
        return [text for value in one for text in texts(value)] if isinstance(one, list) else []

    assert all(text in joined for text in texts(cell))
