"""A server of the OSV API on loopback: finds entries by name as the published one does, and can misbehave.

https://google.github.io/osv.dev/api/. What goes wrong are the faults of the fake forge.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.forges.fake_github import Fault

MODIFIED = "2026-11-20T08:00:00Z"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        entry = self.server.fake.entries.get(self.path.removeprefix("/v1/vulns/"))
        self._answer(200 if entry else 404, entry or {"code": 5, "message": "Bug not found."})

    def do_POST(self) -> None:
        fake = self.server.fake
        fake.sent.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        results = [] if fake.faults.get("POST") else [fake.result(query) for query in fake.sent[-1]["queries"]]
        self._answer(200, {"results": results})

    def _answer(self, status: int, body: Any) -> None:
        fake = self.server.fake
        fake.asked.append(f"{self.command} {self.path}")
        fake.headers.append(dict(self.headers))
        with suppress(ConnectionError):
            if fault := fake.fault(self.command):
                fault(self)  # type: ignore[arg-type]  # faults need what every handler has, and `say`
            else:
                self.say(status, body)

    def say(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: tests read standard error."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeOsv

    def handle_error(self, *_: Any) -> None:
        """Say nothing: whoever asked has hung up."""


class FakeOsv:
    """What it knows (`entries`, by id), what goes wrong by method (`faults`), and what it was asked and sent."""

    def __init__(self, *entries: dict[str, Any]) -> None:
        self.entries: dict[str, Any] = {one["id"]: one for one in entries}
        self.page = 1_000
        self.faults: dict[str, list[Fault]] = {}
        self.asked: list[str] = []
        self.sent: list[Any] = []
        self.headers: list[dict[str, str]] = []
        self.origin = ""

    def fault(self, method: str) -> Fault | None:
        """The next fault of this method; the last one stays."""
        faults = self.faults.get(method, [])
        return faults.pop(0) if len(faults) > 1 else next(iter(faults), None)

    def result(self, query: dict[str, Any]) -> dict[str, Any]:
        """Names are found letter by letter, and withdrawn entries never."""
        ids = sorted(
            one["id"]
            for one in self.entries.values()
            if any(part["package"] == query["package"] for part in one["affected"]) and "withdrawn" not in one
        )
        start = int(query.get("page_token", "0"))
        listed = [{"id": id, "modified": MODIFIED} for id in ids[start : start + self.page]]
        more = {"next_page_token": str(start + self.page)} if start + self.page < len(ids) else {}
        return ({"vulns": listed} if listed else {}) | more

    @property
    def names(self) -> list[tuple[str, str]]:
        """Ecosystem and name of everything that it was told."""
        told = [query["package"] for body in self.sent for query in body["queries"]]
        return [(one["ecosystem"], one["name"]) for one in told]


@contextmanager
def running(*entries: dict[str, Any]) -> Iterator[FakeOsv]:
    server = Server(("127.0.0.1", 0), Handler)
    server.fake = FakeOsv(*entries)
    server.fake.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
