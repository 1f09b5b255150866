"""Comments inside an instruction of a Dockerfile are no part of it."""

from __future__ import annotations

import pytest

from outsource_gate.model.finding import Read
from outsource_gate.scanners.classify import classify
from outsource_gate.scanners.dockerfile_text import without_comments


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("RUN a \\\n # why\n && b\n", "RUN a \\\n\\\n && b\n"),
        ("RUN a \\\n# why\n\n# more\n && b\n", "RUN a \\\n\\\n\n\\\n && b\n"),
        ("# a comment \\\n# and another\nRUN a\n", "# a comment \\\n# and another\nRUN a\n"),
        ("RUN a\n # why\nRUN b\n", "RUN a\n # why\nRUN b\n"),
        ("RUN a \\  \r\n\t# why\r\n b\r\n", "RUN a \\  \r\n\\\n b\r\n"),
        ("RUN echo '#' \\\n  '# no'\n", "RUN echo '#' \\\n  '# no'\n"),
    ],
)
def test_a_comment_inside_an_instruction_lets_the_next_line_follow(written: str, read: str) -> None:
    """Docker takes it out, also where it is indented; a comment alone goes on to no next line."""
    assert without_comments(written) == read


def test_scanners_read_a_dockerfile_as_docker_does() -> None:
    file = classify("Dockerfile", b"FROM a\nRUN a \\\n # why\n && b\n")
    assert file.read is Read.SCANNED
    assert [part.content for part in file.read_as(b"")] == [b"FROM a\nRUN a \\\n\\\n && b\n"]


def test_an_empty_file_of_any_name_is_inert() -> None:
    assert classify("favicon.ico", b"").read is Read.INERT
    assert classify("logo.psd", b"8BPS\0\1" + bytes(40)).read is Read.INERT
    assert classify("logo.psd", b"MZ" + bytes(40)).read is Read.UNREAD
