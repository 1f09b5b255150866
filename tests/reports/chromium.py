"""What does a real browser make of a page? Chromium without a window: its document, its console, its paper."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr")


def run(folder: Path, page: str, *options: str, fragment: str = "") -> tuple[str, list[str]]:
    """Open a page as a file; give what is printed, and what its console says."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    assert PROGRAM
    command = (PROGRAM, *_OPTIONS, f"--user-data-dir={folder / 'profile'}", *options, f"{file.as_uri()}{fragment}")
    done = subprocess.run(command, capture_output=True, check=True, timeout=120, cwd=folder)
    return done.stdout.decode(), [line for line in done.stderr.decode().splitlines() if "CONSOLE" in line]


def document(folder: Path, page: str, fragment: str = "") -> str:
    """Give the document after its script ran; nothing may be said on the console."""
    shown, said = run(folder, page, "--virtual-time-budget=10000", "--dump-dom", fragment=fragment)
    assert said == []
    return shown


def acting(page: str, script: str) -> str:
    """Give the page with a script more, and a policy that allows that script, too."""
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = page.replace("script-src ", f"script-src 'sha256-{known}' ", 1)
    return allowed.replace("</body>", f"<script>{script}</script>\n</body>", 1)
