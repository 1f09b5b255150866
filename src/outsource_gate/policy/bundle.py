"""What does a contractor's bundle mean?

A bundle stands in for policy and register on a contractor's machine, at the push stage: one vendor's rules and
people in clear, everybody else as hashes. It is read as strictly as a policy, whoever wrote it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from outsource_gate.errors import GateError
from outsource_gate.model.facts import Member
from outsource_gate.model.granted import Access
from outsource_gate.model.identity import ELSEWHERE, INTERNAL
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.terms import Window
from outsource_gate.policy.bundle_index import BundleIndex, HiddenPattern, Names
from outsource_gate.policy.bundle_schema import BundleFile
from outsource_gate.policy.load import Policy
from outsource_gate.policy.problems import validate
from outsource_gate.policy.settings import GateSettings
from outsource_gate.policy.signing_key import is_openpgp
from outsource_gate.policy.source import POLICY_FILE, FolderSource
from outsource_gate.policy.tiers import GateModels, Tier
from outsource_gate.policy.yaml_text import YamlText, read_yaml, shown

MARK = "bundle_version"  # the key that a bundle has and a policy has not
_NEVER = Window.model_validate({"until": date.min})


class ExpiredBundleError(GateError):
    """The bundle's days are over; nothing can be said with it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as the run uses it: the policy of one vendor, and who is who."""

    vendor: str
    policy: Policy
    index: BundleIndex
    valid_until: date

    def check_date(self, today: date) -> None:
        """Raise ExpiredBundleError after the last day."""
        if today > self.valid_until:
            owner = self.policy.vendors[self.vendor].owner
            raise ExpiredBundleError(
                f"the bundle of {self.vendor} was valid until {self.valid_until}, today is {today}; nothing judged",
                hint=f"ask {owner} for a new bundle",
            )


def read_bundle(path: Path, models: GateModels) -> Bundle | None:
    """Read a bundle; None for a folder or a file that is none; PolicyError with file and line for a broken one."""
    if path.is_dir():
        return None
    source = FolderSource(path)
    raw = source.read(POLICY_FILE) or b""
    if MARK.encode() not in raw:
        return None
    text = read_yaml(path.name, raw)  # JSON is YAML; this reader has the bounds, and says which line
    if not isinstance(text.data, dict) or MARK not in text.data:
        return None
    return parse_bundle(text, models)


def parse_bundle(text: YamlText, models: GateModels) -> Bundle:
    """Give the meaning of a bundle's text."""
    file = validate(BundleFile, text)
    gates = dict(_gates(text, file, models))
    vendor = _vendor(file)
    return Bundle(vendor.id, _policy(text, file, vendor, gates), _index(file), file.valid_until)


def _gates(text: YamlText, file: BundleFile, models: GateModels) -> Iterator[tuple[str, GateSettings]]:
    """The rules, and the gates of later stages, which are listed and not asked, so whatever settings they have."""
    for gate in file.later:
        if gate in models:
            yield gate, models[gate]()
    for gate in file.rules:
        if gate not in models:
            allowed = ", ".join(sorted(models))
            raise text.error(
                ("rules",),
                f"unknown gate {shown(gate)}; allowed: {allowed}",
                f"the bundle was made with outsource-gate {shown(file.made_with)}: use that version",
                at=("rules", gate),
            )
        yield gate, validate(models[gate], text, ("rules", gate))


def _vendor(file: BundleFile) -> Vendor:
    """Access ends with the bundle: what is recorded with it counts no longer than that."""
    holder, access = file.vendor, None
    if holder.access:
        until = Window.model_validate({"until": file.valid_until})
        access = Access(paths=holder.access.paths, deny_paths=holder.access.deny_paths, valid=until)
    people = tuple(
        Person(
            id=each.id, emails=each.emails, github=each.github, gitlab=each.gitlab, signing_keys=each.signing_keys
        )
        for each in holder.people
    )
    return Vendor(
        id=holder.id, name=holder.name, owner=holder.owner, tier=holder.tier, access=access, people=people
    )


def _policy(text: YamlText, file: BundleFile, vendor: Vendor, gates: Mapping[str, GateSettings]) -> Policy:
    tier = Tier(vendor.tier, MappingProxyType(dict(gates)), vendor.tier, {})
    return Policy(
        organization=file.organization,
        timezone=file.timezone,
        verified="require",  # only opener and pushers can bear a claim out, and nobody says here who they are
        unknown="external",
        assistants=file.assistants,
        bots=(),
        signing="optional",
        internal=(),
        internal_emails=(),
        vendors=MappingProxyType({vendor.id: vendor}),
        tiers=MappingProxyType({tier.name: tier}),
        digest=file.policy_digest,
        register_digest=hashlib.sha256(text.text.encode()).hexdigest(),
        where=f"bundle:{vendor.id}",
        places=MappingProxyType({("policy",): text.place()}),
    )


def _index(file: BundleFile) -> BundleIndex:
    names = Names(bytes.fromhex(file.key))
    people = _vendor(file).people
    known = {name: Member(file.vendor.id, person) for person in people for name in names.of(person)}
    for organisation, hidden in ((INTERNAL, file.internal), (ELSEWHERE, file.elsewhere)):
        for each in (person for person in hidden if person.names):
            active = Window() if each.proves else _NEVER
            member = Member(organisation, Person(id=f"somebody-{min(each.names)[:12]}", active=active))
            known |= {name: member for name in each.names if name not in known}
    patterns = tuple(HiddenPattern(each.hash, each.star, each.subdomains) for each in file.patterns)
    keys = (key for person in people for key in person.signing_keys)
    return BundleIndex(
        names, MappingProxyType(known), patterns, tuple(key for key in keys if is_openpgp(key)), file.vendor.id
    )
