"""Which ground truth lies in a folder? Known public sets by their layout, wherever below it they lie.

A set that is not there is left out; what each reader takes as flawed and as secure is in its first line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.detection.annotated import annotated
from bench.detection.gosec import gosec
from bench.detection.samples import Sample

_CWE = re.compile(r"(?i)cwe[-_]0*(\d+)")
_SOURCES = frozenset(
    {".py", ".js", ".ts", ".jsx", ".tsx", ".mjs", ".go", ".java", ".c", ".cpp", ".php", ".rb", ".kt"}
)


def security_eval(root: Path) -> Iterator[Sample]:
    """s2e-lab/SecurityEval: every program below Testcases_Insecure_Code is flawed, its folder names the CWE."""
    for top in sorted(root.rglob("Testcases_Insecure_Code")):
        yield from _named("SecurityEval", top, flawed=True)


def llm_sec_eval(root: Path) -> Iterator[Sample]:
    """tuhh-softsec/LLMSecEval: every program of "Secure Code Samples" is secure, its name tells against what."""
    for top in sorted(root.rglob("Secure Code Samples")):
        yield from _named("LLMSecEval (secure)", top, flawed=False)


def cw_eval(root: Path) -> Iterator[Sample]:
    """Co1lin/CWEval: `cwe_022_0_unsafe.py` is flawed, `cwe_022_0_task.py` solves the same task securely."""
    for path in sorted(root.rglob("benchmark/*/**/cwe_*")):
        if path.suffix in _SOURCES and (match := re.search(r"_(unsafe|task)$", path.stem)):
            yield Sample("CWEval", path, _cwe_of(path.name), flawed=match[1] == "unsafe")


def owasp_benchmark(root: Path) -> Iterator[Sample]:
    """OWASP Benchmark for Java and Python: `expectedresults-*.csv` says of each program whether it is flawed."""
    for table in sorted(root.rglob("expectedresults-*.csv")):
        programs = {path.stem: path for path in table.parent.rglob("BenchmarkTest*") if path.suffix in _SOURCES}
        with table.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if row and not row[0].startswith("#")]
        for name, _, is_flawed, cwe, *_ in rows:
            if name in programs:
                suffix = programs[name].suffix.lstrip(".")
                corpus = f"OWASP Benchmark ({suffix})"
                yield Sample(corpus, programs[name], frozenset({int(cwe)}), flawed=is_flawed.strip() == "true")


def known_secure(root: Path) -> Iterator[Sample]:
    """Sources that somebody put below a folder `known-secure`, such as well-kept libraries; a CWE is not said."""
    for top in sorted(root.glob("known-secure/*")):
        for path in sorted(top.rglob("*")):
            if path.suffix in _SOURCES and path.is_file() and not path.is_symlink():
                yield Sample(f"known-secure {top.name}", path, frozenset(), flawed=False)


READERS: tuple[Callable[[Path], Iterator[Sample]], ...] = (
    security_eval,
    cw_eval,
    owasp_benchmark,
    annotated,
    llm_sec_eval,
    known_secure,
)


def read_corpora(root: Path, room: Path) -> dict[str, list[Sample]]:
    """Give the samples of every set below the folder; programs that lie in other files are written to `room`."""
    found: dict[str, list[Sample]] = {}
    readers = [reader(root) for reader in READERS]
    for sample in (sample for samples in (*readers, gosec(root, room)) for sample in samples):
        found.setdefault(sample.corpus, []).append(sample)
    return found


def _named(corpus: str, top: Path, *, flawed: bool) -> Iterator[Sample]:
    for path in sorted(top.rglob("*")):
        if path.suffix in _SOURCES and path.is_file():
            yield Sample(corpus, path, _cwe_of(path.relative_to(top).as_posix()), flawed=flawed)


def _cwe_of(name: str) -> frozenset[int]:
    match = _CWE.search(name)
    return frozenset({int(match[1])}) if match else frozenset()
