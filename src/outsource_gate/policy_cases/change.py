"""What do git and the forge say of a case's change? One commit, pushed and reviewed as the case has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from outsource_gate.model.facts import Owners
from outsource_gate.model.register import Vendor
from outsource_gate.model.review import Context, Push, Review, ReviewState
from outsource_gate.model.source import Change, ChangeSet, Commit, FileChange, Revision
from outsource_gate.policy.cases import Approved, ChangedPaths, Given
from outsource_gate.policy.yaml_text import Place
from outsource_gate.policy_cases.people import Known

BASE, HEAD, EARLIER = "b" * 40, "a" * 40, "c" * 40
_TREE, _BLOB, _NONE = "d" * 40, "1" * 40, "0" * 40
_FILE, _NO_FILE = "100644", "000000"
_EXAMPLE = "example.py"


def change_of(known: Known, given: Given, author: str, vendor: Vendor | None, place: Place) -> ChangeSet:
    claim = known.claim(author, place.below("given", "author"))
    also = tuple(known.claim(one, place.below("given", "co_authors")) for one in given.co_authors)
    paths = given.paths or ChangedPaths(
        modified=(granted(vendor.access.paths if vendor and vendor.access else (), _EXAMPLE),)
    )
    files = tuple(sorted(_files(paths), key=lambda file: file.path))
    if not files:
        raise place.below("given", "paths").error("no path changed", "name one, or leave paths out")
    if len({file.path for file in files}) < len(files):
        raise place.below("given", "paths").error("a path stands here twice", "one path changes in one way")
    return ChangeSet(
        base=Revision(BASE, _TREE, "main"),
        head=Revision(HEAD, _TREE, "HEAD"),
        merge_base=BASE,
        commits=(Commit(HEAD, _TREE, (BASE,), claim, claim, also, "a change of a policy test case"),),
        files=files,
        content_id="f" * 64,
    )


def _files(paths: ChangedPaths) -> Iterator[FileChange]:
    for path in paths.added:
        yield FileChange(path, Change.ADDED, _NO_FILE, _FILE, _NONE, _BLOB)
    for path in (*paths.modified, *paths.unread, *paths.unsupported):
        yield FileChange(path, Change.MODIFIED, _FILE, _FILE, "2" * 40, _BLOB)
    for path in (*paths.deleted, *(one.from_ for one in paths.renamed)):
        yield FileChange(path, Change.DELETED, _FILE, _NO_FILE, _BLOB, _NONE)
    for one in paths.renamed:
        yield FileChange(one.to, Change.ADDED, _NO_FILE, _FILE, _NONE, _BLOB, one.from_, _BLOB)


def context_of(known: Known, given: Given, author: str, frame: tuple[datetime, date, str], place: Place) -> Context:
    """What the forge would say: pushed two hours ago by whoever opened it, reviewed one hour ago."""
    now, today, repository = frame
    opener = known.account(given.opener or author, place.below("given", "opener" if given.opener else "author"))
    arrived = now - timedelta(hours=2)
    here = place.below("given", "approvals")
    approvals = given.approvals
    if approvals is None:
        approvals = tuple(Approved(by=one.id) for one in known.ours(today))
    reviews = tuple(
        Review(
            number,
            known.account(one.by, here),
            ReviewState(one.state),
            HEAD if one.of == "head" else EARLIER,
            now - timedelta(hours=1 if one.of == "head" else 3),
        )
        for number, one in enumerate(approvals, 1)
    )
    return Context(
        source="handed-over",
        repository=repository,
        number=1,
        opener=opener,
        pushers=(opener,),
        pushes=(Push(EARLIER, arrived - timedelta(hours=2), opener), Push(HEAD, arrived, opener)),
        reviews=reviews,
    )


def owners_of(known: Known, given: Given) -> Owners:
    owners = given.code_owners
    if owners is None:
        owners = tuple(f"@{person.accounts()[0].login}" for person in known.policy.internal if person.accounts())
    return Owners("CODEOWNERS", (("", "*", owners),)) if owners else Owners()


def granted(globs: tuple[str, ...], name: str) -> str:
    """Something that the first pattern covers; a place of its own where nothing is granted."""
    if not globs:
        return name or "corp/example"
    folder, star, _ = globs[0].partition("**")
    return f"{folder}{name}" if star and name else globs[0].replace("*", "x").replace("?", "x")
