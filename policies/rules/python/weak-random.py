import random
import secrets
import string
import time
import uuid


def issue(user):
    # ruleid: python.crypto.predictable-token
    token = "".join(random.choice(string.ascii_letters) for _ in range(32))
    # ruleid: python.crypto.predictable-token
    user.otp = random.randint(100000, 999999)
    # ruleid: python.crypto.predictable-token
    session = {}; session["reset_token"] = str(uuid.uuid1())
    # ok: python.crypto.predictable-token
    user.token = secrets.token_urlsafe(32)
    # ok: python.crypto.predictable-token
    delay = random.uniform(0, 1)
    # ok: python.crypto.predictable-token
    salt = "".join(secrets.choice(string.digits) for _ in range(8))
    # ok: python.crypto.predictable-token
    nonce = random.SystemRandom().getrandbits(64)
    # ok: python.crypto.predictable-token
    max_tokens = random.randint(1, 9)
    return token, delay, salt, nonce, max_tokens


def generate_password(length):
    # ruleid: python.crypto.predictable-token
    return "".join(random.choices(string.printable, k=length))


def sample(rows):
    # ok: python.crypto.predictable-token
    return random.sample(rows, 5)


def expired(token_at):
    # ok: python.crypto.predictable-token
    stale_token = token_at < time.time()
    return stale_token


def crypto():
    # ruleid: python.crypto.predictable-token
    session_key = random.getrandbits(128)
    # ok: python.crypto.predictable-token
    sort_key = random.random()
    # ok: python.crypto.predictable-token
    encryption_key = secrets.token_bytes(32)
    return session_key, sort_key, encryption_key
