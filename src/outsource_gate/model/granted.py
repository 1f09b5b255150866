"""What was a vendor given access to, in space and in time, and by which way does it come in?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from outsource_gate.model.span import Span
from outsource_gate.model.terms import Day, Document, Glob, Held, Slug, Strict, Text, Window


class AccessLog(Strict):
    """Where remote sessions are logged, and for how long that is kept."""

    where: Text
    kept: Span


class RemoteAccess(Strict):
    """By which way the vendor's people reach our systems. Declared, until somebody verified it."""

    method: Literal["vpn", "vdi", "zero-trust", "direct"]
    networks: tuple[Text, ...] = Field(default=(), description="addresses they come from, as CIDR")
    verified_on: Day | None = Field(default=None, description="the day somebody of ours looked")
    evidence: Document | None = None
    logging: AccessLog | None = None


class DeviceManagement(Strict):
    """That the vendor's devices are managed. Declared, until somebody verified it."""

    verified_on: Day | None = None
    evidence: Document | None = None


class Access(Strict):
    """Least privilege in space and time. Absent `paths` or `repositories` grant nothing."""

    repositories: tuple[Glob, ...] = ()
    paths: tuple[Glob, ...] = ()
    deny_paths: tuple[Glob, ...] = ()
    valid: Window = Field(default_factory=Window)
    reviewed: Held | None = Field(default=None, description="when somebody of ours last went through it")
    remote_access: RemoteAccess | None = None
    device_management: DeviceManagement | None = None


class Engagement(Strict):
    """A piece of work with an end; from that end on access is to be revoked, and proven gone."""

    id: Slug
    what: Text | None = None
    valid: Window = Field(default_factory=Window)
    revoked_on: Day | None = Field(default=None, description="the day on which an access review proved it gone")
    proof: Document | None = Field(default=None, description="the signed access review that says so")
