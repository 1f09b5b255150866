"""Do the Python taint rules agree on what a request is and on what makes it harmless?"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
import yaml

from tests.rules.pack import rule_files

TAINT = [
    rule
    for file in rule_files()
    if file.language == "python"
    for rule in file.rules()
    if rule.get("mode") == "taint"
]


@pytest.mark.parametrize("framework", ["flask", "django", "fastapi"])
def test_the_rules_of_a_framework_share_their_sources(framework: str) -> None:
    """What is request data for one weakness is request data for all of them."""
    lists = defaultdict(list)
    for rule in TAINT:
        if rule["id"].startswith(f"python.{framework}."):
            lists[yaml.safe_dump(rule["pattern-sources"])].append(rule["id"])
    assert len(lists) == 1, dict(lists)
    assert sum(map(len, lists.values())) >= 8


@pytest.mark.parametrize("rule", TAINT, ids=lambda rule: str(rule["id"]))
def test_a_sanitizer_speaks_for_its_own_result_only(rule: dict[str, Any]) -> None:
    """Without `exact`, int(eval(x)) would count as clean because int() stands around it."""
    assert all(one.get("exact") is True for one in rule.get("pattern-sanitizers", []))
