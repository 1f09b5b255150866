"""What do the requirements files of pip declare, with the options that stand in them?"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.dependencies.addresses import is_address, leads_outside, told
from outsource_gate.dependencies.python_requirement import MAX_LINE, bare, plain_index, requirement, unsafe
from outsource_gate.model.dependency import Index, Package

_HASH = re.compile(r"\s--hash[= ]\s*\S+")
_CONFIG = re.compile(r"\s(?:--config-settings?|--global-option|--install-option)\b.*")
_INDEXES = {"-i", "--index-url", "--extra-index-url", "-f", "--find-links"}
_FILES = {"-r", "--requirement", "-c", "--constraint"}
_WITH_VALUE = {"--no-binary", "--only-binary", "--use-feature"}
_HARMLESS = _WITH_VALUE | {"--pre", "--prefer-binary", "--require-hashes", "--no-index"}


def requirements(path: str, text: str) -> Declared:
    """pip's own format: one requirement or option per logical line."""
    found = Declared()
    for number, line in _logical(text):
        if line.startswith("-"):
            _option(found, path, number, line)
        else:
            found.add(_requirement(path, number, line))
    return found


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Join continued lines and take comments off, as pip does."""
    start, held = 0, ""
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        start = start or number
        if raw.endswith("\\") and not raw.lstrip().startswith("#"):
            held += raw[:-1]
            continue
        if len(held) + len(raw) > 64 * MAX_LINE:
            raise Unreadable(f"line {number}: is too long")
        line = re.sub(r"(?:^|\s)#.*$", "", held + raw).strip()
        if line:
            yield start, line
        start, held = 0, ""


def _option(found: Declared, path: str, number: int, line: str) -> None:
    """pip takes any number of options on a line, with their values behind "=", a blank or nothing."""
    words = iter(shlex.split(line))
    for token in words:
        name, equals, value = token.partition("=") if token.startswith("--") else (token[:2], token[2:], token[2:])
        if name in _HARMLESS:
            if name in _WITH_VALUE and not equals:
                next(words, "")
            continue
        if not equals:
            value = next(words, "")
        if not value:
            raise Unreadable(f"line {number}: {name[:40]} has no value")
        _valued(found, path, number, name, value.removeprefix("="))


def _valued(found: Declared, path: str, number: int, name: str, value: str) -> None:
    if name in _INDEXES:
        found.indexes.append(Index("pypi", told(value) or value[:100], path, number))
        found.problems += plain_index(value, path, number)
    elif name == "--trusted-host":
        found.indexes.append(Index("pypi", value.lower(), path, number))
        found.problems.append(unsafe(f"{value[:100]} is trusted without a certificate", path, number))
    elif name in _FILES:
        found.includes.append(_included(path, value))
    elif name in ("-e", "--editable"):
        found.add(_requirement(path, number, value))
    else:
        raise Unreadable(f"line {number}: the option {name[:40]} is not known here")


def _included(path: str, value: str) -> str:
    folder = posixpath.dirname(path)
    if is_address(value):
        raise Unreadable(f"reads another file from {told(value)[:100]}")
    if leads_outside(folder, value):
        raise Unreadable("reads a file outside the repository")
    return posixpath.normpath(posixpath.join(folder, value))


def _requirement(path: str, number: int, line: str) -> Package:
    hashed = bool(_HASH.search(line))
    written = _CONFIG.sub("", _HASH.sub("", line)).strip()
    if len(written) > MAX_LINE:
        raise Unreadable(f"line {number}: is too long")
    return requirement(bare(written), path, number, hashed=hashed)


FORMATS: tuple[Format, ...] = formats(
    "pypi",
    (
        "manifest",
        r"[\w.-]*requirements?[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt|requirements/[\w.-]+\.(?:txt|in)",
        requirements,
    ),
)
