"""Sigstore's own JavaScript client accepts our records, and refuses them once they are changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.evidence.envelope import open_envelope, seal
from outsource_gate.evidence.keys import Signer
from outsource_gate.evidence.timestamps.asking import Authorities
from tests.evidence.records import failing, record, reworded, signer, tampered
from tests.evidence.timestamps.authority_server import made, serving

HERE = Path(__file__).resolve().parent
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(NODE is None, reason="no node on this machine"),
    pytest.mark.skipif(
        not (HERE / "node_modules" / "@sigstore" / "verify").is_dir(),
        reason="tests/interop/node_modules is not installed: npm ci --prefix tests/interop",
    ),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All records in one go: node starts once."""
    folder = tmp_path_factory.mktemp("sigstore")
    good, ed, stranger = signer(), signer("ed25519"), signer(name="stranger")
    lie = reworded(record(decision=failing()), lambda whole: whole["predicate"]["decision"].update(answer="ALLOW"))
    cases: dict[str, tuple[bytes, Signer]] = {
        "ecdsa-p256": (record(), good),
        "ed25519": (record(by=ed), ed),
        "deny": (record(decision=failing()), good),
        "tampered": (lie, good),
        "stranger": (record(), stranger),
    }
    jobs = []
    for name, (raw, key) in cases.items():
        (folder / f"{name}.json").write_bytes(raw)
        (folder / f"{name}.pub").write_text(key.public_key.pem)
        jobs.append({"bundle": f"{folder}/{name}.json", "key": f"{folder}/{name}.pub"})
    (folder / "jobs").write_text(json.dumps(jobs))
    command = [str(NODE), str(HERE / "verify.mjs"), str(folder / "jobs")]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    return dict(zip(cases, out.splitlines(), strict=True))


@pytest.mark.parametrize("name", ["ecdsa-p256", "ed25519", "deny"])
def test_a_record_is_accepted(answers: dict[str, str], name: str) -> None:
    assert answers[name] == "ok"


def test_a_changed_record_is_refused(answers: dict[str, str]) -> None:
    assert answers["tampered"].startswith("refused: VerificationError SIGNATURE_ERROR")


def test_a_strangers_key_finds_no_record_of_its_own(answers: dict[str, str]) -> None:
    assert answers["stranger"].startswith("refused: VerificationError PUBLIC_KEY_ERROR")


def test_no_address_of_a_registry_is_in_the_lock_file() -> None:
    """Every package is named by version and digest; where it comes from is for the machine to say."""
    lock = json.loads((HERE / "package-lock.json").read_text())
    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert all("resolved" not in package and package["integrity"].startswith("sha512-") for package in packages)


def test_a_time_stamp_is_accepted_and_a_moved_one_refused(tmp_path: Path) -> None:
    pytest.importorskip("rfc3161_client", reason="the extra `timestamps` is not installed")
    plain = record()
    payload = open_envelope(plain).payload
    with serving(made(tmp_path / "tsa")) as tsa:
        one, two = (seal(payload, signer(), Authorities((tsa.address,)).stamp) for _ in range(2))

    def move(bundle: dict[str, Any]) -> None:
        bundle["verificationMaterial"] = json.loads(two)["verificationMaterial"]

    chain = [str(tmp_path / "tsa" / name) for name in ("tsa.pem", "ca.pem")]
    (tmp_path / "key.pub").write_text(signer().public_key.pem)
    jobs = []
    for name, raw in (("stamped", one), ("moved", tampered(one, move)), ("bare", plain)):
        (tmp_path / name).write_bytes(raw)
        jobs.append({"bundle": str(tmp_path / name), "key": str(tmp_path / "key.pub"), "authority": chain})
    (tmp_path / "jobs").write_text(json.dumps(jobs))
    command = [str(NODE), str(HERE / "verify.mjs"), str(tmp_path / "jobs")]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()
    assert out[0] == "ok"
    assert all(line.startswith("refused: VerificationError TIMESTAMP_ERROR") for line in out[1:]), out
