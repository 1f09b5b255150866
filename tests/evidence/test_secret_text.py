"""Nothing that looks like a secret goes into a record; what merely looks technical stays readable."""

from __future__ import annotations

import base64
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.evidence.secret_text import without_secrets

RANDOM = random.Random(30)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def drawn(count: int) -> str:
    return "".join(RANDOM.choice(LETTERS) for _ in range(count))


# Put together here, so that no file holds anything of the form of a secret.
SECRETS = [
    "AK" + "IA" + drawn(16).upper(),
    "gh" + "p_" + drawn(36),
    "github_" + "pat_" + drawn(30),
    "gl" + "pat-" + drawn(20),
    "xo" + "xb-" + drawn(24),
    "sk_" + "live_" + drawn(24),
    "AI" + "za" + drawn(35),
    "np" + "m_" + drawn(36),
    "ey" + "J" + ".eyJ".join((drawn(20), drawn(40))) + "." + drawn(40),
    base64.b64encode(RANDOM.randbytes(32)).decode().replace("/", "x").rstrip("="),
    "-----BEGIN " + "PRIVATE KEY-----\n" + drawn(200) + "\n-----END " + "PRIVATE KEY-----",
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----\n" + drawn(200),
]
HARMLESS = [
    "",
    "1 of 2 independent approvals of 3d0e77c",
    "services/payments/RefundProcessorFactoryBeanConfiguration.java",
    "a" * 40,
    "0123456789abcdef" * 4,
    "v1:" + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "python.flask.command-injection-through-subprocess",
    "ask procurement@corp.example",
    "https://forge.example:8443/corp/payments",
    "the token: see section 4",
    "MAX_NUMBER_OF_INDEPENDENT_APPROVALS_2",
    "123e4567-e89b-12d3-a456-426614174000",
]


def stripped(text: str, **how: bool) -> str:
    return without_secrets(text, lambda _: "[gone]", **how)


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret[:9])
@pytest.mark.parametrize("around", ["{}", "got '{}' here", "config/{}.txt", "key={}\n"])
def test_a_secret_is_taken_out_wherever_it_stands(secret: str, around: str) -> None:
    left = stripped(around.format(secret))
    assert secret not in left
    assert "[gone]" in left


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_text_stays(text: str) -> None:
    assert stripped(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("https://bot:hunter22@forge.example/x", "https://bot:[gone]@forge.example/x"),
        ("password = 'hunter22'", "password = '[gone]'"),
        ("DB_PASSWORD=hunter22 next", "DB_PASSWORD=[gone] next"),
        ('{"api_key": "hunter22"}', '{"api_key": "[gone]"}'),
    ],
)
def test_what_stands_around_a_secret_stays(text: str, left: str) -> None:
    assert stripped(text) == left


def test_a_path_loses_only_what_has_the_form_of_a_secret() -> None:
    hashed = f"static/{SECRETS[9]}.js"
    assert stripped(hashed, random=False) == hashed
    assert stripped(f"config/{SECRETS[0]}", random=False) == "config/[gone]"


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(stripped(text), str)


@pytest.mark.parametrize(
    "seed", ["eyJ", "password", "://a:", "-----BEGIN PRIVATE KEY-----", "a.b.", "xoxb-", "A1b"]
)
def test_hostile_repetition_takes_no_time(seed: str) -> None:
    """8,000 characters are all that is ever looked at; they must not cost seconds."""
    assert len(stripped((seed * 8000)[:8000])) <= 60_000
