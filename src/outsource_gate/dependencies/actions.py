"""Which actions and reusable workflows do GitHub's workflows use?"""

from __future__ import annotations

from typing import Any

from outsource_gate.dependencies import Declared, Format, formats
from outsource_gate.dependencies.addresses import FULL_COMMIT
from outsource_gate.dependencies.docker import image
from outsource_gate.dependencies.text import mapping, read_yaml, word
from outsource_gate.model.dependency import Package


def workflow(path: str, text: str) -> Declared:
    """Every `uses:` and every image, wherever it stands in the file."""
    found = Declared()
    for document in read_yaml(text):
        _walk(found, mapping(document, "the file"), path, set())
    return found


def _walk(found: Declared, value: Any, path: str, seen: set[int]) -> None:
    """Aliases are looked at once."""
    if id(value) in seen or not isinstance(value, dict | list):
        return
    seen.add(id(value))
    if isinstance(value, list):
        for one in value:
            _walk(found, one, path, seen)
        return
    lines: dict[str, int] = getattr(value, "lines", {})
    for key, one in value.items():
        line = lines.get(key, 0)
        if key == "uses" and isinstance(one, str):
            _used(found, one.strip(), path, line)
        elif key in ("image", "container") and isinstance(one, str):
            _image(found, one.removeprefix("docker://"), path, line)
        else:
            _walk(found, one, path, seen)


def _used(found: Declared, used: str, path: str, line: int) -> None:
    if used.startswith(("./", "$")):
        return  # of this repository
    if used.startswith("docker://"):
        _image(found, used.removeprefix("docker://"), path, line)
        return
    place, _, ref = used.partition("@")
    name = "/".join(place.split("/")[:2]).lower()
    fixed = bool(FULL_COMMIT.fullmatch(ref))
    found.add(Package("github", name, ref, used[:300], pinned=fixed, hashed=fixed, path=path, line=line))


def _image(found: Declared, written: str, path: str, line: int) -> None:
    if written and "/" not in written[:2] and "." not in written[:1] and not written.lower().endswith("dockerfile"):
        found.add(image(word(written), path, line))


FORMATS: tuple[Format, ...] = formats(
    "github",
    ("manifest", r"\.(?:github|gitea|forgejo)/workflows/[^/]+\.ya?ml", workflow),
    ("manifest", r"action\.ya?ml", workflow),
)
