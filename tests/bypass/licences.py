"""Packages under licences that nobody agreed to, and ways to hide that."""

from __future__ import annotations

from tests.bypass.dependencies import MANIFEST, PINS, at_base, entry, lock, manifest, npm
from tests.bypass.scene import Scene, allowed, denied

LOCK = MANIFEST.replace("package.json", "package-lock.json")
ASKED = {"left": "^1.0.0", "right": "^2.0.0"}
ALLOWED = "dependencies: {licences: [MIT, Apache-2.0, BSD-3-Clause]}"
KNOWN = 'pkg:pypi/requests: Apache-2.0\n"pkg:npm/right@2.1.0": AGPL-3.0-only\n'


def listed(scene: Scene, known: str = KNOWN) -> None:
    policy = scene.policy / "policy.yaml"
    tiers = f"tiers: {{extends: baseline, standard: {{gates: {{{ALLOWED}}}}}}}\nsources: {{licences: known.yaml}}\n"
    policy.write_text(policy.read_text().replace("tiers: {extends: baseline}\n", tiers))
    (scene.policy / "known.yaml").write_text(known)


def bring(scene: Scene, licence: str | None, version: str = "2.0.1") -> None:
    npm(scene)
    right = entry("right", version) | ({"license": licence} if licence else {})
    scene.commit({MANIFEST: manifest(**ASKED), LOCK: lock(ASKED, right=right)})


@denied("licence-not-allowed", LOCK)
def a_licence_that_is_not_allowed(scene: Scene) -> None:
    listed(scene)
    bring(scene, "GPL-3.0-only")


@denied("licence-not-allowed", LOCK)
def a_second_licence_that_holds_beside_the_first(scene: Scene) -> None:
    listed(scene)
    bring(scene, "MIT AND GPL-3.0-only")


@denied("licence-not-allowed", LOCK)
def a_lock_that_says_something_nicer(scene: Scene) -> None:
    """The policy knows better than the author."""
    listed(scene)
    bring(scene, "MIT", "2.1.0")


@denied("licence-unknown", LOCK)
def no_licence_at_all(scene: Scene) -> None:
    listed(scene)
    bring(scene, None)


@denied("licence-unknown", LOCK)
def words_that_only_look_like_a_licence(scene: Scene) -> None:
    listed(scene)
    bring(scene, "MIT-like, see LICENSE")


@denied("licence-unknown", LOCK)
def an_expression_with_more_ways_than_anybody_follows(scene: Scene) -> None:
    listed(scene)
    bring(scene, " AND ".join(["(MIT OR ISC)"] * 16))


@allowed
def one_of_two_licences_is_allowed(scene: Scene) -> None:
    listed(scene)
    bring(scene, "(GPL-3.0-only OR MIT)")


@allowed
def a_package_that_the_policy_knows(scene: Scene) -> None:
    """A requirements file says nothing of licences."""
    listed(scene)
    at_base(scene, {PINS: "requests==2.31.0\n"})
    scene.commit({PINS: "requests==2.32.0\n"})
