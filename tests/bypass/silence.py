"""Attempts to silence a scanner from inside the change."""

from __future__ import annotations

from tests.bypass.scene import FLAW, Scene, denied

PATH = "services/ping.py"


def marked(marker: str) -> str:
    return FLAW.replace("shell=True)", f"shell=True)  # {marker}")


@denied("finding", PATH)
def nosec(scene: Scene) -> None:
    scene.commit({PATH: marked("nosec")})


@denied("finding", PATH)
def nosemgrep(scene: Scene) -> None:
    scene.commit({PATH: marked("nosemgrep")})


@denied("suppression-marker", PATH)
def a_marker_alone(scene: Scene) -> None:
    """It prepares the next change."""
    scene.commit({PATH: "x = 1  # nosec B602\n"})


@denied("suppression-marker", PATH)
def noqa_of_a_security_rule(scene: Scene) -> None:
    scene.commit({PATH: "x = 1  # noqa: S602\n"})


@denied("suppression-marker", PATH)
def sonar(scene: Scene) -> None:
    scene.commit({PATH: "x = 1  # NOSONAR\n"})


@denied("suppression-marker", "services/legacy.py")
def a_second_marker_beside_an_old_one(scene: Scene) -> None:
    scene.repo.switch("main")
    scene.repo.commit("Ours", {"services/legacy.py": marked("nosec")})
    scene.repo.branch("more", "main")
    scene.commit({"services/legacy.py": marked("nosec nosemgrep")})


@denied("finding", PATH)
def semgrepignore(scene: Scene) -> None:
    scene.commit({PATH: FLAW, ".semgrepignore": "services/\n"})


@denied("scanner-configuration", ".semgrepignore")
def semgrepignore_alone(scene: Scene) -> None:
    scene.commit({".semgrepignore": "services/\n"})


@denied("finding", PATH)
def bandit_configuration(scene: Scene) -> None:
    scene.commit({PATH: FLAW, ".bandit": "[bandit]\nexclude = services\nskips = B602,B404\n"})


@denied("finding", PATH)
def bandit_in_pyproject(scene: Scene) -> None:
    scene.commit({PATH: FLAW, "pyproject.toml": '[tool.bandit]\nexclude_dirs = ["services"]\n'})


@denied("finding", PATH)
def ignored_by_git_and_tracked_all_the_same(scene: Scene) -> None:
    scene.commit({PATH: FLAW, ".gitignore": "services/\n"})


@denied("finding", PATH)
def marked_as_binary(scene: Scene) -> None:
    scene.commit({PATH: FLAW, ".gitattributes": "*.py binary -diff -text export-ignore linguist-generated\n"})


@denied("attributes-touched", "services/.gitattributes")
def a_work_tree_encoding(scene: Scene) -> None:
    """Every checkout would be UTF-16, while the blob is plain."""
    scene.commit({"services/.gitattributes": "*.py working-tree-encoding=UTF-16\n"})


@denied("finding", "tests/test_ping.py")
def in_a_folder_that_scanners_skip(scene: Scene) -> None:
    scene.commit({"tests/test_ping.py": FLAW})


@denied("finding", "web/node_modules/ping/ping.py")
def in_a_vendored_folder(scene: Scene) -> None:
    scene.commit({"web/node_modules/ping/ping.py": FLAW})


@denied("finding", ".hidden/.ping.py")
def in_a_dot_folder(scene: Scene) -> None:
    scene.commit({".hidden/.ping.py": FLAW})


@denied("finding", PATH)
def a_program_called_semgrep_in_the_root(scene: Scene) -> None:
    """And a module that shadows bandit: nothing of the change is ever run."""
    fake = "import sys\nprint('{}')\nsys.exit(0)\n"
    scene.commit({PATH: FLAW, "semgrep": "#!/bin/sh\nexit 0\n", "bandit.py": fake, "bandit/__init__.py": fake})
