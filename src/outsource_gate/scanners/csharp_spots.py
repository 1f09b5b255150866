"""What in a C# file does the compiler read and semgrep not?

Measured for the pinned semgrep, which says nothing about any of it. In doubt the file counts as unread: the text is
taken as it stands, strings and comments included.
"""

from __future__ import annotations

import re

_GAP = r"(?:\s|/\*[^*]*\*/|//[^\n]*\n|#[^\n]*\n)"
# Line ends besides \n (C# specification 6.3.3): a comment ends there for the compiler only.
_LINE_END = re.compile("\r(?!\n)|[\u0085\u2028\u2029]")
# Dropped from names before they are compared (6.4.3), as are escapes and the @ in front of a name.
_FORMAT = re.compile("(?<=[A-Za-z0-9_])[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_ESCAPE = re.compile(r"\\(?:u00|U000000)(?:3[0-9]|4[1-9a-f]|5[0-9a]|5f|6[1-9a-f]|7[0-9a])", re.IGNORECASE)
_KEYWORDS = (
    "abstract|as|base|bool|break|byte|case|catch|char|checked|class|const|continue|decimal|default|delegate|"
    "do|double|else|enum|event|explicit|extern|false|finally|fixed|float|for|foreach|goto|if|implicit|in|int|"
    "interface|internal|is|lock|long|namespace|new|null|object|operator|out|override|params|private|"
    "protected|public|readonly|ref|return|sbyte|sealed|short|sizeof|stackalloc|static|string|struct|switch|"
    "this|throw|true|try|typeof|uint|ulong|unchecked|unsafe|ushort|using|virtual|void|volatile|while"
)
_VERBATIM = re.compile(
    rf"(?<![\w\"$])@(?!(?:{_KEYWORDS})\b)[A-Za-z_]\w*(?={_GAP}*(?:[?!]?\.\s*[A-Za-z_@]|\(|<[\w,. ]*>\())"
    rf"|\.{_GAP}*@(?!(?:{_KEYWORDS})\b)[A-Za-z_]|\bnew{_GAP}+@[A-Za-z_]"
)
# The body of a record is left out whole; so are the inside of `fixed`, the filter of a `catch` and the resource of
# a `using` that declares no variable.
_RECORD = re.compile(
    r"(?:^|[;{}\]]|\*/|\b(?:public|internal|private|protected|sealed|abstract|partial|readonly|file|static|new|unsafe)\b)"
    rf"{_GAP}*\brecord{_GAP}+(?:(?:class|struct){_GAP}+)?(?!(?:in|is|as|switch|with|class|struct)\b)@?[A-Za-z_]\w*"
    rf"(?={_GAP}*(?:[<({{:;]|where\b))",
    re.MULTILINE,
)
_VALUES = r"(?:[^()\"';]|\"[^\"(){};\\\n]*\")"
# Properties and constants without a call: at most one pair of braces deep, no string but the empty one.
_PLAIN_RECORD = re.compile(
    rf"\s*(?:<[^<>(){{}}\"';]*>)?\s*(?:\((?:{_VALUES}|\({_VALUES}*\))*\))?\s*"
    r"(?::[^(){}\"';/]*(?:\([^(){}\"';/]*\)[^(){}\"';/]*)?)?"
    r"(?:;|\{(?:[^(){}\"'/\[]|\"\"(?!\")|//[^\n]*\n|\{[^(){}\"'/]*\}|\[\w+(?:\(\"[\w .:-]*\"\))?\])*\})"
)
_FIXED = re.compile(rf"\bfixed{_GAP}*\(")
_CATCH = re.compile(r"\bcatch\b[^{};]{0,600}")
_CALL_IN_FILTER = re.compile(rf"\bnew\b|\$@?\"|(?<![\w.])[A-Z]\w*(?:{_GAP}*\.{_GAP}*\w+){{1,9}}{_GAP}*\(")
# A lock and a scope of the log take no more than names and text.
_USING = re.compile(
    r"\busing\s*\((?!\s*(?:var|[\w.<>\[\],?]+)\s+@?\w+\s*=)"
    r"(?!\s*(?:await\s+)?[\w.?]+\.(?:BeginScope|Lock(?:Async)?|Enter\w*|Disable\w*)\([^()+$]{0,200}\)(?:\.ConfigureAwait\(\w+\))?\s*\))"
    r"[^(){};]{0,300}\("
)


def csharp_blind_spot(_data: bytes, text: str) -> str | None:
    """Name the first thing in the file that only the compiler reads; None if there is nothing."""
    if _LINE_END.search(text):
        return "has line ends that are none for scanners: what follows in a comment is code for the compiler"
    if not text.isascii() and _FORMAT.search(text):
        return "has characters inside names that the compiler drops"
    if "\\" in text and _ESCAPE.search(text):
        return "spells ASCII letters as Unicode escapes, which can hide a name"
    if "@" in text and (found := _VERBATIM.search(text)):
        return f"writes @ before a name that is no keyword, which hides it: {' '.join(found[0].split())[:40]}"
    return _left_out(text)


def _left_out(text: str) -> str | None:
    if "record" in text and any(not _PLAIN_RECORD.match(text, head.end()) for head in _RECORD.finditer(text)):
        return "has a record with code in it, which scanners do not read; make it a class"
    if "fixed" in text and _FIXED.search(text):
        return "has a fixed statement, the inside of which scanners do not read"
    if any(_CALL_IN_FILTER.search(head[0].partition("when")[2]) for head in _CATCH.finditer(text)):
        return "calls something in the filter of a catch, which scanners do not read; decide inside the block"
    if _USING.search(text):
        return (
            "calls something in a using without a variable, which scanners do not read; write using (var x = ...)"
        )
    return None
