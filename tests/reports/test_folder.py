"""The folder of formats holds what it promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.registry import reports
from outsource_gate.reports import View
from tests.reports import samples

ROOT = Path(__file__).resolve().parents[2]
FILES = {"json": "json_report", "gitlab-codequality": "gitlab_codequality"}


def test_the_formats_of_the_command_line_are_there() -> None:
    """a format that pipelines name does not disappear"""
    assert {"terminal", "json", "markdown", "sarif", "gitlab-codequality", "github"} <= set(reports())


@pytest.mark.parametrize("name", reports())
def test_every_format_is_documented_and_tested(name: str) -> None:
    """a format without a heading or a test file is not done"""
    headings = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8").splitlines()
    assert f"## {name}" in headings
    assert (ROOT / "tests" / "reports" / f"test_{FILES.get(name, name)}.py").is_file()


def test_the_picture_in_the_docs_is_what_is_printed() -> None:
    """a reader of the docs sees what a user sees"""
    printed = reports()["terminal"].render(samples.denied(), View(width=100))
    assert f"```text\n{printed}```" in (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
