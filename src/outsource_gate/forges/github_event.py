"""What started this job on GitHub, and which change is it about? Environment and event file only, nothing is asked.

Who could have written the definition of the job follows from the event (docs.github.com, "Events that trigger
workflows"): `pull_request_target` runs the target's or the default branch's; `pull_request` and
`pull_request_review` run that of the merge ref, `merge_group` that of the queue's ref, `push` that of the pushed
commit. All but the first hold what head wrote, so such a job is not trusted; a queue's entry or a push is where
GITHUB_WORKFLOW_REF names another repository: a ruleset brought the workflow from there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from outsource_gate.errors import UsageError
from outsource_gate.forges import Event
from outsource_gate.model.identity import Account

TOKEN_VARIABLES = ("GITHUB_TOKEN",)
MAX_BYTES = 32 << 20  # GitHub ends a payload at 25 MB
_PULL_EVENTS = ("pull_request_target", "pull_request", "pull_request_review")
_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}")
_TOKEN = re.compile(r"[!-~]+")
_QUEUE = re.compile(r"refs/heads/gh-readonly-queue/(?P<target>.+)/pr-(?P<number>[1-9][0-9]{0,14})-[0-9a-f]{40,64}")
# git-check-ref-format(1): what no branch name holds.
_NO_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|/\.|[./]$|\.lock(/|$)")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def detect(environment: Mapping[str, str]) -> Event | None:
    """Give the event of this job; None outside GitHub Actions, and for events that no change stands behind."""
    if environment.get("GITHUB_ACTIONS") != "true":
        return None
    name = _given(environment, "GITHUB_EVENT_NAME")
    if name not in (*_PULL_EVENTS, "merge_group", "push"):
        return None
    payload = _payload(Path(_given(environment, "GITHUB_EVENT_PATH")))
    frame = _frame(environment, payload, name)
    if name == "merge_group":
        return _merge_group(frame, payload)
    return _push(frame, payload) if name == "push" else _pull(frame, payload)


def _given(environment: Mapping[str, str], name: str) -> str:
    if value := environment.get(name, "").strip():
        return value
    raise UsageError(
        f"{name}: not set, though GITHUB_ACTIONS is", hint="run in a job of GitHub Actions, or outside"
    )


def _payload(path: Path) -> dict[str, Any]:
    where = "GITHUB_EVENT_PATH"
    try:
        if not path.is_file():
            raise UsageError(f"{where} {path}: no file is there", hint="run in a job of GitHub Actions, or outside")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{where} {path}: {error.strerror or error}") from error
    if len(raw) > MAX_BYTES:
        raise UsageError(f"{where} {path}: more than {MAX_BYTES} bytes, which GitHub never sends")
    try:
        payload = json.loads(raw, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where} {path}: no JSON that can be read: {str(error)[:200]}") from error
    if not isinstance(payload, dict):
        raise UsageError(f"{where} {path}: got {type(payload).__name__} -> expected an object")
    return payload


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a member given twice: two readers could take different ones."""
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise ValueError("a member is given twice")
    return whole


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def _frame(environment: Mapping[str, str], payload: dict[str, Any], name: str) -> dict[str, Any]:
    """Everything of the event that does not depend on its kind."""
    repository = _given(environment, "GITHUB_REPOSITORY")
    if not _REPOSITORY.fullmatch(repository):
        raise UsageError(f"GITHUB_REPOSITORY: {repository[:200]!r} -> expected owner/name")
    number = _repository_id(environment, payload, repository)
    origin, api = _api(environment)
    return {
        "forge": "github",
        "name": name,
        "repository": repository,
        "origin": origin,
        "api": api,
        "sender": _account(payload.get("sender")),
        "is_trusted": _is_trusted(environment, name, repository),
        "token": _token(environment),
        "repository_id": number,
    }


def _repository_id(environment: Mapping[str, str], payload: dict[str, Any], repository: str) -> int | None:
    """The numeric id; environment and payload must mean the same repository."""
    named = _text(payload, "repository", "full_name")
    if named.lower() != repository.lower():
        raise UsageError(
            f"event file: is about {named[:200]!r} -> expected {repository}, as GITHUB_REPOSITORY says"
        )
    number, given = _member(payload, "repository", "id"), environment.get("GITHUB_REPOSITORY_ID", "")
    if type(number) is not int or (given and given != str(number)):
        raise UsageError(
            f"event file: repository.id is {number!r:.50} -> expected GITHUB_REPOSITORY_ID {given[:50]}"
        )
    return number


def _api(environment: Mapping[str, str]) -> tuple[str, str]:
    """Origin and address of the API: github.com's own host, or /api/v3 of an Enterprise Server."""
    where = "GITHUB_API_URL"
    api = _given(environment, where).rstrip("/")
    try:
        parts, server = urlsplit(api), urlsplit(environment.get("GITHUB_SERVER_URL", ""))
        host, port, server_host = parts.hostname or "", parts.port, server.hostname or ""
    except ValueError as error:
        raise UsageError(f"{where}: {api[:200]!r} -> expected an https address") from error
    if not host or "@" in parts.netloc or parts.query or parts.fragment or not api.isascii() or " " in api:
        raise UsageError(f"{where}: {api[:200]!r} -> expected an https address without user, query or fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise UsageError(
            f"{where}: {parts.scheme}://{host} -> expected https, or the token could be read on its way"
        )
    if server_host and host not in (server_host, f"api.{server_host}"):
        raise UsageError(f"{where}: {host} -> expected the API of {server_host}, which GITHUB_SERVER_URL names")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}", api


def _token(environment: Mapping[str, str]) -> str:
    for name in ("OUTSOURCE_GATE_TOKEN", *TOKEN_VARIABLES):
        if token := environment.get(name, "").strip():
            if not _TOKEN.fullmatch(token):
                raise UsageError(f"{name}: holds a character that no token has", hint="set the secret anew")
            return token
    return ""


def _is_trusted(environment: Mapping[str, str], name: str, repository: str) -> bool:
    """A reusable workflow in another repository changes nothing: GITHUB_WORKFLOW_REF names its caller."""
    if name in _PULL_EVENTS:
        return name == "pull_request_target"
    brought = "/".join(environment.get("GITHUB_WORKFLOW_REF", "").split("/")[:2])
    return bool(_REPOSITORY.fullmatch(brought)) and brought.lower() != repository.lower()


def _pull(frame: dict[str, Any], payload: dict[str, Any]) -> Event:
    number = _member(payload, "pull_request", "number")
    if type(number) is not int or number < 1:
        raise UsageError(f"event file: pull_request.number is {number!r:.50} -> expected a number from 1")
    target = _branch(_text(payload, "pull_request", "base", "ref"))
    into = _member(payload, "pull_request", "base", "repo", "id")
    if into != frame["repository_id"]:
        raise UsageError(f"event file: pull_request.base is of repository {into!r:.50} -> expected this one")
    return Event(
        **frame,
        # The branch's tip decides, not the commit that the request once started from.
        base=f"refs/remotes/origin/{target}",
        head=_sha(payload, "pull_request", "head", "sha"),
        number=number,
        target=target,
        ref=f"refs/pull/{number}/head",
    )


def _merge_group(frame: dict[str, Any], payload: dict[str, Any]) -> Event:
    """A queue's entry. Only the name of its ref says which request it is: the last one that entered."""
    ref = _text(payload, "merge_group", "head_ref")
    target = _branch(_text(payload, "merge_group", "base_ref").removeprefix("refs/heads/"))
    named = _QUEUE.fullmatch(ref)
    if named is None or named["target"] != target:
        raise UsageError(
            f"event file: merge_group.head_ref is {ref[:200]!r}"
            f" -> expected refs/heads/gh-readonly-queue/{target}/pr-<number>-<commit>"
        )
    return Event(
        **frame,
        base=_sha(payload, "merge_group", "base_sha"),
        head=_sha(payload, "merge_group", "head_sha"),
        number=int(named["number"]),
        target=target,
        ref=ref,
    )


def _push(frame: dict[str, Any], payload: dict[str, Any]) -> Event:
    ref = _text(payload, "ref")
    before, after = _sha(payload, "before"), _sha(payload, "after")
    if payload.get("deleted") is True or not after.strip("0"):
        raise UsageError(f"push: {ref[:200]} was deleted, so there is nothing to judge", hint=_NARROWER)
    if not ref.startswith("refs/heads/"):
        raise UsageError(f"push: {ref[:200]} is no branch, so there is nothing to judge", hint=_NARROWER)
    target = _branch(ref.removeprefix("refs/heads/"))
    base = before
    if not before.strip("0"):  # a new branch: what it brings is what the default branch lacks
        base = f"refs/remotes/origin/{_branch(_text(payload, 'repository', 'default_branch'))}"
    return Event(**frame, base=base, head=after, target=target, ref=ref)


_NARROWER = "let the workflow run on pushes to branches only, and not on deletions"


def _member(payload: dict[str, Any], *path: str) -> Any:
    value: Any = payload
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(payload: dict[str, Any], *path: str) -> str:
    value = _member(payload, *path)
    if not isinstance(value, str) or not value:
        raise UsageError(f"event file: {'.'.join(path)} is {value!r:.50} -> expected text, as GitHub sends it")
    return value


def _sha(payload: dict[str, Any], *path: str) -> str:
    value = _text(payload, *path)
    if not _SHA.fullmatch(value):
        raise UsageError(f"event file: {'.'.join(path)} is {value[:80]!r} -> expected a full commit id")
    return value


def _branch(name: str) -> str:
    if _NO_BRANCH.search(name) or len(name) > 500:
        raise UsageError(f"event file: {name[:200]!r} -> expected the name of a branch")
    return name


def _account(value: Any) -> Account | None:
    login, number, kind = (_member({"of": value}, "of", name) for name in ("login", "id", "type"))
    if isinstance(login, str) and login and type(number) is int and number > 0:
        return Account(login[:200], number, kind[:50] if isinstance(kind, str) else "User")
    return None
