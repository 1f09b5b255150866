"""The history of which docs/vendors.md shows the figures: two vendors and our own people, some weeks long."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from outsource_gate.model.tracked import Item
from outsource_gate.remediation.file import write_tracker
from tests.audit.branch import NOW
from tests.deadlines.test_rows import item, tracker
from tests.track_records.history import Attempt, History, code, denied_by, new_history


def example(folder: Path) -> History:
    """Acme with denied attempts and a merge past the gate, Globex with one change, ours with one record."""
    history = new_history(folder)
    for number, lines in enumerate((120, 45, 80)):
        history.change(Attempt({f"services/s{number}.py": code(lines)}))
    history.change(
        Attempt({"services/pay.py": code(90)}, denied_by("sast", "secrets"), {"high": 1, "medium": 2}),
        Attempt({"services/pay.py": code(96)}, denied_by("sast"), {"medium": 1}),
        Attempt({"services/pay.py": code(101), "package-lock.json": code(60)}, new={"low": 1}),
    )
    history.change(Attempt({"services/mail.py": code(60)}, new={"low": 1}, edit=_waived))
    history.change(Attempt({"services/hotfix.py": code(12)}, None))
    history.change(Attempt({"services/report.py": code(30)}, denied_by("licence")), merged=False)
    history.change(Attempt({"locales/de.po": code(40), "i18n.py": code(15)}), vendor="globex", how="merge")
    for number, lines in enumerate((210, 35, 150, 20, 75)):
        history.change(Attempt({f"core/c{number}.py": code(lines)}, None), vendor="")
    history.change(Attempt({"core/judged.py": code(25)}, new=None), vendor="")
    write_tracker(history.folder / "tracker.json", tracker(*_items()))
    return history


def _waived(predicate: dict[str, Any]) -> None:
    one = {"id": "legacy-parser", "vendor": "acme", "gate": "sast", "state": "used", "covered": 1}
    predicate["waivers"] = [one | {"approver": "p1", "expires": "2026-12-01", "key": "k", "why": ""}]


def _items() -> tuple[Item, ...]:
    ages = ((1, "high", 12), (2, "high", 41), (3, "medium", 20), (4, "low", 6), (5, "critical", 3))
    closed = [_closed(number, severity, days) for number, severity, days in ages]
    seen = {"at": NOW - timedelta(days=35)}
    return (*closed, item(6, 0, first_seen=seen, last_seen=seen))


def _closed(number: int, severity: str, days: int) -> Item:
    on = datetime(2026, 6, 15, tzinfo=UTC)
    seen = {"at": on - timedelta(days=days)}
    return item(number, 0, severity=severity, state="closed", closed_at=on, first_seen=seen, last_seen=seen)


def write_scan(history: History, *found: tuple[str, str], name: str = "corp/payments", head: str = "main") -> Path:
    """What `scan --repository` would write of findings (severity, commit of the branch they landed with)."""
    commit = history.branch.repo.rev(head)
    revision = {"asked": head, "commit": commit, "tree": history.branch.repo.rev(f"{commit}^{{tree}}")}
    where = {"name": name, "head": revision, "scanned_at": NOW.isoformat(), "vendors": []}
    whole = {
        "schemaVersion": "1.1",
        "program": {"name": "outsource-gate", "version": "1"},
        "repository": where | {"policy": {"unavailable": "not asked"}},
        "findings": [_finding(number, *one) for number, one in enumerate(found)],
        "secrets": None,
        "coverage": [],
        "tools": [],
    }
    path = history.folder / "scan.json"
    path.write_text(json.dumps(whole))
    return path


def _finding(number: int, severity: str, commit: str) -> dict[str, Any]:
    landed = {"commit": commit, "committed_at": None}
    brought = {
        "commit": commit, "path": "a.py", "line": 1, "subject": "", "authored_at": None, "committed_at": None,
        "landed": landed, "vendors": None, "roles": [], "rests_on": "claims", "notes": [],
    }  # fmt: skip
    return {
        "rule": "r", "scanner": "semgrep", "severity": severity, "confidence": "high", "cwe": [], "owasp": [],
        "message": "m", "path": "a.py", "start_line": 1, "end_line": 1, "fingerprint": f"v1:{number:064x}",
        "new": True, "occurrence": 1, "vendors": None, "origin": {"introduced": brought, "placed": None},
    }  # fmt: skip


def shown_scan(history: History) -> Path:
    """Two findings of Acme's and three of ours stand in the head."""
    subjects = history.branch.repo.git("log", "--first-parent", "--format=%s %H", "main").splitlines()
    by_subject = dict(line.rsplit(" ", 1) for line in subjects)
    landed = (("low", 4), ("low", 5), ("high", 9), ("medium", 11), ("low", 14))
    return write_scan(history, *((severity, by_subject[f"A thing (#{number})"]) for severity, number in landed))
