"""What bytes stand behind an object id? One `cat-file` for many, every id checked against its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

SESSION_SECONDS = 1800.0
WINDOW = 256  # requests at a time; a pipe holds two windows, so neither side waits for the other
_SKIP = 1024 * 1024
_HEADER = re.compile(rb"([0-9a-f]{40}|[0-9a-f]{64}) (blob|tree|commit|tag) (\d{1,15})\n")
# git says "<name> missing" or "<name> ambiguous"; the name is ours, without newlines
_ABSENT = re.compile(rb".* (?:missing|ambiguous)\n")


_FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def full_id(text: str) -> str:
    """The text itself if it is a full object id; GitError otherwise. Nothing else reaches git as an argument."""
    if not _FULL_ID.fullmatch(text):
        raise GitError(f"{text!r}: not a full object id")
    return text


@dataclass(frozen=True, slots=True)
class Stored:
    """An object whose bytes were read whole and match its id."""

    oid: str
    kind: str  # blob, tree, commit, tag
    body: bytes


@dataclass(frozen=True, slots=True)
class TooBig:
    """An object larger than the caller takes; nothing of it is kept."""

    size: int


@dataclass(frozen=True, slots=True)
class Header:
    """What an object is, without its bytes."""

    oid: str
    kind: str
    size: int


class ObjectReader:
    """A session with one `cat-file`. For one thread; use it in a `with` block."""

    def __init__(self, repository: Repository) -> None:
        self._hash = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}[repository.object_format]
        self._git = repository.stream("cat-file", "--batch-command", "--buffer", timeout_seconds=SESSION_SECONDS)
        self._unread = 0  # answers that git still owes

    @property
    def is_idle(self) -> bool:
        """Was everything that was asked for also read?"""
        return not self._unread

    def __enter__(self) -> ObjectReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._git.__exit__(kind, error, trace)

    def header(self, name: str) -> Header | None:
        """What stands behind a name; None where nothing does."""
        self._ask("info", (name,))
        return self._header()

    def read(self, name: str, max_bytes: int) -> Stored | TooBig | None:
        """One object's bytes; a large one is refused before git unpacks it. None where nothing is."""
        header = self.header(name)
        if header is None or header.size > max_bytes:
            return TooBig(header.size) if header else None
        self._ask("contents", (header.oid,))
        return self._contents(max_bytes)

    def read_many(self, oids: Iterable[str], max_bytes: int) -> Iterator[Stored | TooBig | None]:
        """The objects in the order asked, streamed."""
        rest = iter(oids)
        window = self._ask_window(rest)
        while window:
            following = self._ask_window(rest)  # git works on these while the caller works on the last ones
            for _ in window:
                yield self._contents(max_bytes)
            window = following

    def _ask_window(self, oids: Iterator[str]) -> tuple[str, ...]:
        window = tuple(islice(oids, WINDOW))
        if window:
            self._ask("contents", window)
        return window

    def _ask(self, command: str, names: tuple[str, ...]) -> None:
        self._unread += len(names)
        request = "".join(f"{command} {name}\n" for name in names)
        if request.count("\n") != len(names) or "\0" in request:
            raise GitError("an object name with a newline in it was asked for")
        try:
            self._git.input.write(request.encode("utf-8", "surrogateescape") + b"flush\n")
            self._git.input.flush()
        except BrokenPipeError as error:
            raise self._broken() from error

    def _header(self) -> Header | None:
        line = self._git.out.readline(8192)
        self._unread -= 1
        if match := _HEADER.fullmatch(line):
            return Header(match[1].decode(), match[2].decode(), int(match[3]))
        if _ABSENT.fullmatch(line):
            return None
        raise self._broken()

    def _contents(self, max_bytes: int) -> Stored | TooBig | None:
        header = self._header()
        if header is None:
            return None
        if header.size > max_bytes:
            self._skip(header.size + 1)
            return TooBig(header.size)
        read = self._git.out.read(header.size + 1)
        if len(read) != header.size + 1 or not read.endswith(b"\n"):
            raise self._broken()
        body = read[:-1]
        self._check(header, body)
        return Stored(header.oid, header.kind, body)

    def _check(self, header: Header, body: bytes) -> None:
        """git itself checks an id only where it parses the object; a broken store must not pass for the change."""
        digest = self._hash(f"{header.kind} {header.size}\0".encode())
        digest.update(body)
        if digest.hexdigest() != header.oid:
            raise GitError(
                f"{header.kind} {header.oid}: its bytes do not match its id", hint="run `git fsck`, clone anew"
            )

    def _skip(self, size: int) -> None:
        while size:
            block = self._git.out.read(min(size, _SKIP))
            if not block:
                raise self._broken()
            size -= len(block)

    def _broken(self) -> GitError:
        self._git.check_time()
        return GitError(f"git cat-file: stopped answering: {self._git.complaint}", hint="run `git fsck`")


@contextmanager
def reading(repository: Repository) -> Iterator[ObjectReader]:
    """Lend the `cat-file` that lies idle, or start one; inside `repository.session()` it is kept for the next."""
    try:
        reader = repository.idle.pop()
    except IndexError:
        reader = ObjectReader(repository)
    with ExitStack() as ending:
        ending.push(reader)
        yield reader
        if repository.keeps and reader.is_idle:
            ending.pop_all()
            repository.idle.append(reader)
