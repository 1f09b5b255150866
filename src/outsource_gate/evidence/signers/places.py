"""Which place does a key URI name?

The spellings are those of cosign and RFC 7512. No error repeats what was given: it could hold a PIN.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from outsource_gate.errors import UsageError
from outsource_gate.evidence.signers.service_key import KeyService, ServiceKey, open_key

SCHEMES = frozenset({"pkcs11", "hashivault", "awskms", "gcpkms", "azurekms"})
_AWS = re.compile(r"///([A-Za-z0-9:/_-]{1,2048})")
_GCP = re.compile(
    r"//(projects/[\w.:-]{1,100}/locations/[\w-]{1,100}/keyRings/[\w-]{1,100}/cryptoKeys/[\w-]{1,100})"
    r"/(?:cryptoKeyVersions|versions)/([0-9]{1,9})",
    re.ASCII,
)
_AZURE = re.compile(r"//([A-Za-z0-9-]{3,24})\.vault\.azure\.net/([A-Za-z0-9-]{1,127})")
_VAULT = re.compile(r"//(\w(?:[\w.-]{0,200}\w)?)", re.ASCII)


def is_elsewhere(uri: str) -> bool:
    """Does the URI name a key that signs in a device or service?"""
    return uri.partition(":")[0] in SCHEMES


def open_elsewhere(uri: str, password: bytes | None, environment: Mapping[str, str]) -> ServiceKey:
    """Open the key; `password` is a token's PIN, services take their credentials from the environment."""
    scheme, _, rest = uri.partition(":")
    return open_key(_service(scheme, rest, password, environment))


def _service(scheme: str, rest: str, password: bytes | None, environment: Mapping[str, str]) -> KeyService:
    if scheme == "pkcs11":
        from outsource_gate.evidence.signers.pkcs11_token import Pkcs11Token  # noqa: PLC0415 - where one signs
        from outsource_gate.evidence.signers.pkcs11_uri import read_uri  # noqa: PLC0415

        return Pkcs11Token(read_uri(rest, environment), password)
    if scheme == "hashivault":
        from outsource_gate.evidence.signers.vault import Vault  # noqa: PLC0415 - where it signs

        return Vault(_parts(_VAULT, rest, "hashivault://KEY")[0], environment)
    from outsource_gate.evidence.signers.cloud import AwsKms, AzureKeyVault, GoogleKms  # noqa: PLC0415

    if scheme == "awskms":
        hint = "awskms:///KEY with an id, alias/NAME or ARN; AWS_ENDPOINT_URL_KMS names another endpoint"
        return AwsKms(_parts(_AWS, rest, hint)[0])
    if scheme == "gcpkms":
        hint = "gcpkms://projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/N"
        return GoogleKms("/cryptoKeyVersions/".join(_parts(_GCP, rest, hint)))
    vault, key = _parts(_AZURE, rest, "azurekms://VAULT.vault.azure.net/KEY; its newest version signs")
    return AzureKeyVault(vault, key)


def _parts(form: re.Pattern[str], rest: str, hint: str) -> tuple[str, ...]:
    found = form.fullmatch(rest)
    if found is None:
        raise UsageError("--key: the key's address cannot be read", hint=hint)
    return found.groups()
