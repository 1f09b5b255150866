import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding


def store(user, password, form):
    # ruleid: python.crypto.fast-password-hash
    hashlib.sha256(password.encode()).hexdigest()
    # ruleid: python.crypto.fast-password-hash
    hashlib.md5((user.salt + form["password"]).encode())
    # ok: python.crypto.fast-password-hash
    hashlib.scrypt(password.encode(), salt=user.salt, n=2**14, r=8, p=1)
    # ok: python.crypto.fast-password-hash
    hashlib.sha256(user.document).hexdigest()
    # ok: python.crypto.fast-password-hash
    hashlib.md5(user.password_changed_at.encode(), usedforsecurity=False)


def sign(key, private_key, message):
    # ruleid: python.crypto.weak-signature-hash
    hmac.new(key, message, hashlib.md5)
    # ruleid: python.crypto.weak-signature-hash
    private_key.sign(message, padding.PKCS1v15(), hashes.SHA1())
    # ruleid: python.crypto.weak-signature-hash
    private_key.sign(message, ec.ECDSA(hashes.SHA1()))
    # ok: python.crypto.weak-signature-hash
    hmac.new(key, message, hashlib.sha256)
    # ok: python.crypto.weak-signature-hash
    private_key.sign(message, ec.ECDSA(hashes.SHA256()))
    # ok: python.crypto.weak-signature-hash
    hashlib.sha1(message).hexdigest()


def derive(password, user, row):
    # ruleid: python.crypto.constant-salt
    hashlib.pbkdf2_hmac("sha256", password, b"the same for all", 600_000)
    # ruleid: python.crypto.constant-salt
    hashlib.scrypt(password, salt=b"pepper" * 2, n=2**14, r=8, p=1)
    # ok: python.crypto.constant-salt
    hashlib.pbkdf2_hmac("sha256", password, user.salt, 600_000)
    # ok: python.crypto.constant-salt
    hashlib.scrypt(password, salt=os.urandom(16), n=2**14, r=8, p=1)
    # ruleid: python.crypto.encoded-password
    base64.b64decode(row[0]) == password
    # ruleid: python.crypto.encoded-password
    base64.b64encode(user.password.encode()) == row[0]
    # ok: python.crypto.encoded-password
    base64.b64decode(row[0]) == row[1]
    # ok: python.crypto.encoded-password
    header = base64.b64encode(f"{user}:{password}".encode())
    return header
