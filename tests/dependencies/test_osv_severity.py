"""How severe an advisory is, as its vectors or its database say."""

from __future__ import annotations

from typing import Any

import pytest

from outsource_gate.dependencies.osv_severity import severity_of
from outsource_gate.model.finding import Severity
from tests.dependencies.osv import V3, V4, advisory, affected

V2 = "AV:N/AC:L/Au:N/C:P/I:P/A:P"  # 7.5


def rated(*vectors: Any, said: dict[str, Any] | None = None, **more: Any) -> Severity | None:
    listed = [{"type": "CVSS_V3", "score": vector} for vector in vectors]
    return severity_of(advisory(severity=listed, database_specific=said), affected(**more))[0]


@pytest.mark.parametrize(
    ("vector", "expected"),
    [
        (V3, Severity.CRITICAL),
        ("CVSS:3.0/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", Severity.LOW),
        (V4, Severity.MEDIUM),
        (V2, Severity.HIGH),
    ],
)
def test_vectors_of_every_version_are_scored(vector: str, expected: Severity) -> None:
    assert rated(vector) is expected


def test_the_highest_vector_counts() -> None:
    assert severity_of(advisory(severity=[{"score": V4}, {"score": V3}]), affected()) == (Severity.CRITICAL, V3)


def test_a_vector_of_the_package_counts_too() -> None:
    assert rated(severity=[{"type": "CVSS_V3", "score": V3}]) is Severity.CRITICAL


@pytest.mark.parametrize("vector", ["", "9.8", "CVSS:3.1/AV:N", "CVSS:4.0/", "CVSS:9.0/AV:N", V3 * 20, None, 5])
def test_words_of_the_database_stand_in_for_what_is_no_vector(vector: Any) -> None:
    assert rated(vector, said={"severity": "MODERATE"}) is Severity.MEDIUM
    assert rated(vector) is None


def test_an_unknown_word_is_no_severity() -> None:
    assert rated(said={"severity": "TERRIFYING"}) is None
