"""What does a forge answer to one question, and what may be concluded where it does not?

Each question has a session of its own, so that one that hangs does not take the time of the next; after several
that nobody answered, no more are asked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import requests
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from outsource_gate.errors import ForgeError
from outsource_gate.web.session import BoundedSession, Bounds

TOTAL_SECONDS = 30.0
ONE_SECONDS = 6.0
MAX_UNANSWERED = 3
MAX_BYTES = 4 << 20
# GitHub names what a question would have needed: "members=read", "contents=read; pull_requests=read".
_NEEDS = re.compile(r"[a-z_]+=[a-z]+(?:[,;] ?[a-z_]+=[a-z]+){0,5}")

T = TypeVar("T")


class Shape(BaseModel):
    """The part of an answer that is read; what else there is does not matter."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


@dataclass(frozen=True, slots=True)
class Refused:
    """The forge says no, or that there is no such thing: it answers 404 for both."""

    status: int
    message: str = ""  # its own word; to recognise, not to show
    needs: str = ""  # permissions, as the forge names them

    @property
    def why(self) -> str:
        if self.status == 401:
            return "401: token not accepted; expired, revoked, or of another forge"
        told = f"{self.status}, needs {self.needs}" if self.needs else f"{self.status}: not for this token"
        return f"{told}, or not there" if self.status == 404 else told


@dataclass(frozen=True, slots=True)
class Silent:
    """No answer that anything can be concluded from."""

    why: str


@dataclass(slots=True)
class Api:
    """Asks one forge, read only, within one total of time."""

    address: str
    headers: Mapping[str, str] = field(repr=False)
    total_seconds: float = TOTAL_SECONDS
    one_seconds: float = ONE_SECONDS
    _unanswered: int = field(default=0, init=False)
    _deadline: float = field(default=0.0, init=False)

    def get(self, path: str, kind: type[T]) -> T | Refused | Silent:
        """Ask one question; an answer of another shape, or only a part of one, is none."""
        self._deadline = self._deadline or time.monotonic() + self.total_seconds
        left = self._deadline - time.monotonic()
        if self._unanswered >= MAX_UNANSWERED or left <= 0:
            return Silent("not asked any more: the forge did not answer before")
        bounds = Bounds(
            seconds=min(self.one_seconds, left), bytes=MAX_BYTES, requests=6, one_response_bytes=MAX_BYTES
        )
        try:
            with BoundedSession(self.address, bounds) as session:
                response = session.get(f"{self.address}{path}", headers=dict(self.headers))
        except (ForgeError, requests.RequestException, ValueError) as error:
            self._unanswered += 1
            return Silent(error.message if isinstance(error, ForgeError) else "the address cannot be asked")
        return self._judged(response, kind)

    def _judged(self, response: requests.Response, kind: type[T]) -> T | Refused | Silent:
        status = response.status_code
        if status in (401, 403, 404):
            return Refused(
                status, _message(response), _needs(response.headers.get("X-Accepted-GitHub-Permissions"))
            )
        if 300 <= status < 400:
            return Silent(f"answered {status}: it is somewhere else now; was the repository renamed or moved?")
        if status != 200:
            self._unanswered += status >= 500
            return Silent(f"answered {status}")
        if 'rel="next"' in response.headers.get("Link", "") and "per_page=1&" not in f"{response.url}&":
            return Silent("answered with more than one page")
        try:
            answer: T = TypeAdapter(kind).validate_json(response.content)
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
            return Silent(f"answered with something else than is documented{f' ({place})' if place else ''}")
        return answer


def _message(response: requests.Response) -> str:
    try:
        told = response.json()["message"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return str(told)[:200]


def _needs(header: str | None) -> str:
    return header if header and len(header) <= 200 and _NEEDS.fullmatch(header) else ""
