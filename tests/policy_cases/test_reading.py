"""Which files are cases, and what is wrong with those that are not."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.policy.json_schema import json_schema
from outsource_gate.policy.yaml_text import read_yaml
from outsource_gate.policy_cases.reading import read_cases
from tests.policy.memory import models

EXAMPLE = Path(__file__).parent.parent.parent / "policies" / "example" / "tests"
CASE = "  - {name: one, given: {vendor: acme}, expect: {decision: ALLOW}}\n"


def error(folder: Path, text: str) -> str:
    (folder / "cases.yaml").write_text(text)
    with pytest.raises(PolicyError) as raised:
        read_cases([folder / "cases.yaml"])
    return str(raised.value)


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    """every YAML file below it, in the order of names; other files are left alone"""
    (tmp_path / "b").mkdir()
    for name, word in (("b/two.yml", "two"), ("a.yaml", "one"), ("note.txt", "three")):
        (tmp_path / name).write_text(f"cases:\n{CASE.replace('one', word)}")
    assert [one.case.name for one in read_cases([tmp_path])] == ["one", "two"]


def test_no_cases_are_an_error(tmp_path: Path) -> None:
    """the empty set never passes: an empty folder, no folder, an empty list"""
    with pytest.raises(PolicyError, match="no cases there"):
        read_cases([tmp_path])
    with pytest.raises(PolicyError, match="cannot be read"):
        read_cases([tmp_path / "absent"])
    assert "cases.yaml:1: cases: " in error(tmp_path, "cases: []\n")


def test_what_a_case_does_not_say_is_its_files(tmp_path: Path) -> None:
    """the file's `given` holds where the case says nothing, and only there"""
    shared = "given: {stage: push, repository: corp/x}\ncases:\n"
    (tmp_path / "cases.yaml").write_text(shared + CASE.replace("vendor: acme", "stage: change"))
    (one,) = read_cases([tmp_path])
    assert (one.given.stage, one.given.repository) == ("change", "corp/x")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ALLOW", "allow", "unknown value 'allow'; allowed: ALLOW, DENY, UNDECIDED"),
        ("vendor: acme", "vendr: acme", "unknown key 'vendr'"),
        ("ALLOW}", "ALLOW, gates: {acess: PASS}}", "nothing is called 'acess' -> did you mean access?"),
        ("ALLOW}", "ALLOW, reasons: [path-out-of-skope]}", "did you mean path-out-of-scope?"),
        ("given: {vendor: acme}", "facts: x, given: {vendor: acme}", "given or facts, one of the two"),
        ("given: {vendor: acme}, ", "", "given or facts, one of the two"),
        ("vendor: acme", "now: 2026-11-23", "now"),
        ("vendor: acme", "now: 2026-11-23T12:00:00", "timezone"),
        ("acme", "!!python/object:os.system x", "tags are not allowed"),
    ],
)
def test_what_is_wrong_has_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    """one error, with file and line"""
    told = error(tmp_path, "cases:\n" + CASE.replace(old, new))
    assert "cases.yaml:2: " in told
    assert message in told


def test_a_name_stands_once(tmp_path: Path) -> None:
    """a report that names a case names one"""
    assert "cases.yaml:3: cases[1].name: 'one' stands here a second time" in error(tmp_path, "cases:\n" + CASE * 2)


@pytest.mark.parametrize("file", sorted(EXAMPLE.glob("*.yaml")), ids=lambda file: str(file.name))
def test_the_examples_fit_the_schema(file: Path) -> None:
    """an editor accepts what ships"""
    schema = json_schema("tests", models())
    data = read_yaml(file.name, file.read_bytes()).data
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
    assert json.dumps(data)
