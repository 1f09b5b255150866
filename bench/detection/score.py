"""How well does what a tool found agree with the ground truth? Counts and the usual ratios, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.detection.hierarchy import related
from bench.detection.samples import Sample
from outsource_gate.model.finding import Confidence, Finding, Severity


@dataclass(frozen=True, slots=True)
class Blocks:
    """From where on a tier denies."""

    severity: Severity
    confidence: Confidence

    def by(self, finding: Finding) -> bool:
        is_severe = finding.severity.rank >= self.severity.rank
        return is_severe and finding.confidence.rank >= self.confidence.rank


@dataclass(frozen=True, slots=True)
class Counts:
    """A confusion matrix; ratios are None where nothing was there to divide by."""

    true_positives: int = 0
    false_negatives: int = 0
    false_positives: int = 0
    true_negatives: int = 0

    @property
    def recall(self) -> float | None:
        return _ratio(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def false_alarms(self) -> float | None:
        return _ratio(self.false_positives, self.false_positives + self.true_negatives)

    @property
    def precision(self) -> float | None:
        return _ratio(self.true_positives, self.true_positives + self.false_positives)

    @property
    def f1(self) -> float | None:
        wrong = self.false_positives + self.false_negatives
        return _ratio(2 * self.true_positives, 2 * self.true_positives + wrong)

    @property
    def youden(self) -> float | None:
        if self.recall is None or self.false_alarms is None:
            return None
        return self.recall - self.false_alarms


@dataclass(frozen=True, slots=True)
class Score:
    """One tool on one corpus. Shares are of the flawed samples, `blocked_secure` of the secure ones."""

    flawed: int
    secure: int
    found: float | None  # anything at all
    right: float | None  # the CWE that the corpus names, or its parent or child
    exact: float | None  # that very CWE
    blocked_flawed: float | None
    blocked_secure: float | None
    total: Counts
    by_cwe: Mapping[int, Counts]


def score(samples: Sequence[Sample], findings: Iterable[Finding], blocks: Blocks) -> Score:
    """Score findings, whose paths are those of the samples."""
    by_path: dict[Path, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(Path(finding.location.path), []).append(finding)
    seen = [(sample, _about(sample, by_path.get(sample.path, ()))) for sample in samples]
    flawed = [hits for sample, hits in seen if sample.flawed]
    secure = [hits for sample, hits in seen if not sample.flawed]
    labelled = [(sample, names(sample, hits)) for sample, hits in seen if sample.cwe]
    weaknesses = sorted({number for sample, _ in labelled for number in sample.cwe})
    return Score(
        flawed=len(flawed),
        secure=len(secure),
        found=_share(bool(hits) for hits in flawed),
        right=_share(names(sample, hits) for sample, hits in seen if sample.flawed),
        exact=_share(bool(sample.cwe & cwe_of(hits)) for sample, hits in seen if sample.flawed),
        blocked_flawed=_share(any(map(blocks.by, hits)) for hits in flawed),
        blocked_secure=_share(any(map(blocks.by, hits)) for hits in secure),
        total=_counts(labelled),
        by_cwe={number: _counts([one for one in labelled if number in one[0].cwe]) for number in weaknesses},
    )


def names(sample: Sample, hits: Iterable[Finding]) -> bool:
    """Tell whether one of the findings names a weakness of the sample."""
    found = cwe_of(hits)
    return any(related(one, other) for one in sample.cwe for other in found)


def cwe_of(hits: Iterable[Finding]) -> frozenset[int]:
    """Give the numbers of the weaknesses that findings name."""
    return frozenset(int(name.removeprefix("CWE-")) for hit in hits for name in hit.cwe)


def _about(sample: Sample, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of a file's findings, those that touch the sample's line."""
    line = sample.line
    if line is None:
        return tuple(findings)
    return tuple(one for one in findings if one.location.start_line <= line <= one.location.end_line)


def _counts(labelled: Sequence[tuple[Sample, bool]]) -> Counts:
    flawed = [named for sample, named in labelled if sample.flawed]
    secure = [named for sample, named in labelled if not sample.flawed]
    return Counts(sum(flawed), len(flawed) - sum(flawed), sum(secure), len(secure) - sum(secure))


def _share(answers: Iterable[bool]) -> float | None:
    listed = list(answers)
    return _ratio(sum(listed), len(listed))


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
