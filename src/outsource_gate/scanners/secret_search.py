"""How are all blobs, messages and names of a change looked through, by our own and by typed detectors?"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.introduced import Contents, Introduced, read_messages
from outsource_gate.git.repository import Repository
from outsource_gate.git.tags import read_tags, tags_into
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.secret import SecretScan
from outsource_gate.model.source import ChangeSet
from outsource_gate.scanners.secret_hunt import Hunt
from outsource_gate.scanners.secret_merge import merge
from outsource_gate.scanners.typed_secrets import Detectors, detectors
from outsource_gate.scanners.veil import Found

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.store import Store

MIN_KEY = 16  # bytes, as for pseudonyms


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked through, and with what. `tags`: ids of tag objects that come in with the commits.

    `tags_here`: those of the clone that point into the change are looked through, too.
    """

    repository: Repository
    change: ChangeSet
    read_base: Callable[[str], bytes]
    key: bytes | None = None  # of the organisation
    store: Store | None = None  # of answers of earlier runs
    tags: Sequence[str] = ()
    tags_here: bool = False
    typed: bool = True  # whether a tier counts on typed detectors; compiling their rules takes seconds


Read = Iterable[tuple[Introduced, object]]  # bytes; anything else is too big
Ended = Callable[[], tuple[SecretScan | Unavailable, Found]]


@contextmanager
def searching(search: Search, contents: Contents | Unavailable, blobs: Read) -> Iterator[Ended]:
    """Look through everything, and give what waits for typed detectors; the values are for `veiled` alone.

    `blobs` are those of the contents, as they are read.
    """
    if isinstance(contents, Unavailable):
        missing = replace(contents, fact="secrets")
        yield lambda: (missing, Found())
        return
    with detectors(search.store) if search.typed else nullcontext() as typed:
        hunt = Hunt(mac=mac_of(search.key))
        if typed:
            hunt.also = typed.add
        try:
            _hunt(search, contents, blobs, hunt)
        except GitError as error:
            missing = Unavailable(error.message, error.hint, "secrets")
            yield lambda: (missing, hunt.found())
            return
        if typed:
            typed.start()
        yield lambda: _ended(hunt, typed)


def mac_of(key: bytes | None) -> Callable[[str], str]:
    """Make of a value what finds it in another record, and what says nothing of it to whoever has no key."""
    if key is None or len(key) < MIN_KEY:
        return lambda _: ""
    own = hmac.digest(key, b"outsource-gate: credentials found", "sha256")  # not the key of anybody's pseudonym
    return lambda value: hmac.new(own, value.encode("utf-8", "backslashreplace"), hashlib.sha256).hexdigest()


def _hunt(search: Search, contents: Contents, blobs: Read, hunt: Hunt) -> None:
    for path, commit in contents.names:
        hunt.name(path, commit)
    for made, raw in read_messages(search.repository, search.change.commits):
        hunt.message(made.id, raw)
    commits = [commit.id for commit in search.change.commits] if search.tags_here else ()
    tags = (*search.tags, *tags_into(search.repository, commits)) if commits else search.tags
    for tag, raw in read_tags(search.repository, tags):
        hunt.message(search.change.head.commit, raw, inside=f"the tag object {tag[:12]}")
    for blob, data in blobs:
        hunt.content(blob, data, search.read_base)


def _ended(hunt: Hunt, typed: Detectors | None) -> tuple[SecretScan, Found]:
    if typed is None:
        return hunt.scan(), hunt.found()
    said = typed.said()
    merge(hunt, typed.texts(said))
    return hunt.scan(said.version, said.missing), hunt.found()
