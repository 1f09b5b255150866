"""What does a CODEOWNERS file say, and who owns a path? Pure.

GitHub's syntax, and GitLab's sections. The file read is the base's; head's says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from outsource_gate.model.facts import Owners, Unavailable

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# In the order the forges look: GitHub .github, root, docs; GitLab root, docs, .gitlab.
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_SECTION = re.compile(r"^(?P<optional>\^)?\[(?P<name>[^\]]+)\](?:\[(?P<count>\d+)\])?(?P<owners>.*)$")
_WORDS = re.compile(r"(?:\\.|[^\s\\])+")


def parse_owners(path: str, text: str) -> Owners | Unavailable:
    """Read the rules; a line that cannot be meant makes the file unavailable, for dropping it would loosen it."""
    rules: list[tuple[str, str, tuple[str, ...]]] = []
    section, optional = "", False
    defaults: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if header := _SECTION.match(line.strip()):
            if int(header["count"] or 1) > 1:
                return _unreadable(path, number, "a section that asks for several approvals is not supported")
            section, optional = header["name"].lower(), bool(header["optional"])
            defaults = tuple(_names(header["owners"]))
            continue
        pattern, *names = _WORDS.findall(line)
        try:
            _spec(pattern)
        except ValueError:
            return _unreadable(path, number, f"pattern {pattern!r} cannot be read")
        if not optional:
            rules.append((section, pattern, tuple(_names(" ".join(names))) or defaults))
    return Owners(path, tuple(rules))


def _names(text: str) -> Iterator[str]:
    for word in _WORDS.findall(text):
        if word.startswith("#"):
            return
        yield word


def _spec(pattern: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few repositories have code owners, all have a start-up

    return GitIgnoreSpec.from_lines([pattern])


def _unreadable(path: str, number: int, what: str) -> Unavailable:
    return Unavailable(f"{path}:{number}: {what}", "correct the file on the target branch", "code owners")


def owner_groups(owners: Owners, paths: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give, per path and section, the owners of whom one must approve; an unowned path gives nothing."""
    compiled = [(section, _spec(pattern), names) for section, pattern, names in owners.rules]
    for path in paths:
        last = {section: names for section, spec, names in compiled if spec.match_file(path)}
        yield from ((path, names) for names in last.values() if names)
