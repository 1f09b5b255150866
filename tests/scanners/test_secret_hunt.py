"""Content, messages and names are looked through as whoever reads them would; what cannot be is said."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.git.objects import TooBig
from outsource_gate.model.finding import Confidence
from outsource_gate.model.secret import Secret
from outsource_gate.scanners import secret_hunt, secret_texts
from outsource_gate.scanners.secret_hunt import Hunt
from outsource_gate.scanners.secret_texts import views
from tests.scanners import planted

COMMIT = "a" * 40
PASSWORD = f'x = 1\npassword = "{planted.password()}"\n'


@dataclass(frozen=True)
class Blob:
    path: str = "a.py"
    commit: str = COMMIT
    at_base: str = ""


def hunted(data: object, base: bytes = b"", **blob: Any) -> Hunt:
    hunt = Hunt()
    hunt.content(Blob(at_base="b" * 40 if base else "", **blob), data, lambda _: base)
    return hunt


def test_a_hit_says_kind_place_and_nothing_of_the_value() -> None:
    hunt = hunted(PASSWORD.encode())
    (found,) = hunt.scan().secrets
    assert found == Secret("password", "a password", Confidence.MEDIUM, "content", COMMIT, "a.py", 2)
    assert planted.password() not in repr(hunt) + repr(hunt.scan()) + repr(hunt.found())


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + PASSWORD.encode(),
        PASSWORD.encode("utf-16"),
        codecs.BOM_UTF16_BE + PASSWORD.encode("utf-16-be"),
        PASSWORD.encode("utf-32"),
        PASSWORD.encode("utf-16-le"),
        PASSWORD.encode("utf-16-be"),
        b"# caf\xe9\n" + PASSWORD.encode(),
        PASSWORD.replace("\n", "\r\n").encode(),
    ],
    ids=["mark", "utf-16", "utf-16 be", "utf-32", "no mark le", "no mark be", "latin-1", "crlf"],
)
def test_every_encoding_that_editors_read_is_read(data: bytes) -> None:
    assert [found.kind for found in hunted(data).scan().secrets] == ["password"]


def test_forms_are_found_in_any_bytes() -> None:
    """names are not: two letters beside each other mean nothing in a picture"""
    data = bytes(range(256)) + planted.aws_id().encode() + b"\0" + PASSWORD.encode()
    assert [found.kind for found in hunted(data).scan().secrets] == ["aws-access-key"]


def test_what_the_base_has_in_the_file_is_not_new() -> None:
    old = PASSWORD.encode()
    more = old + f"key = '{planted.aws_id()}'\n".encode()
    assert [(found.kind, found.new) for found in hunted(more, base=old).scan().secrets] == [
        ("password", False),
        ("aws-access-key", True),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (TooBig(40_000_000), "too big: 40000000 bytes"),
        (b"PK\x03\x04" + bytes(30), "an archive (zip"),
        (b"\x1f\x8b" + bytes(30), "cannot be unpacked"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
    ],
)
def test_what_cannot_be_looked_into_is_said(data: object, why: str) -> None:
    (unread,) = hunted(data).scan().unread
    assert why in unread.reason
    assert (unread.path, unread.commit) == ("a.py", COMMIT)


def test_a_text_too_long_for_names_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """forms are still looked for"""
    monkeypatch.setattr(secret_texts, "MAX_TEXT_BYTES", 100)
    scan = hunted((PASSWORD + planted.aws_id() + "\n" * 100).encode()).scan()
    assert [found.kind for found in scan.secrets] == ["aws-access-key"]
    assert scan.unread[0].reason.startswith("too long a text")


def test_a_message_is_looked_through_with_its_trailers_and_header() -> None:
    raw = (
        f"tree {'1' * 40}\nauthor {planted.github('name')} <v@acme.example> 1 +0000\n"
        "gpgsig -----BEGIN SSH SIGNATURE-----\n"
        f" {planted.aws_id('signature')}\n -----END SSH SIGNATURE-----\n\n"
        f"Subject\n\nBody\n{planted.aws_id()}\n\nCo-authored-by: {planted.github()} <x@y.example>\n"
    )
    hunt = Hunt()
    hunt.message(COMMIT, raw.encode())
    assert [(found.kind, found.line, found.place) for found in hunt.scan().secrets] == [
        ("github-token", 0, "message"),
        ("aws-access-key", 4, "message"),
        ("github-token", 6, "message"),
    ]


def test_each_part_of_a_name_is_looked_at() -> None:
    """its ending says what a file is and is no part of the value"""
    hunt = Hunt()
    hunt.name(f"a/{planted.aws_id()}/gl" + f"pat-{planted.chance(20)}.py", COMMIT)
    assert [found.kind for found in hunt.scan().secrets] == ["aws-access-key", "gitlab-token"]
    assert not any(name.endswith(".py") for name in hunt.found().names)


def test_a_guess_in_prose_is_no_hit() -> None:
    hunt = Hunt()
    hunt.message(COMMIT, b"tree 1\n\nSet password='wonderland' in the form\n")
    assert hunt.scan().secrets == ()


def test_the_surest_are_listed_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_hunt, "MAX_SECRETS", 1)
    scan = hunted((PASSWORD + planted.aws_id()).encode()).scan()
    assert [found.kind for found in scan.secrets] == ["aws-access-key"]
    assert scan.left_out == 1


@given(st.binary(max_size=200))
def test_any_bytes_have_a_text(data: bytes) -> None:
    """nothing is passed over for how it is written"""
    assert all(isinstance(text, str) for text, _ in views(data))
    assert list(views(data))


@given(st.lists(st.sampled_from([PASSWORD, planted.aws_id(), "x = 1\n", "\0"]), max_size=4))
def test_more_content_never_takes_a_hit_away(parts: list[str]) -> None:
    """what one blob shows, others beside it do not hide"""
    hunt = hunted(PASSWORD.encode())
    for number, part in enumerate(parts):
        hunt.content(Blob(f"{number}.py"), part.encode(), lambda _: b"")
    assert hunted(PASSWORD.encode()).scan().secrets[0] in hunt.scan().secrets
