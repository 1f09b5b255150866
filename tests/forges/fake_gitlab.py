"""A small GitLab on loopback: people push, open and approve, and every answer follows from that.

It can misbehave: `faults` says for the end of a path how it is answered instead.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
PROJECT, FORK = 12, 77
PATH = "corp/payments"
TOKEN, JOB_TOKEN = "glpat-secret", "glcbt-secret"
USERS = {"vicv": 815, "ina": 1, "ida": 2, "robo": 9}
Json = Any
Fault = Callable[[BaseHTTPRequestHandler], None]


def sha(letter: str) -> str:
    return letter * 40


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def iso(minute: float) -> str:
    return at(minute).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def user(name: str) -> dict[str, Json]:
    return {"id": USERS[name], "username": name, "name": name.title(), "state": "active", "web_url": ""}


@dataclass
class Fake:
    """What happened in the project, newest last; `minute` is when."""

    source_project: int | None = PROJECT
    branch: str = "feature"
    opened: float = 2
    author: str | None = "vicv"
    versions: list[dict[str, Json]] = field(default_factory=list)
    events: list[dict[str, Json]] = field(default_factory=list)
    notes: list[dict[str, Json]] = field(default_factory=list)
    approved: dict[str, float | None] = field(default_factory=dict)
    reviewers: dict[str, str] = field(default_factory=dict)
    request: dict[str, Json] = field(default_factory=dict)  # members that differ from what follows
    others: list[dict[str, Json]] = field(default_factory=list)  # requests that hold the head, too
    members: list[dict[str, Json]] = field(default_factory=list)
    access: list[dict[str, Json]] = field(default_factory=list)  # members of the project, with levels
    watched: dict[int, dict[str, Json]] = field(default_factory=dict)  # what administrators see of accounts
    pipelines: list[dict[str, Json]] = field(default_factory=list)  # of merge requests
    faults: dict[str, Fault] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def push(self, who: str, new: str, minute: float, *, branch: str = "", told: bool = True) -> None:
        """Push a branch; `told` False: as one of many refs, of which no event tells."""
        branch = branch or self.branch
        if told:
            self.event(who, minute, ref=branch, commit_from=self.heads.get(branch), commit_to=new)
        self.heads[branch] = new
        if branch == self.branch:
            number = len(self.versions) + 1
            self.versions.append(
                {"id": number, "head_commit_sha": new, "created_at": iso(max(minute, self.opened))}
            )

    def delete(self, who: str, minute: float) -> None:
        self.event(who, minute, commit_from=self.heads.pop(self.branch))

    def event(self, who: str | None, minute: float, **data: Json) -> None:
        whole = {"ref_type": "branch", "ref": self.branch, "commit_from": None, "commit_to": None} | data
        self.events.append(
            {
                "id": len(self.events) + 1,
                "action_name": "pushed to",
                "created_at": iso(minute),
                "author": user(who) if who else None,
                "push_data": whole,
            }
        )

    def approve(self, who: str, minute: float, *, says_when: bool = True) -> None:
        self.approved[who] = minute if says_when else None
        self.note(who, "approved this merge request", minute)

    def unapprove(self, who: str, minute: float) -> None:
        self.approved.pop(who, None)
        self.note(who, "unapproved this merge request", minute)

    def request_changes(self, who: str, minute: float) -> None:
        """As GitLab does it: a note, the reviewer's state, and then the approval is taken back with a note."""
        self.note(who, "requested changes", minute)
        self.reviewers[who] = "requested_changes"
        if who in self.approved:
            self.unapprove(who, minute)

    def note(self, who: str, body: str, minute: float, *, system: bool = True) -> None:
        self.notes.append(
            {
                "id": 100 + len(self.notes),
                "body": body,
                "system": system,
                "created_at": iso(minute),
                "author": user(who),
            }
        )

    def train(self, number: int, entry: str) -> None:
        """GitLab makes an entry of the merge train, and starts its pipeline."""
        self.pipeline(f"refs/merge-requests/{number}/train", entry)

    def pipeline(self, ref: str, commit: str) -> None:
        number = 100 + len(self.pipelines)
        row = {"id": number, "iid": number, "project_id": PROJECT, "sha": commit, "ref": ref, "status": "running"}
        self.pipelines.append(row | {"source": "merge_request_event", "created_at": iso(number)})

    def answer(self, path: str, query: dict[str, str]) -> Json | None:
        """What this path says; None: there is no such thing."""
        here = f"/projects/{PATH}/merge_requests/7"
        rows: dict[str, Callable[[], Json]] = {
            here: self._request,
            f"/projects/{PATH}/repository/commits/{sha('a')}/merge_requests": lambda: [
                self._request(),
                *self.others,
            ],
            f"/projects/{PATH}/repository/commits/{sha('f')}/merge_requests": list,
            f"/projects/{PATH}/repository/commits/{self.request.get('squash_commit_sha')}/merge_requests": lambda: [
                self._request()
            ],
            f"/projects/{self.source_project}/events": lambda: self.events[::-1],
            f"/projects/{PATH}/events": lambda: self.events[::-1],
            f"{here}/approvals": self._approvals,
            f"{here}/versions": lambda: self.versions[::-1],
            f"{here}/notes": lambda: [
                note for note in self.notes if note["system"] or query.get("activity_filter") != "only_activity"
            ],
            f"{here}/reviewers": lambda: [
                {"user": user(name), "state": state, "created_at": iso(0)} for name, state in self.reviewers.items()
            ],
            "/groups/corp/engineering/members": lambda: self.members,
            f"/projects/{PATH}/members/all": lambda: self.access,
            f"/projects/{PATH}/pipelines": lambda: [
                row for row in self.pipelines[::-1] if query.get("source") in (None, row["source"])
            ],
        }
        for name, number in USERS.items():
            whole = {"bot": name == "robo"} | self.watched.get(number, {})
            rows[f"/users/{number}"] = lambda name=name, whole=whole: user(name) | whole  # type: ignore[misc]
        return rows[path]() if path in rows else None

    def _request(self) -> Json:
        return {
            "id": 7007,
            "iid": 7,
            "project_id": PROJECT,
            "source_project_id": self.source_project,
            "target_project_id": PROJECT,
            "source_branch": self.branch,
            "target_branch": "main",
            "state": "opened",
            "created_at": iso(self.opened),
            "author": user(self.author) if self.author else None,
            "sha": self.versions[-1]["head_commit_sha"] if self.versions else None,
            "merge_commit_sha": None,
            "squash_commit_sha": None,
            "reviewers": [user(name) for name in self.reviewers],
        } | self.request

    def _approvals(self) -> Json:
        rows = [
            {"user": user(name)} | ({} if minute is None else {"approved_at": iso(minute)})
            for name, minute in self.approved.items()
        ]
        return {"approved": bool(rows), "approved_by": rows}


@contextmanager
def running(fake: Fake) -> Iterator[Fake]:
    """Let it answer on a port of its own; `fake.url` is its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = unquote(parts.path.removeprefix("/gitlab/api/v4"))
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            fake.asked.append(path)
            fake.headers.append(dict(self.headers))
            fault = next((fault for end, fault in fake.faults.items() if path.endswith(end)), None)
            if fault:
                self.close_connection = True
                fault(self)
            else:
                self._answer(fake.answer(path, query), query)

        def _answer(self, found: Json | None, query: dict[str, str]) -> None:
            if "JOB-TOKEN" in self.headers and not self._is_open_to_jobs():
                reply(self, 403, {"message": "403 Forbidden"})
            elif self.headers.get("PRIVATE-TOKEN") != TOKEN and self.headers.get("JOB-TOKEN") != JOB_TOKEN:
                reply(self, 401, {"message": "401 Unauthorized"})
            elif found is None:
                reply(self, 404, {"message": "404 Not found"})
            elif isinstance(found, list):
                size, page = int(query.get("per_page", "20")), int(query.get("page", "1"))
                following = str(page + 1) if len(found) > size * page else ""
                reply(self, 200, found[size * (page - 1) : size * page], **{"X-Next-Page": following})
            else:
                reply(self, 200, found)

        def _is_open_to_jobs(self) -> bool:
            """ci/jobs/ci_job_token: of what is asked here, merge requests and their notes only."""
            path = unquote(urlsplit(self.path).path)
            return path.endswith(("/merge_requests", "/merge_requests/7", "/notes"))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}/gitlab"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reply(handler: BaseHTTPRequestHandler, status: int, body: Json, **headers: str) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(raw))} | headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(raw)


def job(fake: Fake, **changes: str) -> dict[str, str]:
    """The variables of a detached merge request pipeline of request 7, as GitLab sets them."""
    return {
        "GITLAB_CI": "true",
        "CI_API_V4_URL": f"{fake.url}/api/v4",
        "CI_SERVER_URL": fake.url,
        "CI_PROJECT_ID": str(PROJECT),
        "CI_PROJECT_PATH": PATH,
        "CI_DEFAULT_BRANCH": "main",
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_EVENT_TYPE": "detached",
        "CI_MERGE_REQUEST_PROJECT_ID": str(PROJECT),
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "",
        "CI_COMMIT_SHA": sha("a"),
        "CI_COMMIT_BEFORE_SHA": "0" * 40,
        "CI_CONFIG_PATH": ".gitlab-ci.yml",
        "CI_JOB_TOKEN": JOB_TOKEN,
        "OUTSOURCE_GATE_TOKEN": TOKEN,
        "GITLAB_USER_ID": "1",
        "GITLAB_USER_LOGIN": "ina",
    } | changes


def reviewed() -> Fake:
    """A contractor pushes twice and opens a request; one of our own approves the second head."""
    fake = Fake()
    fake.push("vicv", sha("c"), 1)
    fake.push("vicv", sha("a"), 10)
    fake.approve("ina", 20)
    fake.reviewers["ina"] = "approved"
    return fake
