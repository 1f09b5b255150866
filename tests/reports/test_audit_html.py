"""The audit's page as a parser reads it: the answer, the bypasses, the charts; hostile names; sizes; same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

from outsource_gate.model.audit import Audit
from outsource_gate.model.merged import MergeClass
from outsource_gate.reports import audit_words as words
from outsource_gate.reports.audit_html import audit_html
from outsource_gate.reports.audit_html_figures import asked_about, by_vendor, over_time
from outsource_gate.reports.escape import visible
from tests.reports import audits
from tests.reports.hostility import TEXTS

_VOID = frozenset(["meta", "br", "input"])


class Page(HTMLParser):
    """Tags with attributes, texts by the id of the section they stand in, and what each script and style holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str]] = []
        self.texts: dict[str, str] = {}
        self.sources: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(page)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.sources:
            self.sources[tag].append("")
        if tag not in _VOID:
            self.open.append((tag, dict(attrs).get("id") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in self.sources:
            self.sources[self.open[-1][0]][-1] += data
            return
        for name in {name for _, name in self.open if name} | {""}:
            self.texts[name] = self.texts.get(name, "") + data

    @property
    def data(self) -> Any:
        return json.loads(self.sources["script"][0])


def page(audit: Audit) -> Page:
    return Page(audit_html(audit))


def test_the_answer_comes_first() -> None:
    """verdict and four numbers stand before everything else, each with a way to what it counts"""
    audit = audits.year()
    made = page(audit)
    told = words.verdict(audit)
    whole = made.texts[""]
    assert told == "122 of 127 outsourced changes shown to have passed the gate; 5 not"
    assert whole.index(told) < whole.index("Not shown to have passed\n")
    tiles = [given["href"] for tag, given in made.tags if tag == "a" and given.get("class") in ("", "good", "bad")]
    assert tiles == ["#changes", "#classes", "#bypasses", "#artefacts"]
    assert {f"#{name}" for name in made.texts} >= set(tiles)


def test_every_bypass_is_told_without_a_script() -> None:
    """with change, vendor, class, why, what to do, commit, and record"""
    audit = audits.year()
    told = page(audit).texts["bypasses"]
    for change in audit.bypasses():
        for fact in (words.title(change), words.whose(change), change.kind, *change.reasons, change.commit):
            assert fact in told
        assert f"\u2192 {words.STEP[change.kind]}" in told
        assert f"Next step{words.STEP[change.kind]}Merged" in told
        assert (change.record or "none") in told


def test_sections_come_in_the_order_of_what_matters() -> None:
    made = page(audits.year())
    order = [given["id"] for tag, given in made.tags if tag == "section" and "id" in given]
    assert order == ["bypasses", "time", "vendors", "artefacts", "changes", "classes"]


def test_the_data_holds_every_change() -> None:
    """in the order of the branch, whatever the page itself shows"""
    audit = audits.year()
    data = page(audit).data
    assert [row[0] for row in data["rows"]] == [change.commit for change in audit.changes]
    assert [data["kinds"][row[4]][0] for row in data["rows"]] == [change.kind for change in audit.changes]
    assert [data["whose"][row[3]][1] for row in data["rows"]] == [list(change.vendors) for change in audit.changes]
    assert [row[7] or None for row in data["rows"]] == [change.record for change in audit.changes]


def test_without_scripts_the_changes_are_a_table() -> None:
    """of outsourced ones; how many of our own are left out is said"""
    audit = audits.year()
    told = page(audit).texts["changes"]
    assert all(words.title(change) in told for change in asked_about(audit.changes))
    assert "51 changes of our own are left out" in told


def test_charts_have_a_name_a_description_and_a_table() -> None:
    """somebody who does not see them reads the same figures"""
    made = page(audits.year())
    pictures = [given for tag, given in made.tags if tag == "svg" and given.get("role") == "img"]
    ids = {given.get("id") for _, given in made.tags}
    assert len(pictures) == 3
    assert all(set((given["aria-labelledby"] or "").split()) <= ids for given in pictures)
    assert "127 changes from 2025-12 to 2026-11; 5 not shown to have passed" in made.texts["changes-d"]
    assert "2026-06 81 %" in made.texts["coverage-d"]
    assert "2 expired, 3 expiring" in made.texts["due-d"]


def test_figures_add_up() -> None:
    """time spans hold every outsourced change once; a change of two vendors counts for each of them"""
    audit = audits.year()
    spans = over_time(audit)
    assert [span.label for span in spans][:: len(spans) - 1] == ["2025-12", "2026-11"]
    assert sum(span.all for span in spans) == words.outsourced(audit) == 127
    assert sum(span.lacking for span in spans) == 5
    rows = by_vendor(audit)
    assert sum(row.tally.all for row in rows.values()) == sum(len(change.vendors) for change in audit.changes)
    assert next(iter(rows)) == "acme"


@pytest.mark.parametrize(
    ("years", "labels"), [(3, "2023 Q1"), (20, "2006"), (110, "1915\u20131919"), (8000, "0000\u20130099")]
)
def test_a_long_period_is_counted_in_longer_spans(years: int, labels: str) -> None:
    """dates are claims: one of long ago does not make thousands of bars"""
    audit = audits.year()
    old = datetime(2026 - years, 1, 5, tzinfo=UTC) if years < 2000 else datetime(1, 1, 5, tzinfo=UTC)
    changes = (replace(audit.changes[0], merged_at=old), *audit.changes)
    if years > 2000:
        changes = (*changes, replace(audit.changes[0], merged_at=datetime(9999, 12, 31, tzinfo=UTC)))
    spans = over_time(replace(audit, changes=changes, first=None))
    assert len(spans) <= 101
    assert spans[0].label == labels


def test_a_share_is_never_rounded_up_to_all() -> None:
    """100 % means that not one is lacking"""
    rows = by_vendor(replace(audits.long(400), artefacts=()))
    assert all((row.tally.share == "100 %") == (row.tally.lacking == 0) for row in rows.values())
    almost = replace(audits.year(), changes=(*(audits.changed(0) for _ in range(999)), audits.year().changes[17]))
    assert [span.share for span in over_time(almost) if span.all] == ["100 %", "0 %"]
    assert by_vendor(almost)["acme"].tally.share == "99 %"


def test_where_nothing_happened_the_page_says_so() -> None:
    """one line each instead of empty tables and charts"""
    made = page(audits.quiet())
    whole = made.texts[""]
    assert "No outsourced change in this period." in whole
    assert "No bypass was found in this period." in whole
    assert "enter vendors and their tiers first" in whole
    assert not any(tag == "svg" for tag, _ in made.tags)


def test_the_page_allows_its_own_script_and_style_and_nothing_else() -> None:
    """by hash; no address, no handler, no style in an attribute"""
    made = page(audits.hostile())
    allowed = next(given["content"] or "" for _, given in made.tags if given.get("http-equiv"))
    assert allowed.startswith("default-src 'none';")
    assert "unsafe" not in allowed
    assert "http" not in allowed
    sources = (made.sources["script"][1], made.sources["style"][0])
    hashes = [base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() for source in sources]
    assert re.findall(r"'sha256-([^']+)'", allowed) == hashes
    assert len(made.sources["script"]) == 2
    names = {name for _, given in made.tags for name in given}
    assert not {"src", "style", "srcset", "action"} & names
    assert not any(name.startswith("on") for name in names)
    assert all((given.get("href") or "#").startswith("#") for _, given in made.tags)


def test_what_commits_and_register_hold_stays_text() -> None:
    """in elements, attributes and the data of the script"""
    plain, made = page(audits.year()), page(audits.hostile())
    assert {tag for tag, _ in made.tags} == {tag for tag, _ in plain.tags}
    assert visible(audits.HOSTILE) in made.texts["bypasses"]
    assert [visible(audits.HOSTILE)] in [whose[1] for whose in made.data["whose"]]
    text = audit_html(audits.hostile())
    assert "\u202e" not in text
    assert "\u2028" not in text
    assert text.count("</script") == 2
    assert "<!--" not in text


@given(TEXTS.filter(bool))
def test_no_text_breaks_out(told: str) -> None:
    """the page of any name has the same elements, and the data is read back as what is shown"""
    audit = audits.quiet()
    change = replace(audits.changed(0, MergeClass.NO_RECORD), vendors=(told,), reasons=(told,))
    named = replace(audit, changes=(change,), organisation=told, repository=told, branch=told)
    plain = replace(audit, changes=(replace(change, vendors=("a",), reasons=("a",)),))
    made = page(named)
    assert [tag for tag, _ in made.tags] == [tag for tag, _ in page(plain).tags]
    assert len(made.data["rows"]) == 1
    audit_html(named).encode()


def test_a_long_text_is_cut_and_says_so() -> None:
    assert "characters)" in page(audits.hostile()).texts["bypasses"]
    assert "x" * 401 not in audit_html(audits.hostile())


@pytest.mark.parametrize("good", [True, False], ids=["mostly good", "all bypasses"])
def test_a_thousand_changes_stay_small(good: bool) -> None:
    """well below 3 MB, even if none of them passed"""
    assert len(audit_html(audits.long(1000, good=good)).encode()) < 1_000_000


def test_what_the_page_itself_does_not_show_is_counted() -> None:
    """cards and rows have bounds; the data has all"""
    made = page(audits.long(3000, good=False))
    assert len(re.findall(r"#\d+ [0-9a-f]{12}", made.texts["bypasses"])) == 500
    assert "and 2,500 more" in made.texts["bypasses"]
    assert "and 1,000 more" in made.texts["changes"]
    assert len(made.data["rows"]) == 3000


def test_the_same_audit_gives_the_same_bytes() -> None:
    """neither clock nor chance has part in it"""
    assert audit_html(audits.hostile()) == audit_html(audits.hostile())


def test_a_day_beyond_the_timeline_stands_at_its_edge() -> None:
    """no register entry makes the picture wider"""
    far = replace(audits.artefact("acme", "contract", "present", 1), expires=date.max)
    old = replace(audits.artefact("beta", "contract", "expired", 1), expires=date.min)
    text = audit_html(replace(audits.quiet(), artefacts=(far, old)))
    assert sorted(re.findall(r"translate\(([0-9.]+) ", text)) == ["140.0", "624.0"]
