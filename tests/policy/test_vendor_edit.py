"""Last days in a vendor's file: only what is meant changes, however the file is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.errors import PolicyError
from outsource_gate.model.register import Vendor
from outsource_gate.policy.problems import validate
from outsource_gate.policy.vendor_edit import with_last_day
from outsource_gate.policy.yaml_text import read_yaml

LAST = date(2026, 12, 31)
WHOLE = """\
# Our vendor
id: acme
name: Acme  # the name
owner: procurement@corp.example
tier: standard
contract:
  reference: MSA
  valid: {from: 2026-01-15, until: 2028-01-14} # both days included
access:
  repositories: [corp/payments] # least
  valid:
    from: 2026-01-15

people:
  # Vic came first
  - id: vic
    active:
      until: "2027-12-31" # long
  - {id: val}
  - id: ver
    active: {until: 2026-03-01}
engagements:
  - id: first
    valid: {from: 2026-01-15} # open
"""
AFTER = """\
# Our vendor
id: acme
name: Acme  # the name
owner: procurement@corp.example
tier: standard
contract:
  reference: MSA
  valid: {from: 2026-01-15, until: 2026-12-31} # both days included
access:
  repositories: [corp/payments] # least
  valid:
    from: 2026-01-15
    until: 2026-12-31

people:
  # Vic came first
  - id: vic
    active:
      until: 2026-12-31 # long
  - {id: val, active: {until: 2026-12-31}}
  - id: ver
    active: {until: 2026-03-01}
engagements:
  - id: first
    valid: {from: 2026-01-15, until: 2026-12-31} # open
"""
HEAD = "id: acme\nname: Acme\nowner: procurement@corp.example\ntier: standard\n"


def ended(text: str, last: date = LAST) -> tuple[str, list[str]]:
    read = read_yaml("vendors/acme.yaml", text.encode())
    changed, found = with_last_day(read, validate(Vendor, read), last)
    return changed, [".".join(map(str, one.path)) for one in found]


def test_only_ends_change_and_none_becomes_later() -> None:
    changed, paths = ended(WHOLE)
    assert changed == AFTER
    assert paths == ["contract.valid", "access.valid", "engagements.0.valid", "people.0.active", "people.1.active"]


def test_doing_it_again_changes_nothing() -> None:
    assert ended(AFTER) == (AFTER, [])
    assert ended(AFTER, date(2027, 6, 1)) == (AFTER, [])


def test_where_no_engagement_is_listed_one_ends_whose_revocation_can_be_proven() -> None:
    changed, paths = ended(HEAD)
    assert paths == ["engagements.0.valid"]
    vendor = validate(Vendor, read_yaml("x", changed.encode()))
    assert [(one.id, one.valid.until) for one in vendor.engagements] == [("offboarding", LAST)]
    assert changed.startswith(HEAD)
    assert ended(changed) == (changed, [])


@pytest.mark.parametrize(
    "text",
    [
        HEAD.rstrip("\n"),
        HEAD.replace("\n", "\r\n"),
        HEAD + "engagements: []\n",
        HEAD + "access:\n  repositories:\n    - corp/payments\n",
        HEAD + "access: {}\n",
        HEAD + "people:\n- id: vic # first\n  emails:\n  - vic@acme.example\n- name: Val\n  id: val\n",
        HEAD + "people: [{id: vic, }, {id: val, active: {}}]\n",
        '{"id": "acme", "name": "Acme", "owner": "p@c.example", "tier": "standard", "people": [{"id": "vic"}]}\n',
        HEAD + "# the end",
    ],
    ids=["no end", "crlf", "empty list", "blocks", "empty map", "people", "flow", "json", "comment"],
)
def test_every_layout_says_what_was_meant_and_keeps_its_comments(text: str) -> None:
    changed, _ = ended(text)
    vendor = validate(Vendor, read_yaml("x", changed.encode()))
    windows = [*(one.valid for one in vendor.engagements), *(one.active for one in vendor.people)]
    windows += [vendor.access.valid] if vendor.access else []
    assert {window.until for window in windows} == {LAST}
    assert changed.count("#") >= text.count("#")
    assert ("\r\n" in changed) == ("\r\n" in text)
    assert ended(changed) == (changed, [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            HEAD + "people:\n  - id: vic\n    active: {from: 2027-01-15}\n",
            "vendors/acme.yaml:7: people[0].active: ",
        ),
        (HEAD + "contract: {reference: MSA, valid: {from: 2027-01-15}}\n", "vendors/acme.yaml:5: contract.valid: "),
        (
            HEAD + "engagements: [{id: x, valid: {from: 2027-01-15}}]\n",
            "vendors/acme.yaml:5: engagements[0].valid: ",
        ),
    ],
)
def test_what_begins_later_cannot_end_before_it_begins(text: str, place: str) -> None:
    with pytest.raises(PolicyError, match=r"begins on 2027-01-15, after 2026-12-31") as error:
        ended(text)
    assert error.value.message.startswith(place)


DAYS = st.dates(date(2024, 1, 1), date(2029, 1, 1))


@st.composite
def people(draw: st.DrawFn) -> str:
    """A file of people in any of the ways in which windows are written."""
    lines = ["people:"]
    for number in range(draw(st.integers(1, 4))):
        until = draw(st.none() | DAYS)
        shape = draw(st.sampled_from(["{block}", "{flow}", "{quoted}", "{none}"]))
        lines.append(f"  - id: p{number} # {shape}")
        if until and shape == "{block}":
            lines.append(f"    active:\n      until: {until} # a comment")
        elif until and shape == "{flow}":
            lines.append(f"    active: {{until: {until}}}")
        elif until and shape == "{quoted}":
            lines.append(f"    active: {{'until': '{until}'}}")
    return HEAD + "\n".join(lines) + "\n"


@given(people(), DAYS)
def test_no_end_ever_becomes_later_and_all_are_there(text: str, last: date) -> None:
    before: Any = validate(Vendor, read_yaml("x", text.encode())).people
    changed, _ = ended(text, last)
    after = validate(Vendor, read_yaml("x", changed.encode())).people
    assert [one.active.until for one in after] == [min(one.active.until or last, last) for one in before]
    assert [line for line in text.splitlines() if line.strip().startswith("#")] == [
        line for line in changed.splitlines() if line.strip().startswith("#")
    ]
