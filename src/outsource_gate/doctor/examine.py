"""Look at everything, one area after the other, and let no secret into what is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from outsource_gate.doctor import Asked, Check, State, enforcement, forge, keys, policy, program, repository
from outsource_gate.request import Tell

# Names of variables that hold what must not be told, beside the ones that a key's URI names.
_SECRET = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE|PSEUDONYM_KEY|API_?KEY", re.IGNORECASE)
_SHORTEST = 6  # of a text that is looked for: a shorter one would be found in our own words


def examine(asked: Asked, tell: Tell) -> tuple[Check, ...]:
    """Give every check, worst first; within a state in the order in which they were made."""
    order = list(State)
    found = (without_secrets(check, asked) for check in _areas(asked, tell))
    return tuple(sorted(found, key=lambda check: order.index(check.state)))


def _areas(asked: Asked, tell: Tell) -> Iterator[Check]:
    tell("looking at what is installed")
    yield from program.checks(asked.environment)
    tell("looking at the repository and the policy")
    seen, event = forge.event_of(asked)
    found, clone = repository.look(asked, event)
    yield from found
    found, written = policy.look(asked, clone)
    yield from found
    yield from keys.checks(asked, clone, written, event)
    yield seen
    if clone:
        yield from enforcement.server_hook(clone.repository)
    tell("asking the forge")
    yield from forge.checks(asked, clone, written, event)


def without_secrets(check: Check, asked: Asked) -> Check:
    """A second net: no area tells a secret, and no answer of a server or error of a library can."""
    secrets = tuple(_secrets(asked.environment, asked.key))

    def clean(text: str) -> str:
        for name, secret in secrets:
            text = text.replace(secret, f"[{name}]")
        return text

    return replace(check, found=clean(check.found), fix=tuple(map(clean, check.fix)))


def _secrets(environment: Mapping[str, str], key: str | None) -> Iterator[tuple[str, str]]:
    """Each secret with its name, longest first: whole, and each line of it."""
    pointed = key.removeprefix("env://") if key and key.startswith("env://") else ""
    found = {
        text: name
        for name, value in environment.items()
        if name == pointed or _SECRET.search(name) or "PRIVATE KEY" in value
        for text in (value, *value.split(), *value.split("\\n"))
        if len(text) >= _SHORTEST
    }
    yield from ((name, text) for text, name in sorted(found.items(), key=lambda item: -len(item[0])))
