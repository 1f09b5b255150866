"""Where does semgrep read a Rust source unlike the compiler does, without an error?

Measured for the pinned semgrep: what stands inside a macro call or a macro's definition is words to it, not code;
`r#name` is another name than `name`. Code that is included comes from files whose names promise data.
"""

from __future__ import annotations

import re

from outsource_gate.scanners.languages import by_name
from outsource_gate.scanners.names import Kind

# Words with which code leaves the program or the type system. `r#` is for keywords only.
_RAW_NAME = re.compile(
    r"\br#(?!(?:as|async|await|break|const|continue|dyn|else|enum|extern|false|fn|for|gen|if|impl|in|let|loop|match|mod"
    r"|move|mut|pub|ref|return|static|struct|trait|true|try|type|unsafe|use|where|while|yield)\b)[A-Za-z_]\w*"
)
_MACRO = re.compile(r"\b(?:macro_rules![ \t\n]*\w+|(?!cfg!|include)\w+!)[ \t\n]*[({\[]")
_OUTSIDE = re.compile(
    r"\b(?:Command[ \t\n]*::|TcpStream\b|from_raw_fd\b|transmute\b|from_raw_parts|libc::|danger_accept|sql_query\b)"
)
_INCLUDED = re.compile(r"(?:\binclude![ \t\n]*[({\[][ \t\n]*|#!?\[[ \t]*path[ \t]*=[ \t]*)\"([^\"\n]*)\"")
# In this order: what begins a string, a comment or a character, a macro, a bracket, a word that leaves.
_TOKEN = re.compile(
    rf"(?P<raw>\bb?r(?P<hashes>#*)\")|(?P<string>\")|(?P<line>//[^\n]*)|(?P<block>/\*)"
    rf"|(?P<letter>'(?:[^'\\\n]|\\[^\n']{{1,10}}|\\')')|(?P<macro>{_MACRO.pattern})|(?P<open>[({{\[])|(?P<close>[)}}\]])"
    rf"|(?P<outside>{_OUTSIDE.pattern})"
)
_STRING_END = re.compile(r"(?:[^\"\\]|\\.)*+\"", re.DOTALL)


def rust_spot(text: str) -> str | None:
    """Name what hides code of a Rust source from rules."""
    if found := _RAW_NAME.search(text):
        return f"spells the plain name {found[0][2:42]} with r#, which scanners take for another name"
    for name in _INCLUDED.findall(text):
        if by_name(name).kind is not Kind.CODE or not name.lower().endswith(".rs"):
            return f"takes code from {name[:80]}, which is not read as Rust"
    return _hidden_in_macro(text)


def _hidden_in_macro(text: str) -> str | None:
    """Walk once from token to token, with the macro that each open bracket belongs to."""
    open_in: list[str] = []
    at = 0
    while found := _TOKEN.search(text, at):
        at = _end(found, text)
        if at < 0:
            return None  # a string or comment without an end: it compiles nowhere
        around = open_in[-1] if open_in else ""
        if found["macro"]:
            open_in.append(around or found["macro"].partition("!")[0])
        elif found["open"]:
            open_in.append(around)
        elif found["close"] and open_in:
            open_in.pop()
        elif found["outside"] and around:
            what = found["outside"].rstrip(": \t\n")
            return f"uses {what} inside the macro {around[:40]}, where scanners see words and no code"
    return None


def _end(found: re.Match[str], text: str) -> int:
    """Say where a token ends; -1 where a string or comment never does."""
    if found["string"]:
        end = _STRING_END.match(text, found.end())
        return end.end() if end else -1
    if found["raw"] or found["block"]:
        closing = '"' + found["hashes"] if found["raw"] else "*/"
        place = text.find(closing, found.end())
        return place + len(closing) if place >= 0 else -1
    return found.end()
