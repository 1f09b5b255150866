"""What does `check` take for the event of this job, and what does the forge let its token see?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from outsource_gate.doctor import Area, Asked, Check
from outsource_gate.doctor.api import Api
from outsource_gate.doctor.place import TOKENS, Place, place_of
from outsource_gate.doctor.policy import Written
from outsource_gate.doctor.repository import Clone
from outsource_gate.errors import GateError
from outsource_gate.forges import SIGNS, Event

_LOOPBACK = ("127.0.0.1", "::1", "localhost")

say = Area("forge")


def event_of(asked: Asked) -> tuple[Check, Event | None]:
    """Say what `check` would take for the event of this job."""
    try:
        event = asked.detect(asked.environment)
    except GateError as error:
        return say.problem("event", error.message, error.hint), None
    if event is None:
        in_job = any(asked.environment.get(sign) == "true" for sign in SIGNS.values())
        why = "this job's event is none that a change stands behind" if in_job else "no job of a forge here"
        return say.not_asked("event", why), None
    number = f" #{event.number}" if event.number is not None else ""
    told = f"{event.name} of {event.repository}{number}, into {event.target or 'no branch'}"
    if not event.is_trusted:
        fix = "on: pull_request_target" if event.forge == "github" else "an execution policy, or ci_config_path"
        return say.warning(
            "event", f"{told}: the change can edit this job", f"start the gate from what it cannot: {fix}"
        ), event
    return say.ok("event", told), event


def checks(asked: Asked, clone: Clone | None, written: Written | None, event: Event | None) -> Iterator[Check]:
    """Ask the forge what the gate will ask, one question at a time, and how it enforces the gate."""
    place = place_of(asked.environment, clone, event)
    if place is None:
        yield say.not_asked("place", "neither a job nor origin names a forge that is known",
                            "GITHUB_API_URL=https://HOST/api/v3, or CI_API_V4_URL=https://HOST/api/v4")  # fmt: skip
        return
    if not place.token:
        yield _no_token(place)
        return
    parts = urlsplit(place.api)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        yield say.problem("token", f"{parts.hostname}: everybody on the way could read the token; it was not sent",
                          "give the API's address with https://")  # fmt: skip
        return
    inside = bool(written and written.is_inside and written.policy.vendors)
    yield from _asked_of(replace(place, holds_register=inside))


def _asked_of(place: Place) -> Iterator[Check]:
    """Each forge's questions are loaded only where it is asked."""
    if place.forge == "github":
        from outsource_gate.doctor import github  # noqa: PLC0415 - see above

        headers = {
            "Authorization": f"Bearer {place.token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        yield from github.checks(place, Api(place.api, headers))
        return
    from outsource_gate.doctor import gitlab  # noqa: PLC0415 - see above

    name = "JOB-TOKEN" if place.is_job_token else "PRIVATE-TOKEN"
    job = Api(place.api, {"JOB-TOKEN": place.job_token}) if place.job_token else None
    yield from gitlab.checks(place, Api(place.api, {name: place.token}), job)


def _no_token(place: Place) -> Check:
    names = " or ".join(TOKENS[place.forge])
    found = f"none in {names}: {place.repository} was not asked about"
    if not place.in_job:
        return say.not_asked("token", found, f"{TOKENS[place.forge][1]}=... outsource-gate doctor")
    fix = (
        "env: {GITHUB_TOKEN: '${{ github.token }}'}" if place.forge == "github" else "variable GITLAB_TOKEN, masked"
    )
    return say.problem("token", found, fix)
