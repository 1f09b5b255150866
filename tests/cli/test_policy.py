"""outsource-gate policy: lint, schema, explain as a user sees them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from outsource_gate.cli import main
from outsource_gate.policy.yaml_text import read_yaml

EXAMPLE = Path(__file__).parent.parent.parent / "policies" / "example"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["policy", *arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def example(folder: Path, old: str = "", new: str = "") -> str:
    """Copy the example, with something in policy.yaml replaced."""
    for file in EXAMPLE.rglob("*.yaml"):
        target = folder / file.relative_to(EXAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text()
        target.write_text(text.replace(old, new) if file.name == "policy.yaml" and old else text)
    return str(folder)


def test_lint_of_the_example(run: Any) -> None:
    """a policy that reads well ends with a count and exit 0"""
    code, out, err = run("lint", "--policy", str(EXAMPLE))
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("reads well: 3 vendors, 7 people; ")


def test_lint_of_a_looser_tier(run: Any, tmp_path: Path) -> None:
    """a loosened setting is a warning with its line, and still exit 0"""
    looser = "tiers: {critical: {gates: {review: {approvals: 1}}}}"
    code, out, _ = run("lint", "--policy", example(tmp_path, "tiers: {extends: baseline}", looser))
    assert code == 0
    assert "warning  policy.yaml:9: critical: review.approvals 1 is looser than 2 of the shipped critical\n" in out


def test_explain_says_why_a_tier_is_stricter_than_claimed(run: Any, tmp_path: Path) -> None:
    """the answer that it follows from, and the line that claims less"""
    folder = example(tmp_path)
    globex = tmp_path / "vendors" / "globex.yaml"
    globex.write_text(globex.read_text().replace("data-class: public", "data-class: internal"))
    _, out, _ = run("explain", "--vendor", "globex", "--policy", folder)
    head = "(globex): tier elevated  [vendors/globex.yaml:5: claims standard; data-class: internal asks for more]"
    assert head in out.splitlines()[0]


def test_lint_as_json(run: Any) -> None:
    """pipelines get the same as data"""
    code, out, _ = run("lint", "--policy", str(EXAMPLE), "--output", "json")
    found = json.loads(out)
    assert (code, found["reads"]) == (0, True)
    assert {"severity", "place", "message", "hint"} == set(found["found"][0])


def test_lint_of_a_broken_policy(run: Any, tmp_path: Path) -> None:
    """a mistake is one line on standard error, the next step below it, and exit 2"""
    code, out, err = run("lint", "--policy", example(tmp_path, "organization", "organisation"))
    assert (code, out) == (2, "")
    first, *_ = err.splitlines()
    assert first.startswith("outsource-gate: policy.yaml:4: unknown key 'organisation'; allowed: ")


def test_the_default_place(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """without --policy the folder .outsource-gate here is read; without one the next step is named"""
    monkeypatch.chdir(tmp_path)
    code, _, err = run("lint")
    assert code == 2
    assert err == (
        "outsource-gate: .outsource-gate: no such file or folder\n"
        "  → name a policy file or its folder with --policy\n"
    )
    example(tmp_path / ".outsource-gate")
    code, out, _ = run("lint")
    assert code == 0
    assert "the register lies in the repository" in out


def test_explain(run: Any) -> None:
    """every setting of the vendor's tier stands with the line that says so"""
    code, out, _ = run("explain", "--vendor", "acme", "--policy", str(EXAMPLE))
    rows = [line.split() for line in out.splitlines()]
    assert code == 0
    assert out.startswith("Acme Dev Ltd (acme): tier critical  [vendors/acme.yaml:5]\n")
    assert ["review", "approvals", "2"] in [row[:3] for row in rows]
    assert next(row for row in rows if "fail_on" in row)[-2:-1] == ["shipped"]


def test_explain_says_which_policy_line(run: Any, tmp_path: Path) -> None:
    """an own setting carries the policy's line, its neighbours the shipped one's"""
    own = "tiers:\n  critical:\n    gates:\n      sast: {fail_on: low}"
    folder = example(tmp_path, "tiers: {extends: baseline}", own)
    _, out, _ = run("explain", "--vendor", "acme", "--policy", folder, "--output", "json")
    explained = json.loads(out)
    sast = next(gate for gate in explained["gates"] if gate["gate"] == "sast")
    places = {each["setting"]: (each["value"], each["place"]) for each in sast["settings"]}
    assert places["fail_on"] == ("low", "policy.yaml:12")
    assert places["confidence"][1].startswith("shipped baseline:")
    assert (explained["tier"], explained["why"]) == ("critical", "vendors/acme.yaml:5")


def test_explain_for_nobody_known(run: Any) -> None:
    """who is not registered is judged by the strictest tier"""
    code, out, _ = run("explain", "--vendor", "unknown", "--policy", str(EXAMPLE))
    assert code == 0
    assert "tier critical  [nobody registered it: the strictest tier applies]" in out


def test_explain_of_a_vendor_that_is_not_there(run: Any) -> None:
    """a wrong id is exit 2 and lists the right ones"""
    code, _, err = run("explain", "--vendor", "acne", "--policy", str(EXAMPLE))
    assert code == 2
    assert "--vendor acne: not registered; registered: acme, globex" in err


@pytest.mark.parametrize("columns", ["30", "80", "200"])
def test_nothing_is_cut(run: Any, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """every setting, value and place can be read on a terminal of any width"""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = run("explain", "--vendor", "acme", "--policy", str(EXAMPLE))
    _, data, _ = run("explain", "--vendor", "acme", "--policy", str(EXAMPLE), "--output", "json")
    settings = [each for gate in json.loads(data)["gates"] for each in gate["settings"]]
    assert "…" not in out
    assert len(settings) >= 9
    for each in settings:
        assert each["setting"] in out
        assert each["place"] in out
    assert "right-to-audit" in out and "confidentiality" in out


@pytest.mark.parametrize(("kind", "file"), [("vendor", "vendors/globex.yaml"), ("people", "people.yaml")])
def test_schema(run: Any, kind: str, file: str) -> None:
    """the printed schema accepts the example's files"""
    code, out, _ = run("schema", kind)
    assert code == 0
    data = read_yaml(file, (EXAMPLE / file).read_bytes()).data
    jsonschema.Draft202012Validator(json.loads(out)).validate(data)


def test_schema_of_the_policy_is_the_default(run: Any) -> None:
    """without a word it is the policy's"""
    assert run("schema") == run("schema", "policy")
    assert json.loads(run("schema")[1])["title"] == "outsource-gate policy"


@pytest.mark.parametrize("name", ["lint", "explain", "schema"])
def test_help_shows_an_example(run: Any, name: str) -> None:
    """every command's help has one worked example"""
    code, out, _ = run(name, "--help")
    assert code == 0
    assert f"Example: outsource-gate policy {name}" in out
