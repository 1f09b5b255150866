"""Credentials as they stand in files, and what only looks like them: what detectors are measured with.

Made when asked for, from characters without order, so that no scanner finds one in these sources.
"""

from __future__ import annotations

import base64
import hashlib
import string
from collections.abc import Iterator
from dataclasses import dataclass

from tests.scanners import planted
from tests.scanners.planted import chance

HEX, UPPER, BASE32 = "0123456789abcdef", string.ascii_uppercase + string.digits, string.ascii_uppercase + "234567"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file; `is_planted`: it holds a credential."""

    name: str
    text: str
    is_planted: bool


def corpus() -> Iterator[Sample]:
    for name, text in _planted():
        yield Sample(name, text, is_planted=True)
    for name, text in _baits():
        yield Sample(name, text, is_planted=False)


def _planted() -> Iterator[tuple[str, str]]:
    yield "aws pair", f"aws_access_key_id = {planted.aws_id()}\naws_secret_access_key = {chance(40)}\n"
    yield "aws id in code", f'KEY = "{planted.aws_id("c")}"\n'
    yield "github", f'token: "{planted.github()}"\n'
    yield "gitlab", "CI_TOKEN=gl" + f"pat-{chance(20)}\n"
    yield "slack", "SLACK=xo" + f"xb-{chance(12, string.digits)}-{chance(13, string.digits)}-{chance(24)}\n"
    yield "stripe", 'stripe.api_key = "sk' + f'_live_{chance(24)}"\n'
    yield "npm", "//registry.example/:_authToken=np" + f"m_{chance(36)}\n"
    yield "pypi", "password = py" + f"pi-AgEIcHlwaS5vcmc{chance(150)}\n"
    yield "sendgrid", "SENDGRID_API_KEY=S" + f"G.{chance(22)}.{chance(43)}\n"
    yield "rsa key", planted.private_key() + "\n"
    yield "openssh key in code", f'KEY = """{planted.private_key("OPENSSH PRIVATE KEY")}"""\n'
    yield "jwt", f"Authorization: Bearer {planted.jwt(sub='vic', role='admin', exp=1)}\n"
    yield "database address", f"DATABASE_URL=postgres://app:{planted.password()}@db.corp.example:5432/app\n"
    yield "connection string", f"Server=db.corp.example;User Id=app;Password={planted.password()};\n"
    yield "password in python", f'password = "{planted.password()}"\n'
    yield "password in yaml", f"db:\n  password: {planted.password()}\n"
    yield "secret in env", f"CLIENT_SECRET={chance(40)}\n"
    yield "hex key", f'encryption_key = "{chance(64, HEX)}"\n'
    yield "vault", "VAULT_TOKEN=hv" + f"s.{chance(90)}\n"
    yield "digitalocean", "DO=do" + f"p_v1_{chance(64, HEX)}\n"
    yield "google api", 'key: "AI' + f'za{chance(35)}"\n'
    yield "dynatrace", "dt0" + f"c01.{chance(24, BASE32)}.{chance(64, BASE32)}\n"
    yield "airtable", "AIRTABLE=pa" + f"t{chance(14)}.{chance(64, HEX)}\n"
    yield "linear", "LINEAR_API_KEY=li" + f"n_api_{chance(40)}\n"
    yield "postman", "POSTMAN=PM" + f"AK-{chance(24, HEX)}-{chance(34, HEX)}\n"
    yield "pulumi", "PULUMI_ACCESS_TOKEN=pu" + f"l-{chance(40, HEX)}\n"
    yield "doppler", "DOPPLER_TOKEN=dp." + f"pt.{chance(43)}\n"
    yield "planetscale", "PSCALE=psc" + f"ale_tkn_{chance(43)}\n"
    yield "rubygems", "GEM=ruby" + f"gems_{chance(48, HEX)}\n"
    yield "github in base64", f"config: {base64.b64encode(('token ' + planted.github('b')).encode()).decode()}\n"
    yield "password in prose", f"Log in as root with the password '{planted.password()}' on the test host.\n"
    yield "mailgun", f"MAILGUN_API_KEY=key-{chance(32, HEX)}\n"


def _baits() -> Iterator[tuple[str, str]]:
    uuid = "6fa459ea-ee8a-3ca4-894e-db77e160355e"
    digest = base64.b64encode(hashlib.sha512(b"lock").digest()).decode()
    yield "uuid", f'REQUEST_ID = "{uuid}"\ntenant_id: {uuid}\n'
    yield "uuid called key", f"HEROKU_API_KEY={uuid}\n"
    yield "npm lock", f'{{"node_modules/a": {{"version": "1.0.0", "integrity": "sha512-{digest}"}}}}\n'
    yield "pip lock", f"a==1.0 \\\n    --hash=sha256:{chance(64, HEX)}\n"
    yield "go sum", f"corp.example/a v1.0.0 h1:{base64.b64encode(hashlib.sha256(b'a').digest()).decode()}\n"
    yield "cargo lock", f'[[package]]\nname = "a"\nchecksum = "{chance(64, HEX)}"\n'
    yield "git ids", f"uses: corp/action@{chance(40, HEX)}\nref: {chance(40, HEX, 'r')}\n"
    yield "digest in code", f'SHA256 = "{chance(64, HEX)}"\nmd5 = "{chance(32, HEX)}"\n'
    yield "placeholders", "api_key: <YOUR_API_KEY>\npassword: changeme\ntoken: xxxxxxxxxxxxxxxxxxxx\n"
    yield "environment", 'password = os.environ["DB_PASSWORD"]\ntoken = "${API_TOKEN}"\n'
    yield "workflow", "with:\n  token: ${{ secrets.GITHUB_TOKEN }}\n"
    yield "documented aws", "aws_access_key_id = AKIA" + "IOSFODNN7EXAMPLE\n"
    yield "public key", f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{chance(43)} vic@acme.example\n"
    yield "certificate", planted.private_key("CERTIFICATE") + "\n"
    yield "picture", f"background: url(data:image/png;base64,{chance(600)})\n"
    yield "names of settings", "password_field = 'user_password'\ntoken_url = 'https://sso.corp.example/token'\n"
    yield "code", "secretKey = derive_key(password, salt)\nconst apiKey = getApiKey(config)\n"
    yield "prose", "The password must have 12 characters; the token is kept in a vault.\n"
    yield "address without", "url = https://user:${PASSWORD}@db.corp.example/app\n"
    yield "minified", "!function(e,t){var n=e.key||t.token;return n&&n.length>20?r(n):i(e)}(a,b);\n"
    yield "test double", 'client = Client(api_key="test", password="secret")\n'
    yield "csrf", f'<meta name="csrf-token" content="{chance(44)}">\n'
