"""Gate access: did the vendor stay inside the repositories, paths and days it was given?"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.gates import Gate, verdict
from outsource_gate.globs import covers
from outsource_gate.lacking import unregistered
from outsource_gate.model.facts import Attribution, Facts, Unavailable
from outsource_gate.model.granted import Access
from outsource_gate.model.register import Vendor
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Effect, Reason, Stage, Status, Verdict, Where
from outsource_gate.policy.settings import GateSettings

REASONS = {
    "vendor-unregistered": "Nobody gave this identity access to anything.",
    "access-missing": "The register grants this vendor no access.",
    "repository-out-of-scope": "This repository is not among those the vendor was given.",
    "repository-unknown": "It is not known which repository this is.",
    "path-out-of-scope": "A changed path lies outside the paths the vendor was given.",
    "path-denied": "A changed path is one the vendor must not touch.",
    "access-not-in-force": "Today lies outside the days the vendor was given access for.",
    "person-inactive": "A person of the vendor is in the change, outside the days they work for us.",
    "change-unreadable": "git could not establish what the change is.",
}


class Settings(GateSettings):
    """access has no settings: what is granted stands in the register."""


def judge(facts: Facts, _: Settings) -> Verdict:
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
                *_later_stage(facts, attribution, vendor, vendor.access),
            )
            return verdict("access", facts, reasons, summary=f"{len(change.files)} paths compared")
        case Unavailable() as unavailable, _:
            reason = Reason(
                "change-unreadable", unavailable.reason, Effect.UNDECIDED, next_step=unavailable.next_step
            )
            return verdict("access", facts, (reason,), summary="not known")
        case _:
            return Verdict("access", facts.vendor, Status.INDETERMINATE, (), "attribution not known")


def _later_stage(facts: Facts, attribution: Attribution, vendor: Vendor, access: Access) -> Iterator[Reason]:
    """What the push stage does not ask: repository, days, persons."""
    if facts.stage is Stage.PUSH:
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
    named = {role.person for role in attribution.roles if role.organisation == vendor.id}
    named |= {
        role.person for commit in attribution.commits for role in commit.roles if role.organisation == vendor.id
    }
    for person in vendor.people:
        if person.id in named and not person.active.covers(facts.today):
            yield Reason(
                "person-inactive",
                f"{person.id} is not active for {vendor.name} today",
                got=person.id,
                next_step=f"ask {vendor.owner}",
                who=vendor.owner,
                internal=f"active from {person.active.from_ or 'any day'} until {person.active.until or 'any day'}",
            )


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
    controls=("A.8.4", "A.5.18"),
)
