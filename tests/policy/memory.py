"""A policy in memory, whole and harmless by default, so that a test changes one thing and asserts one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.settings import GateSettings
from outsource_gate.registry import gate_settings

POLICY = """\
version: 1
organization: Corp
internal:
  people: people.yaml
  emails: ["*@corp.example"]
vendors: vendors/
tiers: {extends: baseline}
"""
PEOPLE = """\
- id: ina
  emails: [ina@corp.example]
  github: {login: ina, id: 1}
  teams: [corp/engineering]
- id: ida
  emails: [ida@corp.example]
  github: {login: ida, id: 2}
  teams: [corp/appsec]
"""
ACME = """\
id: acme
name: Acme Dev Ltd
owner: procurement@corp.example
tier: critical
contract:
  reference: MSA-2026-014
  document: {file: msa.pdf, sha256: "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"}
  signed_on: 2026-01-10
  valid: {from: 2026-01-15, until: 2027-01-14}
  approved_by: [legal]
  clauses:
    secure-coding: {section: "7.1"}
    ip-ownership: {section: "9"}
    data-protection: {section: "11"}
    right-to-audit: {section: "12.3"}
    vulnerability-remediation: {section: "7.4"}
    confidentiality: {section: "10"}
access:
  repositories: [corp/payments]
  paths: ["services/**"]
  valid: {until: 2026-12-31}
people:
  - id: vic
    emails: [vic@acme-dev.example]
    github: {login: vicv, id: 4711}
    gitlab: {username: vic.v, id: 815}
"""
WHOLE = {"policy.yaml": POLICY, "people.yaml": PEOPLE, "vendors/acme.yaml": ACME}
GLOBEX = "id: globex\nname: Globex\nowner: procurement@corp.example\ntier: standard\n"


@dataclass(frozen=True)
class MemorySource:
    """Files by path."""

    files: Mapping[str, str | bytes] = field(default_factory=lambda: dict(WHOLE))
    where: str = "outside:memory"

    def read(self, path: str) -> bytes | None:
        content = self.files.get(path)
        return content.encode() if isinstance(content, str) else content

    def list(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(path for path in self.files if path.startswith(f"{folder}/")))


@cache
def models() -> dict[str, type[GateSettings]]:
    return gate_settings()


def load(changes: Mapping[str, str | bytes] | None = None, **replaced: str) -> Policy:
    """Load the whole policy with files added or replaced."""
    return load_policy(MemorySource({**WHOLE, **(changes or {}), **replaced}), models())


def policy_with(text: str) -> Policy:
    """Load it with more lines in policy.yaml."""
    return load({"policy.yaml": POLICY + text})


def tiers(text: str) -> Policy:
    """Load it with other tiers."""
    return load({"policy.yaml": POLICY.replace("tiers: {extends: baseline}\n", "") + text})


def acme(old: str, new: str) -> Policy:
    """Load it with a part of Acme's file changed."""
    assert old in ACME
    return load({"vendors/acme.yaml": ACME.replace(old, new)})


def error(files: Mapping[str, str | bytes]) -> str:
    """Give the one error that loading with these files ends with."""
    with pytest.raises(PolicyError) as raised:
        load(files)
    assert raised.value.exit_code == 2
    return str(raised.value)


def acme_error(old: str, new: str) -> str:
    assert old in ACME
    return error({"vendors/acme.yaml": ACME.replace(old, new)})


def policy_error(old: str, new: str) -> str:
    assert old in POLICY
    return error({"policy.yaml": POLICY.replace(old, new)})
