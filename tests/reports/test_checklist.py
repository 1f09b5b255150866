"""The contractor's checklist as Markdown and HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from syrupy.assertion import SnapshotAssertion

from outsource_gate.policy.checklist import Checklist, checklist_of
from outsource_gate.reports import checklist_html, checklist_markdown
from tests.policy.memory import acme

TITLES = {"contract": "Contract"}
HOSTILE = '<img src=x onerror=alert(1)>"&\u202e`'


def made(tier: str = "critical") -> Checklist:
    policy = acme("tier: critical", f"tier: {tier}")
    return replace(checklist_of(policy, policy.vendors["acme"]), company=("contract",))


def hostile() -> Checklist:
    policy = acme("Acme Dev Ltd", "'<img src=x onerror=alert(1)> [x](https://x.example) & `'")
    vendor = policy.vendors["acme"]
    assert vendor.access is not None
    access = vendor.access.model_copy(update={"paths": (HOSTILE,)})
    return checklist_of(policy, vendor.model_copy(update={"access": access}))


class Tags(HTMLParser):
    """Every tag with its attributes, and the text between."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("tier", ["standard", "critical"])
def test_markdown(tier: str, snapshot: SnapshotAssertion) -> None:
    assert checklist_markdown.render(made(tier), TITLES) == snapshot


def test_html(snapshot: SnapshotAssertion) -> None:
    assert checklist_html.render(made(), TITLES) == snapshot


def test_html_loads_nothing_and_runs_nothing() -> None:
    """one file: no script, no link, no picture, and a policy that forbids them"""
    page = Tags(checklist_html.render(hostile(), TITLES))
    allowed = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li", "code", "pre"}
    assert {tag for tag, _ in page.tags} <= allowed | {"span"}
    assert not any(name in ("src", "href", "style") or name.startswith("on") for _, a in page.tags for name in a)
    assert any("default-src 'none'" in (given.get("content") or "") for _, given in page.tags)


def test_what_stands_in_the_register_stays_text() -> None:
    """in both formats a path that looks like markup is shown as it is written"""
    page = Tags(checklist_html.render(hostile(), TITLES))
    assert HOSTILE.replace("\u202e", "\\u202e") in page.texts
    text = checklist_markdown.render(hostile(), TITLES)
    assert f"`` {HOSTILE} ``".replace("\u202e", "\\u202e") in text
    outside = re.sub(r"(`+)[^\n]*?[^`\n]\1(?!`)", "", text)
    assert "<img" not in outside
    assert "](" not in outside


def test_every_section_of_both_formats_is_the_same() -> None:
    page = checklist_html.render(made(), TITLES)
    for line in checklist_markdown.render(made(), TITLES).splitlines():
        if line.startswith("## "):
            assert f"<h2>{line[3:]}</h2>" in page


def test_what_a_tier_does_not_ask_is_not_on_the_page() -> None:
    """a standard vendor needs an agreement and nothing else"""
    assert [line.id for line in made("standard").before_first] == ["access.nda"]
