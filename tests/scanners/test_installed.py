"""Which program is a scanner?"""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.model.facts import Unavailable
from outsource_gate.scanners import Installed, bandit, installed, kingfisher, semgrep, zizmor
from tests.scanners.fake import write


def test_a_package_of_the_scanned_folder_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """neither the current folder, nor sys.path, nor PATH decides which scanner runs"""
    for name in ("semgrep", "bandit", "zizmor"):
        write(tmp_path, f"{name}/__init__.py", "raise SystemExit(0)\n")
        write(tmp_path, f"{name}-9.9.9.dist-info/METADATA", f"Name: {name}\nVersion: 9.9.9\n")
        write(tmp_path, f"bin/{name}", "#!/bin/sh\nexit 0\n").chmod(0o755)
    write(tmp_path, "kingfisher/bin/kingfisher", "#!/bin/sh\nexit 0\n").chmod(0o755)
    write(tmp_path, "kingfisher_bin-9.9.9.dist-info/METADATA", "Version: 9.9.9\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for module in (semgrep, bandit, zizmor, kingfisher):
        found = module.find()
        assert isinstance(found, Installed)
        assert found.version != "9.9.9"
        assert Path(found.argv[0]).is_absolute()
        assert not Path(found.argv[0]).is_relative_to(tmp_path)


@pytest.mark.parametrize("module", [semgrep, bandit, zizmor, kingfisher])
def test_what_is_not_installed_says_how_to_get_it(module: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """a machine without scanners is a missing fact with a next step, not a pass"""
    monkeypatch.setattr(installed, "_installed_into", list)
    found = module.find()  # type: ignore[attr-defined]
    assert isinstance(found, Unavailable)
    assert found.next_step == "pip install 'outsource-gate[scanners]'"
    assert found.fact in ("semgrep", "bandit", "zizmor", "kingfisher_bin")


def test_metadata_without_the_package_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """what an uninstall left behind does not count"""
    write(tmp_path, "semgrep-1.0.dist-info/METADATA", "")
    monkeypatch.setattr(installed, "_installed_into", lambda: [tmp_path])
    assert isinstance(installed.package("semgrep"), Unavailable)


def test_without_the_native_program_the_front_end_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a platform whose wheel has no native program still scans"""
    write(tmp_path, "semgrep-1.0.dist-info/METADATA", "")
    write(tmp_path, "semgrep/__init__.py", "")
    monkeypatch.setattr(installed, "_installed_into", lambda: [tmp_path])
    assert semgrep.find() == semgrep.command_line("1.0")
