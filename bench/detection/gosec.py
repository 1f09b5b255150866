"""What do gosec's samples say? Go programs inside Go test sources, each with the number of issues it must show.

A sample with none is secure, any other flawed; the file's name holds the rule, and `issue/issue.go` its CWE.
Samples that come with a configuration of their own are left out: with another one the number would be another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bench.detection.samples import Sample

_SAMPLE = re.compile(r"\{\[\]string\{((?:\s*`[^`]*`,?)+)\s*\},\s*(\d+),\s*gosec\.NewConfig\(\)\}")
_RULE_TO_CWE = re.compile(r'"(G\d{3})":\s*"(\d+)"')


def gosec(root: Path, room: Path) -> Iterator[Sample]:
    """securego/gosec: `testutils/gNNN_samples.go`; samples of several files are left out."""
    for top in sorted(folder.parent for folder in root.rglob("testutils") if folder.is_dir()):
        table = top / "issue" / "issue.go"
        weaknesses = dict(_RULE_TO_CWE.findall(table.read_text(encoding="utf-8"))) if table.is_file() else {}
        for source in sorted((top / "testutils").glob("g*_samples.go")):
            rule = source.stem.partition("_")[0].upper()
            if rule in weaknesses:
                cwe = frozenset({int(weaknesses[rule])})
                yield from _samples(source, cwe, room / "gosec" / rule)


def _samples(source: Path, cwe: frozenset[int], room: Path) -> Iterator[Sample]:
    room.mkdir(parents=True, exist_ok=True)
    for number, match in enumerate(_SAMPLE.finditer(source.read_text(encoding="utf-8"))):
        programs = re.findall(r"`([^`]*)`", match[1])
        if len(programs) == 1:  # of several files it is not said which one is flawed
            path = room / f"{number:03d}.go"
            path.write_text(programs[0], encoding="utf-8")
            yield Sample("gosec", path, cwe, flawed=int(match[2]) > 0)
