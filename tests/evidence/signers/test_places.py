"""Every spelling names one place or is refused, and none is repeated in an error."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from outsource_gate.errors import UsageError
from outsource_gate.evidence.keys import load_signer
from outsource_gate.evidence.signers import cloud
from outsource_gate.evidence.signers.places import is_elsewhere
from outsource_gate.evidence.signers.service_key import SigningError

GOOGLE = "projects/p/locations/l/keyRings/r/cryptoKeys/k"


@pytest.mark.parametrize(
    "uri",
    [
        "awskms://alias/gate",
        "awskms://localhost:4566/alias/gate",
        "awskms:///",
        "awskms:///alias/gate?secret",
        "awskms:///a b",
        f"gcpkms://{GOOGLE}",
        f"gcpkms://{GOOGLE}/cryptoKeyVersions/latest",
        f"gcpkms://{GOOGLE}/../x/cryptoKeyVersions/1",
        "azurekms://secret.vault.example/gate",
        "azurekms://corp.vault.azure.net/gate/0123",
        "azurekms://corp.vault.azure.net@secret.example/gate",
        "hashivault://",
        "hashivault://../secret",
        "hashivault://gate/secret",
        "hashivault://gate?secret",
        "hashivault:gate",
        "hashivault://gate\n",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_and_not_repeated(uri: str) -> None:
    with pytest.raises(UsageError, match="cannot be read") as caught:
        load_signer(uri, None, {})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("uri", "extra", "kind", "named"),
    [
        ("awskms:///alias/gate", "awskms", "AwsKms", ("alias/gate",)),
        (
            "awskms:///arn:aws:kms:eu-central-1:1:key/0a-b",
            "awskms",
            "AwsKms",
            ("arn:aws:kms:eu-central-1:1:key/0a-b",),
        ),
        (f"gcpkms://{GOOGLE}/cryptoKeyVersions/2", "gcpkms", "GoogleKms", (f"{GOOGLE}/cryptoKeyVersions/2",)),
        (f"gcpkms://{GOOGLE}/versions/2", "gcpkms", "GoogleKms", (f"{GOOGLE}/cryptoKeyVersions/2",)),
        ("azurekms://corp.vault.azure.net/gate", "azurekms", "AzureKeyVault", ("corp", "gate")),
    ],
)
def test_a_cloud_key_is_found_by_its_address_and_its_missing_client_is_told(
    monkeypatch: pytest.MonkeyPatch, uri: str, extra: str, kind: str, named: tuple[str, ...]
) -> None:
    made: list[tuple[str, ...]] = []
    whole = getattr(cloud, kind)

    def noted(*given: str) -> Any:
        made.append(given)
        return whole(*given)

    def nothing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(cloud, kind, noted)
    monkeypatch.setattr(importlib, "import_module", nothing)
    with pytest.raises(SigningError, match=rf"not installed -> pip install 'outsource-gate\[{extra}\]'"):
        load_signer(uri, None, {})
    assert made == [named]


@pytest.mark.parametrize(
    ("uri", "elsewhere"),
    [("pkcs11:object=x", True), ("hashivault://x", True), ("file:x", False), ("gate.key", False), ("awskms", True)],
)
def test_files_and_variables_are_no_services(uri: str, elsewhere: bool) -> None:
    assert is_elsewhere(uri) is elsewhere
