import os

import jwt
from jose import jwt as jose_jwt

# ruleid: python.jwt.verification-off
jwt.decode(token, options={"verify_signature": False})
# ruleid: python.jwt.verification-off
jwt.decode(token, key, algorithms=["HS256", "none"])
# ruleid: python.jwt.verification-off
jose_jwt.get_unverified_claims(token)
# ok: python.jwt.verification-off
jwt.decode(token, key, algorithms=["HS256"], options={"verify_signature": True, "require": ["exp"]})
# ok: python.jwt.verification-off
jwt.get_unverified_header(token)["kid"]

# ruleid: python.jwt.expiry-ignored
jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": False})
# ruleid: python.jwt.expiry-ignored
jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})
# ok: python.jwt.expiry-ignored
jwt.decode(token, key, algorithms=["RS256"], leeway=30)
# ok: python.jwt.expiry-ignored
jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": True})

# ruleid: python.jwt.constant-key
jwt.encode({"sub": "ina"}, "not-a-real-key", algorithm="HS256")
# ruleid: python.jwt.constant-key
jose_jwt.decode(token, "not-a-real-key", algorithms=["HS256"])
# ok: python.jwt.constant-key
jwt.encode({"sub": "ina"}, os.environ["JWT_KEY"], algorithm="HS256")
# ok: python.jwt.constant-key
jwt.decode(token, "-----BEGIN PUBLIC KEY-----\n...", algorithms=["RS256"])


import python_jwt


def claims(token, key):
    # ruleid: python.jwt.verification-off
    _, first = python_jwt.process_jwt(token)
    # ok: python.jwt.verification-off
    _, second = python_jwt.verify_jwt(token, key, ["RS256"])
    return first, second
