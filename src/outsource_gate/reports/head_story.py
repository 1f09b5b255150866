"""In which order is a scanned head told? By whose work it is, the worst first; the words for screen and table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from outsource_gate.attribution import NOT_PROVEN
from outsource_gate.model.facts import Role
from outsource_gate.model.identity import UNKNOWN
from outsource_gate.model.origin import Brought, HeadFinding, HeadScan, HeadSecret, Origin
from outsource_gate.reports.words import plural

_LAST = 9  # behind every vendor


@dataclass(frozen=True, slots=True)
class Group:
    """What is one vendor's; a finding of two vendors stands with both."""

    name: str
    findings: tuple[HeadFinding, ...]
    secrets: tuple[HeadSecret, ...]


def groups(head: HeadScan) -> tuple[Group, ...]:
    """Vendors first, those with the worst and the most findings before others; then unknown, our own, not known."""
    findings: dict[tuple[int, str], list[HeadFinding]] = {}
    secrets: dict[tuple[int, str], list[HeadSecret]] = {}
    for one in head.findings:
        for key in _keys(one.origin if isinstance(one.origin, Origin) else None, head):
            findings.setdefault(key, []).append(one)
    for held in head.secret_origins:
        for key in _keys(held.origin if isinstance(held.origin, Origin) else None, head):
            secrets.setdefault(key, []).append(held)
    keys = sorted(findings.keys() | secrets.keys(), key=lambda key: (key[0], -_worst(findings.get(key)), key[1]))
    return tuple(
        Group(key[1], tuple(sorted(findings.get(key, ()), key=_order)), tuple(secrets.get(key, ()))) for key in keys
    )


def age(brought: Brought, now: datetime) -> Iterator[str]:
    """Since when, in words and exactly, as the commit claims; and when it arrived, if by another one."""
    yield f"{_old(brought.committed_at, now)}, as its commit says"
    landed = brought.landed
    if landed and landed.commit != brought.commit:
        yield f"here by {landed.commit[:12]}, {_old(landed.committed_at, now)}"


def _old(at: datetime | None, now: datetime) -> str:
    """The reader's words next to the exact day."""
    if at is None:
        return "its date cannot be read"
    days = (now - at).days
    if days < 0:
        return f"dated ahead ({at:%Y-%m-%d})"
    words = f"{plural(days, 'day')} old" if days else "of today"
    return f"{words} ({at:%Y-%m-%d})"


def people(brought: Brought) -> str:
    """Who is named as author, else whoever else is."""
    author = next((role for role in brought.roles if role.role == "author"), None)
    return _person(author) if author else ""


def doubts(brought: Brought) -> Iterator[str]:
    """What is more, or less, than a name in a commit."""
    if brought.rests_on == "signature":
        yield "signed"
    if NOT_PROVEN in brought.notes:
        yield "that our own people wrote it is not proven"


def _person(role: Role) -> str:
    return f"{role.person} ({role.claim})" if role.person else role.claim


def _keys(origin: Origin | None, head: HeadScan) -> list[tuple[int, str]]:
    vendors = origin.vendors if origin else None
    if vendors is None:
        return [(_LAST, "whose work it is, is not known")]
    if not vendors:
        return [(2, "our own people")]
    names = dict(head.names)
    return [
        (1, "nobody in the register") if vendor == UNKNOWN else (0, f"{names.get(vendor, vendor)} ({vendor})")
        for vendor in vendors
    ]


def _worst(findings: list[HeadFinding] | None) -> int:
    found = findings or []
    return max((one.finding.severity.rank for one in found), default=0) * 1_000_000 + len(found)


def _order(one: HeadFinding) -> tuple[int, str, int]:
    return -one.finding.severity.rank, one.finding.location.path, one.finding.location.start_line
