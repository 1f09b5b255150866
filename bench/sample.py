"""Which repository is measured? Real Python files, and a vendor's change to some of them: ten of 200, say."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILES = 200
CHANGED = 10
PER_PIPELINE = 50
SMALLEST, LARGEST = 1_000, 60_000
# Packages with ordinary hand-written code; of these, files are taken at even distances.
PACKAGES = ("bandit", "click", "git", "httpx", "jsonschema", "mypy", "pydantic", "pygments", "requests", "rich")

WEAK = '''

def run_report(request):
    """Added by the vendor: a name from the request reaches a shell."""
    import subprocess

    name = request.args["name"]
    return subprocess.call("report --for " + name, shell=True)
'''
HARMLESS = '''

def describe(values):
    """Added by the vendor: nothing to object to."""
    return ", ".join(sorted(str(value) for value in values))
'''

PIPELINE = """\
name: Build {number}
on: [pull_request]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: python -m build --number {number}
"""
PIPELINE_MORE = """\
      - run: echo "${{ github.event.pull_request.title }}"
"""
POLICY = """\
version: 1
organization: Corp
internal:
  people: people.yaml
  emails: ["*@corp.example"]
vendors: vendors/
tiers: {extends: baseline}
"""
# The same with typed detectors of credentials, which start kingfisher.
POLICY_OF_ALL = POLICY.replace(
    "tiers: {extends: baseline}",
    "tiers: {extends: baseline, standard: {gates: {secrets: {detectors: all}}}}",
)
PEOPLE = """\
- {id: ida, name: Ida Internal, emails: [ida@corp.example], github: {login: ida, id: 1}}
- {id: ina, name: Ina Internal, emails: [ina@corp.example], github: {login: ina, id: 2}}
"""
VENDOR = f"""\
id: acme
name: Acme Dev Ltd
owner: procurement@corp.example
tier: standard
contract:
  reference: MSA-1
  document: {{file: msa-1.pdf, sha256: "{"0" * 64}"}}
  signed_on: 2025-12-01
  valid: {{from: 2026-01-01, until: 2099-12-31}}
  approved_by: [legal]
  clauses:
    secure-coding: {{section: "1"}}
    ip-ownership: {{section: "2"}}
    data-protection: {{section: "3"}}
    right-to-audit: {{section: "4"}}
    vulnerability-remediation: {{section: "5"}}
    confidentiality: {{section: "6"}}
access: {{repositories: ["corp/sample"], paths: ["**"]}}
people:
  - id: vic
    name: Vic Vendor
    emails: [vic@acme.example]
    github: {{login: vicv, id: 9}}
    nda: {{signed_on: 2025-12-01}}
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A repository at the head of its change, with what `check` needs beside it."""

    repository: Path
    base: str
    head: str
    changed: tuple[str, ...]  # in Python
    pipelines: tuple[str, ...]  # changed, too
    policy: Path
    change: Path


def build_sample(
    room: Path, *, vendor: bool, count: int = FILES, changing: int = CHANGED, every_scanner: bool = False
) -> Sample:
    """Write the repository; the change is a vendor's or our own.

    `every_scanner`: with one workflow to fifty files, and a tier that counts on typed detectors.
    """
    repository = room / (f"vendor-{count}-{changing}" if vendor else "internal")
    files = _real_files(count)
    pipelines = _pipelines(count) if every_scanner else {}
    for name, content in (files | pipelines).items():
        target = repository / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    _git(repository, "init", "-q", "-b", "main")
    base = _commit(repository, "Import", "Ida Internal <ida@corp.example>")
    changed = _spread(files, changing)
    for position, name in enumerate(changed):
        with (repository / name).open("a") as file:
            file.write(WEAK if position == 0 else HARMLESS)
    more = _spread(pipelines, max(1, changing // PER_PIPELINE)) if pipelines else ()
    for name in more:
        with (repository / name).open("a") as file:
            file.write(PIPELINE_MORE)
    who, login, number = (
        ("Vic Vendor <vic@acme.example>", "vicv", 9) if vendor else ("Ina Internal <ina@corp.example>", "ina", 2)
    )
    head = _commit(repository, "Add reports", who)
    change = _change(room, head, login, number)
    return Sample(repository, base, head, changed, more, _policy(room, every_scanner), change)


def _spread(files: Mapping[str, bytes], number: int) -> tuple[str, ...]:
    return tuple(sorted(files)[:: len(files) // number][:number])


def _pipelines(count: int) -> dict[str, bytes]:
    numbers = range(max(1, count // PER_PIPELINE))
    return {f".github/workflows/{number}.yml": PIPELINE.format(number=number).encode() for number in numbers}


def _real_files(count: int) -> dict[str, bytes]:
    """Take the files at even distances over all candidates, so that the same environment gives the same ones."""
    library = Path(sysconfig.get_paths()["purelib"])
    candidates = _candidates(library, PACKAGES)
    if len(candidates) < count:  # then of every package that is installed
        candidates = _candidates(library, ("",))
    if len(candidates) < count:
        raise SystemExit(
            f"bench: {len(candidates)} candidate files in {library}, want {count} -> run `make install`"
        )
    step = len(candidates) / count
    chosen = [candidates[int(position * step)] for position in range(count)]
    return {f"vendored/{path.relative_to(library).as_posix()}": path.read_bytes() for path in chosen}


def _candidates(library: Path, packages: tuple[str, ...]) -> list[Path]:
    return sorted(
        path
        for package in packages
        for path in (library / package).rglob("*.py")
        if SMALLEST <= path.stat().st_size <= LARGEST and path.is_file()
    )


def _policy(room: Path, every_scanner: bool) -> Path:
    folder = room / "policy"
    policy = POLICY_OF_ALL if every_scanner else POLICY
    for name, text in (("policy.yaml", policy), ("people.yaml", PEOPLE), ("vendors/acme.yaml", VENDOR)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def _change(room: Path, head: str, login: str, number: int) -> Path:
    """Say what a forge would: who opened and pushed, and one independent approval."""
    account = {"login": login, "id": number}
    approval = {
        "id": 1,
        "reviewer": {"login": "ida", "id": 1, "type": "User"},
        "state": "APPROVED",
        "commit": head,
        "submitted_at": "2026-01-10T11:00:00Z",
    }
    said = {
        "repository": "corp/sample",
        "number": 1,
        "author": account,
        "pushers": [account],
        "head_seen_at": "2026-01-10T10:00:00Z",
        "reviews": [approval],
    }
    path = room / f"change-{login}.json"
    path.write_text(json.dumps(said))
    return path


def _commit(repository: Path, subject: str, who: str) -> str:
    _git(repository, "add", "-A")
    name, email = who.rstrip(">").split(" <")
    person = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", email))
    }
    dates = {"GIT_AUTHOR_DATE": "2026-01-10T09:00:00Z", "GIT_COMMITTER_DATE": "2026-01-10T09:00:00Z"}
    _git(repository, "commit", "-q", "-m", subject, environment=person | dates)
    return _git(repository, "rev-parse", "HEAD").strip()


def _git(repository: Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    clean = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **(environment or {}),
    }
    return subprocess.run(
        ["git", "-C", str(repository), *arguments], env=clean, check=True, capture_output=True, text=True
    ).stdout
