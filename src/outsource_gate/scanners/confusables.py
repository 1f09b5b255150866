"""Which words read as plain ASCII and are not? Names spelt with letters that look like others. Pure.

The idea is Unicode's (UTS 39, skeletons): two words are confusable if their letters are drawn alike. Of all such
words those count that read as ASCII, as names in code do. A word in another script that nobody takes for an English
one is left alone, and so are the few short words of a language that is at home in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")
_ASCII_WORD = re.compile(r"[A-Za-z_]\w+", re.ASCII)
_MAX_WORD = 200  # characters; what is longer reads as nothing
# Scripts whose letters nobody takes for Latin ones within a word.
_UNLIKE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "HALFWIDTH", "IDEOGRAPHIC"})
_SIGNS = ("!", "|", "||", ".", ":", ";")  # letters that read as signs of a program: env!=PROD assigns
# Numbers and letters that TR 39 draws alike within ASCII: I, l and 1; O and 0.
_FOLD = str.maketrans("I10", "llO")
_TRIPLE = r"\"\"\"(?:\\.|[^\\])*?(?:\"\"\"|\Z)|'''(?:\\.|[^\\])*?(?:'''|\Z)"
# An end that is missing is taken at the line's or the text's end, so that every start is looked at once.
_QUOTED = r"\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?"
_SLASHED = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
_TICKED = r"`(?:\\.|[^`\\])*`?"


def _not_code(*kinds: str) -> re.Pattern[str]:
    return re.compile("|".join(kinds), re.DOTALL)


_DASHED = _not_code(_TRIPLE, _QUOTED, r"#[^\n]*")
_BOTH = _not_code(_QUOTED, r"#[^\n]*", _SLASHED)
_SCRIPT = _not_code(_QUOTED, _TICKED, _SLASHED)
_OTHERS = _not_code(_QUOTED, _SLASHED)
_NOT_CODE = {
    "python": _DASHED, "bash": _DASHED, "ruby": _DASHED, "dockerfile": _DASHED, "php": _BOTH, "terraform": _BOTH,
    "javascript": _SCRIPT, "typescript": _SCRIPT, "go": _SCRIPT, "java": _OTHERS, "kotlin": _OTHERS, "c": _OTHERS,
    "cpp": _OTHERS, "csharp": _OTHERS, "rust": _OTHERS,
}  # fmt: skip
# Elsewhere a line is taken for text.
_LINES = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A word and what it reads as."""

    start: int
    word: str
    reads: str

    @property
    def note(self) -> str:
        """Say what it reads as, and which letter is another."""
        odd = next(letter for letter in self.word if letter > "\x7f")
        return f"reads {self.reads[:40]!r}, with {unicodedata.name(odd, 'a letter without a name')}"


def look_alikes(text: str, language: str) -> Iterator[LookAlike]:
    """Find the words of a source text that read as ASCII and are not; ImportError where the table is missing."""
    found = [] if text.isascii() else [(one, reads) for one in _WORD.finditer(text) if (reads := _reads(one[0]))]
    if not found:
        return
    parts = _Parts(text, language)
    plain: frozenset[str] | None = None
    for match, reads in found:
        kinds = _kinds(match[0])
        if plain is None:
            plain = frozenset(word.translate(_FOLD) for word in _ASCII_WORD.findall(text))
        has_twin = reads.translate(_FOLD) in plain
        if parts.counts(match.start(), kinds, has_twin=has_twin):
            yield LookAlike(match.start(), match[0], reads)


def confusable_path(path: str) -> LookAlike | None:
    """Give the first part of a path that reads as ASCII and is not."""
    return None if path.isascii() else next(look_alikes(path.replace("/", "\n"), ""), None)


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What a word that reads as ASCII is made of."""

    scripts: frozenset[str]  # of its letters beyond ASCII
    is_mixed: bool  # with ASCII letters
    is_mild: bool  # such letters have their place beside Latin ones: Turkish, Icelandic, mathematics


class _Parts:
    """The strings, comments and code of a text, and which scripts are at home in each."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._spans = [one.span() for one in _NOT_CODE.get(language, _LINES).finditer(text)]
        self._at = 0
        self._home: dict[int, frozenset[str]] = {}

    def counts(self, start: int, kinds: _Kinds, *, has_twin: bool) -> bool:
        """Judge a word; words are asked for in their order."""
        while self._at < len(self._spans) and self._spans[self._at][1] <= start:
            self._at += 1
        is_code = self._at == len(self._spans) or start < self._spans[self._at][0]
        at_home = kinds.scripts <= self._home_in(-1 if is_code else self._at)
        if kinds.is_mild or (is_code and at_home):
            return is_code and has_twin
        if is_code:
            return True
        return kinds.is_mixed and not at_home

    def _home_in(self, part: int) -> frozenset[str]:
        """Give the scripts of which a whole word that reads as no ASCII stands there."""
        if part not in self._home:
            pieces = self._code() if part < 0 else [self._text[slice(*self._spans[part])]]
            self._home[part] = frozenset(
                script
                for piece in pieces
                for word in _WORD.findall(piece)
                if not word[0].isascii() and not _reads(word)
                for script in _scripts(word[:_MAX_WORD])
            )
        return self._home[part]

    def _code(self) -> Sequence[str]:
        ends = [0, *(end for _, end in self._spans)]
        return [
            self._text[end:start] for end, start in zip(ends, [*(s for s, _ in self._spans), None], strict=True)
        ]


@lru_cache(10_000)
def _reads(word: str) -> str:
    """Give the ASCII word that this one reads as; "" if it reads as none."""
    if len(word) > _MAX_WORD or not (word[0].isalpha() or word[0] == "_"):
        return ""
    others = [letter for letter in word if letter > "\x7f"]
    if any(_is_apart(letter) for letter in others):
        return ""
    letters = [letter if letter <= "\x7f" else _drawn(letter) for letter in word]
    return "".join(letters) if all(letters) else ""


@cache
def _is_apart(letter: str) -> bool:
    """Whether a letter is never taken for ASCII: accents show, and so do the scripts of East Asia."""
    decomposed = unicodedata.decomposition(letter)
    return bool(decomposed and not decomposed.startswith("<")) or _script(letter) in _UNLIKE


@cache
def _drawn(letter: str) -> str:
    """Give the ASCII that a letter is drawn like, by Unicode's table; "" if by none."""
    alike = [one["c"] for one in _table().get(letter, ()) if one["c"].isascii()]
    named = [one for one in alike if one.isalnum()]
    signs = [one for one in alike if one in _SIGNS]
    return (named or signs or [""])[0]


@cache
def _table() -> dict[str, list[dict[str, str]]]:
    """Load Unicode's table of confusable characters, a megabyte, where the first word calls for it."""
    from confusable_homoglyphs import confusables  # type: ignore[import-untyped]  # noqa: PLC0415

    table: dict[str, list[dict[str, str]]] = confusables.confusables_data
    return table


@lru_cache(10_000)
def _kinds(word: str) -> _Kinds:
    others = [letter for letter in word if letter > "\x7f"]
    is_mixed = any(letter.isascii() and letter.isalpha() for letter in word)
    return _Kinds(_scripts(word), is_mixed, all(_is_mild(letter) for letter in others))


def _scripts(word: str) -> frozenset[str]:
    return frozenset(_script(letter) for letter in word if letter > "\x7f" and letter.isalpha())


@cache
def _script(letter: str) -> str:
    """Name a letter's script, by the first word of its name."""
    return unicodedata.name(letter, "UNNAMED").split()[0].split("-")[0]


def _is_mild(letter: str) -> bool:
    """Letters of languages written in Latin, numbers, and small Greek ones but the omicron."""
    is_latin = letter < "\u01c0" or "\u01c4" <= letter <= "\u024f"
    is_formula = "\u03b1" <= letter <= "\u03c9" and letter != "\u03bf"
    return is_latin or is_formula or unicodedata.category(letter) in ("No", "Nd", "Nl")
