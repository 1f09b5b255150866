"""A whole head: everything in it is accounted for, and every finding is somebody's work since some commit."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from outsource_gate.cli.cache import KeptRegister
from outsource_gate.errors import PolicyError, UsageError
from outsource_gate.head_scan import Asked, scan_head
from outsource_gate.model.facts import PolicySource, Unavailable
from outsource_gate.model.finding import Read, Scan
from outsource_gate.model.origin import HeadFinding, HeadScan, Origin
from outsource_gate.model.secret import SecretScan
from outsource_gate.reports.scan_json import head_json
from outsource_gate.reports.scan_v1 import published_schema
from outsource_gate.scanners.cache.store import Store
from outsource_gate.scanners.run import SCANNERS, scan_change
from tests.bypass.scene import AFFILIATE, CLEAN, FLAW, POLICY, VENDOR
from tests.repo import GITLINK, Entry, Repo, SigningKey
from tests.scanners import planted

pytestmark = pytest.mark.tools

VIC, LAB = "Vic Vendor <vic@acme-dev.example>", "Lab <lab@labs.example>"
INA, EVE = "Ina Internal <ina@corp.example>", "Eve <eve@nowhere.example>"
RULE = "python.flask.command-injection"
SEMGREP = tuple(scanner for scanner in SCANNERS if scanner.id == "semgrep")
FOLDER = ".outsource-gate"


def policy_files(ina_key: str = "") -> dict[str, str]:
    key = f"      signing_keys: [{ina_key}]\n" if ina_key else ""
    return {
        f"{FOLDER}/policy.yaml": POLICY.replace("      signing_keys: [INA_KEY]\n", key),
        f"{FOLDER}/vendors/acme.yaml": VENDOR.replace("    signing_keys: [VIC_KEY]\n", ""),
        f"{FOLDER}/vendors/labs.yaml": AFFILIATE,
    }


def start(folder: Path, **files: str) -> Repo:
    repo = Repo(folder / "repo")
    repo.commit("Start", {**policy_files(), "README.md": "# Payments\n", **files}, author=INA)
    return repo


def scan(repo: Repo, **more: Any) -> HeadScan:
    return scan_head(Asked(repo.path, scanners=SEMGREP, **more), lambda _: None)


def one(head: HeadScan, path: str, rule: str = RULE) -> HeadFinding:
    (found,) = (each for each in head.findings if (each.finding.location.path, each.finding.rule) == (path, rule))
    return found


def origin(head: HeadScan, path: str) -> Origin:
    found = one(head, path).origin
    assert isinstance(found, Origin), found
    return found


def test_each_finding_is_its_vendors_since_its_commit_through_merge_and_rename(tmp_path: Path) -> None:
    repo = start(tmp_path)
    repo.branch("feature")
    written = repo.commit("Ping", {"app/ping.py": FLAW}, author=VIC)
    repo.switch("main")
    repo.commit("Ours", {"app/clean.py": CLEAN}, author=INA)
    merge = repo.merge("feature", author=INA)
    repo.rename("app/ping.py", "lib/net.py")
    repo.commit("Move", author=INA)
    labs = repo.commit("Labs", {"app/labs.py": FLAW.replace("ping", "pong")}, author=LAB)
    repo.commit("Eve", {"app/eve.py": FLAW.replace("ping", "peng")}, author=EVE)
    repo.commit("Ina", {"app/ina.py": FLAW.replace("ping", "pung")}, author=INA)
    head = scan(repo)
    acme = origin(head, "lib/net.py").introduced
    assert (acme.commit, acme.path, acme.line, acme.vendors) == (written, "app/ping.py", 11, ("acme",))
    assert acme.landed is not None and acme.landed.commit == merge
    assert acme.committed_at is not None and acme.committed_at.date().isoformat() == "2026-01-01"
    assert [role.person for role in acme.roles if role.role == "author"] == ["vic"]
    other = origin(head, "app/labs.py").introduced
    assert (other.commit, other.vendors, other.rests_on) == (labs, ("acme-labs",), "claims")
    assert origin(head, "app/eve.py").vendors == ("unknown",)
    assert origin(head, "app/ina.py").vendors == ()
    assert origin(head, "app/ina.py").introduced.notes == ("internal-claim-not-proven",)
    assert dict(head.names) == {"acme": "Acme Dev Ltd", "acme-labs": "Acme Labs"}


def test_of_several_lines_the_newest_commit_counts(tmp_path: Path) -> None:
    """whatever it claims to be dated"""
    spread = FLAW.replace('check_output("ping', 'check_output(\n        "ping')
    spread = spread.replace("shell=True)", "shell=True,\n    )")
    repo = start(tmp_path)
    repo.commit("First", {"a.py": spread}, author=LAB, date=1_800_000_000)
    last = repo.commit("Last", {"a.py": spread.replace("ping -c1 ", "ping -c2 ")}, author=VIC, date=1_000_000_000)
    head = scan(repo)
    found = next(each for each in head.findings if each.finding.rule == "python.process.shell-with-variable")
    assert found.finding.location.end_line > found.finding.location.start_line
    assert isinstance(found.origin, Origin)
    assert (found.origin.introduced.commit, found.origin.vendors) == (last, ("acme",))


def test_whoever_copies_or_moves_is_named_beside_the_writer(tmp_path: Path) -> None:
    """so that neither gets rid of a finding by moving it about"""
    repo = start(tmp_path, **{"app/other.py": CLEAN})
    first = repo.commit("First", {"app/long.py": FLAW + "\n\n" + CLEAN}, author=LAB)
    moved = repo.commit("Move", {"app/long.py": CLEAN, "app/other.py": CLEAN + "\n\n" + FLAW}, author=VIC)
    found = origin(scan(repo), "app/other.py")
    assert found.placed is not None
    assert (found.introduced.commit, found.placed.commit) == (first, moved)
    assert found.vendors == ("acme", "acme-labs")


def test_a_registered_signature_is_said(tmp_path: Path) -> None:
    key = SigningKey.generate(tmp_path)
    repo = Repo(tmp_path / "repo")
    repo.commit("Start", policy_files(key.public), author=INA)
    repo.commit("Signed", {"a.py": FLAW}, author=INA, sign=key)
    introduced = origin(scan(repo), "a.py").introduced
    assert (introduced.rests_on, introduced.notes, introduced.vendors) == ("signature", (), ())


def test_the_commit_is_read_and_not_the_checkout(tmp_path: Path) -> None:
    repo = start(tmp_path, **{"a.py": CLEAN})
    old = repo.head
    repo.commit("Flaw", {"a.py": FLAW}, author=VIC)
    repo.checkout()
    (repo.path / "a.py").write_text(CLEAN)
    (repo.path / "untracked.py").write_text(FLAW)
    assert one(scan(repo), "a.py")
    assert not scan(repo, ref=old).findings
    assert {row.path for row in scan(repo).coverage} == {*policy_files(), "README.md", "a.py"}


def test_everything_in_the_tree_has_a_row_as_in_a_change(tmp_path: Path) -> None:
    repo = start(tmp_path, **{"a.py": FLAW, "a.swift": "print(1)\n"})
    lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 7\n"
    repo.symlink("link.py", "a.py")
    repo.write("sub", Entry(GITLINK, "1" * 40))
    repo.write("big.py", lfs)
    repo.write(b"\xff.py", FLAW)
    repo.commit("Odd", author=VIC)
    head = scan(repo)
    rows = {row.path: row.read for row in head.coverage}
    assert (rows["a.py"], rows["link.py"], rows["sub"], rows["big.py"]) == (Read.SCANNED, *[Read.UNREAD] * 3)
    assert rows["a.swift"] is Read.UNSUPPORTED
    assert len(rows) == len(head.blobs) == len(policy_files()) + 7
    odd = one(head, "\\xff.py").origin
    assert isinstance(odd, Unavailable) and "UTF-8" in odd.reason


def test_findings_and_fingerprints_are_those_of_a_change(tmp_path: Path) -> None:
    from tests.scanners.fake import Blobs, added

    repo = start(tmp_path, **{"a.py": FLAW})
    blobs = Blobs()
    change = scan_change([added(blobs, "a.py", FLAW)], blobs, scanners=SEMGREP)
    told = {found.fingerprint for each in change.scans if isinstance(each, Scan) for found in each.findings}
    assert {each.finding.fingerprint for each in scan(repo).findings} == told


def test_equal_findings_of_a_file_are_numbered(tmp_path: Path) -> None:
    line = "    subprocess.call(request.args['x'], shell=True)\n"
    repo = start(tmp_path, **{"a.py": f"import subprocess\nfrom flask import request\n\ndef f():\n{line}{line}"})
    twins = [each for each in scan(repo).findings if each.finding.rule == RULE]
    assert len({each.finding.fingerprint for each in twins}) == 1
    assert [each.occurrence for each in twins] == [1, 2]


def test_credentials_are_named_with_their_commit_and_never_told(tmp_path: Path) -> None:
    """also at every path of the same content, and in the name that a file once had"""
    password = planted.password()
    text = f"import os\npassword = '{password}'\nos.system(password + input())\n"
    repo = start(tmp_path)
    written = repo.commit("Key", {"a.py": text, "b.py": text}, author=VIC)
    head = scan_head(Asked(repo.path), lambda _: None)
    assert isinstance(head.secrets, SecretScan)
    places = {(held.secret.path, held.secret.line) for held in head.secret_origins}
    assert places == {("a.py", 2), ("b.py", 2)}
    assert all(
        isinstance(held.origin, Origin) and held.origin.introduced.commit == written for held in head.secret_origins
    )
    assert head.findings
    assert password not in repr(head) and password not in head_json(head)


def test_without_a_policy_commits_are_told_and_nobody_is_looked_up(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    written = repo.commit("Flaw", {"a.py": FLAW}, author=VIC)
    head = scan(repo)
    assert isinstance(head.policy, Unavailable)
    assert (origin(head, "a.py").introduced.commit, origin(head, "a.py").vendors) == (written, None)


def test_a_policy_can_be_named_and_not_from_the_checkout(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("Flaw", {"a.py": FLAW}, author=VIC)
    for name, text in policy_files().items():
        path = tmp_path / "policy" / name.removeprefix(f"{FOLDER}/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    head = scan(repo, policy=tmp_path / "policy")
    assert isinstance(head.policy, PolicySource)
    assert origin(head, "a.py").vendors == ("acme",)
    with pytest.raises(UsageError, match="inside the checkout"):
        scan(repo, policy=repo.path)


def test_the_branch_that_is_scanned_does_not_say_who_is_who(tmp_path: Path) -> None:
    """the register is the target branch's: a contractor cannot register themselves as ours"""
    repo = start(tmp_path)
    repo.branch("feature")
    ours = policy_files()[f"{FOLDER}/policy.yaml"].replace("*@corp.example", "*@acme-dev.example")
    repo.commit("Flaw", {"a.py": FLAW, f"{FOLDER}/policy.yaml": ours}, author=VIC)
    assert origin(scan(repo, ref="feature"), "a.py").vendors == ("acme",)


def test_a_broken_policy_is_an_error(tmp_path: Path) -> None:
    repo = start(tmp_path, **{f"{FOLDER}/policy.yaml": "version: 7\n"})
    with pytest.raises(PolicyError):
        scan(repo)


def test_a_shallow_clone_knows_no_origins_and_all_findings(tmp_path: Path) -> None:
    """its oldest commit would have to answer for everything"""
    repo = start(tmp_path, **{"a.py": FLAW})
    repo.commit("More", {"b.py": CLEAN}, author=VIC)
    repo.git("clone", "-q", "--depth=1", f"file://{repo.path}", tmp_path / "shallow")
    head = scan_head(Asked(tmp_path / "shallow", scanners=SEMGREP), lambda _: None)
    found = one(head, "a.py").origin
    assert isinstance(found, Unavailable) and "shallow" in found.reason


def test_kept_answers_give_the_same_head(tmp_path: Path) -> None:
    repo = start(tmp_path, **{"a.py": FLAW})
    now = datetime(2026, 11, 23, tzinfo=UTC)
    stores: list[Callable[[], Store | None]] = [lambda: None, *[lambda: Store(tmp_path, b"k" * 16)] * 2]
    kept = [None, *[KeptRegister(tmp_path, 0, lambda: b"k" * 16)] * 2]
    heads = [scan(repo, now=now, store=store(), kept=index) for store, index in zip(stores, kept, strict=True)]
    assert heads[0] == heads[1] == heads[2]
    assert len([path for path in tmp_path.glob("outsource-gate.register.*") if path.suffix != ".lock"]) == 1


def test_a_bare_repository_will_do(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo.git", bare=True)
    repo.commit("Start", {**policy_files(), "a.py": FLAW}, author=VIC)
    assert origin(scan(repo), "a.py").vendors == ("acme",)


def test_the_json_is_as_published_and_has_what_a_tracker_reads(tmp_path: Path) -> None:
    repo = start(tmp_path)
    repo.commit("Flaw", {"a.py": FLAW, "key.txt": f"password = '{planted.password()}'\n"}, author=VIC)
    repo.write("sub", Entry(GITLINK, "1" * 40))
    repo.commit("Odd", author=EVE)
    told = json.loads(head_json(scan(repo)))
    jsonschema.validate(told, published_schema(), format_checker=jsonschema.FormatChecker())
    found = next(each for each in told["findings"] if each["rule"] == RULE)
    assert found["vendors"] == ["acme"] and found["fingerprint"].startswith("v1:") and found["occurrence"] == 1
    assert found["origin"]["introduced"]["committed_at"].startswith("2026-01-01T")
    assert found["origin"]["introduced"]["landed"]["commit"]
    tool = next(each for each in told["tools"] if each["scanner"] == "semgrep")
    assert tool["version"] and len(tool["rules_digest"]) == 64
    rows = {row["path"]: row for row in told["coverage"]}
    assert rows["a.py"]["read"] == "scanned" and len(rows["a.py"]["blob"]) == 40
    assert rows["sub"]["not_scanned"]
    assert told["repository"]["policy"]["register_digest"]
