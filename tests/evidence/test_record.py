"""A record on disk is whole, beside its facts, and readable by openssl."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Literal

import pytest

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.envelope import MAX_PAYLOAD, PAYLOAD_TYPE, open_envelope, pae, seal
from outsource_gate.evidence.facts_file import digest_of_file, facts_bytes, facts_digest
from outsource_gate.evidence.files import write_new, write_whole
from outsource_gate.evidence.record import facts_path_of, read_record, write_record
from outsource_gate.evidence.verify import Outcome
from tests.evidence.records import facts, signer, statement, verify

FACTS = facts_bytes(facts())


def test_record_and_facts_lie_side_by_side(tmp_path: Path) -> None:
    info = write_record(tmp_path / "x.evidence.json", statement(), signer(), FACTS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.evidence.facts.json.gz", "x.evidence.json"]
    assert info.facts_path == facts_path_of(info.path)
    assert digest_of_file(info.facts_path) == facts_digest(FACTS)
    result = verify(read_record(info.path))
    assert (result.outcome, result.digest) == (Outcome.MET, info.digest)
    assert info.key_id == signer().key_id


def test_others_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        info = write_record(tmp_path / "x.json", statement(), signer(), FACTS)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (info.path, info.facts_path)} == {0o644}


def test_an_unsigned_record_is_a_bare_envelope(tmp_path: Path) -> None:
    info = write_record(tmp_path / "x.json", statement(), None, FACTS)
    written = json.loads(info.path.read_bytes())
    assert (written["signatures"], info.key_id) == ([], "")
    assert open_envelope(info.path.read_bytes()).signature is None


def test_a_link_in_the_way_is_replaced_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "x.json").symlink_to(victim)
    write_record(tmp_path / "x.json", statement(), signer(), FACTS)
    assert victim.read_text() == "precious"
    assert not (tmp_path / "x.json").is_symlink()


def test_a_folder_that_is_not_there_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="cannot be written"):
        write_record(tmp_path / "none" / "x.json", statement(), signer(), FACTS)
    (tmp_path / "folder").mkdir()
    with pytest.raises(EvidenceError, match="cannot be written"):
        write_whole(tmp_path / "folder", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_new_file_is_never_written_over_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "gate.key"
    write_new(path, b"first", 0o600)
    with pytest.raises(EvidenceError, match="File exists"):
        write_new(path, b"second", 0o600)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"first", 0o600)


def test_a_payload_over_the_cap_is_not_sealed() -> None:
    with pytest.raises(EvidenceError, match="at most"):
        seal(b"x" * (MAX_PAYLOAD + 1), signer())


def test_the_largest_payload_can_be_read_again() -> None:
    assert len(open_envelope(seal(b"x" * MAX_PAYLOAD, signer())).payload) == MAX_PAYLOAD


def test_an_oversized_or_missing_record_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    with pytest.raises(EvidenceError, match="No such file"):
        read_record(path)
    path.write_bytes(b" " * (3 << 20))
    with pytest.raises(EvidenceError, match="more than"):
        read_record(path)


def test_the_signed_bytes_are_those_of_the_dsse_specification() -> None:
    """Test vector of the DSSE v1 protocol document."""
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_the_file_has_the_form_of_a_sigstore_bundle() -> None:
    bundle = json.loads(seal(b"{}", signer()))
    assert bundle["mediaType"] == "application/vnd.dev.sigstore.bundle.v0.3+json"
    assert bundle["verificationMaterial"] == {"publicKey": {"hint": signer().key_id}, "tlogEntries": []}
    assert set(bundle["dsseEnvelope"]) == {"payload", "payloadType", "signatures"}


@pytest.mark.parametrize("algorithm", ["ecdsa-p256", "ed25519"])
def test_openssl_verifies_the_signature(tmp_path: Path, algorithm: Literal["ecdsa-p256", "ed25519"]) -> None:
    """From the file alone, with nothing of ours."""
    key = signer(algorithm)
    info = write_record(tmp_path / "x.json", statement(), key, FACTS)
    dsse = json.loads(info.path.read_bytes())["dsseEnvelope"]
    payload = base64.b64decode(dsse["payload"])
    message = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(payload)} ".encode() + payload
    for name, content in (("message", message), ("sig", base64.b64decode(dsse["signatures"][0]["sig"]))):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "pub").write_text(key.public_key.pem)
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "pub",
        "-rawin",
        "-in",
        "message",
        "-sigfile",
        "sig",
    ]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "message").write_bytes(message.replace(b"ALLOW", b"ALLOV"))
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0
