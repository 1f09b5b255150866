"""Reports of other scanners and of tests that a tier asks for, and ways to do without an honest one."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from outsource_gate.evidence.keys import Signer, generate_keypair, load_signer
from outsource_gate.evidence.signed_result import SUFFIX, Claim, sign_result
from outsource_gate.evidence.trust_edit import NewKey, with_key
from tests.bypass.scene import CLEAN, NOW, Scene, allowed, denied, undecided

ASKED = """\
sources: {results: {zap: {format: sarif}, unit: {format: junit}}, trust: trust.yaml}
tiers: {extends: baseline, standard: {gates: {testing: {change: [NAMES], signing: SIGNING}}}}
"""
WORK = {"services/refund.py": CLEAN + "\n\nLIMIT = 10\n"}
FINDING = {"ruleId": "40012", "level": "error", "message": {"text": "reflected script"}}
PASSED = '<testsuite tests="1"><testcase name="a"/></testsuite>'


def _ask(scene: Scene, names: str, signing: str = "optional") -> None:
    policy = scene.policy / "policy.yaml"
    asked = ASKED.replace("NAMES", names).replace("SIGNING", signing)
    policy.write_text(policy.read_text().replace("tiers: {extends: baseline}\n", asked))
    _trust(scene, "zap")


def _trust(scene: Scene, results: str) -> None:
    new = NewKey("scan", _key(scene, "scan").public_key, results=(results,))
    (scene.policy / "trust.yaml").write_text(with_key(None, new, "trust.yaml"))


def _key(scene: Scene, name: str) -> Signer:
    path = scene.folder / f"{name}.key"
    if not path.exists():
        path.write_bytes(generate_keypair("ed25519", None).private_pem)
        path.chmod(0o600)
    return load_signer(f"file:{path}", None)


def _report(scene: Scene, *results: Any, name: str = "zap.sarif", **changes: Any) -> Path:
    run = {"tool": {"driver": {"name": "ZAP"}}, "results": list(results), **changes}
    path = scene.folder / name
    path.write_text(json.dumps({"version": "2.1.0", "runs": [run]}))
    return path


def _hand(scene: Scene, path: Path, name: str = "zap") -> None:
    scene.results.append((name, path))


def _sign(scene: Scene, path: Path, key: str = "scan", commit: str = "", name: str = "zap") -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    claim = Claim(
        name, "sarif", digest, "forge.example/corp/payments", commit or scene.repo.head, NOW - timedelta(hours=1)
    )
    path.with_name(path.name + SUFFIX).write_bytes(sign_result(claim, _key(scene, key)))


@denied("result-missing")
def not_running_the_scan(scene: Scene) -> None:
    _ask(scene, "zap")
    scene.commit(WORK)


@denied("result-missing")
def a_report_under_another_name(scene: Scene) -> None:
    _ask(scene, "zap")
    scene.commit(WORK)
    unit = scene.folder / "unit.xml"
    unit.write_text(PASSED)
    _hand(scene, unit, "unit")


@denied("result-of-another-commit")
def the_clean_report_of_an_earlier_commit(scene: Scene) -> None:
    _ask(scene, "zap")
    earlier = scene.commit(WORK)
    scene.commit({"services/refund.py": CLEAN + "\n\nLIMIT = 11\n"})
    _hand(scene, _report(scene, versionControlProvenance=[{"revisionId": earlier}]))


@denied("result-of-another-commit")
def the_signature_of_an_earlier_commit(scene: Scene) -> None:
    _ask(scene, "zap", "required")
    earlier = scene.commit(WORK)
    scene.commit({"services/refund.py": CLEAN + "\n\nLIMIT = 11\n"})
    path = _report(scene)
    _sign(scene, path, commit=earlier)
    _hand(scene, path)


@undecided("result-unavailable")
def a_report_that_the_change_brings_along(scene: Scene) -> None:
    """The job's own scan failed before it wrote one."""
    _ask(scene, "zap")
    scene.commit({**WORK, "zap.sarif": _report(scene).read_text()})
    _hand(scene, scene.repo.path / "zap.sarif")


@undecided("result-unavailable")
def a_report_behind_a_link_of_the_change(scene: Scene) -> None:
    _ask(scene, "zap")
    scene.commit({**WORK, "docs/clean.txt": _report(scene).read_text()})
    (scene.repo.path / "out").symlink_to("docs")
    _hand(scene, scene.repo.path / "out" / "clean.txt")


@undecided("result-unavailable")
def a_signature_by_ones_own_key(scene: Scene) -> None:
    _ask(scene, "zap", "required")
    scene.commit(WORK)
    path = _report(scene)
    _sign(scene, path, "vic")
    _hand(scene, path)


@undecided("result-unavailable")
def a_report_changed_after_it_was_signed(scene: Scene) -> None:
    _ask(scene, "zap", "required")
    scene.commit(WORK)
    _sign(scene, _report(scene, FINDING))
    _hand(scene, _report(scene))


@undecided("result-unavailable")
def a_key_for_other_results(scene: Scene) -> None:
    _ask(scene, "zap", "required")
    _trust(scene, "unit")
    scene.commit(WORK)
    path = _report(scene)
    _sign(scene, path)
    _hand(scene, path)


@denied("result-unsigned")
def taking_the_signature_away(scene: Scene) -> None:
    _ask(scene, "zap", "required")
    scene.commit(WORK)
    _hand(scene, _report(scene))


@denied("result-finding")
def a_finding_that_the_source_suppresses(scene: Scene) -> None:
    _ask(scene, "zap")
    scene.commit(WORK)
    _hand(scene, _report(scene, {**FINDING, "suppressions": [{"kind": "inSource"}]}))


@denied("result-broken")
def a_scan_that_was_made_to_fail(scene: Scene) -> None:
    _ask(scene, "zap")
    scene.commit(WORK)
    _hand(scene, _report(scene, invocations=[{"executionSuccessful": False}]))


@denied("tests-none")
def skipping_every_test(scene: Scene) -> None:
    _ask(scene, "unit")
    scene.commit(WORK)
    path = scene.folder / "unit.xml"
    path.write_text('<testsuite tests="1" skipped="1"><testcase name="a"><skipped/></testcase></testsuite>')
    _hand(scene, path, "unit")


@undecided("result-unavailable")
def a_report_that_grows_while_it_is_read(scene: Scene) -> None:
    """Entities of XML."""
    _ask(scene, "unit")
    scene.commit(WORK)
    path = scene.folder / "unit.xml"
    path.write_text(f'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>{PASSED.replace("a", "&b;", 1)}')
    _hand(scene, path, "unit")


@allowed
def clean_reports_of_the_head(scene: Scene) -> None:
    _ask(scene, "zap, unit")
    head = scene.commit(WORK)
    _hand(scene, _report(scene, versionControlProvenance=[{"revisionId": head}]))
    path = scene.folder / "unit.xml"
    path.write_text(PASSED)
    _hand(scene, path, "unit")


@allowed
def a_clean_report_that_the_scanning_job_signed(scene: Scene) -> None:
    _ask(scene, "zap", "required")
    scene.commit(WORK)
    path = _report(scene, {**FINDING, "level": "note"})
    _sign(scene, path)
    _hand(scene, path)


@allowed
def a_report_written_into_the_checkout(scene: Scene) -> None:
    """Beside what head holds, not part of it."""
    _ask(scene, "zap")
    scene.commit(WORK)
    path = scene.repo.path / "out.sarif"
    path.write_bytes(_report(scene).read_bytes())
    _hand(scene, path)
