"""How does a list of accesses to revoke read: at a terminal, in an issue, for a program?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from outsource_gate.access_review.revocations import Revocation
from outsource_gate.policy.vendor_edit import Ended
from outsource_gate.policy.yaml_text import dotted
from outsource_gate.reports import escape

_TITLES = {
    "repository": "repositories",
    "account": "accounts",
    "signing-key": "signing keys",
    "way-in": "ways in",
    "code-owners": "code owners",
    "by-hand": "what the register does not know",
}


@dataclass(frozen=True, slots=True)
class Offboarding:
    """What was done, and what is left to do."""

    vendor: str
    file: str
    last: date
    ended: Sequence[Ended]
    revocations: Sequence[Revocation]
    owners: str  # which CODEOWNERS was read; why none was


def as_terminal(done: Offboarding, *, unicode: bool) -> str:
    lines = [_head(done), *(f"  {line}" for line in _ends(done))]
    for kind, title in _TITLES.items():
        found = [one for one in done.revocations if one.kind == kind]
        lines += ["", title, *(f"  [ ] {_told(one)}" for one in found)] if found else []
    lines += ["", f"code owners: {done.owners}", "", *_next(done)]
    return "\n".join(escape.terminal(line, unicode=unicode) for line in lines)


def as_markdown(done: Offboarding) -> str:
    lines = [f"# {escape.markdown(_head(done))}", "", *(f"* {escape.markdown(line)}" for line in _ends(done))]
    for kind, title in _TITLES.items():
        found = [one for one in done.revocations if one.kind == kind]
        lines += (
            ["", f"## {title}", "", *(f"- [ ] {escape.markdown(_told(one))}" for one in found)] if found else []
        )
    return "\n".join(
        (*lines, "", f"Code owners: {escape.markdown(done.owners)}", "", *map(escape.markdown, _next(done)))
    )


def as_json(done: Offboarding) -> str:
    return escape.json_text(
        {
            "vendor": done.vendor,
            "file": done.file,
            "last_day": str(done.last),
            "ended": [
                {"what": dotted(one.path), "before": str(one.before) if one.before else None} for one in done.ended
            ],
            "revoke": [asdict(one) for one in done.revocations],
            "code_owners": done.owners,
        }
    )


def _head(done: Offboarding) -> str:
    return f"{done.vendor} ends on {done.last}: {len(done.revocations)} accesses to revoke"


def _ends(done: Offboarding) -> list[str]:
    if not done.ended:
        return [f"{done.file}: everything ends by then already"]
    return [f"{done.file}: {dotted(one.path)} until {done.last}, was {one.before or 'open'}" for one in done.ended]


def _told(one: Revocation) -> str:
    return f"{one.person}: {one.what}" if one.person else one.what


def _next(done: Offboarding) -> list[str]:
    return [
        f"outsource-gate access review --vendor {done.vendor} then shows what is still there;",
        "enter revoked_on, and that record as proof, at the engagement",
    ]
