"""The database of vulnerabilities: where it may lie, what is read of it, and what makes it unusable."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.dependencies import osv_files
from outsource_gate.dependencies.osv_files import DatabaseError
from outsource_gate.model.vulnerability import VulnerabilityScan
from tests import values
from tests.dependencies.osv import added, advisory, affected, folder, looked_up, zipped

OTHERS = [advisory(f"GHSA-{number}", affected=[affected(name=f"other-{number}")]) for number in range(5)]


def ids(scan: VulnerabilityScan) -> list[str]:
    return [one.id for one in scan.found]


def test_every_place_of_the_published_layout_is_found(tmp_path: Path) -> None:
    """A folder or zip per ecosystem, or one of all."""
    entries = [*OTHERS, advisory("GHSA-hit")]
    places = {
        "folder": folder(tmp_path / "folder", *entries),
        "named zip": zipped(tmp_path / "named" / "PyPI.zip", entries).parent,
        "all.zip": zipped(tmp_path / "published" / "PyPI" / "all.zip", entries).parent.parent,
        "zip of all": zipped(tmp_path / "mixed.zip", entries),
        "all.zip of all": zipped(tmp_path / "mixed" / "all.zip", entries).parent,
        "flat folder": folder(tmp_path / "flat", *entries, name="."),
    }
    for name, place in places.items():
        scan = looked_up(place)
        assert (ids(scan), [one.advisories for one in scan.databases]) == (["GHSA-hit"], [6]), name
        assert len(scan.databases[0].digest) == 64


def test_the_digest_is_that_of_the_zip_or_of_the_listing(tmp_path: Path) -> None:
    import hashlib

    path = zipped(tmp_path / "z" / "PyPI.zip", OTHERS)
    assert looked_up(path.parent).databases[0].digest == hashlib.sha256(path.read_bytes()).hexdigest()
    place = folder(tmp_path / "f", advisory("B"), advisory("A"))
    files = [place / "PyPI" / name for name in ("A.json", "B.json")]
    lines = "".join(f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in files)
    assert looked_up(place).databases[0].digest == hashlib.sha256(lines.encode()).hexdigest()


def test_the_newest_date_is_never_of_the_future(tmp_path: Path) -> None:
    """A date that lies ahead, or stands in somebody's text, makes no data fresh."""
    text = 'as in "modified": "2026-11-22T00:00:00Z"'
    ahead = advisory("A", modified="2030-01-01T00:00:00Z", details=text)
    place = folder(tmp_path, ahead, advisory("B"), advisory("C", modified="x"))
    newest = looked_up(place).databases[0].newest
    assert newest is not None
    assert newest.isoformat() == "2026-11-20T08:00:00+00:00"


def test_an_ecosystem_without_data_is_missing(tmp_path: Path) -> None:
    place = folder(tmp_path, *OTHERS)
    scan = looked_up(place, *added(values.package(), values.package("left", "1.0.0", ecosystem="npm")))
    assert (scan.missing, [one.ecosystem for one in scan.databases]) == (("npm",), ["pypi"])


def test_a_folder_of_its_own_without_its_advisories_is_missing(tmp_path: Path) -> None:
    place = folder(tmp_path, advisory(affected=[affected("npm")]), name="PyPI")
    assert looked_up(place).missing == ("pypi",)


@pytest.mark.parametrize(
    ("written", "asked"), [("Requests", "requests"), ("zope.interface", "zope-interface"), ("a_b", "a-b")]
)
def test_names_are_compared_as_the_ecosystem_does(tmp_path: Path, written: str, asked: str) -> None:
    place = folder(tmp_path, advisory(affected=[affected(name=written)]))
    assert len(looked_up(place, *added(values.package(asked))).found) == 1


@pytest.mark.parametrize(
    ("kind", "ecosystem", "asked", "written"),
    [
        ("maven", "Maven", "org.slf4j/slf4j-api", "org.slf4j:slf4j-api"),
        ("golang", "Go", "github.com/azure/sdk", "github.com/Azure/sdk"),
        ("composer", "Packagist:https://packages.example/8", "drupal/core", "drupal/core"),
        ("github", "GitHub Actions", "corp/actions/setup", "corp/actions"),
        ("npm", "npm", "@babel/core", "@babel/core"),
    ],
)
def test_names_of_other_ecosystems(tmp_path: Path, kind: str, ecosystem: str, asked: str, written: str) -> None:
    place = folder(tmp_path, advisory(affected=[affected(ecosystem, written)]), name=ecosystem.partition(":")[0])
    assert len(looked_up(place, *added(values.package(asked, "2.1.0", ecosystem=kind))).found) == 1


def test_names_that_are_written_with_escapes_are_found(tmp_path: Path) -> None:
    (tmp_path / "PyPI").mkdir()
    for number, name in enumerate(("re\\u0071uests", "requests\\u0000x")):
        text = json.dumps(advisory(f"A{number}")).replace('"requests"', f'"{name}"')
        (tmp_path / "PyPI" / f"{number}.json").write_text(text)
    text = json.dumps(advisory("A2")).replace('"name"', '"n\\u0061me"')
    (tmp_path / "PyPI" / "2.json").write_text(text)
    assert ids(looked_up(tmp_path)) == ["A0", "A2"]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"name": "requests"', b'{"name": "requests", }', b'{"name": ' + b"[" * 100_000 + b"}",
     b'{"name": "requests", "id": 5}', b'{"name": "requests", "id": "A", "affected": {}}',
     b'{"name": "requests", "id": "A", "schema_version": "2.0.0"}', b"\xff{}"],
)  # fmt: skip
def test_what_is_no_advisory_makes_the_database_unusable(tmp_path: Path, content: bytes) -> None:
    """Nobody knows which package it would have spoken of."""
    folder(tmp_path, *OTHERS)
    (tmp_path / "PyPI" / "odd.json").write_bytes(content)
    with pytest.raises(DatabaseError, match=r"odd\.json"):
        looked_up(tmp_path)


def test_entries_that_are_not_as_the_schema_says_are_passed_over(tmp_path: Path) -> None:
    odd: list[Any] = [1, {}, {"package": 1}, {"package": {"ecosystem": 1, "name": []}}, affected()]
    assert len(looked_up(folder(tmp_path, advisory(affected=odd))).found) == 1


@pytest.mark.parametrize(
    ("bound", "value"), [("MAX_ONE", 300), ("MAX_ALL", 1500), ("MAX_FILES", 4), ("MAX_ZIP", 500)]
)
def test_bounds_of_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, value: int) -> None:
    place = zipped(tmp_path / "PyPI.zip", OTHERS).parent
    monkeypatch.setattr(osv_files, bound, value)
    with pytest.raises(DatabaseError, match=r"PyPI\.zip"):
        looked_up(place)


@pytest.mark.parametrize(("bound", "value"), [("MAX_ONE", 300), ("MAX_ALL", 1500), ("MAX_FILES", 4)])
def test_bounds_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, value: int) -> None:
    place = folder(tmp_path, *OTHERS)
    monkeypatch.setattr(osv_files, bound, value)
    with pytest.raises(DatabaseError, match="PyPI"):
        looked_up(place)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "PyPI.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("A.json", b" " * (8 << 20))
    with pytest.raises(DatabaseError, match="200 to 1"):
        looked_up(tmp_path)


@pytest.mark.parametrize("cut", [10, 200, -1])
def test_a_damaged_zip_is_no_database(tmp_path: Path, cut: int) -> None:
    path = zipped(tmp_path / "PyPI.zip", OTHERS)
    raw = bytearray(path.read_bytes())
    if cut == -1:
        raw[60] ^= 0xFF
    path.write_bytes(bytes(raw) if cut == -1 else bytes(raw[:-cut]))
    with pytest.raises(DatabaseError, match=r"damaged zip"):
        looked_up(tmp_path)


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no such file"):
        looked_up(tmp_path / "nowhere")


def test_an_empty_folder_knows_nothing(tmp_path: Path) -> None:
    assert looked_up(tmp_path).missing == ("pypi",)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "PyPI").mkdir()
    os.mkfifo(tmp_path / "PyPI" / "a.json")
    with pytest.raises(DatabaseError, match="no plain file"):
        looked_up(tmp_path)
