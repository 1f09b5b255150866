"""What do the variables of a GitLab job say of the change? The frame only: each of them can be set by somebody.

Pushing with `-o ci.variable` (branch pipelines only), starting a pipeline by hand and editing `.gitlab-ci.yml` all
replace predefined variables (ci/variables, precedence). `gitlab_request` asks the API about those that decide: the
project's path with its id, the number of the merge request, its target branch and its head. What GitLab merged
itself (merged results, trains) is checked in git, where the merge is made again. Nobody can check CI_API_V4_URL:
that is where we ask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import SplitResult, urlsplit

from outsource_gate.errors import UsageError
from outsource_gate.forges import Event
from outsource_gate.model.identity import Account

TOKEN_VARIABLES = ("GITLAB_TOKEN", "CI_JOB_TOKEN")
POLICY_JOB = "execution-policy"
_API = "/api/v4"
_PORTS = {"https": 443, "http": 80}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_SHA = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64})\Z")
_BRANCH = re.compile(r"(?![-/.])(?!.*(?:\.\.|@\{|//))[^\x00-\x20\x7f~^:?*\[\\]+\Z")  # git-check-ref-format
# ci/pipelines: what each kind of merge request pipeline runs on.
_REFS = {"detached": "head", "merged_result": "merge", "merge_train": "train"}


class JobToken(str):
    """A job's own token: it goes into another header, and reads neither approvals nor members nor push events."""

    __slots__ = ()


def detect(environment: Mapping[str, str]) -> Event | None:
    """Read the frame of a GitLab job; None elsewhere. UsageError where the variables contradict themselves."""
    if environment.get("GITLAB_CI") != "true":
        return None
    api, origin = _address(environment)
    source = environment.get("CI_PIPELINE_SOURCE", "")
    event = Event(
        forge="gitlab",
        name=source,
        repository=_needed(environment, "CI_PROJECT_PATH"),
        origin=origin,
        api=api,
        base="",
        head=_sha(environment, "CI_COMMIT_SHA"),
        sender=_sender(environment),
        is_trusted=_is_trusted(environment),
        token=_token(environment),
        repository_id=_number(environment, "CI_PROJECT_ID"),
    )
    if environment.get("CI_MERGE_REQUEST_IID") or source == "merge_request_event":
        return _merge_request(event, environment)
    return _branch(event, environment)


def _merge_request(event: Event, environment: Mapping[str, str]) -> Event:
    """In detached pipelines CI_COMMIT_SHA is the request's head; else it is a merge commit that GitLab made."""
    kind = environment.get("CI_MERGE_REQUEST_EVENT_TYPE") or "detached"
    if kind not in _REFS:
        allowed = ", ".join(_REFS)
        raise UsageError(f"CI_MERGE_REQUEST_EVENT_TYPE: unknown kind {kind[:40]!r}, allowed are {allowed}")
    number = _number(environment, "CI_MERGE_REQUEST_IID")
    if number is None:
        raise UsageError("CI_MERGE_REQUEST_IID: missing in a merge request pipeline", hint="run `check` in its job")
    if environment.get("CI_MERGE_REQUEST_PROJECT_ID", "") not in ("", environment.get("CI_PROJECT_ID", "")):
        raise UsageError(
            f"merge request !{number}: this pipeline runs in the fork, whose branches its owner writes",
            hint="run the pipeline in the parent project (merge request, Pipelines, Run pipeline)",
        )
    target = _branch_name(environment, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
    return replace(
        event,
        name=event.name or "merge_request_event" if kind == "detached" else kind,
        # Never CI_MERGE_REQUEST_TARGET_BRANCH_SHA: whoever sets a base makes the change as small as they like.
        base=f"refs/remotes/origin/{target}",
        number=number,
        target=target,
        in_train=kind == "merge_train",
        ref=f"refs/merge-requests/{number}/{_REFS[kind]}",
    )


def _branch(event: Event, environment: Mapping[str, str]) -> Event:
    """A push to the default or a protected branch is judged from what was there; others from the default branch."""
    default = _branch_name(environment, "CI_DEFAULT_BRANCH")
    named = bool(environment.get("CI_COMMIT_BRANCH"))
    branch = _branch_name(environment, "CI_COMMIT_BRANCH") if named else ""
    before = environment.get("CI_COMMIT_BEFORE_SHA", "")
    is_target = branch == default or (named and environment.get("CI_COMMIT_REF_PROTECTED") == "true")
    # Zeros on the first push of a branch, and in every pipeline that no push started (predefined_variables).
    is_known = _SHA.match(before) is not None and before.strip("0") != ""
    return replace(
        event,
        name=event.name or "push",
        base=before if is_target and is_known else f"refs/remotes/origin/{default}",
        target=branch if is_target else default,
        ref=f"refs/heads/{branch}" if named else "",
    )


def _is_trusted(environment: Mapping[str, str]) -> bool:
    """Is this job defined where head could not write it?

    Every `.gitlab-ci.yml` that GitLab runs for a branch or merge request is head's own, also where it includes a
    protected file: head can drop the include or redefine its job. Two set-ups keep the definition away from head,
    and variables are the only sign of either here: CI_CONFIG_PATH names a file of another project
    (`ci.yml@corp/ci`) or an address; or a pipeline execution policy starts the job, and its file says
    `OUTSOURCE_GATE_JOB: execution-policy`. Both are claims. A job that head wrote can make them, too, and gains
    nothing: it could print ALLOW as well. Proof for others is the key of the record, and GitLab's word: `source` in
    `GET /job` and `job_source` in ID tokens are "pipeline_execution_policy" then (GitLab 17.11).
    """
    if environment.get("OUTSOURCE_GATE_JOB") == POLICY_JOB:
        return True
    path = environment.get("CI_CONFIG_PATH", "")
    return "@" in path or path.startswith(("https://", "http://"))


def _address(environment: Mapping[str, str]) -> tuple[str, str]:
    api = _needed(environment, "CI_API_V4_URL").rstrip("/")
    parts = _parts(api)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or not parts.path.endswith(_API):
        raise UsageError(f"CI_API_V4_URL: no address of GitLab's API, expected https://HOST{_API}")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise UsageError(
            f"CI_API_V4_URL: http://{parts.hostname} -> expected https, or others could read the token"
        )
    server = environment.get("CI_SERVER_URL", "")
    if server and _place(_parts(server)) != _place(parts):
        raise UsageError("CI_API_V4_URL and CI_SERVER_URL: name two servers", hint="set neither of them by hand")
    return api, f"{parts.scheme}://{parts.netloc}"


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no number
    except ValueError as error:
        raise UsageError(f"CI_API_V4_URL or CI_SERVER_URL: no address ({error})") from error
    return parts


def _place(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _token(environment: Mapping[str, str]) -> str:
    for name in ("OUTSOURCE_GATE_TOKEN", *TOKEN_VARIABLES):
        token = environment.get(name, "").strip()
        if not (token.isascii() and token.isprintable()):  # requests would print it in its error
            raise UsageError(f"{name}: holds characters that no token has", hint="set the variable anew")
        if token:
            return JobToken(token) if name == "CI_JOB_TOKEN" else token
    return ""


def _sender(environment: Mapping[str, str]) -> Account | None:
    """Who started the pipeline, or this job by hand: not necessarily who pushed."""
    login = environment.get("GITLAB_USER_LOGIN", "")
    return Account(login, _number(environment, "GITLAB_USER_ID")) if login else None


def _needed(environment: Mapping[str, str], name: str) -> str:
    if value := environment.get(name, ""):
        return value
    raise UsageError(
        f"{name}: missing in this GitLab job", hint="run `check` in the job's script, with its variables"
    )


def _number(environment: Mapping[str, str], name: str) -> int | None:
    value = environment.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and 0 < len(value) < 19 and int(value) > 0):
        raise UsageError(f"{name}: no number, got {value[:40]!r}")
    return int(value)


def _sha(environment: Mapping[str, str], name: str) -> str:
    value = _needed(environment, name)
    if not _SHA.match(value):
        raise UsageError(f"{name}: no full commit id, got {value[:70]!r}")
    return value


def _branch_name(environment: Mapping[str, str], name: str) -> str:
    value = _needed(environment, name)
    if not _BRANCH.match(value) or len(value) > 500:
        raise UsageError(f"{name}: no name of a branch, got {value[:70]!r}")
    return value
