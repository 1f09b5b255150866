"""What do the scanners say of the samples? One run of `scan`'s machinery over each corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bench.detection.samples import Sample
from bench.detection.score import Blocks
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence, Finding, Read, Severity
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.scanners.compiled import LOADER, rule_files
from outsource_gate.scanners.launch import Limits
from outsource_gate.scanners.run import SCANNERS, scan_paths

CODE_SCANNERS = ("bandit", "semgrep")
HOURS = Limits(timeout_seconds=3 * 3600, max_output_bytes=1 << 30)  # whole corpora at once


@dataclass(frozen=True, slots=True)
class Tools:
    """Which scanners ran: name, version and digest of the rules, each once."""

    ran: tuple[tuple[str, str, str], ...] = ()

    def with_(self, other: Tools) -> Tools:
        return Tools(tuple(dict.fromkeys((*self.ran, *other.ran))))

    def __str__(self) -> str:
        return "\n".join(f"{name} {version}, rules {digest[:16]}" for name, version, digest in self.ran)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one corpus; `unread` counts the programs that were not read whole."""

    findings: tuple[Finding, ...]
    unread: int
    tools: Tools


def scan_samples(samples: Sequence[Sample], rules: Path | None) -> Seen:
    """Scan each program once; a scanner that did not run ends the benchmark, as no figure is left to give."""
    paths = list(dict.fromkeys(sample.path for sample in samples))
    chosen = tuple(scanner for scanner in SCANNERS if scanner.id in CODE_SCANNERS)
    result = scan_paths(paths, rules=(rules,) if rules else (), scanners=chosen, limits=HOURS)
    findings: list[Finding] = []
    ran = []
    for scan in result.scans:
        if isinstance(scan, Unavailable):
            raise SystemExit(f"bench: a scanner did not run: {scan}")
        if scan.scanner in CODE_SCANNERS:  # `text` speaks of comments and characters, not of weaknesses
            findings += scan.findings
            ran.append((scan.scanner, scan.version, scan.rules_digest))
    unread = sum(row.read is not Read.SCANNED for row in result.coverage)
    return Seen(tuple(findings), unread, Tools(tuple(ran)))


@cache
def shipped_rules() -> frozenset[str]:
    """Name every rule that ships."""
    documents = (yaml.load(file.read_bytes(), Loader=LOADER) for file in rule_files(shipped_folder() / "rules"))
    return frozenset(rule["id"] for document in documents for rule in document["rules"])


@cache
def standard_tier() -> Blocks:
    """Give the threshold of tier `standard` as it ships."""
    tiers = yaml.safe_load((shipped_folder() / "tiers" / "baseline.yaml").read_text(encoding="utf-8"))
    sast = tiers["standard"]["gates"]["sast"]
    return Blocks(Severity(sast["fail_on"]), Confidence(sast["confidence"]))
