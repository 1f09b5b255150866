"""Where do the databases lie that the policy names?"""

from __future__ import annotations

from outsource_gate.policy.register import Written
from outsource_gate.policy.source import FolderSource, Source


def osv_path(written: Written, source: Source) -> str | None:
    """The place of known vulnerabilities, relative to the policy; a policy in a repository has no room for them."""
    named = written.policy.sources.vulnerabilities
    if named is None:
        return None
    if not isinstance(source, FolderSource):
        raise written.text.error(
            ("sources", "vulnerabilities", "osv"),
            "this policy lies in the repository, where no database is kept",
            "leave it out, and let the job name what it downloaded: check --osv PATH",
        )
    return named.osv
