"""Do the shipped rules find what they should, and only that, when the real semgrep runs them?"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.rules.pack import PACK, RuleFile, languages, rule_files

# A rule that does not parse makes `semgrep --test` wait for ever on its own workers.
LIMIT_SECONDS = 240

QUIET = ("--metrics=off", "--disable-version-check", "--json")

pytestmark = pytest.mark.tools


@pytest.mark.parametrize("language", languages())
def test_the_rules_of_a_language_find_exactly_what_their_examples_say(language: str, tmp_path: Path) -> None:
    """Every line marked ruleid is found by its rule, and in its rule's examples nothing else is.

    One run of the native binary; `semgrep --test` says the same and starts once per file, in ten times the time.
    """
    files = [file for file in rule_files() if file.language == language]
    report = scan(PACK / language, tmp_path)
    assert report["errors"] == []
    assert report["skipped_rules"] == []
    assert {Path(path) for path in report["paths"]["scanned"]} >= {test for file in files for test in file.tests}
    for file in files:
        assert hits(file, report) == claims(file, "ruleid"), file.name


def test_examples_are_read_as_semgrep_reads_them(tmp_path: Path) -> None:
    """The lines that our reading of the annotations expects are those of `semgrep --test`."""
    file = next(file for file in rule_files() if file.name == "python/process")
    for path in (file.path, *file.tests):
        shutil.copy(path, tmp_path)
    semgrep = Path(sys.executable).with_name("semgrep")
    report = run([str(semgrep), "--test", *QUIET, str(tmp_path)], tmp_path)
    (checked,) = report["results"].values()
    assert all(check["passed"] for check in checked["checks"].values())
    assert {
        (rule, Path(path).name, line)
        for rule, check in checked["checks"].items()
        for path, lines in check["matches"].items()
        for line in lines["expected_lines"]
    } == {(rule, path.name, line) for rule, path, line in claims(file, "ruleid")}


def claims(file: RuleFile, kind: str) -> set[tuple[str, Path, int]]:
    """Give the lines of a file's examples that are marked with this kind."""
    return {(one.rule, one.path, one.line) for one in file.annotations() if one.kind == kind}


def hits(file: RuleFile, report: dict[str, Any]) -> set[tuple[str, Path, int]]:
    """Give the lines of a file's examples where its own rules found something."""
    own = tuple(str(rule["id"]) for rule in file.rules())
    found = set()
    for result in report["results"]:
        # semgrep puts the folders of the rule file before the id.
        rule = next((rule for rule in own if f".{result['check_id']}".endswith(f".{rule}")), None)
        if rule is not None and Path(result["path"]) in file.tests:
            found.add((rule, Path(result["path"]), int(result["start"]["line"])))
    return found


def scan(folder: Path, home: Path) -> dict[str, Any]:
    """Run all rules of a folder over the examples in it, with the native binary."""
    spec = find_spec("semgrep")
    assert spec is not None and spec.origin is not None
    binary = Path(spec.origin).parent / "bin" / "semgrep-core"
    unhidden = ("--disable-nosem", "--no-git-ignore", "--novcs", "--x-ignore-semgrepignore-files")
    flags = [*QUIET, "--strict", "--verbose", *unhidden]
    argv = ["osemgrep", "scan", "--experimental", *flags, "--config", str(folder), str(folder)]
    return run(argv, home, executable=binary)


def run(argv: list[str], home: Path, executable: Path | None = None) -> dict[str, Any]:
    """Run semgrep away from the user's settings and give its JSON; kill all of it when it hangs."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
        "SEMGREP_SEND_METRICS": "off",
    }
    with subprocess.Popen(
        argv,
        executable=executable,
        cwd=home,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            output, complaint = process.communicate(timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    # 1 and 2 still bring a report, which the caller compares and names better.
    assert output.startswith(b"{"), complaint.decode(errors="replace")[-2000:]
    report: dict[str, Any] = json.loads(output)
    return report
