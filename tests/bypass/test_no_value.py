"""Credentials and data of people are told by kind and place; no value is in anything that a run leaves or says."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

import pytest

from tests.bypass.scene import Scene, build
from tests.cli.test_check import check, gate
from tests.repo import SigningKey
from tests.scanners import people, planted

FORMATS = ("json", "markdown", "sarif", "gitlab-codequality", "github")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[SigningKey, SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    gate("keys", "generate", "--out", str(folder / "gate"), "--no-password", folder=folder)
    return SigningKey.generate(folder, "vic"), SigningKey.generate(folder, "ina")


def planted_scene(tmp_path: Path, keys: tuple[SigningKey, SigningKey]) -> tuple[Scene, list[str]]:
    """Where scanners quote lines, in a message, in a trailer, in a path, and in content that is gone again."""
    scene = build(tmp_path, *keys)
    password, key = planted.password(), planted.private_key()
    tokens = [planted.github(where) for where in ("message", "trailer", "prose")]
    name = planted.aws_id("name")
    code = (
        f'import os\n\npassword = "{password}"\n\n\ndef go(x):\n    os.system("run --password={password} " + x)\n'
    )
    scene.commit({"services/pay.py": code, "docs/pad.md": f"{tokens[2]}\n", "services/key.pem": key})
    scene.commit(
        {"docs/pad.md": None, f"services/{name}.py": f'token = "{tokens[2]}"\n'}, message=f"Use {tokens[0]}"
    )
    trailer = f"Co-authored-by: {tokens[1]} <vic@acme-dev.example>"
    scene.commit({"services/a.py": "A = 1\n"}, message="Pair", trailers=[trailer])
    return scene, [password, name, *tokens, *key.split("\n")[1:-1]]


@pytest.mark.tools
@pytest.mark.parametrize("stage", ["change", "push"])
@pytest.mark.parametrize("audience", ["contractor", "internal"])
def test_no_value_in_any_output(
    stage: str, audience: str, tmp_path: Path, keys: tuple[SigningKey, SigningKey]
) -> None:
    scene, values = planted_scene(tmp_path, keys)
    outputs = [word for name in FORMATS for word in ("--output", f"{name}=out/{name}")]
    frame = ("--stage", stage, "--audience", audience)
    done = check(scene, *outputs, "--output", "terminal", *frame, code=1, key=stage == "change")
    told = {name: (scene.folder / "out" / name).read_text() for name in FORMATS if name != "github"}
    told |= {"screen": done.stdout, "errors": done.stderr}
    for file in scene.folder.glob("outsource-gate.*"):
        raw = file.read_bytes()
        told[file.name] = (gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw).decode()
    told["payload"] = _payload(scene.folder / "outsource-gate.evidence.json")
    assert {"payload", "screen"} < told.keys() and any('"factsVersion"' in text for text in told.values())
    for name, text in told.items():
        assert not [value for value in values if value in text], name
    for code in ("secret", "secret-in-message", "secret-in-name"):
        assert f'"{code}"' in told["json"]
    if stage == "change":
        gate("replay", "outsource-gate.evidence.json", folder=scene.folder)


@pytest.mark.tools
def test_no_person_in_any_output(tmp_path: Path, keys: tuple[SigningKey, SigningKey]) -> None:
    """also where scanners complain about the lines on which people stand"""
    scene = build(tmp_path, *keys)
    made = people.made(30)
    rows = "".join(f'    ("{it.first}", "{it.last}", "{it.email}", "{it.born}", eval(x)),\n' for it in made)
    scene.commit({"services/people.py": f"x = input()\nROWS = [\n{rows}]\n", "docs/people.csv": people.csv(made)})
    outputs = [word for name in FORMATS for word in ("--output", f"{name}=out/{name}")]
    done = check(scene, *outputs, "--output", "terminal", code=1, key=True)
    told = {name: (scene.folder / "out" / name).read_text() for name in FORMATS if name != "github"}
    told |= {"screen": done.stdout, "payload": _payload(scene.folder / "outsource-gate.evidence.json")}
    for file in scene.folder.glob("outsource-gate.*"):
        raw = file.read_bytes()
        told[file.name] = (gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw).decode()
    assert any('"factsVersion"' in text for text in told.values())
    assert "eval" in told["json"] and '"personal-table"' in told["json"]
    for name, text in told.items():
        assert not [it.email for it in made if it.email in text or it.phone in text or f'"{it.born}"' in text], name
    gate("replay", "outsource-gate.evidence.json", folder=scene.folder)


def _payload(record: Path) -> str:
    """The signed statement inside the envelope."""
    envelope = json.loads(record.read_text())
    return base64.b64decode(envelope.get("dsseEnvelope", envelope)["payload"]).decode()
