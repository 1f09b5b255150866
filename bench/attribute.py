"""How long does it take to say whose work every commit of a history is? Run as `python -m bench.attribute`."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from outsource_gate.attribution import Beliefs, attribute
from outsource_gate.git.history import read_commits
from outsource_gate.git.repository import Repository
from outsource_gate.policy.index import Register
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings


def main(repository: Path, policy: Path) -> None:
    """Attribute everything that HEAD reaches, and print how many commits name each organisation."""
    opened = Repository.open(repository)
    register = Register.of(load_policy(FolderSource(policy), gate_settings()))
    commits = read_commits(opened, [opened.resolve("HEAD").commit])
    attribution = attribute(commits, None, register, Beliefs(datetime.now(UTC).date()))
    named = Counter(name for commit in attribution.commits for name in {role.organisation for role in commit.roles})
    print(
        f"{len(attribution.commits)} commits; named in them:", *(f"{name} {n}" for name, n in sorted(named.items()))
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
