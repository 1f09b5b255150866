"""What is a record about, in the words of in-toto?"""

from __future__ import annotations

from outsource_gate.evidence.canonical import Json
from outsource_gate.evidence.pseudonyms import Pseudonyms
from outsource_gate.model.facts import Facts
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet

NO_NAME = "unknown"  # a repository that nobody could name
_COMMIT_URL = {"github": "https://{}/commit/{}", "gitlab": "https://{}/-/commit/{}"}


def subject(facts: Facts, facts_digest: str, names: Pseudonyms) -> dict[str, Json]:
    """The head by commit and tree; where git could not say it, the facts of the run stand in."""
    name = names.path(facts.repository) or NO_NAME
    change = facts.change
    if not isinstance(change, ChangeSet):
        return {"name": name, "digest": {"sha256": facts_digest}}
    found: dict[str, Json] = {
        "name": name,
        "digest": {"gitCommit": change.head.commit, "gitTree": change.head.tree},  # in-toto DigestSet
    }
    if uri := _uri(facts, change):
        found["uri"] = uri
    if change.head.asked and change.head.asked != change.head.commit:
        found["annotations"] = {"sourceRefs": [names.path(change.head.asked)]}
    return found


def _uri(facts: Facts, change: ChangeSet) -> str:
    """The commit's page, where a forge spoke and the repository's name holds its host."""
    host, _, path = facts.repository.partition("/")
    if not isinstance(facts.context, Context) or "." not in host or "/" not in path:
        return ""
    return _COMMIT_URL.get(facts.context.forge, "").format(facts.repository, change.head.commit)
