"""Pages: every reason code, rule and control explains itself, from what gates and rules say."""

from __future__ import annotations

import json
import re

import pytest

from outsource_gate.errors import UsageError
from outsource_gate.explanations import Page
from outsource_gate.explanations.find import all_ids, explain
from outsource_gate.explanations.gate_pages import EVERY, advice
from outsource_gate.explanations.rule_pages import rule_ids
from outsource_gate.explanations.text import page_json, page_text
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.registry import gates
from outsource_gate.reports import View
from tests.rules.pack import rule_files

CODES = [f"{gate.id}.{code}" for gate in gates().values() for code in gate.reasons]
RULES = [rule["id"] for file in rule_files() for rule in file.rules()]


@pytest.mark.parametrize("code", CODES)
def test_every_reason_code_says_why_and_what_to_do_and_who(code: str) -> None:
    """in explanations/reasons.yaml, in the gate's section or for every gate"""
    page = explain(code)
    assert (page.kind, page.id) == ("reason", code)
    assert page.means.endswith(".")
    assert len(page.why) > 15 and page.why.endswith(".")
    assert len(page.what_to_do) > 15 and page.what_to_do.endswith(".")
    assert "The report says with the reason" not in page.what_to_do
    assert page.who


def test_nothing_is_explained_that_no_gate_gives() -> None:
    explained = {(gate, code) for gate, codes in advice().items() for code in codes if gate != EVERY}
    given = {(gate.id, code) for gate in gates().values() for code in gate.reasons}
    assert explained <= given
    assert set(advice()[EVERY]) <= {code for _, code in given}
    assert {key for codes in advice().values() for told in codes.values() for key in told} == {"why", "do", "who"}


@pytest.mark.parametrize("id", [*gates(), *CODES, *RULES])
def test_every_page_fits_eighty_columns_and_is_json(id: str) -> None:
    page = explain(id)
    assert max(map(len, page_text(page, View(width=80)).splitlines())) <= 80
    assert page_text(page, View(width=80, unicode=False)).isascii()
    assert json.loads(page_json(page))["id"] == id


def test_a_gate_page_has_settings_with_default_tiers_and_direction() -> None:
    page = explain("review")
    setting = next(one for one in page.settings if one.name == "code_owners")
    assert (setting.default, setting.tiers["critical"]) == ("ignored", "required")
    assert setting.stricter == "stricter to the right: ignored < where-present < required"
    assert {one.name for one in page.settings} == {"approvals", "from", "code_owners"}
    assert [item.id for item in page.items] == [f"review.{code}" for code in gates()["review"].reasons]
    assert explain("review.from") == page


def test_a_bare_code_is_enough_where_one_gate_has_it() -> None:
    assert explain("approvals-missing") == explain("review.approvals-missing")


def test_a_code_of_several_gates_lists_them() -> None:
    page = explain("change-unreadable")
    having = [gate.id for gate in gates().values() if "change-unreadable" in gate.reasons]
    assert page.kind == "choice"
    assert [item.id for item in page.items] == [f"{gate}.change-unreadable" for gate in having]
    assert len(having) > 2
    assert page.what_to_do


def test_a_finding_of_the_text_scanner_is_a_reason_of_integrity() -> None:
    assert explain("text.bidi-control") == explain("integrity.bidi-control")


def test_a_check_of_zizmor_says_what_helps_and_which_gate_judges_it() -> None:
    page = explain("zizmor.template-injection")
    assert "env:" in page.what_to_do
    assert dict(page.facts)["gate"] == "workflows"
    with pytest.raises(UsageError, match="not among the checks"):
        explain("zizmor.no-such-check")


def test_a_rule_of_pipelines_names_the_gate_that_judges_it() -> None:
    assert dict(explain("gitlab-ci.include.remote").facts)["gate"] == "workflows"
    assert dict(explain("python.flask.command-injection").facts)["gate"] == "sast"


def test_every_shipped_rule_is_found() -> None:
    assert sorted(rule_ids()) == sorted(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_shows_code_that_its_own_test_calls_bad_and_good(rule: str) -> None:
    """the line that is meant stands below the annotation in the file that is named"""
    page = explain(rule)
    assert [example.verdict for example in page.examples] == ["bad", "good"]
    for example, kind in zip(page.examples, ("ruleid", "ok"), strict=True):
        lines = (shipped_folder().parent / example.file).read_text(encoding="utf-8").splitlines()
        shown = dict(example.lines)
        assert shown[example.line].strip() == lines[example.line - 1].expandtabs(4).strip()
        above = lines[: example.line - 1]
        annotations = []
        while above and re.search(r"\b(ruleid|ok):", above[-1]):
            annotations.append(above.pop())
        assert any(f"{kind}:" in line and rule in line for line in annotations)


def test_other_examples_are_left_out_of_one() -> None:
    bad, good = explain("python.flask.open-redirect").examples
    assert [text for _, text in bad.lines][-1] == "        return redirect(target)"
    assert "redirect(target)" not in "".join(text for _, text in good.lines)


def test_a_check_around_the_good_line_is_part_of_the_example() -> None:
    """without it the line looks like the bad one"""
    _, good = explain("javascript.express.open-redirect").examples
    assert [text for _, text in good.lines][-4:] == [
        "if (!TARGETS.includes(next)) {",
        '  return res.redirect("/home");',
        "}",
        "res.redirect(next);",
    ]


def test_a_rule_says_severity_weakness_and_category() -> None:
    page = explain("python.flask.open-redirect")
    facts = dict(page.facts)
    assert (facts["severity"], facts["weakness"]) == ("medium, medium confidence", "CWE-601")
    assert facts["OWASP"] == "A01:2021, A01:2025"
    assert page.why and page.what_to_do.startswith("Redirect to url_for")


@pytest.mark.tools
@pytest.mark.parametrize(
    ("check", "means", "weakness"),
    [
        ("B602", "Test for use of popen with shell equals true.", "CWE-78"),
        ("B301", "Pickle and modules that wrap it", "CWE-502"),
    ],
)
def test_a_check_of_bandit_is_told_in_bandits_words(check: str, means: str, weakness: str) -> None:
    page = explain(f"bandit.{check}")
    assert page.means.startswith(means)
    assert dict(page.facts)["weakness"] == weakness
    assert len(page.why) > 50
    assert max(map(len, page_text(page, View(width=80)).splitlines())) <= 80


@pytest.mark.tools
def test_a_check_that_bandit_does_not_have() -> None:
    with pytest.raises(UsageError, match=r"bandit\.B999: bandit [0-9.]+ has no such check"):
        explain("bandit.B999")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("reviw", "review"),
        ("approval-missing", "approvals-missing"),
        ("python.flask.openredirect", "python.flask.open-redirect"),
        ("A.8.300", "A.8.30"),
        ("review.approvals-mising", "review.approvals-missing"),
    ],
)
def test_a_misspelt_id_is_told_the_near_ones(asked: str, near: str) -> None:
    with pytest.raises(UsageError) as refused:
        explain(asked)
    assert near in re.split(r" or |\?| ", refused.value.hint)


@pytest.mark.parametrize(
    "asked", ["", "\x1b[2J", "x" * 5000, "../../etc/passwd", "review.judge", "every.change-unreadable"]
)
def test_whatever_is_asked_is_answered_in_one_printable_line(asked: str) -> None:
    with pytest.raises(UsageError) as refused:
        explain(asked)
    assert refused.value.message.isprintable()
    assert len(refused.value.message) < 300


def test_every_id_has_a_page() -> None:
    assert len(all_ids()) > 60
    assert all(isinstance(explain(id), Page) for id in all_ids())
