"""Attempts to get work in by people without the papers their tier asks for; and people who have them."""

from __future__ import annotations

from outsource_gate.policy.checklist import versions
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings
from tests.bypass.scene import CLEAN, VAL, VIC, Scene, allowed, denied

WORK = {"services/fee.py": CLEAN.replace("refund", "fee")}
VALS_FACTOR = "    mfa: {verified_on: 2026-10-01, method: totp}\n"
VICS_CHECKLIST = "    checklist: {acknowledged_on: 2026-01-16, version: CHECKLIST}\n  - id: val"


def _tier(scene: Scene, name: str, *changes: tuple[str, str]) -> str:
    """Put the vendor into a tier, change its file, and give the version of the checklist that applies."""
    file = scene.policy / "vendors" / "acme.yaml"
    text = file.read_text().replace("tier: standard", f"tier: {name}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)
    policy = load_policy(FolderSource(scene.policy), gate_settings())
    (known,) = versions(policy, (policy.vendors["acme"],))
    return known.version


@denied("mfa-missing")
def the_work_of_one_without_a_second_factor_pushed_by_a_colleague(scene: Scene) -> None:
    _tier(scene, "elevated", (VALS_FACTOR, ""))
    scene.commit(WORK, author=VAL, committer=VIC)


@denied("mfa-missing")
def pushed_by_one_without_a_second_factor_under_a_colleagues_name(scene: Scene) -> None:
    _tier(scene, "elevated", (VALS_FACTOR, ""))
    scene.commit(WORK)
    scene.by("val")


@denied("mfa-missing")
def co_written_by_one_without_a_second_factor(scene: Scene) -> None:
    _tier(scene, "elevated", (VALS_FACTOR, ""))
    scene.commit(WORK, message=f"Add a fee\n\nCo-authored-by: {VAL}\n")


@denied("checklist-missing")
def acknowledged_in_the_change_itself(scene: Scene) -> None:
    """The register is read where the change cannot write."""
    _tier(scene, "elevated", (VICS_CHECKLIST, "  - id: val"))
    whole = (scene.policy / "vendors" / "acme.yaml").read_text().replace("  - id: val", VICS_CHECKLIST)
    scene.commit({**WORK, ".outsource-gate/vendors/acme.yaml": whole})


@denied("checklist-after-change")
def acknowledged_late_and_commits_dated_after_it(scene: Scene) -> None:
    """The server saw the change on the first of November, whatever day its commits name."""
    _tier(scene, "elevated", ("2026-01-16, version", "2026-11-20, version"))
    scene.commit(WORK, date=1_795_348_800)


@denied("checklist-other-version")
def a_version_that_somebody_made_up(scene: Scene) -> None:
    _tier(scene, "critical")
    scene.commit(WORK)


@denied("engagement-over")
def after_the_last_engagement_with_access_still_granted(scene: Scene) -> None:
    ended = "engagements: [{id: payments, valid: {from: 2026-01-15, until: 2026-11-22}}]\npeople:"
    _tier(scene, "standard", ("people:", ended))
    scene.commit(WORK)


@allowed
def people_with_all_papers(scene: Scene) -> None:
    _tier(scene, "elevated")
    scene.commit(WORK, author=VAL, committer=VIC)


@allowed
def a_later_version_acknowledged_while_the_change_was_open(scene: Scene) -> None:
    """Rules change; who had read the earlier ones did not work without."""
    _tier(scene, "elevated", ("2026-01-16, version", "2026-11-20, first_on: 2026-01-16, version"))
    scene.commit(WORK)
