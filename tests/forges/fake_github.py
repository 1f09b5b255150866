"""A GitHub of one repository on loopback: says what it was given, page by page, and can misbehave."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY, REPOSITORY_ID = "corp/payments", 1296269
Fault = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One connection; HTTP/1.1, so that connections are kept as GitHub keeps them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        fake = self.server.fake
        parts = urlsplit(self.path)
        path = parts.path.removeprefix("/api/v3").replace(f"/repositories/{REPOSITORY_ID}", f"/repos/{REPOSITORY}")
        fake.note(path, dict(self.headers), self.client_address)
        fault = fake.fault(path)
        with suppress(ConnectionError):
            if fault:
                fault(self)
            elif (own := fake.key(path, parse_qs(parts.query))) in fake.answers:
                self._answer(fake.answers[own], parts.path, parse_qs(parts.query))
            else:
                self.say(
                    404,
                    {"message": "Not Found", "status": "404"},
                )

    def do_POST(self) -> None:
        """What is asked to be done is noted, and was created (rest/actions/workflow-runs)."""
        fake, path = self.server.fake, urlsplit(self.path).path
        fake.note(path, dict(self.headers), self.client_address)
        self.say(201 if path in fake.answers else 404, fake.answers.get(path, {"message": "Not Found"}))

    def _answer(self, body: Any, path: str, query: dict[str, list[str]]) -> None:
        if not isinstance(body, list):
            return self.say(200, body)
        if ref := query.get("ref"):
            body = [row for row in body if row["ref"] == ref[0]]
        if actor := query.get("actor"):
            body = [row for row in body if row["actor"]["login"] == actor[0]]
        size, page = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
        headers = {}
        if len(body) > size * page:
            kept = "".join(
                f"&{name}={value}" for name in ("ref", "filter", "affiliation") for value in query.get(name, ())
            )
            # GitHub's own form: by the repository's number.
            next_path = path.replace(f"/repos/{REPOSITORY}/", f"/repositories/{REPOSITORY_ID}/")
            link = f"{self.server.fake.origin}{next_path}?per_page={size}&page={page + 1}{kept}"
            headers["Link"] = f'<{link}>; rel="next", <{link}>; rel="last"'
        return self.say(200, body[size * (page - 1) : size * page], headers)

    def say(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: tests read standard error."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeGitHub

    def handle_error(self, *_: Any) -> None:
        """Say nothing: whoever asked has hung up."""


class FakeGitHub:
    """What is served (`answers`, by path), what goes wrong (`faults`), and what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.faults: dict[str, list[Fault]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.clients: set[tuple[str, int]] = set()
        self.origin = ""
        self._noting = threading.Lock()

    def note(self, path: str, headers: dict[str, str], client: tuple[str, int]) -> None:
        with self._noting:
            self.asked.append(path)
            self.headers.append(headers)
            self.clients.add(client)

    def fault(self, path: str) -> Fault | None:
        """The next fault of this path; the last one stays."""
        with self._noting:
            faults = self.faults.get(path) or self.faults.get("*") or []
            return faults.pop(0) if len(faults) > 1 else next(iter(faults), None)

    def key(self, path: str, query: dict[str, list[str]]) -> str:
        """Where the answer lies: lists that a filter cuts have one of their own."""
        return f"{path}?filter={query['filter'][0]}" if "filter" in query else path

    def count(self) -> Counter[str]:
        return Counter(self.asked)


@contextmanager
def running(fake: FakeGitHub | None = None) -> Iterator[FakeGitHub]:
    server = Server(("127.0.0.1", 0), Handler)
    server.fake = fake or FakeGitHub()
    server.fake.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# --- faults


def fine(handler: Handler) -> None:
    handler.say(200, [])


def status(code: int, **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.say(code, {"message": "no"}, named)


def body(raw: bytes) -> Fault:
    return lambda handler: handler.say(200, raw)


def drip(handler: Handler) -> None:
    """One byte of the body at a time, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        time.sleep(0.02)


def drip_headers(handler: Handler) -> None:
    """One byte of a header at a time, for ever: every byte starts a socket's time-out again."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"a")
        time.sleep(0.02)


def silence(handler: Handler) -> None:
    time.sleep(1.5)
    handler.close_connection = True


def cut(handler: Handler) -> None:
    """Less than was announced."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'[{"id": 1')
    _hang_up(handler)


def hang_up(handler: Handler) -> None:
    _hang_up(handler)


def _hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.wfile.flush()
    with suppress(OSError):
        handler.connection.shutdown(socket.SHUT_RDWR)


def huge(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    while True:
        handler.wfile.write(chunk)


def gzip_bomb(handler: Handler) -> None:
    handler.say(200, gzip.compress(b" " * (32 << 20)), {"Content-Encoding": "gzip"})


def redirect(to: str, code: int = 302) -> Fault:
    return lambda handler: handler.say(code, {}, {"Location": to})


def slow_redirect(to: str) -> Fault:
    """A redirect whose body never ends."""

    def answer(handler: Handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while True:
            handler.wfile.write(b" ")
            time.sleep(0.02)

    return answer


def endless_pages(handler: Handler) -> None:
    """Every page has a next one."""
    parts = urlsplit(handler.path)
    page = int(parse_qs(parts.query).get("page", ["1"])[0]) + 1
    link = f'<{handler.server.fake.origin}{parts.path}?page={page}>; rel="next"'
    handler.say(200, [], {"Link": link})


def next_page(url: str) -> Fault:
    return lambda handler: handler.say(200, [], {"Link": f'<{url}>; rel="next"'})
