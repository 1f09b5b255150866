"""Scanner pipelines: semgrep once more, with our own rules for the definitions of pipelines.

A scanner of its own, so that what it says is the workflows gate's alone.
"""

from __future__ import annotations

from dataclasses import replace

from outsource_gate.scanners.ci_files import GITHUB, GITLAB
from outsource_gate.scanners.semgrep import SCANNER as SEMGREP

SCANNER = replace(
    SEMGREP,
    id="pipelines",
    finds="weaknesses of GitHub's and GitLab's pipelines by pattern, with our own rules",
    reads=frozenset({GITHUB, GITLAB}),
    partial=frozenset(),
)
