"""Databases that a policy names: strict, with the line, and only where there is room for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from tests.policy.memory import POLICY, WHOLE, error, load, models


def outside(folder: Path, text: str) -> Policy:
    """A policy in a folder of its own."""
    for name, content in {**WHOLE, "policy.yaml": POLICY + text}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    return load_policy(FolderSource(folder), models())


def test_a_policy_of_its_own_may_name_a_place_beside_it(tmp_path: Path) -> None:
    assert outside(tmp_path, "sources: {vulnerabilities: {osv: data/osv}}\n").osv == "data/osv"
    assert outside(tmp_path, "").osv is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "sources: {vulnerabilities: {osv: ../osv}}\n",
            "policy.yaml:8: sources.vulnerabilities.osv: expected",
        ),
        ("sources: {vulnerabilities: {osv: /osv}}\n", "policy.yaml:8: sources.vulnerabilities.osv: expected"),
        (
            "sources: {vulnerabilities: {}}\n",
            "policy.yaml:8: sources.vulnerabilities: expected osv, osv_api or both",
        ),
        ("sources: {vulnerabilities: {osv: a, private: ['@corp/*']}}\n", "without osv_api nobody is told any name"),
        ("sources: {vulnerabilities: {osv: a, api: b}}\n", "sources.vulnerabilities: unknown key 'api'"),
    ],
)
def test_a_mistake_is_one_error_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(PolicyError, match=r"policy\.yaml") as raised:
        outside(tmp_path, text)
    assert says in str(raised.value)


def test_a_server_may_be_asked_by_any_policy() -> None:
    """a policy in a repository, too, has room for an address and for names that are never told"""
    named = "{osv_api: 'https://osv.example/v1-mirror/', private: ['@corp/*']}"
    server = load({"policy.yaml": POLICY + f"sources: {{vulnerabilities: {named}}}\n"}).osv_server
    assert server is not None
    assert (server.api, server.host, server.private) == (
        "https://osv.example/v1-mirror",
        "osv.example",
        ("@corp/*",),
    )
    assert load({}).osv_server is None


@pytest.mark.parametrize(
    "address",
    ["http://osv.example", "osv.example", "https://user:word@osv.example", "https://osv.example/?key=1", "https://",
     "file:///etc", "https://osv.example#x", "http://localhost.example", "https://osv.example\\n.evil"],
)  # fmt: skip
def test_an_address_is_one_of_a_server_with_a_certificate(address: str) -> None:
    """names of packages go nowhere in the clear, but on this machine"""
    said = error({"policy.yaml": POLICY + f'sources: {{vulnerabilities: {{osv_api: "{address}"}}}}\n'})
    assert "policy.yaml:8: sources.vulnerabilities.osv_api: expected https://HOST" in said


def test_a_policy_in_a_repository_has_no_room_for_a_database() -> None:
    said = error({"policy.yaml": POLICY + "sources: {vulnerabilities: {osv: data/osv}}\n"})
    assert "policy.yaml:8: sources.vulnerabilities.osv: this policy lies in the repository" in said
    assert "--osv" in said


def test_licences_are_read_from_a_file_of_their_own() -> None:
    """Another licence for a package is another register."""
    text = {"policy.yaml": POLICY + "sources: {licences: licences.yaml}\n"}
    one, other = (load({**text, "licences.yaml": f"pkg:npm/left@1.0.0: {said}\n"}) for said in ("MIT", "ISC"))
    assert dict(one.licences) == {"pkg:npm/left@1.0.0": "MIT"}
    assert one.register_digest != other.register_digest


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("- MIT\n", "licences.yaml:1: expected package URLs with their licences"),
        ("left: MIT\n", "licences.yaml:1: left: is no package URL"),
        ('pkg:npm/a: MIT\npkg:npm/left: ""\n', "licences.yaml:2:"),
        ("pkg:npm/left: 1\n", "expected an SPDX expression"),
        (None, "policy.yaml:8: sources.licences: no file licences.yaml there"),
    ],
)
def test_a_mistake_in_that_file_is_one_error_with_its_line(content: str | None, says: str) -> None:
    files = {"policy.yaml": POLICY + "sources: {licences: licences.yaml}\n"}
    assert says in error(files | ({"licences.yaml": content} if content else {}))
