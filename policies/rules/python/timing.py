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


def check_password(expected, given):
    for i in range(len(expected)):
        # ruleid: python.crypto.stepwise-compare
        if expected[i] != given[i]:
            return False
    return True


def valid_token(token, stored):
    for a_key, other in zip(token, stored):
        # ruleid: python.crypto.stepwise-compare
        if a_key != other:
            return False
    return True


def same_rows(expected, given):
    for i in range(len(expected)):
        # ok: python.crypto.stepwise-compare
        if expected[i] != given[i]:
            return False
    return True


def check_password_again(expected, given):
    for expected_hash in expected:
        # ok: python.crypto.stepwise-compare
        if hmac.compare_digest(expected_hash, given):
            return True
    return False
