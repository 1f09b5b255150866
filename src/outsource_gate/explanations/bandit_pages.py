"""What does bandit say of one of its checks? Asked of the installed bandit, started as the scanner is."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from outsource_gate.errors import ToolError, UsageError
from outsource_gate.explanations import Page
from outsource_gate.explanations.check_examples import examples_of, why_of
from outsource_gate.explanations.weaknesses import WAIVER, links
from outsource_gate.model.facts import Unavailable
from outsource_gate.process import run, scrubbed_environment
from outsource_gate.scanners.cwe import owasp_of
from outsource_gate.scanners.installed import isolated_python, package

ID = re.compile(r"bandit\.(B[0-9]{3})")
_ASK = """
import json, sys
from bandit.core.extension_loader import MANAGER
check = MANAGER.plugins_by_id.get(sys.argv[1])
told = MANAGER.blacklist_by_id.get(sys.argv[1])
if check:
    module = sys.modules[check.plugin.__module__]
    told = {"name": check.name, "text": check.plugin.__doc__ or "", "more": module.__doc__ or ""}
print(json.dumps(told))
"""
_CWE = re.compile(r"cwe\.mitre\.org/data/definitions/([0-9]{1,5})")
_RULER = re.compile(r"(?m)^[=-]{3,}$")
_PARAGRAPHS = 2
_MAX_CALLS = 8


def bandit_page(check: str) -> Page:
    """Explain a check; UsageError where bandit has none of that name, ToolError where it is not installed."""
    found = package("bandit")
    if isinstance(found, Unavailable):
        raise ToolError(f"bandit.{check}: {found.reason}, so nothing can be said of it", hint=found.next_step)
    told = _ask(check)
    if told is None:
        raise UsageError(f"bandit.{check}: bandit {found.version} has no such check")
    means, why = _documented(told) if "text" in told else _listed(told)
    cwe = tuple(f"CWE-{number}" for number in _numbers(told))
    weak = (("weakness", ", ".join(cwe)), ("OWASP", ", ".join(owasp_of(cwe)))) if cwe else ()
    return Page(
        "rule",
        f"bandit.{check}",
        means=means,
        why=why_of("bandit", check) or why,
        what_to_do=_step(check),
        who="the author",
        facts=(
            ("check", f"{told['name']} of bandit {found.version}"),
            *(one for one in weak if one[1]),
            ("gate", "sast"),
        ),
        examples=examples_of("bandit", check),
        links=links(cwe, owasp_of(cwe)),
        waiver=WAIVER,
    )


def _step(check: str) -> str:
    """bandit says what is wrong, and seldom what would be right."""
    if examples_of("bandit", check):
        return f"Write it like the good example below, so that bandit.{check} no longer applies."
    return f"Change the code so that bandit.{check} no longer applies; bandit's own manual has examples."


def _ask(check: str) -> dict[str, Any] | None:
    with tempfile.TemporaryDirectory() as home:
        done = run(
            [*isolated_python(), "-c", _ASK, check],
            cwd=Path(home),
            env=scrubbed_environment(Path(home)),
            timeout_seconds=30,
            max_output_bytes=1 << 20,
        )
    try:
        told: dict[str, Any] | None = json.loads(done.stdout)
    except ValueError as error:
        raise ToolError(f"bandit ended with code {done.code} and said nothing of {check}") from error
    return told


def _text(told: dict[str, Any]) -> str:
    """Half of the checks have their words at the function, the others, or more of them, at the module."""
    at_function, at_module = str(told["text"]), str(told["more"])
    return at_function if _CWE.search(at_function) or not at_module.strip() else at_module


def _documented(told: dict[str, Any]) -> tuple[str, str]:
    """The title, and the first paragraphs that are prose."""
    text = _RULER.sub("", _text(told)).strip()
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    title = parts[0].strip("*").partition(": ")[2] or parts[0].strip("*") or str(told["name"])
    prose = [part for part in parts[1:] if not re.match(r"[-.:*|+=>]|See also", part)]
    return f"{title.rstrip('.')}.", " ".join(prose[:_PARAGRAPHS])


def _listed(told: dict[str, Any]) -> tuple[str, str]:
    calls = [str(name) for name in told["qualnames"]]
    more = f" and {len(calls) - _MAX_CALLS} more" if len(calls) > _MAX_CALLS else ""
    return str(told["message"]), f"Found where one of these is used: {', '.join(calls[:_MAX_CALLS])}{more}."


def _numbers(told: dict[str, Any]) -> tuple[str, ...]:
    if "text" in told:
        return tuple(dict.fromkeys(_CWE.findall(_text(told))))
    return (str(told["cwe"]),)
