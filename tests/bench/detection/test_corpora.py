"""Are public corpora read as their authors labelled them?"""

from __future__ import annotations

from pathlib import Path

from bench.detection.annotated import claims
from bench.detection.corpora import read_corpora

GOSEC = """package testutils

var SampleCodeG401 = []CodeSample{
	{[]string{`
package main
`}, 1, gosec.NewConfig()},
	{[]string{`
package fine
`}, 0, gosec.NewConfig()},
	{[]string{`package a`, `package b`}, 1, gosec.NewConfig()},
	{[]string{`package c`}, 1, gosec.Config{"G401": 1}},
}
"""


def lay(root: Path, files: dict[str, str]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


def read(root: Path, room: Path) -> dict[str, list[tuple[str, tuple[int, ...], bool, int | None]]]:
    """Give the samples of each corpus in short."""
    return {
        name: [(one.path.name, tuple(sorted(one.cwe)), one.flawed, one.line) for one in samples]
        for name, samples in read_corpora(root, room).items()
    }


def test_folders_and_names_tell_the_cwe_and_the_truth(tmp_path: Path) -> None:
    """SecurityEval by folder, CWEval by suffix, LLMSecEval by its folder of secure ones, libraries by ours."""
    files = (
        "SecurityEval/Testcases_Insecure_Code/CWE-089/author_1.py",
        "SecurityEval/Testcases_Insecure_Code/CWE-089/README.md",
        "SecurityEval/Testcases_Copilot/CWE-089/author_1.py",
        "CWEval/benchmark/core/js/cwe_022_0_js_task.js",
        "CWEval/benchmark/core/js/cwe_022_0_js_unsafe.js",
        "CWEval/benchmark/core/js/cwe_022_0_js_test.py",
        "LLMSecEval/Dataset/Secure Code Samples/CWE-502/CWE-502_DUD-2a.py",
        "known-secure/click/click/core.py",
    )
    root = lay(tmp_path / "corpus", dict.fromkeys(files, "x"))
    assert read(root, tmp_path / "room") == {
        "SecurityEval": [("author_1.py", (89,), True, None)],
        "CWEval": [("cwe_022_0_js_task.js", (22,), False, None), ("cwe_022_0_js_unsafe.js", (22,), True, None)],
        "LLMSecEval (secure)": [("CWE-502_DUD-2a.py", (502,), False, None)],
        "known-secure click": [("core.py", (), False, None)],
    }


def test_a_benchmark_is_read_by_its_table_of_expected_results(tmp_path: Path) -> None:
    """The table says what is flawed; a program that it does not name is left out, and so is a name without one."""
    table = "# test name, category, real vulnerability, cwe\nBenchmarkTest00001,pathtraver,true,22\n"
    table += "BenchmarkTest00002,xss,false,79\nBenchmarkTest00009,xss,true,79\n"
    names = [f"B/testcode/BenchmarkTest0000{number}.py" for number in (1, 2, 3)]
    root = lay(tmp_path / "corpus", {"B/expectedresults-1.csv": table, **dict.fromkeys(names, "x")})
    assert read(root, tmp_path / "room") == {
        "OWASP Benchmark (py)": [
            ("BenchmarkTest00001.py", (22,), True, None),
            ("BenchmarkTest00002.py", (79,), False, None),
        ]
    }


def test_annotations_become_lines_with_the_cwe_of_the_rule_they_name(tmp_path: Path) -> None:
    """An annotation whose rule names no CWE is no ground truth, and a broken YAML is no rule."""
    rules = "rules:\n- id: one\n  metadata: {cwe: 'CWE-078: OS command injection'}\n- id: bare\n"
    code = "// ruleid: one\nexec(a)\n// ok: one\nexec(1)\n// ruleid: bare\nf()\n"
    root = lay(tmp_path / "corpus", {"js/rules/a.yaml": rules, "js/rules/b.yaml": "{{", "js/tests/a.js": code})
    assert read(root, tmp_path / "room") == {
        "js (annotated)": [("a.js", (78,), True, 2), ("a.js", (78,), False, 4)]
    }


def test_claims_speak_of_the_next_line_that_is_none() -> None:
    """Several annotations above one line all speak of it."""
    text = "# ruleid: a, b\n# ok: c\ncode()\n"
    assert list(claims(text)) == [("ruleid", "a", 3), ("ruleid", "b", 3), ("ok", "c", 3)]


def test_gosec_samples_are_taken_out_of_their_go_source(tmp_path: Path) -> None:
    """Samples of several files and those with a configuration of their own are left out."""
    mapping = 'var ruleToCWE = map[string]string{\n\t"G401": "328",\n}\n'
    files = {"gosec/testutils/g401_samples.go": GOSEC, "gosec/issue/issue.go": mapping}
    root = lay(tmp_path / "corpus", files)
    assert read(root, tmp_path / "room") == {
        "gosec": [("000.go", (328,), True, None), ("001.go", (328,), False, None)]
    }
    assert (tmp_path / "room/gosec/G401/001.go").read_text() == "\npackage fine\n"


def test_an_empty_folder_is_no_ground_truth(tmp_path: Path) -> None:
    """Nothing is made up where nothing lies."""
    assert read_corpora(tmp_path, tmp_path) == {}
