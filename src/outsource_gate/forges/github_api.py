"""How is one question put to GitHub? PyGithub's requester over the bounded session; lists are read to their end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Event
from outsource_gate.forges.github_shapes import UNLIKE
from outsource_gate.model.review import Gap

MAX_PAGES = 50  # of 100 rows
API_VERSION = "2022-11-28"


class RefusalError(ForgeError):
    """GitHub answered, and not with what was asked for."""

    def __init__(self, message: str, status: int, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.status = status


class Api:
    """GitHub's API for one run. Every question has a requester of its own: PyGithub's keeps state between calls."""

    def __init__(self, event: Event, session: Any) -> None:
        self._event = event
        self._kind = _requester_kind(event.origin, session)

    def one(self, path: str, **query: str) -> Any:
        """Ask for one thing."""
        return self._ask(self._requester(), path, query)[1]

    def pages(self, path: str, most: int = MAX_PAGES, **query: str) -> Iterator[list[Any]]:
        """Ask for a list, page after page; ForgeError where it leads elsewhere or does not end."""
        requester = self._requester()
        url, seen = path, {path}
        parameters: dict[str, str] = {"per_page": "100", **query}
        for _ in range(most):
            headers, rows = self._ask(requester, url, parameters)
            if not isinstance(rows, list):
                raise ForgeError(f"{path}: got {type(rows).__name__} -> expected a list", hint=UNLIKE)
            yield rows
            url, parameters = self._next(headers), {}
            if not url:
                return
            if url in seen:
                raise ForgeError(f"{path}: its pages lead in a circle", hint=UNLIKE)
            seen.add(url)
        raise ForgeError(f"{path}: did not end after {most} pages of 100 rows", hint="make smaller changes")

    def rows(self, path: str) -> list[Any]:
        """Ask for a whole list."""
        return [row for page in self.pages(path) for row in page]

    def _requester(self) -> Any:
        from github import Auth  # noqa: PLC0415  lazy: a run without a forge does not pay for it

        return self._kind(
            auth=Auth.Token(self._event.token) if self._event.token else None,
            base_url=self._event.api,
            timeout=1,  # the session's bounds count
            user_agent="outsource-gate",
            per_page=100,
            verify=True,
            retry=None,
            pool_size=None,
            lazy=True,
            api_version=API_VERSION,
        )

    def _ask(self, requester: Any, url: str, query: dict[str, str]) -> tuple[dict[str, Any], Any]:
        from github import GithubException  # noqa: PLC0415

        where = urlsplit(url).path.removeprefix(urlsplit(self._event.api).path)
        try:
            headers, data = requester.requestJsonAndCheck("GET", url, parameters=query)
        except GithubException as error:
            raise _refusal(where, error.status, dict(error.headers or {})) from None
        except (ValueError, TypeError, AttributeError, KeyError, ArithmeticError, RuntimeError, AssertionError):
            # PyGithub takes answers apart as they come; whatever it stumbles over was no answer of GitHub.
            raise ForgeError(f"{where}: answered something that is not GitHub's JSON", hint=UNLIKE) from None
        return headers, data

    def _next(self, headers: dict[str, Any]) -> str:
        """The next page's address, or nothing; it must be on this server, though under any path (RFC 8288)."""
        from requests.utils import parse_header_links  # noqa: PLC0415

        links = parse_header_links(str(headers.get("link", ""))[:10_000])
        url = next((str(link.get("url", "")) for link in links if link.get("rel") == "next"), "")
        if url and not url.startswith((f"{self._event.origin}/", f"{self._event.api}/")):
            raise ForgeError("a list leads to another server, where our token must not go", hint=UNLIKE)
        return url


def gap(fact: str, error: ForgeError, permission: str) -> Gap:
    """Say why a fact is missing; where GitHub did not show it to this token, what the token lacks."""
    is_kept = isinstance(error, RefusalError) and error.status in (401, 403, 404)
    return Gap(fact, error.message, permission if is_kept else error.hint)


def _requester_kind(origin: str, session: Any) -> type[Any]:
    """PyGithub's requester with our session, and without its log: that shows whole answers."""
    try:
        from github.Requester import (  # noqa: PLC0415
            HTTPSRequestsConnectionClass,
            Requester,
            RequestsResponse,
        )
    except ImportError as error:
        raise ForgeError(
            "GitHub cannot be asked: PyGithub is not installed", hint="pip install 'outsource-gate[github]'"
        ) from error

    class Connection(HTTPSRequestsConnectionClass):
        def __init__(self, host: str, port: int | None = None, *_: Any, **__: Any) -> None:
            self.host = host  # PyGithub's own would open a session of its own

        def getresponse(self) -> RequestsResponse:
            answer = session.request(self.verb, f"{origin}{self.url}", headers=self.headers, allow_redirects=False)
            # PyGithub would sleep over 202 and ask again without end, and drop the query of what is redirected.
            if answer.status_code == 202 or 300 <= answer.status_code < 400:
                raise _refusal(urlsplit(self.url).path, answer.status_code, {})
            return RequestsResponse(answer)

        def close(self) -> None:
            """Leave the session open: other questions use it."""

    class Bounded(Requester):
        """A class of its own, so that PyGithub used elsewhere in this process stays as it is."""

    Bounded.injectConnectionClasses(Connection, Connection)  # type: ignore[arg-type]
    Bounded.injectLogger(logging.Logger("outsource_gate.github", logging.CRITICAL + 1))
    return Bounded


def _refusal(where: str, status: int, headers: dict[str, Any]) -> RefusalError:
    """Never with GitHub's own text: it would come into logs as it is."""
    named = {name.lower(): value for name, value in headers.items()}
    if status == 429 or (status == 403 and ("retry-after" in named or named.get("x-ratelimit-remaining") == "0")):
        return RefusalError(f"{where}: asked too often for now ({status})", 429, hint="run the job again later")
    if status == 401:
        return RefusalError(f"{where}: the token is not accepted (401)", status, hint="set the secret anew")
    if status in (403, 404):
        return RefusalError(
            f"{where}: not shown to this token ({status})", status, hint="see what the token may read"
        )
    if 300 <= status < 400:
        return RefusalError(f"{where}: moved elsewhere ({status})", status, hint="run the job where it is now")
    return RefusalError(f"{where}: answered {status}", status, hint="run the job again later")
