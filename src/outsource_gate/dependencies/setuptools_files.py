"""What do setup.py and setup.cfg declare? A build script is read as text, never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.dependencies.python_requirement import bare, requirement
from outsource_gate.dependencies.text import Lines
from outsource_gate.model.dependency import DependencyProblem


def setup_py(path: str, text: str) -> Declared:
    """A build script is not run: it is told where it hooks into the installation, and what it plainly asks for."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Unreadable("cannot be parsed") from None
    found = Declared()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "cmdclass":
            found.problems.append(
                DependencyProblem(
                    "install-code",
                    "code of this repository hooks into the installation",
                    got="cmdclass",
                    path=path,
                    line=node.value.lineno,
                )
            )
        elif isinstance(node, ast.keyword) and node.arg in ("install_requires", "setup_requires", "extras_require"):
            for line, written in _literals(node.value):
                found.add(requirement(bare(written), path, line))
    return found


def _literals(node: ast.expr) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Constant(value=str(written)):
            for line in written.splitlines():
                if line.strip():
                    yield node.lineno, line.strip()
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _literals(part)
        case ast.Dict(values=parts):
            for part in parts:
                yield from _literals(part)
        case _:
            raise Unreadable(f"line {node.lineno}: requirements are computed")


def setup_cfg(path: str, text: str) -> Declared:
    """setuptools' settings."""
    import configparser  # noqa: PLC0415 - only where the change has such a file

    parser, lines, found = configparser.RawConfigParser(), Lines(text), Declared()
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise Unreadable(f"is no settings file: {str(error)[:80]}") from None
    wanted = [parser.get("options", key, fallback="") for key in ("install_requires", "setup_requires")]
    if parser.has_section("options.extras_require"):
        wanted += [value for _, value in parser.items("options.extras_require")]
    if parser.get("options", "cmdclass", fallback=""):
        what = "code of this repository hooks into the installation"
        found.problems.append(
            DependencyProblem("install-code", what, got="cmdclass", path=path, line=lines.of("cmdclass"))
        )
    for written in (line.strip() for text in wanted for line in text.splitlines()):
        if written.startswith("file:"):
            raise Unreadable("requirements are in another file")
        if written and not written.startswith("#"):
            one = requirement(bare(written), path, 0)
            found.add(replace(one, line=lines.of(re.split(r"[^\w.-]", written)[0])))
    return found


FORMATS: tuple[Format, ...] = formats(
    "pypi", ("manifest", r"setup\.py", setup_py), ("manifest", r"setup\.cfg", setup_cfg)
)
