"""How do tests make a whole signed record in one line, and change one thing about it?"""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, Literal

from outsource_gate.decision import decide
from outsource_gate.evidence.canonical import canonical_bytes
from outsource_gate.evidence.envelope import seal
from outsource_gate.evidence.expectations import Expectations
from outsource_gate.evidence.facts_file import facts_bytes, facts_digest
from outsource_gate.evidence.keys import Signer, generate_keypair, load_signer
from outsource_gate.evidence.statement import build_statement
from outsource_gate.evidence.trust import KeyRule, Trust, TrustedKey
from outsource_gate.evidence.verify import Verification, verify_record
from outsource_gate.model.facts import Facts
from outsource_gate.model.terms import Strict
from outsource_gate.model.verdict import Decision, Effect, Reason, Status, Verdict
from tests import values

Edit = Callable[[dict[str, Any]], object]
SOON = values.NOW + timedelta(hours=1)


class ReviewSettings(Strict):
    """Stands in for a gate's settings."""

    approvals: int = 1


SETTINGS: Mapping[str, Mapping[str, Strict]] = {"acme": {"review": ReviewSettings()}}


@cache
def signer(algorithm: Literal["ecdsa-p256", "ed25519"] = "ecdsa-p256", name: str = "gate") -> Signer:
    """A key that lives as long as the test process; another `name` is another key."""
    assert name
    pem = generate_keypair(algorithm, None).private_pem.decode()
    return load_signer("env://KEY", None, {"KEY": pem})


def trust(bare: bool = False, **rule: Any) -> Trust:
    """Trust in the one key, restricted as the rule says."""
    key = signer().public_key
    whole = {"name": "gate", "public_key": key.pem, "handed_over": True} | rule
    return Trust((TrustedKey(key, KeyRule.model_validate(whole)),), bare)


def passing(*extra: Verdict) -> Decision:
    """The decision over a change that passed, and whatever else a test adds."""
    names = ("identity", "access", "contract", "review")
    return decide((*(Verdict(name, "acme", Status.PASS, (), "fine") for name in names), *extra))


def failing(*reasons: Reason) -> Decision:
    found = reasons or (Reason("approvals-missing", "0 of 1 independent approvals"),)
    return passing(Verdict("sast", "acme", Status.FAIL, found))


def undecided() -> Decision:
    reason = Reason("reviews-unknown", "the reviews could not be read", Effect.UNDECIDED)
    return passing(Verdict("sast", "acme", Status.INDETERMINATE, (reason,)))


def facts(**changes: Any) -> Facts:
    """Facts as they are recorded: no vendor's verdict is being formed."""
    return values.facts(**({"vendor": None} | changes))


def statement(known: Facts | None = None, decision: Decision | None = None, **more: Any) -> dict[str, Any]:
    known = known or facts()
    whole: dict[str, Any] = {
        "settings": SETTINGS,
        "gate_versions": {"review": 1, "access": 1},
        "controls": {"review": ("A.8.30",)},
        "facts_digest": facts_digest(facts_bytes(known)),
        "tree_digest": "7" * 64,
    }
    return build_statement(known, decision or passing(), **(whole | more))


def record(edit: Edit | None = None, by: Signer | None = None, **more: Any) -> bytes:
    """A signed record; `edit` changes the statement before it is signed."""
    whole = copy.deepcopy(statement(**more))
    if edit:
        edit(whole)
    return seal(canonical_bytes(whole), by or signer())


def tampered(raw: bytes, edit: Edit) -> bytes:
    """Change the wrapping of a finished record."""
    bundle = json.loads(raw)
    edit(bundle)
    return json.dumps(bundle).encode()


def reworded(raw: bytes, edit: Edit) -> bytes:
    """Change the payload of a finished record, and leave the signature as it was."""

    def change(bundle: dict[str, Any]) -> None:
        inside = json.loads(base64.b64decode(bundle["dsseEnvelope"]["payload"]))
        edit(inside)
        bundle["dsseEnvelope"]["payload"] = base64.b64encode(canonical_bytes(inside)).decode()

    return tampered(raw, change)


def verify(raw: bytes, believed: Trust | None = None, **asked: Any) -> Verification:
    now = asked.pop("now", SOON)
    return verify_record(raw, believed or trust(), Expectations(**asked), now)


def failed(result: Verification) -> list[str]:
    return [check.name for check in result.failed]
