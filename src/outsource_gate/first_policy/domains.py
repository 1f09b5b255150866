"""Which domain is ours, and which may be a vendor's? Guesses, each with its reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from outsource_gate.first_policy.addresses import Address, Kind

MAX_VENDORS = 20  # proposed by default; a project open to everybody has hundreds of domains
# Second-level names that are nobody's, as in acme.co.uk.
_SHARED = frozenset(("ac", "co", "com", "edu", "gov", "net", "or", "org"))


@dataclass(frozen=True, slots=True)
class Domain:
    """A company's domain and the addresses below it that were seen."""

    name: str
    addresses: tuple[Address, ...]

    @property
    def commits(self) -> int:
        return sum(address.seen.commits for address in self.addresses)

    @property
    def last(self) -> date | None:
        return max((address.seen.last for address in self.addresses if address.seen.last), default=None)


@dataclass(frozen=True, slots=True)
class Guess:
    """Domains that are probably ours, and why."""

    domains: tuple[str, ...]
    why: str


def domains_of(addresses: Iterable[Address]) -> tuple[Domain, ...]:
    """Give every company domain, most commits first."""
    found: defaultdict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        if address.kind is Kind.COMPANY:
            found[address.domain].append(address)
    domains = [Domain(name, tuple(below)) for name, below in found.items()]
    return tuple(sorted(domains, key=lambda domain: (-domain.commits, domain.name)))


def guess_ours(domains: Sequence[Domain], own: Address | None) -> Guess:
    """Whoever sets up the gate belongs to us; where their address says nothing, whoever wrote most.

    In this order: the repository that needs a gate most is one that a vendor writes.
    """
    most = next((domain for domain in domains if domain.commits), None)
    if own and own.kind is Kind.COMPANY:
        also = f"; most commits are of {most.name}" if most and most.name != own.domain else ""
        return Guess(_with_parts(own.domain, domains), f"the domain of your git configuration{also}")
    if most:
        return Guess(_with_parts(most.name, domains), "most commits are of this domain")
    return Guess((), "no company's domain is in this history")


def guess_vendors(domains: Sequence[Domain], ours: Sequence[str]) -> tuple[str, ...]:
    """Every other company that wrote here, most commits first."""
    return tuple(domain.name for domain in domains if domain.name not in ours)[:MAX_VENDORS]


def company_label(domain: str) -> str:
    """Give the part of a domain that names somebody: acme for dev.acme.co.example and acme.example."""
    labels = domain.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SHARED:
        labels.pop()
    return re.sub(r"[^a-z0-9-]", "-", labels[-1])[:40].strip("-") or "company"


def _with_parts(name: str, domains: Sequence[Domain]) -> tuple[str, ...]:
    """A domain and those below it: eu.corp.example belongs to whom corp.example belongs."""
    return (name, *(domain.name for domain in domains if domain.name.endswith(f".{name}")))
