"""`init` as it is typed: at a terminal, unattended, and what a vendor can do after it (nothing)."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.repo import Repo

VIC, INA = "Vic Vendor <vic@acme-dev.example>", "Ina Internal <ina@corp.example>"
FILES = ["people.yaml", "policy.yaml", "vendors/acme-dev.yaml"]
DAY = 86_400
FILLED_IN = [
    (r"(?m)^# (contract:|access:|  )", r"\1"),
    ("# nda: {signed_on: YYYY-MM-DD}", "nda: {signed_on: 2025-01-10}"),
    ("NUMBER OF THE CONTRACT", "MSA-2026-014"),
    ("sha256: SHA256", f"sha256: {'e' * 64}"),
    ("signed_on: YYYY-MM-DD", "signed_on: 2025-01-10"),
    ("from: YYYY-MM-DD, until: YYYY-MM-DD", "from: 2025-01-15, until: 2099-12-31"),
    ("WHO ON OUR SIDE", "legal"),
    ("SECTION}", '"7"}'),
    ("FOLDER/", "services/"),
    ("tier: critical", "tier: standard"),
    (r"# github: \{login: ..., id: ...\}", "github: {login: vicv, id: 4711}"),
]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Thirty days of work by Ina, Vic and, once, an old colleague."""
    repo = Repo(tmp_path / "payments")
    start = int(time.time()) - 30 * DAY
    repo.commit("Start", {"services/a.py": "A = 1\n"}, author="Old <old@corp.example>", date=start - 3 * 365 * DAY)
    for number in range(4):
        repo.commit("Vic's", {"services/a.py": f"A = {number}\n"}, author=VIC, date=start + number * DAY)
    repo.commit("Ina's", {"services/b.py": "B = 1\n"}, author=INA, date=start + 5 * DAY)
    repo.config("remote.origin.url", "git@forge.example:corp/payments.git")
    repo.config("user.email", "ida@corp.example")
    repo.config("user.name", "Ida Internal")
    repo.checkout()
    return repo


def environment(folder: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": str(folder), "COLUMNS": "80", "TERM": "xterm", "LC_ALL": "C.UTF-8"}


def gate(folder: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "outsource_gate", *words],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
        env=environment(folder),
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done


def typed(folder: Path, *words: str, answers: list[str]) -> tuple[int, str]:
    """Run at a real terminal and type these lines; give exit code and everything that was shown."""
    ours, theirs = pty.openpty()
    argv = [sys.executable, "-m", "outsource_gate", *words]
    with subprocess.Popen(
        argv,
        cwd=folder,
        env=environment(folder),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{line}\n" for line in answers).encode())
        shown = b""
        try:
            while block := os.read(ours, 4096):
                shown += block
        except OSError:  # the terminal is gone when the program is (Linux)
            pass
        code = process.wait(60)
    os.close(ours)
    return code, shown.decode().replace("\r\n", "\n")


def written(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_unattended_it_writes_what_it_proposes_and_the_result_reads_well(repo: Repo) -> None:
    done = gate(repo.path, "init", "--yes")
    folder = repo.path / ".outsource-gate"
    assert written(folder) == FILES
    assert "acme-dev.example      1        4  " in done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("wrote ")] == [
        f"wrote .outsource-gate/{name}" for name in ("policy.yaml", "people.yaml", "vendors/acme-dev.yaml")
    ]
    assert "old@corp.example" not in (folder / "people.yaml").read_text()
    assert "reads well: 1 vendor, 3 people" in gate(repo.path, "policy", "lint").stdout


def test_the_next_steps_work_as_they_stand_there(repo: Repo) -> None:
    """but for the key's password and the change itself"""
    shown = gate(repo.path, "init", "--yes").stdout
    commands = re.findall(r"(?m)^ {7}(.+)$", shown)
    assert [command.split()[:3] for command in commands] == [
        ["outsource-gate", "policy", "lint"],
        ["git", "add", ".outsource-gate"],
        ["outsource-gate", "keys", "generate"],
        ["outsource-gate", "check", "--base"],
    ]
    gate(repo.path, *commands[0].split()[1:])
    subprocess.run(
        commands[1], shell=True, cwd=repo.path, check=True, capture_output=True, env=environment(repo.path)
    )
    gate(repo.path, *commands[2].split()[1:], "--no-password")
    done = gate(repo.path, *commands[3].split()[1:], "--evidence", "../record.json", code=3)
    assert "there is no commit to judge between base and head" in done.stdout


def check(repo: Repo, head: str, code: int) -> dict[str, Any]:
    """Judge the branch `feature`, opened and pushed by Vic and approved by Ina; give the outcome."""
    vic = {"login": "vicv", "id": 4711}
    review = {"id": 1, "reviewer": {"login": "ina", "id": 1}, "state": "APPROVED", "commit": head}
    said = {"repository": "corp/payments", "author": vic, "pushers": [vic], "head_seen_at": "2026-11-01T10:00:00Z"}
    (repo.path.parent / "change.json").write_text(
        json.dumps(said | {"reviews": [review | {"submitted_at": "2026-11-01T11:00:00Z"}]})
    )
    frame = ("--base", "main", "--head", "feature", "--change", "../change.json", "--key", "file:../gate.key")
    done = gate(repo.path, "check", *frame, "--evidence", "../record.json", "--output", "json", code=code)
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def on_main(repo: Repo) -> dict[str, str]:
    return {f".outsource-gate/{name}": (repo.path / ".outsource-gate" / name).read_text() for name in FILES}


@pytest.mark.tools
def test_nobody_of_a_vendor_gets_through_by_the_proposal(repo: Repo) -> None:
    """until somebody fills in the contract, whatever the forge says of the change"""
    gate(repo.path, "init", "--yes")
    gate(repo.path, "keys", "generate", "--out", "../gate", "--no-password")
    repo.commit("Policy", on_main(repo), author=INA)
    repo.branch("feature")
    outcome = check(repo, repo.commit("Change", {"services/a.py": "A = 9\n"}, author=VIC), 1)
    codes = {
        (verdict["gate"], reason["code"])
        for verdict in outcome["verdicts"]
        for reason in verdict["reasons"]
        if verdict["vendor"] == "acme-dev"
    }
    assert outcome["decision"] == "DENY"
    assert {("contract", "contract-missing"), ("access", "access-missing")} <= codes


@pytest.mark.tools
def test_filled_in_by_people_the_same_change_is_allowed(repo: Repo) -> None:
    """contract and access from the signed document, the accounts, and the tier"""
    gate(repo.path, "init", "--yes")
    gate(repo.path, "keys", "generate", "--out", "../gate", "--no-password")
    texts = on_main(repo)
    people, _, file = texts
    texts[people] = texts[people].replace("# github: {login: ..., id: ...}", "github: {login: ina, id: 1}", 1)
    for old, new in FILLED_IN:
        texts[file] = re.sub(old, new, texts[file])
    repo.commit("Policy", texts, author=INA)
    repo.branch("feature")
    assert check(repo, repo.commit("Change", {"services/a.py": "A = 9\n"}, author=VIC), 0)["decision"] == "ALLOW"


def test_at_a_terminal_it_asks_four_questions_and_each_has_a_proposal(repo: Repo) -> None:
    code, shown = typed(repo.path, "init", answers=["", "Corp Bank", "", "procurement@corp.example"])
    assert code == 0
    assert re.findall(r"(?m)^(.+?) \[(.*?)\]: ", shown) == [
        ("Our domains", "corp.example"),
        ("Our name", "corp"),
        ("Vendors' domains", "acme-dev.example"),
        ("Contact", "ida@corp.example"),
    ]
    assert "The domain of your git configuration; most commits are of" in " ".join(shown.split())
    folder = repo.path / ".outsource-gate"
    assert "organization: Corp Bank #" in (folder / "policy.yaml").read_text()
    assert "owner: procurement@corp.example #" in (folder / "vendors/acme-dev.yaml").read_text()
    assert max(map(len, shown.splitlines())) <= 80


def test_an_answer_that_cannot_be_meant_is_asked_again(repo: Repo) -> None:
    code, shown = typed(repo.path, "init", answers=["corp", "gmail.com", "", "", "none"])
    assert code == 0
    assert shown.count("is no company's domain; expected such as corp.example") == 2
    assert written(repo.path / ".outsource-gate") == FILES[:2]


def test_what_the_command_line_says_is_not_asked(repo: Repo) -> None:
    given = (
        "--domains",
        "corp.example",
        "--organization",
        "Corp",
        "--vendors",
        "acme-dev.example",
        "--contact",
        "a@b.example",
    )
    code, shown = typed(repo.path, "init", *given, answers=[])
    assert code == 0
    assert "]:" not in shown


def test_the_table_calls_ours_what_the_command_line_calls_ours(repo: Repo) -> None:
    shown = gate(repo.path, "init", "--yes", "--domains", "acme-dev.example", "--dry-run").stderr
    assert re.search(r"acme-dev\.example .* ours, probably\n", shown)
    assert re.search(r"corp\.example .* a vendor, perhaps\n", shown)


def test_without_a_terminal_and_without_yes_it_says_so(repo: Repo) -> None:
    error = gate(repo.path, "init", code=2).stderr
    assert error == (
        "outsource-gate: there are questions, and nobody is here to answer\n  → take what is proposed with --yes\n"
    )
    assert not (repo.path / ".outsource-gate").exists()


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_overwritten_and_nothing_is_written_beside_it(repo: Repo, name: str) -> None:
    there = repo.path / ".outsource-gate" / name
    there.parent.mkdir(parents=True)
    there.symlink_to(repo.path / "nowhere")
    error = gate(repo.path, "init", "--yes", code=2).stderr
    assert f"outsource-gate: .outsource-gate/{name}: there already, and nothing is overwritten" in error
    assert written(repo.path / ".outsource-gate") == []
    gate(repo.path, "init", "--yes", "--out", "../elsewhere")
    assert written(repo.path.parent / "elsewhere") == FILES
    assert "version: 1" in gate(repo.path, "init", "--yes", "--dry-run").stdout


@pytest.mark.parametrize("name", [".outsource-gate", ".outsource-gate/vendors"])
def test_a_folder_that_leads_elsewhere_is_refused(repo: Repo, name: str) -> None:
    link = repo.path / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(repo.path.parent)
    assert f"{name}: is a symbolic link" in gate(repo.path, "init", "--yes", code=2).stderr
    assert not (repo.path.parent / "policy.yaml").exists()


def test_a_dry_run_prints_each_file_and_writes_none(repo: Repo) -> None:
    shown = gate(repo.path, "init", "--yes", "--dry-run").stdout
    assert re.findall(r"(?m)^# ---- (.+)$", shown) == ["policy.yaml", "people.yaml", "vendors/acme-dev.yaml"]
    assert not (repo.path / ".outsource-gate").exists()


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--domains", "corp", "--domains: 'corp' is no company's domain"),
        ("--domains", "*@users.noreply.github.com", "--domains: 'users.noreply.github.com' is no company's domain"),
        ("--contact", "procurement", "--contact: expected one address"),
        ("--organization", "a\x1bb", "--organization: expected a name on one line"),
        ("--branch", "nowhere", "revision 'nowhere': not found"),
    ],
)
def test_an_option_that_cannot_be_meant(repo: Repo, option: str, value: str, message: str) -> None:
    """is exit 2, and nothing is written"""
    assert f"outsource-gate: {message}" in gate(repo.path, "init", "--yes", option, value, code=2).stderr
    assert not (repo.path / ".outsource-gate").exists()


def test_in_an_empty_repository_you_are_the_first(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "new")
    repo.config("user.email", "ida@corp.example")
    done = gate(repo.path, "init", "--yes")
    assert "nobody to propose but you" in done.stderr
    assert "check --base main" in done.stdout
    assert "- id: ida\n" in (repo.path / ".outsource-gate/people.yaml").read_text()
    assert "reads well: 0 vendors, 1 people" in gate(repo.path, "policy", "lint").stdout


def test_where_nothing_says_our_name_it_wants_to_be_told(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "new")
    error = gate(repo.path, "init", "--yes", code=2).stderr
    assert "--organization: nothing here says it" in error
    gate(repo.path, "init", "--yes", "--organization", "Corp")


def test_a_shallow_clone_is_read_as_far_as_it_goes(repo: Repo) -> None:
    clone = repo.path.parent / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(clone))
    error = gate(clone, "init", "--yes", "--domains", "corp.example").stderr
    assert "the clone is shallow" in error
    assert "1 commit of refs/remotes/origin/HEAD" in error


def test_hostile_names_reach_neither_terminal_nor_yaml(repo: Repo) -> None:
    hostile = 'Ina\x1b[2J\x07 \u202e "x" # : [x] ::error::y <%s>'
    for number, email in enumerate(("x\x1b@acme-dev.example", "y@acme-dev.example", "\u0456na@corp.example")):
        repo.commit("Hostile", {"a.txt": str(number)}, author=hostile % email, date=int(time.time()) - DAY)
    done = gate(repo.path, "init", "--yes")
    texts = [(repo.path / ".outsource-gate" / name).read_text() for name in FILES]
    assert all(part.replace("\n", "").replace("→", "").isprintable() for part in (done.stdout, done.stderr, *texts))
    assert '"Ina\\\\x1b[2J\\\\x07 \\\\u202e \\"x\\" # : [x] ::error::y"' in texts[2]
    gate(repo.path, "policy", "lint")


def test_help_shows_an_example(repo: Repo) -> None:
    assert "Example: outsource-gate init --months 6" in gate(repo.path, "init", "--help").stdout
