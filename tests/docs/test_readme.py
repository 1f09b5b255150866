"""What the README shows works as it stands there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

from outsource_gate.cli import COMMANDS
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def test_the_policy_of_the_readme_reads_well(tmp_path: Path) -> None:
    (found,) = (block for block in BLOCKS if block.startswith("version:"))
    shutil.copytree(ROOT / "policies" / "example" / "vendors", tmp_path / "vendors")
    for file in (tmp_path / "vendors").iterdir():
        file.write_text(re.sub(r"(?m)^answers: .*$", "", file.read_text()))  # this policy asks no questions
    (tmp_path / "policy.yaml").write_text(found)
    policy = load_policy(FolderSource(tmp_path), gate_settings())
    assert policy.tiers["critical"].gates["review"].model_dump()["approvals"] == 2


def test_every_command_that_is_shown_is_there() -> None:
    shown = set(re.findall(r"outsource-gate ([a-z]+)\b", README))
    assert shown - {"shows"} <= set(COMMANDS)


def test_the_set_ups_of_the_readme_use_what_is_there() -> None:
    """inputs of the action and variables of the template, by the names they have"""
    (github,) = (yaml.safe_load(block) for block in BLOCKS if "pull_request_target" in block)
    (step,) = github["jobs"]["gate"]["steps"]
    assert set(step["with"]) <= set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])
    (gitlab,) = (yaml.safe_load(block) for block in BLOCKS if "include:" in block)
    template = (ROOT / gitlab["include"][0]["file"]).read_text()
    assert all(f"#   {name}" in template for name in gitlab["variables"])


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"
