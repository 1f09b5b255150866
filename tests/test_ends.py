"""Which commits a change lies between in a queue, and whose word is taken for it."""

from __future__ import annotations

from pathlib import Path

from outsource_gate.ends import of_this_content, request_head
from outsource_gate.git.queue import standing_ahead
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import NotAsked
from outsource_gate.model.review import Context
from tests import values
from tests.repo import Repo


def told(repo: Repo, head: str) -> tuple[list[str], str]:
    """The refs that would be fetched, and the head that was reviewed."""
    fetched: list[str] = []
    context = Context("forge", "corp/payments", "gitlab", number=7, head=head)
    repository = Repository.open(repo.path)
    return fetched, request_head(context, repository, repository.resolve("main"), fetched.append)


def test_what_stands_ahead_are_the_first_parents_that_the_target_lacks(tmp_path: Path) -> None:
    """Nearest first; what was merged into an entry stands beside it."""
    repo = Repo(tmp_path / "repo")
    main = repo.commit("main", {"a.txt": "a"})
    repo.branch("request")
    request = repo.commit("request", {"b.txt": "b"})
    repo.branch("train", main)
    first = repo.commit("first", {"c.txt": "c"})
    second = repo.commit("second", {"d.txt": "d"})
    repo.merge(request)
    repository = Repository.open(repo.path)
    assert standing_ahead(repository, repo.head, main) == (second, first)
    assert standing_ahead(repository, main, main) == ()


def test_a_reviewed_head_that_is_not_here_is_fetched_by_the_forges_name_for_it(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("main", {"a.txt": "a"})
    repo.branch("request")
    here = repo.commit("request", {"b.txt": "b"})
    assert told(repo, here) == ([], here)
    assert told(repo, "f" * 40) == (["refs/merge-requests/7/head"], "f" * 40)


def test_who_opened_and_pushed_a_request_vouches_for_that_request_alone() -> None:
    """Where the entry holds something else, both are unknown, and it is said why."""
    context = values.context()
    same = values.change(request_head=values.EARLIER)
    assert of_this_content(context, same, values.EARLIER) == context
    assert of_this_content(context, values.change(), "") == context
    assert of_this_content(NotAsked(), values.change(), values.EARLIER) == NotAsked()
    other = of_this_content(context, values.change(), values.EARLIER)
    assert isinstance(other, Context)
    assert (other.opener, other.pushers) == (None, None)
    gap = other.gap("pushers")
    assert gap is not None
    assert "others may have part in it" in gap.reason
