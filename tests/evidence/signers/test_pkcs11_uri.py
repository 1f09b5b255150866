"""RFC 7512 URIs are read to the letter: what could name another key, or leak a PIN, is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from outsource_gate.errors import EvidenceError, GateError, UsageError
from outsource_gate.evidence.signers.pkcs11_uri import read_pin, read_uri

MODULE = "?module-path=/usr/lib/token.so"


def test_a_whole_uri_is_read() -> None:
    key = read_uri(
        "token=Corp%20HSM;serial=0A1B;manufacturer=Maker;model=X;object=gate%2F2026;id=%01%ff;type=private"
        "?module-path=/usr/lib/token.so&pin-source=file:/run/secrets/pin",
        {},
    )
    assert key.token == {"token": "Corp HSM", "serial": "0A1B", "manufacturer": "Maker", "model": "X"}
    assert (key.label, key.id) == ("gate/2026", b"\x01\xff")
    assert (key.module, key.pin_file) == (Path("/usr/lib/token.so"), Path("/run/secrets/pin"))


def test_the_library_may_come_from_the_environment() -> None:
    assert read_uri("object=gate", {"PKCS11_MODULE_PATH": "/lib/x.so"}).module == Path("/lib/x.so")


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("token=x" + MODULE, "no key is named"),
        ("object=x", "library is not named"),
        ("object=x?module-path=lib/token.so", "absolute path"),
        ("object=x?module-path=/lib/%00token.so", "absolute path"),
        ("object=x;object=y" + MODULE, "given twice"),
        ("object=x;slot-id=1" + MODULE, "unknown"),
        ("object=x;type=public" + MODULE, "type"),
        ("object=x;x-own=y" + MODULE, "unknown"),
        ("object=%zz" + MODULE, "badly spelled"),
        ("object=%ff" + MODULE, "not UTF-8"),
        ("object" + MODULE, "badly spelled"),
        (f"object={'x' * 3000}" + MODULE, "more than 2000"),
        ("object=x" + MODULE + "&pin-source=pin", "absolute path"),
        ("object=x" + MODULE + "&pin-source=|/bin/secret", "absolute path"),
    ],
)
def test_what_cannot_be_meant_is_refused(rest: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_uri(rest, {})


def test_a_pin_in_the_uri_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError, match="process list") as caught:
        read_uri("object=x" + MODULE + "&pin-value=1234", {})
    assert "1234" not in str(caught.value)


def test_the_pin_comes_from_the_file_or_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "pin"
    file.write_text("4321\n")
    assert read_pin(read_uri(f"object=x{MODULE}&pin-source=file:{file}", {}), b"1234") == "4321"
    assert read_pin(read_uri(f"object=x{MODULE}", {}), b"1234") == "1234"
    for missing in (f"object=x{MODULE}", f"object=x{MODULE}&pin-source=file:{tmp_path}/none"):
        with pytest.raises(EvidenceError):
            read_pin(read_uri(missing, {}), None)


@given(some.text(max_size=60))
def test_no_text_ends_in_anything_but_a_key_or_a_plain_error(text: str) -> None:
    try:
        key = read_uri(text, {"PKCS11_MODULE_PATH": "/lib/x.so"})
    except GateError:
        return
    assert key.label is not None or key.id is not None
