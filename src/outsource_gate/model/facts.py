"""Everything a gate may see, and nothing else; the record carries it or names it by digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from outsource_gate.model.access_review import ReviewedAccess
from outsource_gate.model.dependency import DependencyScan
from outsource_gate.model.document import Compared, OwnDocument
from outsource_gate.model.finding import CoverageRow, Scan
from outsource_gate.model.licence import LicenceScan
from outsource_gate.model.past import PastScan
from outsource_gate.model.personal import PersonalScan
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.release import Release
from outsource_gate.model.remedy import TrackedFindings
from outsource_gate.model.result import Result
from outsource_gate.model.review import Context
from outsource_gate.model.secret import SecretScan
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Stage
from outsource_gate.model.vulnerability import VulnerabilityScan
from outsource_gate.model.waiver import Granted, ReportOnly


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A fact that could not be established. Silence never means yes."""

    reason: str
    next_step: str = ""
    fact: str = ""  # which: "context", "semgrep" ...
    kind: Literal["unavailable"] = "unavailable"


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A fact that belongs to a later stage, or that nothing in this change calls for."""

    kind: Literal["not-asked"] = "not-asked"


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody named in the change, and who that is taken to be."""

    role: Literal["author", "committer", "co-author", "signer", "opener", "pusher", "delivery"]
    claim: str  # as it stands: "Vic <vic@acme.example>", "@vicv", a key's fingerprint
    organisation: str  # "internal", a vendor's id, "unknown"
    person: str | None = None  # register id
    believed: bool = True  # internal claims only: proven, or believed by the policy
    why: str = ""
    is_person: bool = True  # False: bot, coding assistant, the forge itself


@dataclass(frozen=True, slots=True)
class CommitAttribution:
    """Whose work one commit is, and why."""

    commit: str
    vendors: tuple[str, ...]  # sorted; "unknown" for an unregistered identity
    roles: tuple[Role, ...]
    notes: tuple[str, ...] = ()  # e.g. "internal-claim-not-proven"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose work the change is. `vendors` empty: nobody outside, believed by name in `roles`."""

    vendors: tuple[str, ...]
    commits: tuple[CommitAttribution, ...]
    roles: tuple[Role, ...]  # opener and pushers
    missing: tuple[str, ...] = ()  # facts without which internal claims cannot be believed


@dataclass(frozen=True, slots=True)
class Member:
    """A person that reviews or the change name, with the organisation that registered them."""

    organisation: str  # "internal" or a vendor's id
    person: Person


@dataclass(frozen=True, slots=True)
class Owners:
    """CODEOWNERS at the base: (section, pattern, owners) in file order. Empty path: no such file.

    In each section the last match wins; GitHub's files have one section, "".
    """

    path: str = ""
    rules: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class BotScope:
    """A registered automaton of this change, and the paths it may touch on its own."""

    id: str
    may_touch: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChecklistVersion:
    """Which version of the contractor's checklist the policy makes for a vendor."""

    vendor: str
    version: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the frame of the run was set: what an option chose, `verify` can refuse."""

    clock: Literal["system", "given"] = "system"
    base: Literal["detected", "given"] = "detected"
    head: Literal["detected", "given"] = "detected"
    stage: Literal["default", "given"] = "default"
    policy: Literal["base-revision", "outside"] = "base-revision"
    context: Literal["none", "forge", "handed-over"] = "none"
    results: Literal["none", "signed", "handed-over"] = "none"  # handed-over: at least one is not signed


@dataclass(frozen=True, slots=True)
class PolicySource:
    """Which policy judged: SHA-256 over its files, and where it was read."""

    digest: str
    register_digest: str
    where: str  # "base:<commit>:.outsource-gate" or "outside:<name>"


@dataclass(frozen=True, slots=True)
class Facts:
    """The frame, the change, who made it, and what was found out about it."""

    now: datetime  # aware, UTC
    today: date  # the day of `now` in the organisation's time zone; windows of days are judged on it
    timezone: str
    stage: Stage
    repository: str  # normalised URI or "owner/name"
    organisation: str
    policy: PolicySource
    chosen: Chosen
    change: ChangeSet | Unavailable
    context: Context | Unavailable | NotAsked
    attribution: Attribution | Unavailable
    vendors: tuple[Vendor, ...] = ()  # register excerpt: the vendors of this change (registered ones)
    members: tuple[Member, ...] = ()  # register excerpt: persons that context and commits name
    bots: tuple[BotScope, ...] = ()  # those that the change names
    scans: tuple[Scan | Unavailable, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    owners: Owners | Unavailable | NotAsked = field(default_factory=NotAsked)
    policy_at_head: Unavailable | NotAsked | str = field(default_factory=NotAsked)  # "" reads well; else the error
    secrets: SecretScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    past: PastScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    personal: PersonalScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    dependencies: DependencyScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    vulnerabilities: VulnerabilityScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    licences: LicenceScan | Unavailable | NotAsked = field(default_factory=NotAsked)
    results: tuple[Result | Unavailable, ...] | NotAsked = field(default_factory=NotAsked)  # of others, as given
    waivers: tuple[Granted, ...] = ()  # those for the vendors of this change, whether or not they count
    report_only: tuple[ReportOnly, ...] = ()  # vendors of this change whose tier only reports today
    checklists: tuple[ChecklistVersion, ...] = ()  # of the registered vendors of this change; none before a push
    documents: tuple[Compared, ...] | NotAsked = field(default_factory=NotAsked)  # of the vendors, and our own
    access_reviews: tuple[ReviewedAccess, ...] = ()  # signed reviews among those documents, of these vendors
    own_documents: tuple[OwnDocument, ...] = ()  # those that the policy names
    release: Release | Unavailable | NotAsked = field(default_factory=NotAsked)  # asked at the release stage
    tracked: TrackedFindings | Unavailable | NotAsked = field(default_factory=NotAsked)  # what the tracker says
    vendor: str | None = None  # whose verdict is being formed; None: the change as a whole

    def reviewed(self, vendor: str) -> ReviewedAccess | None:
        """The review of a vendor's access that the register names, where it is a record of ours."""
        return next((one for one in self.access_reviews if one.vendor == vendor), None)

    def registered(self, vendor: str | None) -> Vendor | None:
        """The register's entry for a vendor of this change; None for an unregistered one."""
        return next((entry for entry in self.vendors if entry.id == vendor), None)
