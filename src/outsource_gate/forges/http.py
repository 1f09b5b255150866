"""How is a forge asked, so that every question ends, and a token goes nowhere else?

A `requests` session for the forges' client libraries: one origin, a total of time, bytes and requests, no encoding
that unpacks to more than was sent, waits that the server asks for where they fit. Never logs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from outsource_gate.errors import ForgeError

_CHUNK = 65_536
_TRANSIENT = frozenset({429, 500, 502, 503, 504})
_DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What all questions of one run may use up together."""

    seconds: float = 60.0
    bytes: int = 64 << 20
    requests: int = 200
    one_response_bytes: int = 16 << 20
    connect_seconds: float = 10.0


class BoundedSession(requests.Session):
    """A session that talks to one origin within bounds; ForgeError where one is reached.

    Transient answers (429, 5xx, 403 with Retry-After or an exhausted limit) are asked again while time is left;
    the last one is given back for the library to judge.
    """

    def __init__(
        self,
        origin: str,
        bounds: Bounds | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__()
        self.trust_env = False  # no .netrc, whose passwords would replace the token; proxies are set below
        self.proxies = requests.utils.get_environ_proxies(origin)
        self.headers["Accept-Encoding"] = "identity"
        self._origin = _origin(origin)
        self._bounds = bounds or Bounds()
        self._clock, self._sleep = clock, sleep
        self._deadline = clock() + self._bounds.seconds
        self._left_bytes = self._bounds.bytes
        self._left_requests = self._bounds.requests

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send one request; redirects are not followed here, and a library that follows one comes back here."""
        self._check_origin(request.url or "")
        kwargs |= {"allow_redirects": False, "stream": True}
        for attempt in range(5):
            response = self._once(request, kwargs)
            wait = self._wait(response, attempt)
            if wait is None or self._clock() + wait >= self._deadline:
                return response
            self._sleep(wait)
        return response

    def _once(self, request: requests.PreparedRequest, kwargs: dict[str, Any]) -> requests.Response:
        left = self._deadline - self._clock()
        self._left_requests -= 1
        if left <= 0:
            raise self._over("did not answer in time")
        if self._left_requests < 0:
            raise self._over(f"needed more than {self._bounds.requests} requests")
        kwargs["timeout"] = (min(self._bounds.connect_seconds, left), left)
        try:
            response = super().send(request, **kwargs)
            self._read(response)
        except requests.Timeout as error:
            raise self._over("did not answer in time") from error
        except (requests.RequestException, HTTPError, OSError) as error:
            raise ForgeError(
                f"{self._name}: cannot be asked ({type(error).__name__})",
                hint="see whether this machine reaches it; proxies come from HTTPS_PROXY",
            ) from error
        return response

    def _read(self, response: requests.Response) -> None:
        """Read the body here, a piece at a time: a server that drips must not hold the run."""
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            response.close()
            raise ForgeError(f"{self._name}: answered in an encoding that was not asked for")
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK):
            body += chunk
            self._left_bytes -= len(chunk)
            if len(body) > self._bounds.one_response_bytes or self._left_bytes < 0:
                response.close()
                raise self._over(f"answered more than {self._bounds.one_response_bytes} bytes")
            if self._clock() > self._deadline:
                response.close()
                raise self._over("did not answer in time")
        expected = response.headers.get("Content-Length", "")
        if expected.isdigit() and len(body) < int(expected) and response.request.method != "HEAD":
            raise ForgeError(f"{self._name}: the answer ended after {len(body)} of {expected} bytes")
        response._content = bytes(body)
        response._content_consumed = True  # type: ignore[attr-defined]

    def _wait(self, response: requests.Response, attempt: int) -> float | None:
        """How long to wait before asking again; None where the answer stands."""
        limited = response.status_code == 403 and (
            "Retry-After" in response.headers or response.headers.get("X-RateLimit-Remaining") == "0"
        )
        if response.status_code not in _TRANSIENT and not limited:
            return None
        asked = _retry_after(response.headers.get("Retry-After", ""))
        if asked is None and limited:
            reset = response.headers.get("X-RateLimit-Reset", "")
            asked = float(reset) - datetime.now(UTC).timestamp() if reset.isdigit() else None
        return max(asked, 0.0) if asked is not None else 2.0**attempt / 2 + random.random() / 4  # noqa: S311

    def _check_origin(self, url: str) -> None:
        if _origin(url) != self._origin:
            raise ForgeError(f"{self._name}: sends us to another server, where our token must not go")

    @property
    def _name(self) -> str:
        return self._origin[1]

    def _over(self, what: str) -> ForgeError:
        return ForgeError(f"{self._name}: {what}", hint="run the job again; if it stays so, ask who runs the forge")


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _retry_after(text: str) -> float | None:
    """Seconds, or a date; RFC 9110 10.2.3."""
    if text.isdigit():
        return float(text)
    try:
        return (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
