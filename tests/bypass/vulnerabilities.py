"""Packages with known vulnerabilities, and ways to bring them in past the list."""

from __future__ import annotations

import json

from tests.bypass.dependencies import MANIFEST, PINS, at_base, lock, manifest, npm
from tests.bypass.dependencies import entry as entry_of
from tests.bypass.scene import Scene, allowed, denied, undecided
from tests.dependencies.osv import V3, affected, folder, span
from tests.dependencies.osv import advisory as advisory_of

LOCK = MANIFEST.replace("package.json", "package-lock.json")
REQUIRED = "dependencies: {vulnerabilities: required, max_age_days: 7}"


def database(scene: Scene) -> None:
    """requests below 2.32 leaks, 2.32.9 is an attack; left below 1.4 is bad, and evil is an attack altogether."""
    folder(
        scene.folder / "osv",
        advisory_of(),
        advisory_of("MAL-2026-1", affected=[affected(ranges=[], versions=["2.32.9"])]),
        advisory_of("GHSA-old", withdrawn="2026-01-01T00:00:00Z", affected=[affected(name="flask")]),
    )
    every = affected("npm", "evil", ranges=[span({"introduced": "0"}, type="SEMVER")])
    left = affected("npm", "left", ranges=[span({"introduced": "0"}, {"fixed": "1.4.0"}, type="SEMVER")])
    folder(
        scene.folder / "osv",
        advisory_of("MAL-2026-2", severity=None, affected=[every]),
        advisory_of("GHSA-left", severity=[{"type": "CVSS_V3", "score": V3}], affected=[left]),
        name="npm",
    )
    scene.osv = scene.folder / "osv"


def required(scene: Scene) -> None:
    policy = scene.policy / "policy.yaml"
    tiers = f"tiers: {{extends: baseline, standard: {{gates: {{{REQUIRED}}}}}}}\n"
    policy.write_text(policy.read_text().replace("tiers: {extends: baseline}\n", tiers))


@denied("vulnerable-dependency", PINS)
def a_pin_with_a_known_vulnerability(scene: Scene) -> None:
    database(scene)
    scene.commit({PINS: "requests==2.31.0\n"})


@denied("vulnerable-dependency", PINS)
def the_same_pin_under_another_spelling(scene: Scene) -> None:
    database(scene)
    scene.commit({PINS: "ReQuests[security] === 2.31.0 ; python_version >= '3'\n"})


@denied("vulnerable-dependency", PINS)
def back_to_a_vulnerable_version(scene: Scene) -> None:
    database(scene)
    at_base(scene, {PINS: "requests==2.32.1\n"})
    scene.commit({PINS: "requests==2.31.0\n"})


@denied("vulnerable-dependency", LOCK)
def only_in_the_lock(scene: Scene) -> None:
    """The manifest's range allows the fixed version; the lock takes the other one."""
    database(scene)
    asked = {"left": "^1.0.0"}
    at_base(scene, {MANIFEST: manifest(**asked), LOCK: lock(asked, left=entry_of("left", "1.4.0"))})
    scene.commit({LOCK: lock(asked, left=entry_of("left", "1.3.9"))})


@denied("vulnerable-dependency", "services/other/package-lock.json")
def through_a_package_of_a_package(scene: Scene) -> None:
    database(scene)
    asked = {"right": "^1.0.0"}
    text = lock(asked, right={"dependencies": {"left": "^1.0.0"}} | entry_of("right"), left=entry_of("left"))
    other = MANIFEST.replace("web", "other")
    scene.commit({other: manifest(**asked), "services/other/package-lock.json": text})


@denied("malicious-dependency", LOCK)
def a_package_that_is_an_attack(scene: Scene) -> None:
    database(scene)
    npm(scene)
    asked = {"left": "^1.0.0", "evil": "^9.0.0"}
    scene.commit({MANIFEST: manifest(**asked), LOCK: lock(asked, evil=entry_of("evil", "9.1.0"))})


@denied("malicious-dependency", MANIFEST)
def an_attack_under_an_alias(scene: Scene) -> None:
    database(scene)
    scene.commit({MANIFEST: manifest(right="npm:evil@9.1.0")})


@denied("malicious-dependency", PINS)
def one_release_that_is_an_attack(scene: Scene) -> None:
    database(scene)
    scene.commit({PINS: "requests==2.32.9\n"})


@denied("version-unknown", PINS)
def a_range_where_data_is_required(scene: Scene) -> None:
    database(scene)
    required(scene)
    scene.commit({PINS: "requests>=2\n"})


@denied("version-unknown", PINS)
def the_package_straight_from_its_repository(scene: Scene) -> None:
    database(scene)
    required(scene)
    scene.commit({PINS: f"requests @ git+https://git.example/psf/requests.git@{'1' * 40}\n"})


@undecided("vulnerability-data-missing")
def no_database_where_data_is_required(scene: Scene) -> None:
    required(scene)
    scene.commit({PINS: "requests==2.32.1\n"})


@undecided("vulnerability-data-missing")
def a_database_of_something_else(scene: Scene) -> None:
    database(scene)
    required(scene)
    scene.commit({"services/Cargo.toml": '[package]\nname = "pay"\n[dependencies]\nserde = "=1.0.200"\n'})


@undecided("vulnerability-data-missing")
def a_database_that_is_cut_off(scene: Scene) -> None:
    """In every tier: whoever names one wants it looked into."""
    database(scene)
    (scene.folder / "osv" / "PyPI" / "late.json").write_text(json.dumps(advisory_of())[:-1])
    scene.commit({PINS: "requests==2.32.1\n"})


@undecided("vulnerability-data-old")
def a_database_of_last_year(scene: Scene) -> None:
    required(scene)
    folder(scene.folder / "osv", advisory_of(modified="2025-11-20T08:00:00Z"))
    scene.osv = scene.folder / "osv"
    scene.commit({PINS: "requests==2.32.1\n"})


@allowed
def the_fixed_version(scene: Scene) -> None:
    database(scene)
    required(scene)
    at_base(scene, {PINS: "requests==2.31.0\n"})
    scene.commit({PINS: "requests==2.32.0\n"})


@allowed
def a_step_towards_the_fix(scene: Scene) -> None:
    """What the base has is no worse for a newer version that has it, too."""
    database(scene)
    at_base(scene, {PINS: "requests==2.30.0\n"})
    scene.commit({PINS: "requests==2.31.0\n"})


@allowed
def a_package_whose_advisory_was_withdrawn(scene: Scene) -> None:
    database(scene)
    scene.commit({PINS: "flask==2.1.0\n"})


@allowed
def a_vulnerable_package_less(scene: Scene) -> None:
    database(scene)
    at_base(scene, {PINS: "requests==2.31.0\nflask==3.0.0\n"})
    scene.commit({PINS: "flask==3.0.0\n"})


@allowed
def a_range_whose_lock_has_the_fixed_version(scene: Scene) -> None:
    database(scene)
    required(scene)
    asked = {"left": "^1.0.0"}
    scene.commit({MANIFEST: manifest(**asked), LOCK: lock(asked, left=entry_of("left", "1.4.0"))})
