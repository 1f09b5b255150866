"""Is a YAML file the definition of a pipeline, and of which forge? Any other YAML stays what it is.

Forges go by the path. GitLab takes a file of any name where another one includes it, so that what looks like its
jobs counts, too.
"""

from __future__ import annotations

import re

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
_LOOKED_AT = 200_000  # characters
_SCRIPT = re.compile(r"^ {1,8}[\"']?(?:before_|after_)?script[\"']?[ \t]*:", re.MULTILINE)
_JOB = re.compile(
    r"^(?:stages|workflow|default|include|image|spec|before_script):"
    r"|^ {1,8}[\"']?(?:stage|rules|needs|extends|tags|artifacts|only|except|image|services)[\"']?[ \t]*:",
    re.MULTILINE,
)
_INCLUDE = re.compile(
    r"^include[ \t]*:[ \t]*(?:\n[ \t]*-?[ \t]*|\[?\{?[ \t]*)(?:remote|project|template|component|local):",
    re.MULTILINE,
)


def ci_named(path: str, text: str) -> Named | None:
    """Say which kind of pipeline definition this is; None for everything else."""
    lowered = path.lower()
    if not lowered.endswith(_YAML):
        return None
    for pattern, named in _BY_PATH:
        if pattern.fullmatch(lowered):
            return named
    return _GITLAB if not _OTHERS.fullmatch(lowered) and _looks_like_gitlab(text[:_LOOKED_AT]) else None


def _looks_like_gitlab(text: str) -> bool:
    """Jobs with scripts and one more of their keys, or an `include` in GitLab's own form."""
    if "script" in text and _SCRIPT.search(text) and _JOB.search(text):
        return True
    return "include" in text and _INCLUDE.search(text) is not None
