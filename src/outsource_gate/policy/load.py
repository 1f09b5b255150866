"""What did the organisation write? Reads policy and register whole, or says which line is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from outsource_gate.model.document import OwnDocument
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.waiver import Waiver
from outsource_gate.policy.consistency import check_consistency
from outsource_gate.policy.contradictions import check_clauses
from outsource_gate.policy.reading import Reading
from outsource_gate.policy.register import Written, read_all
from outsource_gate.policy.relations import both_ways
from outsource_gate.policy.releases import Releases
from outsource_gate.policy.results import check_results, read_results_trust
from outsource_gate.policy.schema import Bot, ResultSource
from outsource_gate.policy.source import Source
from outsource_gate.policy.sources import OsvServer, osv_path, osv_server, read_licences, tracker_path
from outsource_gate.policy.tiering import Tiering, check_tiering, raised
from outsource_gate.policy.tiers import STRICTEST, GateModels, Tier, resolve_tiers
from outsource_gate.policy.waivers import WrittenWaiver, check_waivers, read_waivers
from outsource_gate.policy.yaml_text import Path, Place


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
    internal: tuple[Person, ...]
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
    places: Mapping[Path, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def strictest_tier(self) -> Tier:
        """The tier that judges a vendor nobody registered."""
        return self.tiers[STRICTEST]

    def tier_of(self, vendor: str) -> Tier:
        """The tier that judges a vendor, registered or not."""
        return self.tiers[self.vendors[vendor].tier] if vendor in self.vendors else self.strictest_tier

    def place(self, *path: str | int) -> Place:
        """Say where a thing was written: ("policy", ...), or ("vendors", "people" or "waivers", id, ...)."""
        root = path[:1] if path[0] == "policy" else path[:2]
        return self.places[root].below(*path[len(root) :])


def load_policy(source: Source, gate_settings: GateModels) -> Policy:
    """Read and compare everything; the first thing wrong is a PolicyError with file and line."""
    reading = Reading(source)
    written = read_all(reading)
    check_consistency(written)
    tiers = resolve_tiers(written.text, gate_settings)
    _check_tiers(written, tiers)
    check_tiering(written, tiers)
    check_clauses(written, tiers)
    check_results(written, tiers)
    waivers = read_waivers(written, reading)
    trust = read_results_trust(written, reading)  # before the digests are taken: its bytes belong to them
    licences = read_licences(written, reading)
    policy = written.policy
    vendors = both_ways({entry.vendor.id: entry.vendor for entry in written.vendors})
    vendors, claimed = raised(vendors, policy.tiering, tiers)
    check_waivers(waivers, written, {name: tiers[vendor.tier] for name, vendor in vendors.items()}, gate_settings)
    return Policy(
        organization=policy.organization,
        timezone=policy.timezone,
        verified=policy.internal.verified,
        unknown=policy.unknown,
        assistants=policy.assistants,
        bots=policy.bots,
        signing=policy.evidence.signing,
        internal=tuple(entry.person for entry in written.internal),
        internal_emails=policy.internal.emails,
        vendors=MappingProxyType(vendors),
        tiers=tiers,
        digest=reading.digest(),
        register_digest=reading.register_digest(),
        where=source.where,
        results=MappingProxyType(policy.sources.results),
        results_trust=trust,
        osv=osv_path(written, source),
        osv_server=osv_server(written),
        tracker=tracker_path(written, source),
        licences=MappingProxyType(licences),
        unread=written.unread,
        documents=policy.documents,
        tiering=MappingProxyType(policy.tiering),
        claimed=MappingProxyType(claimed),
        releases=policy.releases,
        waivers=tuple(entry.waiver for entry in waivers),
        places=MappingProxyType(dict(_places(written, waivers))),
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
