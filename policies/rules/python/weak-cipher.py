import os

from Crypto.Cipher import AES, DES3
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ZERO = b"0" * 16

# ruleid: python.crypto.broken-cipher
DES3.new(key, DES3.MODE_CBC, os.urandom(8))
# ruleid: python.crypto.broken-cipher
Cipher(algorithms.ARC4(key), mode=None)
# ok: python.crypto.broken-cipher
AES.new(key, AES.MODE_GCM, os.urandom(12))
# ok: python.crypto.broken-cipher
Cipher(algorithms.AES(key), modes.CBC(os.urandom(16)))

# ruleid: python.crypto.ecb-mode
AES.new(key, AES.MODE_ECB)
# ruleid: python.crypto.ecb-mode
Cipher(algorithms.AES(key), modes.ECB())
# ok: python.crypto.ecb-mode
AES.new(key, AES.MODE_EAX)
# ok: python.crypto.ecb-mode
Cipher(algorithms.AES(key), modes.CTR(os.urandom(16)))

# ruleid: python.crypto.constant-iv
AES.new(key, AES.MODE_CBC, b"initial-vector-0")
# ruleid: python.crypto.constant-iv
modes.CBC(bytes(16))
# ruleid: python.crypto.constant-iv
AESGCM(key).encrypt(b"\x00" * 12, data, None)
# ruleid: python.crypto.constant-iv
AES.new(key, AES.MODE_CBC, iv=ZERO)
# ok: python.crypto.constant-iv
AES.new(key, AES.MODE_CBC, iv=os.urandom(16))
# ok: python.crypto.constant-iv
AESGCM(key).encrypt(nonce, b"data", None)
# ok: python.crypto.constant-iv
modes.CBC(bytes(message[:16]))

# ruleid: python.crypto.short-key
rsa.generate_private_key(public_exponent=65537, key_size=1024)
# ruleid: python.crypto.short-key
RSA.generate(1024)
# ok: python.crypto.short-key
rsa.generate_private_key(public_exponent=65537, key_size=3072)
# ok: python.crypto.short-key
RSA.generate(2048)


def pad_iv(key, text):
    constant = b"x" * 16
    # ruleid: python.crypto.constant-iv
    first = AES.new(key, AES.MODE_CBC, constant)
    fresh = os.urandom(16)
    # ok: python.crypto.constant-iv
    return first, AES.new(key, AES.MODE_CBC, fresh)
