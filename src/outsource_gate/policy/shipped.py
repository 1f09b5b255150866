"""Where are the files that ship with the program?"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder() -> Path:
    """Give the folder `policies/`: inside the installed package, or beside `src/` in an editable install."""
    installed = _PACKAGE / "policies"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "policies"
