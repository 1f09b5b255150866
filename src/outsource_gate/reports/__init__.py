"""What is a report? A pure function from the outcome of a run, and who reads it where, to text.

A format is a file of this folder that defines `REPORT`, and a line of `FORMATS`; what they share stands in
`escape`, `words`, `story` and `outcome_v1`. Renderers return text; the command line alone prints it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from outsource_gate.model.outcome import Outcome

# What `--output` calls it -> its file: a name is known before anything is loaded to render it.
FORMATS = {
    "terminal": "terminal",
    "cyclonedx": "cyclonedx",
    "github": "github",
    "gitlab-codequality": "gitlab_codequality",
    "json": "json_report",
    "markdown": "markdown",
    "sarif": "sarif",
}

Audience = Literal["contractor", "internal"]


@dataclass(frozen=True, slots=True)
class View:
    """Who reads, and what their screen can show. The default is safe wherever it ends up."""

    audience: Audience = "contractor"
    width: int = 100
    colour: bool = False
    unicode: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """One format. What `render` returns is safe for the sink that `media_type` names, whatever the change holds."""

    id: str
    media_type: str
    render: Callable[[Outcome, View], str]
