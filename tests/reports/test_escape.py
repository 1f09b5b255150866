"""Untrusted text is text in every sink."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from outsource_gate.reports import escape
from tests.reports.hostility import TEXTS, commands

SHOWN = {"L", "M", "N", "P", "S"}


@given(TEXTS)
def test_everything_in_visible_text_shows(text: str) -> None:
    """no control, no direction mark, no line break, no blank but the space is left"""
    for char in escape.visible(text):
        assert char == " " or unicodedata.category(char)[0] in SHOWN
        assert char not in "\u3164\u115f\u2800\ufe0f"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\nb", "a\\nb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202egnp", "\\u202egnp"),
        ("\xa0", "\\xa0"),
        ("\ud800", "\\ud800"),
        ("漢é🙂", "漢é🙂"),
        ("a" + "\u0301" * 6, "a" + "\u0301" * 4 + "\\u0301" * 2),
    ],
)
def test_what_does_not_show_is_spelt(text: str, shown: str) -> None:
    """a reader sees which character stands there"""
    assert escape.visible(text) == shown


@given(TEXTS)
def test_without_unicode_there_is_only_ascii(text: str) -> None:
    """a terminal that is not UTF-8 can show every word"""
    assert escape.terminal(text, unicode=False).isascii()


@example("::error::x\r::error::x")
@example("\x1b[31m ::error::x")
@given(TEXTS)
def test_a_log_obeys_no_line(text: str) -> None:
    """no line of the output is a workflow command, also where text was wrapped to a line's start"""
    assert commands(escape.log(text.replace(" ", "\n"))) == []


@given(TEXTS)
def test_a_workflow_command_holds_one_line(text: str) -> None:
    """message and properties come back as they were shown, and the line is one command"""
    line = f"::error title={escape.github_property(text)}::{escape.github_data(text)}"
    properties, message = line.removeprefix("::error ").split("::", 1)
    assert len(line.splitlines()) == 1
    assert commands(f"x{message}") == []
    assert _decoded(message).replace("# #", "##") == escape.visible(text).replace("# #", "##")
    assert "," not in properties.removeprefix("title=")
    assert ":" not in properties


def _decoded(data: str) -> str:
    for code, char in (("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        data = data.replace(code, char)
    return data


@pytest.mark.parametrize("within", ["line", "cell", "html"])
@given(text=TEXTS)
def test_markdown_holds_nothing_but_text_and_code(within: escape.Within, text: str) -> None:
    """no link, image, emphasis, mention, reference or tag comes out of untrusted text"""
    told = escape.markdown(text, within=within)
    tokens = _inline(f"| a |\n|---|\n| x {told} |" if within == "cell" else f"- x {told}")
    in_code = False
    for token in tokens:
        assert token.type in ("text", "code_inline", "text_special", "html_inline")
        if token.type == "html_inline":
            assert token.content in ("<code>", "</code>")
            in_code = token.content == "<code>"
        elif token.type != "code_inline" and not in_code:
            assert not set("@#$<>`[]|\\*_~&{}") & set(token.content)
            assert "://" not in token.content
            assert "www." not in token.content.lower()


@pytest.mark.parametrize("within", ["line", "cell", "html"])
@given(text=TEXTS)
def test_markdown_loses_nothing(within: escape.Within, text: str) -> None:
    """what a reader sees is what was there"""
    told = escape.markdown(text, within=within)
    tokens = _inline(f"| a |\n|---|\n| x {told} |" if within == "cell" else f"- x {told}")
    seen = "".join(token.content for token in tokens if token.type != "html_inline")
    assert "".join(seen.split()).removeprefix("a" if within == "cell" else "") == "x" + "".join(
        escape.visible(text).split()
    )


def _inline(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [child for token in parser.parse(text) if token.type == "inline" for child in token.children or []]


@given(TEXTS)
def test_json_is_ascii_and_comes_back(text: str) -> None:
    """a parser gets the same text, a runner gets no command, a terminal no control character"""
    told = escape.json_text({"a": text})
    assert json.loads(told) == {"a": text}
    assert commands(told) == []
    assert told.isascii()
    assert all(char == "\n" or char.isprintable() for char in told)


@given(TEXTS)
def test_sarif_messages_link_nowhere(text: str) -> None:
    """neither an embedded link nor a placeholder is left in a message"""
    told = escape.sarif_message(text)
    assert "](" not in told
    assert "{0}" not in told.replace("{{0}}", "")
