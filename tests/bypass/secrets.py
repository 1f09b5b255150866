"""Credentials that a change brings in, wherever it puts them and whatever it does afterwards."""

from __future__ import annotations

import base64
import gzip

from tests.bypass.scene import CLEAN, INA, VIC, Scene, allowed, denied, undecided
from tests.repo import Entry
from tests.scanners import planted
from tests.scanners.test_archives import tarred, zipped

PATH = "services/settings.py"


def _settings() -> str:
    return f'{CLEAN}\n\nPASSWORD = "{planted.password()}"\n'


def _dynatrace() -> str:
    """A kind that ours does not know."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "dt0" + f"c01.{planted.chance(24, alphabet)}.{planted.chance(64, alphabet)}"


def _with_typed_detectors(scene: Scene) -> None:
    """The tier counts on them, too; standard does not."""
    policy = scene.policy / "policy.yaml"
    tiers = "tiers: {extends: baseline, standard: {gates: {secrets: {detectors: all}}}}"
    policy.write_text(policy.read_text().replace("tiers: {extends: baseline}", tiers))


@denied("secret", PATH)
def in_a_file(scene: Scene) -> None:
    scene.commit({PATH: _settings()})


@denied("secret", PATH)
def added_and_removed_again(scene: Scene) -> None:
    scene.commit({PATH: _settings()})
    scene.commit({PATH: None})


@denied("secret", "docs/pad.md")
def in_prose_and_overwritten(scene: Scene) -> None:
    scene.commit({"docs/pad.md": f"# Pad\n\n{planted.github()}\n"})
    scene.commit({"docs/pad.md": "# Pad\n"})


@denied("secret", "services/key.txt")
def in_a_discarded_parent(scene: Scene) -> None:
    """`merge -s ours` leaves no trace of it in the tree."""
    first = scene.commit({"services/a.py": "A = 1\n"})
    scene.repo.branch("side", "main")
    side = scene.commit({"services/key.txt": planted.private_key() + "\n"})
    scene.repo.switch("feature")
    scene.commit(parents=[first, side])


@denied("secret", PATH)
def in_the_resolution_of_a_merge(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"})
    scene.repo.switch("main")
    scene.repo.commit("Main goes on", {"core/ledger.py": "y = 2\n"}, author=INA)
    scene.repo.switch("feature")
    scene.repo.merge("main", "Merge main", author=VIC, resolution={PATH: _settings()})
    scene.commit({PATH: None})


@denied("secret", "docs/pad.txt")
def in_utf_16(scene: Scene) -> None:
    scene.commit({"docs/pad.txt": _settings().encode("utf-16")})
    scene.commit({"docs/pad.txt": None})


@denied("secret", "docs/pad.txt")
def in_utf_16_without_a_mark(scene: Scene) -> None:
    scene.commit({"docs/pad.txt": _settings().encode("utf-16-le")})
    scene.commit({"docs/pad.txt": None})


@denied("secret", "assets/key.png")
def behind_the_bytes_of_a_picture(scene: Scene) -> None:
    scene.commit({"assets/key.png": b"\x89PNG\r\n\x1a\n\x00\xff" + planted.aws_id().encode()})
    scene.commit({"assets/key.png": None})


@denied("secret", "docs/notebook.ipynb")
def in_the_output_of_a_notebook(scene: Scene) -> None:
    scene.commit({"docs/notebook.ipynb": f'{{"outputs": [{{"text": ["token {planted.github()}\\n"]}}]}}\n'})
    scene.commit({"docs/notebook.ipynb": None})


@denied("secret", "tests/test_pay.py")
def in_a_test_under_markers(scene: Scene) -> None:
    line = f'KEY = "{planted.aws_id()}"  # nosec # pragma: allowlist secret # gitleaks:allow\n'
    scene.commit({"tests/test_pay.py": line})


@denied("secret-in-message")
def in_a_message(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"}, message=f"Log in\n\nwith {planted.github()} as before")


@denied("secret-in-message")
def in_a_trailer(scene: Scene) -> None:
    scene.commit(
        {"services/a.py": "A = 1\n"},
        message="Pair",
        trailers=[f"Co-authored-by: {planted.github()} <{VIC[11:-1]}>"],
    )


@denied("secret-in-name")
def in_the_name_of_a_file(scene: Scene) -> None:
    scene.commit({f"services/{planted.aws_id()}.py": "A = 1\n"})


@denied("secret", "docs/pad.txt")
def of_a_kind_that_typed_detectors_know(scene: Scene) -> None:
    """In UTF-16, under their own markers, beside a configuration of theirs."""
    _with_typed_detectors(scene)
    marked = f"{_dynatrace()} # kingfisher:ignore betterleaks:allow gitleaks:allow\n"
    scene.commit({"docs/pad.txt": marked.encode("utf-16"), "docs/kingfisher.yaml": "exclude: ['*']\n"})
    scene.commit({"docs/pad.txt": None, "docs/kingfisher.yaml": None})


@denied("secret", PATH)
def in_base64(scene: Scene) -> None:
    _with_typed_detectors(scene)
    encoded = base64.b64encode(f"deploy with {planted.github()}".encode()).decode()
    scene.commit({PATH: f'{CLEAN}\n\nLOGO = "{encoded}"\n'})


@denied("secret", "docs/notebook.ipynb")
def in_escapes_of_a_notebook(scene: Scene) -> None:
    escaped = "".join(f"\\u{ord(char):04x}" for char in planted.github())
    notebook = f'{{"cells": [{{"outputs": [{{"text": ["{escaped}\\n"]}}]}}], "nbformat": 4}}'
    scene.commit({"docs/notebook.ipynb": notebook})
    scene.commit({"docs/notebook.ipynb": None})


@denied("secret", "services/a.zip")
def in_an_archive(scene: Scene) -> None:
    scene.commit({"services/a.zip": zipped({"conf/settings.py": _settings().encode()})})
    scene.commit({"services/a.zip": None})


@denied("secret", "assets/logo.png")
def in_an_archive_behind_a_picture(scene: Scene) -> None:
    scene.commit({"assets/logo.png": b"\x89PNG\r\n\x1a\n" + zipped({"a.txt": planted.aws_id().encode()})})
    scene.commit({"assets/logo.png": None})


@denied("secret", "services/a.tgz")
def in_a_name_in_an_archive(scene: Scene) -> None:
    scene.commit({"services/a.tgz": gzip.compress(tarred({f"{planted.aws_id()}/a.txt": b"x"}))})
    scene.commit({"services/a.tgz": None})


@undecided("secrets-unread")
def in_an_archive_in_an_archive(scene: Scene) -> None:
    inner = gzip.compress(planted.github().encode())
    scene.commit({"services/a.zip": zipped({"b.gz": inner})})
    scene.commit({"services/a.zip": None, "services/a.py": "A = 1\n"})


@undecided("secrets-unread")
def in_an_archive_that_grows_without_end(scene: Scene) -> None:
    scene.commit({"services/a.zip": zipped({str(number): bytes(7 << 20) for number in range(4)})})
    scene.commit({"services/a.zip": None, "services/a.py": "A = 1\n"})


@undecided("secrets-unread")
def in_an_archive_that_is_gone_again(scene: Scene) -> None:
    """Nobody looked into it."""
    scene.commit({"services/a.zip": b"PK\x03\x04" + bytes(40)})
    scene.commit({"services/a.zip": None, "services/a.py": "A = 1\n"})


@undecided("secrets-unread")
def in_a_blob_that_is_nowhere(scene: Scene) -> None:
    scene.commit({"services/gone.py": Entry("100644", "2" * 40)})
    scene.commit({"services/gone.py": None, "services/a.py": "A = 1\n"})


@allowed
def places_of_secrets_and_what_only_looks_like_one(scene: Scene) -> None:
    """Names of variables, ids, digests, public keys and documented examples."""
    digest = planted.chance(64, "0123456789abcdef")
    lines = (
        'TOKEN = os.environ["API_TOKEN"]',
        'EXAMPLE = "AKIA' + 'IOSFODNN7EXAMPLE"',
        f'CHECKSUM = "{digest}"',
        f'REVISION = "{digest[:40]}"',
        'REQUEST = "6fa459ea-ee8a-3ca4-894e-db77e160355e"',
    )
    scene.commit({"services/names.py": "import os\n\n" + "\n".join(lines) + "\n"})


@allowed
def moving_a_file_without_a_change(scene: Scene) -> None:
    scene.repo.rename("services/big.py", "services/bigger.py")
    scene.commit()


@allowed
def what_typed_detectors_take_for_more_than_it_is(scene: Scene) -> None:
    """Ids and stand-ins beside the names of services."""
    lines = (
        "HEROKU_API_KEY = '6fa459ea-ee8a-3ca4-894e-db77e160355e'  # an id",
        "token: your-github-token-goes-here",
        "api_key = ${ACME_API_KEY}",
        f"sha512-{base64.b64encode(bytes(range(64))).decode()}",
    )
    scene.commit({"docs/pad.md": "# Pad\n\n" + "\n".join(lines) + "\n"})


@allowed
def a_notebook_with_a_picture_that_is_gone_again(scene: Scene) -> None:
    picture = base64.b64encode(bytes(planted.chance(3000), "ascii")).decode()
    notebook = f'{{"cells": [{{"outputs": [{{"data": {{"image/png": "{picture}"}}}}]}}], "nbformat": 4}}'
    scene.commit({"docs/notebook.ipynb": notebook})
    scene.commit({"docs/notebook.ipynb": None, "services/a.py": "A = 1\n"})
