"""Is the repository itself in order: nothing of one machine in it, every module tested, locks that lock?"""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from outsource_gate.policy.shipped import shipped_folder

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 350
LONGEST_TEST = 550
LOCKS = ("core", "scanners", "dev")

# Built from pieces, so that this file does not contain what it looks for.
REGISTRIES = tuple(".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")))
MACHINE = tuple(sorted({f"{ROOT}/", f"{Path.home()}/", "/".join(("", "work", ""))}))


@cache
def tracked() -> tuple[Path, ...]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True).stdout
    found = tuple(ROOT / name.decode() for name in listed.split(b"\0") if name)
    assert found, "git lists no file"
    return tuple(path for path in found if path.is_file())


@cache
def lock(name: str) -> dict[str, str]:
    """Give package -> version of one lock file."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE))


def project() -> dict[str, list[str]]:
    """Give what pyproject.toml asks for, by the lock file that answers it."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text())
    core, scanners = read["project"]["dependencies"], read["project"]["optional-dependencies"]["scanners"]
    return {"core": core, "scanners": core + scanners, "dev": core + scanners + read["dependency-groups"]["dev"]}


@pytest.mark.parametrize("words", [REGISTRIES, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_machine(words: tuple[str, ...]) -> None:
    """no tracked file names the host of a package registry, or a folder of the machine it was written on"""
    pattern = re.compile(b"|".join(rb"(?<![\w.])" + re.escape(word.encode()) for word in words))
    assert [path.relative_to(ROOT) for path in tracked() if pattern.search(path.read_bytes())] == []


def test_everything_that_can_be_added_has_its_test() -> None:
    """a gate, a scanner, a report and a command each have a test at the mirrored path"""
    package = ROOT / "src" / "outsource_gate"
    declares = re.compile(rb"^(?:GATE|SCANNER|REPORT|command)\b|^def command\(", re.MULTILINE)
    rooms = ("gates", "scanners", "reports", "cli")
    added = [
        path.relative_to(package)
        for path in tracked()
        if path.is_relative_to(package) and path.parent.name in rooms and declares.search(path.read_bytes())
    ]
    assert {path.parts[0] for path in added} == set(rooms)
    without = [path for path in added if not any((ROOT / "tests" / path.parent).glob(f"test_{path.stem}*.py"))]
    assert without == []


def test_every_room_has_tests() -> None:
    """every folder of the package has a folder of tests with tests in it; values alone need none"""
    package = ROOT / "src" / "outsource_gate"
    rooms = {path.parent.relative_to(package) for path in tracked() if path.is_relative_to(package)} - {
        Path("model")
    }
    assert len(rooms) > 8
    assert [room for room in sorted(rooms) if not any((ROOT / "tests" / room).glob("test_*.py"))] == []


def test_no_file_is_long() -> None:
    """no module is longer than a reader can keep in mind, and no test file much longer"""
    rules = ROOT / "policies" / "rules"
    ours = [path for path in tracked() if path.suffix == ".py" and not path.is_relative_to(rules)]
    assert ours
    lines = {path.relative_to(ROOT): len(path.read_bytes().splitlines()) for path in ours}
    allowed = {path: LONGEST if path.parts[0] == "src" else LONGEST_TEST for path in lines}
    assert {str(path): count for path, count in lines.items() if count > allowed[path]} == {}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_hashes_and_no_address(name: str) -> None:
    """a lock file names every package by version and hash, and nowhere where to get it"""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(lock(name)) > 0
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"\w+://|^\s*-(?!-hash=)\S+|^\s*--(?!hash=)\S+", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_answers_the_project(name: str) -> None:
    """a lock file holds a version that pyproject.toml allows, for everything that it asks for: else `make lock`"""
    for wanted in map(Requirement, project()[name]):
        held = lock(name).get(re.sub(r"[._]+", "-", wanted.name.lower()))
        assert held is not None, f"{wanted} is not in {name}.txt"
        assert wanted.specifier.contains(held, prereleases=True), f"{name}.txt holds {wanted.name} {held}"


def test_locks_agree() -> None:
    """core and scanners are parts of dev: what users run is what was tested"""
    assert lock("core").items() <= lock("scanners").items() <= lock("dev").items()


def test_node_packages_come_from_no_address() -> None:
    """node's lock files say what by hash, and not from where"""
    for path in (path for path in tracked() if path.name == "package-lock.json"):
        assert '"integrity"' in path.read_text()
        assert '"resolved"' not in path.read_text(), path


def test_notice_names_every_package() -> None:
    """NOTICE names everything that is installed beside the program"""
    named = set(re.findall(r"[\w-]+", (ROOT / "NOTICE").read_text()))
    assert set(lock("scanners")) - named == set()


def test_shipped_files_are_found() -> None:
    """the shipped rules are found from wherever the package is installed"""
    assert list((shipped_folder() / "rules").rglob("*.yaml"))
