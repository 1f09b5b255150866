"""How much do the rules find, and how often do they cry wolf? Run as `make bench-detection CORPUS=DIR`.

Everything goes through `scan`'s own machinery, so blind spots, neutral names and unread files count as in a gate.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from bench.detection.corpora import read_corpora
from bench.detection.findings import Seen, Tools, scan_samples, shipped_rules, standard_tier
from bench.detection.samples import Sample, digest
from bench.detection.score import Score, score
from bench.detection.tables import by_corpus, by_cwe
from outsource_gate.model.finding import Finding


def main() -> None:
    """Read the corpora, scan each once, print a table over all and one per corpus."""
    parser = argparse.ArgumentParser(prog="python -m bench.detection", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="a folder with clones of public corpora")
    parser.add_argument("--rules", type=Path, help="a folder of semgrep rules that are scored beside ours")
    parser.add_argument("--only", help="only corpora whose name holds this")
    parser.add_argument("--json", type=Path, help="write everything here, with the misses by name")
    chosen = parser.parse_args()
    root = chosen.corpus.resolve()
    console = Console(width=None if sys.stdout.isatty() else 130)
    room = Path(tempfile.mkdtemp(prefix="outsource-gate-detection-"))
    try:
        corpora = read_corpora(root, room)
        wanted = {name: some for name, some in corpora.items() if (chosen.only or "").lower() in name.lower()}
        if not wanted:
            raise SystemExit(f"bench: no ground truth in {root} -> put a clone of s2e-lab/SecurityEval there")
        _measure(wanted, root, room, chosen.rules, chosen.json, console)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _measure(
    corpora: dict[str, list[Sample]],
    root: Path,
    room: Path,
    rules: Path | None,
    out: Path | None,
    console: Console,
) -> None:
    columns = _columns(rules)
    scores: dict[str, dict[str, Score]] = {}
    report = []
    tools = Tools()
    for name, samples in corpora.items():
        console.print(f"scanning: {name}, {len(samples)} samples", style="dim", highlight=False)
        seen = scan_samples(samples, rules)
        tools = tools.with_(seen.tools)
        scores[name] = {
            column: score(samples, [finding for finding in seen.findings if is_its(finding)], standard_tier())
            for column, is_its in columns.items()
        }
        base = room if name == "gosec" else root
        report.append(_row(name, samples, base, seen, scores[name]))
    for name, columns_of in scores.items():
        console.print(by_cwe(name, columns_of))
    console.print(by_corpus(scores))
    console.print(
        f"{tools}\nblocks from {standard_tier().severity} severity and {standard_tier().confidence} confidence on",
        highlight=False,
    )
    for row in report:
        console.print(f"{row['corpus']}: {row['digest']}, {row['unread']} files not read whole", highlight=False)
    if out:
        out.write_text(json.dumps({"tools": asdict(tools), "corpora": report}, indent=1, default=str) + "\n")


def _columns(rules: Path | None) -> dict[str, Callable[[Finding], bool]]:
    """Whose findings count in a column: all of the gate's, those of our rules alone, bandit's alone."""
    ours = shipped_rules()
    columns: dict[str, Callable[[Finding], bool]] = {
        "gate": lambda finding: finding.scanner == "bandit" or finding.rule in ours,
        "our rules": lambda finding: finding.rule in ours,
        "bandit": lambda finding: finding.scanner == "bandit",
    }
    if rules:
        columns[rules.name] = lambda finding: finding.scanner == "semgrep" and finding.rule not in ours
    return columns


def _row(
    name: str, samples: Sequence[Sample], base: Path, seen: Seen, scores: dict[str, Score]
) -> dict[str, object]:
    is_ours = _columns(None)["gate"]
    hit = {finding.location.path for finding in seen.findings if is_ours(finding)}
    silent = {one.path for one in samples if one.flawed and str(one.path) not in hit}
    return {
        "corpus": name,
        "digest": digest(base, samples),
        "samples": len(samples),
        "unread": seen.unread,
        "scores": {column: asdict(one) for column, one in scores.items()},
        "nothing_found_in": sorted(str(path.relative_to(base)) for path in silent),
    }


if __name__ == "__main__":
    main()
