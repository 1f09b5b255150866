"""Two authorities, made once: openssl needs a moment for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.evidence.timestamps.authority_server import Authority, made, serving


@pytest.fixture(scope="package")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Authority, Authority]]:
    folder = tmp_path_factory.mktemp("authorities")
    with serving(made(folder / "one")) as one, serving(made(folder / "two")) as two:
        yield one, two


@pytest.fixture
def tsa(both: tuple[Authority, Authority]) -> Iterator[Authority]:
    yield from _fresh(both[0])


@pytest.fixture
def other(both: tuple[Authority, Authority]) -> Iterator[Authority]:
    yield from _fresh(both[1])


def _fresh(authority: Authority) -> Iterator[Authority]:
    authority.status, authority.change = 200, lambda answer: answer
    authority.asked.clear()
    yield authority
