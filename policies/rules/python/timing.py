import hashlib
import hmac


def check(key, body, received):
    # ruleid: python.crypto.timing-unsafe-compare
    if hmac.new(key, body, hashlib.sha256).hexdigest() == received:
        return True
    expected = hmac.new(key, body, hashlib.sha256).digest()
    # ruleid: python.crypto.timing-unsafe-compare
    if received != hmac.digest(key, body, "sha256"):
        return False
    # ok: python.crypto.timing-unsafe-compare
    if len(received) == 32:
        # ok: python.crypto.timing-unsafe-compare
        return hmac.compare_digest(expected, received)
    return hashlib.sha256(body).hexdigest() == received
