"""What do semgrep-style annotated tests say? `ruleid: X` above a flawed line, `ok: X` above one that is not.

The weakness is the `cwe` that rule X names in a YAML beside them; only ids and CWEs of those files are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bench.detection.samples import Sample

_ANNOTATION = re.compile(r"(?:#|//|/\*|<!--)\s*(ruleid|ok)\s*:\s*([\w., -]+?)\s*(?:\*/|-->|$)")
_SOURCES = ("*.py", "*.js", "*.ts", "*.go", "*.java", "*.php", "*.rb", "*.kt", "*.cs", "*.c", "*.sh", "*.tf")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def annotated(root: Path) -> Iterator[Sample]:
    """Annotated tests: a line below `ruleid:` is flawed, one below `ok:` is secure against the same."""
    for top in sorted(one for one in root.iterdir() if one.is_dir()):
        weaknesses = _weaknesses(top)
        paths = sorted(path for pattern in _SOURCES for path in top.rglob(pattern)) if weaknesses else []
        for path in paths:
            text = path.read_text(encoding="utf-8", errors="replace")
            for kind, rule, line in claims(text):
                if cwe := weaknesses.get(rule.rpartition(".")[2]):
                    yield Sample(f"{top.name} (annotated)", path, cwe, flawed=kind == "ruleid", line=line)


def claims(text: str) -> Iterator[tuple[str, str, int]]:
    """Give (kind, rule, line) of each annotation: it speaks of the next line that is none itself."""
    waiting: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _ANNOTATION.search(line):
            waiting += [(match[1], rule.strip()) for rule in match[2].split(",")]
        else:
            yield from ((kind, rule, number) for kind, rule in waiting)
            waiting.clear()


def _weaknesses(top: Path) -> dict[str, frozenset[int]]:
    """Give the CWEs of each rule id that the YAML files below a folder define."""
    found: dict[str, frozenset[int]] = {}
    for path in sorted([*top.rglob("*.yaml"), *top.rglob("*.yml")]):
        try:
            document = yaml.load(path.read_bytes(), Loader=_LOADER)  # a safe loader
        except (yaml.YAMLError, ValueError):
            continue  # a template or a test's broken YAML; it defines no rule
        rules = document.get("rules") if isinstance(document, dict) else None
        for rule in rules if isinstance(rules, list) else ():
            if isinstance(rule, dict) and (cwe := _cwe(rule.get("metadata"))):
                found[str(rule.get("id")).rpartition(".")[2]] = cwe
    return found


def _cwe(metadata: Any) -> frozenset[int]:
    named = metadata.get("cwe") if isinstance(metadata, dict) else None
    return frozenset(int(number) for number in re.findall(r"(?i)cwe-0*(\d+)", str(named)))
