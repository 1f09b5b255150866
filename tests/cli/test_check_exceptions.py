"""A waiver and a report-only window from the check to the record, the replay and verify."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.bypass.scene import FLAW, Scene, build
from tests.bypass.waivers import PATH, grant, signed
from tests.cli.test_check import check, gate
from tests.repo import SigningKey

RECORD = "outsource-gate.evidence.json"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    folder = tmp_path / "keys"
    folder.mkdir()
    scene = build(tmp_path, SigningKey.generate(folder, "vic"), SigningKey.generate(folder, "ina"))
    gate("keys", "generate", "--out", "gate", "--no-password", folder=folder)
    return scene


def predicate(scene: Scene) -> dict[str, Any]:
    envelope = json.loads((scene.folder / RECORD).read_text())["dsseEnvelope"]
    found: dict[str, Any] = json.loads(base64.b64decode(envelope["payload"]))["predicate"]
    return found


def trusted(scene: Scene) -> tuple[str, ...]:
    return (RECORD, "--trust", str(scene.vic_key.path.with_name("gate.pub")))


@pytest.mark.tools
def test_a_used_waiver_is_in_every_report_and_in_the_record(scene: Scene) -> None:
    """the record counts no longer than the waiver, and names nobody"""
    grant(scene, signed(scene.ina_key))
    scene.commit({PATH: FLAW})
    outputs = [word for name in ("json", "markdown", "sarif") for word in ("--output", f"{name}=out/{name}")]
    shown = check(scene, *outputs, "--output", "terminal").stdout
    assert "ALLOW" in shown
    assert "w1 lets 1 reason stand until 2026-11-30" in shown
    assert "waived: 1 finding (sast)" in shown
    assert "w1 lets 1 reason stand until 2026-11-30" in (scene.folder / "out" / "markdown").read_text()
    assert "waiver w1" in (scene.folder / "out" / "sarif").read_text()
    outcome = json.loads((scene.folder / "out" / "json").read_text())
    (waiver,) = outcome["waivers"]
    assert (waiver["state"], waiver["covered"], waiver["approver"]) == ("used", 1, None)
    kept = predicate(scene)
    (part,) = kept["waivers"]
    assert (part["id"], part["state"], part["expires"]) == ("w1", "used", "2026-11-30")
    assert part["key"].startswith("SHA256:")
    assert part["approver"].startswith("person-")
    assert kept["valid_until"] == "2026-12-01T00:00:00Z"
    gate("verify", *trusted(scene), "--require", "any", folder=scene.folder)
    gate("replay", RECORD, folder=scene.folder)


@pytest.mark.tools
def test_an_expired_waiver_is_named_beside_what_it_no_longer_covers(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key, expires="2026-11-20"))
    scene.commit({PATH: FLAW})
    assert "w1 covers nothing: expired 3 days ago" in check(scene, code=1).stdout
    (part,) = predicate(scene)["waivers"]
    assert (part["state"], part["covered"]) == ("expired", 0)


def with_window(scene: Scene, day: str) -> None:
    policy = scene.policy / "policy.yaml"
    window = f"{{extends: baseline, standard: {{report_only_until: {day}}}}}"
    policy.write_text(policy.read_text().replace("{extends: baseline}", window))


@pytest.mark.tools
def test_a_denial_in_a_report_only_window_ends_in_0_and_never_verifies(scene: Scene) -> None:
    with_window(scene, "2027-01-31")
    scene.commit({PATH: FLAW})
    outputs = [word for name in ("json", "markdown", "github") for word in ("--output", f"{name}=out/{name}")]
    shown = check(scene, *outputs, "--output", "terminal").stdout
    assert "DENY" in shown
    told = "denied, not enforced until 2027-01-31"
    assert all(
        told in text.lower()
        for text in (shown, *((scene.folder / "out" / name).read_text() for name in ("markdown", "github")))
    )
    outcome = json.loads((scene.folder / "out" / "json").read_text())
    assert (outcome["decision"], outcome["enforced"]) == ("DENY", False)
    assert outcome["report_only"] == [{"vendor": "acme", "until": "2027-01-31"}]
    decision = predicate(scene)["decision"]
    assert decision == {
        "answer": "DENY",
        "enforced": False,
        "reportOnly": [{"vendor": "acme", "until": "2027-01-31"}],
    }
    gate("verify", *trusted(scene), folder=scene.folder, code=1)
    gate("replay", RECORD, folder=scene.folder)


@pytest.mark.tools
@pytest.mark.parametrize(("day", "code"), [("2026-11-22", 1), ("2027-11-24", 2)])
def test_a_window_that_is_over_or_hardly_ends_softens_nothing(scene: Scene, day: str, code: int) -> None:
    with_window(scene, day)
    scene.commit({PATH: FLAW})
    assert "policy.yaml" in check(scene, code=code).stderr or code == 1


@pytest.mark.tools
def test_without_a_record_a_window_softens_nothing(scene: Scene) -> None:
    with_window(scene, "2027-01-31")
    scene.commit({PATH: FLAW})
    check(scene, key=False, code=3)
