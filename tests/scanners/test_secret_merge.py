"""What typed detectors say is one with what ours say of the same characters; stand-ins stay stand-ins."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from outsource_gate.model.finding import Confidence
from outsource_gate.scanners import secret_merge
from outsource_gate.scanners.kingfisher import TypedHit
from outsource_gate.scanners.secret_hunt import Hunt, Origin
from outsource_gate.scanners.secret_merge import merge
from tests.scanners import planted

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@dataclass(frozen=True)
class Blob:
    path: str = "a.py"
    commit: str = "a" * 40
    at_base: str = ""


def merged(text: str, *typed: TypedHit, base: str = "") -> Hunt:
    """Hunt in a text, then merge what is said of the first view of it."""
    seen: list[tuple[Origin, str]] = []
    hunt = Hunt(also=lambda origin, text: seen.append((origin, text)))
    hunt.content(Blob(at_base="b" * 40 if base else ""), text.encode(), lambda _: base.encode())
    merge(hunt, [(*seen[0], typed)])
    return hunt


def typed(value: str, line: int = 1, confidence: Confidence = HIGH, *, is_encoded: bool = False) -> TypedHit:
    return TypedHit("f000000", "acme-key", confidence, line, value, is_encoded)


def told(hunt: Hunt) -> list[tuple[str, Confidence, int]]:
    return [(one.kind, one.confidence, one.line) for one in hunt.scan().secrets]


def test_what_only_they_see_is_told_under_their_name() -> None:
    value = planted.chance(24)
    hunt = merged(f"x\nacme {value}\n", typed(value, 2))
    assert told(hunt) == [("kingfisher.acme-key", HIGH, 2)]
    assert value in hunt.found().content
    assert ("a.py", 2) in hunt.found().lines


def test_ours_names_the_kind_where_both_see_it() -> None:
    value = planted.github()
    assert told(merged(f"tok {value}\n", typed(value))) == [("github-token", HIGH, 1)]


def test_overlapping_characters_are_one_and_the_surer_word_counts() -> None:
    """ours alone would only be noted"""
    text = 'password = "wonderfulday"\n'
    assert told(merged(text)) == [("password", LOW, 1)]
    assert told(merged(text, typed("wonderfulday", confidence=MEDIUM))) == [("password", MEDIUM, 1)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("6fa459ea-ee8a-3ca4-894e-db77e160355e", [LOW]),
        ("your-own-key-goes-here-1234", []),
        ("AKIA" + "IOSFODNN7EXAMPLE", []),
        ("aaaaaaaaaaaaaaaaaaaaaaaaa", []),
        ("${ACME_KEY}", []),
        ("vault:secret/data/acme#key", [LOW]),
    ],
)
def test_stand_ins_do_not_deny(value: str, expected: list[Confidence]) -> None:
    """a UUID can be a key of some services, so it is named"""
    assert [one.confidence for one in merged(f"acme {value}\n", typed(value)).scan().secrets] == expected


def test_what_the_base_has_is_not_new() -> None:
    value, other = planted.chance(24), planted.chance(24, seed="2")
    hunt = merged(f"{value}\n{other}\n", typed(value), typed(other, 2), base=f"{value}\n")
    assert [(one.line, one.new) for one in hunt.scan().secrets] == [(1, False), (2, True)]


def test_an_encoded_value_stands_for_its_line() -> None:
    """both spellings are taken out of other facts"""
    value, encoded = planted.chance(24), planted.chance(40, seed="e")
    hunt = merged(f"x\nkey {encoded}\n", typed(value, 2, is_encoded=True))
    assert told(hunt) == [("kingfisher.acme-key", HIGH, 2)]
    assert {value, encoded} <= set(hunt.found().content)


@pytest.mark.parametrize("line", [0, -5, 2, 10**9])
def test_a_line_that_is_not_there_ends_at_the_text(line: int) -> None:
    assert len(merged("x\n", typed(planted.chance(24), line)).scan().secrets) == 1


def test_what_is_more_than_is_listed_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_merge, "MAX_HITS", 2)
    values = [planted.chance(24, seed=str(number)) for number in range(5)]
    hunt = merged("\n".join(values), *(typed(value, number) for number, value in enumerate(values, 1)))
    assert (len(hunt.scan().secrets), hunt.scan().left_out) == (2, 3)
