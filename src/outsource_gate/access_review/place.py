"""Which forge is asked, at which address, and with which token?"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from outsource_gate.errors import UsageError
from outsource_gate.forges import Event, ForgeName
from outsource_gate.forges.gitlab_event import JobToken

_API: Mapping[ForgeName, tuple[str, str]] = {
    "github": ("GITHUB_API_URL", "https://api.github.com"),
    "gitlab": ("CI_API_V4_URL", "https://gitlab.com/api/v4"),
}
_TOKENS: Mapping[ForgeName, tuple[str, ...]] = {
    "github": ("OUTSOURCE_GATE_TOKEN", "GITHUB_TOKEN"),
    "gitlab": ("OUTSOURCE_GATE_TOKEN", "GITLAB_TOKEN", "CI_JOB_TOKEN"),
}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def asking(forge: ForgeName, environment: Mapping[str, str]) -> Event:
    """Give the frame of the questions; UsageError for an address that a token must not go to."""
    variable, public = _API[forge]
    api = (environment.get(variable, "").strip() or public).rstrip("/")
    token_variable = next((name for name in _TOKENS[forge] if environment.get(name, "").strip()), "")
    token = environment.get(token_variable, "").strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError(f"{token_variable}: holds a character that no token has", hint="set the secret anew")
    return Event(
        forge=forge,
        name="access-review",
        repository="",
        origin=_origin(variable, api),
        api=api,
        base="",
        head="",
        token=JobToken(token) if token_variable == "CI_JOB_TOKEN" else token,  # noqa: S105 - its name
    )


def _origin(variable: str, api: str) -> str:
    try:
        parts = urlsplit(api)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    plain = not (parts.query or parts.fragment or "@" in parts.netloc) if host else False
    if not plain or not api.isascii() or not api.isprintable() or " " in api:
        raise UsageError(f"{variable}: {api[:200]!r} -> expected an https address without user, query or fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise UsageError(f"{variable}: {parts.scheme}://{host} -> expected https, or the token could be read")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}"
