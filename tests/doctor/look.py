"""What do the tests of `doctor` share: a repository with a policy, what is asked, and one check of many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from outsource_gate.doctor import Asked, Check, State
from outsource_gate.doctor.place import Place
from outsource_gate.forges import Event, ForgeName
from tests.doctor.fake_api import REPOSITORY, TOKEN, FakeApi
from tests.repo import Repo

EXAMPLE = Path(__file__).resolve().parents[2] / "policies" / "example"


def one(checks: Iterable[Check], looked_at: str) -> Check:
    """The one check of that name."""
    (found,) = [check for check in checks if check.looked_at == looked_at]
    return found


def states(checks: Iterable[Check]) -> dict[str, State]:
    return {check.looked_at: check.state for check in checks}


def asked(
    repo: Path,
    *,
    policy: Path | None = None,
    key: str | None = None,
    trust: Path | None = None,
    environment: Mapping[str, str] | None = None,
    event: Event | None = None,
) -> Asked:
    return Asked(repo, policy, key, trust, environment or {}, lambda _: event)


def event(*, is_trusted: bool = True, base: str = "refs/heads/main", api: str = "https://forge.example") -> Event:
    return Event(
        "github", "pull_request_target", REPOSITORY, api, api, base, "1" * 40, 7, "main", is_trusted=is_trusted
    )


def place(api: FakeApi, forge: ForgeName, variable: str = "OUTSOURCE_GATE_TOKEN") -> Place:
    return Place(forge, api.address, REPOSITORY, "main", token_variable=variable, token=TOKEN)


def with_policy(folder: Path) -> Repo:
    """A repository of Corp whose main branch holds the example policy and register."""
    repo = Repo(folder)
    files = {f".outsource-gate/{path.relative_to(EXAMPLE)}": path.read_text() for path in EXAMPLE.rglob("*.yaml")}
    repo.commit("first", {"app.py": "x = 1\n", **files})
    repo.git("remote", "add", "origin", f"https://forge.example/{REPOSITORY}.git")
    return repo
