"""No rule of ours is a near copy of another pack's."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from tests.rules.likeness import Rule, near_copies, read_rules
from tests.rules.pack import PACK

OTHERS = ("njsscan",)  # requirements/rule-packs.txt
OURS = {
    "id": "ours.sql",
    "message": "A value of the request becomes part of the statement, so its sender writes the statement.",
    "languages": ["javascript"],
    "patterns": [{"pattern": "$DB.query(`select $A from users where name = ${$REQ.query.$NAME}`, ...)"}],
}
RENAMED = {
    "id": "theirs.injection",
    "message": "SQL injection.",
    "languages": ["javascript"],
    "pattern-either": [{"pattern": "$X.query(`select $B from users where name = ${$R.query.$P}`,   ...)"}],
}
RETOLD = {
    "id": "theirs.words",
    "message": "A value of the request becomes part of the statement, and so the sender writes the statement.",
    "languages": ["javascript"],
    "pattern": "$CURSOR.execute($STATEMENT)",
}
OTHER = {
    "id": "theirs.other",
    "message": "Statements that are built from what somebody sends are injection; bind parameters.",
    "languages": ["javascript"],
    "pattern": "$DB.query($STATEMENT + $REQ.query.$NAME, ...)",
}


def rules(folder: Path, *own: object) -> list[Rule]:
    folder.mkdir()
    (folder / "rules.yaml").write_text(yaml.safe_dump({"rules": list(own)}))
    return list(read_rules(folder))


def test_a_rule_with_other_names_for_its_metavariables_is_a_near_copy(tmp_path: Path) -> None:
    """So is one whose sentence was changed a little; another rule about the same weakness is not."""
    ours = rules(tmp_path / "ours", OURS)
    theirs = rules(tmp_path / "theirs", RENAMED, RETOLD, OTHER)
    assert near_copies(ours, theirs) == [
        ("ours.sql", "theirs.injection", "patterns"),
        ("ours.sql", "theirs.words", "words"),
    ]


@pytest.mark.parametrize("name", OTHERS)
def test_no_rule_of_ours_is_a_near_copy_of_an_installed_packs(name: str) -> None:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        pytest.skip(f"{name} is not installed: pip install --no-deps -r requirements/rule-packs.txt")
    theirs = list(read_rules(Path(spec.origin).parent))
    assert len(theirs) > 50
    assert near_copies(list(read_rules(PACK)), theirs) == []
