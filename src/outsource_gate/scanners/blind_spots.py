"""Where does an interpreter read other text than the scanners do?

Scanners miss these without an error (measured for the pinned semgrep), so such a file counts as unread.
"""

from __future__ import annotations

import io
import re
import tokenize
import unicodedata
from collections.abc import Callable

from outsource_gate.scanners.c_spots import c_blind_spot
from outsource_gate.scanners.ci_spots import ci_spot
from outsource_gate.scanners.content import python_encoding
from outsource_gate.scanners.csharp_spots import csharp_blind_spot
from outsource_gate.scanners.php_pages import unlike_php
from outsource_gate.scanners.ruby_spots import ruby_spot
from outsource_gate.scanners.rust_spots import rust_spot
from outsource_gate.scanners.shell_spots import dockerfile_spot, shell_spot
from outsource_gate.scanners.yaml_spots import compose_spot, kubernetes_spot

# Supersets of ASCII that cannot turn other bytes into syntax; the text was decoded as UTF-8 before.
_PLAIN_ENCODINGS = re.compile(
    r"utf[-_]?8(?:[-_](?:sig|unix|dos))?|u8|(?:us-?)?ascii|646|latin[-_]?[1-9]|l1|iso[-_]?8859[-_]?\d+|(?:cp|windows[-_]?)125\d"
)
_NON_ASCII_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")
# An ASCII character that a Java source spells as an escape is read before anything else (JLS 3.3), in comments
# too. Spaces and control characters but line ends are harmless and common in strings.
_JAVA_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u+00(?:0[aAdD]|2[1-9a-fA-F]|[3-6][0-9a-fA-F]|7[0-9a-eA-E])")
# Names may spell letters as escapes (ECMA-262 12.7): ev\u0061l is eval, and no pattern sees it.
_SCRIPT_ESCAPE = re.compile(
    r"\\u(?:00|\{0*)(?:24|3[0-9]|4[1-9a-f]|5[0-9a]|5f|6[1-9a-f]|7[0-9a])(?![0-9a-f])", re.IGNORECASE
)


# Terraform reads escapes before it compares (HCL syntax, quoted templates): "\u002a" is "*" to it.
# Those of < > & are left alone: JSON has them.
_HCL_ESCAPE = re.compile(
    r"(?<!\\)(?:\\\\)*\\(?:u00|U000000)(?:2[1-589a-f]|3[0-9abdf]|[4-6][0-9a-f]|7[0-9a-e])", re.IGNORECASE
)
# A heredoc ends at its word alone on a line, whatever Unicode calls white space around it.
_HCL_SPACED_WORD = re.compile(r"^[^\S\n]*[\w-]+[^\S\n]*$", re.MULTILINE)
# Kotlin takes `exec`(x) for exec(x); no pattern does. Names with blanks and keywords are what the quotes are for.
_KOTLIN_QUOTED = re.compile(
    r"(?:^|[.:(=,>{;&|!])[ \t]*`(?!(?:as|break|class|continue|do|else|false|for|fun|if|in|interface|is|null|object"
    r"|package|return|super|this|throw|true|try|typealias|typeof|val|var|when|while)`)"
    r"[^\W\d]\w*`(?=\(|\??\.\w|::)",
    re.MULTILINE,
)


def blind_spot(language: str, data: bytes, text: str) -> str | None:
    """Name what makes the scanners' reading of a source file unlike the interpreter's; None if nothing does."""
    check = _CHECKS.get(language)
    return check(data, text) if check else None


def _python(data: bytes, text: str) -> str | None:
    encoding = python_encoding(data)
    if not _PLAIN_ENCODINGS.fullmatch(encoding):
        return f"declares the encoding {encoding[:40]}; expected UTF-8"
    return _lone_return(data, text) or _look_alikes(text)


def _lone_return(_data: bytes, text: str) -> str | None:
    if "\r" in text and re.search(r"\r(?!\n)", text):
        return "has bare carriage returns, which end a line for the interpreter but not for scanners"
    return None


def _look_alikes(text: str) -> str | None:
    """Python folds names by NFKC (reference 2.3): full-width letters can spell eval. Strings are left alone."""
    if text.isascii():
        return None
    words = {word for word in _NON_ASCII_WORD.findall(text) if unicodedata.normalize("NFKC", word).isascii()}
    if not words:
        return None
    try:
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        found = sorted({token.string for token in tokens if token.type == tokenize.NAME} & words)
    except (tokenize.TokenError, SyntaxError):
        found = sorted(words)  # cannot tell names from strings
    if not found:
        return None
    return f"spells the name {unicodedata.normalize('NFKC', found[0])[:40]} with look-alike letters"


def _java(data: bytes, text: str) -> str | None:
    if _JAVA_ESCAPE.search(text):
        return "spells ASCII characters as Unicode escapes, which the compiler reads as code"
    return _lone_return(data, text)


def _script(_data: bytes, text: str) -> str | None:
    if "\\u" in text and _SCRIPT_ESCAPE.search(text):
        return "spells ASCII letters as Unicode escapes, which can hide a name"
    return None


def _hcl(_data: bytes, text: str) -> str | None:
    if "\\" in text and _HCL_ESCAPE.search(text):
        return "spells ASCII characters as Unicode escapes, which can hide a value"
    if text.isascii():
        return None
    words = (line.strip(" \t\r\v\f") for line in _HCL_SPACED_WORD.findall(text))
    if any(word != word.strip() for word in words):
        return "has a word between spaces other than ASCII's, which can end a heredoc that scanners read on"
    return None


def _php(_data: bytes, text: str) -> str | None:
    return unlike_php(text)


def _kotlin(data: bytes, text: str) -> str | None:
    if "`" in text and _KOTLIN_QUOTED.search(text):
        return "puts a plain name between back-ticks, which scanners take for another name"
    return _lone_return(data, text)


# The comment in which a Ruby source names its encoding, and the switch that does the same.
_RUBY_ENCODING = re.compile(r"(?:#![^\n]*\n)?[ \t]*#[^\n]*?coding[ \t]*[:=][ \t]*([\w.-]+)", re.IGNORECASE)
_RUBY_SWITCH = re.compile(r"#![^\n]*[ \t]-\w*K")


def _ruby(data: bytes, text: str) -> str | None:
    declared = _RUBY_ENCODING.match(text)
    if declared and not _PLAIN_ENCODINGS.fullmatch(declared[1].lower()):
        return f"declares the encoding {declared[1][:40]}; expected UTF-8"
    if _RUBY_SWITCH.match(text):
        return "sets its encoding with the switch -K; expected UTF-8"
    return _lone_return(data, text) or ruby_spot(text)


def _shell(data: bytes, text: str) -> str | None:
    return _lone_return(data, text) or shell_spot(text)


def _dockerfile(data: bytes, text: str) -> str | None:
    return _lone_return(data, text) or dockerfile_spot(text)


def _rust(data: bytes, text: str) -> str | None:
    return _lone_return(data, text) or rust_spot(text)


_CHECKS: dict[str, Callable[[bytes, str], str | None]] = {
    "python": _python,
    "java": _java,
    "javascript": _script,
    "typescript": _script,
    "go": _lone_return,
    "csharp": csharp_blind_spot,
    "ruby": _ruby,
    "kotlin": _kotlin,
    "c": c_blind_spot,
    "cpp": c_blind_spot,
    "php": _php,
    "terraform": _hcl,
    "bash": _shell,
    "dockerfile": _dockerfile,
    "github-actions": ci_spot,
    "gitlab-ci": ci_spot,
    "dependabot": ci_spot,
    "rust": _rust,
    "kubernetes": kubernetes_spot,
    "compose": compose_spot,
}
