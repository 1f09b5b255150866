"""GitHub's published description of its API, put by Prism between us and our fake of GitHub.

Prism refuses what the description does not know, of questions and of answers. The description is large, so only the
questions that we put are cut out of it.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.forges.fake_github import FakeGitHub

MODULES = Path(__file__).resolve().parent / "node" / "node_modules"
PRISM = MODULES / "@stoplight" / "prism-cli" / "dist" / "index.js"
DESCRIPTION = MODULES / "@octokit" / "openapi" / "generated" / "api.github.com.deref.json"
NODE = shutil.which("node")
_IS_THERE = PRISM.is_file() and DESCRIPTION.is_file()
LACKING = "" if NODE and _IS_THERE else "node or its packages are missing: npm ci --prefix tests/forges/node"
_SOMEBODY = "/orgs/{org}/teams/{team_slug}/members"


def cut_description(paths: Iterable[str]) -> dict[str, Any]:
    """GitHub's own, cut to what we ask: reading it whole takes Prism half a minute."""
    whole = json.loads(DESCRIPTION.read_text())
    kept = {path: whole["paths"][path] for path in {*paths, _SOMEBODY}}
    operations = {
        path: {verb: operation for verb, operation in item.items() if verb in ("get", "post")}
        for path, item in kept.items()
    }
    return {name: whole[name] for name in ("openapi", "info", "servers")} | {"paths": operations}


@contextmanager
def described(server: FakeGitHub, description: dict[str, Any], folder: Path) -> Iterator[None]:
    """Let `origin` be Prism's until the block ends."""
    (folder / "api.json").write_text(json.dumps(description))
    direct, port = server.origin, _free_port()
    command = [str(NODE), str(PRISM), "proxy", "--errors", "-h", "127.0.0.1", "-p", str(port)]
    with (folder / "log").open("wb") as log:
        prism = subprocess.Popen([*command, str(folder / "api.json"), direct], stdout=log, stderr=log)
    try:
        _wait_for(port, prism, folder / "log")
        server.origin = f"http://127.0.0.1:{port}"
        yield
    finally:
        server.origin = direct
        prism.terminate()
        prism.wait(10)


def make_whole(server: FakeGitHub, description: dict[str, Any], path: str, own: str) -> None:
    """Put our answer into GitHub's example of one: what we leave out is as GitHub shows it."""
    somebody = _example(description, _SOMEBODY)[0]
    server.answers[own] = _whole(_example(description, path), server.answers[own], somebody)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, prism: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if prism.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"Prism did not start: {log.read_text()[-2000:]}")


def _example(description: dict[str, Any], path: str) -> Any:
    content = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return next(iter(content["examples"].values()))["value"]


def _whole(example: Any, own: Any, somebody: dict[str, Any]) -> Any:
    if isinstance(own, list):
        row = example[0] if isinstance(example, list) and example else {}
        return [_whole(row, one, somebody) for one in own]
    if isinstance(own, dict):
        known = example if isinstance(example, dict) else {}
        known = known or (somebody if "login" in own else {})
        return known | {name: _whole(known.get(name), value, somebody) for name, value in own.items()}
    return own
