"""outsource-gate policy export, and what a contractor then sees before pushing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main
from tests.bypass.scene import VIC, Scene, build
from tests.repo import SigningKey

EXAMPLE = Path(__file__).parent.parent.parent / "policies" / "example"
AT = ("--now", "2026-11-23T12:00:00Z")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A contract without end, so that the tests read the same in later years."""
    scene = build(tmp_path, SigningKey.generate(tmp_path, "vic"), SigningKey.generate(tmp_path, "ina"))
    vendor = scene.policy / "vendors" / "acme.yaml"
    vendor.write_text(vendor.read_text().replace("{from: 2026-01-15, until: 2027-01-14}", "{from: 2026-01-15}"))
    return scene


def example(folder: Path) -> str:
    """Copy the example, with contracts that do not end."""
    for file in EXAMPLE.rglob("*.yaml"):
        target = folder / file.relative_to(EXAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text().replace("until: 202", "until: 209"))
    return str(folder)


def check(run: Any, scene: Scene, *more: str) -> tuple[int, str, str]:
    given = ("--repo", str(scene.repo.path), "--base", "main", "--head", "feature", "--policy", "acme.bundle.json")
    found: tuple[int, str, str] = run("check", *given, *AT, *more)
    return found


def test_export_says_what_is_in_it_and_what_is_not(run: Any, tmp_path: Path) -> None:
    """four lines, and a file for its owner's eyes"""
    code, out, err = run("policy", "export", "--vendor", "acme", "--policy", example(tmp_path / "p"))
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("acme.bundle.json: the push stage for Acme Dev Ltd, until 20")
    assert lines[1] == (
        "in clear: 2 people of acme, its paths, procurement@corp.example, "
        "the rules of access, coverage, dependencies, identity, integrity, personal-data, sast, secrets, workflows"
    )
    assert lines[2] == ("as hashes: 3 people of ours, 2 of other vendors, 1 patterns; a guess can be tested")
    assert lines[3].startswith("not in it: contract, ")
    file = tmp_path / "acme.bundle.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text())["vendor"]["id"] == "acme"


def test_two_exports_have_keys_of_their_own(run: Any, tmp_path: Path) -> None:
    """a fresh key each time, so that two bundles cannot be compared"""
    keys = set()
    for name in ("one.json", "two.json"):
        run("policy", "export", "--vendor", "acme", "--policy", example(tmp_path / "p"), "--out", name)
        keys.add(json.loads((tmp_path / name).read_text())["key"])
    assert len(keys) == 2


def test_a_vendor_that_nobody_registered(run: Any) -> None:
    """the list of those that are, and no file"""
    code, _, err = run("policy", "export", "--vendor", "acmee", "--policy", str(EXAMPLE))
    assert code == 2
    assert "--vendor acmee: not registered; registered: acme, globex" in err
    assert not Path("acmee.bundle.json").exists()


@pytest.mark.parametrize("days", ["0", "91", "x"])
def test_days_have_bounds(run: Any, days: str) -> None:
    """a bundle that never ends would outlive the register it was made from"""
    code, _, _ = run("policy", "export", "--vendor", "acme", "--policy", str(EXAMPLE), "--valid-days", days)
    assert code == 2


def test_where_nothing_can_be_written(run: Any, tmp_path: Path) -> None:
    """one line that names the place"""
    code, _, err = run("policy", "export", "--vendor", "acme", "--policy", example(tmp_path / "p"), "--out", "no/x")
    assert code == 3
    assert "no/x: cannot be written" in err


@pytest.mark.tools
def test_a_contractor_asks_before_pushing(run: Any, scene: Scene) -> None:
    """no key, no register, no forge: exit 0, and the record can be judged again"""
    run("policy", "export", "--vendor", "acme", "--policy", str(scene.policy))
    scene.commit({"services/a.py": "A = 1\n"})
    code, out, _ = check(run, scene, "--stage", "push")
    assert code == 0, out
    assert "ALLOW" in out
    assert "contract (belongs to a later stage)" in out
    assert run("replay", "outsource-gate.evidence.json")[0] == 0


@pytest.mark.tools
def test_what_is_denied_later_is_denied_before_the_push(run: Any, scene: Scene) -> None:
    """the path, and whom to ask"""
    run("policy", "export", "--vendor", "acme", "--policy", str(scene.policy))
    scene.commit({"core/ledger.py": "A = 1\n"})
    code, out, _ = check(run, scene, "--stage", "push")
    assert code == 1
    assert "core/ledger.py" in out
    assert "procurement@corp.example" in out


@pytest.mark.tools
def test_an_address_that_is_not_in_the_bundle(run: Any, scene: Scene) -> None:
    """exit 3, neither a pass nor a denial, with the address and what to do"""
    run("policy", "export", "--vendor", "acme", "--policy", str(scene.policy))
    scene.commit({"services/a.py": "A = 1\n"}, author="Vic <vic@home.example>", committer=VIC)
    code, out, _ = check(run, scene, "--stage", "push")
    assert code == 3
    assert "UNDECIDED" in out
    assert "somebody whom this bundle does not judge" in out
    assert "Vic <vic@home.example>: identity is not in the bundle" in out
    assert "ask for a new bundle" in " ".join(out.split())
    assert "not in the register" not in out


def test_a_bundle_is_for_the_push_stage(run: Any, scene: Scene) -> None:
    """what it does not hold cannot be asked: usage error, with the option that is missing"""
    run("policy", "export", "--vendor", "acme", "--policy", str(scene.policy))
    scene.commit({"services/a.py": "A = 1\n"})
    for more in ((), ("--stage", "change"), ("--stage", "push", "--change", str(scene.hand_over()))):
        code, _, err = check(run, scene, *more)
        assert code == 2
        assert "add --stage push" in err


def test_a_bundle_inside_the_checkout_is_refused(run: Any, scene: Scene) -> None:
    """the change could have written it"""
    inside = scene.repo.path / "acme.bundle.json"
    run("policy", "export", "--vendor", "acme", "--policy", str(scene.policy), "--out", str(inside))
    scene.commit({"services/a.py": "A = 1\n"})
    given = ("--repo", str(scene.repo.path), "--base", "main", "--head", "feature", "--policy", str(inside))
    code, _, err = run("check", *given, *AT, "--stage", "push")
    assert code == 2
    assert "lies inside the checkout" in err


def test_an_old_bundle(run: Any, scene: Scene) -> None:
    """exit 3, and whom to ask for a new one"""
    run("policy", "export", "--vendor", "acme", "--policy", str(scene.policy))
    scene.commit({"services/a.py": "A = 1\n"})
    given = ("--repo", str(scene.repo.path), "--base", "main", "--head", "feature", "--policy", "acme.bundle.json")
    code, _, err = run("check", *given, "--now", "2999-01-01T00:00:00Z", "--stage", "push")
    assert code == 3
    assert "ask procurement@corp.example for a new bundle" in err
