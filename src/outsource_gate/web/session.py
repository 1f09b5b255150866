"""How is a server asked, so that every question ends, and a token goes nowhere else?

A `requests` session, also for the forges' client libraries: one origin, a total of time, bytes and requests, no
encoding that unpacks to more than was sent, waits that the server asks for where they fit. Never logs. Several
threads may ask at once.
"""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as SilenceError

from outsource_gate.errors import ForgeError, GateError
from outsource_gate.web.deadline import DeadlineAdapter

_CHUNK = 65_536
_TRIES = 5
_TRIES_TO_CONNECT = 3
_TRANSIENT = frozenset({429, 500, 502, 503, 504})
_DEFAULT_PORTS = {"https": 443, "http": 80}
_NUMBER = re.compile(r"[0-9]{1,15}")
# Where requests itself looks for a house's own certificate authority.
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What all questions of one run may use up together; `seconds` is for one round of them (`renew`)."""

    seconds: float = 60.0
    bytes: int = 64 << 20
    requests: int = 200
    one_response_bytes: int = 16 << 20
    connect_seconds: float = 10.0


class _BrokenError(Exception):
    """The connection broke before a whole answer was there: worth another try. `told` is what it ends as."""

    def __init__(self, told: GateError) -> None:
        super().__init__(told)
        self.told = told


class BoundedSession(requests.Session):
    """A session that talks to one origin within bounds; an error of the kind given where one is reached.

    Transient answers (429, 5xx, 403 with Retry-After or an exhausted limit) are asked again while time is left;
    the last one is given back for the library to judge. Redirects are given back, too, and never followed.
    """

    def __init__(
        self,
        origin: str,
        bounds: Bounds | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        error: type[GateError] = ForgeError,
        server: str = "the forge",
    ) -> None:
        super().__init__()
        self.trust_env = False  # no .netrc, whose passwords would replace the token; what else it does is set here
        self.proxies = requests.utils.get_environ_proxies(origin)
        self.verify = next((os.environ[name] for name in _CA_VARIABLES if os.environ.get(name)), True)
        self.headers["Accept-Encoding"] = "identity"
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self._adapter = DeadlineAdapter()
        self.mount("https://", self._adapter)
        self.mount("http://", self._adapter)
        self._origin = _origin(origin)
        self._bounds = bounds or Bounds()
        self._clock, self._sleep = clock, sleep
        self._error, self._hint = error, f"run the job again; if it stays so, ask who runs {server}"
        self._counting = threading.Lock()
        self._left_bytes = self._bounds.bytes
        self._left_requests = self._bounds.requests
        self.renew()

    def renew(self) -> None:
        """Start the clock anew for the next round of questions; bytes and requests are counted on."""
        self._deadline = self._clock() + self._bounds.seconds

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send one request, whatever the library wants of redirects, time-outs and certificates."""
        self._check_origin(request.url or "")
        for attempt in range(_TRIES):
            try:
                response = self._once(request, kwargs)
            except _BrokenError as broken:
                wait = _pause(attempt)
                if attempt + 1 >= _TRIES_TO_CONNECT or self._clock() + wait >= self._deadline:
                    raise broken.told from broken.__cause__
                self._sleep(wait)
                continue
            asked = _wait(response, attempt)
            if asked is None or attempt + 1 == _TRIES or self._clock() + asked >= self._deadline:
                return response
            self._sleep(asked)
        raise AssertionError("the last try returns or raises")

    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[Any]:
        """Give nothing: requests would read the redirect's body, without a bound, to know where it leads."""
        return iter(())

    def _once(self, request: requests.PreparedRequest, kwargs: dict[str, Any]) -> requests.Response:
        left = self._deadline - self._clock()
        self._count_request()
        if left <= 0:
            raise self._over("did not answer in time")
        kwargs |= {"allow_redirects": False, "stream": True, "verify": self.verify}
        kwargs["timeout"] = (min(self._bounds.connect_seconds, left), left)
        try:
            with self._adapter.ending_after(left):
                response = super().send(request, **kwargs)
                self._read(response)
            if self._clock() >= self._deadline:  # shut while it came: headers that are cut look like whole ones
                raise self._over("did not answer in time")
        except (requests.Timeout, SilenceError) as error:
            raise self._over("did not answer in time") from error
        except (requests.RequestException, HTTPError, OSError) as error:
            if self._clock() >= self._deadline:
                raise self._over("did not answer in time") from error
            told = self._error(
                f"{self._name}: no whole answer came ({type(error).__name__})",
                hint="see whether this machine reaches it and trusts its certificate; "
                "HTTPS_PROXY and REQUESTS_CA_BUNDLE are respected",
            )
            raise told if isinstance(error, requests.exceptions.SSLError) else _BrokenError(told) from error
        return response

    def _count_request(self) -> None:
        with self._counting:
            self._left_requests -= 1
            if self._left_requests < 0:
                raise self._over(f"needed more than {self._bounds.requests} requests")

    def _read(self, response: requests.Response) -> None:
        """Read the body here, a piece at a time: a server that drips must not hold the run."""
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            response.close()
            raise self._over("answered in an encoding that was not asked for")
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK):
            body += chunk
            with self._counting:
                self._left_bytes -= len(chunk)
            if len(body) > self._bounds.one_response_bytes:
                response.close()
                raise self._over(f"answered more than {self._bounds.one_response_bytes} bytes")
            if self._left_bytes < 0:
                response.close()
                raise self._over(f"answered more than {self._bounds.bytes} bytes in all")
            if self._clock() > self._deadline:
                response.close()
                raise self._over("did not answer in time")
        expected = _number(response.headers.get("Content-Length", ""))
        if expected is not None and len(body) < expected and response.request.method != "HEAD":
            raise _BrokenError(self._over(f"the answer ended after {len(body)} of {expected:.0f} bytes"))
        response._content = bytes(body)
        response._content_consumed = True  # type: ignore[attr-defined]
        response.encoding = "utf-8"  # RFC 8259 8.1; guessing it takes seconds for a large body

    def _check_origin(self, url: str) -> None:
        try:
            same = _origin(url) == self._origin
        except ValueError:  # a port that is none
            same = False
        if not same:
            raise self._over("sends us to another server, where our token must not go")

    @property
    def _name(self) -> str:
        return self._origin[1]

    def _over(self, what: str) -> GateError:
        return self._error(f"{self._name}: {what}", hint=self._hint)


def is_limit(response: requests.Response) -> bool:
    """Tell a limit that was reached from something that is not allowed: GitHub answers 403 to both."""
    if response.status_code == 429:
        return True
    return response.status_code == 403 and (
        "Retry-After" in response.headers or response.headers.get("X-RateLimit-Remaining") == "0"
    )


def _wait(response: requests.Response, attempt: int) -> float | None:
    """How long to wait before asking again; None where the answer stands."""
    if response.status_code not in _TRANSIENT and not is_limit(response):
        return None
    asked = _retry_after(response.headers.get("Retry-After", ""))
    if asked is None and response.headers.get("X-RateLimit-Remaining") == "0":
        reset = _number(response.headers.get("X-RateLimit-Reset", ""))
        asked = None if reset is None else reset - datetime.now(UTC).timestamp()
    return _pause(attempt) if asked is None else max(asked, 0.0)


def _pause(attempt: int) -> float:
    return 2.0**attempt / 2 + random.random() / 4  # noqa: S311  spreads the load, hides nothing


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _retry_after(text: str) -> float | None:
    """Seconds, or a date; RFC 9110 10.2.3."""
    if (seconds := _number(text)) is not None:
        return seconds
    try:
        return (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None
