"""Which results count: read whole, of no file of the change, of the commit that is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import UsageError
from outsource_gate.git.repository import Repository
from outsource_gate.imported import Frame, Given, check_names, own_commit, results_of
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.result import Result
from outsource_gate.model.verdict import Stage
from tests import values
from tests.policy.memory import policy_with
from tests.repo import Repo
from tests.results.sarif import run, sarif

POLICY = policy_with("sources: {results: {zap: {format: sarif}, unit: {format: junit}}}\n")
HEAD = "a" * 40
CASE = '<testsuite><testcase name="{}"/></testsuite>'


def read(repo: Repo, name: str, path: Path) -> tuple[Result | Unavailable, ...]:
    repository = Repository.open(repo.path)
    frame = Frame("corp/payments", repository.resolve("HEAD"), Stage.CHANGE, values.NOW)
    return results_of((Given(name, path),), POLICY, repository, frame)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "repo")
    made.commit("Base", {"docs/zap.sarif": sarif(run()), "a.py": "A = 1\n"})
    return made


@pytest.mark.parametrize(
    ("named", "commit"),
    [
        ((), ""),
        ((HEAD,), HEAD),
        ((HEAD[:12],), ""),
        (("b" * 40,), "b" * 40),
        ((HEAD, "b" * 40), "b" * 40),
        ((HEAD[:6],), HEAD[:6]),
        (("v1.0",), "v1.0"),
    ],
)
def test_a_file_is_of_head_only_if_it_names_nothing_else(named: tuple[str, ...], commit: str) -> None:
    """a short id of head is no binding, and another name is another commit"""
    assert own_commit(named, HEAD) == commit


def test_only_names_of_the_policy_are_known() -> None:
    check_names((Given("zap", Path("x")),), POLICY)
    with pytest.raises(UsageError, match="known: zap, unit"):
        check_names((Given("dast", Path("x")),), POLICY)


def test_a_folder_gives_every_report_right_in_it(repo: Repo, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (reports / "deeper").mkdir(parents=True)
    for name in ("b.xml", "a.xml", "deeper/c.xml", "notes.txt", "a.xml.sigstore.txt"):
        (reports / name).write_text(CASE.format(name))
    found = read(repo, "unit", reports)
    assert [one.tests and one.tests.run for one in found if isinstance(one, Result)] == [1, 1]


def test_a_file_of_head_is_nobodys_report_wherever_it_is_copied(repo: Repo, tmp_path: Path) -> None:
    copied = tmp_path / "copy.sarif"
    copied.write_bytes(sarif(run()))
    (found,) = read(repo, "zap", copied)
    assert isinstance(found, Unavailable)
    assert (found.fact, "the change itself brings this file along" in found.reason) == ("result:zap", True)


def test_a_file_of_head_that_a_checkout_converted_is_nobodys_report(repo: Repo) -> None:
    """line ends differ from the blob; the path does not"""
    path = repo.path / "docs" / "zap.sarif"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(sarif(run()) + b"\r\n")
    (found,) = read(repo, "zap", path)
    assert isinstance(found, Unavailable)


def test_a_signature_that_no_key_is_trusted_for_is_no_hand_over(repo: Repo, tmp_path: Path) -> None:
    path = tmp_path / "zap.sarif"
    path.write_bytes(sarif(run()) + b"\n")
    assert isinstance(read(repo, "zap", path)[0], Result)
    (tmp_path / "zap.sarif.sigstore.json").write_text("{}")
    (found,) = read(repo, "zap", path)
    assert isinstance(found, Unavailable)
    assert "the policy trusts no key for results" in found.reason
