"""Did one of these OpenPGP keys make this signature? Asked of gpg, with a home of its own."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from outsource_gate.errors import ToolError
from outsource_gate.model.source import Signature
from outsource_gate.process import Completed, run, scrubbed_environment

MAX_SIGNATURE = 256 * 1024
MAX_KEY = 1024 * 1024
_TIMEOUT_SECONDS = 30.0
_MAX_OUTPUT = 1024 * 1024
_OPTIONS = (
    *("--batch", "--no-tty", "--no-options", "--no-autostart", "--disable-dirmngr", "--no-auto-check-trustdb"),
    *("--no-auto-key-import", "--no-auto-key-retrieve", "--trust-model", "always", "--status-fd", "1"),
)
_FINGERPRINT = re.compile(r"[0-9A-F]{40}|[0-9A-F]{64}")
# gpg's status words that speak against a signature, DETAILS section "Status codes".
_AGAINST = {
    "BADSIG": "the signature is not over this commit",
    "EXPSIG": "the signature has expired",
    "EXPKEYSIG": "the key has expired",
    "REVKEYSIG": "the key is revoked",
}


class Keyring:
    """The given armoured public keys in a private folder that is gone afterwards; use it in a `with` block."""

    def __init__(self, armoured_keys: Sequence[str]) -> None:
        self._keys = tuple(armoured_keys)
        self._open = ExitStack()
        self._gpg = shutil.which("gpg") or ""

    def __enter__(self) -> Keyring:
        self._home = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="outsource-gate-gpg-")))
        self._rejected = [key for key in self._keys if not self._add(key)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def verify(self, armoured: bytes, payload: bytes) -> Signature:
        """Check an armoured signature; `good` only with exactly one signature by a key that is valid now."""
        if not Path(self._gpg).is_absolute():
            return _unchecked("gpg is not installed, so OpenPGP signatures are not checked")
        if len(armoured) > MAX_SIGNATURE:
            return Signature("openpgp", "bad", detail="the signature is larger than any real one")
        place = self._home / "signature.asc"
        place.write_bytes(armoured)
        try:
            done = self._run("--verify", str(place), "-", data=payload)
        except ToolError as error:
            return _unchecked(error.message)
        signature = _read_status(done.stdout.decode("utf-8", "replace"))
        if signature.status == "unchecked" and self._rejected:
            return _unchecked(f"{signature.detail}; {len(self._rejected)} registered keys could not be read")
        return signature

    def _add(self, key: str) -> bool:
        if not Path(self._gpg).is_absolute() or len(key) > MAX_KEY:
            return False
        return self._run("--import", data=key.encode()).code == 0

    def _run(self, *args: str, data: bytes) -> Completed:
        return run(
            [self._gpg, "--homedir", str(self._home), *_OPTIONS, *args],
            cwd=self._home,
            env=scrubbed_environment(self._home),
            input=data,
            timeout_seconds=_TIMEOUT_SECONDS,
            max_output_bytes=_MAX_OUTPUT,
        )


def _read_status(text: str) -> Signature:
    """Judge gpg's status lines; its exit code and its prose decide nothing."""
    lines = [line.split()[1:] for line in text.splitlines() if line.startswith("[GNUPG:] ")]
    words = [line[0] for line in lines if line]
    primary = next((line[-1] for line in lines if line[:1] == ["VALIDSIG"]), "")
    key = primary if _FINGERPRINT.fullmatch(primary) else ""
    for word, why in _AGAINST.items():
        if word in words:
            return Signature("openpgp", "bad", key, why)
    if words.count("NEWSIG") > 1 or words.count("VALIDSIG") > 1:
        return Signature("openpgp", "bad", detail="more than one signature")
    if "GOODSIG" in words and key:
        return Signature("openpgp", "good", key)
    if "NO_PUBKEY" in words:
        return _unchecked("no registered OpenPGP key made it")
    if "ERRSIG" in words:
        return _unchecked("gpg could not check it")
    return Signature("openpgp", "bad", detail="not a signature that gpg can read")


def _unchecked(why: str) -> Signature:
    return Signature("openpgp", "unchecked", detail=why)
