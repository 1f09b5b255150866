"""A trust file is read strictly, and extended without touching what people wrote."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from outsource_gate.errors import GateError, PolicyError, UsageError
from outsource_gate.evidence.public_key import PublicKey
from outsource_gate.evidence.trust import load_trust, read_trust
from outsource_gate.evidence.trust_edit import NewKey, with_key
from outsource_gate.model.verdict import Stage
from tests.evidence.records import signer

KEY, OTHER = signer().public_key, signer("ed25519").public_key


def entry(key: PublicKey = KEY, more: str = "", indent: str = "  ") -> str:
    body = "".join(f"{indent}      {line}\n" for line in key.pem.splitlines())
    return f"{indent}- name: gate\n{indent}  public_key: |\n{body}{more}"


def trust_file(*entries: str) -> bytes:
    return ("version: 1\nkeys:\n" + "".join(entries or (entry(),))).encode()


def test_a_trust_file_gives_its_keys_with_their_rules() -> None:
    more = "    valid: {from: 2026-01-01, until: 2026-12-31}\n    repositories: [corp/*]\n    stages: [change]\n"
    (found,) = read_trust(trust_file(entry(more=more)), "trust.yaml").keys
    assert found.key == KEY
    assert found.rule.valid.until == date(2026, 12, 31)
    assert (found.rule.repositories, found.rule.stages, found.rule.handed_over) == (
        ("corp/*",),
        (Stage.CHANGE,),
        False,
    )


def test_a_bare_key_is_trusted_for_everything() -> None:
    believed = read_trust(KEY.pem.encode(), "gate.pub")
    assert believed.bare
    assert believed.keys[0].rule.handed_over
    assert believed.find(KEY.key_id) is believed.keys[0]
    assert believed.find(OTHER.key_id) is None


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"version: 2\nkeys: []\n", "trust.yaml:1: version"),
        (b"keys: []\n", "'version' is missing"),
        (b"version: 1\nkeys: []\n", "no key is trusted"),
        (b"version: 1\n", "no key is trusted"),
        (b"", "is empty"),
        (b"version: 1\nversion: 1\n", "second time"),
        (b"version: 1\nkeys: &a []\n", "anchors"),
        (trust_file(entry(more="    valid_until: 2026-01-01\n")), "unknown key 'valid_until'"),
        (trust_file(entry(more="    valid: {until: tomorrow}\n")), "until"),
        (trust_file(entry(more="    stages: [deploy]\n")), "stages"),
        (trust_file(entry(more="    stages: []\n")), "stages"),
        (trust_file(entry(more="    repositories: []\n")), "repositories"),
        (trust_file(entry(more="    revoked: {reason: lost}\n")), "invalid_from"),
        (trust_file(entry(more="    handed_over: 'yes'\n")), "handed_over"),
        (trust_file(entry(), entry()), "stands in line 3 already"),
        (b"version: 1\nkeys:\n  - name: x\n    public_key: nonsense\n", "trust.yaml:4: public_key"),
    ],
)
def test_what_is_not_meant_exactly_is_an_error_with_its_place(raw: bytes, complaint: str) -> None:
    with pytest.raises(PolicyError, match=complaint) as caught:
        read_trust(raw, "trust.yaml")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("raw", [b"-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----\n", b"-----BEGIN"])
def test_a_damaged_key_is_a_usage_error(raw: bytes) -> None:
    with pytest.raises(UsageError):
        read_trust(raw, "gate.pub")


def test_a_missing_or_huge_trust_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--trust"):
        load_trust(tmp_path / "none.yaml")
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * ((1 << 20) + 1))
    with pytest.raises(UsageError, match="more than"):
        load_trust(big)


def test_a_first_key_makes_the_file() -> None:
    text = with_key(None, NewKey("gate", KEY), "trust.yaml")
    (found,) = read_trust(text.encode(), "trust.yaml").keys
    assert (found.rule.name, found.key) == ("gate", KEY)


def test_a_key_is_added_with_everything_it_is_restricted_to() -> None:
    new = NewKey('a "b"', OTHER, date(2026, 1, 1), date(2026, 12, 31), ("corp/*", "x: y"), (Stage.PUSH,), True)
    rule = read_trust(with_key(trust_file().decode(), new, "t").encode(), "t").keys[-1].rule
    assert (rule.name, rule.valid.from_, rule.valid.until) == ('a "b"', date(2026, 1, 1), date(2026, 12, 31))
    assert (rule.repositories, rule.stages, rule.handed_over) == (("corp/*", "x: y"), (Stage.PUSH,), True)


WRITTEN = [
    trust_file().decode(),
    "# ours\n" + trust_file().decode() + "\n# the end\n",
    trust_file().decode().rstrip("\n"),
    trust_file(entry(indent="")).decode(),
    trust_file(entry(indent="        ")).decode(),
    "keys:\n" + entry() + "# the version\nversion: 1\n",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_what_people_wrote_stays(text: str) -> None:
    """Comments, order and indentation are theirs."""
    changed = with_key(text, NewKey("new", OTHER), "trust.yaml")
    assert [found.key for found in read_trust(changed.encode(), "trust.yaml").keys] == [KEY, OTHER]
    remaining = iter(changed.splitlines())
    assert all(line in remaining for line in text.splitlines())  # in this order


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (trust_file().decode(), "trusts this key already"),
        (KEY.pem, "is a PEM key"),
        ("version: 1\nkeys: []\n", "no key is trusted"),
        ("version: 1\nkeys: nonsense\n", "expected a list"),
    ],
)
def test_what_cannot_be_extended_is_left_alone(text: str, complaint: str) -> None:
    with pytest.raises(GateError, match=complaint):
        with_key(text, NewKey("gate", KEY), "trust.yaml")


def test_a_list_in_one_line_is_extended_by_hand() -> None:
    pem = KEY.pem.replace("\n", "\\n")
    text = f'version: 1\nkeys: [{{name: gate, public_key: "{pem}"}}]\n'
    with pytest.raises(UsageError, match="cannot be extended"):
        with_key(text, NewKey("new", OTHER), "trust.yaml")
