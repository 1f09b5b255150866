"""How many planted credentials do our detectors see, how many kingfisher, how many both, and what else? By hand.

Run as `python -m bench.secrets`. A file counts as found where something stands that denies at medium confidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from tests.scanners.credential_corpus import Sample, corpus

from outsource_gate.model.finding import Confidence
from outsource_gate.scanners.secret_hunt import Hunt
from outsource_gate.scanners.secret_merge import merge
from outsource_gate.scanners.typed_secrets import detectors


@dataclass(frozen=True, slots=True)
class _Blob:
    path: str
    commit: str = "0" * 40
    at_base: str = ""


def main() -> None:
    """Score each kind of detector alone and both together; name what is missed and what is taken for one."""
    samples = tuple(corpus())
    own, typed, both, version = measured(samples)
    planted = [one.name for one in samples if one.is_planted]
    baits = [one.name for one in samples if not one.is_planted]
    table = Table(title=f"{len(planted)} planted, {len(baits)} baits; {version}")
    for name in ("detectors", "found", "recall", "false alarms"):
        table.add_column(name, justify="left" if name == "detectors" else "right")
    for name, seen in (("own", own), ("kingfisher", typed), ("both", both)):
        found = sum(one in seen for one in planted)
        alarms = sum(one in seen for one in baits)
        table.add_row(name, str(found), f"{found / len(planted):.0%}", str(alarms))
    console = Console(width=116)
    console.print(table)
    for name, seen in (("own", own), ("kingfisher", typed), ("both", both)):
        console.print(f"{name} misses: {', '.join(one for one in planted if one not in seen) or 'nothing'}")
        console.print(f"{name} takes for one: {', '.join(one for one in baits if one in seen) or 'nothing'}")


def measured(samples: tuple[Sample, ...]) -> tuple[frozenset[str], frozenset[str], frozenset[str], str]:
    """Give the names of samples in which ours, kingfisher as it comes, and both together see one."""
    with detectors() as given:
        hunt = Hunt(also=given.add)
        for one in samples:
            hunt.content(_Blob(one.name), one.text.encode(), lambda _: b"")
        own = _sure(hunt)
        given.start()
        said = given.said()
        if said.missing:
            raise SystemExit(f"bench: {said.missing}")
        typed = frozenset(
            origin.path
            for origin, _, hits in said.hits
            if any(hit.confidence.rank >= Confidence.MEDIUM.rank for hit in hits)
        )
        merge(hunt, given.texts(said))
    return own, typed, _sure(hunt), said.version


def _sure(hunt: Hunt) -> frozenset[str]:
    floor = Confidence.MEDIUM.rank
    return frozenset(one.path for one in hunt.scan().secrets if one.confidence.rank >= floor)


if __name__ == "__main__":
    main()
