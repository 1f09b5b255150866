"""Which known vulnerabilities a change brings in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.model.dependency import DependencyChange, Package
from outsource_gate.model.finding import Severity
from outsource_gate.model.vulnerability import Vulnerability
from tests import values
from tests.dependencies.osv import V4, added, advisory, affected, folder, looked_up, span

LATEST = values.package(version="2.32.0")
RANGE = values.package(version="", requirement=">=2", pinned=False)


def only(place: Path, *changes: DependencyChange, **more: Any) -> Vulnerability:
    scan = looked_up(place, *changes, **more)
    assert len(scan.found) == 1, scan.found
    return scan.found[0]


def changed(old: Package | None, new: Package | None, change: Any = "upgraded") -> DependencyChange:
    return DependencyChange(change, old, new)


def test_everything_about_it_is_told(tmp_path: Path) -> None:
    one = only(folder(tmp_path, advisory(aliases=["CVE-2026-1"])))
    assert (one.id, one.aliases, one.severity) == ("GHSA-aaaa-bbbb-cccc", ("CVE-2026-1",), Severity.CRITICAL)
    assert (one.package, one.version, one.fixed, one.path, one.line) == (
        "requests", "2.31.0", ("2.32.0",), "requirements.txt", 1,
    )  # fmt: skip
    assert (one.why, one.old, one.malicious) == ("", False, False)
    assert one.summary == "Credentials leak to another host"


def test_a_fixed_version_has_nothing(tmp_path: Path) -> None:
    scan = looked_up(folder(tmp_path, advisory()), *added(LATEST))
    assert (scan.found, scan.packages, scan.missing) == ((), 1, ())


def test_what_is_removed_is_not_looked_up(tmp_path: Path) -> None:
    assert looked_up(folder(tmp_path, advisory()), changed(values.package(), None, "removed")).packages == 0


def test_withdrawn_advisories_do_not_count(tmp_path: Path) -> None:
    place = folder(tmp_path, advisory(withdrawn="2026-01-01T00:00:00Z"), advisory("B", withdrawn=""))
    assert [one.id for one in looked_up(place).found] == ["B"]


def test_what_the_old_version_had_is_old(tmp_path: Path) -> None:
    place = folder(tmp_path, advisory())
    assert only(place, changed(values.package(version="2.30.0"), values.package())).old
    assert not only(place, changed(values.package(version="1.0"), values.package())).old
    assert not only(place, changed(LATEST, values.package(), "downgraded")).old
    assert not only(place, changed(values.package(version="odd"), values.package(), "changed")).old


def test_new_in_one_file_is_new(tmp_path: Path) -> None:
    """A second file that had it already excuses nothing."""
    place, here = folder(tmp_path, advisory()), values.package()
    kept = changed(values.package(version="2.30.0"), values.package(path="other.txt"))
    for changes in ([kept, *added(here)], [*added(here), kept]):
        assert not only(place, *changes).old


def test_several_names_of_one_vulnerability_are_told_once(tmp_path: Path) -> None:
    """PyPI's own list gives no severity, GitHub's does."""
    place = folder(
        tmp_path,
        advisory("PYSEC-2026-1", severity=None, aliases=["CVE-2026-1"]),
        advisory("GHSA-1", aliases=["CVE-2026-1"]),
        advisory("GHSA-2", aliases=["CVE-2026-2"]),
    )
    scan = looked_up(place)
    told = [(one.id, one.aliases, one.severity) for one in scan.found]
    assert told[0] == ("GHSA-1", ("CVE-2026-1", "PYSEC-2026-1"), Severity.CRITICAL)
    assert [one[0] for one in told] == ["GHSA-1", "GHSA-2"]


def test_one_package_in_manifest_and_lock_is_told_once(tmp_path: Path) -> None:
    lock = values.package(path="uv.lock", locked=True, direct=False)
    assert only(folder(tmp_path, advisory()), *added(values.package(), lock)).path == "requirements.txt"


def test_a_range_means_what_its_lock_chose(tmp_path: Path) -> None:
    """An unchanged lock is the base's own; a changed one is not."""
    place, lock = folder(tmp_path, advisory()), values.package(path="uv.lock", locked=True)
    assert only(place, *added(RANGE), locked=[lock]).old
    changes = [*added(RANGE), changed(LATEST, lock, "downgraded")]
    for order in (changes, changes[::-1]):
        assert not only(place, *order, locked=[lock]).old
    assert looked_up(place, *added(RANGE), locked=[LATEST]).found == ()


def test_a_range_without_a_lock_is_not_known(tmp_path: Path) -> None:
    one = only(folder(tmp_path, advisory()), *added(RANGE))
    assert (one.why, one.version, one.old) == ("no version is fixed", "", False)


def test_a_version_without_order_is_not_known(tmp_path: Path) -> None:
    one = only(folder(tmp_path, advisory()), *added(values.package(version="nightly")))
    assert one.why == "nobody can order its version"


def test_a_name_that_no_list_has_needs_no_version(tmp_path: Path) -> None:
    place = folder(tmp_path, advisory(affected=[affected(name="other")]))
    assert looked_up(place, *added(RANGE)).found == ()


@pytest.mark.parametrize("source", ["vcs", "url", "path"])
def test_the_same_name_from_elsewhere_may_be_another_package(tmp_path: Path, source: Any) -> None:
    one = only(folder(tmp_path, advisory()), *added(values.package(source=source)))
    assert one.why.startswith("it comes from elsewhere")


def test_a_commit_of_digits_is_no_version(tmp_path: Path) -> None:
    """1111... would be newer than every fix."""
    commit = values.package(version="1" * 40, source="vcs")
    assert only(folder(tmp_path, advisory()), *added(commit)).why
    assert not only(folder(tmp_path, advisory()), changed(replace(commit, version="2.1"), values.package())).old


def test_a_malicious_package_is_critical_whatever_its_entry_says(tmp_path: Path) -> None:
    every = [affected(ranges=[span({"introduced": "0"})])]
    place = folder(tmp_path, advisory("MAL-2026-1", severity=[{"score": V4}], affected=every))
    one = only(place, *added(RANGE))
    assert (one.malicious, one.severity, one.why) == (True, Severity.CRITICAL, "")


def test_a_malicious_release_leaves_the_others_alone(tmp_path: Path) -> None:
    release = [affected(ranges=[], versions=["2.31.0"])]
    place = folder(tmp_path, advisory("MAL-2026-2", affected=release))
    assert only(place).malicious
    assert looked_up(place, *added(LATEST)).found == ()


def test_images_are_in_no_list(tmp_path: Path) -> None:
    scan = looked_up(folder(tmp_path, advisory()), *added(values.package("python", "3.13", ecosystem="docker")))
    assert (scan.packages, scan.missing) == (0, ())


def test_long_texts_are_cut(tmp_path: Path) -> None:
    one = only(folder(tmp_path, advisory(summary="x " * 5000, aliases=["A" * 999] * 50)))
    assert (len(one.summary), len(one.aliases), len(one.aliases[0])) == (200, 1, 200)
