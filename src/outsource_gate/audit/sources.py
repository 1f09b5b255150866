"""Where do records lie, and how are claims of merged commits taken?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from outsource_gate.attribution import Beliefs, Bot
from outsource_gate.audit.records import in_folder, on_ref
from outsource_gate.errors import UsageError
from outsource_gate.git.evidence_ref import REF
from outsource_gate.git.repository import Repository
from outsource_gate.model.identity import ascii_lower
from outsource_gate.policy.load import Policy


def stored_records(folder: Path | None, repository: Repository) -> Iterator[tuple[str, bytes]]:
    """From a folder, else from the evidence ref as it was last fetched."""
    if folder:
        yield from in_folder(folder)
        return
    tip = repository.call("rev-parse", "--verify", "--quiet", "--end-of-options", f"{REF}^{{commit}}")
    if tip.code:
        hint = "fetch it (outsource-gate evidence fetch), or name a folder with --records"
        raise UsageError(f"no records: {REF} is not in this clone", hint=hint)
    yield from on_ref(repository, tip.out.decode("ascii").strip())


def beliefs_of(policy: Policy, today: date) -> Beliefs:
    """As the policy wants them; the forge is not asked what was merged long ago."""
    bots = tuple(Bot(bot.id, number) for bot in policy.bots for number in (bot.github_id, bot.gitlab_id) if number)
    assistants = frozenset(ascii_lower(address) for address in policy.assistants)
    return Beliefs(today, policy.verified, assistants, bots, asks_forge=False)
