"""Which other repository may git talk to, with which credential, and how is a git started that may?

Every other git of this program is kept off the network. This one may use https, ssh and files, asks nobody,
and runs in a repository of our own: the clone's configuration (helpers, hooks, proxies, addresses rewritten) has no
say in it.
"""

from __future__ import annotations

import base64
import re
import resource
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from outsource_gate.errors import UsageError
from outsource_gate.git.program import Program

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

EVIDENCE_TOKEN = "OUTSOURCE_GATE_EVIDENCE_TOKEN"  # noqa: S105 - a variable's name
MAX_FETCHED = 1 << 30  # bytes of one file that git may write
PROTOCOLS = "file:https:ssh"
NAME = "evidence"  # what the remote is called in the repository of our own; its address is in no argument

# What the environment may say: the way out of the network, and an agent that holds keys.
_PASSED = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "SSH_AUTH_SOCK")
# A forge's own tokens, and the user name its server expects with them.
_FORGE_TOKENS = (
    ("OUTSOURCE_GATE_TOKEN", "x-access-token"),
    ("GITHUB_TOKEN", "x-access-token"),
    ("GITLAB_TOKEN", "oauth2"),
    ("CI_JOB_TOKEN", "gitlab-ci-token"),
)
_SSH = (
    "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=15 -o ServerAliveInterval=10"
    " -o ForwardAgent=no -o ClearAllForwardings=yes -o PermitLocalCommand=no"
)
_SETTINGS = {
    "credential.helper": "",
    "core.askPass": "",
    "core.alternateRefsCommand": "true",  # the branches of a clone whose objects are borrowed are nobody's business
    "http.followRedirects": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "20",
    "protocol.version": "2",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "fetch.fsckObjects": "true",
    "fetch.unpackLimit": "1",  # one pack, so that a bound on one file bounds all
    "fetch.recurseSubmodules": "false",
    "push.recurseSubmodules": "no",
    "push.gpgSign": "false",
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SCP = re.compile(r"(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!//|:)[^-].*")
_ALLOWED = "allowed: a remote's name, https://, ssh://, user@host:path, file:// or a path with a slash in it"


@dataclass(frozen=True, slots=True)
class Credential:
    """What HTTP basic authentication sends."""

    user: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Remote:
    """Another repository; its address never holds a password."""

    address: str
    credential: Credential | None = field(default=None, repr=False)


def find_remote(asked: str, repository: Repository, environment: Mapping[str, str]) -> Remote:
    """Give the repository that is meant by a remote's name or an address; UsageError for what may not be asked.

    The token for evidence goes to a server that the caller or the CI system named, a forge's token only to the CI
    system's own server: what stands in the clone's configuration alone draws no token to it.
    """
    by_name = bool(_NAME.fullmatch(asked))
    address = _configured(repository, asked) if by_name else asked
    if not address.isprintable() or address.startswith("-"):
        raise UsageError(f"remote {address[:80]!r}: is no address -> {_ALLOWED}")
    if re.match(r"https://", address, re.IGNORECASE):
        return _https(address, by_name, environment)
    return Remote(_other(address, repository))


def networked(program: Program, remote: Remote, environment: Mapping[str, str]) -> Program:
    """The hardened git, allowed to talk to this one server. For a repository of our own only."""
    settings = {**_SETTINGS, f"remote.{NAME}.url": remote.address}
    if remote.credential:
        pair = f"{remote.credential.user}:{remote.credential.secret}".encode()
        header = f"Authorization: Basic {base64.b64encode(pair).decode()}"
        settings[f"http.{_origin(urlsplit(remote.address))}/.extraHeader"] = header
    if environment.get("SSL_CERT_FILE"):
        settings["http.sslCAInfo"] = environment["SSL_CERT_FILE"]
    passed = {name: environment[name] for name in _PASSED if environment.get(name)}
    own = {"GIT_ALLOW_PROTOCOL": PROTOCOLS, "GIT_SSH_COMMAND": _SSH, "GIT_SSH_VARIANT": "ssh"}
    extra = {**program.extra, **passed, **own, **_as_environment(settings)}
    return replace(program, extra=extra, limits=((resource.RLIMIT_FSIZE, MAX_FETCHED),))


def _as_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings where no list of processes shows them.  # git-config(1), GIT_CONFIG_COUNT"""
    told = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings.items()):
        told |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return told


def _configured(repository: Repository, name: str) -> str:
    answer = repository.call("config", "--local", "--get", f"remote.{name}.url", max_bytes=64 * 1024)
    address = answer.out.decode("utf-8", "replace").rstrip("\n")
    if answer.code or not address:
        raise UsageError(
            f"remote {name!r}: this clone knows none of that name", hint="name an address with --remote"
        )
    return address


def _https(address: str, by_name: bool, environment: Mapping[str, str]) -> Remote:
    parts = urlsplit(address)
    try:
        origin = _origin(parts)
    except ValueError as error:  # a port that is no number
        raise UsageError(f"remote: {error} -> https://host/path") from error
    if not parts.hostname or parts.query or parts.fragment:
        raise UsageError(
            f"remote on {parts.hostname or 'no host'}: is no address of a repository -> https://host/path"
        )
    credential = _token(origin, by_name, environment) or _embedded(parts) or _forge_token(origin, environment)
    return Remote(f"{origin}{parts.path}", credential)


def _token(origin: str, by_name: bool, environment: Mapping[str, str]) -> Credential | None:
    token = environment.get(EVIDENCE_TOKEN, "").strip()
    told = not by_name or origin == _server(environment)
    return _credential(token, "x-access-token", environment) if token and told else None


def _embedded(parts: SplitResult) -> Credential | None:
    """CI systems write the job's token into the address of origin."""
    return Credential(unquote(parts.username), unquote(parts.password or "")) if parts.username else None


def _forge_token(origin: str, environment: Mapping[str, str]) -> Credential | None:
    if origin != _server(environment):
        return None
    found = ((user, environment.get(name, "").strip()) for name, user in _FORGE_TOKENS)
    return next((_credential(token, user, environment) for user, token in found if token), None)


def _credential(token: str, user: str, environment: Mapping[str, str]) -> Credential:
    """GitLab takes a job's token from one user only, whatever variable it came by."""
    return Credential("gitlab-ci-token" if token == environment.get("CI_JOB_TOKEN") else user, token)


def _server(environment: Mapping[str, str]) -> str:
    """The server that the CI system says it works for; "" where none does."""
    url = environment.get("GITHUB_SERVER_URL") or environment.get("CI_SERVER_URL") or ""
    try:
        return _origin(urlsplit(url))
    except ValueError:
        return ""


def _origin(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port not in (None, 443) else ""
    return f"{parts.scheme.lower()}://{host}{port}"


def _other(address: str, repository: Repository) -> str:
    """An address without a credential of ours: ssh, or a folder."""
    if re.match(r"ssh://", address, re.IGNORECASE):
        parts = urlsplit(address)
        if parts.password or not parts.hostname or parts.hostname.startswith("-"):
            raise UsageError("remote: ssh:// needs a host and takes no password -> ssh://user@host/path")
        return address
    if re.match(r"file:///", address, re.IGNORECASE):
        return _outside(repository, Path(unquote(address[7:])))
    if "://" not in address and "::" not in address:
        if re.match(r"\.{0,2}/", address):
            return _outside(repository, (repository.worktree or Path.cwd()) / address)
        if _SCP.fullmatch(address):
            return address
    raise UsageError(f"remote {_shown(address)!r}: not asked -> {_ALLOWED}")


def _outside(repository: Repository, path: Path) -> str:
    """A folder's hooks are run by a push to it: none that came with the change may be named."""
    found = path.resolve()
    for inside in (repository.worktree, repository.git_dir, repository.common_dir):
        if inside and found.is_relative_to(inside.resolve()):
            raise UsageError(f"remote {found}: lies inside this clone -> name a repository outside of it")
    return str(found)


def _shown(address: str) -> str:
    return re.sub(r"//[^/@]*@", "//", address)[:80]
