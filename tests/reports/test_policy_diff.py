"""What somebody sees of two policies."""

from __future__ import annotations

import json

from outsource_gate.policy_diff.difference import Difference, Direction
from outsource_gate.reports.policy_diff import PolicyDiff, diff_json, diff_markdown, diff_terminal

LOOSER = Difference(
    Direction.LOOSER, "tier critical", "review.approvals", "2", "1", "a:1", "b:2", ("acme", "unknown")
)
ADDED = Difference(Direction.STRICTER, "policy", "x\x1b[2J|<b>", "", "there", "", "b:3")
DIFF = PolicyDiff(
    "old", "new", (LOOSER, ADDED), {"acme": ("critical", (LOOSER, ADDED)), "globex": ("standard", ())}
)


def test_the_terminal_tells_looser_first() -> None:
    """what, from what to what, both places, whom it concerns, and the sum for each vendor"""
    assert diff_terminal(DIFF).splitlines() == [
        "old -> new: 1 looser, 1 stricter",
        "",
        "looser (1)",
        "  tier critical: review.approvals: 2 -> 1",
        "      a:1 -> b:2",
        "      concerns acme, unknown",
        "",
        "stricter (1)",
        "  policy: x\\x1b[2J|<b>: added",
        "      b:3",
        "",
        "for each vendor",
        "  acme (critical): 1 looser, 1 stricter",
    ]


def test_the_same_is_said_to_be_the_same() -> None:
    """no empty lists"""
    same = PolicyDiff("old", "new", (), {"acme": ("critical", ())})
    assert diff_terminal(same) == "old and new say the same"
    assert "| vendor |" not in diff_markdown(same)


def test_many_vendors_are_cut_with_their_count() -> None:
    """a tier may judge a thousand"""
    many = Difference(Direction.LOOSER, "tier x", "a.b", "1", "2", vendors=tuple(f"v{n}" for n in range(20)))
    assert "concerns v0, v1, v2, v3, v4, v5, v6, v7 and 12 others" in diff_terminal(
        PolicyDiff("a", "b", (many,), {})
    )


def test_a_long_key_does_not_fill_the_screen() -> None:
    """an armoured key is cut, with what is left out counted"""
    key = Difference(Direction.LOOSER, "our own ina", "signing_keys." + "k" * 50_000, "", "there")
    assert all(len(line) < 400 for line in diff_terminal(PolicyDiff("a", "b", (key,), {})).splitlines())


def test_nothing_of_a_policy_is_markup() -> None:
    """a cell stays a cell"""
    rows = [line for line in diff_markdown(DIFF).splitlines() if line.startswith("| ") and "x" in line]
    assert rows
    assert not any("<b>" in row.replace("<code>", "") and "&lt;b" not in row for row in rows)
    assert all("\x1b" not in row for row in rows)


def test_json_has_everything() -> None:
    """counts, differences, vendors"""
    value = json.loads(diff_json(DIFF))
    assert value["counts"] == {"looser": 1, "changed": 0, "stricter": 1}
    assert value["differences"][0]["vendors"] == ["acme", "unknown"]
    assert value["vendors"]["acme"] == {"tier": "critical", "looser": 1, "changed": 0, "stricter": 1}
