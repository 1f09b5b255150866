"""Does the benchmark score a corpus with the real scanners?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
FLAWED = """import subprocess
from flask import Flask, request

app = Flask(__name__)


@app.route("/")
def run():
    return subprocess.check_output("ping " + request.args["host"], shell=True)
"""
MORE = """rules:
- id: extra.print
  languages: [python]
  severity: WARNING
  message: m
  pattern: print(...)
  metadata: {cwe: [CWE-78]}
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmark as the Makefile does."""
    command = [sys.executable, "-m", "bench.detection", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


@pytest.mark.tools
def test_a_corpus_is_scored_for_every_tool(tmp_path: Path) -> None:
    """Ours, bandit alone and another rule folder each get their own figures; misses are named in the JSON."""
    insecure = tmp_path / "corpus" / "SecurityEval" / "Testcases_Insecure_Code" / "CWE-078"
    insecure.mkdir(parents=True)
    (insecure / "a.py").write_text(FLAWED)
    (insecure / "b.py").write_text("print(1)\n")
    rules, out = tmp_path / "more", tmp_path / "out.json"
    rules.mkdir()
    (rules / "extra.yaml").write_text(MORE)
    done = run("--corpus", str(tmp_path / "corpus"), "--rules", str(rules), "--json", str(out))
    assert done.returncode == 0, done.stderr
    report = json.loads(out.read_text())
    (corpus,) = report["corpora"]
    shares = {tool: (one["found"], one["exact"]) for tool, one in corpus["scores"].items()}
    assert shares == {"gate": (0.5, 0.5), "our rules": (0.5, 0.5), "bandit": (0.5, 0.5), "more": (0.5, 0.5)}
    assert corpus["unread"] == 0
    assert corpus["nothing_found_in"] == ["SecurityEval/Testcases_Insecure_Code/CWE-078/b.py"]
    assert len(corpus["digest"]) == 64
    assert {name for name, _, _ in report["tools"]["ran"]} == {"bandit", "semgrep"}


def test_without_ground_truth_no_figure_is_given(tmp_path: Path) -> None:
    """An empty folder ends with a next step, and not with 0 of 0."""
    done = run("--corpus", str(tmp_path))
    assert done.returncode == 1
    assert "no ground truth" in done.stderr
