"""Events that GitHub really sent, as its users recorded them, are read as what they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import UsageError
from outsource_gate.forges import Event
from outsource_gate.forges.github_event import detect

INSTALLED = Path(__file__).resolve().parent / "node" / "node_modules" / "@octokit" / "webhooks-examples"
EVENTS = ("pull_request_target", "pull_request", "pull_request_review", "merge_group", "push")

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(
        not INSTALLED.is_dir(),
        reason="tests/forges/node/node_modules is not installed: npm ci --prefix tests/forges/node",
    ),
]


def recorded(name: str) -> list[tuple[str, dict[str, Any]]]:
    """Every recording of this event, of github.com and of each Enterprise Server there is one of."""
    sent = "pull_request" if name == "pull_request_target" else name
    return [
        (folder.name, example)
        for folder in sorted(INSTALLED.iterdir())
        if (folder / "index.json").is_file()
        for event in json.loads((folder / "index.json").read_text())
        if event["name"] == sent
        for example in event["examples"]
    ]


def seen(folder: Path, name: str, payload: dict[str, Any]) -> Event | None:
    path = folder / "event.json"
    path.write_text(json.dumps(payload))
    repository = payload["repository"]
    job = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": name,
        "GITHUB_EVENT_PATH": str(path),
        "GITHUB_REPOSITORY": repository["full_name"],
        "GITHUB_REPOSITORY_ID": str(repository["id"]),
        "GITHUB_SERVER_URL": "https://ghe.corp.example",
        "GITHUB_API_URL": "https://ghe.corp.example/api/v3",
    }
    return detect(job)


@pytest.mark.parametrize("name", EVENTS[:3])
def test_every_recorded_request_names_its_head_and_target(tmp_path: Path, name: str) -> None:
    examples = recorded(name)
    assert examples
    for where, payload in examples:
        event = seen(tmp_path, name, payload)
        assert event is not None, where
        pull = payload["pull_request"]
        assert (event.head, event.number, event.target) == (
            pull["head"]["sha"],
            pull["number"],
            pull["base"]["ref"],
        )
        assert event.sender is not None
        assert event.sender.id == payload["sender"]["id"]


def test_every_recorded_queue_entry_names_its_request(tmp_path: Path) -> None:
    examples = recorded("merge_group")
    assert examples
    for where, payload in examples:
        event = seen(tmp_path, "merge_group", payload)
        assert event is not None, where
        assert (event.number, event.target, event.head) == (104, "main", payload["merge_group"]["head_sha"])


def test_every_recorded_push_is_judged_or_says_that_it_brings_nothing(tmp_path: Path) -> None:
    judged = []
    for _, payload in recorded("push"):
        if payload["deleted"] or not payload["ref"].startswith("refs/heads/"):
            with pytest.raises(UsageError, match="nothing to judge"):
                seen(tmp_path, "push", payload)
        else:
            judged.append(seen(tmp_path, "push", payload))
    assert judged
    assert {(event.target, event.base) for event in judged if event} == {("master", "refs/remotes/origin/master")}
