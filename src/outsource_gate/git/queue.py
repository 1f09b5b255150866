"""What stands between the target branch and an entry of a merge queue?"""

from __future__ import annotations

from outsource_gate.git.objects import full_id
from outsource_gate.git.repository import Repository

MAX_AHEAD = 300  # commits; what stands further ahead is judged together with the entry


def standing_ahead(repository: Repository, entry: str, target: str) -> tuple[str, ...]:
    """The first parents of an entry that the target does not have yet, nearest first; both by full id."""
    limit = f"--max-count={MAX_AHEAD + 1}"
    listing = repository.run("rev-list", "--first-parent", limit, full_id(entry), f"^{full_id(target)}", "--")
    return tuple(commit for commit in listing.decode("ascii").split() if commit != entry)
