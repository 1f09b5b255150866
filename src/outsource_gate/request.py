"""What was asked for, parsed and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from outsource_gate.forges import Event
from outsource_gate.model.verdict import Stage

if TYPE_CHECKING:
    from outsource_gate.imported import Given
    from outsource_gate.policy.load import Kept
    from outsource_gate.scanners.cache.store import Store

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One run of `check`; what is callable is what only some runs need."""

    repo: Path
    policy: Path | None = None
    base: str | None = None
    head: str | None = None
    change: Path | None = None
    stage: Stage | None = None
    now: datetime | None = None
    event: Event | None = None  # what started the job, where it is one of a forge we know
    results: tuple[Given, ...] = ()  # files with results of others
    tracker: Path | None = None  # of findings at vendors, which the job names
    osv: Path | None = None  # database of known vulnerabilities that the job brings along
    offline: bool = False  # no server is asked, whatever the policy allows
    prepare: Callable[[], object] = lambda: None  # called before scanning, where a vendor is in the change
    cache: Callable[[], Store | None] = lambda: None  # of what scanners say; opened where they are to run
    kept: Kept | None = None  # where the index of a large register is kept
    secret_key: bytes | None = None  # of the organisation: makes found credentials recognisable elsewhere
    tags: tuple[str, ...] = ()  # tag objects that come in with the head, by id
    fetch: Callable[[str], object] = lambda _: None  # called with a ref of origin whose commit is not in the clone
