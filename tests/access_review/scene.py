"""A GitHub and a GitLab on loopback with Acme's people in them, and the register beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from outsource_gate.access_review.compare import Asked, Finding, findings
from outsource_gate.access_review.seen import Looked
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings
from tests.forges.fake_github import FakeGitHub

TODAY = date(2026, 11, 23)
REPO = "/repos/corp/payments/collaborators"
ACTIVITY = "/repos/corp/payments/activity"
OUTSIDE = "/orgs/corp/outside_collaborators"
NO_MFA = ("/orgs/corp/members?filter=2fa_disabled", "/orgs/corp/outside_collaborators?filter=2fa_disabled")
VIC, VAL = {"login": "vicv", "id": 4711, "type": "User"}, {"login": "valv", "id": 4712, "type": "User"}
INA = {"login": "ina", "id": 1, "type": "User"}
SOMEBODY = {"login": "mallory", "id": 666, "type": "User"}

POLICY = """\
version: 1
organization: Corp
internal: {people: people.yaml}
vendors: vendors/
tiers: {extends: baseline}
bots: [{id: renovate, github_id: 29139614, may_touch: ["package.json"]}]
"""
PEOPLE = "- {id: ina, emails: [ina@corp.example], github: {login: ina, id: 1}}\n"
ACME = """\
id: acme
name: Acme Dev Ltd
owner: procurement@corp.example
tier: standard
contract:
  reference: MSA-2026-014
  signed_on: 2026-01-10
  valid: {from: 2026-01-15, until: 2027-01-14}
access:
  repositories: [corp/payments]
  paths: ["services/**"]
people:
  - {id: vic, emails: [vic@acme-dev.example], github: {login: vicv, id: 4711}, nda: {signed_on: 2026-01-12}}
  - {id: val, emails: [val@acme-dev.example], github: {login: valv, id: 4712}, gitlab: {login: valv, id: 816}}
"""


def folder(path: Path, **files: str) -> Path:
    """Write the register; `acme=...` replaces a file."""
    (path / "vendors").mkdir(exist_ok=True)
    (path / "policy.yaml").write_text(files.get("policy", POLICY))
    (path / "people.yaml").write_text(files.get("people", PEOPLE))
    (path / "vendors" / "acme.yaml").write_text(files.get("acme", ACME))
    return path


def register(path: Path, **files: str) -> Policy:
    return load_policy(FolderSource(folder(path, **files)), gate_settings())


def found(policy: Policy, looked: Looked, **changes: Any) -> list[tuple[str, str, str]]:
    """Kind, person and repository of everything that the comparison finds."""
    asked = Asked(TODAY, tuple(policy.vendors), **changes)
    return [(one.kind, one.person, one.repository) for one in all_found(policy, looked, asked)]


def all_found(policy: Policy, looked: Looked, asked: Asked | None = None) -> tuple[Finding, ...]:
    return findings(policy, looked, asked or Asked(TODAY, tuple(policy.vendors)))


def collaborator(user: dict[str, Any], role: str = "write") -> dict[str, Any]:
    """As GitHub shows it: every lesser permission is there, too."""
    names = ("pull", "triage", "push", "maintain", "admin")
    most = ("read", "triage", "write", "maintain", "admin").index(role)
    return user | {"role_name": role, "permissions": {name: at <= most for at, name in enumerate(names)}}


def activity(user: dict[str, Any], day: str) -> dict[str, Any]:
    return {
        "id": 1,
        "node_id": "x",
        "before": "b" * 40,
        "after": "a" * 40,
        "ref": "refs/heads/main",
        "timestamp": f"{day}T10:00:00Z",
        "activity_type": "push",
        "actor": user,
    }


def fill(server: FakeGitHub) -> FakeGitHub:
    """Nothing is wrong: Vic and Val write, Ina is an administrator, everybody has a second factor and works."""
    server.answers |= {
        REPO: [collaborator(INA, "admin"), collaborator(VIC), collaborator(VAL)],
        OUTSIDE: [VIC, VAL],
        ACTIVITY: [activity(VIC, "2026-11-20"), activity(VAL, "2026-11-10")],
        **{path: [] for path in NO_MFA},
    }
    return server
