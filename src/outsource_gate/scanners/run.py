"""What do all scanners say of a change or a folder, and what became of every path?"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import CoverageRow, Read, Scan
from outsource_gate.model.past import PastScan
from outsource_gate.model.source import FileChange, text_of
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.scanners import Scanner
from outsource_gate.scanners.account import Account
from outsource_gate.scanners.catalogue import scanners as catalogue
from outsource_gate.scanners.classify import MAX_BYTES, too_big
from outsource_gate.scanners.launch import Launch, Limits, launch
from outsource_gate.scanners.past import Brought, apart, gone_by
from outsource_gate.scanners.workspace import Room, clean_room

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.store import Store

SCANNERS = catalogue()
_REGULAR = ("100644", "100755", "100664")  # 100664: in old histories


class BlobReader(Protocol):
    """Reads blobs by id; anything but bytes is too big, and has a `size`."""

    def read(self, oid: str, max_bytes: int) -> object: ...


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What the scanners said, and one row per path."""

    scans: tuple[Scan | Unavailable, ...]
    coverage: tuple[CoverageRow, ...]
    past: PastScan | None = None  # of what is gone by head, where that was asked for


def scan_change(  # noqa: PLR0913 - the rest is for whom it matters
    files: Sequence[FileChange],
    blobs: BlobReader,
    *,
    rules: Sequence[Path] = (),
    scanners: Sequence[Scanner] = SCANNERS,
    limits: Limits | None = None,
    meanwhile: Callable[[], object] = lambda: None,
    store: Store | None = None,
    brought: Sequence[Brought] | None = None,
) -> ScanResult:
    """Scan what a change leaves, and of what was there before as much as tells new findings from old ones.

    `rules` are folders of more semgrep rules beside the shipped ones; `meanwhile` is called when all are started;
    `store` has answers of earlier runs; of what commits have `brought` that is scanned, too, which is gone by head.
    """
    with clean_room() as (room, private):
        account = Account(room, scanners)
        for file in files:
            if read := _not_a_file(file):
                account.note(file.path, *read)
            else:
                account.head(file.path, blobs.read(file.new_blob, MAX_BYTES))
                _take_base(account, file, blobs)
        gone = gone_by(brought, files) if brought is not None else None
        for key, one in gone.files.items() if gone else ():
            _take_past(account, key, one, blobs)
        shared = replace(_launch(room, private, account, rules, limits), store=store)
        result = _scan(account, scanners, shared, meanwhile)
    return ScanResult(*apart(gone, result.scans, result.coverage)) if gone else result


def scan_paths(
    paths: Sequence[Path],
    *,
    rules: Sequence[Path] = (),
    scanners: Sequence[Scanner] = SCANNERS,
    limits: Limits | None = None,
    store: Store | None = None,
) -> ScanResult:
    """Scan files and folders as they lie there; `.git` is left out, links are not followed, and both are said."""
    with clean_room() as (room, private):
        account = Account(room, scanners)
        for path in dict.fromkeys(_walk(paths, account)):
            _take_file(account, path)
        shared = replace(_launch(room, private, account, rules, limits), store=store)
        return _scan(account, scanners, shared)


def _not_a_file(file: FileChange) -> tuple[Read, str] | None:
    return (Read.INERT, "deleted") if file.is_deleted else _no_file(file.new_mode)


def _no_file(mode: str) -> tuple[Read, str] | None:
    if mode == "160000":
        return Read.UNREAD, "submodule: its content is not here"
    if mode == "120000":
        return Read.UNREAD, "symbolic link: nothing follows it"
    return None if mode in _REGULAR else (Read.UNREAD, f"mode {mode} is no file")


def _take_past(account: Account, key: str, one: Brought, blobs: BlobReader) -> None:
    if read := _no_file(one.mode):
        account.note(key, *read)
        return
    account.past(key, one.path, blobs.read(one.oid, MAX_BYTES))
    if one.base_blob:
        account.past_base(key, one.base_path, lambda: blobs.read(one.base_blob, MAX_BYTES))


def _take_base(account: Account, file: FileChange, blobs: BlobReader) -> None:
    was_link = file.paired_blob is None and file.old_mode not in _REGULAR
    if file.base_blob is not None and not was_link:
        account.base(file.path, file.paired_with or file.path, blobs.read(file.base_blob, MAX_BYTES))


def _walk(paths: Iterable[Path], account: Account) -> Iterator[Path]:
    for top in paths:
        if top.is_symlink() or not top.is_dir():
            yield top
            continue
        for folder, folders, files in os.walk(top, onerror=lambda error: _unreadable(account, error)):
            here = Path(folder)
            if ".git" in (*folders, *files):
                account.note(_shown(here / ".git"), Read.INERT, "git's own, left out")
            links = [name for name in folders if (here / name).is_symlink()]
            yield from (here / name for name in sorted([*files, *links]) if name != ".git")
            folders[:] = sorted(name for name in folders if name != ".git" and name not in links)


def _unreadable(account: Account, error: OSError) -> None:
    account.note(_shown(Path(error.filename)), Read.UNREAD, f"folder cannot be read: {error.strerror}")


def _take_file(account: Account, path: Path) -> None:
    try:
        if path.is_symlink() or not path.is_file():
            what = "symbolic link: nothing follows it" if path.is_symlink() else "no regular file"
            account.note(_shown(path), Read.UNREAD, what)
            return
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        account.note(_shown(path), Read.UNREAD, f"cannot be read: {error.strerror}")
        return
    if len(data) > MAX_BYTES:
        account.note(_shown(path), Read.UNREAD, too_big(None, MAX_BYTES))
    else:
        account.head(_shown(path), data)


def _shown(path: Path) -> str:
    return text_of(os.fsencode(path))


def _launch(room: Room, private: Path, account: Account, rules: Sequence[Path], limits: Limits | None) -> Launch:
    folders = (shipped_folder() / "rules", *rules)
    return Launch(room, private, account.pairs, folders, limits or Limits(), threading.Event())


def _scan(
    account: Account, scanners: Sequence[Scanner], shared: Launch, meanwhile: Callable[[], object] = lambda: None
) -> ScanResult:
    """Start all scanners at once; when we are interrupted they are ended, not waited for."""
    wanted = [scanner for scanner in scanners if shared.room.targets("head", scanner.reads)]
    with ThreadPoolExecutor(max(1, len(wanted))) as pool:
        dearest_first = sorted(wanted, key=lambda scanner: not scanner.base_after)
        running = {scanner.id: pool.submit(launch, scanner, shared) for scanner in dearest_first}
        try:
            if len(running) >= (os.cpu_count() or 1):
                wait(running.values(), return_when=FIRST_COMPLETED)  # until then every core has its scanner
            meanwhile()
            scans = [running[scanner.id].result() for scanner in wanted]
        except BaseException:
            shared.stop.set()
            raise
    if shared.store is not None:
        shared.store.save()
    return ScanResult((*scans, account.text_scan()), account.rows(scans))
