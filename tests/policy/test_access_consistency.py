"""Access that contradicts itself: each contradiction is one error with file, line and key."""

from __future__ import annotations

import pytest

from tests.policy.memory import acme, acme_error

ACCESS = "  valid: {until: 2026-12-31}\n"
REMOTE = ACCESS + "  remote_access: {method: vpn, networks: [%s]}\n"
PERSON = "    gitlab: {username: vic.v, id: 815}\n"


@pytest.mark.parametrize(
    "network",
    ["vpn.acme-dev.example", "203.0.113.7", "203.0.113.7/24", "203.0.113.0/33", "'2001:db8::1/48'", "0/x", "'/24'"],
)
def test_a_network_that_is_no_cidr(network: str) -> None:
    found = acme_error(ACCESS, REMOTE % network)
    assert found.startswith("vendors/acme.yaml:22: access.remote_access.networks[0]: got ")
    assert "as CIDR" in found


@pytest.mark.parametrize("network", ["203.0.113.0/24", "203.0.113.7/32", "'2001:db8::/48'"])
def test_a_network(network: str) -> None:
    access = acme(ACCESS, REMOTE % network).vendors["acme"].access
    assert access is not None
    assert access.remote_access is not None
    assert access.remote_access.networks == (network.strip("'"),)


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        ("{id: a}, {id: a}", "engagements[1].id: 'a' stands twice"),
        (
            "{id: a, valid: {from: 2026-03-01, until: 2026-02-01}}",
            "engagements[0].valid: until 2026-02-01 is before",
        ),
        (
            "{id: a, valid: {from: 2027-03-01}}",
            "engagements[0].valid: 2027-03-01 to any day lies outside the contract",
        ),
        (
            "{id: a, valid: {from: 2026-03-01}, revoked_on: 2026-02-01}",
            "engagements[0].revoked_on: revoked on 2026-02-01, before it began on 2026-03-01",
        ),
    ],
)
def test_engagements_that_cannot_be(listed: str, says: str) -> None:
    """twice, backwards, outside of the contract, revoked before it began"""
    found = acme_error("people:", f"engagements: [{listed}]\npeople:")
    assert found.startswith(f"vendors/acme.yaml:22: {says}")


def test_a_person_active_outside_the_contract() -> None:
    found = acme_error(PERSON, PERSON + "    active: {from: 2027-01-15}\n")
    assert found.startswith(
        "vendors/acme.yaml:27: people[0].active: 2027-01-15 to any day lies outside the contract"
    )


def test_first_acknowledged_after_it_was_acknowledged() -> None:
    checklist = "    checklist: {acknowledged_on: 2026-02-01, first_on: 2026-02-02, version: x}\n"
    found = acme_error(PERSON, PERSON + checklist)
    assert found.startswith("vendors/acme.yaml:27: people[0].checklist.first_on: first_on 2026-02-02 is after")


def test_a_version_of_digits_alone_asks_for_quotes() -> None:
    """a digest can happen to look like a number"""
    checklist = "    checklist: {acknowledged_on: 2026-02-01, version: 123456789012}\n"
    found = acme_error(PERSON, PERSON + checklist)
    assert found.startswith("vendors/acme.yaml:27: people[0].checklist.version: expected text (in quotes)")
