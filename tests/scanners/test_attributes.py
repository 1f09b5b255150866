"""What git attributes hide or alter."""

from __future__ import annotations

import pytest

from outsource_gate.scanners.attributes import EFFECTS, hiding_attributes


def names(text: str, path: str = ".gitattributes") -> list[str]:
    return [one.name for one in hiding_attributes(path, text)]


@pytest.mark.parametrize(
    ("attribute", "does"),
    [
        ("-diff", "reviewers"),
        ("binary", "reviewers"),
        ("export-ignore", "archives"),
        ("filter=x", "runs a program"),
        ("working-tree-encoding=UTF-16", "encoding"),
        ("merge=ours", "merges"),
        ("-merge", "merges"),
        ("linguist-generated", "folds"),
        ("gitlab-generated=true", "folds"),
        ("linguist-vendored=true", "statistics"),
        ("linguist-language=Text", "another language"),
        ("export-subst", "rewrites"),
        ("ident", "alters"),
        ("eol=crlf", "alters"),
    ],
)
def test_it_is_said_what_an_attribute_does(attribute: str, does: str) -> None:
    (one,) = hiding_attributes("sub/.gitattributes", f"# all\n*.py {attribute}\n")
    assert one.name == attribute
    assert does in one.does


def test_each_attribute_counts_and_has_its_place() -> None:
    text = '* text=auto\n"a b.py" -diff export-ignore\n[attr]plain binary\n'
    found = list(hiding_attributes(".gitattributes", text))
    assert [text[one.start :].split(maxsplit=1)[0] for one in found] == ["-diff", "export-ignore", "binary"]


@pytest.mark.parametrize("line", ["* text=auto", "*.sh text eol=lf", "*.md diff=markdown", "# *.py -diff", ""])
def test_line_ends_and_comments_hide_nothing(line: str) -> None:
    assert names(f"{line}\n") == []


def test_other_files_are_no_attributes() -> None:
    assert names("*.py -diff\n", "gitattributes.md") == []


def test_every_effect_is_said_in_words() -> None:
    assert all(len(what.split()) > 3 for _, what in EFFECTS if what != "locks the file")
