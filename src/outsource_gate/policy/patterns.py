"""Which patterns of addresses and paths can be meant, and what fits an address pattern?"""

from __future__ import annotations

import re
from functools import lru_cache

from outsource_gate.model.identity import ascii_lower

_PATTERN = re.compile(r"(?P<local>(?=[^@])[^\s@<>*]*\*?[^\s@<>*]*)@(?P<domain>(?:\*\.)?[^\s@<>*]+)")
# A star stands for printable ASCII only: a Cyrillic look-alike of a colleague fits no pattern.
STAR = r"[!-;=?A-~]*"


def email_pattern(text: str) -> str:
    """Check a pattern: one star before the @, or one `*.` after it, and a domain that is somebody's."""
    parts = _PATTERN.fullmatch(text)
    if parts is None:
        raise ValueError('expected one address or a pattern such as "*@corp.example" or "*@*.corp.example"')
    domain = parts["domain"]
    if domain.startswith("*.") and "." not in domain[2:].strip("."):
        raise ValueError("too broad, it fits a whole top-level domain; expected a domain of our own")
    if "." not in domain or ".." in domain or domain.strip(".") != domain:
        raise ValueError("expected a domain such as corp.example after the @")
    if "users.noreply." in f"{domain}.":
        raise ValueError("too broad, everybody on the forge has such an address; register accounts instead")
    return text


def unmatchable(pattern: str) -> tuple[str, str] | None:
    """Say why a path pattern can fit no path, and what to write; None for one that can."""
    if pattern.endswith("/"):
        return "ends with / and fits no file", f"write {pattern}**"
    if pattern.startswith(("/", "!", "~")):
        return f"begins with {pattern[0]} and fits no file", "paths are relative to the repository's root"
    if "\\" in pattern or "{" in pattern:
        return "holds a backslash or brace, which are not expanded", "write one pattern for each, with /"
    if any(part in ("", ".", "..") for part in pattern.split("/")):
        return "holds an empty part, . or .. and fits no file", "write the path as git lists it"
    return None


def fits(pattern: str, email: str) -> bool:
    """Say whether an address as claimed fits; case counts for nothing, A to Z only."""
    return _compiled(pattern).fullmatch(ascii_lower(email)) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    local, _, domain = ascii_lower(pattern).partition("@")
    subdomain = r"(?:[a-z0-9-]+\.)+" if domain.startswith("*.") else ""
    name = STAR.join(map(re.escape, local.split("*")))
    return re.compile(f"{name}@{subdomain}{re.escape(domain.removeprefix('*.'))}")
