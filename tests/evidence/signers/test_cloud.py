"""AWS KMS through its real client against moto's server; Google and Azure as far as they go without an account."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.keys import load_signer
from outsource_gate.evidence.signers.cloud import AzureKeyVault, GoogleKms
from outsource_gate.evidence.signers.service_key import SigningError

boto3 = pytest.importorskip("boto3", reason="the extra `awskms` is not installed")
pytest.importorskip("securesystemslib.signer", reason="the extra `awskms` is not installed")

# botocore's and moto's own use of the library; nothing of ours
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def aws() -> Iterator[str]:
    server = pytest.importorskip("moto.server", reason="moto's server is not installed")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "example")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "eu-central-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/dev/null")


@pytest.fixture
def client(aws: str, account: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", aws)
    return boto3.session.Session().client("kms")


@pytest.fixture
def digests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let moto sign a digest as AWS documents it (API_Sign, MessageType DIGEST): moto 5.2 hashes it again."""
    utils = pytest.importorskip("moto.kms.utils")

    def sign(self: Any, message: bytes, signing_algorithm: str) -> bytes:
        assert (signing_algorithm, len(message)) == ("ECDSA_SHA_256", 32)
        return bytes(self.private_key.sign(message, ec.ECDSA(Prehashed(hashes.SHA256()))))

    monkeypatch.setattr(utils.ECDSAPrivateKey, "sign", sign)


def made(client: Any, spec: str) -> Any:
    return client.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]


@pytest.mark.usefixtures("digests")
def test_aws_signs_what_its_public_key_verifies_by_id_alias_and_arn(client: Any) -> None:
    key = made(client, "ECC_NIST_P256")
    client.create_alias(AliasName="alias/gate", TargetKeyId=key["KeyId"])
    ids = set()
    for name in (key["KeyId"], "alias/gate", key["Arn"]):
        signer = load_signer(f"awskms:///{name}", None)
        ids.add(signer.key_id)
        assert signer.public_key.verifies(signer.sign(b"message" * 10_000), b"message" * 10_000)
    assert len(ids) == 1


@pytest.mark.usefixtures("digests")
def test_an_arn_names_its_region_itself(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    arn = made(client, "ECC_NIST_P256")["Arn"]
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name)
    load_signer(f"awskms:///{arn}", None).sign(b"message")
    with pytest.raises(SigningError, match="no region is named"):
        load_signer("awskms:///alias/gate", None)


def test_a_signature_of_other_bytes_is_never_passed_on(client: Any) -> None:
    """moto as it is: it signs the digest's digest."""
    signer = load_signer(f"awskms:///{made(client, 'ECC_NIST_P256')['KeyId']}", None)
    with pytest.raises(SigningError, match="AWS KMS: what it answered is no signature"):
        signer.sign(b"message")


@pytest.mark.parametrize("spec", ["ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1", "RSA_2048"])
def test_other_kinds_of_keys_are_refused_whatever_aws_can_do(client: Any, spec: str) -> None:
    with pytest.raises(EvidenceError, match="ECDSA P-256"):
        load_signer(f"awskms:///{made(client, spec)['KeyId']}", None)


def test_a_key_that_is_not_there_is_one_sentence(client: Any) -> None:
    with pytest.raises(SigningError, match="answered NotFoundException"):
        load_signer("awskms:///alias/none", None)


@contextmanager
def answering(code: str, status: int = 400) -> Iterator[str]:
    """A KMS that answers every question with one error, as the service's JSON protocol writes it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps({"__type": code, "message": "account 123456789012"}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("ThrottlingException", "quota"),
        ("AccessDeniedException", "kms:Sign"),
        ("DisabledException", "kms:Sign"),
    ],
)
def test_throttled_and_refused_are_one_sentence_without_the_account(
    monkeypatch: pytest.MonkeyPatch, code: str, step: str
) -> None:
    with answering(code) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", address)
        with pytest.raises(SigningError, match=f"AWS KMS: answered {code} -> .*{step}") as caught:
            load_signer("awskms:///alias/gate", None)
    assert "123456789012" not in str(caught.value)


@pytest.mark.usefixtures("account")
def test_nobody_there_and_nobody_to_be_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:9")
    with pytest.raises(SigningError, match="cannot be reached"):
        load_signer("awskms:///alias/gate", None)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    with pytest.raises(SigningError, match="no credentials are there"):
        load_signer("awskms:///alias/gate", None)


def error(name: str, **more: Any) -> Exception:
    """An error as the clients of Google and Azure name theirs; the clients themselves need an account."""
    kind: type[Exception] = type(name, (Exception,), more)
    return kind()


@pytest.mark.parametrize(
    ("service", "raised", "said"),
    [
        (GoogleKms("k"), error("DefaultCredentialsError"), "no credentials"),
        (GoogleKms("k"), error("TooManyRequests"), "throttled"),
        (GoogleKms("k"), error("PermissionDenied"), "refuses"),
        (GoogleKms("k"), error("UnsupportedAlgorithmError"), "ECDSA P-256"),
        (GoogleKms("k"), error("ServiceUnavailable"), "cannot be reached"),
        (AzureKeyVault("v", "k"), error("ClientAuthenticationError"), "no credentials"),
        (AzureKeyVault("v", "k"), error("HttpResponseError", status_code=429), "throttled"),
        (AzureKeyVault("v", "k"), error("HttpResponseError", status_code=403), "refuses"),
        (AzureKeyVault("v", "k"), error("UnsupportedKeyType"), "ECDSA P-256"),
        (AzureKeyVault("v", "k"), error("ResourceNotFoundError"), "failed with ResourceNotFoundError"),
    ],
)
def test_google_and_azure_have_their_words(service: Any, raised: Exception, said: str) -> None:
    assert said in service.told(raised)[0]
