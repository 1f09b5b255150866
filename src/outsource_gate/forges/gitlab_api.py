"""How is GitLab's API asked? One page after the other, within bounds, and only what fits its shape comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter, ValidationError

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Event
from outsource_gate.forges.gitlab_event import JobToken
from outsource_gate.web.session import BoundedSession, Bounds

if TYPE_CHECKING:
    import gitlab
    import requests

Shape = TypeVar("Shape", bound=BaseModel)
PER_PAGE = 100
READ_API = "set OUTSOURCE_GATE_TOKEN to a project access token with scope read_api and role Reporter"


class RefusedError(ForgeError):
    """GitLab says no, or says that there is no such thing: for private things that is the same answer, 404."""


class Api:
    """Questions to one GitLab, with one token, within one set of bounds."""

    def __init__(self, event: Event, bounds: Bounds | None = None) -> None:
        self._place = event.origin.partition("://")[2]
        self._session = BoundedSession(event.origin, bounds)
        self._client = _client(event, self._session)
        kind = "the job's own token" if isinstance(event.token, JobToken) else "this token"
        self._whom = kind if event.token else "a job without token"

    def renew(self) -> None:
        """Start the clock anew: scanners may have read for minutes since the last question."""
        self._session.renew()

    def one(self, path: str, shape: type[Shape]) -> Shape:
        answer: Shape = self._parse(self._get(path, {}), TypeAdapter(shape), path)
        return answer

    def pages(self, path: str, shape: type[Shape], limit: int, **query: str) -> Iterator[Shape]:
        """Give every row to the end; ForgeError where there are more than `limit` pages.

        Pages are counted here: no address that the server names is followed. A page may hold fewer rows than asked
        for although more follow (notes that may not be read), so the length says nothing.
        """
        rows = TypeAdapter(tuple[shape, ...])  # type: ignore[valid-type]
        for page in range(1, limit + 1):
            response = self._get(path, {**query, "per_page": str(PER_PAGE), "page": str(page)})
            found = self._parse(response, rows, path)
            yield from found
            following = response.headers.get("X-Next-Page")
            if following == "" or (following is None and not found):
                return
        raise ForgeError(f"{self._place}: {_kind(path)} go on after {limit * PER_PAGE}, and are not read further")

    def _get(self, path: str, query: dict[str, str]) -> requests.Response:
        import gitlab  # noqa: PLC0415 # only where GitLab is asked
        import requests  # noqa: PLC0415

        try:
            return self._client.http_request("get", path, query_data=query, obey_rate_limit=False)
        except gitlab.GitlabError as error:
            raise self._failure(error.response_code, path) from error
        except (requests.RequestException, ValueError, RecursionError):
            # Not chained: what requests objects to may be a header, and its message shows it.
            raise ForgeError(f"{self._place}: {_kind(path)} cannot be asked for") from None

    def _failure(self, status: int | None, path: str) -> ForgeError:
        if status in {401, 403, 404}:
            return RefusedError(
                f"{self._place}: {_kind(path)} are not given to {self._whom} ({status})", hint=READ_API
            )
        if status is not None and 300 <= status < 400:
            return ForgeError(
                f"{self._place}: {_kind(path)} are said to be elsewhere ({status}), and are not followed"
            )
        return ForgeError(
            f"{self._place}: {_kind(path)} were answered with status {status}", hint="run the job again"
        )

    def _parse(self, response: requests.Response, shape: TypeAdapter[Any], path: str) -> Any:
        try:
            return shape.validate_json(response.content)
        except ValidationError as error:
            problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(str(part) for part in problem["loc"])[:80]
            raise ForgeError(
                f"{self._place}: {_kind(path)} are not as documented, {place or 'all'}: {problem['type']}",
                hint="see whether the address is GitLab's API, version 15 or later",
            ) from None


def project(name: str | int) -> str:
    """A project's or group's name is one path segment (api/rest: namespaced paths)."""
    return f"/projects/{quote(str(name), safe='')}"


def group(name: str) -> str:
    return f"/groups/{quote(name, safe='')}"


def _kind(path: str) -> str:
    """The last word of the path in the user's words; ids and names stay out."""
    words = [word for word in path.split("/") if word.isalpha() or "_" in word]
    return (
        {"all": "members", "users": "accounts"}.get(words[-1], words[-1].replace("_", " ")) if words else "answers"
    )


def _client(event: Event, session: BoundedSession) -> gitlab.Gitlab:
    """A client that reads no configuration file, does not retry (the session does) and keeps to its address."""
    try:
        import gitlab  # noqa: PLC0415 # LGPL, installed where a GitLab is asked
    except ImportError as error:
        raise ForgeError(
            "python-gitlab: not installed, so GitLab cannot be asked", hint="pip install 'outsource-gate[gitlab]'"
        ) from error
    kind = "job_token" if isinstance(event.token, JobToken) else "private_token"
    return gitlab.Gitlab(
        event.api.removesuffix("/api/v4"),
        **({kind: str(event.token)} if event.token else {}),  # type: ignore[arg-type]
        session=session,
        keep_base_url=True,
        retry_transient_errors=False,
    )
