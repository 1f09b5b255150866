"""outsource-gate vendors add as a user sees it: at a terminal, unattended, and where something is wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.cli import main
from outsource_gate.model.register import Vendor
from tests.access_review import scene
from tests.cli.test_init import typed

CLAUSES = ("secure-coding", "ip-ownership", "data-protection", "right-to-audit", "vulnerability-remediation",
           "confidentiality")  # fmt: skip
WHOLE = {
    "owner": "ina@corp.example",
    "tier": "critical",
    "contract.reference": "X-1",
    "contract.document": "msa.pdf",
    "contract.signed_on": "2026-01-10",
    "contract.from": "2026-01-15",
    "contract.until": "2099-01-14",
    "contract.approved_by": "legal, ciso",
    **{f"contract.clauses.{name}": "7.1" for name in CLAUSES},
    "security_contact": "security@new.example",
    "incident_notification.channel": "+49 30 0000",
    "due_diligence.risk_assessment": "2026-01-02",
    "due_diligence.personnel_vetting": "2026-01-03",
    "due_diligence.certifications.1.valid_until": "2098-12-31",
    "access.repositories": "corp/new",
    "access.paths": "new/**, docs/**",
    "access.reviewed": "2026-11-20",
    "access.remote_access.verified_on": "2026-11-01",
    "access.device_management": "2026-11-01",
    "oversight.sprint-review.last": "2026-11-20",
    "people.1.id": "fay",
    "people.1.email": "fay@new.example",
    "people.1.account": "github:fay:99",
    "people.1.from": "2026-11-03",
    "people.1.nda": "2026-01-12",
    "people.1.training.secure_coding": "2026-02-02",
    "people.1.mfa": "2026-11-01",
    "people.1.checklist": "2026-11-02",
    "people.2.id": "fred",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scene.folder(tmp_path)
    (tmp_path / "msa.pdf").write_bytes(b"%PDF the contract")
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], folder: Path) -> Any:
    def run(*arguments: str, **answers: str) -> tuple[int, str, str]:
        given = [word for key, value in answers.items() for word in ("--set", f"{key}={value}")]
        with pytest.raises(SystemExit) as ended:
            main(["vendors", "add", *arguments, *given, "--policy", str(folder)])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def added(folder: Path, id: str = "new") -> Vendor:
    acme = (folder / "vendors" / "acme.yaml").read_text()
    return scene.register(folder, acme=acme).vendors[id]


def test_unattended_everything_that_is_set_is_in_the_file(run: Any, folder: Path) -> None:
    code, out, err = run("new", "--yes", **WHOLE)
    assert (code, err) == (0, "")
    assert out.startswith(f"wrote {folder}/vendors/new.yaml\n")
    vendor = added(folder)
    contract, access = vendor.contract, vendor.access
    assert contract is not None
    assert access is not None
    assert contract.document is not None
    assert contract.document.sha256 == hashlib.sha256(b"%PDF the contract").hexdigest()
    assert set(contract.clauses) == set(CLAUSES)
    assert contract.approved_by == ("legal", "ciso")
    assert (access.repositories, access.paths) == (("corp/new",), ("new/**", "docs/**"))
    assert [one.activity for one in vendor.oversight] == [
        "sprint-review",
        "architecture-assessment",
        "penetration-test",
    ]
    fay, fred = vendor.people
    assert (fay.github[0].id, fay.checklist and len(fay.checklist.version)) == (99, 12)
    assert (fred.id, fred.nda) == ("fred", None)


def test_what_is_whole_lints_without_a_warning(run: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    once = {f"oversight.{name}.last": "2026-11-20" for name in ("architecture-assessment", "penetration-test")}
    run("new", "--yes", **{key: value for key, value in WHOLE.items() if key != "people.2.id"} | once)
    main_lint(folder)
    told = [line for line in capsys.readouterr().out.splitlines() if "vendors/new.yaml" in line]
    assert [line for line in told if line.startswith("warning") and "due" not in line] == []


def main_lint(folder: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["policy", "lint", "--policy", str(folder)])
    assert not ended.value.code


@pytest.mark.parametrize("tier", ["standard", "elevated", "critical"])
def test_what_is_not_known_yet_stays_a_comment_and_the_result_reads_well(run: Any, folder: Path, tier: str) -> None:
    assert run("new", "--yes", tier=tier)[0] == 0
    text = (folder / "vendors" / "new.yaml").read_text()
    assert "\n# contract: # what was signed\n#   reference: NUMBER\n" in text
    assert ("security_contact" in text) == (tier == "critical")  # only what the tier needs
    assert ("risk_assessment" in text) == (tier != "standard")
    vendor = added(folder)
    assert (vendor.contract, vendor.access, vendor.people) == (None, None, ())
    assert vendor.owner == "procurement@corp.example"  # as for the vendors that are there
    main_lint(folder)


def test_the_first_vendor_of_all_can_be_added(run: Any, folder: Path) -> None:
    (folder / "vendors" / "acme.yaml").unlink()
    (folder / "vendors").rmdir()
    assert run("new", "--yes", owner="ina@corp.example")[0] == 0
    assert (folder / "vendors" / "new.yaml").exists()


def test_nothing_is_ever_overwritten(run: Any, folder: Path) -> None:
    code, _, err = run("acme", "--yes", tier="standard")
    assert code == 2
    assert "there already, and nothing is overwritten" in err
    assert (folder / "vendors" / "acme.yaml").read_text() == scene.ACME


def test_a_dry_run_shows_the_file_and_writes_none(run: Any, folder: Path) -> None:
    code, out, _ = run("new", "--yes", "--dry-run", tier="standard")
    assert code == 0
    assert out.startswith("id: new\nname: New\n")
    assert not (folder / "vendors" / "new.yaml").exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"tier": "golden"}, "--set tier: expected one of standard, elevated, critical"),
        ({"owner": "nobody"}, "--set owner: expected one address"),
        ({"contract.signed_on": "10.1.2026"}, "--set contract.signed_on: expected a day as YYYY-MM-DD"),
        ({"contract.document": "nowhere.pdf"}, "no such file beside the policy"),
        ({"contract.document": "../x.pdf"}, "leads out of the policy's folder"),
        ({"people.1.id": "fay", "people.1.account": "github:fay"}, "with the numeric id"),
        ({"people.2.id": "fay"}, "--set people.2.id: the tier does not ask for it"),
        ({"contract.refrence": "X"}, "did you mean contract.reference?"),
        ({"security_contact": "a@b.example"}, "the tier does not ask for it"),
        ({"name": "a\x1b[2Jb"}, "expected what can be read, on one line"),
        ({"people.1.id": "vic"}, "stands twice, also at vendors/acme.yaml"),
        ({"contract.reference": "X", "contract.from": "2026-02-01", "contract.until": "2026-01-01"}, "before from"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_one_clear_error_and_no_file(
    run: Any, folder: Path, answers: dict[str, str], said: str
) -> None:
    code, _, err = run("new", "--yes", **{"tier": "standard"} | answers)
    assert code == 2
    assert said in err
    assert not (folder / "vendors" / "new.yaml").exists()


@pytest.mark.parametrize("id", ["../x", "UPPER", "", "a b", "internal", "a\n"])
def test_an_id_that_is_none_is_a_usage_error(run: Any, folder: Path, id: str) -> None:
    assert run(id, "--yes", tier="standard")[0] == 2
    assert [file.name for file in folder.rglob("*.yaml") if file.parent.name == "vendors"] == ["acme.yaml"]


@pytest.mark.parametrize("id", ["123", "true", "null", "1e3"])
def test_an_id_that_yaml_could_take_for_something_else_is_text(run: Any, folder: Path, id: str) -> None:
    assert run(id, "--yes", tier="standard")[0] == 0
    assert added(folder, id).id == id


def test_nobody_there_to_answer_is_a_usage_error(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    code, _, err = run("new")
    assert code == 2
    assert "nobody is here to answer" in err


def test_a_policy_without_a_folder_for_vendors_says_what_to_add(run: Any, folder: Path) -> None:
    (folder / "policy.yaml").write_text(scene.POLICY.replace("vendors: vendors/\n", ""))
    code, _, err = run("new", "--yes")
    assert code == 2
    assert "add to the policy: vendors: vendors/" in err


def test_tiers_follow_from_the_answers_to_the_policys_questions(run: Any, folder: Path) -> None:
    tiering = "tiering: {data: {public: standard, personal: critical}}\n"
    (folder / "policy.yaml").write_text(scene.POLICY + tiering)
    assert run("new", "--yes", **{"answers.data": "personal"})[0] == 0
    text = (folder / "vendors" / "new.yaml").read_text()
    assert "tier: critical" in text
    assert "answers: {data: personal}" in text


def test_at_a_terminal_each_answer_is_checked_and_asked_again(folder: Path) -> None:
    answers = [
        "New Ltd", "", "gold", "standard",  # name, owner as proposed, no such tier, tier
        "X-1", "later", "tomorrow", "2026-01-10", "2026-01-15", "2099-01-14", "legal",  # contract
        *["7"] * 6,  # clauses
        "corp/new", "new/**",  # access
        "fay", "no address", "fay@new.example", "github:fay:99", "", "2026-01-12",  # a person
        "",  # no more people
    ]  # fmt: skip
    code, shown = typed(folder, "vendors", "add", "new", "--policy", str(folder), answers=answers)
    assert code == 0, shown
    assert "expected one of standard, elevated, critical" in shown
    assert "expected a day as YYYY-MM-DD" in shown
    assert "expected one address such as" in shown
    assert "security" not in shown.replace("secure-coding", "")  # standard does not ask for a contact
    vendor = added(folder)
    assert (vendor.name, vendor.owner, vendor.tier) == ("New Ltd", "procurement@corp.example", "standard")
    assert vendor.contract is not None
    assert (str(vendor.contract.signed_on), vendor.contract.document) == ("2026-01-10", None)
    assert [person.id for person in vendor.people] == ["fay"]
