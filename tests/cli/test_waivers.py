"""waivers list and waivers sign, as their users meet them."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outsource_gate.cli.waivers import command
from outsource_gate.errors import UsageError
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings
from outsource_gate.waivers import NAMESPACE, granted
from tests.policy.memory import ACME, PEOPLE, POLICY
from tests.policy.test_waivers import ENTRY
from tests.repo import SigningKey

TODAY = datetime.now(UTC).date()
TWO = """\
# What may stand for a while.
- id: w1  # the first
  reason: "the host is a constant"
  gate: sast
  rules: [python.flask.command-injection]
  vendor: acme
  path: services/pay.py
  approver: ida
  issued: FIRST
  expires: LAST

# the second, which is over
- id: w2
  reason: x
  gate: sast
  rules: [B602]
  vendor: acme
  path: services/old.py
  approver: ida
  issued: OLD
  expires: OVER
"""


def entries() -> str:
    days = {"FIRST": 0, "LAST": 20, "OLD": -9, "OVER": -3}
    text = TWO
    for word, count in days.items():
        text = text.replace(word, str(TODAY + timedelta(days=count)))
    return text


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return SigningKey.generate(tmp_path, "ida")


@pytest.fixture
def policy(tmp_path: Path, key: SigningKey) -> Path:
    folder = tmp_path / "policy"
    (folder / "vendors").mkdir(parents=True)
    (folder / "policy.yaml").write_text(POLICY + "waivers: waivers.yaml\n")
    known = PEOPLE.replace("- id: ida\n", f"- id: ida\n  signing_keys: [{key.public}]\n")
    (folder / "people.yaml").write_text(known)
    (folder / "vendors" / "acme.yaml").write_text(ACME)
    (folder / "waivers.yaml").write_text(entries())
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=True)


def refused(*words: object) -> str:
    done = run(*words)
    assert isinstance(done.exception, UsageError), done.output
    return str(done.exception)


def problems(policy: Path) -> list[str]:
    found = load_policy(FolderSource(policy), gate_settings())
    return [granted(waiver, found, TODAY).problem for waiver in found.waivers]


def test_signing_adds_the_signature_and_leaves_the_rest_as_it_is(policy: Path, key: SigningKey) -> None:
    done = run("sign", "w1", "--policy", policy, "--key", key.path)
    assert done.exit_code == 0, done.output
    assert problems(policy) == ["", "nobody signed it"]
    after = (policy / "waivers.yaml").read_text()
    start, end = after.index("  signature: |\n"), after.index("    -----END SSH SIGNATURE-----\n")
    assert after[:start] + after[end + len("    -----END SSH SIGNATURE-----\n") :] == entries()


def test_signing_again_replaces_the_signature(policy: Path, key: SigningKey) -> None:
    for entry in ("w1", "w2", "w1"):
        assert run("sign", entry, "--policy", policy, "--key", key.path).exit_code == 0
    assert problems(policy) == ["", ""]
    assert (policy / "waivers.yaml").read_text().count("signature:") == 2
    file = policy / "waivers.yaml"
    file.write_text(file.read_text().replace('"the host is a constant"', "another reason"))
    assert problems(policy)[0].startswith("its signature does not hold")
    assert run("sign", "w1", "--policy", policy, "--key", key.path).exit_code == 0
    assert problems(policy) == ["", ""]


def test_openssh_itself_can_sign(policy: Path, key: SigningKey, tmp_path: Path) -> None:
    """for keys that this program cannot use"""
    payload = run("sign", "w1", "--policy", policy, "--print").stdout_bytes
    assert b"python.flask.command-injection" in payload
    (tmp_path / "sig").write_bytes(key.sign(payload, NAMESPACE.decode()))
    assert run("sign", "w1", "--policy", policy, "--signature", tmp_path / "sig").exit_code == 0
    assert problems(policy)[0] == ""


def test_nobody_signs_for_the_approver(policy: Path, tmp_path: Path) -> None:
    other = SigningKey.generate(tmp_path, "other")
    before = (policy / "waivers.yaml").read_bytes()
    assert "signed with a key that is not ida's" in refused("sign", "w1", "--policy", policy, "--key", other.path)
    assert (policy / "waivers.yaml").read_bytes() == before


def test_a_key_with_a_pass_phrase_is_left_to_openssh(policy: Path, key: SigningKey) -> None:
    subprocess.run(["ssh-keygen", "-q", "-p", "-N", "secret", "-f", key.path], check=True, timeout=60)
    assert "cannot sign here" in refused("sign", "w1", "--policy", policy, "--key", key.path)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("w1",), "one of --key, --print and --signature is needed"),
        (("w9", "--print"), "no waiver 'w9'; there are: w1, w2"),
        (("w1", "--key", "/nowhere/key"), "/nowhere/key: No such file"),
        (("w1", "--signature", "/nowhere/key"), "/nowhere/key: No such file"),
    ],
)
def test_what_cannot_be_signed_is_said(policy: Path, words: tuple[str, ...], says: str) -> None:
    assert says in refused("sign", *words, "--policy", policy)


def test_an_entry_on_one_line_is_not_edited(policy: Path, key: SigningKey) -> None:
    lines = [line.strip() for line in ENTRY.removeprefix("- ").splitlines()]
    text = "- {" + ", ".join(lines) + "}\n"
    text = text.replace("2026-11-01", str(TODAY)).replace("2026-11-30", str(TODAY + timedelta(days=9)))
    (policy / "waivers.yaml").write_text(text)
    done = run("sign", "w1", "--policy", policy, "--key", key.path)
    assert "waivers.yaml:1: [0]: is not written as one key per line" in str(done.exception)


def test_the_list_says_what_counts_and_what_does_not(policy: Path, key: SigningKey) -> None:
    run("sign", "w1", "--policy", policy, "--key", key.path)
    done = run("list", "--policy", policy)
    first, second, last = done.output.splitlines()
    assert "w2" in first
    assert "covers nothing: expired 3 days ago" in first
    assert "20 days left" in second
    assert last == "2 waivers, 1 in force; 2 shown"
    rows = json.loads(run("list", "--policy", policy, "--within", "7", "--output", "json").output)
    assert [(row["id"], row["in_force"], row["problem"]) for row in rows] == [("w2", False, "expired 3 days ago")]
    assert date.fromisoformat(rows[0]["expires"]) == TODAY - timedelta(days=3)
