"""Which images is a Dockerfile built from?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from outsource_gate.dependencies import Declared, Format, formats
from outsource_gate.model.dependency import Package

_VARIABLE = re.compile(r"\$(?:\{(\w{1,100})(?::?-([^}]{0,200}))?\}|(\w{1,100}))", re.ASCII)
_ARG = re.compile(r"ARG\s++(\w{1,100})(?:=(.*))?", re.IGNORECASE | re.ASCII)
_FROM = re.compile(r"FROM\s++(?:--platform=\S+\s++)?(\S+)(?:\s++AS\s++(\S+))?", re.IGNORECASE)
_COPY = re.compile(r"(?:COPY|ADD|RUN)\s.*?--(?:from=|mount=\S{0,500}?\bfrom=)([^\s,]+)", re.IGNORECASE)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def dockerfile(path: str, text: str) -> Declared:
    """`FROM`, and what is copied or mounted from other images; names of stages are none."""
    found, stages, values, count = Declared(), set[str](), dict[str, str](), 0
    for number, line in _instructions(text):
        if match := _ARG.fullmatch(line):
            values.setdefault(match[1], (match[2] or "").strip("\"' "))
        elif match := _FROM.fullmatch(line):
            name = _filled(match[1], values)
            if name.lower() not in stages and name != "scratch":
                found.add(image(name, path, number))
            stages |= {(match[2] or "").lower(), str(count)}
            count += 1
        elif match := _COPY.match(line):
            name = _filled(match[1], values)
            if name.lower() not in stages:
                found.add(image(name, path, number))
    return found


def _instructions(text: str) -> Iterator[tuple[int, str]]:
    """Join what a backslash (or the escape that the first line names) continues; comments may stand between."""
    escape = "`" if re.match(r"#\s*+escape\s*+=\s*+`", text) else "\\"
    start, held = 0, ""
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        line = raw.strip()
        if line.startswith("#") or (held and not line and number <= text.count("\n")):
            continue
        start = start or number
        if line.endswith(escape):
            held += line[:-1] + " "
            continue
        if whole := (held + line).strip():
            yield start, whole
        start, held = 0, ""


def _filled(name: str, values: dict[str, str]) -> str:
    """Put the defaults of arguments in; an argument without one stays as it is written."""
    for _ in range(3):
        name = _VARIABLE.sub(lambda match: values.get(match[1] or match[3]) or match[2] or match[0], name)[:500]
    return name


def image(written: str, path: str, line: int) -> Package:
    """A reference to an image; only a digest fixes its content."""
    rest, _, digest = written.partition("@")
    name, _, tag = rest.rpartition(":") if ":" in rest.rpartition("/")[2] else (rest, "", "")
    first, slash, more = name.partition("/")
    has_host = bool(slash) and ("." in first or ":" in first or first == "localhost")
    host, name = (first.lower(), more) if has_host else ("", name)
    name = name if "/" in name or has_host else f"library/{name}"
    fixed = bool(_DIGEST.fullmatch(digest))
    return Package(
        "docker",
        name.lower(),
        tag or digest,
        written[:300],
        host=host,
        address=host,
        pinned=fixed,
        hashed=fixed,
        path=path,
        line=line,
    )


FORMATS: tuple[Format, ...] = formats(
    "docker", ("manifest", r"(?:[\w.-]+\.)?(?:dockerfile|containerfile)(?:\.[\w.-]+)?", dockerfile)
)
