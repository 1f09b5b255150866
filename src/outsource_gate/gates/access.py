"""Gate access: did the vendor stay inside what it was given, and have its people the papers that were asked for?

What the papers and the ways in lack is found out in `policy`, as `lint` asks the same beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from outsource_gate.gates import Gate, verdict
from outsource_gate.globs import covers
from outsource_gate.lacking import unregistered
from outsource_gate.model.facts import Attribution, Facts, Unavailable
from outsource_gate.model.granted import Access
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.span import ANY
from outsource_gate.model.verdict import Effect, Reason, Stage, Status, Verdict, Where
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.papers import Holder, order_concerns, paper_concerns, version_concerns
from outsource_gate.policy.ways_in import access_concerns

_EASTERNMOST = timedelta(hours=14)  # where a day begins first

REASONS = {
    "vendor-unregistered": "Nobody gave this identity access to anything.",
    "access-missing": "The register grants this vendor no access.",
    "repository-out-of-scope": "This repository is not among those the vendor was given.",
    "repository-unknown": "It is not known which repository this is.",
    "path-out-of-scope": "A changed path lies outside the paths the vendor was given.",
    "path-denied": "A changed path is one the vendor must not touch.",
    "access-not-in-force": "Today lies outside the days the vendor was given access for.",
    "person-inactive": "A person of the vendor is in the change, outside the days they work for us.",
    "nda-missing": "A person's confidentiality agreement is not on register, or is of a day to come.",
    "training-missing": "A training that the tier asks for is not on register for a person of the change.",
    "training-expired": "A person's training is older than the tier, or the training itself, allows.",
    "mfa-missing": "No second factor of a person of the change is on register.",
    "mfa-stale": "The record of a person's second factor is older than the tier allows.",
    "checklist-missing": "A person of the change has not acknowledged the contractor's checklist.",
    "checklist-other-version": "A person acknowledged another version of the checklist than the one that applies.",
    "checklist-unknown": "Which version of the checklist applies could not be found out.",
    "checklist-after-change": "This change reached the server before its person first acknowledged the checklist.",
    "checklist-order-unknown": "Whether the checklist was read before a person's first change is not known.",
    "review-overdue": "Our own review of the vendor's access is missing or too old.",
    "review-findings-open": "The last signed review found access of this vendor that ought to be gone.",
    "review-not-believed": "The review on register is a record that does not count, so its day is only declared.",
    "remote-access-missing": "By which way the vendor comes in is not on register.",
    "remote-access-method": "The vendor comes in by a way that the tier does not allow.",
    "remote-access-unverified": "Nobody of ours looked at the way in, or not recently enough.",
    "networks-missing": "The networks that the vendor comes from are not on register.",
    "logging-missing": "Where remote sessions are logged is not on register.",
    "logging-too-short": "Logs of remote sessions are kept for a shorter time than the tier asks for.",
    "devices-unverified": "Nobody of ours looked at the management of devices, or not recently enough.",
    "engagement-over": "The register lists engagements of this vendor, and none runs today.",
    "revocation-not-proven": "An engagement has ended, and no document proves that its access is gone.",
    "change-unreadable": "git could not establish what the change is.",
}


Settings = AccessSettings


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge every changed path, both sides of a rename; a path that is not UTF-8 fits no pattern."""
    vendor = facts.registered(facts.vendor)
    if vendor is None:
        return verdict("access", facts, (unregistered("no access"),), summary="not registered")
    if vendor.access is None:
        return verdict("access", facts, (_missing(vendor),), summary="none granted")
    match facts.change, facts.attribution:
        case ChangeSet() as change, Attribution() as attribution:
            reasons = (
                *_paths(change, vendor, vendor.access),
                *_later_stage(facts, attribution, vendor, settings),
            )
            return verdict("access", facts, reasons, summary=_summary(facts, change, settings))
        case Unavailable() as unavailable, _:
            reason = Reason(
                "change-unreadable", unavailable.reason, Effect.UNDECIDED, next_step=unavailable.next_step
            )
            return verdict("access", facts, (reason,), summary="not known")
        case _:
            return Verdict("access", facts.vendor, Status.INDETERMINATE, (), "attribution not known")


def _later_stage(facts: Facts, attribution: Attribution, vendor: Vendor, settings: Settings) -> Iterator[Reason]:
    """What the push stage does not ask: repository, days, persons, papers and ways in."""
    access = vendor.access
    if facts.stage is Stage.PUSH or access is None:
        return
    yield from _repository(facts, vendor, access)
    if not access.valid.covers(facts.today):
        yield Reason(
            "access-not-in-force",
            "access is not in force",
            next_step=f"ask {vendor.owner}",
            who=vendor.owner,
            internal=f"granted from {access.valid.from_ or 'any day'} until {access.valid.until or 'any day'}",
        )
    yield from _persons(facts, attribution, vendor)
    yield from _papers(facts, attribution, vendor, settings)
    concerns = access_concerns(vendor, access, settings, facts.today, facts.reviewed(vendor.id))
    yield from (concern.reason(vendor, settings.customer) for concern in concerns)


def _repository(facts: Facts, vendor: Vendor, access: Access) -> Iterator[Reason]:
    if not facts.repository:
        yield Reason(
            "repository-unknown",
            "the repository has no name here",
            Effect.UNDECIDED,
            expected="an origin remote, or `repository` in the file given with --change",
            next_step="add the remote `origin`, or name the repository in --change",
            who="whoever runs the job",
        )
    elif not any(covers(access.repositories, name) for name in _names(facts.repository)):
        yield Reason(
            "repository-out-of-scope",
            f"{facts.repository} is not among the repositories of {vendor.name}",
            got=facts.repository,
            next_step=f"ask {vendor.owner}",
            who=vendor.owner,
            internal=f"granted: {', '.join(access.repositories) or 'none'}",
        )


def _names(repository: str) -> tuple[str, ...]:
    """`host/owner/name` is also known as `owner/name`; nothing shorter is."""
    host, _, rest = repository.partition("/")
    return (repository, rest) if "/" in rest and "." in host else (repository,)


def _paths(change: ChangeSet, vendor: Vendor, access: Access) -> Iterator[Reason]:
    for file in change.files:
        where = Where(file.path)
        if covers(access.deny_paths, file.path):
            message, code = f"{vendor.name} must not touch this path", "path-denied"
            expected = f"nothing in {', '.join(access.deny_paths)}"
        elif file.malformed_path or not covers(access.paths, file.path):
            message, code = f"outside the paths of {vendor.name}", "path-out-of-scope"
            expected = ", ".join(access.paths) or "no path is granted"
        else:
            continue
        yield Reason(
            code,
            message,
            got=file.path,
            expected=expected,
            where=where,
            next_step=f"leave it out of this change, or ask {vendor.owner}",
            who="the author",
        )


def _persons(facts: Facts, attribution: Attribution, vendor: Vendor) -> Iterator[Reason]:
    for person in _named(attribution, vendor):
        if not person.active.covers(facts.today):
            yield Reason(
                "person-inactive",
                f"{person.id} is not active for {vendor.name} today",
                got=person.id,
                next_step=f"ask {vendor.owner}",
                who=vendor.owner,
                internal=f"active from {person.active.from_ or 'any day'} until {person.active.until or 'any day'}",
            )


def _named(attribution: Attribution, vendor: Vendor) -> tuple[Person, ...]:
    """The vendor's people whom the change names, by whichever role."""
    roles = (*attribution.roles, *(role for commit in attribution.commits for role in commit.roles))
    named = {role.person for role in roles if role.organisation == vendor.id}
    return tuple(person for person in vendor.people if person.id in named)


def _papers(facts: Facts, attribution: Attribution, vendor: Vendor, settings: Settings) -> Iterator[Reason]:
    version = next((one.version for one in facts.checklists if one.vendor == vendor.id), None)
    for number, person in enumerate(_named(attribution, vendor)):
        holder = Holder(person, number)
        arrived = _arrived(facts, attribution, vendor, person)
        concerns = (
            *paper_concerns(holder, settings, facts.today),
            *version_concerns(holder, settings, version),
            *order_concerns(holder, settings, arrived),
        )
        yield from (concern.reason(vendor, settings.customer) for concern in concerns)


def _arrived(facts: Facts, attribution: Attribution, vendor: Vendor, person: Person) -> date | None:
    """The day on which the first work of this person in this change reached the server, by the server's clock.

    Dates of commits are claims and are not asked. The day counts as in the east of the world: no time zone denies.
    """
    if not isinstance(facts.context, Context):
        return None
    own = {
        commit.commit
        for commit in attribution.commits
        if any(role.organisation == vendor.id and role.person == person.id for role in commit.roles)
    }
    times = [
        push.seen_at
        for push in facts.context.pushes
        if push.sha in own or (push.by and person.has_account(push.by, facts.context.forge))
    ]
    return (min(times).astimezone(UTC) + _EASTERNMOST).date() if times else None


def _summary(facts: Facts, change: ChangeSet, settings: Settings) -> str:
    """Paths are seen in git, a signed review on the forge; papers and ways in are what the register says."""
    told = f"{len(change.files)} paths compared"
    asked = {
        "NDA": settings.nda == "required",
        "training": bool(settings.training),
        "MFA": settings.mfa_max_age != ANY,
        "checklist": settings.checklist != "ignored",
        "access review": settings.review_max_age != ANY,
        "remote access": settings.wants_remote,
        "devices": settings.devices_max_age != ANY,
    }
    seen = facts.reviewed(facts.vendor or "")
    observed = [f"access review of {seen.on}"] if seen and not seen.problem and asked.pop("access review") else []
    named = [name for name, is_asked in asked.items() if is_asked]
    words = (("observed", observed), ("declared, not observed", named))
    parts = [f"{word}: {', '.join(names)}" for word, names in words if names]
    return told if facts.stage is Stage.PUSH else "; ".join((told, *parts))


def _missing(vendor: Vendor) -> Reason:
    return Reason(
        "access-missing", f"{vendor.name} was given no access", next_step=f"ask {vendor.owner}", who=vendor.owner
    )


GATE = Gate(
    id="access",
    title="Access",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    controls=("A.8.4", "A.5.18", "A.6.7", "A.6.3", "A.6.5", "A.6.6"),
    version=2,
)
