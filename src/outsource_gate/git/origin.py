"""Which repository is this, whatever way its address is written?"""

from __future__ import annotations

import re

_DEFAULT_PORTS = {"https": "443", "http": "80", "ssh": "22", "git": "9418"}
_URL = re.compile(
    r"(?P<scheme>[a-z+]+)://(?:[^/@]*@)?(?P<host>\[[0-9a-f:]+\]|[\w.-]+)(?::(?P<port>\d+))?/(?P<path>.+)", re.I
)
_SCP = re.compile(r"(?:[^/@:]+@)?(?P<host>[\w.-]+):(?!//|:)(?P<path>.+)")


def normalise_url(url: str) -> str | None:
    """Give "host/owner/name" without scheme, user, default port and .git; None for what names no host."""
    url = url.strip()
    if not url.isprintable():
        return None
    if match := _URL.fullmatch(url):
        scheme = match["scheme"].lower().removeprefix("git+")
        if scheme not in _DEFAULT_PORTS:
            return None
        port = f":{match['port']}" if match["port"] and match["port"] != _DEFAULT_PORTS[scheme] else ""
        return _join(match["host"] + port, match["path"])
    if match := _SCP.fullmatch(url):
        return _join(match["host"], match["path"])
    return None


def _join(host: str, path: str) -> str | None:
    name = path.strip("/").removesuffix(".git").strip("/")
    return f"{host.lower()}/{name}" if name and ".." not in name.split("/") else None
