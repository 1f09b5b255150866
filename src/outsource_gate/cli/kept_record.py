"""How does a record on the evidence ref become a file that can be verified like any other?"""

from __future__ import annotations

import os
from pathlib import Path

from outsource_gate.cli.evidence import fetched, hexadecimal
from outsource_gate.evidence.kept import find
from outsource_gate.evidence.record import facts_path_of
from outsource_gate.git.evidence_exchange import fetch, local_ref
from outsource_gate.git.evidence_ref import NO_HEAD
from outsource_gate.git.remote import find_remote
from outsource_gate.git.repository import Repository


def take(asked: str, repo: Path, remote: str | None, path: Path) -> tuple[str | None, tuple[str, ...]]:
    """Write the record that is meant, and facts kept beside it; give its commit and what to say of the choice."""
    wanted = hexadecimal(asked)
    note = "from the evidence ref as it was last fetched; --remote asks for the newest"
    if remote:
        repository = Repository.open(repo)
        to = find_remote(remote, repository, os.environ)
        fetch(repository, to, local_ref(remote, to), os.environ)
        note = f"from the evidence ref of {to.address}"
    repository, _, tip = fetched(repo, remote or "origin")
    found = find(repository, tip, wanted)
    path.write_bytes(found.raw)
    if found.facts is not None:
        facts_path_of(path).write_bytes(found.facts)
    return None if found.added.head == NO_HEAD else found.added.head, (note, *found.notes)
