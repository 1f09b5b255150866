"""How does a new vendor's file read? Each block says what it is for; what is not known yet stays a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from outsource_gate.first_policy.yaml_lines import scalar

Answers = Mapping[str, Any]
_DAY = "YYYY-MM-DD"
_MARKED = re.compile(r"^( *)# ")


def vendor_file(id: str, answers: Answers, keys: Sequence[str], version: str = "") -> str:
    """Write the file. `keys`: everything that was asked; `version`: of the checklist that was acknowledged."""
    lines = [
        *_top(id, answers),
        *_contract(answers, keys),
        *_reachable(answers, keys),
        *_diligence(answers, keys),
        *_access(answers, keys),
        *_oversight(answers, keys),
        *_people(answers, keys, version),
    ]
    return "\n".join(lines) + "\n"


def _top(id: str, answers: Answers) -> Iterator[str]:
    yield f"id: {_word(id)}"
    yield f"name: {_word(answers['name'])}"
    yield f"owner: {_word(answers['owner'])} # whom a blocked contractor is told to call"
    yield f"tier: {_word(answers['tier'])} # what is asked of the vendor, and of its changes"
    given = [f"{key.partition('.')[2]}: {_word(answers[key])}" for key in answers if key.startswith("answers.")]
    if given:
        yield f"answers: {{{', '.join(given)}}} # from which the tier follows"


def _contract(answers: Answers, keys: Sequence[str]) -> Iterator[str]:
    top = "contract"
    body = [f"  reference: {_or(answers, f'{top}.reference', 'NUMBER')}"]
    if document := answers.get(f"{top}.document"):
        name, digest = document
        body += ["  document: # sha256sum prints the digest", f"    file: {_word(name)}", f"    sha256: {digest}"]
    elif f"{top}.document" in keys:
        body += ["  # document: {file: contracts/FILE, sha256: SHA256} # the signed one"]
    body += [_line(answers, f"{top}.signed_on", "  ", "signed_on", _DAY)]
    days = {word: answers.get(f"{top}.{word}") for word in ("from", "until")}
    body += [f"  valid: {_window(days)} # both days included"]
    body += [_line(answers, f"{top}.approved_by", "  ", "approved_by", "[WHO]", "on our side")]
    for part, inner in (("clauses", "section"), ("artefacts", "section"), ("remediation_sla", "")):
        body += _named(answers, keys, f"{top}.{part}", part, inner)
    yield from _block("contract: # what was signed", body, is_whole=f"{top}.reference" in answers)


def _reachable(answers: Answers, keys: Sequence[str]) -> Iterator[str]:
    if "security_contact" in keys:
        yield _line(
            answers, "security_contact", "", "security_contact", "ADDRESS", "whom we write to of a weakness"
        )
    if (key := "incident_notification.channel") in keys:
        channel = _or(answers, key, "HOW")
        yield f"{_mark(answers, key)}incident_notification: {{channel: {channel}}} # how they tell us of incidents"


def _diligence(answers: Answers, keys: Sequence[str]) -> Iterator[str]:
    top = "due_diligence"
    body: list[str] = []
    for name, what in (("risk_assessment", "before the signature"), ("personnel_vetting", "a day and a yes")):
        if (key := f"{top}.{name}") in keys:
            body.append(f"  {_mark(answers, key)}{name}: {{on: {_or(answers, key, _DAY)}}} # {what}")
    held = [
        key.rpartition(".")[0] for key in keys if key.startswith(f"{top}.certifications.") and key.endswith("name")
    ]
    rows = [
        f"    {_mark(answers, f'{one}.valid_until')}- {{name: {_or(answers, f'{one}.name', 'NAME')}, "
        f"valid_until: {_or(answers, f'{one}.valid_until', _DAY)}}}"
        for one in held
    ]
    body += _list("certifications", rows)
    if (key := f"{top}.questionnaires.on") in keys:
        name, score = (f"{top}.questionnaires.{word}" for word in ("name", "score"))
        told = ", ".join((f"name: {_or(answers, name, 'NAME')}", f"on: {_or(answers, key, _DAY)}",
                          f"score: {_or(answers, score, 'PERCENT')}"))  # fmt: skip
        is_whole = all(one in answers for one in (key, name, score))
        body.append(f"  {'' if is_whole else '# '}questionnaires: [{{{told}}}]")
    if body:
        yield from _block("due_diligence: # what was looked at before, and since", body, is_whole=_holds(body))


def _access(answers: Answers, keys: Sequence[str]) -> Iterator[str]:
    top = "access"
    body = [_line(answers, f"{top}.{name}", "  ", name, "[...]") for name in ("repositories", "paths")]
    days = {word: answers.get(f"contract.{word}") for word in ("from", "until")}
    body += [f"  valid: {_window(days)}"] if any(days.values()) else []
    for name, inner in (("reviewed", "on"), ("device_management", "verified_on")):
        if (key := f"{top}.{name}") in keys:
            body.append(f"  {_mark(answers, key)}{name}: {{{inner}: {_or(answers, key, _DAY)}}}")
    if (key := f"{top}.remote_access.method") in keys:
        parts = [f"method: {_or(answers, key, 'vpn')}"]
        for word in ("verified_on", "networks"):
            own = f"{top}.remote_access.{word}"
            parts += [f"{word}: {_word(answers[own])}"] if own in answers else []
        logs = [f"{top}.remote_access.logging.{word}" for word in ("where", "kept")]
        if all(one in answers for one in logs):
            parts.append(f"logging: {{where: {_word(answers[logs[0]])}, kept: {_word(answers[logs[1]])}}}")
        body.append(f"  {_mark(answers, key)}remote_access: {{{', '.join(parts)}}}")
    is_whole = f"{top}.repositories" in answers
    yield from _block("access: # what is not granted is denied", body, is_whole=is_whole)


def _oversight(answers: Answers, keys: Sequence[str]) -> Iterator[str]:
    names = [key.split(".")[1] for key in keys if key.startswith("oversight.") and key.endswith(".every")]
    rows: list[str] = []
    for name in names:
        every = _or(answers, f"oversight.{name}.every", "SPAN")
        last = answers.get(f"oversight.{name}.last")
        done = f", last: {{on: {last}}}" if last else ""
        rows.append(
            f"  {_mark(answers, f'oversight.{name}.every')}- {{activity: {_word(name)}, every: {every}{done}}}"
        )
    if rows:
        yield from _block("oversight: # what is done again and again", rows, is_whole=_holds(rows))


def _people(answers: Answers, keys: Sequence[str], version: str) -> Iterator[str]:
    numbers = sorted({int(key.split(".")[1]) for key in answers if key.startswith("people.")})
    body = [line for number in numbers for line in _person(answers, keys, f"people.{number}", version)]
    if not body:
        body = ["  - id: ID", "    emails: [ADDRESS]", "    github: {login: LOGIN, id: NUMBER}"]
    yield from _block("people: # a day and a yes, never the document about a person", body, is_whole=bool(numbers))


def _person(answers: Answers, keys: Sequence[str], top: str, version: str) -> Iterator[str]:
    yield f"  - id: {_word(answers[f'{top}.id'])}"
    yield _line(answers, f"{top}.email", "    ", "emails", "[ADDRESS]", many=True)
    if found := answers.get(f"{top}.account"):
        forge, login, number = found
        yield f"    {forge}: {{login: {_word(login)}, id: {number}}}"
    else:
        yield "    # github: {login: LOGIN, id: NUMBER} # without an account no push or approval is theirs"
    if start := answers.get(f"{top}.from"):
        yield f"    active: {{from: {start}}}"
    for name, inner in (("nda", "signed_on"), ("mfa", "verified_on")):
        if (key := f"{top}.{name}") in keys:
            yield f"    {_mark(answers, key)}{name}: {{{inner}: {_or(answers, key, _DAY)}}}"
    yield from _named(answers, keys, f"{top}.training", "training", "on", "    ")
    if (key := f"{top}.checklist") in keys:
        told = f"acknowledged_on: {_or(answers, key, _DAY)}, version: {_word(version or 'VERSION')}"
        yield f"    {_mark(answers, key)}checklist: {{{told}}}"


def _named(
    answers: Answers, keys: Sequence[str], top: str, name: str, inner: str, indent: str = "  "
) -> Iterator[str]:
    """A mapping by name, such as clauses; a name without an answer stays a comment."""
    asked = [key for key in keys if key.startswith(f"{top}.")]
    if not asked:
        return
    yield f"{indent}{'' if any(key in answers for key in asked) else '# '}{name}:"
    for key in asked:
        value = _or(answers, key, _DAY if inner == "on" else "...")
        shown = f"{{{inner}: {value}}}" if inner else value
        yield f"{indent}  {_mark(answers, key)}{key.rpartition('.')[2]}: {shown}"


def _list(name: str, rows: list[str]) -> list[str]:
    return [f"  {'' if _holds(rows) else '# '}{name}:", *rows] if rows else []


def _block(head: str, body: list[str], *, is_whole: bool) -> Iterator[str]:
    """A block that lacks what it cannot be without is a comment as a whole: nothing half is believed."""
    bare = [_MARKED.sub(r"\1", line) for line in body]
    yield from ("", head, *body) if is_whole else ("", *(f"# {line}" for line in (head, *bare)))


def _holds(lines: list[str]) -> bool:
    return any(not line.lstrip().startswith("#") for line in lines)


def _line(
    answers: Answers, key: str, indent: str, name: str, todo: str, what: str = "", *, many: bool = False
) -> str:
    value = answers.get(key)
    shown = _word((value,) if many and value else value) if value else todo
    return f"{indent}{'' if value else '# '}{name}: {shown}" + (f" # {what}" if what else "")


def _mark(answers: Answers, key: str) -> str:
    return "" if key in answers else "# "


def _or(answers: Answers, key: str, todo: str) -> str:
    return _word(answers[key]) if key in answers else todo


def _window(days: Mapping[str, date | None]) -> str:
    return "{" + ", ".join(f"{word}: {day}" for word, day in days.items() if day) + "}"


def _word(value: Any) -> str:
    """A value as the loader reads it back; days and numbers stand as they are."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_word, value))}]"
    return str(value) if isinstance(value, date | int) else scalar(value)
