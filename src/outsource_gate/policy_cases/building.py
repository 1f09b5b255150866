"""Which facts does a case stand for? Pure: no repository, no scanner, no forge; what is not said is harmless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from outsource_gate.attribution import Beliefs, attribute
from outsource_gate.collect import beliefs_under
from outsource_gate.excerpt import bots_named, members_named, vendors_named
from outsource_gate.model.document import Compared, documents_of
from outsource_gate.model.facts import (
    Attribution,
    ChecklistVersion,
    Chosen,
    Facts,
    NotAsked,
    Owners,
    PolicySource,
    Unavailable,
)
from outsource_gate.model.register import Vendor
from outsource_gate.model.review import Context, Push, Review, ReviewState
from outsource_gate.model.source import Change, ChangeSet, Commit, FileChange, Revision
from outsource_gate.model.verdict import Stage
from outsource_gate.model.waiver import Granted
from outsource_gate.policy.cases import Approved, ChangedPaths, Given
from outsource_gate.policy.checklist import versions
from outsource_gate.policy.yaml_text import Place
from outsource_gate.policy_cases.content import with_content
from outsource_gate.policy_cases.people import Known, with_changes
from outsource_gate.waivers import with_exceptions

BASE, HEAD, EARLIER = "b" * 40, "a" * 40, "c" * 40
_TREE, _BLOB, _NONE = "d" * 40, "1" * 40, "0" * 40
_FILE, _NO_FILE = "100644", "000000"
_EXAMPLE = "example.py"


def build(known: Known, given: Given, place: Place) -> tuple[Facts, Known]:
    """Give the facts, and the register as the case has it."""
    if given.now is None:
        raise place.error("nobody says when it is judged", "add now: 2026-11-23T12:00:00Z to the file's given")
    now, zone = given.now.astimezone(UTC), ZoneInfo(known.policy.timezone)
    today = now.astimezone(zone).date()
    author = known.author(given, today, place.below("given"))
    known = with_changes(known, given, author, place.below("given"))
    stage = Stage(given.stage)
    granted = _vendor_of(known, given, author)
    repository = given.repository or _granted(granted.access.repositories if granted and granted.access else (), "")
    change = _change(known, given, author, granted, place)
    context = NotAsked() if stage is Stage.PUSH else _context(known, given, author, (now, repository), place)
    told = context if isinstance(context, Context) else None
    beliefs = beliefs_under(known.policy, Beliefs(today), stage)
    attribution = attribute(change.commits, told, known.register, beliefs)
    facts = Facts(
        now=now,
        today=today,
        timezone=known.policy.timezone,
        stage=stage,
        repository=repository,
        organisation=known.policy.organization,
        policy=PolicySource(known.policy.digest, known.policy.register_digest, known.policy.where),
        chosen=Chosen(clock="given", stage="given", policy="outside", context="handed-over"),
        change=change,
        context=context,
        attribution=attribution,
        vendors=vendors_named(attribution, known.policy.vendors),
        members=members_named(attribution, context, known.register.by_account),
        bots=bots_named(attribution, known.policy.bots),
        owners=_owners(known, given),
        own_documents=known.policy.documents,
    )
    return _missing(_for_vendors(facts, known, given), given), known


def _for_vendors(facts: Facts, known: Known, given: Given) -> Facts:
    """What is asked only of changes with a vendor in them."""
    if not (isinstance(facts.attribution, Attribution) and facts.attribution.vendors):
        return facts
    is_push = facts.stage is Stage.PUSH
    whole = with_exceptions(with_content(facts, known.policy, given), known.policy)
    current = versions(known.policy, facts.vendors)
    is_current = given.checklist == "current"
    return replace(
        whole,
        vendors=tuple(map(_acknowledged, facts.vendors, current)) if is_current else facts.vendors,
        waivers=(*whole.waivers, *(Granted(one, "as the case says") for one in given.waivers)),
        checklists=() if is_push else current,
        documents=NotAsked() if is_push else tuple(_documents(whole, given)),
    )


def _acknowledged(vendor: Vendor, current: ChecklistVersion) -> Vendor:
    """Every rule that changes makes another version; a case about a rule is not about that."""
    people = tuple(
        person.model_copy(
            update={"checklist": person.checklist.model_copy(update={"version": current.version})}
            if person.checklist
            else {}
        )
        for person in vendor.people
    )
    return vendor.model_copy(update={"people": people})


def _vendor_of(known: Known, given: Given, author: str) -> Vendor | None:
    member = known.people.get(author)
    return known.policy.vendors.get(given.vendor or (member.organisation if member else ""))


def _granted(globs: tuple[str, ...], name: str) -> str:
    """Something that the first pattern covers; a place of its own where nothing is granted."""
    if not globs:
        return name or "corp/example"
    folder, star, _ = globs[0].partition("**")
    return f"{folder}{name}" if star and name else globs[0].replace("*", "x").replace("?", "x")


def _change(known: Known, given: Given, author: str, vendor: Vendor | None, place: Place) -> ChangeSet:
    claim = known.claim(author, place.below("given", "author"))
    also = tuple(known.claim(one, place.below("given", "co_authors")) for one in given.co_authors)
    paths = given.paths or ChangedPaths(
        modified=(_granted(vendor.access.paths if vendor and vendor.access else (), _EXAMPLE),)
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


def _context(known: Known, given: Given, author: str, frame: tuple[datetime, str], place: Place) -> Context:
    """What the forge would say: pushed two hours ago by whoever opened it, reviewed one hour ago."""
    now, repository = frame
    opener = known.account(given.opener or author, place.below("given", "opener" if given.opener else "author"))
    arrived = now - timedelta(hours=2)
    here = place.below("given", "approvals")
    approvals = given.approvals
    if approvals is None:
        approvals = tuple(Approved(by=one.id) for one in known.ours(now.date()))
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


def _owners(known: Known, given: Given) -> Owners:
    owners = given.code_owners
    if owners is None:
        owners = tuple(f"@{person.accounts()[0].login}" for person in known.policy.internal if person.accounts())
    return Owners("CODEOWNERS", (("", "*", owners),)) if owners else Owners()


def _documents(facts: Facts, given: Given) -> Iterator[Compared]:
    outcomes = {
        "match": ("matches", ""),
        "differ": ("differs", "as the case says"),
        "not-checked": ("not-checked", "as the case says"),
    }
    outcome, why = outcomes[given.documents]
    named = [one.document for vendor in facts.vendors for one in documents_of(vendor)]
    for document in (*named, *(one.document for one in facts.own_documents)):
        yield Compared(document, outcome, why)  # type: ignore[arg-type]


def _missing(facts: Facts, given: Given) -> Facts:
    """Take away what the case says could not be established."""
    gone = {name: Unavailable("not established, as the case says", fact=name) for name in given.missing}
    changes: dict[str, object] = {}
    if "change" in gone:
        changes |= {"change": gone["change"], "attribution": gone["change"], "vendors": ()}
    if "reviews" in gone:
        changes["context"] = gone["reviews"]
    if "scanners" in gone:
        changes["scans"] = (replace(gone["scanners"], fact="semgrep"), replace(gone["scanners"], fact="text"))
    for name, field in (("secrets", "secrets"), ("personal-data", "personal"), ("tracker", "tracked")):
        if name in gone:
            changes[field] = gone[name]
    if "packages" in gone:
        changes |= dict.fromkeys(("dependencies", "vulnerabilities", "licences"), gone["packages"])
    return replace(facts, **changes)  # type: ignore[arg-type]
