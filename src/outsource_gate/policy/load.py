"""What did the organisation write? Reads policy and register whole, or says which line is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from outsource_gate.model.document import OwnDocument
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.waiver import Waiver
from outsource_gate.policy.consistency import check_consistency
from outsource_gate.policy.contradictions import check_clauses
from outsource_gate.policy.reading import Reading
from outsource_gate.policy.register import Outline, Written, read_all, read_outline
from outsource_gate.policy.registered import Named, Registered, named_of
from outsource_gate.policy.relations import both_ways
from outsource_gate.policy.releases import Releases
from outsource_gate.policy.results import check_results, read_results_trust
from outsource_gate.policy.schema import Bot, ResultSource
from outsource_gate.policy.source import Source
from outsource_gate.policy.sources import OsvServer, osv_path, osv_server, read_licences, tracker_path
from outsource_gate.policy.tiering import Tiering, check_tiering, raised
from outsource_gate.policy.tiers import STRICTEST, GateModels, Tier, resolve_tiers
from outsource_gate.policy.uncollected import uncollected
from outsource_gate.policy.waivers import WrittenWaiver, check_waivers, read_waivers
from outsource_gate.policy.yaml_text import Path, Place


class Kept(Protocol):
    """Where an index of a register is kept between runs; what it gives was put there by us, about the same."""

    @property
    def least_bytes(self) -> int:
        """Smaller registers are read as quickly without."""

    def get(self, about: bytes) -> bytes | None: ...

    def put(self, about: bytes, content: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Policy:
    """Policy and register as one consistent value."""

    organization: str
    timezone: str
    verified: Literal["prefer", "require"]
    unknown: Literal["external"]
    assistants: tuple[str, ...]
    bots: tuple[Bot, ...]
    signing: Literal["required", "optional"]
    internal: Sequence[Person]
    internal_emails: tuple[str, ...]
    vendors: Mapping[str, Vendor]
    tiers: Mapping[str, Tier]
    digest: str  # SHA-256 over policy.yaml, as `sha256sum policy.yaml | sha256sum` gives it
    register_digest: str  # the same over the people and vendor files, sorted by path
    where: str
    results: Mapping[str, ResultSource] = field(default_factory=dict)  # results of others, by name
    results_trust: tuple[str, bytes] | None = None  # path and content of the trust file for them
    osv: str | None = None  # database of known vulnerabilities, relative to the policy's folder
    tracker: str | None = None  # of findings at vendors, relative to the policy's folder
    osv_server: OsvServer | None = None  # that may be asked where no database is named
    licences: Mapping[str, str] = field(default_factory=dict)  # package URL -> SPDX expression
    unread: tuple[str, ...] = ()  # files in the vendors' folder that are no vendor files
    documents: tuple[OwnDocument, ...] = ()  # the organisation's own
    tiering: Tiering = field(default_factory=dict)  # question -> answer -> least tier
    claimed: Mapping[str, str] = field(default_factory=dict)  # vendor -> claimed tier, where it was raised
    waivers: tuple[Waiver, ...] = ()
    releases: Releases = field(default_factory=Releases)
    timestamp: Literal["required", "optional"] = "optional"
    places: Mapping[Path, Place] = field(default_factory=dict, compare=False, repr=False)
    named: Named | None = field(default=None, compare=False, repr=False)  # what an index has; else made when asked

    @property
    def strictest_tier(self) -> Tier:
        """The tier that judges a vendor nobody registered."""
        return self.tiers[STRICTEST]

    def tier_of(self, vendor: str) -> Tier:
        """The tier that judges a vendor, registered or not."""
        return self.tiers[self.vendors[vendor].tier] if vendor in self.vendors else self.strictest_tier

    def names(self) -> Named:
        """Name everybody; what an index has is taken for the people it is an index of, and for no others."""
        named = self.named
        if named and named.internal is self.internal and named.vendors is self.vendors:
            return named
        return named_of(self.internal, self.vendors)

    def place(self, *path: str | int) -> Place:
        """Say where a thing was written: ("policy", ...), or ("vendors", "people" or "waivers", id, ...)."""
        root = path[:1] if path[0] == "policy" else path[:2]
        return self.places[root].below(*path[len(root) :])


def load_policy(source: Source, gate_settings: GateModels, kept: Kept | None = None) -> Policy:
    """Read and compare everything; the first thing wrong is a PolicyError with file and line.

    What was compared before is taken from an index of it, where `kept` has one: the policy itself is read anew.
    """
    with uncollected():
        reading = Reading(source)
        outline = read_outline(reading)
        if kept is None or reading.size < kept.least_bytes:
            return _policy(outline, reading, *_compared(outline, reading, gate_settings))
        from outsource_gate.policy.kept import found_in, keep_in  # noqa: PLC0415 - for large registers alone

        if found := found_in(kept, outline, reading):
            return _policy(outline, reading, resolve_tiers(outline.text, gate_settings), found)
        tiers, fresh = _compared(outline, reading, gate_settings)
        policy = _policy(outline, reading, tiers, fresh)
        keep_in(kept, outline, reading, fresh)
        return policy


def _compared(
    outline: Outline, reading: Reading, gate_settings: GateModels
) -> tuple[Mapping[str, Tier], Registered]:
    """Parse and check everything."""
    written = read_all(reading, outline)
    check_consistency(written)
    tiers = resolve_tiers(written.text, gate_settings)
    _check_tiers(written, tiers)
    check_tiering(written, tiers)
    check_clauses(written, tiers)
    check_results(written, tiers)
    waivers = read_waivers(written, reading)
    vendors = both_ways({entry.vendor.id: entry.vendor for entry in written.vendors})
    vendors, claimed = raised(vendors, outline.policy.tiering, tiers)
    check_waivers(waivers, written, {name: tiers[vendor.tier] for name, vendor in vendors.items()}, gate_settings)
    return tiers, Registered(
        internal=tuple(entry.person for entry in written.internal),
        vendors=MappingProxyType(vendors),
        claimed=MappingProxyType(claimed),
        waivers=tuple(entry.waiver for entry in waivers),
        licences=MappingProxyType(read_licences(outline, reading)),
        places=MappingProxyType(dict(_places(written, waivers))),
    )


def _policy(outline: Outline, reading: Reading, tiers: Mapping[str, Tier], register: Registered) -> Policy:
    policy, source = outline.policy, reading.source
    return Policy(
        organization=policy.organization,
        timezone=policy.timezone,
        verified=policy.internal.verified,
        unknown=policy.unknown,
        assistants=policy.assistants,
        bots=policy.bots,
        signing=policy.evidence.signing,
        timestamp=policy.evidence.timestamp,
        internal=register.internal,
        internal_emails=policy.internal.emails,
        vendors=register.vendors,
        tiers=tiers,
        digest=reading.digest(),
        register_digest=reading.register_digest(),
        where=source.where,
        results=MappingProxyType(policy.sources.results),
        results_trust=read_results_trust(outline, reading),
        osv=osv_path(outline, source),
        osv_server=osv_server(outline),
        tracker=tracker_path(outline, source),
        licences=register.licences,
        unread=outline.unread,
        documents=policy.documents,
        tiering=MappingProxyType(policy.tiering),
        claimed=register.claimed,
        releases=policy.releases,
        waivers=register.waivers,
        places=register.places,
        named=register.named,
    )


def _check_tiers(written: Written, tiers: Mapping[str, Tier]) -> None:
    for entry in written.vendors:
        if entry.vendor.tier not in tiers:
            raise entry.place.below("tier").error(
                f"unknown tier {entry.vendor.tier!r}; allowed: {', '.join(tiers)}",
                "use one of these, or add it under tiers: of the policy",
            )


def _places(written: Written, waivers: tuple[WrittenWaiver, ...]) -> Iterator[tuple[Path, Place]]:
    yield ("policy",), written.text.place()
    for vendor in written.vendors:
        yield ("vendors", vendor.vendor.id), vendor.place
    for person in written.people():
        yield ("people", person.person.id), person.place
    for entry in waivers:
        yield ("waivers", entry.waiver.id), entry.place
