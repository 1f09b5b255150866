"""The audit's page in a real Chromium: its script, what it forbids, its paper, and the rules of accessibility."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from outsource_gate.model.audit import Audit
from outsource_gate.reports import audit_words as words
from outsource_gate.reports.audit_html import audit_html
from outsource_gate.reports.audit_html_figures import asked_about
from outsource_gate.reports.escape import visible
from tests.reports import audits, chromium
from tests.reports.test_audit_html import Page

AXE = Path(__file__).parent.parent / "interop" / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """
axe.run().then((found) => {
  const told = document.createElement("pre");
  told.id = "axe";
  told.textContent = JSON.stringify({
    broken: found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`),
    kept: found.passes.length,
  });
  document.body.append(told);
});
"""

pytestmark = [pytest.mark.tools, pytest.mark.skipif(not chromium.PROGRAM, reason="no chromium")]


def opened(folder: Path, page: str, fragment: str = "") -> Page:
    return Page(chromium.document(folder, page, fragment))


def test_the_script_fills_the_list(tmp_path: Path) -> None:
    """a hundred at first, newest first, without our own; nothing is said on the console"""
    audit = audits.year()
    made = opened(tmp_path, audit_html(audit))
    assert made.texts["count"] == "127 of 178 changes, the first 100 are shown"
    shown = [change for change in reversed(audit.changes) if change.vendors][:100]
    assert re.findall(r"#\d+ [0-9a-f]{12}", made.texts["rows"]) == [words.title(change) for change in shown]
    assert not any("hidden" in given for _, given in made.tags if given.get("id") == "explorer")
    assert "plain" not in made.texts


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        ("#vendor=gamma", "25 of 178 changes"),
        ("#vendor=acme&class=no-record", "2 of 178 changes"),
        ("#show=bad", "5 of 178 changes"),
        ("#show=all&class=not-vendor", "51 of 178 changes"),
        ("#text=%23404", "1 of 178 changes"),
        ("#text=AFTER+the+merge", "1 of 178 changes"),
        ("#text=nowhere", "0 of 178 changes: nothing fits, ask for less"),
        ("#class=nonsense&vendor=nobody", "127 of 178 changes, the first 100 are shown"),
        ("#vendors", "127 of 178 changes, the first 100 are shown"),
    ],
)
def test_the_address_says_what_is_shown(tmp_path: Path, fragment: str, count: str) -> None:
    """a filtered list can be sent to somebody"""
    assert opened(tmp_path, audit_html(audits.year()), fragment).texts["count"] == count


def test_an_address_leads_to_the_list(tmp_path: Path) -> None:
    """whoever follows a vendor's link sees its changes; without a filter the page begins with the answer"""
    page = chromium.acting(audit_html(audits.year()), "document.title = scrollY > 0 ? 'list' : 'top'")
    for fragment, there in (("#vendor=acme", "list"), ("", "top")):
        assert f"<title>{there}</title>" in chromium.document(tmp_path, page, fragment)


def test_lists_are_ordered(tmp_path: Path) -> None:
    """oldest first, or the worst classes first"""
    page = audit_html(audits.year())
    first = re.compile(r"#\d+")
    oldest = opened(tmp_path, page, "#sort=oldest").texts["rows"]
    assert first.findall(oldest)[0] == "#300"
    worst = opened(tmp_path, page, "#sort=class").texts["rows"]
    assert first.findall(worst)[:5] == ["#403", "#461", "#317", "#404", "#361"]


def test_hands_find_what_the_address_finds(tmp_path: Path) -> None:
    """typing filters, the address follows, `Show more` shows the rest, and a row opens to what is known of it"""
    script = """
      const more = document.getElementById("more");
      more.click();
      document.title = [document.querySelectorAll("#rows > li").length, more.hidden].join(" ");
      document.getElementById("text").value = "#404";
      document.getElementById("text").dispatchEvent(new Event("input"));
      document.title += ` ${location.hash}`;
      document.querySelector("#rows details").open = true;
    """
    audit = audits.year()
    made = opened(tmp_path, chromium.acting(audit_html(audit), script))
    assert next(text for text in made.texts[""].splitlines() if text) == "127 true #text=%23404"
    change = next(change for change in audit.changes if change.number == 404)
    for fact in (change.commit, change.record, *change.reasons, words.STEP[change.kind], words.TIE[change.tie]):
        assert fact
        assert fact in made.texts["rows"]


def test_hostile_names_are_text(tmp_path: Path) -> None:
    """in the document that the script made; the filter by such a name works"""
    page = audit_html(audits.hostile())
    name = visible(audits.HOSTILE)
    made = opened(tmp_path, page, f"#vendor={quote(name)}")
    assert made.texts["count"] == "1 of 179 changes"
    assert name in made.texts["rows"]
    assert "img" not in {tag for tag, _ in made.tags}


def test_nothing_foreign_runs(tmp_path: Path) -> None:
    """a script, a handler, a style or a picture that got in by whatever way is refused, and the console says so"""
    foreign = (
        "<script>document.title = 'foreign'</script>",
        "<p onclick='1' style='color: red'>x</p>",
        "<img src='x.png' onerror='document.title = 1'>",
    )
    for attack in foreign:
        page = audit_html(audits.quiet()).replace("</main>", f"{attack}</main>", 1)
        shown, said = chromium.run(tmp_path, page, "--dump-dom")
        assert any("Content Security Policy" in line for line in said)
        assert "<title>corp: outsourced" in shown


def test_paper_is_a4_and_has_pages(tmp_path: Path) -> None:
    """all outsourced changes are printed, not the first hundred alone"""
    sizes = []
    for page in (audit_html(audits.quiet()), audit_html(audits.year()), audit_html(audits.long(1000))):
        _, said = chromium.run(tmp_path, page, f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer")
        assert said == []
        boxes = re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* (\d+)", (tmp_path / "page.pdf").read_bytes())
        assert set(boxes) <= {(b"594", b"841"), (b"595", b"841"), (b"595", b"842")}
        sizes.append(len(boxes))
    assert sizes[0] <= 2
    assert 5 <= sizes[1] <= 12
    assert sizes[2] >= 15


def test_without_its_script_it_is_a_plain_report(tmp_path: Path) -> None:
    """where the script is not let run, what cannot work is not shown, and a table holds the outsourced changes"""

    def refused(audit: Audit) -> str:
        return audit_html(audit).replace("script-src ", "script-src 'none' ; x-src ", 1)

    shown, _ = chromium.run(tmp_path, refused(audits.year()), "--dump-dom")
    made = Page(shown)
    assert "hidden" in next(given for _, given in made.tags if given.get("id") == "explorer")
    assert all(words.title(change) in made.texts["plain"] for change in asked_about(audits.year().changes))
    chromium.run(tmp_path, refused(audits.long(1000)), f"--print-to-pdf={tmp_path / 'page.pdf'}")
    assert (tmp_path / "page.pdf").read_bytes().count(b"/MediaBox") >= 15


def test_fifty_thousand_changes_are_usable(tmp_path: Path) -> None:
    """one of them is found; the document holds no more rows than are shown"""
    audit = audits.long(50_000)
    page = audit_html(audit)
    assert len(page) < 12_000_000
    made = opened(tmp_path, page, f"#text={audit.changes[777].commit}")
    assert made.texts["count"] == "1 of 50,000 changes"
    made = opened(tmp_path, page)
    assert made.texts["count"] == "50,000 of 50,000 changes, the first 100 are shown"
    assert made.texts["rows"].count("#") == 100


@pytest.mark.node
@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: npm ci in tests/interop")
@pytest.mark.parametrize("look", [(), ("--blink-settings=preferredColorScheme=0",)], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["year", "quiet", "hostile"])
def test_rules_of_accessibility_are_kept(tmp_path: Path, name: str, look: tuple[str, ...]) -> None:
    """names, roles, order of headings, contrast: axe finds nothing, in light and in dark"""
    audit = {"year": audits.year, "quiet": audits.quiet, "hostile": audits.hostile}[name]()
    found = axe(tmp_path, audit_html(audit), *look)
    assert found.broken == []
    assert found.kept > 20


@pytest.mark.node
@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: npm ci in tests/interop")
def test_axe_finds_what_is_broken(tmp_path: Path) -> None:
    """the check above can fail"""
    page = audit_html(audits.quiet()).replace("</main>", "<button></button></main>", 1)
    assert [told.partition(":")[0] for told in axe(tmp_path, page).broken] == ["button-name"]


@dataclass(frozen=True, slots=True)
class Found:
    """What axe says: rules that are broken, with the elements, and how many are kept."""

    broken: list[str]
    kept: int


def axe(folder: Path, page: str, *options: str) -> Found:
    script = f"{AXE.read_text(encoding='utf-8')}\n{RUN_AXE}"
    without = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)  # axe makes styles of its own
    there = without.replace("</body>", f"<script>{script}</script></body>", 1)
    shown, _ = chromium.run(folder, there, *options, "--virtual-time-budget=60000", "--dump-dom")
    return Found(**json.loads(Page(shown).texts["axe"]))
