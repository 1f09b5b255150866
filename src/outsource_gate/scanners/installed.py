"""Where is a scanner's package, without importing it or believing the current folder?

Only the folders that the running Python installs into are looked at: not `sys.path`, which can begin with the
folder that is being scanned, not PATH, and not the user's own site, which `python -I` leaves out.
"""

from __future__ import annotations

import hashlib
import os
import site
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outsource_gate.model.facts import Unavailable

NEXT_STEP = "pip install 'outsource-gate[scanners]'"


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package."""

    folder: Path
    version: str


def package(name: str) -> Package | Unavailable:
    """Find a package by its folder and the metadata that pip wrote beside it."""
    for top in _installed_into():
        for record in sorted(top.glob(f"{name}-*.dist-info")):
            if (top / name).is_dir():
                return Package(top / name, record.name[len(name) + 1 : -len(".dist-info")])
    return Unavailable(f"{name} is not installed beside this Python", NEXT_STEP, name)


def program(name: str) -> Package | Unavailable:
    """Find a package that is one program: where pip's own record says that it was put. `folder` is the program."""
    for top in _installed_into():
        for record in sorted(top.glob(f"{name}-*.dist-info")):
            for row in (record / "RECORD").read_text(encoding="utf-8").splitlines():
                file = (top / row.partition(",")[0]).resolve()
                if file.name in (name, f"{name}.exe") and file.is_file() and os.access(file, os.X_OK):
                    return Package(file, record.name[len(name) + 1 : -len(".dist-info")])
    return Unavailable(f"{name} is not installed beside this Python", NEXT_STEP, name)


def package_program(name: str, path: str) -> Package | Unavailable:
    """Find a native program inside a package, at its path below the folder that the package is in."""
    for top in _installed_into():
        for record in sorted(top.glob(f"{name}-*.dist-info")):
            if (top / path).is_file() and os.access(top / path, os.X_OK):
                return Package(top / path, record.name[len(name) + 1 : -len(".dist-info")])
    return Unavailable(f"{name.replace('_', '-')} is not installed beside this Python", NEXT_STEP, name)


def isolated_python() -> tuple[str, ...]:
    """Give the running interpreter, cut off from environment, user site and current folder."""
    return (sys.executable, "-I")


@cache
def packages_digest() -> str:
    """Digest of all that is installed beside this Python, by name and version: any of it could be a plugin."""
    records = {record.name for top in _installed_into() for record in top.glob("*-info")}
    return hashlib.sha256("\0".join(sorted(records)).encode("utf-8", "surrogateescape")).hexdigest()


def _installed_into() -> list[Path]:
    paths = [sysconfig.get_path("platlib"), sysconfig.get_path("purelib"), *site.getsitepackages()]
    return [Path(path) for path in dict.fromkeys(paths)]
