"""What may stand in policy.yaml?

Only what something enforces: a key that nothing reads is unknown, so that it cannot look as if it did something.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from outsource_gate.model.document import OwnDocument
from outsource_gate.model.register import Person
from outsource_gate.model.result import Format
from outsource_gate.model.terms import Day, Email, Glob, Slug, Strict, Text
from outsource_gate.policy.patterns import email_pattern
from outsource_gate.policy.releases import Releases

_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}", re.ASCII)
_OSV_ADDRESS = re.compile(
    r"(?:https://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])|http://(?:localhost|127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?(?:/[\w.~/-]*)?",
    re.ASCII,
)


def _zone(name: str) -> str:
    if not _ZONE.fullmatch(name):
        raise ValueError("expected an IANA time zone such as UTC or Europe/Berlin")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("this time zone is not in the time zone data of this machine") from None
    return name


def _osv_address(url: str) -> str:
    if not _OSV_ADDRESS.fullmatch(url):
        raise ValueError("expected https://HOST, without credentials and query (http:// on this machine alone)")
    return url.rstrip("/")


def _inside(path: str) -> str:
    parts = path.removesuffix("/").split("/")
    if "\\" in path or any(part in ("", ".", "..") for part in parts):
        raise ValueError("expected a relative path below the policy's folder")
    return "/".join(parts)


def _version(value: Any) -> Any:
    """Python takes true for 1; a policy does not."""
    if value != 1 or isinstance(value, bool):
        raise ValueError("unknown version; allowed: 1")
    return value


Version = Annotated[Literal[1], BeforeValidator(_version)]
RelativePath = Annotated[Text, AfterValidator(_inside)]
OsvAddress = Annotated[Text, AfterValidator(_osv_address)]
EmailPattern = Annotated[Text, AfterValidator(email_pattern)]
Zone = Annotated[Text, AfterValidator(_zone)]


class PeopleFile(RootModel[Any]):
    """Our own people: a list of persons, in a file of its own."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    root: tuple[Person, ...]


class Internal(Strict):
    """Who belongs to us."""

    people: tuple[Person, ...] = Field(default=(), description="our own people, or the file that lists them")
    emails: tuple[EmailPattern, ...] = Field(
        default=(), description='address patterns such as "*@corp.example"; a claim that can be forged, not a proof'
    )
    verified: Literal["prefer", "require"] = Field(
        default="prefer",
        description="prefer: internal claims are also believed where opener and pushers are internal and no vendor "
        "is named; require: only where a registered signature or the forge proves them",
    )


class Bot(Strict):
    """An automaton of ours, known by its numeric id on the forge; never by its name."""

    id: Slug
    github_id: int | None = Field(default=None, ge=1, description="numeric id of its account on GitHub")
    gitlab_id: int | None = Field(default=None, ge=1, description="numeric id of its account on GitLab")
    may_touch: tuple[Glob, ...] = Field(
        default=(), description="paths it may change on its own, without a person in the change; none if absent"
    )

    @model_validator(mode="after")
    def _is_known_by_number(self) -> Self:
        if self.github_id is None and self.gitlab_id is None:
            raise ValueError("a bot is known by github_id or gitlab_id only")
        return self


class ResultSource(Strict):
    """Results of another tool that a tier's `testing` gate can ask for by name."""

    format: Format = Field(description="sarif: SARIF 2.1.0; junit: JUnit XML")
    about: Text | None = Field(default=None, description="what it is, for people: the tool, the job that makes it")


class Vulnerabilities(Strict):
    """Where known vulnerabilities are looked up."""

    osv: RelativePath | None = Field(
        default=None, description="database in the OSV format beside the policy: a folder, or a zip file"
    )
    osv_api: OsvAddress | None = Field(
        default=None,
        description="server of the OSV API that is told the names of packages where no database is named: "
        "https://osv.example",
    )
    private: tuple[Glob, ...] = Field(
        default=(),
        max_length=1_000,
        description="names, or package URLs without version, that it is never told: @corp/*, pkg:maven/com.corp/*",
    )

    @model_validator(mode="after")
    def _names_a_source(self) -> Self:
        if not (self.osv or self.osv_api):
            raise ValueError("expected osv, osv_api or both: a database, or a server that may be asked")
        if self.private and not self.osv_api:
            raise ValueError("private: without osv_api nobody is told any name")
        return self


class Sources(Strict):
    """Facts that others establish."""

    results: dict[Slug, ResultSource] = Field(
        default_factory=dict, max_length=100, description="results of other scanners and of tests, by name"
    )
    trust: RelativePath | None = Field(
        default=None, description="trust file with the keys that may sign results, each with the names it may sign"
    )
    licences: RelativePath | None = Field(
        default=None, description="file with the licences of packages: package URL to SPDX expression"
    )
    tracker: RelativePath | None = Field(
        default=None,
        description="tracker of findings at vendors beside the policy; a job names another with --tracker",
    )
    vulnerabilities: Vulnerabilities | None = Field(
        default=None, description="known vulnerabilities; a job that downloads them names the place with --osv"
    )


class Evidence(Strict):
    """How the records of decisions are made."""

    signing: Literal["required", "optional"] = Field(
        default="required", description="required: a run without a signed record lets nothing through"
    )
    timestamp: Literal["required", "optional"] = Field(
        default="optional", description="required: nor does one whose record no time-stamp authority has stamped"
    )


class PolicyFile(Strict):
    """What must hold for changes by outside vendors."""

    version: Version = Field(description="version of this vocabulary: 1")
    organization: Text = Field(description="our name, as records and messages write it")
    internal: Internal = Field(default_factory=Internal)
    bots: tuple[Bot, ...] = Field(default=(), description="automata whose verified commits are nobody's work")
    unknown: Literal["external"] = Field(
        default="external", description="an identity that nobody registered is an unregistered vendor, and denied"
    )
    assistants: tuple[Email, ...] = Field(
        default=(), description="addresses of coding assistants; as co-authors they are no person"
    )
    timezone: Zone = Field(default="UTC", description="IANA time zone that days are counted in")
    vendors: RelativePath | None = Field(default=None, description="folder with one file per vendor")
    waivers: RelativePath | None = Field(default=None, description="file with waivers: dated, signed exceptions")
    tiers: dict[str, Any] = Field(
        default_factory=dict, description="changes to the shipped tiers, and own tiers that extend one"
    )
    tiering: dict[Slug, dict[Slug, Slug]] = Field(
        default_factory=dict, max_length=100, description="questions about vendors: question, answer, least tier"
    )
    documents: tuple[OwnDocument, ...] = Field(
        default=(), max_length=200, description="our own documents that an auditor asks for"
    )
    evidence: Evidence = Field(default_factory=Evidence)
    releases: Releases = Field(default_factory=Releases)
    sources: Sources = Field(default_factory=Sources)


class TierSection(Strict):
    """A tier: which gates apply, and how strictly."""

    extends: Slug | None = Field(default=None, description="own tiers: the tier this one starts from")
    gates: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="gates by id, each with the settings that differ from the tier below"
    )
    waivers: dict[str, Any] = Field(default_factory=dict, description="how long a waiver may last")
    report_only_until: Day | None = Field(
        default=None, description="last day of a rollout in which this tier denies without enforcing it"
    )
