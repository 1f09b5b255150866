"""In which encoding will an interpreter read a text, and does it then read what we read? Pure.

What Python, Ruby and PHP are told stands with the blind spots. Here is what pages, style sheets and XML say of
themselves: the text is decoded as declared, and only a text that then is another is told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_LOOKED_AT = 4096  # characters; HTML looks at 1,024 bytes (prescan), XML at its first line
_DECLARED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\A\s*<\?xml\b[^>]{0,300}?\bencoding\s*=\s*[\"']([^\"']{1,60})",  # XML 1.0, 4.3.3
        r"<meta\b[^>]{0,600}?\bcharset\s*=\s*[\"']?\s*([^\s\"'/>;]{1,60})",  # HTML, 4.2.5.4
        r"\A@charset\s+\"([^\"]{1,60})\"",  # CSS Syntax 3.2
        r"^[ \t]*use[ \t]+encoding[ \t]+[\"']?([\w.:-]{1,60})",  # Perl
        r"\A(?:[^\n]*\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]{1,60})",  # PEP 263, as Cython reads it, too
        r"<%@[ \t]*page\b[^>]{0,300}?\b(?:pageEncoding|charset)\s*=\s*[\"']?([^\s\"';%>]{1,60})",  # JSP
        r"^[ \t]*AddDefaultCharset[ \t]+(\S{1,60})",  # Apache
    )
)
_PAGES = re.compile(r".*\.(?:x?html?|shtml|xml|xslt?|xsd|svg|jspx?|tag|css|scss|vue|svelte|wsdl|rng|xul|xlf|xliff"
                    r"|csproj|vbproj|props|targets|config|resx|plist|pl|pm|cgi|psgi|t|pyx|pxd|pxi|htaccess|aspx"
                    r"|cshtml|erb|ejs|hbs|twig|tmpl|jinja2?|j2)", re.IGNORECASE)  # fmt: skip
# They decode other things than text, or take time that grows with the square of the length.
_NO_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})


@dataclass(frozen=True, slots=True)
class Declared:
    """An encoding that makes another text of the same bytes."""

    start: int
    name: str


def foreign_encoding(path: str, text: str) -> Declared | None:
    """Give the declared encoding under which this text, which was read as UTF-8, is another."""
    if not _PAGES.fullmatch(path.rsplit("/", 1)[-1]):
        return None
    head = text[:_LOOKED_AT]
    for pattern in _DECLARED:
        match = pattern.search(head)
        if match and _is_foreign(match[1], text):
            return Declared(match.start(1), match[1])
    return None


def _is_foreign(name: str, text: str) -> bool:
    """Compare what is ASCII: a letter with an accent may well read as two others."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return True
    if not codec._is_text_encoding or codec.name in _NO_TEXT:
        return True
    if codec.name in ("utf-8", "ascii") or codec.name.startswith(("utf-16", "utf-32")):
        return False  # whoever reads this declaration knows that the text is neither (HTML, 13.2.3.3)
    raw = text.encode("utf-8", "surrogatepass")
    read = codec.decode(raw, "replace")[0]
    return _ascii(read) != _ascii(text)


def _ascii(text: str) -> str:
    return re.sub(r"[^\x00-\x7f]+", "", text)
