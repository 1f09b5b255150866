"""`explain` as it is typed."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from outsource_gate.cli import main
from outsource_gate.explanations.weaknesses import WAIVER


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["explain", *arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


APPROVALS = """\
review.approvals-missing  reason code

 Fewer independent approvals of exactly this content than the tier asks for.

 why         Somebody of ours who has no part in the change has to have looked
             at exactly this content. Approvals by people of vendors, by
             anybody named in the change, and of earlier content do not count.
 what to do  Ask for one more review of the newest commit; the list says who
             may and whose approval did not count.
 who         our own people, or the teams named in review.from
"""
RULE = """\
 bad  policies/rules/python/open-redirect.py:15
     10 │ @app.route("/login")
     11 │ def login():
     12 │     target = http.args.get("next") or "/"
     13 │     if http.form.get("quick"):
  →  15 │         return redirect(target)

 good  policies/rules/python/open-redirect.py:19
     10 │ @app.route("/login")
     11 │ def login():
     12 │     target = http.args.get("next") or "/"
       ⋮
  →  19 │     redirect(url_for("home", next=target))
"""
PRACTICE = """\
SSDF PW.2  control

 To have a design looked at.

 of  NIST SP 800-218, SSDF 1.1

 oversight  partly: Architecture assessments are on time, or named.

 what is not shown
  - What was found in them is a document.
"""


def test_a_reason_code_on_the_screen(run: Any) -> None:
    code, out, err = run("approvals-missing")
    assert (code, err) == (0, "")
    assert out.startswith(APPROVALS)


def test_a_rule_on_the_screen_has_its_examples_and_where_to_read_on(run: Any) -> None:
    code, out, _ = run("python.flask.open-redirect")
    assert code == 0
    assert RULE in out
    assert "read on     CWE-601: https://cwe.mitre.org/data/definitions/601.html" in out
    assert WAIVER in " ".join(out.split())


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_no_line_is_wider_than_the_screen_or_eighty(
    run: Any, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """and nothing of it is cut"""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    for id in ("review", "review.approvals-missing", "python.flask.open-redirect"):
        _, out, _ = run(id)
        assert max(map(len, out.splitlines())) <= min(int(columns), 80)
        _, data, _ = run(id, "--output", "json")
        words = json.loads(data).get("what_to_do", "").split()
        assert all(word in "".join(out.split()) for word in words)


def test_as_json_it_is_the_same_page(run: Any) -> None:
    code, out, _ = run("python.flask.open-redirect", "--output", "json")
    page = json.loads(out)
    assert code == 0
    assert (page["kind"], page["facts"]["weakness"]) == ("rule", "CWE-601")
    assert [example["line"] for example in page["examples"]] == [15, 19]
    assert "settings" not in page


def test_an_unknown_id_is_exit_2_with_what_may_be_meant(run: Any) -> None:
    code, out, err = run("aprovals-missing")
    assert (code, out) == (2, "")
    assert err.startswith("outsource-gate: 'aprovals-missing': no gate, reason code, rule or control of that id\n")
    assert "  → did you mean approvals-missing or review.approvals-missing" in err


def test_something_else_altogether_is_told_where_ids_are(run: Any) -> None:
    _, _, err = run("zzz")
    assert "gates are identity, access, contract" in err


def test_without_an_id_it_is_a_usage_error(run: Any) -> None:
    code, _, err = run()
    assert code == 2
    assert "Missing argument" in err


def test_a_control_on_the_screen_says_who_answers_and_what_is_not_shown(run: Any) -> None:
    code, out, _ = run("ssdf pw.2")
    assert code == 0
    assert out == PRACTICE


def test_help_shows_an_example(run: Any) -> None:
    assert "Example: outsource-gate explain review.approvals-missing" in run("--help")[1]
