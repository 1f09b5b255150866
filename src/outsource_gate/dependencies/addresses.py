"""Which host does an address name, and what of it may be told? Never credentials, query or fragment."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SCP = re.compile(r"(?:[^@/\s]{1,100}@)?([\w.-]{1,253}):(?!//)([^\s]{1,1000})", re.ASCII)
_PREFIX = re.compile(r"^(?:git|hg|svn|bzr|registry|sparse)\+", re.IGNORECASE)
_TWOFOLD = re.compile(r"[\\\s\x00-\x1f\x7f]")  # Python and browsers' parsers see another host each
FULL_COMMIT = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")
_GIT = re.compile(r"(?:git|hg|svn|bzr)\+|git://|git@|ssh://|.*\.git(?:[#@?]|/?$)", re.IGNORECASE)


def host_of(address: str) -> str:
    """The host with its port where one is written, in lower case; "" where there is none."""
    return _parts(address)[0]


def told(address: str) -> str:
    """The address without what is nobody's business."""
    host, path = _parts(address)
    return f"{host}/{path.strip('/')}".strip("/")


def is_plain(address: str) -> bool:
    """Nothing protects what comes from there."""
    return _PREFIX.sub("", address.strip()).lower().startswith(("http://", "git://", "ftp://", "svn://"))


def is_vcs(address: str) -> bool:
    return bool(_GIT.match(address.strip()))


def is_address(text: str) -> bool:
    return "://" in text or bool(re.match(r"git@|file:", text, re.IGNORECASE))


def leads_outside(folder: str, path: str) -> bool:
    """A path, seen from a folder of the repository, that leaves it; absolute ones and home folders do."""
    path = path.replace("\\", "/")
    if path.startswith(("/", "~")) or re.match(r"[A-Za-z]:", path):
        return True
    depth = len([part for part in folder.split("/") if part])
    for part in path.split("/"):
        depth += -1 if part == ".." else 0 if part in ("", ".") else 1
        if depth < 0:
            return True
    return False


def _parts(address: str) -> tuple[str, str]:
    address = _PREFIX.sub("", address.strip())
    if _TWOFOLD.search(address):
        return "invalid", ""
    if "://" not in address:
        found = _SCP.fullmatch(address.partition("#")[0])
        return (found[1].lower(), found[2].partition("?")[0]) if found else ("", "")
    try:
        split = urlsplit(address)
        port = f":{split.port}" if split.port else ""
    except ValueError:  # a broken port or bracket: no known host is that
        return "invalid", ""
    return f"{(split.hostname or '').rstrip('.')}{port}", split.path
