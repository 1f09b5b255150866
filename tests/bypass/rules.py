"""Attacks on the rules that judge the change, and on time."""

from __future__ import annotations

from datetime import datetime

from tests.bypass.scene import CLEAN, POLICY, VENDOR, Scene, denied


@denied("policy-touched", ".outsource-gate/policy.yaml")
def editing_the_policy(scene: Scene) -> None:
    scene.policy_in_repo = True
    scene.commit({".outsource-gate/policy.yaml": POLICY.replace('["*@corp.example"]', '["*@acme-dev.example"]')})


@denied("path-unread", "services/tool.exe")
def a_policy_at_head_that_allows_everything_judges_nothing(scene: Scene) -> None:
    """The base's policy judges, whatever head's says."""
    scene.policy_in_repo = True
    vendor = VENDOR.replace('deny_paths: ["core/**"]', "deny_paths: []")
    scene.commit({".outsource-gate/vendors/acme.yaml": vendor, "services/tool.exe": b"MZ\x90\x00\x03" + bytes(200)})


@denied("policy-touched", ".outsource-gate/vendors/acme.yaml")
def deleting_ones_own_register_entry(scene: Scene) -> None:
    scene.policy_in_repo = True
    scene.commit({".outsource-gate/vendors/acme.yaml": None})


@denied("policy-broken")
def breaking_the_policy(scene: Scene) -> None:
    """A policy that cannot be read would stop every later change, or the gate."""
    scene.policy_in_repo = True
    scene.commit({".outsource-gate/policy.yaml": "version: [\n"})


@denied("policy-touched", ".Outsource-Gate/policy.yaml")
def a_policy_in_another_case(scene: Scene) -> None:
    scene.commit({".Outsource-Gate/policy.yaml": POLICY})


@denied("code-owners-touched", "CODEOWNERS")
def editing_the_code_owners(scene: Scene) -> None:
    scene.commit({"CODEOWNERS": "* @vicv\n"})


@denied("code-owners-touched", ".github/CODEOWNERS")
def a_second_code_owners_file_that_shadows_the_first(scene: Scene) -> None:
    scene.commit({".github/CODEOWNERS": "* @vicv\n"})


@denied("ci-touched", ".github/workflows/ci.yml")
def editing_a_workflow(scene: Scene) -> None:
    scene.commit({".github/workflows/ci.yml": "on: pull_request_target\njobs: {}\n"})


@denied("ci-touched", ".github/workflows/outsource-gate.yml")
def a_new_workflow_with_the_gates_name(scene: Scene) -> None:
    scene.commit({".github/workflows/outsource-gate.yml": "name: outsource-gate\non: push\njobs: {}\n"})


@denied("ci-touched", ".github/workflows/ci.yml")
def deleting_a_workflow(scene: Scene) -> None:
    scene.commit({".github/workflows/ci.yml": None})


@denied("ci-touched", "web/.husky/pre-commit")
def a_hook_that_runs_on_our_machines(scene: Scene) -> None:
    scene.commit({"web/.husky/pre-commit": "#!/bin/sh\nexit 0\n"})


@denied("path-denied", "core/ledger.py")
def moving_a_foreign_file_into_ones_own_folder(scene: Scene) -> None:
    """Both sides of a rename count."""
    scene.repo.rename("core/ledger.py", "services/ledger.py")
    scene.commit()


@denied("repository-out-of-scope")
def another_repository(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"})
    scene.extra["repository"] = "corp/ledger"


@denied("contract-not-in-force")
def dates_inside_a_contract_that_is_over(scene: Scene) -> None:
    """The commit's date is a claim; the gate's clock decides."""
    scene.commit({"services/refund.py": CLEAN + "\n"}, date=int(datetime(2026, 6, 1).timestamp()))
    scene.now = datetime.fromisoformat("2027-01-15T00:00:00+00:00")


@denied("person-inactive")
def a_person_who_left_the_vendor(scene: Scene) -> None:
    scene.commit({"services/refund.py": CLEAN + "\n"}, author="Val <val@acme-dev.example>")
    scene.now = datetime.fromisoformat("2027-01-01T00:00:00+00:00")
