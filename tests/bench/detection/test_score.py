"""Do the figures say what their names promise?"""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.detection.samples import Sample, digest
from bench.detection.score import Blocks, Counts, score

from outsource_gate.model.finding import Confidence, Finding, Location, Severity

STANDARD = Blocks(Severity.MEDIUM, Confidence.MEDIUM)


def finding(
    path: str,
    *cwe: int,
    line: int = 1,
    severity: Severity = Severity.HIGH,
    confidence: Confidence = Confidence.HIGH,
) -> Finding:
    """Give a finding at a place."""
    names = tuple(f"CWE-{number}" for number in cwe)
    return Finding("rule", "semgrep", severity, confidence, "m", Location(path, line, line), "v1:0", cwe=names)


def sample(path: str, *cwe: int, flawed: bool = True, line: int | None = None) -> Sample:
    """Give a sample of a corpus."""
    return Sample("corpus", Path(path), frozenset(cwe), flawed=flawed, line=line)


def test_ratios_are_those_of_the_confusion_matrix() -> None:
    """Recall, false alarms, precision, F1 and Youden's J of a matrix that is easy to reckon by hand."""
    counts = Counts(true_positives=6, false_negatives=2, false_positives=2, true_negatives=8)
    assert (counts.recall, counts.false_alarms, counts.precision) == (0.75, 0.2, 0.75)
    assert counts.f1 == 0.75
    assert counts.youden == pytest.approx(0.55)


def test_a_ratio_of_nothing_is_not_told() -> None:
    """Where there is no secure sample nobody can say how many alarms are false, so it is not nought."""
    counts = Counts(true_positives=1)
    assert (counts.recall, counts.false_alarms, counts.youden) == (1.0, None, None)
    assert (Counts().recall, Counts().precision, Counts().f1) == (None, None, None)


def test_found_right_and_exact_are_three_things() -> None:
    """Any finding is found; a parent or child CWE is right, too; only the named one is exact."""
    samples = [sample("a", 78), sample("b", 78), sample("c", 78), sample("d", 78)]
    result = score(samples, [finding("a", 78), finding("b", 77), finding("c", 327)], STANDARD)
    assert (result.found, result.right, result.exact) == (0.75, 0.5, 0.25)
    assert result.total == Counts(true_positives=2, false_negatives=2)


def test_another_weakness_in_a_secure_program_blocks_it_and_is_no_false_alarm_of_that_cwe() -> None:
    """What would be blocked counts every finding; a CWE's false alarms only those that name it."""
    samples = [sample("a", 22, flawed=False), sample("b", 22, flawed=False)]
    result = score(samples, [finding("a", 327), finding("b", 22, confidence=Confidence.LOW)], STANDARD)
    assert result.blocked_secure == 0.5
    assert result.by_cwe[22] == Counts(false_positives=1, true_negatives=1)


@pytest.mark.parametrize(
    ("severity", "confidence", "blocked"),
    [
        (Severity.MEDIUM, Confidence.MEDIUM, 1.0),
        (Severity.LOW, Confidence.HIGH, 0.0),
        (Severity.CRITICAL, Confidence.LOW, 0.0),
    ],
)
def test_blocking_needs_both_levels(severity: Severity, confidence: Confidence, blocked: float) -> None:
    """A grave guess and a certain trifle let a change through."""
    found = [finding("a", 78, severity=severity, confidence=confidence)]
    assert score([sample("a", 78)], found, STANDARD).blocked_flawed == blocked


def test_a_sample_of_one_line_is_met_only_by_what_touches_that_line() -> None:
    """In an annotated test the finding three lines below belongs to another sample."""
    samples = [sample("a", 78, line=3), sample("a", 78, line=6), sample("a", 78, line=9, flawed=False)]
    result = score(samples, [finding("a", 78, line=6)], STANDARD)
    assert result.total == Counts(true_positives=1, false_negatives=1, true_negatives=1)


def test_samples_without_a_cwe_count_only_for_what_is_blocked() -> None:
    """A library of which nobody said what it avoids cannot speak about a CWE."""
    result = score([sample("a", flawed=False)], [finding("a", 78)], STANDARD)
    assert (result.blocked_secure, result.total, result.by_cwe) == (1.0, Counts(), {})


def test_a_digest_changes_with_a_label_and_with_a_content(tmp_path: Path) -> None:
    """Two tables with one digest speak of the same programs and the same truth."""
    program = tmp_path / "a.py"
    program.write_text("one")
    flawed = Sample("corpus", program, frozenset({78}), flawed=True)
    secure = Sample("corpus", program, frozenset({78}), flawed=False)
    first = digest(tmp_path, [flawed])
    assert first == digest(tmp_path, [flawed])
    assert first != digest(tmp_path, [secure])
    program.write_text("two")
    assert first != digest(tmp_path, [flawed])
