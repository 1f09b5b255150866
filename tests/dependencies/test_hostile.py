"""Whatever a file holds, it is read or unread; nothing else happens."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dependencies.states import scanned
from tests.dependencies.test_readers import CASES

WORDS = st.sampled_from(
    ("dependencies", "packages", "package", "name", "version", "source", "resolved", "integrity", "node_modules/a",
     "lockfileVersion", "overrides", "scripts", "_meta", "default", "url", "files", "hashes", "require", "dist",
     "importers", "project", "tool", "", "uses", "jobs", "resolution", "repositories")
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=25)
@given(data=st.data())
def test_a_file_with_pieces_exchanged_is_read_or_unread(case: str, data: st.DataObject) -> None:
    path, text, _ = CASES[case]
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    scan = scanned({}, {path: text[:start] + data.draw(st.text(max_size=6)) + text[end:]})
    assert (path in scan.read) != (path in {one.path for one in scan.unread})


@pytest.mark.parametrize(
    "path",
    [
        "package.json",
        "package-lock.json",
        "Pipfile.lock",
        "composer.lock",
        "composer.json",
        "packages.lock.json",
        "pnpm-lock.yaml",
        "yarn.lock",
        "action.yml",
    ],
)
@settings(max_examples=40)
@given(st.dictionaries(WORDS, JSON, max_size=4))
def test_any_structure_is_read_or_unread(path: str, value: dict[str, object]) -> None:
    scan = scanned({}, {path: json.dumps(value)})
    assert (path in scan.read) != (path in {one.path for one in scan.unread})


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        ("requirements.txt", "# "),
        ("requirements.txt", "a \\\n"),
        ("requirements.txt", "#egg=&"),
        ("build.gradle", "id ( "),
        ("build.gradle", "/*"),
        ("build.gradle", "url = uri( "),
        ("Gemfile", "gem "),
        ("Dockerfile", "RUN --mount="),
        ("Dockerfile", "$"),
        ("yarn.lock", "a/"),
        ("setup.py", "("),
        ("pyproject.toml", "a."),
        ("pyproject.toml", "["),
        ("Cargo.lock", "[a."),
        (".npmrc", "a =  "),
        ("go.mod", "require ("),
        ("pom.xml", "<a>"),
        ("action.yml", "- "),
        ("action.yml", "{"),
        ("action.yml", "&a "),
    ],
)
def test_repetition_ends(path: str, piece: str) -> None:
    """a hundred thousand times the same, on one line and on many"""
    for text in (piece * 100_000, f"{piece}\n" * 50_000):
        scan = scanned({}, {path: text})
        assert path in {*scan.read, *(one.path for one in scan.unread)}
