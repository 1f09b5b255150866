"""How do tests make a real git repository, quickly and down to the last odd byte?

Objects are written by hand (loose, as git does), so a commit costs no process and may be as malformed as a test
wants; `tests/test_repo.py` holds them against git itself. Nothing of the user's configuration is ever read.

    repo = Repo(tmp_path / "repo")
    base = repo.commit("first", {"app.py": "x = 1\\n"})
    repo.branch("feature")
    head = repo.commit("change", {"app.py": "x = 2\\n"}, author="Vic <vic@acme.example>")
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FIRST_DATE = 1767225600  # 2026-01-01T00:00:00Z; each commit comes a minute later
DEFAULT_PERSON = "Ida Internal <ida@corp.example>"
REGULAR, EXECUTABLE, SYMLINK, GITLINK, TREE = "100644", "100755", "120000", "160000", "40000"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at a path: a mode and an object id."""

    mode: str
    oid: str


@dataclass(frozen=True, slots=True)
class File:
    """Content with a mode of its own: `File("#!/bin/sh", mode=EXECUTABLE)`."""

    content: str | bytes
    mode: str = REGULAR


ObjectFormat = Literal["sha1", "sha256"]
Content = str | bytes | File | Entry | None  # None deletes
Snapshot = dict[bytes, Entry]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An SSH key pair on disk."""

    path: Path
    public: str  # "ssh-ed25519 AAAA...", as registers hold it

    @classmethod
    def generate(cls, folder: Path, name: str = "key", kind: str = "ed25519", bits: int = 0) -> SigningKey:
        """Make a key pair without pass phrase: kind is ed25519, ecdsa or rsa."""
        path = folder / name
        size = ["-b", str(bits)] if bits else []
        subprocess.run(
            ["ssh-keygen", "-q", "-t", kind, *size, "-N", "", "-C", "", "-f", str(path)], check=True, timeout=60
        )
        return cls(path, " ".join(path.with_name(name + ".pub").read_text().split()[:2]))

    def sign(self, payload: bytes, namespace: str = "git", digest: str = "sha512") -> bytes:
        """Give the armoured SSH signature over these bytes."""
        options = ["-n", namespace, "-O", f"hashalg={digest}", "-f", str(self.path)]
        return subprocess.run(
            ["ssh-keygen", "-q", "-Y", "sign", *options], input=payload, check=True, capture_output=True, timeout=60
        ).stdout


class Repo:
    """A throw-away repository with a work tree that stays empty until `checkout` is called."""

    def __init__(self, path: Path, *, object_format: ObjectFormat = "sha1", bare: bool = False) -> None:
        self.path = path
        self.git_dir = path if bare else path / ".git"
        self.object_format = object_format
        self.current = "main"
        self._pending: dict[bytes, Content] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._date = FIRST_DATE
        path.mkdir(parents=True, exist_ok=True)
        options = ["-b", "main", f"--object-format={object_format}", "--template=", *["--bare"] * bare]
        self.git("init", "-q", *options, ".")

    # --- git itself -------------------------------------------------------------------------------------------

    def git(self, *args: str | Path, input: bytes = b"", env: Mapping[str, str] | None = None) -> str:
        """Run plain git here, without the user's configuration; give its output without the last newline."""
        return self.git_bytes(*args, input=input, env=env).decode("utf-8", "surrogateescape").removesuffix("\n")

    def git_bytes(self, *args: str | Path, input: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """Run plain git here; give its output as it is."""
        done = subprocess.run(
            ["git", *map(str, args)],
            cwd=self.path,
            env={**environment(), **(env or {})},
            input=input,
            check=False,  # told with git's own words below
            capture_output=True,
            timeout=120,
        )
        if done.returncode:
            raise AssertionError(f"git {args}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def config(self, key: str, value: str) -> None:
        self.git("config", key, value)

    # --- content ----------------------------------------------------------------------------------------------

    def write(self, path: str | bytes, content: Content = "", mode: str = REGULAR) -> None:
        """Put content at a path for the next commit."""
        self._pending[_raw(path)] = File(content, mode) if isinstance(content, str | bytes) else content

    def symlink(self, path: str | bytes, target: str | bytes) -> None:
        self._pending[_raw(path)] = File(target, SYMLINK)

    def gitlink(self, path: str | bytes, commit: str) -> None:
        """Put a submodule's commit at a path, without .gitmodules."""
        self._pending[_raw(path)] = Entry(GITLINK, commit)

    def remove(self, path: str | bytes) -> None:
        self._pending[_raw(path)] = None

    def rename(self, old: str | bytes, new: str | bytes) -> None:
        """Move a committed file; only the path changes."""
        self._pending[_raw(new)] = self.snapshot()[_raw(old)]
        self._pending[_raw(old)] = None

    # --- commits ----------------------------------------------------------------------------------------------

    def commit(
        self,
        message: str | bytes,
        files: Mapping[str, Content] | None = None,
        *,
        author: str | bytes = DEFAULT_PERSON,
        committer: str | bytes | None = None,
        trailers: Sequence[str] = (),
        parents: Sequence[str] | None = None,
        date: int | None = None,
        tree: str | None = None,
        headers: Sequence[bytes] = (),
        sign: SigningKey | None = None,
    ) -> str:
        """Commit what was written, and `files`, on the current branch; give the commit's id.

        The committer is the author unless said otherwise. `parents` and `tree` replace the usual ones, `headers`
        are added raw behind the committer, `sign` signs with an SSH key.
        """
        self._pending.update({_raw(path): content for path, content in (files or {}).items()})
        snapshot = {} if tree else self._apply()  # a tree of the test's own need not be readable
        body = commit_body(
            tree or self._write_tree(snapshot),
            ([self.head] if self.head else []) if parents is None else parents,
            author,
            author if committer is None else committer,
            self._next_date() if date is None else date,
            _with_trailers(_raw(message), trailers),
            headers,
        )
        commit = self.raw_commit(self.signed(body, sign) if sign else body)
        if tree is None:
            self._snapshots[commit] = snapshot
        self.update_ref(f"refs/heads/{self.current}", commit)
        return commit

    def signed(self, body: bytes, key: SigningKey, namespace: str = "git", digest: str = "sha512") -> bytes:
        """Give a raw commit with this key's signature in its header."""
        return self.with_signature(body, key.sign(body, namespace, digest))

    def with_signature(self, body: bytes, armoured: bytes) -> bytes:
        """Put an armoured signature, of whatever kind, into a raw commit's header."""
        name = b"gpgsig" if self.object_format == "sha1" else b"gpgsig-sha256"
        head, _, message = body.partition(b"\n\n")
        return head + b"\n" + name + b" " + armoured.rstrip(b"\n").replace(b"\n", b"\n ") + b"\n\n" + message

    def raw_commit(self, body: bytes) -> str:
        """Write a commit object of exactly these bytes; no ref moves."""
        return self.write_object("commit", body)

    def merge(
        self,
        other: str,
        message: str = "",
        *,
        author: str | bytes = DEFAULT_PERSON,
        committer: str | bytes | None = None,
        resolution: Mapping[str, Content] | None = None,
        sign: SigningKey | None = None,
    ) -> str:
        """Merge a branch or commit into the current branch; `resolution` is put on top (an evil merge)."""
        theirs = self.rev(other)
        tree = self.git("merge-tree", "--write-tree", self.head, theirs).split("\n")[0]
        snapshot = self.snapshot(tree)
        for path, content in (resolution or {}).items():
            self._put(snapshot, _raw(path), content)
        return self.commit(
            message or f"Merge {other}",
            author=author,
            committer=committer,
            parents=[self.head, theirs],
            tree=self._write_tree(snapshot),
            sign=sign,
        )

    # --- refs -------------------------------------------------------------------------------------------------

    @property
    def head(self) -> str:
        """The current branch's commit, "" while there is none."""
        path = self.git_dir / "refs" / "heads" / self.current
        return path.read_text().strip() if path.exists() else ""

    def branch(self, name: str, at: str | None = None) -> None:
        """Make a branch at a commit, by default the current one, and go on there."""
        self.update_ref(f"refs/heads/{name}", self.rev(at) if at else self.head)
        self.switch(name)

    def switch(self, name: str) -> None:
        """Go on at another branch; the work tree stays as it is."""
        self.current = name
        (self.git_dir / "HEAD").write_text(f"ref: refs/heads/{name}\n")
        self._pending.clear()

    def orphan(self, name: str) -> None:
        """Go on at a branch without history."""
        self.switch(name)

    def tag(self, name: str, at: str | None = None) -> None:
        self.update_ref(f"refs/tags/{name}", self.rev(at) if at else self.head)

    def update_ref(self, name: str, commit: str) -> None:
        """Let a full ref name point at an object, without asking git whether it likes that."""
        path = self.git_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(commit + "\n")

    def rev(self, name: str) -> str:
        if len(name) == (40 if self.object_format == "sha1" else 64):
            return name
        return self.git("rev-parse", "--verify", name)

    def checkout(self) -> None:
        """Fill work tree and index from the current branch."""
        self.git("reset", "-q", "--hard")

    # --- objects ----------------------------------------------------------------------------------------------

    def blob(self, content: str | bytes) -> str:
        return self.write_object("blob", _raw(content))

    def raw_tree(self, entries: Sequence[tuple[str, str | bytes, str]]) -> str:
        """Write a tree of exactly these (mode, name, id), in this order."""
        body = b"".join(
            mode.encode() + b" " + _raw(name) + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries
        )
        return self.write_object("tree", body)

    def write_object(self, kind: str, body: bytes) -> str:
        """Store a loose object; give its id."""
        raw = kind.encode() + b" " + str(len(body)).encode() + b"\0" + body
        oid = hashlib.new(self.object_format, raw).hexdigest()
        path = self.git_dir / "objects" / oid[:2] / oid[2:]
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(zlib.compress(raw, 1))
        return oid

    def snapshot(self, rev: str = "") -> Snapshot:
        """Every path below a commit or tree, by default the current one."""
        rev = rev or self.head
        if not rev:
            return {}
        if rev not in self._snapshots:
            listing = self.git_bytes("ls-tree", "-r", "-z", rev).split(b"\0")[:-1]
            rows = [row.partition(b"\t") for row in listing]
            self._snapshots[rev] = {
                path: Entry(meta.split()[0].decode(), meta.split()[2].decode()) for meta, _, path in rows
            }
        return dict(self._snapshots[rev])

    def _next_date(self) -> int:
        self._date += 60
        return self._date

    def _apply(self) -> Snapshot:
        snapshot = self.snapshot()
        for path, content in self._pending.items():
            self._put(snapshot, path, content)
        self._pending.clear()
        return snapshot

    def _put(self, snapshot: Snapshot, path: bytes, content: Content) -> None:
        match content:
            case None:
                snapshot.pop(path, None)
            case Entry():
                snapshot[path] = content
            case File():
                snapshot[path] = Entry(content.mode, self.blob(content.content))
            case _:
                snapshot[path] = Entry(REGULAR, self.blob(content))

    def _write_tree(self, snapshot: Snapshot) -> str:
        folders: dict[bytes, Snapshot] = {}
        here: dict[bytes, Entry] = {}
        for path, entry in snapshot.items():
            name, slash, rest = path.partition(b"/")
            if slash:
                folders.setdefault(name, {})[rest] = entry
            else:
                here[name] = entry
        here |= {name: Entry(TREE, self._write_tree(inner)) for name, inner in folders.items()}
        # git sorts a folder as if its name ended in a slash
        ordered = sorted(here.items(), key=lambda item: item[0] + b"/" * (item[1].mode == TREE))
        return self.raw_tree([(entry.mode, name, entry.oid) for name, entry in ordered])


def commit_body(
    tree: str,
    parents: Sequence[str],
    author: str | bytes,
    committer: str | bytes,
    date: int,
    message: str | bytes,
    headers: Sequence[bytes] = (),
) -> bytes:
    """Give a raw commit object; author and committer are "Name <email>", or with a date of their own behind."""
    lines = [b"tree " + tree.encode(), *(b"parent " + parent.encode() for parent in parents)]
    lines += [b"author " + _dated(author, date), b"committer " + _dated(committer, date), *headers]
    return b"\n".join(lines) + b"\n\n" + _raw(message)


def environment() -> dict[str, str]:
    """An environment in which git sees nothing of the user."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
    }


def _dated(person: str | bytes, date: int) -> bytes:
    raw = _raw(person)
    return raw + b" %d +0000" % date if raw.endswith(b">") else raw


def _with_trailers(message: bytes, trailers: Sequence[str]) -> bytes:
    text = message.rstrip(b"\n") + b"\n" if message else message
    return text + b"\n" + "".join(f"{line}\n" for line in trailers).encode() if trailers else text


def _raw(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
