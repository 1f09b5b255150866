"""What does a raw commit object state, to the last byte? Parsed here: git shows less than there is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import lru_cache

from outsource_gate.git.trailers import co_authors_in, deliveries_in
from outsource_gate.model.identity import Claim
from outsource_gate.model.source import Commit, text_of

SIGNATURE_HEADERS = (b"gpgsig", b"gpgsig-sha256")
MAX_NAME = 1000  # of a name or address; the rest is cut and named as a problem
_OID = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_PERSON = re.compile(rb"(?P<name>[^<>]*)<(?P<email>[^<>]*)>")
_IDENTITY = re.compile(rb"(?P<name>[^<>]*)<(?P<email>[^<>]*)> (?P<date>-?\d{1,20}) (?P<zone>[+-]\d{4})")
# The header of nearly every commit there is; a signature may follow, and nothing else.
_ORDINARY = re.compile(
    rb"tree ([0-9a-f]{40,64})\n((?:parent [0-9a-f]{40,64}\n)*)"
    rb"author ([^\n\0]*>) -?\d{1,20} [+-]\d{4}\ncommitter ([^\n\0]*>) -?\d{1,20} [+-]\d{4}\n"
    rb"(?:gpgsig(?:-sha256)? [^\n]*\n(?: [^\n]*\n)*)?\n"
)
_EXCESS = "more co-authors than are read"
_ADDRESS = re.compile(rb"<([^<>]*)>")
# Encodings in which ASCII is ASCII, by their names in `codecs`. A stateful one could hide a trailer.
_ENCODINGS = frozenset(
    (
        *(
            "utf-8",
            "ascii",
            "big5",
            "gbk",
            "gb18030",
            "gb2312",
            "euc_jp",
            "euc_kr",
            "shift_jis",
            "koi8-r",
            "koi8-u",
        ),
        *(f"iso8859-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
        *(f"cp{number}" for number in range(1250, 1259)),
    )
)


@dataclass(slots=True)
class _Header:
    """The header lines in order, each value with its continuation lines joined by newlines."""

    fields: list[tuple[bytes, bytes]]
    problems: list[str] = field(default_factory=list)

    def all(self, name: bytes) -> list[bytes]:
        return [value for key, value in self.fields if key == name]


def parse_commit(oid: str, raw: bytes) -> Commit:
    """Give everything that a raw commit claims; what is malformed adds a problem and never loses a claim."""
    match = _ORDINARY.match(raw)
    if match and b"\0" not in raw and (raw.isascii() or _decodes(raw, "utf-8")):
        return _ordinary(oid, raw[match.end() :], match) or parse_odd_commit(oid, raw)
    return parse_odd_commit(oid, raw)


def parse_odd_commit(oid: str, raw: bytes) -> Commit:
    """The same for any bytes at all, line by line: the long way, and what the short one is tested against."""
    head, gap, message = raw.partition(b"\n\n")
    header = _Header(_fields(head))
    problems = header.problems
    if not gap and not raw.endswith(b"\n"):
        problems.append("the header does not end in an empty line")
    encoding = _encoding(header)
    author, more_authors = _who(header, b"author", encoding)
    committer, more_committers = _who(header, b"committer", encoding)
    _check_text(raw, message, encoding, problems)
    trailers, excess = co_authors_in(message, encoding)
    if excess:
        problems.append(_EXCESS)
    _check_layout(header, oid)
    return Commit(
        id=oid,
        tree=_one_id(header, b"tree", len(oid)),
        parents=tuple(value.decode("ascii") for value in _parents(header, len(oid))),
        author=author,
        committer=committer,
        co_authors=tuple(dict.fromkeys((*more_authors, *more_committers, *trailers))),
        subject=_subject(message, encoding),
        deliveries=deliveries_in(message),
        problems=tuple(dict.fromkeys(problems)),
    )


def _ordinary(oid: str, message: bytes, match: re.Match[bytes]) -> Commit | None:
    """A commit as nearly all are, already known to be sound; None where a look at each line is needed after all."""
    tree, parents, author, committer = match.groups()
    wrote, committed = _sound_claim(author), _sound_claim(committer)
    ids = parents.decode("ascii").split()[1::2]  # "parent", id, "parent", id ...
    if not wrote or not committed or any(length != len(oid) for length in map(len, (tree, *ids))):
        return None
    trailers, excess = co_authors_in(message)
    return Commit(
        oid,
        tree.decode("ascii"),
        tuple(ids),
        wrote,
        committed,
        trailers,
        _subject(message, "utf-8"),
        deliveries=deliveries_in(message),
        problems=(_EXCESS,) if excess else (),
    )


@lru_cache(maxsize=4096)
def _sound_claim(identity: bytes) -> Claim | None:
    """The claim in a well-formed "Name <email>"; kept, as few people write most commits."""
    match = _PERSON.fullmatch(identity)
    if not match or not match["email"].strip() or max(map(len, match.group("name", "email"))) > MAX_NAME:
        return None
    return Claim(text_of(match["name"]).strip(), text_of(match["email"]).strip())


def signature_and_payload(raw: bytes, object_format: str) -> tuple[bytes, bytes] | None:
    """The armoured signature and the bytes it is about; None for an unsigned commit.

    The payload is the object without its signature headers, of either kind (git's parse_buffer_signed_by_header).
    Two signatures come joined, and verify as none.
    """
    if b"\ngpgsig" not in raw:
        return None
    head, gap, message = raw.partition(b"\n\n")
    wanted = SIGNATURE_HEADERS[object_format == "sha256"]
    kept, signature, into = [], [], "payload"
    for line in head.split(b"\n"):
        if not line.startswith(b" "):
            name = line.partition(b" ")[0]
            into = "signature" if name == wanted else "nowhere" if line.startswith(b"gpgsig") else "payload"
        if into == "payload":
            kept.append(line)
        elif into == "signature":
            signature.append(line[1:] if line.startswith(b" ") else line[len(wanted) + 1 :])
    if not signature:
        return None
    return b"\n".join(signature) + b"\n", b"\n".join(kept) + gap + message


def _fields(head: bytes) -> list[tuple[bytes, bytes]]:
    fields: list[tuple[bytes, list[bytes]]] = []
    for line in head.split(b"\n"):
        if line.startswith(b" ") and fields:
            fields[-1][1].append(line[1:])
        else:
            name, _, value = line.partition(b" ")
            fields.append((name, [value]))
    return [(name, lines[0] if len(lines) == 1 else b"\n".join(lines)) for name, lines in fields]


def _check_layout(header: _Header, oid: str) -> None:
    """tree, parents, author, committer, then the rest, as fsck wants it; else readers disagree on what is meant."""
    names = [name for name, _ in header.fields]
    parents = names.count(b"parent")
    if names[: parents + 3] != [b"tree", *[b"parent"] * parents, b"author", b"committer"]:
        header.problems.append("the headers are not tree, parents, author, committer, in this order")
    for name in (b"tree", b"author", b"committer", b"encoding", *SIGNATURE_HEADERS):
        if names.count(name) > 1:
            header.problems.append(f"{name.decode()} stands there {names.count(name)} times")
    if any(len(value) != len(oid) or not _OID.fullmatch(value) for value in header.all(b"parent")):
        header.problems.append("a parent is not a full object id")


def _one_id(header: _Header, name: bytes, length: int) -> str:
    value = next(iter(header.all(name)), b"")
    if len(value) == length and _OID.fullmatch(value):
        return value.decode("ascii")
    header.problems.append(f"{name.decode()} is missing or not a full object id")
    return ""


def _parents(header: _Header, length: int) -> list[bytes]:
    return [value for value in header.all(b"parent") if len(value) == length and _OID.fullmatch(value)]


def _who(header: _Header, role: bytes, encoding: str) -> tuple[Claim, list[Claim]]:
    """The first claim to a role, and every further one: what is doubtful adds people, it never hides any."""
    lines = header.all(role)
    if not lines:
        header.problems.append(f"{role.decode()} is missing")
        return Claim("", ""), []
    claims = [claim for line in lines for claim in _claims(line, role.decode(), encoding, header.problems)]
    return claims[0], claims[1:]


def _claims(line: bytes, role: str, encoding: str, problems: list[str]) -> list[Claim]:
    match = _IDENTITY.fullmatch(line)
    if match:
        if not match["email"].strip():
            problems.append(f"{role} has no email address")
        return [_claim(match["name"], match["email"], role, encoding, problems)]
    problems.append(f"{role} is malformed: not `Name <email> time zone`")
    name = line.partition(b"<")[0]
    emails = _ADDRESS.findall(line) or [b""]
    return [_claim(name, email, role, encoding, problems) for email in emails[:100]]


def _claim(name: bytes, email: bytes, role: str, encoding: str, problems: list[str]) -> Claim:
    if len(name) > MAX_NAME or len(email) > MAX_NAME:
        problems.append(f"{role} is longer than {MAX_NAME} bytes")
    if not email.isascii() and not _decodes(email, encoding):
        problems.append(f"{role} has an email address that is not {encoding}")
    return Claim(_text(name, encoding).strip(), _text(email, encoding).strip())


def _encoding(header: _Header) -> str:
    """The declared encoding where it is a known, stateless superset of ASCII; else UTF-8 and a problem."""
    declared = next(iter(header.all(b"encoding")), b"utf-8").decode("ascii", "replace")
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        name = ""
    if name in _ENCODINGS:
        return name
    header.problems.append(f"encoding {declared[:40]!r} is not one that can be read safely")
    return "utf-8"


def _check_text(raw: bytes, message: bytes, encoding: str, problems: list[str]) -> None:
    if b"\0" in raw:
        problems.append("a NUL byte in the object: git shows only what stands before it")
    if raw.isascii():
        return
    head = raw[: len(raw) - len(message)]
    problems.extend(
        f"the {part} is not {encoding}, as it says it is"
        for part, content in (("header", head), ("message", message))
        if not _decodes(content, encoding)
    )


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _subject(message: bytes, encoding: str) -> str:
    return _text(message[:4096].lstrip(b"\n").split(b"\n", 1)[0][:400], encoding).strip()


def _text(raw: bytes, encoding: str) -> str:
    return text_of(raw[:MAX_NAME]) if encoding == "utf-8" else raw[:MAX_NAME].decode(encoding, "backslashreplace")
