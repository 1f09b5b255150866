"""Gates and reports are found in the package, and only there."""

from __future__ import annotations

from pathlib import Path

import outsource_gate.gates
import outsource_gate.reports
from outsource_gate.registry import gate_settings, gates, reports
from outsource_gate.reports import FORMATS


def test_every_file_of_the_gates_folder_is_a_gate() -> None:
    files = {path.stem.replace("_", "-") for path in Path(outsource_gate.gates.__path__[0]).glob("[a-z]*.py")}
    assert files == set(gates())


def test_identity_speaks_first() -> None:
    assert next(iter(gates())) == "identity"


def test_every_gate_serves_a_control_and_runs_at_a_stage() -> None:
    assert all(gate.controls and gate.stages and gate.reasons for gate in gates().values())


def test_settings_declare_which_direction_is_stricter() -> None:
    for model in gate_settings().values():
        for field in model.model_fields.values():
            assert isinstance(field.json_schema_extra, dict)
            assert field.json_schema_extra["stricter"]


def test_every_format_is_known_by_name() -> None:
    """a file that defines a report and is not listed would never be written"""
    folder = Path(outsource_gate.reports.__path__[0])
    files = {path.stem for path in folder.glob("[a-z]*.py") if "\nREPORT = " in path.read_text(encoding="utf-8")}
    assert set(FORMATS.values()) == files
    assert next(iter(reports())) == "terminal"
    assert all(name == found.id for name, found in reports().items())
