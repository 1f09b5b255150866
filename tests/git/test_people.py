"""Who is named in a history: counted from raw commits, within bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outsource_gate.git.own_identity import own_identity
from outsource_gate.git.people import MAX_NAMES, read_history
from outsource_gate.git.repository import Repository
from outsource_gate.model.history import Contribution, History
from outsource_gate.model.identity import Claim
from tests.repo import Repo

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SINCE = datetime(2025, 11, 25, 12, tzinfo=UTC)
VIC = "Vic Vendor <Vic@acme-dev.example>"


def day(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}T12:00:00+00:00").timestamp())


def read(repo: Repo, **more: int) -> History:
    with Repository.open(repo.path).session() as repository:
        return read_history(repository, repository.resolve("main"), SINCE, NOW, **more)


def people(history: History) -> dict[str, Contribution]:
    return {one.email: one for one in history.contributions}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def test_an_address_is_counted_once_a_commit_with_its_first_and_last_day(repo: Repo) -> None:
    repo.commit("a", author=VIC, date=day("2026-03-02"))
    repo.commit("b", author=VIC, date=day("2026-11-20"))
    repo.commit("c", date=day("2026-11-21"))
    history = read(repo)
    assert (history.branch, history.since, history.commits, history.is_cut) == (
        "main",
        date(2025, 11, 25),
        3,
        False,
    )
    assert history.contributions[0] == Contribution(
        "vic@acme-dev.example", "Vic Vendor", 2, 2, date(2026, 3, 2), date(2026, 11, 20)
    )


def test_committers_and_co_authors_are_named_too(repo: Repo) -> None:
    """and whoever is only ever a co-author wrote nothing"""
    lines = ["Co-authored-by: Helper <noreply@assistant.example>"]
    repo.commit("a", author=VIC, committer="Ina <ina@corp.example>", trailers=lines, date=day("2026-11-01"))
    found = people(read(repo))
    assert {email: one.wrote for email, one in found.items()} == {
        "vic@acme-dev.example": 1,
        "ina@corp.example": 1,
        "noreply@assistant.example": 0,
    }


def test_what_lies_before_the_window_is_not_read(repo: Repo) -> None:
    repo.commit("old", author="Old <old@corp.example>", date=day("2025-11-20"))
    repo.commit("new", author=VIC, date=day("2026-01-02"))
    assert set(people(read(repo))) == {"vic@acme-dev.example"}


def test_more_commits_than_are_read_are_said(repo: Repo) -> None:
    for number in range(4):
        repo.commit(str(number), author=VIC, date=day("2026-01-02") + number)
    history = read(repo, max_commits=3)
    assert (history.commits, history.is_cut) == (3, True)
    assert not read(repo, max_commits=4).is_cut


@pytest.mark.parametrize("when", [2**62, 32503680000])
def test_a_date_in_the_future_counts_as_now(repo: Repo, when: int) -> None:
    repo.commit("a", author=VIC, date=when)
    assert people(read(repo))["vic@acme-dev.example"].last == NOW.date()


def test_the_name_used_most_names_an_address_and_names_are_bounded(repo: Repo) -> None:
    for number in range(MAX_NAMES + 5):
        repo.commit("a", author=f"Name {number} <x@corp.example>", date=day("2026-01-02") + number)
    repo.commit("b", author="Name 3 <x@corp.example>", date=day("2026-02-02"))
    assert people(read(repo))["x@corp.example"].name == "Name 3"


def test_a_commit_too_large_to_be_ordinary_proposes_nobody(repo: Repo) -> None:
    repo.commit(b"x" * 300_000, author=VIC, date=day("2026-01-02"))
    repo.commit("b", date=day("2026-01-03"))
    assert set(people(read(repo))) == {"ida@corp.example"}


def test_an_empty_address_is_nobodys(repo: Repo) -> None:
    repo.commit("a", author="Nobody <>", date=day("2026-01-02"))
    assert read(repo).contributions == ()


def test_whoever_is_at_the_keyboard_is_named_by_the_nearer_configuration(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    with Repository.open(repo.path).session() as repository:
        assert own_identity(repository) is None
        (tmp_path / ".gitconfig").write_text("[user]\n name = Ida\n email = ida@home.example\n")
        assert own_identity(repository) == Claim("Ida", "ida@home.example")
        repo.config("user.email", "ida@corp.example")
        assert own_identity(repository) == Claim("Ida", "ida@corp.example")
