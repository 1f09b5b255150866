"""How long does the register of a large organisation take: read whole, from its index, and one look-up in it?

Run as `python -m bench.register [--vendors 1000] [--people 20]`: people of each vendor. Each figure is of a process
of its own: processor time without the start of Python, the least of three; and the most memory that it had.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from outsource_gate.model.identity import Account
from outsource_gate.policy.index import Register
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings
from outsource_gate.sealing.folder import SealedFolder

ASKED = 200  # people, at most
LOOKED_UP = ((5, 2), (50, 20), (1_000, 20))  # vendors, people of each
PEOPLE = """\
- {id: ina, name: Ina Internal, emails: [ina@corp.example], github: {login: ina, id: 1}, teams: [corp/engineering]}
"""
POLICY = """\
version: 1
organization: Corp
internal: {people: people.yaml, emails: ["*@corp.example"]}
vendors: vendors/
tiers: {extends: baseline}
"""
VENDOR = """\
id: vendor-{number}
name: Vendor {number} Ltd
owner: procurement@corp.example
tier: {tier}
security_contact: security@vendor-{number}.example
contract:
  reference: MSA-{number}
  document: {{file: contracts/{number}.pdf, sha256: "{digest}"}}
  signed_on: 2026-01-10
  valid: {{from: 2026-01-15, until: 2027-12-31}}
  renewal_notice: 60 days
  approved_by: [legal, ciso]
  clauses:
    secure-coding: {{section: "7.1", standard: OWASP Top 10}}
    ip-ownership: {{section: "9"}}
    data-protection: {{section: "11"}}
    right-to-audit: {{section: "12.3"}}
    vulnerability-remediation: {{section: "7.4"}}
    confidentiality: {{section: "10"}}
  remediation_sla: {{critical: 7 days, high: 30 days, medium: 90 days, low: 180 days}}
due_diligence:
  risk_assessment: {{on: 2025-12-20, by: security, result: acceptable}}
  certifications: [{{name: ISO/IEC 27001, number: "{number}", valid_until: 2027-06-30}}]
  questionnaires: [{{name: SIG Lite, on: 2025-12-18, score: 87}}]
  personnel_vetting: {{on: 2025-12-21}}
access:
  repositories: ["corp/service-{number}"]
  paths: ["services/{number}/**"]
  deny_paths: [".github/**"]
  valid: {{from: 2026-01-15, until: 2027-12-31}}
  reviewed: {{on: 2026-10-01, by: it-security}}
  remote_access: {{method: vdi, verified_on: 2026-10-01}}
  device_management: {{verified_on: 2026-10-01}}
oversight:
  - {{activity: sprint-review, every: 14 days, last: {{on: 2026-11-16}}}}
  - {{activity: architecture-assessment, every: 6 months, last: {{on: 2026-09-01}}}}
  - {{activity: penetration-test, every: 12 months, last: {{on: 2026-06-01, open_findings: {{high: 0}}}}}}
people:
"""
PERSON = """\
  - id: p-{number}
    name: Person {number}
    emails: [p{number}@vendor.example, p.{number}@vendor.example]
    github: {{login: p{number}, id: {id}}}
    gitlab: {{username: p{number}, id: {id}}}
    active: {{from: 2026-01-15, until: 2027-12-31}}
    mfa: {{verified_on: 2026-10-01, method: webauthn}}
    training: {{secure_coding: {{on: 2026-02-01, valid_for: 12 months}}}}
    nda: {{signed_on: 2026-01-12}}
"""


def write_register(folder: Path, vendors: int, people: int) -> None:
    """Write a policy with so many vendors, each with so many people."""
    (folder / "vendors").mkdir(parents=True)
    (folder / "policy.yaml").write_text(POLICY)
    (folder / "people.yaml").write_text(PEOPLE)
    for number in range(vendors):
        tier = ("standard", "elevated", "critical")[number % 3]
        text = VENDOR.format(number=number, tier=tier, digest=f"{number:064x}")
        first = number * people
        text += "".join(PERSON.format(number=one, id=one + 10) for one in range(first, first + people))
        (folder / "vendors" / f"{number:04}.yaml").write_text(text)


class _Index(SealedFolder):
    """The index of a register of any size, under a key of this benchmark."""

    least_bytes = 0

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, b"a key of this benchmark", "register")


def _whole(folder: Path) -> Callable[[], object]:
    models = gate_settings()
    return lambda: Register.of(load_policy(FolderSource(folder), models))


def _with_index(folder: Path) -> Callable[[], object]:
    """Read with an index: made where there is none, used where there is one."""
    models, kept = gate_settings(), _Index(folder.parent)
    return lambda: Register.of(load_policy(FolderSource(folder), models, kept))


def _bare_yaml(folder: Path) -> Callable[[], object]:
    """Parse the same files with PyYAML's own loader in C, and check nothing."""
    loader = yaml.CSafeLoader
    return lambda: [yaml.load(path.read_bytes(), loader) for path in sorted(folder.rglob("*.yaml"))]


def _look_up(register: Register, people: int) -> Callable[[], object]:
    """Look up some from all over the register, and as many strangers: by address and by account."""
    numbers = range(0, people, max(1, people // ASKED))[:ASKED]

    def asked() -> None:
        for number in numbers:
            assert register.by_email(f"P{number}@vendor.example")
            assert register.by_account(Account(f"p{number}", number + 10), "github")
            assert register.by_email(f"stranger{number}@vendor.example") is None
            assert register.by_account(Account(f"stranger{number}"), "gitlab") is None

    return asked


def _from_memory(folder: Path) -> Callable[[], object]:
    return _look_up(Register.of(load_policy(FolderSource(folder), gate_settings())), _people(folder))


def _from_index(folder: Path) -> Callable[[], object]:
    for _ in range(2):  # made, then read
        policy = load_policy(FolderSource(folder), gate_settings(), _Index(folder.parent))
    return _look_up(Register.of(policy), _people(folder))


MEASURED = {
    "whole": _whole,
    "index": _with_index,
    "yaml": _bare_yaml,
    "memory look-ups": _from_memory,
    "index look-ups": _from_index,
}


def _measure(what: str, folder: Path) -> None:
    """Do one thing once, and print its processor time and the memory of this process."""
    work = MEASURED[what](folder)
    begun = time.process_time()
    work()
    seconds = time.process_time() - begun
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def _measured(what: str, folder: Path, times: int = 3) -> tuple[float, float]:
    """Give the least seconds and the most megabytes of some processes."""
    words = [sys.executable, "-m", "bench.register", "--measure", what, "--folder", str(folder)]
    told = [subprocess.run(words, check=True, capture_output=True, env=os.environ).stdout for _ in range(times)]
    seconds, megabytes = zip(*map(json.loads, told), strict=True)
    return min(seconds), max(megabytes)


def _loading(folder: Path, vendors: int, people: int) -> Table:
    table = Table(title=f"{vendors:,} vendors, {vendors * people:,} people, {_size(folder) / 1e6:.1f} MB of YAML")
    for name in ("", "seconds", "MB"):
        table.add_column(name, justify="right" if name else "left")
    rows = {
        "read and checked": _measured("whole", folder),
        "read and checked, index made and sealed": _measured("index", folder, times=1),
        "from the index": _measured("index", folder),
        "only parsed, by yaml.CSafeLoader": _measured("yaml", folder),
    }
    for name, (seconds, megabytes) in rows.items():
        table.add_row(name, f"{seconds:.2f}", f"{megabytes:.0f}")
    return table


def _looking_up(folder: Path) -> Table:
    table = Table(title="one look-up, in millionths of a second; the first time each is asked")
    for name in ("people", "in memory", "in the index"):
        table.add_column(name, justify="right")
    for vendors, people in LOOKED_UP:
        register = folder / str(vendors) / "register"
        write_register(register, vendors, people)
        seconds = [_measured(f"{where} look-ups", register)[0] for where in ("memory", "index")]
        table.add_row(
            f"{vendors * people:,}", *(f"{1e6 * one / (4 * min(ASKED, vendors * people)):.1f}" for one in seconds)
        )
    return table


def _people(folder: Path) -> int:
    return sum(path.read_text().count("\n  - id: p-") for path in folder.rglob("*.yaml"))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.yaml"))


def main() -> None:
    """Write registers, and say what reading them and asking them takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vendors", type=int, default=1_000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--measure", choices=MEASURED, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        _measure(given.measure, given.folder)
        return
    console = Console(width=100)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "whole" / "register"
        write_register(folder, given.vendors, given.people)
        console.print(_loading(folder, given.vendors, given.people))
        console.print(_looking_up(Path(scratch)))


if __name__ == "__main__":
    main()
