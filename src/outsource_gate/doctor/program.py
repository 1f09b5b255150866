"""Can this program run here: Python, git, scanners, the forges' clients?"""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from outsource_gate.doctor import Area, Check
from outsource_gate.errors import GateError
from outsource_gate.forges import SIGNS, ForgeName
from outsource_gate.git.program import check_version, executable
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Scan
from outsource_gate.process import run, scrubbed_environment
from outsource_gate.scanners import Scanner
from outsource_gate.scanners.catalogue import scanners
from outsource_gate.scanners.launch import Limits
from outsource_gate.scanners.run import scan_paths

DISTRIBUTION = "outsource-gate"
INSTALL = f"pip install '{DISTRIBUTION}[scanners]'"
TRIAL_SECONDS = 30.0
# Flaws that every scanner knows one of: one that sees none is not at work.
TRIAL = 'import subprocess\n\n\ndef run(name):\n    return subprocess.call("ls " + name, shell=True)\n'
PIPELINE = """\
on: issues
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: curl https://get.example/${{ github.event.issue.title }} | sh
"""
CLIENTS: Mapping[ForgeName, str] = {"github": "pygithub", "gitlab": "python-gitlab"}
_WANTED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?P<rule>==|>=)\s*(?P<version>[0-9][0-9.]*)")

say = Area("program")


def checks(environment: Mapping[str, str]) -> Iterator[Check]:
    """Look at what is installed, and let every scanner find a planted flaw."""
    yield _python()
    yield _start(sys.path)
    yield _git()
    yield from _scanners()
    for forge, client in CLIENTS.items():
        if environment.get(SIGNS[forge]) == "true":
            yield _client(forge, client)


def _python() -> Check:
    version, tested = ".".join(map(str, sys.version_info[:3])), tested_pythons()
    if not tested:
        return say.could_not_look("Python", f"{version}; {DISTRIBUTION} is not installed as a package", INSTALL)
    newest = ".".join(map(str, tested[-1]))
    if sys.version_info[:2] == tested[-1]:
        return say.ok("Python", version)
    fix = f"use Python {newest} (in a workflow: python-version: '{newest}')"
    if sys.version_info[:2] in tested:
        return say.warning("Python", f"{version}; bandit reads Python code as new as the Python that runs it", fix)
    return say.warning(
        "Python", f"{version}; tested are {', '.join('.'.join(map(str, one)) for one in tested)}", fix
    )


def tested_pythons() -> tuple[tuple[int, int], ...]:
    """The Python versions that this program's own package names as tested; none where it is not installed."""
    try:
        lines = importlib.metadata.metadata(DISTRIBUTION).get_all("Classifier") or []
    except importlib.metadata.PackageNotFoundError:
        return ()
    found = (re.fullmatch(r"Programming Language :: Python :: (\d+)\.(\d+)", line) for line in lines)
    return tuple(sorted((int(match[1]), int(match[2])) for match in found if match))


def _start(path: list[str]) -> Check:
    """`python -m` puts the current folder first, and a checkout can hold a module of any name."""
    if path and path[0] in ("", str(Path.cwd())) and not sys.flags.safe_path:
        found = "modules are looked for in the current folder first"
        return say.problem(
            "start", found, "start the console script outsource-gate, or use python -I -m outsource_gate"
        )
    return say.ok("start", "no module comes from the current folder")


def _git() -> Check:
    try:
        answer = run(
            (executable(), "version"),
            cwd=Path("/"),
            env=scrubbed_environment(Path("/nonexistent")),
            timeout_seconds=10,
            max_output_bytes=4096,
        )
        text = answer.stdout.decode("utf-8", "replace").strip()
        check_version(text)
    except GateError as error:
        return say.problem("git", error.message, error.hint or "install git 2.38 or newer")
    return say.ok("git", text.removeprefix("git version "))


def _scanners() -> Iterator[Check]:
    wanted = wanted_versions()
    with tempfile.TemporaryDirectory(prefix="outsource-gate-doctor-") as folder:
        Path(folder, "trial.py").write_text(TRIAL)
        workflows = Path(folder, ".github", "workflows")
        workflows.mkdir(parents=True)
        (workflows / "trial.yml").write_text(PIPELINE)
        for scanner in scanners():
            yield _scanner(scanner, Path(folder), wanted.get(scanner.id, ("", "")))


def _scanner(scanner: Scanner, trial: Path, wanted: tuple[str, str]) -> Check:
    installed = scanner.find()
    if isinstance(installed, Unavailable):
        return say.problem(
            scanner.id, "not installed: no vendor's change that it reads can pass", installed.next_step
        )
    scan = scan_paths((trial,), scanners=(scanner,), limits=Limits(TRIAL_SECONDS)).scans[0]
    if not isinstance(scan, Scan):
        return say.problem(scanner.id, f"{installed.version} does not run: {scan.reason}", scan.next_step)
    if not scan.findings:
        found = f"{installed.version} does not see a planted flaw"
        return say.problem(scanner.id, found, INSTALL.replace("install", "install --force-reinstall"))
    rule, version = wanted
    if not _fits(installed.version, rule, version):
        found = f"{installed.version}, tested is {version}"
        return say.warning(scanner.id, found, f"pip install '{scanner.id}{rule}{version}'")
    return say.ok(scanner.id, f"{installed.version}, finds a planted flaw")


def wanted_versions() -> dict[str, tuple[str, str]]:
    """Package -> (rule, version), as this program's own package asks for it."""
    try:
        lines = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return {}
    found = (_WANTED.match(line) for line in lines)
    return {match["name"].lower(): (match["rule"], match["version"]) for match in found if match}


def _client(forge: str, client: str) -> Check:
    rule, version = wanted_versions().get(client, ("", ""))
    install = f"pip install '{DISTRIBUTION}[{forge}]'"
    try:
        there = importlib.metadata.version(client)
    except importlib.metadata.PackageNotFoundError:
        return say.problem(client, "not installed: the forge cannot be asked", install)
    if not _fits(there, rule, version):
        return say.warning(client, f"{there}, tested is {version} or newer", install)
    return say.ok(client, there)


def _fits(there: str, rule: str, version: str) -> bool:
    if rule == "==":
        return there == version
    return not rule or _numbers(there) >= _numbers(version)


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers: 1.9.4, 2.8.0rc1 -> (1, 9, 4), (2, 8)."""
    found = re.match(r"\d+(?:\.\d+(?![0-9a-z]))*", version)
    return tuple(map(int, found[0].split("."))) if found else ()
