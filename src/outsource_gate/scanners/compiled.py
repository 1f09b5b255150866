"""The shipped rules as JSON, made when the package is built: reading them as YAML is a tenth of a short run.

What was made from other bytes than lie there now is not taken. Needs nothing of this package, as the build runs it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "compiled"
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Sources = Iterable[tuple[str, bytes]]  # name below the pack's folder, content


def rule_files(folder: Path) -> list[Path]:
    """Give every rule file below a folder, sorted; as in semgrep, NAME.test.yaml holds examples for NAME.yaml."""
    files = (*folder.rglob("*.yaml"), *folder.rglob("*.yml"))
    return sorted(file for file in files if not file.name.endswith((".test.yaml", ".test.yml")))


def read_compiled(pack: str, sources: Sources, folder: Path = FOLDER) -> list[Any] | None:
    """Give the documents of a pack; None where they were not made from exactly these sources."""
    try:
        kept = json.loads((folder / f"{pack}.json").read_bytes())
        return list(kept["documents"]) if kept["sources"] == _digest(sources) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def compile_packs(rules: Path, folder: Path = FOLDER) -> None:
    """Write one file for each folder of rules."""
    folder.mkdir(exist_ok=True)
    for pack in sorted(path for path in rules.iterdir() if path.is_dir()):
        sources = [(file.relative_to(pack).as_posix(), file.read_bytes()) for file in rule_files(pack)]
        documents = [yaml.load(content, Loader=LOADER) for _, content in sources]  # noqa: S506 - a safe loader
        kept = {"sources": _digest(sources), "documents": documents}
        (folder / f"{pack.name}.json").write_text(json.dumps(kept, separators=(",", ":")), encoding="utf-8")


def _digest(sources: Sources) -> str:
    total = hashlib.sha256()
    for name, content in sources:
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
