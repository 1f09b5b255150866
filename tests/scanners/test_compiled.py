"""The rules as the build leaves them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.scanners.compiled import compile_packs, read_compiled, rule_files
from tests.scanners.fake import write

RULES = "rules: [{id: a.b, languages: [py]}]\n"


def sources(pack: Path) -> list[tuple[str, bytes]]:
    return [(file.relative_to(pack).as_posix(), file.read_bytes()) for file in rule_files(pack)]


def test_compiled_rules_are_the_rules(tmp_path: Path) -> None:
    """nothing of a shipped pack is lost or changed on the way through JSON"""
    compile_packs(shipped_folder() / "rules", tmp_path)
    for pack in sorted(path for path in (shipped_folder() / "rules").iterdir() if path.is_dir()):
        documents = read_compiled(pack.name, sources(pack), tmp_path)
        assert documents
        assert documents == [yaml.safe_load(content) for _, content in sources(pack)]


@pytest.mark.parametrize("change", ["edited", "renamed", "added", "damaged", "emptied", "absent"])
def test_what_was_made_from_something_else_is_not_taken(change: str, tmp_path: Path) -> None:
    """a developer's edit counts at once, and a broken file is as good as none"""
    pack = tmp_path / "rules" / "python"
    write(pack, "a.yaml", RULES)
    made = tmp_path / "made"
    compile_packs(tmp_path / "rules", made)
    assert read_compiled("python", sources(pack), made) == [yaml.safe_load(RULES)]
    match change:
        case "edited":
            write(pack, "a.yaml", RULES.replace("a.b", "a.c"))
        case "renamed":
            (pack / "a.yaml").rename(pack / "b.yaml")
        case "added":
            write(pack, "b.yml", RULES)
        case "damaged":
            (made / "python.json").write_text("{")
        case "emptied":
            (made / "python.json").write_text("[]")
        case _:
            (made / "python.json").unlink()
    assert read_compiled("python", sources(pack), made) is None
