"""Packages have the names that the purl specification gives them."""

from __future__ import annotations

import pytest

from outsource_gate.purl import purl_of
from tests.dependencies.states import packages

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("requirements.txt", "Flask_Cors==4.0\n", "pkg:pypi/flask-cors@4.0"),
        ("requirements.txt", "a>=1\n", "pkg:pypi/a"),
        (
            "requirements.txt",
            f"a @ git+https://git.example/a.git@{COMMIT}\n",
            f"pkg:pypi/a@{COMMIT}?vcs_url=git%2Bhttps://git.example/a.git%40{COMMIT}",
        ),
        ("package.json", '{"dependencies": {"@s/b": "2.0.0"}}', "pkg:npm/%40s/b@2.0.0"),
        ("go.mod", "module x\nrequire lib.example/a/v2 v2.0.0\n", "pkg:golang/lib.example/a/v2@v2.0.0"),
        ("gradle.lockfile", "g.a:b:1.5=x\n", "pkg:maven/g.a/b@1.5"),
        ("composer.json", '{"require": {"Acme/X": "v1.2.3"}}', "pkg:composer/acme/x@1.2.3"),
        ("action.yml", "runs:\n  steps:\n    - uses: Corp/X/sub@v4\n", "pkg:github/corp/x@v4"),
        ("Dockerfile", "FROM img.example/a:1\n", "pkg:docker/a@1?repository_url=img.example"),
    ],
)
def test_the_package_url(path: str, text: str, expected: str) -> None:
    (one,) = packages(path, text)
    assert purl_of(one) == expected
