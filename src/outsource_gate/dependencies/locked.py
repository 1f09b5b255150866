"""Which version does a lock file choose where a manifest writes a range?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from outsource_gate.dependencies import Declared
from outsource_gate.dependencies.agreement import locks_of
from outsource_gate.dependencies.osv_names import key
from outsource_gate.dependencies.scan import Side
from outsource_gate.model.dependency import Package

Chosen = dict[tuple[str, str], list[Package]]


def locked_at(head: Side) -> Callable[[Package], Sequence[Package]]:
    """Give what finds, for an entry of a manifest, what its lock files of this state chose for it."""

    @cache
    def chosen(manifest: str) -> Chosen:
        found: Chosen = {}
        for lock in locks_of(manifest, head.locks()):
            what = head.at(lock)
            for one in what.packages if isinstance(what, Declared) else ():
                if one.version:
                    found.setdefault((one.ecosystem, key(one.ecosystem, one.name)), []).append(one)
        return found

    return lambda package: chosen(package.path).get((package.ecosystem, key(package.ecosystem, package.name)), [])
