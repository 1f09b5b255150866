"""What do GitHub and GitLab answer to `doctor`? A small server on loopback, consistent until a test breaks it.

with FakeApi(github()) as api:
    api.fault("/repos/corp/payments/pulls", Fault(status=403))
    ... ask api.address ...
    assert api.asked == [...]
"""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

REPOSITORY = "corp/payments"
TOKEN = "tok-3kd8-sesame-9281-open"  # of no form that a forge uses
TOP, PROJECT = f"/repos/{REPOSITORY}", f"/projects/{REPOSITORY}"
RULESET = 42


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one path."""

    status: int = 200
    body: Any = None  # answered instead, as JSON; None: the forge's usual words for the status
    raw: bytes | None = None  # answered instead, as it is
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False


def github() -> dict[str, Any]:
    """A repository in order: the gate is a required workflow, nobody bypasses it, the token sees all."""
    rule = {"ruleset_source_type": "Organization", "ruleset_source": "corp", "ruleset_id": RULESET}
    gate = {"path": ".github/workflows/gate.yml", "repository_id": 7, "ref": "refs/heads/main"}
    reviews = {
        "required_approving_review_count": 2,
        "dismiss_stale_reviews_on_push": True,
        "require_code_owner_review": True,
        "require_last_push_approval": True,
        "required_review_thread_resolution": False,
    }
    return {
        TOP: {
            "id": 1, "full_name": REPOSITORY, "private": True, "visibility": "private", "default_branch": "main",
            "owner": {"login": "corp", "id": 3, "type": "Organization"},
        },
        f"{TOP}/pulls": [{"id": 11, "number": 7}],
        f"{TOP}/activity": [{"id": 21, "activity_type": "push", "ref": "refs/heads/topic"}],
        "/orgs/corp/teams": [{"id": 31, "slug": "engineering"}],
        f"{TOP}/rules/branches/main": [
            {"type": "workflows", "parameters": {"workflows": [gate]}, **rule},
            {"type": "pull_request", "parameters": reviews, **rule},
            {"type": "non_fast_forward", **rule},
        ],
        f"{TOP}/rulesets/{RULESET}": {
            "id": RULESET, "name": "outsourced", "source": "corp", "enforcement": "active", "bypass_actors": [],
            "current_user_can_bypass": "never",
        },
        f"{TOP}/branches/main": {"name": "main", "protected": True, "protection": {"enabled": False}},
        f"{TOP}/codeowners/errors": {"errors": []},
        f"{TOP}/actions/permissions/workflow": {
            "default_workflow_permissions": "read", "can_approve_pull_request_reviews": False,
        },
    }  # fmt: skip


def gitlab() -> dict[str, Any]:
    """A project in order, as far as a token can see."""
    nobody, maintainers = ({"id": 1, "access_level": level, "access_level_description": "x"} for level in (0, 40))
    return {
        PROJECT: {
            "id": 1, "path_with_namespace": REPOSITORY, "default_branch": "main", "visibility": "private",
            "only_allow_merge_if_pipeline_succeeds": True, "allow_merge_on_skipped_pipeline": False,
            "ci_config_path": ".gitlab-ci.yml@corp/ci",
        },
        "/personal_access_tokens/self": {"id": 5, "scopes": ["read_api"], "expires_at": "2999-01-01"},
        f"{PROJECT}/merge_requests": [{"id": 11, "iid": 7}],
        f"{PROJECT}/events": [{"id": 21, "action_name": "pushed to", "created_at": "2026-11-01T10:00:00Z"}],
        f"{PROJECT}/merge_requests/7/versions": [{"id": 110, "created_at": "2026-11-01T10:00:00Z"}],
        f"{PROJECT}/merge_requests/7/approvals": {"approved_by": [{"user": {"id": 1}}]},
        f"{PROJECT}/members/all": [{"id": 1, "access_level": 40}],
        f"{PROJECT}/protected_branches": [
            {"id": 1, "name": "ma*", "push_access_levels": [nobody], "merge_access_levels": [maintainers],
             "allow_force_push": False},
        ],
        f"{PROJECT}/approval_rules": [{"id": 1, "name": "security", "approvals_required": 2}],
        f"{PROJECT}/approvals": {
            "reset_approvals_on_push": True, "merge_requests_author_approval": False,
            "disable_overriding_approvers_per_merge_request": True,
        },
    }  # fmt: skip


class FakeApi:
    """Answers GET from a table; what is not in it is 404, and any other method is a failure of the test."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = copy.deepcopy(answers)
        self.faults: dict[str, Fault] = {}
        self.asked: list[str] = []
        self.methods: set[str] = set()
        self.asked_with: dict[str, list[str]] = {}  # token -> paths
        self.headers: set[str] = set()  # that a token came in
        self._released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FakeApi:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def fault(self, path: str, fault: Fault) -> None:
        """Break one path, or with "*" all of them."""
        self.faults[path] = fault

    def answer(self, path: str) -> tuple[int, bytes, Mapping[str, str]]:
        fault = self.faults.get(path) or self.faults.get("*")
        if fault is None:
            found = path in self.answers
            body = self.answers[path] if found else {"message": "Not Found", "status": "404"}
            return (200 if found else 404), json.dumps(body).encode(), {}
        if fault.hangs:
            self._released.wait(60)
        if fault.raw is not None:
            return fault.status, fault.raw, fault.headers
        usual = {"message": "Resource not accessible by integration", "status": str(fault.status)}
        return fault.status, json.dumps(usual if fault.body is None else fault.body).encode(), fault.headers


def _handler(api: FakeApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).removeprefix("/api/v4")
            api.asked.append(self.path)
            for name in (name for name in _TOKEN_HEADERS if self.headers[name]):
                api.headers.add(name)
                api.asked_with.setdefault(self.headers[name], []).append(self.path)
            status, body, headers = api.answer(path)
            self._send(status, body, headers)

        def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            try:
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # whoever asked has gone
                return

        def _refuse(self) -> None:
            api.methods.add(self.command)
            self._send(405, b"{}", {})

        def log_message(self, format: str, *args: Any) -> None:
            return

    for method in ("POST", "PUT", "PATCH", "DELETE", "HEAD"):
        setattr(Handler, f"do_{method}", Handler._refuse)
    return Handler


_TOKEN_HEADERS = ("Authorization", "PRIVATE-TOKEN", "JOB-TOKEN")
