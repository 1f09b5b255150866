"""Which rules does a contractor read, and in which words? Each line has an id and values, which are the rule.

Changing `text` changes no version. Changing what a line means takes another id: `sast.new` -> `sast.new/2`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from outsource_gate.model.granted import Access
from outsource_gate.model.register import Vendor
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.strictness import written

Gates = Mapping[str, Any]
Lines = Iterator["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: `items` are names and paths that stand below the sentence, as they are."""

    id: str
    values: tuple[str, ...]
    text: str
    items: tuple[str, ...] = ()

    @property
    def gate(self) -> str:
        return self.id.partition(".")[0]


def before_first(gates: Gates) -> Lines:
    """What a person needs before the first change."""
    wants = gates.get("access")
    if isinstance(wants, AccessSettings):
        yield from _papers(wants)
        yield from _ways(wants)


def where_to_work(vendor: Vendor) -> Lines:
    """What was granted; the days are contract terms and not told."""
    access = vendor.access or Access()
    yield _listed("access.repositories", "Work in these repositories only:", access.repositories)
    yield _listed("access.paths", "Change files below these paths only, also when you move one:", access.paths)
    if access.deny_paths:
        yield _listed("access.deny_paths", "Never touch these, whatever else is granted:", access.deny_paths)


def held_to(gates: Gates) -> Lines:
    """What each change is judged by, in the order of the policy."""
    for gate, settings in gates.items():
        if gate in _WORDS:
            yield from _WORDS[gate](settings)


def _papers(wants: AccessSettings) -> Lines:
    if wants.nda == "required":
        yield Line("access.nda", (wants.nda,), "Sign the confidentiality agreement.")
    if wants.training:
        text = f"Go through these trainings, and again{_every(wants.training_max_age)}:"
        values = (*wants.training, f"within {wants.training_max_age}")
        yield Line("access.training", values, text, wants.training)
    if wants.mfa_max_age != "any":
        text = f"Use a second factor for your account, and show it again{_every(wants.mfa_max_age)}."
        yield Line("access.mfa", (wants.mfa_max_age,), text)
    if wants.checklist == "acknowledged":
        yield Line(
            "access.checklist", (wants.checklist,), "Read this checklist, and say so before your first change."
        )
    if wants.checklist == "this-version":
        text = "Read this checklist, and say so before your first change, and again when its version changes."
        yield Line("access.checklist", (wants.checklist,), text)


def _every(age: str) -> str:
    return " when asked to" if age == "any" else f" before {age} are over"


def _ways(wants: AccessSettings) -> Lines:
    if wants.remote_access:
        yield _listed("access.remote", "Come into our systems by one of these ways only:", wants.remote_access)
    if wants.networks == "required":
        yield Line("access.networks", (wants.networks,), "Come from the networks that your company registered.")
    if wants.logging == "required" or wants.logs_kept_days:
        values = (wants.logging, str(wants.logs_kept_days))
        yield Line("access.logging", values, "Know that remote sessions are logged.")
    if wants.devices_max_age != "any":
        text = "Work on a device that your company manages."
        yield Line("access.devices", (), text)


def _listed(id: str, text: str, items: tuple[str, ...]) -> Line:
    return Line(id, items, text if items else f"{text} none yet", items)


def _identity(_: Any) -> Lines:
    text = "Commit with your registered address, and push with your registered account."
    yield Line("identity.registered", (), text)


def _review(settings: Any) -> Lines:
    count, owners = settings.approvals, settings.code_owners
    if count:
        people = "one person" if count == 1 else f"{count} people"
        text = f"Exactly this content is approved by {people} of ours. A new push needs new approvals."
        yield Line("review.approvals", (str(count),), text)
    if owners != "ignored":
        text = "Owners of the code approve" + (", where there are any." if owners == "where-present" else ".")
        yield Line("review.code_owners", (owners,), text)


def _sast(settings: Any) -> Lines:
    yield _findings("sast", "weakness in code", settings)
    if settings.commits == "each":
        text = f"Each commit is looked through: what a later one takes out again is {_done(settings.history)}, too."
        yield Line("sast.commits", (settings.commits, settings.history), text)


def _done(effect: str) -> str:
    return "denied" if effect == "deny" else "told, and not denied"


def _workflows(settings: Any) -> Lines:
    yield _findings("workflows", "weakness in a pipeline", settings)


def _findings(gate: str, what: str, settings: Any) -> Line:
    worst, sure, scope = written(settings.fail_on), written(settings.confidence), settings.scope
    new = "No new" if scope == "new" else "In files that you change, no"
    text = f"{new} {what} of severity {worst} or above, found with confidence {sure} or above."
    return Line(f"{gate}.findings", (f"severity {worst}", f"confidence {sure}", f"scope {scope}"), text)


def _secrets(settings: Any) -> Lines:
    text = (
        "No credential in any commit, message or file name. One that slipped in is revoked first, then taken out."
    )
    yield Line("secrets.none", (written(settings.confidence), settings.detectors), text)


def _personal(settings: Any) -> Lines:
    single = " No single record, either." if written(settings.fail_on) == "record" else ""
    text = f"No data of real people: no tables, no database dumps.{single}"
    yield Line("personal-data.none", (written(settings.fail_on), written(settings.confidence)), text)


def _dependencies(settings: Any) -> Lines:
    worst = written(settings.fail_on)
    text = f"New packages are pinned to one version, with a lock file that agrees; no problem of {worst} or above."
    yield Line("dependencies.problems", (worst, settings.vulnerabilities), text)
    if settings.indexes:
        yield _listed("dependencies.indexes", "Packages come from these indexes only:", settings.indexes)
    if settings.licences:
        line = _listed("dependencies.licences", "Packages have one of these licences:", settings.licences)
        yield Line(line.id, (*line.values, f"unknown: {settings.unknown_licences}"), line.text, line.items)


def _integrity(settings: Any) -> Lines:
    text = "No hidden or look-alike characters, no executable binaries, no links to other places."
    yield Line("integrity.content", (), text)
    text = "Policy, code owners and pipelines are changed by those of ours who own them."
    yield Line("integrity.governing", (), text)
    for name, what in _UNASKED.items():
        effect = getattr(settings, name)
        yield Line(f"integrity.{name}", (effect,), f"{what} is {_done(effect)}.")


def _coverage(settings: Any) -> Lines:
    yield Line("coverage.read", (), "Every file can be read by a scanner, or is known to hold no code.")
    text = f"Code in a language that no scanner has rules for is {_done(settings.unsupported)}."
    yield Line("coverage.unsupported", (settings.unsupported,), text)


def _testing(settings: Any) -> Lines:
    for stage, when in (("change", "A change"), ("release", "A release")):
        names = getattr(settings, stage)
        if names:
            worst = written(settings.fail_on)
            text = f"{when} has these results, none of them failing at severity {worst} or above:"
            yield Line(f"testing.{stage}", (*names, f"severity {worst}", f"scope {settings.scope}"), text, names)


_UNASKED = {
    "runs_by_itself": "What runs by itself when the folder is opened",
    "runs_in_build": "What runs when the code is installed, built or tested",
    "unreviewable": "What nobody can review, because it is minified, packed or in very long lines,",
}
_WORDS: Mapping[str, Callable[[Any], Lines]] = {
    "identity": _identity,
    "review": _review,
    "sast": _sast,
    "workflows": _workflows,
    "secrets": _secrets,
    "personal-data": _personal,
    "dependencies": _dependencies,
    "integrity": _integrity,
    "coverage": _coverage,
    "testing": _testing,
}
