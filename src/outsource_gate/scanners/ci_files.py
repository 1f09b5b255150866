"""Is a YAML file the definition of a pipeline, and of which forge? Any other YAML stays what it is.

Forges go by the path. GitLab takes a file of any name where another one includes it, so that what looks like its
jobs counts, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from outsource_gate.scanners.names import Kind, Named

GITHUB, GITLAB, UPDATES = "github-actions", "gitlab-ci", "dependabot"
CI_LABELS = frozenset({GITHUB, GITLAB, UPDATES})
_YAML = (".yml", ".yaml")
# zizmor goes by the file's name: anything but these is a workflow to it.
_ACTION = Named(Kind.CODE, GITHUB, "/action.yml")
_WORKFLOW = Named(Kind.CODE, GITHUB, ".yml")
_DEPENDABOT = Named(Kind.CODE, UPDATES, "/dependabot.yml")
_GITLAB = Named(Kind.CODE, GITLAB, ".yml")
_BY_PATH = (
    (re.compile(r"(?:.*/)?action\.ya?ml"), _ACTION),
    (re.compile(r"(?:.*/)?\.(?:github|gitea|forgejo)/workflows/[^/]+"), _WORKFLOW),
    (re.compile(r"(?:.*/)?\.github/dependabot\.ya?ml"), _DEPENDABOT),
    (re.compile(r"(?:.*/)?(?:[^/]*\.gitlab-ci\.ya?ml|\.gitlab-ci/.+|\.gitlab/ci/.+)"), _GITLAB),
)
_OTHERS = re.compile(r"(?:.*/)?(?:\.travis|azure-pipelines[^/]*|bitbucket-pipelines|\.?appveyor|\.drone)\.ya?ml")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Only what holds one of these is parsed for a look: the keys plainly, or an escape that can spell them.
_WORDS = re.compile(r"(?<![A-Za-z])(?:script|include)[\"']?[ \t]*:|\\[xuU]")
_SCRIPTS = frozenset({"script", "before_script", "after_script"})
_SOURCES = frozenset({"remote", "project", "template", "component", "local"})
_INCLUDED_FILE = re.compile(r"^include[ \t]*:\s*(?:-[ \t]*|\[\s*)?[\"']?(?:https?://|/)\S+\.ya?ml", re.MULTILINE)
# What cannot be parsed is taken for a pipeline if it looks like one: then it is unread, not data.
_LOOK = re.compile(r"^ {1,8}[\"']?(?:before_|after_)?script[\"']?[ \t]*:", re.MULTILINE)


def ci_named(path: str, text: str) -> Named | None:
    """Say which kind of pipeline definition this is; None for everything else."""
    lowered = path.lower()
    if not lowered.endswith(_YAML):
        return None
    for pattern, named in _BY_PATH:
        if pattern.fullmatch(lowered):
            return named
    return _GITLAB if not _OTHERS.fullmatch(lowered) and _looks_like_gitlab(text) else None


def _looks_like_gitlab(text: str) -> bool:
    """A job with a script, or an `include` in GitLab's own form, in whatever spelling YAML has for it."""
    if not _WORDS.search(text):
        return False
    try:
        if any(key in (_SOURCES if job == "include" else _SCRIPTS) for job, key in _keys(text)):
            return True
    except (yaml.YAMLError, ValueError):
        return _LOOK.search(text) is not None
    return _INCLUDED_FILE.search(text) is not None


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not at its end; in a mapping keys and values take turns."""

    is_mapping: bool
    is_key_next: bool = True
    key: str = ""


def _keys(text: str) -> Iterator[tuple[str, str]]:
    """Give (key of the top, key below it), for `include` also in its list. Builds nothing, follows no alias."""
    inside: list[_Open] = []
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            inside.pop()
        elif isinstance(event, yaml.NodeEvent):
            if inside and inside[-1].is_mapping:
                mapping = inside[-1]
                if mapping.is_key_next:
                    mapping.key = event.value if isinstance(event, yaml.ScalarEvent) else ""
                    if len(inside) == 2 or (len(inside) == 3 and inside[0].key == "include"):
                        yield inside[0].key, mapping.key
                mapping.is_key_next = not mapping.is_key_next
            if isinstance(event, yaml.CollectionStartEvent):
                inside.append(_Open(isinstance(event, yaml.MappingStartEvent)))
