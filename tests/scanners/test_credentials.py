"""Each kind of credential is found, and what only looks like one is not."""

from __future__ import annotations

import base64
import string
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.finding import Confidence
from outsource_gate.scanners.credential_forms import FORMS
from outsource_gate.scanners.credentials import MAX_HITS, credentials_in, rules_digest
from tests.scanners import planted
from tests.scanners.planted import ALNUM, chance

HEX = "0123456789abcdef"
B64 = ALNUM + "+/"


def basic(user: str, password: str) -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()


PLANTED: dict[str, Callable[[], str]] = {
    "private-key": planted.private_key,
    "private-key openssh": lambda: planted.private_key("OPENSSH PRIVATE KEY"),
    "private-key encrypted": lambda: planted.private_key("ENCRYPTED PRIVATE KEY"),
    "private-key in a literal": lambda: 'KEY = "' + planted.private_key(newline="\\n") + '"',
    "private-key indented": lambda: "key: |\n" + planted.private_key().replace("\n", "\n    "),
    "pgp-private-key": lambda: planted.private_key("PGP PRIVATE KEY BLOCK"),
    "putty-key": lambda: "PuTTY-User-Key-" + "File-2: ssh-rsa\nPrivate-Lines: 8\n" + chance(64, B64),
    "gcp-service-account": lambda: '"private_key": "' + planted.private_key("PRIVATE KEY", "\\n") + '"',
    "aws-access-key": lambda: f"key = {planted.aws_id()}",
    "aws-secret-key": lambda: f'aws_secret_access_key = "{chance(40, B64)}"',
    "aws-secret-key json": lambda: f'"SecretAccessKey": "{chance(40, B64)}"',
    "google-api-key": lambda: "AI" + "za" + chance(35),
    "google-oauth-secret": lambda: "GOC" + "SPX-" + chance(28),
    "azure-storage-key": lambda: "Account" + f"Key={chance(86, B64)}==;EndpointSuffix=core",
    "azure-shared-key": lambda: "SharedAccess" + f"Key={chance(43, B64)}=",
    "azure-client-secret": lambda: chance(3) + "8" + "Q~" + chance(34),
    "github-token": planted.github,
    "github-token fine": lambda: "github_" + f"pat_{chance(22)}_{chance(59)}",
    "gitlab-token": lambda: "gl" + "pat-" + chance(20),
    "slack-token": lambda: "xo" + "xb-" + f"{chance(12, string.digits)}-{chance(24)}",
    "slack-webhook": lambda: "https://hooks.slack" + f".com/services/T{chance(8)}/B{chance(8)}/{chance(24)}",
    "stripe-key": lambda: "sk_" + "live_" + chance(24),
    "stripe-key of test mode": lambda: "sk_" + "test_" + chance(24),
    "npm-token": lambda: "np" + "m_" + chance(36),
    "npm-auth": lambda: "//npm.corp.example/:_auth" + f"Token={chance(36, HEX)}",
    "pypi-token": lambda: "pypi-" + "AgEIcHlwaS5vcmc" + chance(80),
    "sendgrid-key": lambda: "S" + f"G.{chance(22)}.{chance(43)}",
    "huggingface-token": lambda: "h" + "f_" + chance(34, string.ascii_letters),
    "digitalocean-token": lambda: "do" + f"p_v1_{chance(64, HEX)}",
    "vault-token": lambda: "hv" + "s." + chance(24),
    "age-key": lambda: "AGE-SECRET-" + "KEY-1" + chance(58, string.ascii_uppercase + "23456789"),
    "jwt": lambda: f"t = '{planted.jwt(sub='svc-pay', role='admin', exp=1900000000)}'",
    "basic-auth": lambda: f'"Authorization": "Basic {basic("svc", planted.password())}"',
    "bearer-token": lambda: f"curl -H 'Authorization: Bearer {chance(40)}'",
    "address-with-password": lambda: f"postgres://svc:{chance(14)}@db.corp.example:5432/pay",
    "address-with-password git": lambda: f"https://oauth2:{chance(20)}@git.corp.example/a.git",
    "connection-string": lambda: "Server=db;User Id=svc;Pass" + f"word={planted.password()};Encrypt=true",
    "password": lambda: f'password = "{planted.password()}"',
    "password typed": lambda: f'private String dbPassword = "{planted.password()}";',
    "password annotated": lambda: f'PASSWORD: str = "{planted.password()}"',
    "password yaml": lambda: f"db:\n  password: {planted.password()}\n",
    "password env": lambda: f"export DB_PASSWORD={planted.password()}\n",
    "password properties": lambda: f"spring.datasource.password={planted.password()}\n",
    "password notebook": lambda: f'"source": ["password = \\"{planted.password()}\\"\\n"]',
    "password php": lambda: f"$config['password'] = '{planted.password()}';",
    "generic-secret": lambda: f'client_secret: "{chance(32)}"',
    "generic-secret api": lambda: f'const apiKey = "{chance(32, HEX)}";',
    "generic-secret json": lambda: f'{{"token": "{chance(40)}"}}',
    "generic-secret env": lambda: f"SIGNING_KEY={chance(40)}\n",
}  # fmt: skip

BAITS = {
    "documented AWS id": 'id = "AKIA' + 'IOSFODNN7EXAMPLE"',
    "documented AWS key": 'aws_secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCY' + 'EXAMPLEKEY"',
    "documented Stripe key": "sk_test_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "documented Azurite key": "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/"
    "K1SZFPTOtr/KBHBeksoGMGw==",
    "documented JWT": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
    "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
    "a UUID": 'token = "6fa459ea-ee8a-3ca4-894e-db77e160355e"',
    "a git id": f"commit {chance(40, HEX)}\nuses: actions/checkout@{chance(40, HEX)}",
    "a digest": f'token_sha256 = "{chance(64, HEX)}"\npassword_hash: "{chance(64, HEX)}"',
    "a bcrypt hash": 'password = "$2b$12$' + chance(53) + '"',
    "npm's lock file": f'"integrity": "sha512-{chance(86, B64)}==",',
    "yarn's lock file": f"  integrity sha512-{chance(86, B64)}==\n  js-tokens@^4.0.0:",
    "poetry's lock file": f'{{file = "a.whl", hash = "sha256:{chance(64, HEX)}"}}',
    "go.sum": f"github.example/x/token v1.0.0 h1:{chance(43, B64)}=",
    "Cargo.lock": f'checksum = "{chance(64, HEX)}"',
    "an SSH public key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA" + chance(44, B64) + " vic",
    "a certificate": planted.private_key("CERTIFICATE"),
    "a public key": planted.private_key("PUBLIC KEY"),
    "a PGP public key": planted.private_key("PGP PUBLIC KEY BLOCK"),
    "a key left out": "-----BEGIN RSA " + "PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
    "a key's first line in code": 'if text.startswith("-----BEGIN ' + 'PRIVATE KEY-----"):\n    return parse(text)',
    "a key's first line in prose": "-----BEGIN " + "PRIVATE KEY-----" + " opens a key, its lines follow" * 9,
    "changeme": 'password = "changeme"\nDB_PASSWORD=change-me-please1',
    "crosses": 'api_key = "xxxxxxxxxxxxxxxxxxxxxxxxxxxx"\ntoken: ****************',
    "an angle": 'token = "<your-token-goes-here-1234>"\nhttps://user:<password>@corp.example/',
    "an example": 'password = "example-Passw0rd"\nsecret_key = "your-secret-key-goes-here-123"',
    "a variable": 'password = "${DB_PASSWORD}"\ntoken: ${{ secrets.DEPLOY_TOKEN }}\nurl = "postgres://u:${PW}@h/d"',
    "a format": 'dsn = f"postgres://{user}:{password}@{host}/db"\nurl = "https://%s:%s@%s" % x',
    "the environment": 'token = os.environ["API_TOKEN"]\nconst secret = process.env.CLIENT_SECRET1;',
    "a call": 'password = get_password("payments2")\ntoken = jwt.encode(claims, key)',
    "a name in code": "password = other_password1\nself.token = request.token\nsecret_key=settings.SECRET_KEY",
    "a setting of it": 'password_min_length = "12 characters"\ntoken_url = "https://id.corp.example/oauth/token1"',
    "a label": 'password: "Password"\n"forgot_password": "Forgot your password?"\nplaceholder="Enter password"',
    "prose": "The password must have 12 characters. Tokens are kept in a vault; secrets: see README.md for more.",
    "a type": "interface Login { password: string; token: AccessToken2; }",
    "a weak local one": "postgres://postgres:postgres@localhost:5432/app",
    "a port": "http://proxy.corp.example:8080/a@b",
    "a picture": "data:image/png;base64," + chance(400, B64),
    "a GitHub-like word": "ghp_" + "x" * 36,
    "a CSRF token": f'<input name="csrf_token" value="{chance(40)}">',
    "a page token": f'"next_page_token": "{chance(40)}"',
    "part of a longer word": "A" + planted.aws_id(),
    "an attribute named so": "self._auth = _backends.PrivateTokenAuth(token)\nx_auth = build_digest_header(a)\n",
    "a header without one": 'headers = {"Authorization": f"Bearer {token}"}',
}  # fmt: skip


def sure(text: str) -> list[str]:
    return [hit.kind for hit in credentials_in(text)[0] if hit.confidence is not Confidence.LOW]


@pytest.mark.parametrize("name", PLANTED)
def test_each_kind_is_found_once(name: str) -> None:
    """whatever stands around it"""
    assert sure(f"first\n{PLANTED[name]()}\nlast\n") == [name.partition(" ")[0]]


@pytest.mark.parametrize("name", BAITS)
def test_what_is_none_stays_silent(name: str) -> None:
    assert sure(f"first\n{BAITS[name]}\nlast\n") == []


def test_every_form_has_a_bound_and_a_word() -> None:
    """a repetition without end would be slow on a text made for it"""
    for form in FORMS:
        assert form.words
        assert not any(mark in form.pattern.pattern for mark in ("]+", "]*", ".*", ".+", ")+", ")*")), form.kind


def test_no_marker_silences_it() -> None:
    for marker in ("# nosec", "# pragma: allowlist secret", "gitleaks:allow", "# noqa: S105", "kingfisher:ignore"):
        assert sure(f'password = "{planted.password()}"  {marker}') == ["password"]


def test_a_hit_does_not_show_its_value() -> None:
    """also not in a traceback"""
    (hit,) = credentials_in(planted.aws_id())[0]
    assert hit.value == planted.aws_id()
    assert hit.value not in repr(hit)


def test_names_say_nothing_in_what_is_no_text() -> None:
    text = f'password = "{planted.password()}" {planted.aws_id()}'
    assert [hit.kind for hit in credentials_in(text, is_text=False)[0]] == ["aws-access-key"]


def test_too_many_are_counted() -> None:
    """the surest are listed"""
    text = "".join(f'password = "zebracrossing{chr(97 + n % 26)}"\n' for n in range(MAX_HITS)) + planted.aws_id()
    hits, more = credentials_in(text)
    assert len(hits) == MAX_HITS
    assert more == 1
    assert hits[-1].kind == "aws-access-key"


@pytest.mark.parametrize(
    "unit",
    ["password", "password=", "pwd = '", "token: \"", "://a:", "eyJaaaaaaaaa.", "-----BEGIN PRIVATE KEY-----",
     "AKIA", "aws secret ", "secret\\", "Authorization: Basic ", "server=;password=", "'\"",
     "secret_", "a.b:", "PuTTY-User-Key-File-2: "],
)  # fmt: skip
def test_hostile_texts_take_no_longer_than_their_length_asks(unit: str) -> None:
    """one line of half a megabyte that is nothing but beginnings"""
    text = unit * (500_000 // len(unit))
    start = time.process_time()
    credentials_in(text)
    assert time.process_time() - start < 8


@given(st.text(alphabet=st.sampled_from("AKIAgh_p=:/'\"password token\n-.{}$<>x9 "), max_size=300))
def test_any_text_is_looked_through_and_places_are_true(text: str) -> None:
    """hits lie in the text, in order, and do not overlap"""
    hits, _ = credentials_in(text)
    assert all(text[hit.start : hit.end] == hit.value for hit in hits)
    assert all(left.end <= right.start for left, right in pairwise(hits))


def test_the_digest_says_what_is_looked_for() -> None:
    assert len(rules_digest()) == 64
    assert rules_digest() == rules_digest()
