"""What a change does to packages is told against the base, whole and without guessing."""

from __future__ import annotations

import json

import pytest

from outsource_gate.dependencies import MAX_BYTES
from outsource_gate.dependencies.scan import MAX_FILES, is_called_for
from outsource_gate.model.dependency import DependencyScan
from tests import values
from tests.dependencies.states import problems, scanned

INDEX = "https://index.example"


def lock(**versions: str) -> str:
    packages: dict[str, object] = {
        "": {"dependencies": {name: f"^{version}" for name, version in versions.items()}}
    }
    for name, version in versions.items():
        resolved = f"{INDEX}/{name}/-/{name}-{version}.tgz"
        packages[f"node_modules/{name}"] = {"version": version, "resolved": resolved, "integrity": "sha512-x"}
    return json.dumps({"lockfileVersion": 3, "packages": packages})


def manifest(**wanted: str) -> str:
    return json.dumps({"dependencies": {name: f"^{version}" for name, version in wanted.items()}})


def changes(scan: DependencyScan) -> list[tuple[str, str]]:
    return [(one.change, (one.new or one.old).name) for one in scan.changes if one.new or one.old]  # type: ignore[union-attr]


def test_what_became_of_each_package() -> None:
    old = "a==1.0\nb==1.0\nc==1.9\nd==1.0\nsame==1\n"
    new = "same==1\na==1.10\nb==0.9\nc>=1.9\ne==1.0\n"
    assert changes(scanned({"requirements.txt": old}, {"requirements.txt": new})) == [
        ("upgraded", "a"),
        ("downgraded", "b"),
        ("changed", "c"),
        ("removed", "d"),
        ("added", "e"),
    ]


def test_of_several_versions_each_is_paired_with_its_own() -> None:
    """a lock may hold a package more than once"""
    old = '# yarn lockfile v1\n\na@^1:\n  version "1.0.0"\n\na@^2:\n  version "2.0.0"\n'
    new = old.replace('"2.0.0"', '"2.0.1"')
    (one,) = scanned({"yarn.lock": old}, {"yarn.lock": new}).changes
    assert one.old and one.new
    assert (one.change, one.old.version, one.new.version) == ("upgraded", "2.0.0", "2.0.1")


def test_another_order_changes_nothing() -> None:
    scan = scanned({"requirements.txt": "a==1\nb==1\n"}, {"requirements.txt": "b==1\n\na==1\n"})
    assert (scan.changes, scan.problems, scan.read) == ((), (), ("requirements.txt",))


def test_a_moved_file_is_compared_with_its_old_self() -> None:
    scan = scanned(
        {"old/requirements.txt": "a>=1\n"},
        {"new/requirements.txt": "a>=1\nb==1\n"},
        paired_with="old/requirements.txt",
        paired_blob=f"old/requirements.txt:{hash(b'a>=1' + bytes([10]))}",
    )
    assert changes(scan) == [("added", "b")]
    assert scan.problems == ()


def test_a_move_to_another_index_is_one() -> None:
    old = lock(left="1.0.0")
    (one,) = scanned(
        {"package-lock.json": old}, {"package-lock.json": old.replace(INDEX, "https://m.example")}
    ).changes
    assert one.is_moved
    assert one.new and one.new.address == "m.example"


def test_the_base_may_use_an_index_in_another_file() -> None:
    scan = scanned(
        {"a/package-lock.json": lock(left="1.0.0")},
        {"a/package-lock.json": lock(left="1.0.0"), "b/package-lock.json": lock(right="1.0.0")},
    )
    assert ("npm", "index.example") in scan.base_indexes


@pytest.mark.parametrize(
    ("files", "odd"),
    [
        ({"package.json": manifest(left="1.0.0", right="1.0.0"), "package-lock.json": lock(left="1.0.0")}, "right"),
        ({"package.json": manifest(left="1.0.0"), "package-lock.json": lock(left="1.0.0", right="1.0.0")}, "right"),
        ({"package.json": manifest(left="2.0.0"), "package-lock.json": lock(left="1.0.0")}, "left"),
        (
            {
                "package.json": manifest(left="1.0.0"),
                "yarn.lock": '# yarn lockfile v1\n\nleft@^2:\n  version "2.0.0"\n',
            },
            "left",
        ),
        (
            {
                "pyproject.toml": '[project]\ndependencies = ["click>=8"]\n',
                "uv.lock": '[[package]]\nname = "click"\nversion = "7.0"\nsource = {registry = "https://i.example/s"}\n',
            },
            "click",
        ),
        (
            {"go.mod": "module x\nrequire lib.example/a v1.0.0\n", "go.sum": "lib.example/a v1.0.1 h1:x=\n"},
            "lib.example/a",
        ),
        ({"Cargo.toml": '[dependencies]\nserde = "1"\n', "Cargo.lock": "version = 4\n"}, "serde"),
        (
            {"Gemfile": "gem 'rails', '7.0'\n", "Gemfile.lock": "GEM\n  remote: https://g.example/\n  specs:\n"},
            "rails",
        ),
        ({"composer.json": '{"require": {"acme/a": "^1"}}', "composer.lock": '{"packages": []}'}, "acme/a"),
        ({"Pipfile": '[packages]\nsix = "*"\n', "Pipfile.lock": '{"_meta": {}, "default": {}}'}, "six"),
    ],
)
def test_a_lock_that_says_something_else_is_told(files: dict[str, str], odd: str) -> None:
    assert ("disagrees", odd) in problems(scanned({}, files))


def test_a_lock_that_agrees_is_not() -> None:
    files = {"package.json": manifest(left="1.0.0"), "package-lock.json": lock(left="1.0.0")}
    scan = scanned({}, files)
    assert (scan.problems, scan.unread) == ((), ())


def test_a_changed_lock_is_compared_with_the_manifest_that_nobody_changed() -> None:
    base = {"package.json": manifest(left="1.0.0"), "package-lock.json": lock(left="1.0.0")}
    scan = scanned(base, base | {"package-lock.json": lock(left="0.9.0")})
    assert ("disagrees", "left") in problems(scan)


def test_what_disagreed_before_is_not_told_again() -> None:
    base = {"package.json": manifest(left="1.0.0", right="1.0.0"), "package-lock.json": lock(left="1.0.0")}
    head = base | {"package.json": manifest(left="1.0.0", right="1.0.0").replace("{", '{"private": true, ', 1)}
    assert scanned(base, head).problems == ()


def test_a_package_of_the_same_repository_need_be_in_no_lock() -> None:
    """yarn links the members of a workspace"""
    yarn = '# yarn lockfile v1\n\nleft@^1.0.0:\n  version "1.0.0"\n'
    files = {
        "yarn.lock": yarn,
        "package.json": "{}",
        "packages/a/package.json": '{"name": "@x/a"}',
        "packages/b/package.json": '{"dependencies": {"@x/a": "1.0.0", "left": "^1.0.0"}}',
    }
    assert scanned({}, files).problems == ()


def test_a_lock_that_is_gone_is_told() -> None:
    base = {"package.json": manifest(left="1.0.0"), "package-lock.json": lock(left="1.0.0")}
    scan = scanned(base, {"package.json": base["package.json"]})
    assert {("unhashed", ""), ("unpinned", "left")} <= problems(scan)


def test_what_a_lock_fixes_is_not_unpinned() -> None:
    files = {"Gemfile": "gem 'rails'\n"}
    fixed = "GEM\n  remote: https://g.example/\n  specs:\n    rails (7.0)\n\nDEPENDENCIES\n  rails\n"
    assert ("unpinned", "rails") in problems(scanned({}, files))
    assert ("unpinned", "rails") not in problems(scanned({}, files | {"Gemfile.lock": fixed}))


def test_a_file_that_a_requirements_file_reads_in_is_read_whatever_it_is_called() -> None:
    base = {"requirements.txt": "-r deps/one\n", "deps/one": "-c two.txt\n", "deps/two.txt": "a==1\n"}
    scan = scanned(base, base | {"deps/two.txt": "a==2\n"})
    assert changes(scan) == [("upgraded", "a")]


@pytest.mark.parametrize(
    ("path", "content", "why"),
    [
        ("package.json", b"\xff{}", "UTF-8"),
        ("package.json", "[" * 100_000, "nested too deep"),
        ("package.json", '{"a": 1, "a": 2}', "stands twice"),
        ("package.json", "[]", "no mapping"),
        ("package-lock.json", '{"lockfileVersion": 9}', "unknown version"),
        ("pyproject.toml", "a" + ".a" * 100_000 + " = 1", "more than 50 parts"),
        ("pnpm-lock.yaml", "a: &a [*a, *a]\nb: *c\n", "which nothing has"),
        ("pnpm-lock.yaml", "a: 1\na: 2\n", "a second time"),
        (".github/workflows/a.yml", "a: " + "[" * 3000, "nesting"),
        ("pom.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type"),
        ("pom.xml", "<a>" * 1000, "nested deeper"),
        ("setup.py", "setup(install_requires=read('x'))", "computed"),
        ("Gemfile", "gem(name)\n", "computed"),
        ("Gemfile.lock", "<<<<<<< ours\n", "conflict"),
        ("requirements.txt", "-r ../../outside.txt\n", "outside the repository"),
        ("requirements.txt", "-r https://files.example/r.txt\n", "files.example"),
        ("requirements.txt", b" " * (MAX_BYTES + 1), "too big"),
        ("requirements.txt", b"a==1\n\0", "no text"),
        ("go.mod", "require (\n", "does not end"),
        ("go.sum", "x\n", "no checksum"),
    ],
)
def test_what_cannot_be_understood_is_unread(path: str, content: str | bytes, why: str) -> None:
    """and never taken for a file without packages"""
    (one,) = scanned({}, {path: content}).unread
    assert one.path == path
    assert why in one.reason


def test_a_link_and_a_pointer_are_unread() -> None:
    """what they lead to is nowhere here"""
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"
    assert scanned({}, {"requirements.txt": pointer}).unread
    scan = scanned({}, {"requirements.txt": "a==1\n"}, malformed_path=True)
    assert [one.path for one in scan.unread] == ["requirements.txt"]


def test_more_files_than_the_bound_are_unread() -> None:
    scan = scanned({}, {f"{number:04}/requirements.txt": "a==1\n" for number in range(MAX_FILES + 2)})
    assert len(scan.unread) == 2
    assert len(scan.read) == MAX_FILES


def test_a_base_that_cannot_be_read_excuses_nothing() -> None:
    scan = scanned({"requirements.txt": b"\0"}, {"requirements.txt": "a==1\n"})
    assert changes(scan) == [("added", "a")]


def test_a_change_without_manifests_calls_for_nothing() -> None:
    assert not is_called_for([values.file("src/pay.py"), values.file("README.md")])
    assert is_called_for([values.file("src/pay.py"), values.file("web/Package.JSON")])
