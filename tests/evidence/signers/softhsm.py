"""A real PKCS#11 library with two tokens in a folder of the test's own: SoftHSM2, and why there is none."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

PIN, SO_PIN = "1234", "567890"
_FOLDERS = ("softhsm", "x86_64-linux-gnu/softhsm", "aarch64-linux-gnu/softhsm")
MODULES = tuple(Path("/usr/lib", folder, "libsofthsm2.so") for folder in _FOLDERS)
MODULE = next((path for path in MODULES if path.exists()), MODULES[0])
_TOP = Path(__file__).parents[3]
EDWARDS25519 = bytes.fromhex("130c656477617264733235353139")  # PrintableString, as SoftHSM2 wants it


def lacking() -> str:
    if importlib.util.find_spec("pkcs11") is None:
        return "the extra `pkcs11` is not installed"
    if not MODULE.exists() or shutil.which("softhsm2-util") is None:
        return "SoftHSM2 is not installed (apt install softhsm2)"
    return ""


def make(folder: Path) -> Path:
    """Make two tokens, and keys on one, in another process: ours reads its configuration once, and later."""
    tokens, conf = folder / "tokens", folder / "softhsm2.conf"
    tokens.mkdir()
    conf.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    environment = {"SOFTHSM2_CONF": str(conf), "PATH": "/usr/bin:/bin"}
    for label in ("gate", "other"):
        words = ("--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", SO_PIN)
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True, env=environment)
    subprocess.run([sys.executable, "-m", "tests.evidence.signers.softhsm"], check=True, env=environment, cwd=_TOP)
    return conf


def fill() -> None:
    """Make keys of every kind on the token `gate`: id 1 to 4, and two of one label."""
    import pkcs11
    from pkcs11 import Attribute, KeyType, Mechanism
    from pkcs11.util.ec import encode_named_curve_parameters

    token = pkcs11.lib(str(MODULE)).get_token(token_label="gate")
    with token.open(user_pin=PIN, rw=True) as session:
        for number, curve in ((1, "secp256r1"), (2, "secp384r1"), (5, "secp256r1"), (6, "secp256r1")):
            named = {Attribute.EC_PARAMS: encode_named_curve_parameters(curve)}
            domain = session.create_domain_parameters(KeyType.EC, named, local=True)
            label = "twice" if number > 4 else curve
            domain.generate_keypair(id=bytes((number,)), label=label, store=True)
        session.generate_keypair(KeyType.RSA, 2048, id=b"\3", label="rsa", store=True)
        named = {Attribute.EC_PARAMS: EDWARDS25519}
        domain = session.create_domain_parameters(KeyType.EC_EDWARDS, named, local=True)
        how = Mechanism.EC_EDWARDS_KEY_PAIR_GEN
        domain.generate_keypair(id=b"\4", label="ed25519", store=True, mechanism=how)


if __name__ == "__main__":
    fill()
