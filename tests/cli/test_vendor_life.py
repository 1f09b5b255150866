"""One vendor's life, as it is typed: added, first change, a lapsed certificate, a late finding, mended, gone."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.bypass.scene import CLEAN, FLAW, Scene
from tests.cli.test_check import gate, keys, scene

__all__ = ["keys", "scene"]
NEO = "Neo Nova <neo@nova.example>"
ACCOUNT = {"login": "neo", "id": 7001}
CLAUSES = ("secure-coding", "ip-ownership", "data-protection", "right-to-audit", "vulnerability-remediation",
           "confidentiality")  # fmt: skip
ANSWERS = {
    "tier": "elevated",
    "owner": "ina@corp.example",
    "contract.reference": "MSA-7",
    "contract.document": "nova.pdf",
    "contract.signed_on": "2026-11-02",
    "contract.from": "2026-11-09",
    "contract.until": "2027-11-08",
    "contract.approved_by": "legal, ciso",
    **{f"contract.clauses.{name}": "7" for name in CLAUSES},
    "contract.remediation_sla.critical": "7 days",
    "contract.remediation_sla.high": "7 days",
    "due_diligence.risk_assessment": "2026-10-30",
    "due_diligence.certifications.1.valid_until": "2026-11-24",
    "access.repositories": "corp/payments",
    "access.paths": "services/**",
    "access.reviewed": "2026-11-18",
    "people.1.id": "neo",
    "people.1.email": "neo@nova.example",
    "people.1.account": "github:neo:7001",
    "people.1.from": "2026-11-09",
    "people.1.nda": "2026-11-03",
    "people.1.training.secure_coding": "2026-11-04",
    "people.1.mfa": "2026-11-10",
    "people.1.checklist": "2026-11-10",
}


@dataclass
class Life:
    """A repository and a register, seen on one day after another."""

    scene: Scene
    day: str = "2026-11-20"

    @property
    def file(self) -> Path:
        return self.scene.policy / "vendors" / "nova.yaml"

    @property
    def now(self) -> tuple[str, str]:
        return "--now", f"{self.day}T12:00:00Z"

    @property
    def key(self) -> str:
        return str(self.scene.vic_key.path.with_name("gate.key"))

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        return gate(*words, folder=self.scene.folder, code=code)

    def change(self, name: str, files: dict[str, str], *, code: int = 0) -> dict[str, Any]:
        """Neo's change of this day, approved by Ina an hour after it came in; give the outcome."""
        scene = self.scene
        scene.repo.branch(name, "main")
        when = datetime.fromisoformat(f"{self.day}T08:00:00+00:00")
        head = scene.repo.commit(name, files, author=NEO, date=int(when.timestamp()))
        scene.repo.switch("main")
        scene.head, scene.opener, scene.pushers = head, ACCOUNT, [ACCOUNT]
        scene.arrived = f"{self.day}T08:30:00Z"
        scene.reviews = [scene.review(submitted_at=f"{self.day}T09:30:00Z")]
        frame = ("--repo", "repo", "--policy", "policy", "--base", "main", "--head", name, "--key", self.key)
        handed = ("--change", str(scene.hand_over()), *self.now)
        tracker = ("--tracker", "tracker.json") if (scene.folder / "tracker.json").exists() else ()
        self.run("check", *frame, *handed, *tracker, "--output", "json=outcome.json", code=code)
        outcome: dict[str, Any] = json.loads((scene.folder / "outcome.json").read_text())
        return outcome

    def merge(self, name: str) -> None:
        tree = self.scene.repo.git("rev-parse", f"{name}^{{tree}}").strip()
        when = datetime.fromisoformat(f"{self.day}T10:00:00+00:00")
        parents = [self.scene.repo.rev("main"), self.scene.repo.rev(name)]
        self.scene.repo.commit(f"Merge {name}", tree=tree, parents=parents, date=int(when.timestamp()))

    def edit(self, old: str, new: str) -> None:
        assert old in self.file.read_text()
        self.file.write_text(self.file.read_text().replace(old, new))

    def track(self) -> None:
        """What the nightly job does: scan the head, and let the tracker see it."""
        scanned = (
            "scan",
            "--repository",
            "repo",
            "--ref",
            "main",
            "--policy",
            "policy",
            "--output",
            "json=scan.json",
        )
        self.run(*scanned)
        scan = self.scene.folder / "scan.json"
        whole = json.loads(scan.read_text())
        whole["repository"]["scanned_at"] = f"{self.day}T12:00:00Z"  # the night of this day
        scan.write_text(json.dumps(whole))
        self.run("findings", "update", "--tracker", "tracker.json", "--scan", "scan.json", *self.now)

    def review(self, *accounts: dict[str, Any], code: int = 0) -> str:
        """Who has access on the forge, as a list that somebody took; give the record's digest."""
        ina = {"login": "ina", "id": 1, "role": "admin"}
        seen = [one | {"mfa": True, "last_active_on": self.day} for one in (*accounts, ina)]
        row = {"name": "corp/payments", "accounts": seen}
        listed = {"version": 1, "forge": "github", "read_on": self.day, "repositories": [row]}
        (self.scene.folder / "who.json").write_text(json.dumps(listed))
        out = self.scene.policy / "reviews" / "nova.json"
        out.parent.mkdir(exist_ok=True)
        words = ("--collaborators", "who.json", "--vendor", "nova", "--out", str(out), "--key", self.key)
        self.run("access", "review", "--policy", "policy", *words, *self.now, code=code)
        return hashlib.sha256(out.read_bytes()).hexdigest()


def denying(outcome: dict[str, Any]) -> set[str]:
    reasons = (reason for verdict in outcome["verdicts"] for reason in verdict["reasons"])
    return {reason["code"] for reason in reasons if reason["effect"] == "deny"}


@pytest.fixture
def life(scene: Scene) -> Life:
    (scene.policy / "nova.pdf").write_bytes(b"%PDF the contract with Nova")
    return Life(scene)


@pytest.mark.tools
def test_a_vendors_life(life: Life) -> None:
    """every step by command and register, and the gate follows"""
    given = [word for name, value in ANSWERS.items() for word in ("--set", f"{name}={value}")]
    life.run("vendors", "add", "nova", "--yes", "--policy", "policy", *given)
    assert life.change("first", {"services/nova.py": CLEAN})["decision"] == "ALLOW"
    life.merge("first")

    life.day = "2026-11-25"  # the certificate's last day was yesterday
    denied = life.change("second", {"services/nova.py": CLEAN + "\n\nLIMIT = 10\n"}, code=1)
    assert denying(denied) == {"certification-lapsed"}
    told = [reason for verdict in denied["verdicts"] for reason in verdict["reasons"] if reason["effect"] == "deny"]
    assert told[0]["who"] == "ina@corp.example"
    assert "nova" in life.run("vendors", "due", "--policy", "policy", "--vendor", "nova", *life.now, code=1).stdout
    life.edit("valid_until: 2026-11-24", "valid_until: 2027-11-24")
    assert life.change("renewed", {"services/nova.py": CLEAN + "\n\nLIMIT = 10\n"})["decision"] == "ALLOW"

    flaw = {"services/ping.py": FLAW}
    assert "finding" in denying(life.change("flawed", flaw, code=1))
    life.merge("flawed")  # somebody merged it all the same
    life.track()
    life.day = "2026-12-05"
    late = life.change("unrelated", {"services/nova.py": CLEAN + "\n\nLIMIT = 20\n"}, code=1)
    assert denying(late) == {"finding-overdue"}
    assert life.change("mending", {"services/ping.py": CLEAN})["decision"] == "ALLOW"
    life.merge("mending")
    life.track()
    assert life.change("again", {"services/nova.py": CLEAN + "\n\nLIMIT = 30\n"})["decision"] == "ALLOW"

    life.run("vendors", "offboard", "nova", "--on", "2026-12-31", "--policy", "policy")
    life.day = "2027-01-04"
    gone = denying(life.change("too-late", {"services/nova.py": CLEAN}, code=1))
    assert {"contract-not-in-force", "access-not-in-force", "person-inactive"} <= gone
    life.review({**ACCOUNT, "role": "write", "outside": True}, code=1)  # still there
    life.day = "2027-01-05"
    digest = life.review()
    proof = f"revoked_on: 2027-01-05\n    proof: {{file: reviews/nova.json, sha256: {digest}}}"
    life.edit("valid: {until: 2026-12-31}\n", f"valid: {{until: 2026-12-31}}\n    {proof}\n")
    shown = life.run("vendors", "show", "nova", "--policy", "policy", *life.now).stdout
    assert "proven gone 5 days after its end" in " ".join(shown.split())
