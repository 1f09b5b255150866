"""Do the results that tiers ask for have a source, and where are the keys that may sign them?"""

from __future__ import annotations

from collections.abc import Mapping

from outsource_gate.policy.reading import Reading
from outsource_gate.policy.register import Outline, Written
from outsource_gate.policy.tiers import Tier

ASKING = ("change", "release")  # the settings of gate `testing` that name results


def check_results(written: Written, tiers: Mapping[str, Tier]) -> None:
    """A name that this policy writes must be one of its sources: a misspelt one could never be handed over."""
    known = written.policy.sources.results
    for tier in tiers.values():
        for setting in ASKING:
            place = tier.places.get(("testing", setting))
            if place is None or place.text is not written.text:
                continue  # a shipped tier's own list; lint names what has no source
            for number, name in enumerate(getattr(tier.gates["testing"], setting)):
                if name not in known:
                    raise place.below(number).error(
                        f"unknown result {name!r}; allowed: {', '.join(known) or 'none'}",
                        f"add it under sources: {{results: {{{name}: {{format: sarif}}}}}}, or use one of these",
                    )


def read_results_trust(outline: Outline, reading: Reading) -> tuple[str, bytes] | None:
    """Give path and bytes of the trust file, whose keys are read by those who check signatures."""
    path = outline.policy.sources.trust
    if path is None:
        return None
    raw = reading.raw(path)
    if raw is None:
        raise outline.text.error(("sources", "trust"), f"no file {path} there", "outsource-gate keys trust add")
    return path, raw
