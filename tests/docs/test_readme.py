"""What the README shows works as it stands there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from outsource_gate.cli import COMMANDS
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_policy_of_the_readme_reads_well(tmp_path: Path) -> None:
    (found,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    shutil.copytree(ROOT / "policies" / "example" / "vendors", tmp_path / "vendors")
    (tmp_path / "policy.yaml").write_text(found)
    policy = load_policy(FolderSource(tmp_path), gate_settings())
    assert policy.tiers["critical"].gates["review"].model_dump()["approvals"] == 2


def test_every_command_that_is_shown_is_there() -> None:
    shown = set(re.findall(r"outsource-gate ([a-z]+)\b", README))
    assert shown - {"shows"} <= set(COMMANDS)


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"
