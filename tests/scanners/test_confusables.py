"""Which words read as ASCII and are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.confusables import confusable_path, look_alikes


def words(text: str, language: str = "python") -> list[tuple[str, str]]:
    return [(one.word, one.reads) for one in look_alikes(text, language)]


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("def is_\u0430dmin(user): ...\n", "is_admin"),  # Cyrillic a
        ("x = \u0441\u043e\u0440\u0443(1)\n", "copy"),  # all Cyrillic
        ("if user == '\u0430dmin': ...\n", "admin"),
        ("\u039f_RDONLY = 0\n", "O_RDONLY"),  # Greek capital omicron
        ("p\u03bfrt = 1\n", "port"),  # small omicron
        ("\U0001d41e\U0001d42f\U0001d41a\U0001d425(x)\n", "eval"),  # bold letters of mathematics
        ("\u0251dmin = 1\n", "admin"),  # Latin alpha
        ("sayi = 1\nsay\u0131 = 2\n", "sayi"),  # dotless i beside its twin
    ],
)
def test_a_name_that_reads_as_another_is_seen(text: str, reads: str) -> None:
    """Whole words of another alphabet, mixed words, letters of mathematics, and twins within Latin"""
    assert [one[1] for one in words(text)] == [reads]


def test_a_letter_that_reads_as_a_sign_is_seen() -> None:
    """`environment!=PROD` with a click letter assigns instead of comparing"""
    assert words("if (environment\u01c3=PROD) {\n", "javascript") == [("environment\u01c3", "environment!")]


@pytest.mark.parametrize(
    "text",
    [
        "# \u0441\u0442\u0440\u043e\u043a\u0430 \u0438 \u043e\u0431\u044a\u0435\u043a\u0442\n",
        "# c\u0442\u0440\u043e\u043a\u0430: \u0430dmin \u0438\u043b\u0438 root\n",  # a slip in Russian prose
        "x = '\u0440\u043e\u043b\u044c \u0430dmin'\n",
        "# \u4f7f\u7528\u8bf4\u660e DB\u30ce\n",
        "\u03c1 = 1\nd\u03c1 = 2\n\u0394t = 3\n\u03bd = 4\n\u03b1_s = 5\n",  # mathematics
        "\u00b5s = 1\nx\u00b2 = 2\n",
        "stra\u00dfe = 1\ncaf\u00e9 = 2\n\u00e6ble = 3\n",
        "say\u0131 = 1\n",  # Turkish, without a twin
        "\u0441\u0443\u043c\u043c\u0430 = 1\n\u0440\u043e\u0441\u0430 = 2\n",  # a program with Russian names
        "NAMES = ['\u03b1\u03b2\u03b3', '\u05e9\u05dc\u05d5\u05dd', '\ud55c\uae00']\n",
    ],
)
def test_other_languages_and_mathematics_are_left_alone(text: str) -> None:
    assert words(text) == []


def test_a_word_of_russian_in_code_counts_where_no_name_is_russian() -> None:
    """The same word is a look-alike in an English program"""
    assert words("\u0440\u043e\u0441\u0430 = 2\n") == [("\u0440\u043e\u0441\u0430", "poca")]


def test_it_is_said_which_letter_is_another() -> None:
    (one,) = look_alikes("\u0430dmin = 1\n", "python")
    assert one.note == "reads 'admin', with CYRILLIC SMALL LETTER A"


def test_a_path_that_reads_as_another_is_named() -> None:
    """A second folder `services` beside the first"""
    found = confusable_path("s\u0435rvices/pay.py")
    assert found is not None
    assert found.reads == "services"
    assert confusable_path("docs/\u043e\u0442\u0447\u0451\u0442.md") is None


@pytest.mark.parametrize("language", ["python", "javascript", "php", "bash", ""])
@pytest.mark.parametrize(
    "piece", ["\u0430a ", '"\u0430', "/*\u0430", "'''\u0430", "`\u0430", '\\"\u0430"', "#\u0430\n"]
)
def test_a_large_hostile_text_takes_no_longer_than_a_look_at_it(language: str, piece: str) -> None:
    """With the square of its length this would not end"""
    text = (piece * 300_000)[:300_000]
    assert all(text.startswith(one.word, one.start) for one in look_alikes(text, language))


@given(st.text(max_size=200), st.sampled_from(["python", "javascript", "php", "", "rust"]))
def test_no_text_upsets_it(text: str, language: str) -> None:
    for one in look_alikes(text, language):
        assert text[one.start :].startswith(one.word)
        assert one.reads.isascii()
        assert not one.word.isascii()
