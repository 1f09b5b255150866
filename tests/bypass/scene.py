"""Where does a scenario play? In a repository of Corp with a contractor's branch, opened, pushed and approved."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from outsource_gate.model.verdict import Answer
from tests.repo import Repo, SigningKey

VIC, VAL = "Vic Vendor <vic@acme-dev.example>", "Val Vendor <val@acme-dev.example>"
INA, IDA = "Ina Internal <ina@corp.example>", "Ida Internal <ida@corp.example>"
ACCOUNTS: dict[str, dict[str, Any]] = {
    "ina": {"login": "ina", "id": 1},
    "ida": {"login": "ida", "id": 2},
    "vic": {"login": "vicv", "id": 4711},
    "val": {"login": "valv", "id": 4712},
    "lab": {"login": "lab", "id": 50},
}
ARRIVED, APPROVED = "2026-11-01T10:00:00Z", "2026-11-01T11:00:00Z"
NOW = datetime.fromisoformat("2026-11-23T12:00:00+00:00")

CLEAN = '"""Refunds."""\n\n\ndef refund(amount: int) -> int:\n    return -amount\n'
FLAW = """\
import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    host = request.args["host"]
    return subprocess.check_output("ping -c1 " + host, shell=True)
"""
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)

POLICY = """\
version: 1
organization: Corp
internal:
  emails: ["*@corp.example"]
  people:
    - id: ina
      emails: [ina@corp.example]
      github: {login: ina, id: 1}
      teams: [corp/engineering]
      signing_keys: [INA_KEY]
    - id: ida
      emails: [ida@corp.example]
      github: {login: ida, id: 2}
      teams: [corp/appsec]
bots:
  - {id: renovate, github_id: 29139614, may_touch: ["**/package-lock.json"]}
assistants: [noreply@assistant.example]
vendors: vendors/
tiers: {extends: baseline}
"""
VENDOR = """\
id: acme
name: Acme Dev Ltd
owner: procurement@corp.example
tier: standard
affiliates: [acme-labs]
security_contact: security@acme-dev.example
incident_notification: {channel: "+49 30 0000", within_hours: 24}
contract:
  reference: MSA-2026-014
  document: {file: contracts/msa.pdf, sha256: "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"}
  signed_on: 2026-01-10
  valid: {from: 2026-01-15, until: 2027-01-14}
  approved_by: [legal, ciso]
  clauses:
    secure-coding: {section: "7.1"}
    ip-ownership: {section: "9"}
    data-protection: {section: "11"}
    right-to-audit: {section: "12.3"}
    vulnerability-remediation: {section: "7.4"}
    confidentiality: {section: "10"}
  remediation_sla: {critical: 7 days, high: 30 days, medium: 90 days, low: 180 days}
due_diligence:
  risk_assessment: {on: 2025-12-20, by: security, result: acceptable}
  certifications: [{name: ISO/IEC 27001, number: IS 7712, valid_until: 2027-06-30}]
  questionnaires: [{name: SIG Lite, on: 2025-12-18, score: 87}]
  personnel_vetting: {on: 2025-12-21}
access:
  repositories: ["corp/payments"]
  paths: ["**"]
  deny_paths: ["core/**"]
  reviewed: {on: 2026-10-01, by: it-security}
  remote_access: {method: vdi, verified_on: 2026-10-01}
  device_management: {verified_on: 2026-10-01}
oversight:
  - {activity: sprint-review, every: 14 days, last: {on: 2026-11-16, by: ina}}
  - {activity: architecture-assessment, every: 6 months, last: {on: 2026-09-01, by: ina}}
  - {activity: penetration-test, every: 12 months, last: {on: 2026-06-01, open_findings: {high: 0}}}
people:
  - id: vic
    emails: [vic@acme-dev.example, vic@corp.example]
    github: {login: vicv, id: 4711}
    signing_keys: [VIC_KEY]
    mfa: {verified_on: 2026-10-01, method: webauthn}
    training: {secure_coding: {on: 2026-02-01}}
    nda: {signed_on: 2026-01-12}
    checklist: {acknowledged_on: 2026-01-16, version: CHECKLIST}
  - id: val
    emails: [val@acme-dev.example]
    github: {login: valv, id: 4712}
    active: {until: 2026-12-31}
    mfa: {verified_on: 2026-10-01, method: totp}
    training: {secure_coding: {on: 2026-02-01}}
    nda: {signed_on: 2026-01-12}
    checklist: {acknowledged_on: 2026-01-16, version: CHECKLIST}
"""
AFFILIATE = """\
id: acme-labs
name: Acme Labs
owner: procurement@corp.example
tier: standard
people:
  - {id: lab, emails: [lab@labs.example], github: {login: lab, id: 50}, nda: {signed_on: 2026-01-12}}
"""
BASE = {
    "services/refund.py": CLEAN,
    "services/legacy.py": FLAW,
    "services/big.py": CLEAN + "\n".join(f"\nVALUE_{number} = {number}" for number in range(40)) + "\n",
    "core/ledger.py": CLEAN.replace("refund", "book"),
    "docs/notes.txt": FLAW,
    "README.md": "# Payments\n",
    ".github/workflows/ci.yml": "on: push\njobs: {}\n",
    "CODEOWNERS": "* @corp/engineering\n",
}


@dataclass
class Scene:
    """A change in the making; scenarios write to `repo` and bend what the forge says."""

    folder: Path
    repo: Repo
    policy: Path
    vic_key: SigningKey
    ina_key: SigningKey
    opener: dict[str, Any] = field(default_factory=lambda: ACCOUNTS["vic"])
    pushers: list[dict[str, Any]] = field(default_factory=lambda: [ACCOUNTS["vic"]])
    reviews: list[dict[str, Any]] | None = None  # None: ina approved the head
    arrived: str = ARRIVED
    extra: dict[str, Any] = field(default_factory=dict)  # more members of the handed-over file; None takes one out
    now: datetime = NOW
    policy_in_repo: bool = False
    base: str = "main"
    results: list[tuple[str, Path]] = field(default_factory=list)  # what the evaluating job hands over
    osv: Path | None = None  # database of known vulnerabilities that the job brings along
    tracker: Path | None = None  # of findings at vendors, kept by a job of ours
    head: str = ""  # by default the current branch's

    def commit(self, files: dict[str, Any] | None = None, *, author: str | bytes = VIC, **more: Any) -> str:
        return self.repo.commit(more.pop("message", "Change something"), files, author=author, **more)

    def by(self, name: str) -> None:
        """Let somebody else open and push."""
        self.opener, self.pushers = ACCOUNTS[name], [ACCOUNTS[name]]

    def review(self, who: str = "ina", state: str = "APPROVED", **changes: Any) -> dict[str, Any]:
        whole = {
            "id": 1,
            "reviewer": ACCOUNTS[who],
            "state": state,
            "commit": self.head or self.repo.head,
            "submitted_at": APPROVED,
        }
        return whole | changes

    def hand_over(self) -> Path:
        """Write what a forge would say of the change."""
        whole = {
            "repository": "corp/payments",
            "number": 7,
            "author": self.opener,
            "pushers": self.pushers,
            "head_seen_at": self.arrived,
            "reviews": [self.review()] if self.reviews is None else self.reviews,
        } | self.extra
        path = self.folder / "change.json"
        path.write_text(json.dumps({name: part for name, part in whole.items() if part is not None}))
        return path


@dataclass(frozen=True)
class Scenario:
    """A script and the answer it must get."""

    script: Callable[[Scene], None]
    answer: Answer
    code: str = ""
    path: str | None = None

    @property
    def id(self) -> str:
        return f"{self.script.__module__.rpartition('.')[2]}-{self.script.__name__}"


SCENARIOS: list[Scenario] = []
Script = Callable[[Scene], None]


def denied(code: str, path: str | None = None) -> Callable[[Script], Script]:
    """An attack: DENY, with this reason code and this path named."""
    return _collect(Answer.DENY, code, path)


def undecided(code: str) -> Callable[[Script], Script]:
    """An attack on the facts: nothing is decided, and it is said why."""
    return _collect(Answer.UNDECIDED, code, None)


def allowed(script: Script) -> Script:
    """A harmless change."""
    return _collect(Answer.ALLOW, "", None)(script)


def _collect(answer: Answer, code: str, path: str | None) -> Callable[[Script], Script]:
    def take(script: Script) -> Script:
        SCENARIOS.append(Scenario(script, answer, code, path))
        return script

    return take


def build(folder: Path, vic_key: SigningKey, ina_key: SigningKey) -> Scene:
    """Make the repository with its base on main, the policy outside it, and a branch to work on."""
    policy = folder / "policy"
    (policy / "vendors").mkdir(parents=True)
    files = policy_files(vic_key, ina_key)
    for name, text in files.items():
        (policy / name).write_text(text)
    repo = Repo(folder / "repo")
    inside = {f".outsource-gate/{name}": text for name, text in files.items()}
    repo.commit("Base", {**BASE, "assets/logo.png": PNG, **inside})
    repo.branch("feature")
    return Scene(folder, repo, policy, vic_key, ina_key)


def policy_files(vic_key: SigningKey, ina_key: SigningKey) -> dict[str, str]:
    return {
        "policy.yaml": POLICY.replace("INA_KEY", ina_key.public),
        "vendors/acme.yaml": VENDOR.replace("VIC_KEY", vic_key.public),
        "vendors/acme-labs.yaml": AFFILIATE,
    }
