"""What does a YAML file set up? Most are data; those that start programs somewhere have rules of their own.

A kind is a language of its own here, with rules of its own, though semgrep calls all of them `yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from outsource_gate.scanners.ci_files import GITLAB, ci_named
from outsource_gate.scanners.names import Kind, Named
from outsource_gate.scanners.yaml_shape import MAX_UNFOLDED, Shape, shape

TEMPLATE = Named(Kind.UNSUPPORTED, "a template")
_FILE = re.compile(r"\.(?:ya?ml|json)$", re.IGNORECASE)
_COMPOSE_FILE = re.compile(r"(?:^|/)(?:docker-)?compose(?:[.-][^/]*)?\.ya?ml$", re.IGNORECASE)
_KUSTOMIZATION = re.compile(r"(?:^|/)kustomization(?:\.ya?ml)?$", re.IGNORECASE)
_LOOKS_KUBERNETES = re.compile(r"^[ \t]*[\"'{]*apiVersion[\"']?[ \t]*:", re.MULTILINE)
_SPELT = re.compile(r"\\[xuU\r\n]|binary")  # what can spell a word in another way
_CHART_FOLDER = re.compile(r"(?:^|/)templates/")


def yaml_named(path: str, text: str, named: Named) -> tuple[Named, str]:
    """Say which kind a YAML file is of, where it is of one; two kinds in one file are a conflict."""
    if not _FILE.search(path) and not _KUSTOMIZATION.search(path):
        return named, ""
    pipeline = ci_named(path, "")  # by its path alone: what only looks like one gives way
    if pipeline is None and "{{" in text and _is_template(path, text):
        looks = ci_named(path, text)
        return TEMPLATE, f"can be read as a template and as {looks.label}" if looks else ""
    kinds = [label for label, is_kind in _KINDS.items() if is_kind(path, text)]
    names = [pipeline.label, *kinds] if pipeline else kinds
    if kinds and not pipeline and "script" in text and shape(text).aliased & {("apiVersion",), ("kind",)}:
        names = [*kinds, GITLAB]  # jobs of these names, whose keys stand elsewhere
    if len(names) > 1:
        return named, f"can be read as {names[0]} and as {names[1]}"
    return (Named(Kind.CODE, kinds[0], suffix_of(kinds[0])) if kinds else named), ""


def suffix_of(label: str) -> str:
    """Name files of a kind so that the rules of the others leave them alone."""
    return f".{label}.yaml"


def _is_template(path: str, text: str) -> bool:
    """Helm runs what stands between {{ and }}, in comments and strings too; elsewhere it has to break the YAML."""
    if _CHART_FOLDER.search(path):
        return True
    found = shape(text)
    return bool(found.problem) or found.odd_key


def _is_kubernetes(path: str, text: str) -> bool:
    if _KUSTOMIZATION.search(path):
        return True
    if not ("apiVersion" in text and "kind" in text) and not _SPELT.search(text):
        return False
    found = shape(text)
    return any(map(_is_object, found.documents)) or _is_hidden(found, text)


def _is_object(keys: set[tuple[str, ...]]) -> bool:
    if ("<<",) in keys:  # a merge can bring them in from anywhere
        return {"apiVersion", "kind"} <= {path[-1] for path in keys}
    is_nested = any(len(path) > 1 and path[0] in ("apiVersion", "kind") for path in keys)  # words in an object
    return {("apiVersion",), ("kind",)} <= keys and not is_nested


def _is_hidden(found: Shape, text: str) -> bool:
    """Say whether it could be an object to a reader that goes further than ours; blind spots then say why not."""
    if found.problem or found.unfolded > MAX_UNFOLDED:
        return bool(_LOOKS_KUBERNETES.search(text))
    return "tag:yaml.org,2002:binary" in found.tags and any(len(path) == 1 for path in found.documents[0])


def _is_compose(path: str, text: str) -> bool:
    if not path.lower().endswith((".yml", ".yaml")):
        return False
    is_named = bool(_COMPOSE_FILE.search(path))
    if not is_named and "services" not in text and not _SPELT.search(text):
        return False
    found = shape(text)
    if is_named:
        return bool(found.problem) or any({("services",), ("include",)} & keys for keys in found.documents)
    return any(_has_services(keys) for keys in found.documents)


def _has_services(keys: set[tuple[str, ...]]) -> bool:
    return any(len(path) == 3 and path[0] == "services" and path[2] in ("image", "build") for path in keys)


# Which files are of a kind, by path and text. Each has a folder of rules that is called like it.
_KINDS: dict[str, Callable[[str, str], bool]] = {
    "kubernetes": _is_kubernetes,
    "compose": _is_compose,
}
YAML_KINDS = frozenset(_KINDS)
