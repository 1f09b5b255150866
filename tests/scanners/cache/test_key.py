"""Which key seals the cache, and where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import ToolError, UsageError
from outsource_gate.scanners.cache.key import KEY_VARIABLE, open_store

LONG = "0123456789abcdef0123456789abcdef"


def keeps(folder: Path, environment: dict[str, str], secret: bytes | None = None) -> None:
    store = open_store(folder, environment, lambda: secret)
    store.put(b"q", b"a")
    store.save()


def finds(folder: Path, environment: dict[str, str], secret: bytes | None = None) -> bool:
    return open_store(folder, environment, lambda: secret).get(b"q") == b"a"


def test_the_variable_comes_first_then_the_signing_key_then_ones_own(tmp_path: Path) -> None:
    given, own = {KEY_VARIABLE: LONG, "CI": "true"}, {"HOME": str(tmp_path / "home")}
    folder = tmp_path / "cache"
    keeps(folder, given, b"s" * 32)
    assert finds(folder, given)
    assert not finds(folder, {"CI": "true"}, b"s" * 32)
    assert not finds(folder, own)
    keeps(folder, {"CI": "true"}, b"s" * 32)
    assert finds(folder, {"CI": "1"}, b"s" * 32)
    keeps(folder, own)
    assert finds(folder, own)


@pytest.mark.parametrize("job", ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL"])
def test_a_job_without_a_key_has_no_cache(tmp_path: Path, job: str) -> None:
    """What a job restores could be written by another job, and its home is as open as its cache."""
    with pytest.raises(ToolError, match=KEY_VARIABLE):
        open_store(tmp_path / "cache", {"HOME": str(tmp_path), job: "true"}, lambda: None)
    assert not (tmp_path / "cache").exists()


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="shorter than 16"):
        open_store(tmp_path, {KEY_VARIABLE: "secret"}, lambda: None)


def test_ones_own_key_is_ones_own(tmp_path: Path) -> None:
    """It lies outside of the folder, so that a folder that comes with a checkout brings no key along."""
    environment = {"XDG_STATE_HOME": str(tmp_path / "state")}
    keeps(tmp_path / "cache", environment)
    key = tmp_path / "state" / "outsource-gate" / "cache.key"
    assert (key.stat().st_mode & 0o777, key.stat().st_size) == (0o600, 32)
    assert [file.name for file in key.parent.iterdir()] == ["cache.key"]
    assert not finds(tmp_path / "cache", {"XDG_STATE_HOME": str(tmp_path / "elsewhere")})
    key.chmod(0o644)
    with pytest.raises(ToolError, match="ours alone"):
        open_store(tmp_path / "cache", environment, lambda: None)


def test_a_folder_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "cache").symlink_to("target")
    with pytest.raises(ToolError, match="symbolic link"):
        open_store(tmp_path / "cache", {KEY_VARIABLE: LONG}, lambda: None)


def test_a_place_that_is_no_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with pytest.raises(ToolError, match="name a folder"):
        open_store(tmp_path / "cache", {KEY_VARIABLE: LONG}, lambda: None)
