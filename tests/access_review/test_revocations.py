"""What is to be taken away: all that the register names, and what it cannot know."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from outsource_gate.access_review.revocations import BY_HAND, revocations
from outsource_gate.access_review.revocations_text import Offboarding, as_json, as_markdown, as_terminal
from outsource_gate.codeowners import parse_owners
from outsource_gate.model.facts import Owners
from outsource_gate.policy.vendor_edit import Ended
from tests import values

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDIhz2GK/XCUj4i6Q5yQJNL1MKMY0RxzPV2QrBqfHrDq"


def done(**changes: Any) -> Offboarding:
    vendor = values.vendor(**changes)
    ended = (Ended(("people", 0, "active"), None),)
    return Offboarding("acme", "vendors/acme.yaml", date(2026, 12, 31), ended, revocations(vendor), "not looked at")


def test_every_account_key_repository_and_way_in_is_named() -> None:
    people = [values.person("vic", github={"login": "vicv", "id": 4711}, gitlab=[{"login": "v.v"}],
                            signing_keys=[KEY], teams=["corp/payments"])]  # fmt: skip
    assert [(one.kind, one.person, one.what) for one in revocations(values.vendor(people=people))] == [
        ("repository", "", "corp/payments: collaborators, teams and groups"),
        ("account", "vic", "github @vicv (id 4711)"),
        ("account", "vic", "gitlab @v.v (numeric id not on register)"),
        ("account", "vic", "team or group corp/payments"),
        ("signing-key", "vic", KEY),
        ("way-in", "", "vdi"),
        ("way-in", "", "managed devices: certificates and profiles"),
        *(("by-hand", "", what) for what in BY_HAND),
    ]


def test_lines_of_code_owners_that_name_them_are_found() -> None:
    owners = parse_owners("CODEOWNERS", "* @ina\n/pay/ @VicV @ida\n/x/ val@acme-dev.example\n/y/ @vicvx\n")
    assert isinstance(owners, Owners)
    found = [one for one in revocations(values.vendor(), owners) if one.kind == "code-owners"]
    assert [(one.person, one.what) for one in found] == [
        ("vic", "CODEOWNERS: /pay/ @VicV"),
        ("val", "CODEOWNERS: /x/ val@acme-dev.example"),
    ]


def test_a_vendor_without_anything_leaves_what_no_register_knows() -> None:
    assert [one.kind for one in revocations(values.vendor(access=None, people=[]))] == ["by-hand"] * len(BY_HAND)


def test_each_format_has_every_line() -> None:
    count = len(done().revocations)
    assert as_terminal(done(), unicode=True).count("[ ]") == count
    assert as_markdown(done()).count("- [ ]") == count
    told = json.loads(as_json(done()))
    assert len(told["revoke"]) == count
    assert told["ended"] == [{"what": "people[0].active", "before": None}]


def test_nothing_of_a_register_is_markup_or_moves_the_cursor() -> None:
    access = {"repositories": ["corp/<img>\x1b[2J"], "remote_access": {"method": "vpn", "networks": ["10.0.0.0/8"]}}
    assert "\x1b" not in as_terminal(done(access=access), unicode=True)
    assert "<img>" not in as_markdown(done(access=access)).replace("`corp/<img>", "")
