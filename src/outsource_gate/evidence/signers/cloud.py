"""How do the key services of AWS, Google Cloud and Azure sign?

Through securesystemslib's signers, whose authors try them against the real services. They compute the digest here
and send only that. Credentials come from where each client looks for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_public_key

from outsource_gate.evidence.signers.service_key import needed

_LATER = "run the job again; if it stays so, ask for a larger quota"
_REACH = "see whether this machine reaches it; HTTPS_PROXY is respected"


@dataclass(slots=True)
class _Cloud:
    """What the three share: securesystemslib's public key is kept between the two questions."""

    known: Any = field(default=None, init=False)  # securesystemslib's key
    address: str = field(default="", init=False)  # securesystemslib's URI of it

    def _loaded(self, imported: tuple[str, Any]) -> object:
        self.address, self.known = imported
        return load_pem_public_key(self.known.keyval["public"].encode())

    def _signed(self, signer: Any, message: bytes) -> bytes:
        return bytes.fromhex(signer.from_priv_key_uri(self.address, self.known).sign(message).signature)


@dataclass(slots=True)
class AwsKms(_Cloud):
    """A key id, alias or ARN, in the region of the ARN or of the environment."""

    key: str
    name: str = "AWS KMS"

    def fetch(self) -> object:
        return self._loaded(self._signer().import_(self.key))

    def sign(self, message: bytes) -> bytes:
        return self._signed(self._signer(), message)

    def told(self, error: Exception) -> tuple[str, str]:
        kind = type(error).__name__
        response = getattr(error, "response", None)
        if isinstance(response, dict):
            code = str(response.get("Error", {}).get("Code", kind))[:100]
            step = _LATER if "Throttl" in code or "Limit" in code else "kms:GetPublicKey and kms:Sign are needed"
            return f"answered {code}", step
        if kind in ("NoCredentialsError", "PartialCredentialsError", "TokenRetrievalError"):
            return "no credentials are there", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the job's role"
        if kind == "NoRegionError":
            return "no region is named", "set AWS_REGION, or give the key's ARN"
        return _common(kind)

    def _signer(self) -> Any:
        """securesystemslib asks with boto3's default session: it gets one whose waits are short."""
        boto3 = needed("boto3", service=self.name, extra="awskms")
        config = needed("botocore.config", service=self.name, extra="awskms")
        session = needed("botocore.session", service=self.name, extra="awskms").get_session()
        session.set_default_client_config(
            config.Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 3, "mode": "standard"})
        )
        if self.key.startswith("arn:") and self.key.count(":") >= 5:
            session.set_config_variable("region", self.key.split(":")[3])
        boto3.setup_default_session(botocore_session=session)
        return needed("securesystemslib.signer", service=self.name, extra="awskms").AWSSigner


@dataclass(slots=True)
class GoogleKms(_Cloud):
    """One version of a key, by its full name."""

    key: str
    name: str = "Google Cloud KMS"

    def fetch(self) -> object:
        return self._loaded(self._signer().import_(self.key))

    def sign(self, message: bytes) -> bytes:
        return self._signed(self._signer(), message)

    def told(self, error: Exception) -> tuple[str, str]:
        kind = type(error).__name__
        if kind in ("DefaultCredentialsError", "RefreshError"):
            return "no credentials are there", "GOOGLE_APPLICATION_CREDENTIALS, or the job's own account"
        if kind in ("TooManyRequests", "ResourceExhausted"):
            return "is throttled", _LATER
        if kind in ("Forbidden", "PermissionDenied"):
            return "refuses", "roles/cloudkms.publicKeyViewer and roles/cloudkms.signer are needed"
        return _common(kind)

    def _signer(self) -> Any:
        needed("google.cloud.kms", service=self.name, extra="gcpkms")
        return needed("securesystemslib.signer", service=self.name, extra="gcpkms").GCPSigner


@dataclass(slots=True)
class AzureKeyVault(_Cloud):
    """The newest version of a key; the one that was fetched is the one that signs."""

    vault: str
    key: str
    name: str = "Azure Key Vault"

    def fetch(self) -> object:
        return self._loaded(self._signer().import_(self.vault, self.key))

    def sign(self, message: bytes) -> bytes:
        return self._signed(self._signer(), message)

    def told(self, error: Exception) -> tuple[str, str]:
        kind = type(error).__name__
        if kind in ("CredentialUnavailableError", "ClientAuthenticationError"):
            return "no credentials are there", "AZURE_CLIENT_ID and its like, or the job's managed identity"
        status = getattr(error, "status_code", None)
        if status == 429:
            return "is throttled", _LATER
        if status == 403:
            return "refuses", "the role Key Vault Crypto User is needed"
        return _common(kind)

    def _signer(self) -> Any:
        for module in ("azure.identity", "azure.keyvault.keys"):
            needed(module, service=self.name, extra="azurekms")
        return needed("securesystemslib.signer", service=self.name, extra="azurekms").AzureSigner


def _common(kind: str) -> tuple[str, str]:
    if kind in ("UnsupportedAlgorithmError", "UnsupportedKeyType"):
        return "the key is of another kind -> ECDSA P-256", "make one for signing with ECDSA P-256 and SHA-256"
    if (
        "Connect" in kind
        or "Timeout" in kind
        or kind in ("ServiceRequestError", "ServiceUnavailable", "RetryError")
    ):
        return "cannot be reached", _REACH
    return f"the client failed with {kind}", _REACH
