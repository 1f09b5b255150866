"""Which files run without being called."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from outsource_gate.scanners.autorun import BUILDS, OPENS, runs_by_itself

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scanners.md"


def kinds(path: str, text: str = "x\n") -> list[str]:
    return [run.kind for run in runs_by_itself(path, text)]


@pytest.mark.parametrize(
    "path",
    [
        ".envrc",
        "web/.envrc",
        ".vscode/tasks.json",
        "sub/.VSCode/Tasks.json",
        ".idea/runConfigurations/a.xml",
        ".devcontainer/devcontainer.json",
        ".gitmodules",
        "tools/hooks/post-checkout",
        "a.pth",
        "lib/sitecustomize.py",
        "usercustomize/__init__.py",
        ".npmrc",
        ".yarnrc.yml",
        ".yarn/releases/yarn.cjs",
        ".pnpmfile.cjs",
        ".cargo/config.toml",
        ".mvn/extensions.xml",
        "gradle/wrapper/gradle-wrapper.properties",
        "nuget.config",
        "Directory.Build.targets",
        ".gdbinit",
        ".Rprofile",
        ".bashrc",
        "autorun.inf",
        ".mcp.json",
        ".claude/settings.json",
        "x.code-workspace",
        ".dir-locals.el",
        "pip.conf",
        "mise.toml",
    ],
)
def test_what_runs_on_opening_or_starting(path: str) -> None:
    """Editors, shells, git, interpreters and package managers run these unasked, in every folder"""
    assert kinds(path) == ["runs-by-itself"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".vscode/settings.json", '{"python.defaultInterpreterPath": "./x"}'),
        (".vscode/settings.json", '{"terminal.integrated.profiles.linux": {}}'),
        ("fixture/config", "[core]\n\tfsmonitor = ./x\n"),
        ("a/.git/config", "[core]\n  sshCommand = x\n"),
        (".htaccess", "php_value auto_prepend_file x.php\n"),
    ],
)
def test_what_runs_by_what_it_sets(path: str, text: str) -> None:
    """A shared name counts with the setting that runs something, and not without"""
    assert kinds(path, text) == ["runs-by-itself"]
    assert kinds(path, '{"editor.tabSize": 4}') == []


@pytest.mark.parametrize(
    "path",
    [
        "setup.py",
        "tests/conftest.py",
        "Makefile",
        "build.gradle.kts",
        "build.rs",
        "binding.gyp",
        "a.gemspec",
        "web/vite.config.ts",
        ".eslintrc.js",
        "CMakeLists.txt",
        "docs/conf.py",
        "tox.ini",
        "noxfile.py",
    ],
)
def test_what_runs_in_a_build(path: str) -> None:
    assert kinds(path) == ["runs-in-build"]


@pytest.mark.parametrize(
    "path",
    [
        "services/pay.py",
        "README.md",
        "config.py",
        "src/setup_db.py",
        "Dockerfile",
        "package.json",
        "docs/hooks.md",
        "src/config",
        "hooks/useCart.ts",
        "idea/notes.md",
        "a.path",
        "envrc.md",
        "tests/test_conftest.py",
    ],
)
def test_ordinary_files_run_when_they_are_called(path: str) -> None:
    assert kinds(path) == []


def test_scripts_that_a_package_manager_runs_are_named_one_by_one() -> None:
    """What a script is called decides; start and test are called by somebody"""
    text = json.dumps(
        {"name": "x", "scripts": {"start": "a", "test": "b", "postinstall": "c", "prepare": "d"}}, indent=1
    )
    found = list(runs_by_itself("web/package.json", text))
    assert [(run.when, run.part) for run in found] == [
        ("when it is installed (postinstall)", 'postinstall "c"'),
        ("when it is installed (prepare)", 'prepare "d"'),
    ]
    assert text[found[0].start :].startswith('"postinstall"')


def test_a_script_behind_escapes_is_found_and_what_cannot_be_read_counts_whole() -> None:
    assert kinds("package.json", '{"scr\\u0069pts": {"post\\u0069nstall": "x"}}') == ["runs-in-build"]
    assert kinds("package.json", '{"scripts": {"postinstall": ') == ["runs-in-build"]
    assert kinds("package.json", '{"scripts": ' + "[" * 100_000) == ["runs-in-build"]
    assert kinds("composer.json", '{"scripts": {"post-install-cmd": "x"}}') == ["runs-in-build"]


def test_the_table_is_published() -> None:
    """docs/scanners.md names every file of the table"""
    told = set(re.findall(r"`([^`]+)`", PAGE.read_text()))
    assert {name for row in (*OPENS, *BUILDS) for name in row.names} - told == set()
