"""The record of a review: what it holds, whom it names, and when it counts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outsource_gate.access_review.believed import reviewed_access
from outsource_gate.access_review.compare import Finding, Reviewed
from outsource_gate.access_review.record import Review, build, published_schema, read_statement, wrapped
from outsource_gate.access_review.seen import Entry, Looked
from outsource_gate.evidence.envelope import open_envelope
from outsource_gate.evidence.facts_file import facts_bytes, parse_facts
from outsource_gate.evidence.keys import Signer, generate_keypair, load_signer
from outsource_gate.evidence.trust_edit import NewKey, with_key
from outsource_gate.model.access_review import ReviewedAccess
from outsource_gate.model.identity import Account
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.index import Register
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings
from outsource_gate.rules import Rules
from tests import values
from tests.access_review import scene

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MALLORY = Account("mallory", 666)
LOOKED = Looked("github", "forge", ("corp/payments",), (Entry(MALLORY, "corp/payments", "write"),))
FOUND = (
    Finding("unregistered", "", "", MALLORY, "corp/payments", "a member that nobody registered"),
    Finding("expired", "acme", "vic", Account("vicv", 4711), "corp/payments", "is not active today"),
)
WHOLE = (Reviewed("acme", True),)
WITH_TRUST = scene.POLICY + "sources: {trust: trust.yaml}\n"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    file = tmp_path_factory.mktemp("key") / "review.key"
    file.write_bytes(generate_keypair("ed25519", None).private_pem)
    file.chmod(0o600)
    return load_signer(f"file:{file}", None)


def review(policy: Policy, **changes: object) -> Review:
    whole = Review(policy, LOOKED, FOUND, WHOLE, date(2026, 11, 20), NOW, "system")
    return replace(whole, **changes)  # type: ignore[arg-type]


def believed(
    folder: Path,
    key: Signer,
    raw: bytes,
    *,
    vendors: tuple[str, ...] = ("acme",),
    trusted: bool = True,
    **rule: object,
) -> tuple[ReviewedAccess, ...]:
    """Register the record as Acme's last review, trust the key for these vendors, and ask what it says."""
    new = NewKey("reviewer", key.public_key, access_reviews=vendors, **rule)  # type: ignore[arg-type]
    (folder / "trust.yaml").write_text(with_key(None, new, "trust.yaml"))
    (folder / "review.json").write_bytes(raw)
    document = f"{{file: review.json, sha256: {hashlib.sha256(raw).hexdigest()}}}"
    acme = scene.ACME.replace("access:\n", f"access:\n  reviewed: {{on: 2026-11-23, document: {document}}}\n")
    policy = scene.register(folder, policy=WITH_TRUST if trusted else scene.POLICY, acme=acme)
    return reviewed_access(policy.vendors.values(), policy, FolderSource(folder), NOW)


def test_people_stand_in_it_by_register_id_and_others_by_pseudonym(tmp_path: Path) -> None:
    policy = scene.register(tmp_path)
    raw = build(review(policy), None)
    said = json.loads(raw)["predicate"]
    assert [one["who"] for one in said["findings"]] == ["somebody-1", "vic"]
    assert b"mallory" not in raw
    assert said["counts"] == {
        "unregistered": 1,
        "expired": 1,
        "too-broad": 0,
        "no-mfa": 0,
        "dormant": 0,
        "without-access": 0,
    }
    assert said["vendors"] == [{"id": "acme", "whole": True, "missing": [], "open": 1}]
    keyed = json.loads(build(review(policy), b"0123456789abcdef"))["predicate"]
    assert keyed["findings"][0]["who"].startswith("somebody:")
    assert "mallory" not in json.dumps(keyed)


def test_another_list_of_accounts_is_another_subject(tmp_path: Path) -> None:
    policy = scene.register(tmp_path)
    other = replace(LOOKED, entries=(Entry(MALLORY, "corp/payments", "admin"),))
    first, second = (
        json.loads(build(review(policy, looked=one), None))["subject"][0]["digest"] for one in (LOOKED, other)
    )
    assert first != second


def test_what_is_built_reads_back_and_fits_the_published_schema(tmp_path: Path, key: Signer) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    raw = build(review(scene.register(tmp_path)), None)
    jsonschema.validate(json.loads(raw), published_schema())
    statement = read_statement(open_envelope(wrapped(raw, key)))
    assert (statement.predicate.day, statement.predicate.clock) == ("2026-11-20", "system")


def test_a_review_signed_for_the_vendor_counts_with_its_own_day(tmp_path: Path, key: Signer) -> None:
    raw = wrapped(build(review(scene.register(tmp_path)), None), key)
    digest = hashlib.sha256(raw).hexdigest()
    assert believed(tmp_path, key, raw) == (ReviewedAccess("acme", digest, date(2026, 11, 20), 1, "reviewer"),)


@pytest.mark.parametrize(
    ("problem", "rule"),
    [
        ("may not sign reviews of acme", {"vendors": ("globex",)}),
        ("names no trust file", {"trusted": False}),
        ("valid from 2026-12-01", {"valid_from": date(2026, 12, 1)}),
    ],
)
def test_a_key_that_may_not_speak_for_the_vendor_is_a_problem(
    tmp_path: Path, key: Signer, problem: str, rule: dict[str, object]
) -> None:
    raw = wrapped(build(review(scene.register(tmp_path)), None), key)
    (one,) = believed(tmp_path, key, raw, **rule)  # type: ignore[arg-type]
    assert problem in one.problem
    assert one.on == date(2026, 11, 23)  # declared


def test_a_key_for_records_or_results_speaks_for_no_review(tmp_path: Path, key: Signer) -> None:
    raw = wrapped(build(review(scene.register(tmp_path)), None), key)
    (one,) = believed(tmp_path, key, raw, vendors=(), results=("*",))
    assert "may not sign reviews of acme" in one.problem


@pytest.mark.parametrize(
    ("problem", "changes"),
    [
        ("does not look at acme", {"vendors": (Reviewed("globex", True),)}),
        ("did not look at every repository", {"vendors": (Reviewed("acme", False, ("corp/x",)),)}),
        ("handed over", {"looked": replace(LOOKED, source="handed-over", digest="0" * 64)}),
    ],
)
def test_a_review_of_less_is_a_problem(
    tmp_path: Path, key: Signer, problem: str, changes: dict[str, object]
) -> None:
    raw = wrapped(build(review(scene.register(tmp_path), **changes), None), key)
    assert problem in believed(tmp_path, key, raw)[0].problem


def test_a_list_handed_over_counts_where_the_key_may_speak_for_such(tmp_path: Path, key: Signer) -> None:
    looked = replace(LOOKED, source="handed-over", digest="0" * 64)
    raw = wrapped(build(review(scene.register(tmp_path), looked=looked), None), key)
    assert believed(tmp_path, key, raw, handed_over=True)[0].problem == ""


def test_unsigned_strange_and_changed_records_are_problems(tmp_path: Path, key: Signer) -> None:
    statement = build(review(scene.register(tmp_path)), None)
    assert "nobody signed" in believed(tmp_path, key, wrapped(statement, None))[0].problem
    signed = json.loads(wrapped(statement, key))
    other = json.loads(wrapped(build(review(scene.register(tmp_path), found=()), None), key))
    signed["dsseEnvelope"]["payload"] = other["dsseEnvelope"]["payload"]
    changed = json.dumps(signed, separators=(",", ":")).encode()
    assert "does not hold" in believed(tmp_path, key, changed)[0].problem
    assert "access review" in believed(tmp_path, key, wrapped(b'{"_type": "x"}', key))[0].problem


@pytest.mark.parametrize("raw", [b"%PDF-1.7", b"", b"{}", b"\x00" * 100])
def test_another_kind_of_document_says_nothing(tmp_path: Path, key: Signer, raw: bytes) -> None:
    assert believed(tmp_path, key, raw) == ()


def test_other_bytes_than_registered_say_nothing(tmp_path: Path, key: Signer) -> None:
    """comparing documents says that they differ"""
    raw = wrapped(build(review(scene.register(tmp_path)), None), key)
    believed(tmp_path, key, raw)
    (tmp_path / "review.json").write_bytes(raw + b"\n")
    policy = scene.register(tmp_path, policy=WITH_TRUST, acme=(tmp_path / "vendors/acme.yaml").read_text())
    assert reviewed_access(policy.vendors.values(), policy, FolderSource(tmp_path), NOW) == ()


def test_a_check_takes_it_from_beside_the_policy_and_the_facts_keep_it(tmp_path: Path, key: Signer) -> None:
    raw = wrapped(build(review(scene.register(tmp_path)), None), key)
    (one,) = believed(tmp_path, key, raw)
    source = FolderSource(tmp_path)
    policy = load_policy(source, gate_settings())
    rules = Rules(policy, Register.of(policy), archive=source)
    facts = values.facts(vendors=tuple(policy.vendors.values()))
    assert rules.reviewed_access(facts) == (one,)
    assert rules.reviewed_access(replace(facts, stage=Stage.PUSH)) == ()
    kept = replace(facts, access_reviews=(one,))
    assert parse_facts(facts_bytes(kept)).access_reviews == (one,)
