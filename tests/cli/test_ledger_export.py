"""`ledger export` writes what `ledger check-export` checks with nothing but a public key."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import EvidenceError
from tests.cli.test_ledger import Run, run

__all__ = ["run"]


def test_export_and_check(run: Run, tmp_path: Path) -> None:
    """whole is 0, tampered is 1 with the entry named, and by a stranger's key is 3"""
    run("append", "0.json", "1.json", "2.json", "--origin", "corp.example/gate")
    assert "3 entries of corp.example/gate" in run("export", "out", "--key", "env://LEDGER_KEY").stdout
    (tmp_path / "gate.db").unlink()
    assert "whole  3 entries" in run("check-export", "out", "--trust", "ledger.pub").stdout
    with pytest.raises(EvidenceError, match="no trusted key") as error:
        run("check-export", "out", "--trust", "gate.pub")
    assert error.value.exit_code == 3
    next((tmp_path / "out" / "records").glob("0000001-*")).unlink()
    assert (
        "TAMPERED  entry 1: its file is absent"
        in run("check-export", "out", "--trust", "ledger.pub", code=1).stdout
    )
