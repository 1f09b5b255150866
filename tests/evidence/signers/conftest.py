"""One SoftHSM2 for all these tests: a PKCS#11 library reads its configuration once in a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evidence.signers import softhsm


@pytest.fixture(scope="session")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the configuration of a SoftHSM2 with keys, set in the environment."""
    if lacking := softhsm.lacking():
        pytest.skip(lacking)
    conf = softhsm.make(tmp_path_factory.mktemp("hsm"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(conf))
        yield conf
