"""What do git attributes hide or alter? Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# (attribute with its sign or value, what it does); gitattributes(5), and the forges' own.
EFFECTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r"binary|-diff|!diff|diff=.*", "hides or rewrites the difference that reviewers see"),
        (r"linguist-generated(?:=true)?|gitlab-generated(?:=true)?", "folds the file away in reviews as generated"),
        (r"linguist-(?:vendored|documentation)(?:=true)?|linguist-detectable=false|-linguist-detectable",
         "keeps the file out of the forge's statistics and scanners"),
        (r"linguist-language=.*|gitlab-language=.*", "shows the file as another language"),
        (r"export-ignore", "leaves the file out of archives: releases differ from what was reviewed"),
        (r"export-subst", "rewrites the file in archives"),
        (r"working-tree-encoding=.*|encoding=.*|git-encoding=.*",
         "checks the file out in another encoding than was reviewed"),
        (r"filter=.*", "runs a program on every checkout that alters the file, or fetches it from elsewhere"),
        (r"-?merge|merge=.*", "lets merges drop or keep changes without a conflict"),
        (r"-?ident|-?text|text=.*|eol=.*|-?crlf|crlf=.*", "alters content or line ends on checkout"),
        (r"-?whitespace|whitespace=.*", "hides white space errors"),
        (r"lockable", "locks the file"),
    )
)  # fmt: skip
# Everyday settings that change no more than line ends the safe way.
_PLAIN = re.compile(r"text(?:=auto)?|eol=lf|-?whitespace|whitespace=.*|lockable|diff=[\w.-]+|-text", re.IGNORECASE)
_LINE = re.compile(r"[ \t]*(?:\"(?:\\.|[^\"\\\n])*\"|[^\s#\"]\S*)([^\n]*)")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a line, where it stands and what it does."""

    start: int
    name: str
    does: str


def hiding_attributes(path: str, text: str) -> Iterator[Attribute]:
    """Read one file of attributes; a macro counts by what it sets."""
    lowered = path.lower()
    if not (lowered.rsplit("/", 1)[-1] == ".gitattributes" or lowered.endswith("info/attributes")):
        return
    start = 0
    for line in text.split("\n"):
        if match := _LINE.match(line):
            for word in re.finditer(r"\S+", match[1]):
                if does := _effect(word[0]):
                    yield Attribute(start + match.start(1) + word.start(), word[0], does)
        start += len(line) + 1


def _effect(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return ""
    return next((what for pattern, what in EFFECTS if pattern.fullmatch(word)), "")
