"""Credentials that a change brings in, wherever it puts them and whatever it does afterwards."""

from __future__ import annotations

from tests.bypass.scene import CLEAN, INA, VIC, Scene, allowed, denied, undecided
from tests.repo import Entry
from tests.scanners import planted

PATH = "services/settings.py"


def _settings() -> str:
    return f'{CLEAN}\n\nPASSWORD = "{planted.password()}"\n'


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
