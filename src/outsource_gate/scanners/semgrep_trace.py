"""By which way does data reach a place that semgrep reports? Asked once more, about the files with such hits alone.

The native program's JSON report has no ways, whatever flag it is given; the same program called by its inner name
has them. It reads only files in which a taint rule has a hit already, with those rules: what is found is never
decided here, and without an answer a finding only lacks its way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from outsource_gate.errors import ToolError
from outsource_gate.scanners import Command, Hit, HitStep, Installed, Job, Spot, Tracer
from outsource_gate.scanners.rules import known_as, rules_for

ARGV0 = "semgrep-core"
MAX_STEPS = 8  # lines told of one way; what is left out in between is counted
_LIMITS = ("-timeout", "20", "-timeout_threshold", "1", "-max_memory", "2500")


def trace_command(job: Job, installed: Installed, hits: Sequence[Hit]) -> Command | None:
    """Ask about the hits of taint rules; None where there is none, or no native program to ask."""
    if not installed.argv0:
        return None
    found = frozenset(hit.rule for hit in hits)
    rules = [rule for rule in rules_for(job.rules, job.languages, found) if rule.get("mode") == "taint"]
    names = {rule["id"] for rule in rules}
    targets = [target for target in job.targets if any(hit.target == target and hit.rule in names for hit in hits)]
    if not targets:
        return None
    text = json.dumps({"rules": rules}, sort_keys=True)
    (job.folder / "traced.json").write_text(text)
    (job.folder / "targets.json").write_text(json.dumps(["Targets", [*_targets(job, targets)]]))
    flags = ("-json_nodots", "-fast", *_LIMITS, "-j", "1", "-use_parmap")
    arguments = (*flags, "-rules", "traced.json", "-targets", "targets.json")
    return Command(arguments, hashlib.sha256(text.encode()).hexdigest(), {"OCAMLRUNPARAM": "s=512k"})


def parse_traces(stdout: bytes) -> Mapping[Spot, tuple[HitStep, ...]]:
    """Read the ways from the report, by rule and place; of several to one place the shortest."""
    ways: dict[Spot, tuple[HitStep, ...]] = {}
    try:
        for result in json.loads(stdout.decode("utf-8", "replace"))["results"]:
            spot = (
                str(result["check_id"]), str(result["path"]),
                int(result["start"]["line"]), int(result["start"]["col"]),
            )  # fmt: skip
            way = _way(result["extra"].get("dataflow_trace"), spot[1])
            if way and (spot not in ways or (len(way), way) < (len(ways[spot]), ways[spot])):
                ways[spot] = way
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ToolError(f"semgrep: its traces cannot be read: {type(error).__name__}") from error
    return ways


def _targets(job: Job, targets: Iterable[str]) -> Iterator[list[Any]]:
    for target in targets:
        language = next(iter(known_as(frozenset({job.language_of[target]}))))
        path = {"fpath": str(job.room / target), "ppath": f"/{target}"}
        yield ["CodeTarget", {"path": path, "analyzer": language, "products": ["sast"]}]


def _way(trace: dict[str, Any] | None, path: str) -> tuple[HitStep, ...]:
    """Source, variables, sink; a line is told once, and a way through another file not at all."""
    if not trace or not trace.get("taint_source") or not trace.get("taint_sink"):
        return ()
    through = [step["location"] for step in trace.get("intermediate_vars") or ()]
    places = [_place(trace["taint_source"]), *through, _place(trace["taint_sink"])]
    if any(str(place["path"]) != path for place in places):
        return ()
    source, *middle, sink = (int(place["start"]["line"]) for place in places)
    lines = [line for line, before in zip(middle, [source, *middle], strict=False) if line != before]
    if lines and lines[-1] == sink:
        lines.pop()
    kept = lines[-(MAX_STEPS - 2) :]
    left_out = len(lines) - len(kept)
    steps: list[HitStep] = [("through", line, left_out if not number else 0) for number, line in enumerate(kept)]
    return (("source", source, 0), *steps, ("sink", sink, 0))


def _place(end: list[Any]) -> dict[str, Any]:
    """`["CliLoc", [place, text]]`, or a call `["CliCall", [[place, text], ...]]`, whose inside is not told."""
    kind, content = end
    place = content[0] if kind == "CliLoc" else content[0][0]
    if not isinstance(place, dict):
        raise TypeError(kind)
    return place


TRACER = Tracer(trace_command, parse_traces, ARGV0)
