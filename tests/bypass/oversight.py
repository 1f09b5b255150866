"""Attempts to get around an activity of oversight that the vendor owes and that is overdue."""

from __future__ import annotations

from tests.bypass.scene import CLEAN, Scene, allowed, denied

_REVIEW = "- {activity: sprint-review, every: 14 days, last: {on: 2026-11-16, by: ina}}"
_TIER = """\
tiers:
  extends: baseline
  standard:
    gates:
      oversight: {activities: [sprint-review], vendor: deny}
"""


def _late(scene: Scene, duty: str) -> str:
    """Let the last sprint review lie seven weeks back; give the vendor's file."""
    policy, vendor = scene.policy / "policy.yaml", scene.policy / "vendors" / "acme.yaml"
    policy.write_text(policy.read_text().replace("tiers: {extends: baseline}\n", _TIER))
    late = _REVIEW.replace("last: {on: 2026-11-16, by: ina}", f"duty: {duty}, last: {{on: 2026-10-05}}")
    vendor.write_text(vendor.read_text().replace(_REVIEW, late))
    return vendor.read_text()


@denied("activity-overdue")
def a_register_at_head_that_says_it_was_done(scene: Scene) -> None:
    """the register is read where the change cannot write"""
    text = _late(scene, "vendor")
    done = text.replace("2026-10-05", "2026-11-22")
    scene.commit({"services/pay.py": CLEAN, ".outsource-gate/vendors/acme.yaml": done})


@denied("activity-overdue")
def a_commit_dated_back_to_when_it_was_in_time(scene: Scene) -> None:
    """the day of the run counts, no date of a commit"""
    _late(scene, "vendor")
    scene.commit({"services/pay.py": CLEAN}, date=1_791_288_000)


@denied("activity-in-future")
def a_record_of_what_is_planned(scene: Scene) -> None:
    """an appointment is no record"""
    text = _late(scene, "vendor").replace("2026-10-05", "2026-12-24")
    (scene.policy / "vendors" / "acme.yaml").write_text(text)
    scene.commit({"services/pay.py": CLEAN})


@allowed
def a_vendor_is_not_blocked_for_our_own_lateness(scene: Scene) -> None:
    _late(scene, "customer")
    scene.commit({"services/pay.py": CLEAN})
