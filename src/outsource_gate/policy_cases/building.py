"""Which facts does a case stand for? Pure: no repository, no scanner, no forge; what is not said is harmless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
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
    PolicySource,
    Unavailable,
)
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.review import Context
from outsource_gate.model.verdict import Stage
from outsource_gate.model.waiver import Granted
from outsource_gate.policy.cases import Given
from outsource_gate.policy.checklist import versions
from outsource_gate.policy.load import Policy
from outsource_gate.policy.yaml_text import Place, shown
from outsource_gate.policy_cases.change import change_of, context_of, granted, owners_of
from outsource_gate.policy_cases.content import with_content
from outsource_gate.policy_cases.people import Known, with_changes
from outsource_gate.waivers import with_exceptions


def build(known: Known, given: Given, place: Place) -> tuple[Facts, Known]:
    """Give the facts, and the register as the case has it."""
    if given.now is None:
        raise place.error("nobody says when it is judged", "add now: 2026-11-23T12:00:00Z to the file's given")
    _check_results(known.policy, given, place)
    now, zone = given.now.astimezone(UTC), ZoneInfo(known.policy.timezone)
    today = now.astimezone(zone).date()
    author = known.author(given, today, place.below("given"))
    known = with_changes(known, given, author, place.below("given"))
    stage = Stage(given.stage)
    vendor = _vendor_of(known, given, author)
    repository = given.repository or granted(vendor.access.repositories if vendor and vendor.access else (), "")
    change = change_of(known, given, author, vendor, place)
    frame = (now, today, repository)
    context = NotAsked() if stage is Stage.PUSH else context_of(known, given, author, frame, place)
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
        owners=owners_of(known, given),
        own_documents=known.policy.documents,
    )
    return _missing(_for_vendors(facts, known, given), given), known


def _check_results(policy: Policy, given: Given, place: Place) -> None:
    for name in given.results:
        if name not in policy.results:
            allowed = ", ".join(policy.results) or "none"
            raise place.below("given", "results").error(
                f"the policy knows no result {shown(name)}; known: {allowed}"
            )


def _for_vendors(facts: Facts, known: Known, given: Given) -> Facts:
    """What is asked only of changes with a vendor in them."""
    if not (isinstance(facts.attribution, Attribution) and facts.attribution.vendors):
        return facts
    is_push = facts.stage is Stage.PUSH
    waived = replace(known.policy, waivers=(*known.policy.waivers, *given.waivers))
    whole = with_exceptions(with_content(facts, known.policy, given), waived)
    current = versions(known.policy, facts.vendors)
    is_current = given.checklist == "current"
    return replace(
        whole,
        vendors=tuple(map(_acknowledged, facts.vendors, current)) if is_current else facts.vendors,
        waivers=tuple(_signed(one, known, given, facts.today) for one in whole.waivers),
        checklists=() if is_push else current,
        documents=NotAsked() if is_push else tuple(_documents(whole, given)),
    )


def _signed(one: Granted, known: Known, given: Given, today: date) -> Granted:
    """A waiver of the case has no signature, and is taken for signed where its approver could have signed it."""
    ours = {person.id for person in known.policy.internal if person.active.covers(today)}
    is_taken = one.waiver.approver in ours and any(one.waiver.id == waiver.id for waiver in given.waivers)
    return Granted(one.waiver, "as the case says") if is_taken else one


def _acknowledged(vendor: Vendor, current: ChecklistVersion) -> Vendor:
    """Every rule that changes makes another version; a case about a rule is not about that."""

    def acknowledged(person: Person) -> Person:
        if person.checklist is None:
            return person
        return person.model_copy(
            update={"checklist": person.checklist.model_copy(update={"version": current.version})}
        )

    return vendor.model_copy(update={"people": tuple(map(acknowledged, vendor.people))})


def _vendor_of(known: Known, given: Given, author: str) -> Vendor | None:
    member = known.people.get(author)
    return known.policy.vendors.get(given.vendor or (member.organisation if member else ""))


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
