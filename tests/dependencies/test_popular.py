"""Look-alikes are found, neighbours with a name of their own are not."""

from __future__ import annotations

import pytest

from outsource_gate.dependencies.popular import look_alike


@pytest.mark.parametrize(
    ("kind", "name", "known"),
    [
        ("pypi", "reqeusts", "requests"),
        ("pypi", "djago", "django"),
        ("pypi", "crypt0graphy", "cryptography"),
        ("pypi", "pythondateutil", "python-dateutil"),
        ("pypi", "colourama", "colorama"),
        ("pypi", "r\u0435quests", "requests"),
        ("npm", "lodahs", "lodash"),
        ("npm", "crossenv", "cross-env"),
        ("npm", "babel/core", "@babel/core"),
        ("npm", "expresss", "express"),
        ("npm", "axois", "axios"),
        ("npm", "momnet", "moment"),
        ("npm", "momcnt", "moment"),
        ("cargo", "rustdecimal", "rust_decimal"),
        ("github", "actons/checkout", "actions/checkout"),
        ("docker", "library/pyhton", "library/python"),
        ("nuget", "newtonsof.json", "newtonsoft.json"),
    ],
)
def test_a_name_that_is_taken_for_another(kind: str, name: str, known: str) -> None:
    assert look_alike(kind, name) == known


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("pypi", "requests"),
        ("pypi", "psycopg3"),
        ("pypi", "pydantic-settings"),
        ("pypi", "httpx2"),
        ("pypi", "scapy"),
        ("npm", "preact"),
        ("npm", "vuex"),
        ("npm", "color"),
        ("npm", "aws-cdk"),
        ("npm", "eslint-plugin-vue"),
        ("npm", "react-router-dom"),
        ("gem", "sassc-rails"),
        ("maven", "org.slf4j/slf4j-api"),
        ("golang", "lib.example/a"),
    ],
)
def test_a_name_of_its_own(kind: str, name: str) -> None:
    assert look_alike(kind, name) == ""
