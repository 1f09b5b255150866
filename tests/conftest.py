"""What does every test start from? The same environment on every machine: no CI, no tokens, no user's settings."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, settings

_FOREIGN = ("GIT_", "GITHUB_", "GITLAB_", "CI_", "RUNNER_", "OUTSOURCE_GATE_", "SEMGREP_", "SSH_", "GPG_", "GNUPG")
_FOREIGN_NAMES = frozenset(
    ("CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "TERM", "PYTHONPATH")
)

# Runners are slow and shared: an example that takes long says nothing about the code.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


def pytest_configure(config: pytest.Config) -> None:
    """Seal the environment of this process before any fixture of any scope runs."""
    for name in list(os.environ):
        if name in _FOREIGN_NAMES or name.startswith(_FOREIGN):
            del os.environ[name]
    os.environ["TZ"] = "XXX-05:45"  # nobody's zone: what forgets UTC shows
    time.tzset()
