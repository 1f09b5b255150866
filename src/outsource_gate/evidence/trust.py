"""Which keys do we believe, since when, for what?

A trust file (YAML, strict), or one bare PEM public key. A record's own time is a claim of whoever signed it. So
where no authority has stamped it, a revoked key speaks for nothing once its revocation has begun, whatever time a
record claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from wcmatch import glob

from outsource_gate.errors import EvidenceError, PolicyError, UsageError
from outsource_gate.evidence.public_key import PublicKey, read_public_key
from outsource_gate.evidence.timestamps.authority import TrustedAuthority, read_authority
from outsource_gate.model.terms import Glob, Sha256, Strict, Text, Window
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.problems import validate
from outsource_gate.policy.yaml_text import YamlText, read_yaml

MAX_TRUST_FILE = 1 << 20
_GLOB = glob.GLOBSTAR | glob.DOTGLOB | glob.FORCEUNIX | glob.CASE


class Revocation(Strict):
    """From which day on a key speaks for nothing any more."""

    reason: Text
    invalid_from: date


class KeyRule(Strict):
    """One key and what it may speak for."""

    name: Text = Field(description="what people call the key")
    public_key: Annotated[str, Field(max_length=16384)] = Field(description="the PEM public key")
    valid: Window = Field(default_factory=Window, description="days (UTC) on which the key may sign")
    revoked: Revocation | None = Field(default=None, description="why, and from which day (UTC) on")
    repositories: tuple[Glob, ...] | None = Field(
        default=None, min_length=1, description="absent: every repository"
    )
    stages: tuple[Stage, ...] | None = Field(default=None, min_length=1, description="absent: every one")
    handed_over: bool = Field(
        default=False, description="may speak for records whose reviews were handed over in a file"
    )
    handed_over_results: bool = Field(
        default=False, description="may speak for records with results that were handed over unsigned"
    )
    results: tuple[Glob, ...] | None = Field(
        default=None,
        min_length=1,
        description="patterns over the names of results that the key may sign; such a key speaks for no record",
    )
    access_reviews: tuple[Glob, ...] | None = Field(
        default=None,
        min_length=1,
        description="patterns over the vendors whose access reviews the key may sign; it speaks for no record",
    )


class PolicyRule(Strict):
    """A policy that was in force outside of the repository, where no history says so."""

    digest: Sha256 = Field(description="as records name it")
    valid: Window = Field(default_factory=Window, description="days (UTC) on which it was in force")


class AuthorityRule(Strict):
    """A time-stamp authority (RFC 3161) whose word on time counts."""

    name: Text = Field(description="what people call it")
    certificates: Annotated[str, Field(max_length=65536)] = Field(
        description="PEM: its own certificate, if only that one counts, and those above it up to the root"
    )
    valid: Window = Field(default_factory=Window, description="days (UTC) whose time stamps count")
    revoked: Revocation | None = Field(default=None, description="why, and since which day none counts any more")


class TrustFile(Strict):
    """The keys whose records count."""

    version: Literal[1]
    timestamp_authorities: tuple[AuthorityRule, ...] = Field(
        default=(), max_length=100, description="whose word on time counts"
    )
    keys: tuple[KeyRule, ...] = Field(default=(), max_length=1000)
    policies: tuple[PolicyRule, ...] = Field(
        default=(), max_length=10_000, description="earlier policies that records may name, where they lay outside"
    )


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key ready to check signatures with, and its rule."""

    key: PublicKey
    rule: KeyRule

    def covers(self, repository: str) -> bool:
        """Is the repository in the key's scope? `host/owner/name` is also known as `owner/name`."""
        patterns = self.rule.repositories
        return patterns is None or any(
            glob.globmatch(name, list(patterns), flags=_GLOB) for name in repository_names(repository)
        )

    def problem(self, claimed: datetime, now: datetime, trusted: datetime | None = None) -> str:
        """Why the key does not speak for a record that claims this time; empty: it does.

        Where an authority has seen the signature, everything is judged at that time (`trusted`).
        """
        valid, revoked = self.rule.valid, self.rule.revoked
        claimed, now = trusted or claimed, trusted or now
        if revoked and revoked.invalid_from <= now.date():
            return f"revoked from {revoked.invalid_from} on ({revoked.reason})"
        if valid.from_ and now.date() < valid.from_:
            return f"valid from {valid.from_} on, that is not yet"
        if not valid.covers(claimed.date()):
            span = f"from {valid.from_ or 'any day'} until {valid.until or 'any day'}"
            return f"valid {span}, and the record is of {claimed.date()}"
        return ""


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that are believed. `bare`: a PEM file, which says nothing of time, scope or context."""

    keys: tuple[TrustedKey, ...]
    bare: bool = False
    policies: tuple[PolicyRule, ...] = ()
    authorities: tuple[TrustedAuthority, ...] = ()

    def knows_policy(self, digest: str, at: datetime) -> bool:
        """Was a policy of this digest in force at a time, as the trust file says?"""
        day = at.astimezone(UTC).date()
        return any(rule.digest == digest and rule.valid.covers(day) for rule in self.policies)

    def find(self, key_id: str) -> TrustedKey | None:
        return next((trusted for trusted in self.keys if trusted.key.key_id == key_id), None)


def load_trust(path: Path) -> Trust:
    """Read a trust file or a PEM public key; what cannot be meant is a usage or policy error."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_TRUST_FILE + 1)
    except OSError as error:
        hint = "name a trust file or a PEM public key with --trust"
        raise UsageError(f"--trust {path}: {error.strerror}", hint=hint) from error
    if len(raw) > MAX_TRUST_FILE:
        raise UsageError(f"--trust {path}: more than {MAX_TRUST_FILE} bytes")
    return read_trust(raw, str(path))


def read_trust(raw: bytes, name: str) -> Trust:
    """Read the bytes of a trust file or of a PEM public key."""
    if raw.lstrip().startswith(b"-----BEGIN"):
        try:
            key = read_public_key(raw, what=name)
        except EvidenceError as error:
            raise UsageError(error.message, hint=error.hint) from error
        rule = KeyRule(name=name[-500:], public_key=key.pem, handed_over=True, handed_over_results=True)
        return Trust((TrustedKey(key, rule),), bare=True)
    text = read_yaml(name, raw)
    file = validate(TrustFile, text)
    keys = tuple(_keys(text, file))
    if not keys:
        raise text.error((), "no key is trusted", "outsource-gate keys trust add gate.pub --trust FILE")
    return Trust(keys, policies=file.policies, authorities=tuple(_authorities(text, file)))


def repository_names(repository: str) -> tuple[str, ...]:
    """`host/owner/name` is also known as `owner/name`; nothing shorter is."""
    host, _, rest = repository.partition("/")
    return (repository, rest) if "/" in rest and "." in host else (repository,)


def _authorities(text: YamlText, file: TrustFile) -> Iterator[TrustedAuthority]:
    for index, rule in enumerate(file.timestamp_authorities):
        place = text.place(("timestamp_authorities", index, "certificates"))
        try:
            yield read_authority(rule, f"{place}: certificates")
        except EvidenceError as error:
            raise PolicyError(error.message, hint=error.hint) from error


def _keys(text: YamlText, file: TrustFile) -> Iterator[TrustedKey]:
    seen: dict[str, int] = {}
    for index, rule in enumerate(file.keys):
        place = ("keys", index, "public_key")
        try:
            key = read_public_key(rule.public_key, what=f"{text.place(place)}: public_key")
        except EvidenceError as error:
            raise PolicyError(error.message, hint=error.hint) from error
        if key.key_id in seen:
            first = text.place(("keys", seen[key.key_id])).line
            raise text.error(place, f"this key stands in line {first} already", "keep one entry per key")
        seen[key.key_id] = index
        yield TrustedKey(key, rule)
