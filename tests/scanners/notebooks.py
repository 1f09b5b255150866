"""Notebooks for tests, written as Jupyter writes them: one line of source, one line of the file."""

from __future__ import annotations

import json
from typing import Any

PYTHON = {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}}


def cell(source: str | list[str], kind: str = "code", **more: Any) -> dict[str, Any]:
    lines = source.splitlines(keepends=True) if isinstance(source, str) else source
    whole: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": lines}
    return whole | ({"outputs": [], "execution_count": None} if kind == "code" else {}) | more


def notebook(*cells: dict[str, Any] | str, metadata: Any = PYTHON, **more: Any) -> str:
    listed = [cell(one) if isinstance(one, str) else one for one in cells]
    whole = {"cells": listed, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5} | more
    return json.dumps(whole, indent=1) + "\n"
