"""Is a signature good exactly when OpenSSH or GnuPG says so?"""

from __future__ import annotations

import base64
import hashlib
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outsource_gate.git.signatures import Verifier, verify_commit
from outsource_gate.git.sshsig import BEGIN, END, verify_ssh
from outsource_gate.model.source import Signature
from tests.repo import Repo, SigningKey, commit_body, environment

PAYLOAD = commit_body("a" * 40, [], "Vic <vic@acme.example>", "Vic <vic@acme.example>", 1767225600, "subject\n")
KINDS = [("ed25519", 0), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 2048), ("rsa", 3072)]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    return {(kind, bits): SigningKey.generate(folder, f"{kind}{bits}", kind, bits) for kind, bits in KINDS}


@pytest.fixture(scope="module")
def key(keys: dict[tuple[str, int], SigningKey]) -> SigningKey:
    return keys["ed25519", 0]


def openssh_takes(armoured: bytes, payload: bytes, folder: Path) -> bool:
    """The oracle: does ssh-keygen itself call this signature valid?"""
    place = folder / "signature"
    place.write_bytes(armoured)
    command = ["ssh-keygen", "-Y", "check-novalidate", "-n", "git", "-s", str(place)]
    return subprocess.run(command, input=payload, capture_output=True, check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_good_as_openssh_says(
    keys: dict[tuple[str, int], SigningKey], kind: tuple[str, int], digest: str, tmp_path: Path
) -> None:
    """Every key type that OpenSSH signs with is good over what it signed, with that key, and over nothing else."""
    armoured = keys[kind].sign(PAYLOAD, digest=digest)
    assert openssh_takes(armoured, PAYLOAD, tmp_path)
    assert verify_ssh(armoured, PAYLOAD) == Signature("ssh", "good", keys[kind].public)
    assert not openssh_takes(armoured, PAYLOAD + b"x", tmp_path)
    assert verify_ssh(armoured, PAYLOAD + b"x").status == "bad"


def test_another_namespace_is_bad(key: SigningKey, tmp_path: Path) -> None:
    """A signature that somebody made over a file or an email does not sign a commit."""
    armoured = key.sign(PAYLOAD, namespace="file")
    assert not openssh_takes(armoured, PAYLOAD, tmp_path)
    found = verify_ssh(armoured, PAYLOAD)
    assert (found.status, "namespace 'file'" in found.detail) == ("bad", True)


def test_a_weak_rsa_key_is_bad(tmp_path: Path) -> None:
    """A key of 1024 bits proves nobody."""
    found = verify_ssh(SigningKey.generate(tmp_path, "weak", "rsa", 1024).sign(PAYLOAD), PAYLOAD)
    assert (found.status, "1024" in found.detail) == ("bad", True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(position=st.integers(0, 10_000), bit=st.integers(0, 7), kind=st.sampled_from(KINDS[:5]))
def test_one_flipped_bit_is_never_good(
    keys: dict[tuple[str, int], SigningKey], position: int, bit: int, kind: tuple[str, int]
) -> None:
    """No single bit of the signature can change with the signature still good by the same key."""
    blob = bytearray(dearmoured(signed_once(keys[kind])))
    blob[position % len(blob)] ^= 1 << bit
    found = verify_ssh(armour(bytes(blob)), PAYLOAD)
    # The reserved field is empty, so every byte is signed, is the key, or is the signature.
    assert found.status != "good"


@given(st.binary(max_size=400))
def test_garbage_is_never_good(blob: bytes) -> None:
    """Whatever stands in the armour, it is not good and stops nothing."""
    assert verify_ssh(armour(blob), PAYLOAD).status != "good"
    assert verify_ssh(armour(b"SSHSIG\0\0\0\1" + blob), PAYLOAD).status != "good"
    assert verify_ssh(blob, PAYLOAD).status == "bad"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + text,
        lambda text: text.replace(END, b""),
        lambda text: text.replace(b"\n", b"\n\xff", 1),
        lambda text: b"x" + text,
        lambda text: text.replace(BEGIN, BEGIN + b"\n" + b"A" * 100_000),
    ],
)
def test_spoilt_armour_is_bad(key: SigningKey, spoil: Callable[[bytes], bytes]) -> None:
    """Two signatures in one, a cut one, one with foreign bytes: none is good."""
    assert verify_ssh(spoil(key.sign(PAYLOAD)), PAYLOAD).status == "bad"


def test_bytes_behind_the_signature_are_bad(key: SigningKey) -> None:
    """Nothing may stand behind what was signed."""
    assert verify_ssh(armour(dearmoured(key.sign(PAYLOAD)) + b"\0"), PAYLOAD).status == "bad"


def test_a_security_key_is_checked_with_its_touch() -> None:
    """A FIDO key's signature is good over the wrapped message, and only if somebody touched the key."""
    private = Ed25519PrivateKey.generate()
    assert security_key_signature(private, flags=1).status == "good"
    assert security_key_signature(private, flags=1).key.startswith("sk-ssh-ed25519@openssh.com ")
    assert security_key_signature(private, flags=0).status == "bad"
    assert security_key_signature(private, flags=1, counter_shift=1).status == "bad"


def test_unknown_key_types_are_unchecked() -> None:
    """A key type of tomorrow is neither good nor bad."""
    key = string(b"ssh-dilithium@corp.example") + string(b"k")
    found = verify_ssh(sshsig(key, string(b"ssh-dilithium@corp.example") + string(b"s")), PAYLOAD)
    assert found.status == "unchecked"


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_commits_of_both_formats(key: SigningKey, tmp_path: Path, object_format: str) -> None:
    """The signature is over the commit without it, under the header of the object format."""
    repo = Repo(tmp_path / "r", object_format=object_format)  # type: ignore[arg-type]
    commit = repo.commit("signed", {"a": "1"}, sign=key)
    raw = repo.git_bytes("cat-file", "commit", commit)
    assert verify_commit(raw, object_format=object_format) == Signature("ssh", "good", key.public)
    changed = verify_commit(raw.replace(b"signed", b"forged"), object_format=object_format)
    assert changed
    assert changed.status == "bad"


def test_commit_that_git_signs(key: SigningKey, tmp_path: Path) -> None:
    """A commit that git itself signed is good."""
    repo = Repo(tmp_path / "r")
    repo.commit("one", {"a": "1"})
    repo.checkout()
    settings_ = {"user.name": "Vic", "user.email": "vic@acme.example", "gpg.format": "ssh"}
    settings_["user.signingKey"] = str(key.path)
    options = [part for name, value in settings_.items() for part in ("-c", f"{name}={value}")]
    repo.git(*options, "commit", "-q", "-S", "--allow-empty", "-m", "by git\n\nbody")
    assert verify_commit(repo.git_bytes("cat-file", "commit", "HEAD")) == Signature("ssh", "good", key.public)


def test_two_signatures_are_none(key: SigningKey, tmp_path: Path) -> None:
    """A second signature header beside a good one is not good."""
    repo = Repo(tmp_path / "r")
    once = repo.signed(PAYLOAD, key)
    found = verify_commit(repo.with_signature(once, key.sign(PAYLOAD)))
    assert found
    assert found.status == "bad"


@pytest.mark.parametrize(
    ("armoured", "kind", "status"),
    [
        (b"-----BEGIN SIGNED MESSAGE-----\nx\n-----END SIGNED MESSAGE-----", "x509", "unchecked"),
        (b"-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----", "openpgp", "unchecked"),
        (b"trust me", "unknown", "unchecked"),
    ],
)
def test_what_is_not_checked_is_said(tmp_path: Path, armoured: bytes, kind: str, status: str) -> None:
    """Kinds that are not checked, or for which no key is registered, are unchecked with a reason."""
    found = verify_commit(Repo(tmp_path / "r").with_signature(PAYLOAD, armoured))
    assert found
    assert (found.kind, found.status, bool(found.detail)) == (kind, status, True)


def test_unsigned() -> None:
    """An unsigned commit has no signature at all."""
    assert verify_commit(PAYLOAD) is None


# --- OpenPGP --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gpg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gpg]:
    gpg = Gpg(tmp_path_factory.mktemp("g"))
    yield gpg
    subprocess.run(["gpgconf", "--homedir", str(gpg.home), "--kill", "gpg-agent"], check=True, timeout=60)


class Gpg:
    """Keys in a home of the tests' own: vic's, somebody else's, and one that signed in time and expired since."""

    def __init__(self, home: Path) -> None:
        home.chmod(0o700)
        self.home = home
        for name in ("vic", "other"):
            self.run("--passphrase", "", "--quick-gen-key", f"{name}@acme.example", "ed25519", "sign", "0")
        past = ("--faked-system-time", "20200101T000000!")
        self.run(*past, "--passphrase", "", "--quick-gen-key", "lapsed@acme.example", "ed25519", "sign", "30d")
        options = (*past, "--armor", "--detach-sign", "--local-user", "lapsed@acme.example")
        self.signed_in_time = self.run(*options, data=PAYLOAD)
        self.run("--passphrase", "", "--quick-add-key", self.fingerprint("vic"), "ed25519", "sign", "0")

    def run(self, *args: str, data: bytes = b"") -> bytes:
        command = [
            "gpg",
            "--homedir",
            str(self.home),
            "--batch",
            "--no-tty",
            "-q",
            "--pinentry-mode",
            "loopback",
            *args,
        ]
        return subprocess.run(
            command, input=data, env=environment(), check=True, capture_output=True, timeout=60
        ).stdout

    def sign(self, name: str, payload: bytes = PAYLOAD) -> bytes:
        return self.run("--armor", "--detach-sign", "--local-user", f"{name}@acme.example", data=payload)

    def public(self, name: str) -> str:
        return self.run("--armor", "--export", f"{name}@acme.example").decode()

    def fingerprint(self, name: str) -> str:
        listing = self.run("--with-colons", "--list-keys", f"{name}@acme.example").decode()
        return next(line.split(":")[9] for line in listing.splitlines() if line.startswith("fpr:"))


@pytest.mark.tools
def test_openpgp_good_by_a_registered_key(gpg: Gpg) -> None:
    """A signature by a registered key, or its subkey, is good and names the primary key."""
    with Verifier("sha1", [gpg.public("other"), gpg.public("vic")]) as verifier:
        assert verifier.check(gpg.sign("vic"), PAYLOAD) == Signature("openpgp", "good", gpg.fingerprint("vic"))
        assert verifier.check(gpg.sign("vic"), PAYLOAD + b"x").status == "bad"


@pytest.mark.tools
def test_openpgp_by_a_stranger_is_unchecked(gpg: Gpg) -> None:
    """Without the key, nothing can be said."""
    with Verifier("sha1", [gpg.public("other")]) as verifier:
        found = verifier.check(gpg.sign("vic"), PAYLOAD)
    assert (found.status, found.detail) == ("unchecked", "no registered OpenPGP key made it")


@pytest.mark.tools
def test_openpgp_expired_key_is_bad_whenever_it_signed(gpg: Gpg) -> None:
    """A key that has expired by now proves nothing, also not over a commit dated before."""
    with Verifier("sha1", [gpg.public("lapsed")]) as verifier:
        found = verifier.check(gpg.signed_in_time, PAYLOAD)
    assert (found.status, found.detail) == ("bad", "the key has expired")


@pytest.mark.tools
def test_openpgp_two_signatures_are_not_good(gpg: Gpg) -> None:
    """Two signatures in one armour, one of them good, are not good."""
    both = gpg.run("--detach-sign", "--local-user", "vic@acme.example", data=PAYLOAD) * 2
    armoured = gpg.run("--enarmor", data=both).replace(b"ARMORED FILE", b"SIGNATURE")
    with Verifier("sha1", [gpg.public("vic")]) as verifier:
        assert verifier.check(armoured, PAYLOAD).status == "bad"


@pytest.mark.tools
@pytest.mark.parametrize("content", [b"", b"x", b"iQ" * 500])
def test_openpgp_garbage_is_not_good(gpg: Gpg, content: bytes) -> None:
    """What gpg cannot read as a signature is not good."""
    armoured = b"-----BEGIN PGP SIGNATURE-----\n\n" + content + b"\n-----END PGP SIGNATURE-----\n"
    with Verifier("sha1", [gpg.public("vic")]) as verifier:
        assert verifier.check(armoured, PAYLOAD).status != "good"


@pytest.mark.tools
def test_openpgp_signed_message_of_another_text_is_not_good(gpg: Gpg) -> None:
    """A whole signed message that brings its own text does not sign the commit."""
    message = gpg.run("--armor", "--sign", "--local-user", "vic@acme.example", data=b"something else")
    assert message.startswith(b"-----BEGIN PGP MESSAGE-----")
    with Verifier("sha1", [gpg.public("vic")]) as verifier:
        assert verifier.check(message, PAYLOAD).status != "good"


@pytest.mark.tools
def test_openpgp_unreadable_keys_are_said(gpg: Gpg) -> None:
    """A registered key that gpg cannot read is named where it may have been the one."""
    with Verifier("sha1", ["no key at all"]) as verifier:
        found = verifier.check(gpg.sign("vic"), PAYLOAD)
    assert (found.status, "could not be read" in found.detail) == ("unchecked", True)


@pytest.mark.tools
def test_no_gpg_is_said(gpg: Gpg, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without gpg a signature is unchecked, never good."""
    key, armoured = gpg.public("vic"), gpg.sign("vic")
    monkeypatch.setenv("PATH", str(tmp_path))
    with Verifier("sha1", [key]) as verifier:
        found = verifier.check(armoured, PAYLOAD)
    assert (found.status, "gpg is not installed" in found.detail) == ("unchecked", True)


_SIGNED: dict[Path, bytes] = {}


def signed_once(key: SigningKey) -> bytes:
    if key.path not in _SIGNED:
        _SIGNED[key.path] = key.sign(PAYLOAD)
    return _SIGNED[key.path]


def dearmoured(armoured: bytes) -> bytes:
    return base64.b64decode(armoured.strip()[len(BEGIN) : -len(END)])


def armour(blob: bytes) -> bytes:
    return BEGIN + b"\n" + base64.encodebytes(blob) + END + b"\n"


def string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def sshsig(key: bytes, signature: bytes) -> bytes:
    fields = (key, b"git", b"", b"sha512", signature)
    return armour(b"SSHSIG" + struct.pack(">I", 1) + b"".join(map(string, fields)))


def security_key_signature(private: Ed25519PrivateKey, flags: int, counter_shift: int = 0) -> Signature:
    """Sign as PROTOCOL.u2f has it, there being no token here."""
    kind, application = b"sk-ssh-ed25519@openssh.com", b"ssh:"
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    hashed = hashlib.sha512(PAYLOAD).digest()
    message = b"SSHSIG" + string(b"git") + string(b"") + string(b"sha512") + string(hashed)
    wrapped = hashlib.sha256(application).digest() + bytes([flags]) + struct.pack(">I", 7)
    made = private.sign(wrapped + hashlib.sha256(message).digest())
    blob = string(kind) + string(made) + bytes([flags]) + struct.pack(">I", 7 + counter_shift)
    return verify_ssh(sshsig(string(kind) + string(public) + string(application), blob), PAYLOAD)
