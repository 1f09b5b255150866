"""Attempts to get around contract and due diligence, and what lies beside the policy."""

from __future__ import annotations

import hashlib

from tests.bypass.scene import CLEAN, VENDOR, Scene, allowed, denied

SIGNED = b"%PDF-1.7 the signed contract\n"
DIGEST = "e" * 64


def _vendor(scene: Scene, text: str) -> None:
    (scene.policy / "vendors" / "acme.yaml").write_text(text.replace("VIC_KEY", scene.vic_key.public))


def _document(scene: Scene, content: bytes) -> None:
    folder = scene.policy / "contracts"
    folder.mkdir()
    (folder / "msa.pdf").write_bytes(content)
    _vendor(scene, VENDOR.replace(DIGEST, hashlib.sha256(SIGNED).hexdigest()))


@denied("document-differs")
def another_contract_in_the_place_of_the_signed_one(scene: Scene) -> None:
    _document(scene, SIGNED + b"with one more line\n")
    scene.commit({"services/refund.py": CLEAN + "\n"})


@denied("document-differs")
def a_contract_of_the_changes_own_beside_the_policy_at_head(scene: Scene) -> None:
    """documents are read from where the policy is read, and nowhere else"""
    _document(scene, b"another")
    scene.commit({"contracts/msa.pdf": SIGNED, "services/refund.py": CLEAN + "\n"})


@denied("certification-lapsed")
def a_commit_dated_before_the_certificate_lapsed(scene: Scene) -> None:
    """the day of the run counts"""
    text = VENDOR.replace("tier: standard", "tier: elevated").replace(
        "valid_until: 2027-06-30", "valid_until: 2026-11-22"
    )
    _vendor(scene, text)
    scene.commit({"services/refund.py": CLEAN + "\n"})


@denied("certification-missing")
def a_lower_tier_claimed_than_follows_from_the_answers(scene: Scene) -> None:
    """the register cannot make a vendor less risky"""
    policy = scene.policy / "policy.yaml"
    policy.write_text(policy.read_text() + "tiering:\n  data-class: {public: standard, personal: elevated}\n")
    text = VENDOR.replace("tier: standard", "tier: standard\nanswers: {data-class: personal}")
    _vendor(scene, text.replace("name: ISO/IEC 27001, number", "name: ISO 9001, number"))
    scene.commit({"services/refund.py": CLEAN + "\n"})


@allowed
def a_contract_that_lies_beside_the_policy_as_it_was_signed(scene: Scene) -> None:
    _document(scene, SIGNED)
    scene.commit({"services/refund.py": CLEAN + "\n"})
