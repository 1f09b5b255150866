"""What real tools write today is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from outsource_gate.model.finding import Severity
from outsource_gate.results import Content, format_of, read_content

TOOLS = Path(sys.executable).parent
CODE = "import subprocess\n\n\ndef ping(host):\n    subprocess.call(host, shell=True)\n"
WORKFLOW = """\
on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-latest
    steps: [{run: 'echo ${{ github.head_ref }}'}]
"""
TEST = """\
import pytest

def test_a(): assert 1 == 2
def test_b(): pytest.skip()
def test_c(): ...
"""


def report(folder: Path, *words: str) -> Content:
    """Run a tool that writes `report` or to its standard output."""
    env = {"PATH": f"{TOOLS}:/usr/bin:/bin", "HOME": str(folder), "SEMGREP_ENABLE_VERSION_CHECK": "0"}
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, timeout=200, check=False)
    file = folder / "report"
    raw = file.read_bytes() if file.exists() else done.stdout
    return read_content(raw, format_of(raw))


@pytest.mark.tools
def test_semgrep(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(CODE)
    (tmp_path / "rule.yaml").write_text(
        "rules:\n- {id: shell, languages: [python], severity: ERROR, message: a shell runs it,\n"
        "   pattern: 'subprocess.call(..., shell=True)'}\n"
    )
    read = report(
        tmp_path, "semgrep", "scan", "--metrics=off", "--config", "rule.yaml", "--sarif", "-o", "report", "a.py"
    )
    assert [(one.rule, one.severity, one.path, one.line) for one in read.findings] == [
        ("shell", Severity.HIGH, "a.py", 5)
    ]
    assert (read.broken, read.tools[0][0], read.made_at) == ((), "Semgrep OSS", None)


@pytest.mark.tools
def test_zizmor(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "w.yml").write_text(WORKFLOW)
    read = report(tmp_path, "zizmor", "--offline", "--format", "sarif", ".")
    assert read.broken == ()
    assert ("zizmor/template-injection", ".github/workflows/w.yml") in {
        (one.rule, one.path) for one in read.findings
    }


@pytest.mark.tools
def test_bandit(tmp_path: Path) -> None:
    """its SARIF needs packages that bandit alone does not bring"""
    pytest.importorskip("sarif_om")
    (tmp_path / "a.py").write_text(CODE)
    read = report(tmp_path, "bandit", "-q", "-f", "sarif", "-o", "report", "a.py")
    assert ("B602", Severity.HIGH, 5) in {(one.rule, one.severity, one.line) for one in read.findings}
    assert read.made_at is not None


@pytest.mark.tools
def test_pytest(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(TEST)
    read = report(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", "--junit-xml=report", "test_x.py")
    assert read.tests
    assert (read.tests.run, read.tests.failures, read.tests.errors, read.tests.skipped) == (2, 1, 0, 1)
    assert read.tests.failed[0].name == "test_x.test_a"
    assert read.made_at is not None
