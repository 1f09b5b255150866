"""Attacks that are over by head, in a tier that reads every commit; and what is none."""

from __future__ import annotations

from tests.bypass.scene import CLEAN, FLAW, VIC, Scene, allowed, denied
from tests.repo import EXECUTABLE, File

SERVICE = "services/ping.py"
ACTION = "services/deploy/action.yml"
INJECTED = """\
name: deploy
description: Deploy what the title says.
runs:
  using: composite
  steps:
    - run: echo "${{ github.event.pull_request.title }}"
      shell: bash
"""
UNREAD = b"#!/usr/bin/env python3\n# -*- coding: utf-7 -*-\n+AGE-\n"


def each(scene: Scene, history: str = "deny") -> None:
    """Put the vendor into a tier that looks at each commit."""
    vendor, policy = scene.policy / "vendors" / "acme.yaml", scene.policy / "policy.yaml"
    vendor.write_text(vendor.read_text().replace("tier: standard", "tier: elevated"))
    gates = f"{{sast: {{history: {history}}}, workflows: {{history: {history}}}}}"
    tiers = f"tiers: {{extends: baseline, elevated: {{gates: {gates}}}}}"
    policy.write_text(policy.read_text().replace("tiers: {extends: baseline}", tiers))


@denied("finding-in-history", SERVICE)
def brought_in_and_taken_out_again(scene: Scene) -> None:
    each(scene)
    scene.commit({SERVICE: FLAW})
    scene.commit({SERVICE: CLEAN})


@denied("finding-in-history", "services/refund.py")
def a_file_of_the_base_and_back_again(scene: Scene) -> None:
    """Of the whole change nothing of this file is left."""
    each(scene)
    scene.commit({"services/refund.py": FLAW, "services/other.py": "x = 1\n"})
    scene.commit({"services/refund.py": CLEAN})


@denied("workflow-finding-in-history", ACTION)
def a_pipeline_that_ran_once(scene: Scene) -> None:
    """Nothing of it is left at head, when it has long run."""
    each(scene)
    scene.commit({ACTION: INJECTED, "services/other.py": "x = 1\n"})
    scene.commit({ACTION: None})


@denied("finding-in-history", SERVICE)
def brought_in_and_deleted(scene: Scene) -> None:
    each(scene)
    scene.commit({SERVICE: FLAW, "services/other.py": "x = 1\n"})
    scene.commit({SERVICE: None})


@denied("finding-in-history", SERVICE)
def renamed_into_prose_before_the_end(scene: Scene) -> None:
    """The blob is at head, where nobody scans it."""
    each(scene)
    scene.commit({SERVICE: FLAW})
    scene.repo.rename(SERVICE, "docs/ping.txt")
    scene.commit()


@denied("finding-in-history", "services/active.py")
def an_old_flaw_copied_into_place_for_one_commit(scene: Scene) -> None:
    """The base has this very blob elsewhere, and as prose."""
    each(scene)
    scene.commit({"services/active.py": FLAW, "services/other.py": "x = 1\n"})
    scene.commit({"services/active.py": None})


@denied("finding-in-history", SERVICE)
def in_a_parent_that_a_merge_discards(scene: Scene) -> None:
    each(scene)
    first = scene.commit({"services/a.py": "A = 1\n"})
    scene.repo.branch("side", "main")
    side = scene.commit({SERVICE: FLAW})
    scene.repo.switch("feature")
    scene.commit(parents=[first, side])


@denied("finding-in-history", SERVICE)
def in_the_resolution_of_a_merge_alone(scene: Scene) -> None:
    each(scene)
    scene.commit({"services/a.py": "A = 1\n"})
    scene.repo.branch("side", "main")
    scene.commit({"services/b.py": "B = 1\n"})
    scene.repo.switch("feature")
    scene.repo.merge("side", "Merge side", author=VIC, resolution={SERVICE: FLAW})
    scene.commit({SERVICE: None})


@denied("finding-in-history", "services/tool")
def a_program_without_an_ending_for_one_commit(scene: Scene) -> None:
    each(scene)
    scene.commit({"services/tool": File("#!/usr/bin/env python3\n" + FLAW, mode=EXECUTABLE), "a.py": "x = 1\n"})
    scene.commit({"services/tool": None})


@denied("finding-in-history", "services/legacy.py")
def a_second_copy_of_an_old_flaw_for_one_commit(scene: Scene) -> None:
    each(scene)
    second = FLAW[FLAW.index("@app.route") :].replace('"/ping"', '"/ping2"')
    scene.commit({"services/legacy.py": f"{FLAW}\n\n{second}", "services/other.py": "x = 1\n"})
    scene.commit({"services/legacy.py": FLAW})


@denied("history-unread", SERVICE)
def what_no_scanner_reads_for_one_commit(scene: Scene) -> None:
    each(scene)
    scene.commit({SERVICE: UNREAD, "services/other.py": "x = 1\n"})
    scene.commit({SERVICE: CLEAN})


@denied("history-unread", "services/link.py")
def a_link_for_one_commit(scene: Scene) -> None:
    each(scene)
    scene.repo.symlink("services/link.py", "../core/ledger.py")
    scene.commit({"services/other.py": "x = 1\n"})
    scene.commit({"services/link.py": None})


@denied("finding", SERVICE)
def what_is_left_at_head_is_a_finding_there(scene: Scene) -> None:
    each(scene, "report")
    scene.commit({SERVICE: FLAW})
    scene.commit({SERVICE: f"# moved\n{FLAW}"})


@allowed
def mended_before_review_where_history_is_reported(scene: Scene) -> None:
    """What elevated and critical ship with: told, not denied."""
    each(scene, "report")
    scene.commit({SERVICE: FLAW})
    scene.commit({SERVICE: CLEAN})


@allowed
def an_old_flaw_edited_around_and_moved_twice(scene: Scene) -> None:
    """What the base has is nobody's doing on the way, either."""
    each(scene)
    scene.commit({"services/legacy.py": f"# one\n{FLAW}"})
    scene.commit({"services/legacy.py": f"# two\n{FLAW}"})
    scene.repo.rename("services/big.py", "services/bigger.py")
    scene.commit()
    scene.repo.rename("services/bigger.py", "services/biggest.py")
    scene.commit()
