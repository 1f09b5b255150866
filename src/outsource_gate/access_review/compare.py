"""Who has access that the register does not give? Pure: what was seen, the register, and a day.

Names in a register and accounts on a forge meet by numeric id, and by login only where an id is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from outsource_gate.access_review.seen import Entry, Looked
from outsource_gate.globs import covers
from outsource_gate.model.access_review import OPEN, Kind
from outsource_gate.model.facts import Member
from outsource_gate.model.identity import INTERNAL, Account, ascii_lower
from outsource_gate.model.register import Vendor
from outsource_gate.policy.index import Register
from outsource_gate.policy.load import Policy

TOO_BROAD = ("maintain", "admin")  # a contributor needs write
DORMANT_DAYS = 90
_ANY = frozenset("*?[{!")


@dataclass(frozen=True, slots=True)
class Asked:
    """The frame of one review."""

    today: date
    vendors: tuple[str, ...]  # those that are reviewed
    dormant_days: int = DORMANT_DAYS


@dataclass(frozen=True, slots=True)
class Finding:
    """One account, or one registered person, and what is not in order. `person` "": nobody in the register."""

    kind: Kind
    vendor: str  # "internal" for our own people, "" for nobody's
    person: str
    account: Account | None
    repository: str
    why: str  # without any name


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far a vendor's access was looked at."""

    vendor: str
    is_whole: bool  # every repository that the register gives was read
    missing: tuple[str, ...] = ()  # patterns of the register of which nothing, or not surely everything, was read


def findings(policy: Policy, looked: Looked, asked: Asked) -> tuple[Finding, ...]:
    """Give everything that is not in order, unregistered accounts first."""
    register = Register.of(policy)
    known = [(entry, register.by_account(entry.account, looked.forge)) for entry in looked.entries]
    bots = {bot.github_id if looked.forge == "github" else bot.gitlab_id for bot in policy.bots} - {None}
    found: list[Finding] = []
    for entry, member in known:
        if member is None and entry.account.id not in bots:
            found.append(_unregistered(entry))
        elif member and member.organisation in (INTERNAL, *asked.vendors):
            found += _of_member(policy, member, entry, asked.today)
    people = _accounts_of(known, asked.vendors)
    found += _second_factors(people, looked)
    found += _dormant(people, looked, asked)
    found += _without_access(policy, set(people), looked, asked)
    return tuple(dict.fromkeys(found))


def reviewed(policy: Policy, looked: Looked, vendors: Iterable[str]) -> tuple[Reviewed, ...]:
    """Say for each vendor whether all that it was given was read. A pattern may mean more than was named."""
    return tuple(_reviewed(policy.vendors[vendor], looked) for vendor in vendors)


def literal_repositories(policy: Policy, vendors: Iterable[str]) -> tuple[str, ...]:
    """The repositories that the register names without a pattern, to ask for where none are named."""
    given = (policy.vendors[vendor].access for vendor in vendors)
    names = (_short(name) for access in given if access for name in access.repositories if not _is_pattern(name))
    return tuple(dict.fromkeys(names))


def open_findings(found: Iterable[Finding], vendor: str) -> int:
    """Count access of a vendor's people that ought to be gone."""
    return sum(one.vendor == vendor and one.kind in OPEN for one in found)


def _reviewed(vendor: Vendor, looked: Looked) -> Reviewed:
    patterns = vendor.access.repositories if vendor.access else ()
    read = {ascii_lower(name) for name in looked.repositories}
    missing = tuple(name for name in patterns if _is_pattern(name) or ascii_lower(_short(name)) not in read)
    return Reviewed(vendor.id, bool(patterns) and not missing, missing)


def _is_pattern(name: str) -> bool:
    return not _ANY.isdisjoint(name)


def _short(name: str) -> str:
    """`host/owner/name` is also known as `owner/name`; nothing shorter is."""
    host, _, rest = name.partition("/")
    return rest if "/" in rest and "." in host else name


def _unregistered(entry: Entry) -> Finding:
    kind = {True: "an outside collaborator", False: "a member", None: "an account"}[entry.is_outside]
    told = f"{kind} that nobody registered" + (f", with {entry.role}" if entry.role else "")
    return Finding("unregistered", "", "", entry.account, entry.repository, told)


def _of_member(policy: Policy, member: Member, entry: Entry, today: date) -> Iterator[Finding]:
    """What is over needs no further word on how much it was."""
    person = member.person
    where = (member.organisation, person.id, entry.account, entry.repository)
    vendor = policy.vendors.get(member.organisation)
    if over := _over(member, vendor, today):
        yield Finding("expired", *where, over)
    elif vendor and entry.role in TOO_BROAD:
        yield Finding("too-broad", *where, f"has {entry.role} where contributors need write")
    elif vendor and entry.role and not _is_given(vendor, entry.repository):
        yield Finding("too-broad", *where, f"has {entry.role} in a repository that the vendor was not given")


def _over(member: Member, vendor: Vendor | None, today: date) -> str:
    if not member.person.active.covers(today):
        return "is not active today"
    if vendor is None:
        return ""
    if vendor.access is None:
        return "works for a vendor that was given no access"
    if not vendor.access.valid.covers(today):
        return "works for a vendor whose access is not in force"
    if vendor.engagements and not any(one.valid.covers(today) for one in vendor.engagements):
        return "works for a vendor of which no engagement runs"
    if vendor.contract is None or not vendor.contract.valid.covers(today):
        return "works for a vendor without a contract in force"
    return ""


def _is_given(vendor: Vendor, repository: str) -> bool:
    given = vendor.access.repositories if vendor.access else ()
    return covers([_short(name) for name in given], repository, fold_case=True)


def _accounts_of(
    known: Iterable[tuple[Entry, Member | None]], vendors: tuple[str, ...]
) -> Mapping[tuple[str, str], tuple[Member, tuple[Account, ...]]]:
    """The vendors' people who are there, with the accounts that are theirs."""
    found: dict[tuple[str, str], tuple[Member, tuple[Account, ...]]] = {}
    for entry, member in known:
        if member and member.organisation in vendors:
            key = (member.organisation, member.person.id)
            before = found[key][1] if key in found else ()
            found[key] = (member, tuple(dict.fromkeys((*before, entry.account))))
    return found


def _second_factors(
    people: Mapping[tuple[str, str], tuple[Member, tuple[Account, ...]]], looked: Looked
) -> Iterator[Finding]:
    for (vendor, person), (_, accounts) in people.items():
        for account in accounts:
            if account.id in looked.without_mfa:
                yield Finding("no-mfa", vendor, person, account, "", "has no second factor")


def _dormant(
    people: Mapping[tuple[str, str], tuple[Member, tuple[Account, ...]]], looked: Looked, asked: Asked
) -> Iterator[Finding]:
    """Where the last day at work is not known of every account, nothing is said."""
    since = asked.today - timedelta(days=asked.dormant_days)
    for (vendor, person), (member, accounts) in people.items():
        if any(account.id not in looked.active_on for account in accounts):
            continue
        begun = member.person.active.from_
        days = [day for account in accounts if (day := looked.active_on.get(account.id or 0))]
        if max(days, default=date.min) < since and not (begun and begun > since):
            told = f"last at work on {max(days)}" if days else "never seen at work"
            yield Finding("dormant", vendor, person, accounts[0], "", f"{told}, {asked.dormant_days} days count")


def _without_access(policy: Policy, there: set[tuple[str, str]], looked: Looked, asked: Asked) -> Iterator[Finding]:
    """Registered and active, and in none of the lists: only told, as more access than needed is what matters."""
    for vendor in asked.vendors:
        for person in policy.vendors[vendor].people:
            has_account = bool(person.accounts(looked.forge))
            if (vendor, person.id) not in there and has_account and person.active.covers(asked.today):
                yield Finding("without-access", vendor, person.id, None, "", "registered, and without access here")
