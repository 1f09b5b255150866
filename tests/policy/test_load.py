"""Loading: a whole policy as one value, and one error with file and line for each mistake."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.errors import PolicyError
from outsource_gate.policy.load import load_policy
from tests.policy.memory import (
    ACME,
    GLOBEX,
    PEOPLE,
    POLICY,
    WHOLE,
    MemorySource,
    acme_error,
    error,
    load,
    models,
    policy_error,
    policy_with,
)


def test_a_whole_policy() -> None:
    """what is written is what is read"""
    policy = load()
    assert (policy.organization, policy.timezone, policy.verified) == ("Corp", "UTC", "prefer")
    assert (policy.unknown, policy.signing, policy.where) == ("external", "required", "outside:memory")
    assert policy.internal_emails == ("*@corp.example",)
    assert [person.id for person in policy.internal] == ["ina", "ida"]
    assert list(policy.tiers) == ["standard", "elevated", "critical"]
    acme = policy.vendors["acme"]
    assert acme.contract and acme.contract.valid.until == date(2027, 1, 14)
    assert acme.people[0].gitlab[0].login == "vic.v"


def test_everything_that_may_be_said() -> None:
    """bots, assistants, time zone, verification and evidence are read"""
    policy = policy_with(
        "bots: [{id: renovate, github_id: 29139614, may_touch: ['**/package-lock.json']}]\n"
        "assistants: [noreply@assistant.example]\ntimezone: Europe/Berlin\nevidence: {signing: optional}\n"
    )
    assert policy.bots[0].github_id == 29139614
    assert policy.assistants == ("noreply@assistant.example",)
    assert (policy.timezone, policy.signing) == ("Europe/Berlin", "optional")


def test_the_shortest_policy() -> None:
    """version and organisation are enough; everything else has a safe default"""
    policy = load_policy(MemorySource({"policy.yaml": "version: 1\norganization: Corp\n"}), models())
    assert not policy.vendors and not policy.internal
    assert policy.strictest_tier.name == "critical"


def test_people_inline() -> None:
    """our own people may stand in the policy itself"""
    inline = POLICY.replace("people.yaml", "[{id: zoe, emails: [zoe@corp.example]}]")
    assert [person.id for person in load({"policy.yaml": inline}).internal] == ["zoe"]


def test_an_unregistered_vendor_has_the_strictest_tier() -> None:
    """who is not registered is judged by `critical`"""
    policy = load({"vendors/globex.yaml": GLOBEX})
    assert policy.tier_of("globex").name == "standard"
    assert policy.tier_of("unknown").name == policy.tier_of("nobody").name == "critical"


def test_places() -> None:
    """everything knows the line it was written on"""
    policy = load()
    assert str(policy.place("policy", "organization")) == "policy.yaml:2"
    assert str(policy.place("vendors", "acme", "contract", "valid", "until")) == "vendors/acme.yaml:9"
    assert str(policy.place("people", "ida", "emails", 0)) == "people.yaml:6"
    assert str(policy.place("people", "vic", "github")) == "vendors/acme.yaml:25"


def test_digests_can_be_computed_by_hand() -> None:
    """a digest is that of what sha256sum prints for the files, sorted by name"""

    def printed(*names: str) -> str:
        lines = (f"{hashlib.sha256(WHOLE[name].encode()).hexdigest()}  {name}\n" for name in names)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    policy = load()
    assert policy.digest == printed("policy.yaml")
    assert policy.register_digest == printed("people.yaml", "vendors/acme.yaml")


@pytest.mark.parametrize("name", ["people.yaml", "vendors/acme.yaml"])
def test_the_register_has_its_own_digest(name: str) -> None:
    """a change to a person or vendor leaves the policy's digest alone"""
    changed = load({name: WHOLE[name] + "# reviewed\n"})
    assert changed.digest == load().digest
    assert changed.register_digest != load().register_digest


def test_relations_count_both_ways() -> None:
    """a vendor that another one names as affiliate or subcontractor is its affiliate, too"""
    labs = GLOBEX.replace("globex", "labs") + "subcontractors: [globex]\n"
    policy = load(
        {
            "vendors/globex.yaml": GLOBEX,
            "vendors/labs.yaml": labs,
            "vendors/acme.yaml": ACME + "affiliates: [labs]\n",
        }
    )
    assert policy.vendors["labs"].related == {"acme", "labs", "globex"}
    assert policy.vendors["globex"].related == {"labs", "globex"}
    assert policy.vendors["acme"].affiliates == ("labs",)


def test_other_files_beside_vendors_are_named() -> None:
    """what is no vendor file is not read, and not silently"""
    policy = load({"vendors/README.md": "# x", "vendors/eu/globex.yml": GLOBEX, "vendors/acme.yaml.bak": ACME})
    assert policy.unread == ("vendors/README.md", "vendors/acme.yaml.bak")
    assert set(policy.vendors) == {"acme", "globex"}


@pytest.mark.parametrize(
    "key",
    [
        "rules: []",
        "ledger: x",
        "report_only_until: 2027-01-31",
    ],
)
def test_what_nothing_enforces_is_unknown(key: str) -> None:
    """a key that nothing reads is an error that lists what is allowed"""
    found = error({"policy.yaml": f"{POLICY}{key}\n"})
    assert found.startswith(f"policy.yaml:8: unknown key '{key.partition(':')[0]}'; allowed: assistants, bots, ")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version: 1\n", "", "policy.yaml:1: key 'version' is missing -> add it: version of this vocabulary: 1"),
        ("version: 1", "version: 2", "policy.yaml:1: version: unknown version; allowed: 1, got 2"),
        ("version: 1", "version: true", "policy.yaml:1: version: unknown version; allowed: 1, got True"),
        ("version: 1", "version: '1'", "policy.yaml:1: version: unknown version; allowed: 1, got '1'"),
        ("Corp", "''", "policy.yaml:2: organization: must not be empty -> fill it in, or remove the key"),
        ("Corp", "'  '", "policy.yaml:2: organization: must not be empty"),
        ("Corp", "1984", "policy.yaml:2: organization: expected text (in quotes), got the number 1984"),
        (
            "organization: Corp",
            "organization: [Corp]",
            "policy.yaml:2: organization: expected text (in quotes), got a list",
        ),
        (
            "  emails:",
            "  email:",
            (
                "policy.yaml:5: internal: unknown key 'email'; allowed: emails, people, verified -> "
                "did you mean emails?"
            ),
        ),
        (
            "  emails:",
            "  verified: always\n  emails:",
            ("policy.yaml:5: internal.verified: unknown value 'always'; allowed: prefer, require"),
        ),
        ('["*@corp.example"]', '"*@corp.example"', "policy.yaml:5: internal.emails: expected a list, got the text"),
        ("*@corp.example", "*", "policy.yaml:5: internal.emails[0]: expected one address or a pattern"),
        ("*@corp.example", "*@*", "policy.yaml:5: internal.emails[0]: expected one address or a pattern"),
        ("*@corp.example", "*@*.example", "policy.yaml:5: internal.emails[0]: too broad"),
        ("*@corp.example", "*@example", "policy.yaml:5: internal.emails[0]: expected a domain"),
        ("*@corp.example", "@corp.example", "policy.yaml:5: internal.emails[0]: expected one address or a pattern"),
        ("*@corp.example", "*@users.noreply.github.com", "policy.yaml:5: internal.emails[0]: too broad"),
        ("people.yaml", "persons.yaml", "policy.yaml:4: internal.people: no file 'persons.yaml'"),
        (
            "people.yaml",
            "../people.yaml",
            "policy.yaml:4: internal.people: got '../people.yaml', expected a relative path",
        ),
        (
            "people.yaml",
            "/people.yaml",
            "policy.yaml:4: internal.people: got '/people.yaml', expected a relative path",
        ),
        ("people.yaml", "7", "policy.yaml:4: internal.people: expected a list, got the number 7"),
        ("vendors/", "sellers/", "policy.yaml:6: vendors: no folder 'sellers' with files in it"),
        ("vendors/", "../vendors", "policy.yaml:6: vendors: expected a relative path below the policy's folder"),
        ("vendors/", "/vendors", "policy.yaml:6: vendors: expected a relative path below the policy's folder"),
        ("{extends: baseline}", "[]", "policy.yaml:7: tiers: expected a mapping, got a list"),
        (
            "{extends: baseline}",
            "{extends: minimal}",
            ("policy.yaml:7: tiers.extends: unknown set of tiers 'minimal'; allowed: baseline"),
        ),
    ],
)
def test_mistakes_in_the_policy(old: str, new: str, says: str) -> None:
    """each mistake is one error: file, line, key, what was found, what is allowed"""
    assert policy_error(old, new).startswith(says)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("timezone: Europe/Berlinn\n", "policy.yaml:8: timezone: this time zone is not in the time zone data"),
        ("timezone: ../../etc/passwd\n", "policy.yaml:8: timezone: expected an IANA time zone"),
        ("timezone: localtime\n", "policy.yaml:8: timezone: expected an IANA time zone"),
        ("unknown: internal\n", "policy.yaml:8: unknown: unknown value 'internal'; allowed: external"),
        ("bots: [{id: renovate}]\n", "policy.yaml:8: bots[0]: a bot is known by github_id or gitlab_id only"),
        (
            "bots: [{id: x, github_id: '1'}]\n",
            "policy.yaml:8: bots[0].github_id: expected a whole number, got the text '1'",
        ),
        (
            "bots: [{id: x, github_id: 0}]\n",
            "policy.yaml:8: bots[0].github_id: must be greater than or equal to 1, got 0",
        ),
        (
            "bots: [{id: x, github_id: 7, email: x@x.example}]\n",
            "policy.yaml:8: bots[0]: unknown key 'email'; allowed: ",
        ),
        (
            "bots: [{id: ina, github_id: 7}]\n",
            "policy.yaml:8: bots[0]: id 'ina' stands twice, also at people.yaml:1",
        ),
        (
            "bots: [{id: x, github_id: 1}]\n",
            "policy.yaml:8: bots[0]: github id 1 stands twice, also at people.yaml:3",
        ),
        (
            "bots: [{id: x, gitlab_id: 5}, {id: y, gitlab_id: 5}]\n",
            "policy.yaml:8: bots[1]: gitlab id 5 stands twice",
        ),
        (
            "bots: [{id: x, gitlab_id: 5, may_touch: [/a]}]\n",
            "policy.yaml:8: bots[0].may_touch[0]: '/a' begins with /",
        ),
        (
            "assistants: [Ina@Corp.example]\n",
            ("policy.yaml:8: assistants[0]: 'Ina@Corp.example' is a registered person's address, at people.yaml:2"),
        ),
        ("assistants: [bot]\n", "policy.yaml:8: assistants[0]: got 'bot', expected one address"),
        (
            "evidence: {signing: never}\n",
            "policy.yaml:8: evidence.signing: unknown value 'never'; allowed: required, optional",
        ),
        ("evidence: {ledger: x}\n", "policy.yaml:8: evidence: unknown key 'ledger'; allowed: signing"),
        ("evidence: x\n", "policy.yaml:8: evidence: expected a mapping, got the text 'x'"),
    ],
)
def test_more_mistakes_in_the_policy(text: str, says: str) -> None:
    """bots, assistants, zone and evidence likewise"""
    assert error({"policy.yaml": POLICY + text}).startswith(says)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: acme", "id: internal", "vendors/acme.yaml:1: id: 'internal' is reserved"),
        ("id: acme", "id: unknown", "vendors/acme.yaml:1: id: 'unknown' is reserved"),
        ("id: acme", "id: elsewhere", "vendors/acme.yaml:1: id: 'elsewhere' is reserved"),
        ("id: acme", "id: Acme", "vendors/acme.yaml:1: id: got 'Acme', expected lower-case letters"),
        (
            "owner: procurement@corp.example\n",
            "",
            "vendors/acme.yaml:1: key 'owner' is missing -> add it: the person in",
        ),
        (
            "tier: critical",
            "tier: gold",
            ("vendors/acme.yaml:4: tier: unknown tier 'gold'; allowed: standard, elevated, critical"),
        ),
        (
            "from: 2026-01-15,",
            "from: 2027-01-15,",
            ("vendors/acme.yaml:9: contract.valid: until 2027-01-14 is before from 2027-01-15"),
        ),
        (
            "until: 2026-12-31",
            "from: 2027-01-01, until: 2026-12-31",
            ("vendors/acme.yaml:21: access.valid: until 2026-12-31 is before from 2027-01-01"),
        ),
        (
            "until: 2026-12-31",
            "until: 2026-01-14",
            (
                "vendors/acme.yaml:21: access.valid: any day to 2026-01-14 lies outside "
                "the contract, 2026-01-15 to 2027-01-14"
            ),
        ),
        (
            "emails: [vic@acme-dev.example]",
            "active: {from: 2027-01-15}",
            ("vendors/acme.yaml:24: people[0].active: 2027-01-15 to any day lies outside the contract"),
        ),
        (
            "signed_on: 2026-01-10",
            "signed_on: 2027-01-15",
            (
                "vendors/acme.yaml:8: contract.signed_on: signed on 2027-01-15, "
                "after the contract's last day 2027-01-14"
            ),
        ),
        (
            "signed_on: 2026-01-10",
            "signed_on: 86400",
            "vendors/acme.yaml:8: contract.signed_on: expected a day as YYYY-MM-DD",
        ),
        (
            "signed_on: 2026-01-10",
            "signed_on: '86400'",
            ("vendors/acme.yaml:8: contract.signed_on: expected a day as YYYY-MM-DD, got '86400'"),
        ),
        ("signed_on: 2026-01-10", "signed_on: 2026-02-30", "vendors/acme.yaml:8: contract.signed_on: day"),
        (
            "signed_on: 2026-01-10",
            "signed_on: 10.01.2026",
            "vendors/acme.yaml:8: contract.signed_on: expected a day",
        ),
        ("until: 2027-01-14", "until: ", "vendors/acme.yaml:9: contract.valid.until: has no value"),
        (
            "confidentiality:",
            "confidential:",
            (
                "vendors/acme.yaml:17: contract.clauses.confidential: no tier knows this clause; "
                "allowed: secure-coding"
            ),
        ),
        (
            'section: "9"',
            "section: 9",
            (
                "vendors/acme.yaml:13: contract.clauses.ip-ownership.section: expected text (in "
                "quotes), got the number 9"
            ),
        ),
        ("eeeeeeee", "EEEEEEEE", "vendors/acme.yaml:7: contract.document.sha256: got"),
        (
            "services/**",
            "services/",
            (
                "vendors/acme.yaml:20: access.paths[0]: 'services/' ends with / and fits no file -> "
                "write services/**"
            ),
        ),
        ("services/**", "../x", "vendors/acme.yaml:20: access.paths[0]: '../x' holds an empty part"),
        ("services/**", "./x", "vendors/acme.yaml:20: access.paths[0]: './x' holds an empty part"),
        ("services/**", "!x", "vendors/acme.yaml:20: access.paths[0]: '!x' begins with !"),
        ("services/**", "{a,b}/**", "vendors/acme.yaml:20: access.paths[0]: '{a,b}/**' holds a backslash or brace"),
        (
            "vic@acme-dev.example",
            "INA@corp.example",
            (
                "vendors/acme.yaml:24: people[0].emails[0]: email 'ina@corp.example' "
                "stands twice, also at people.yaml:2"
            ),
        ),
        (
            "vic@acme-dev.example",
            "vic at acme",
            "vendors/acme.yaml:24: people[0].emails[0]: got 'vic at acme', expected one",
        ),
        (
            "vic@acme-dev.example",
            "v@x.example, V@x.example",
            ("vendors/acme.yaml:24: people[0].emails[1]: email 'v@x.example' stands twice"),
        ),
        ("id: vic", "id: ina", "vendors/acme.yaml:23: people[0].id: id 'ina' stands twice, also at people.yaml:1"),
        ("login: vicv", "login: Ina", "vendors/acme.yaml:25: people[0].github: github login 'ina' stands twice"),
        (
            "login: vicv",
            "login: '@vicv'",
            "vendors/acme.yaml:25: people[0].github[0].login: got '@vicv', expected a login",
        ),
        (
            "id: 4711",
            "id: 1",
            "vendors/acme.yaml:25: people[0].github: github id 1 stands twice, also at people.yaml:3",
        ),
        ("id: 4711", "id: true", "vendors/acme.yaml:25: people[0].github[0].id: expected a whole number, got true"),
        (
            "username: vic.v",
            "login: vic.v, username: vic.v",
            ("vendors/acme.yaml:26: people[0].gitlab[0]: unknown key 'username'; allowed: id, login"),
        ),
        (
            "people:\n",
            "affiliates: [acme-lab]\npeople:\n",
            ("vendors/acme.yaml:22: affiliates[0]: no vendor 'acme-lab' is registered"),
        ),
        (
            "people:\n",
            "subcontractors: [acme]\npeople:\n",
            ("vendors/acme.yaml:22: subcontractors[0]: 'acme' is this vendor itself"),
        ),
        (
            "people:\n",
            "overseen: []\npeople:\n",
            "vendors/acme.yaml:22: unknown key 'overseen'; allowed: access, ",
        ),
    ],
)
def test_mistakes_in_a_vendor_file(old: str, new: str, says: str) -> None:
    """each contradiction is named where it stands, with the other place it contradicts"""
    assert acme_error(old, new).startswith(says)


def test_deny_paths_that_deny_nothing() -> None:
    """a pattern that fits no file must not look as if it denied one"""
    found = acme_error("repositories:", "deny_paths: [/core/**]\n  repositories:")
    assert found.startswith("vendors/acme.yaml:19: access.deny_paths[0]: '/core/**' begins with /")


def test_one_vendor_in_two_files() -> None:
    """a vendor stands once"""
    found = error({"vendors/again.yaml": GLOBEX.replace("globex", "acme")})
    assert found.startswith("vendors/again.yaml:1: id: 'acme' is also the vendor at vendors/acme.yaml:1")


def test_one_account_for_two_vendors() -> None:
    """one login is one person, across vendors too"""
    people = "people: [{id: gus, github: [{login: x}, {login: VICV}]}]\n"
    found = error({"vendors/globex.yaml": GLOBEX + people})
    assert found.startswith(
        "vendors/globex.yaml:5: people[0].github: github login 'vicv' stands twice, also at vendors/"
    )


def test_the_same_login_on_two_forges() -> None:
    """names on different forges have nothing to do with each other"""
    assert load({"vendors/globex.yaml": GLOBEX + "people: [{id: gus, gitlab: {login: vicv, id: 4711}}]\n"})


KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"


def test_one_key_for_two_people() -> None:
    """a key signs for one person, whatever its comment says"""
    people = f"{PEOPLE}- {{id: zoe, signing_keys: [{KEY} zoe]}}\n"
    vendor = ACME.replace("emails: [vic", f"signing_keys: [{KEY} vic]\n    emails: [vic")
    found = error({"people.yaml": people, "vendors/acme.yaml": vendor})
    assert found.startswith("vendors/acme.yaml:24: people[0].signing_keys[0]: signing key 'ssh-ed25519 AAAA")
    assert "also at people.yaml:9" in found


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"people.yaml": "people: []\n"}, "people.yaml:1: expected a list, got a mapping"),
        (
            {"people.yaml": "- id: zoe\n  active: {from: 2026-02-01, until: 2026-01-01}\n"},
            "people.yaml:2: [0].active: until",
        ),
        (
            {"people.yaml": "- id: zoe\n  signing_keys: [x]\n"},
            "people.yaml:2: [0].signing_keys[0]: expected an OpenSSH",
        ),
        (
            {"people.yaml": "- id: zoe\n  mail: x\n"},
            "people.yaml:2: [0]: unknown key 'mail'; allowed: active, checklist, emails, ",
        ),
        ({"policy.yaml": "- x\n"}, "policy.yaml:1: expected a mapping, got a list"),
        ({"policy.yaml": "x\n"}, "policy.yaml:1: expected a mapping, got the text 'x'"),
        ({"vendors/acme.yaml": "[]"}, "vendors/acme.yaml:1: expected a mapping, got a list"),
        ({"vendors/x\ny.yaml": GLOBEX}, r"'vendors/x\ny.yaml': the file's name holds characters that nobody sees"),
    ],
)
def test_files_of_another_shape(files: dict[str, str], says: str) -> None:
    """a file of another shape is refused on its first line"""
    assert error(files).startswith(says)


def test_no_policy() -> None:
    """without a policy there is nothing to judge by, and the message says what to do"""
    with pytest.raises(PolicyError, match=r"outside:memory: no policy\.yaml there -> write one"):
        load_policy(MemorySource({}), models())


def test_a_vendors_folder_without_vendors() -> None:
    """a folder that holds no vendor file does not pass as a register"""
    with pytest.raises(PolicyError, match=r"policy\.yaml:6: vendors: no vendor file in 'vendors'"):
        load_policy(MemorySource({"policy.yaml": POLICY, "people.yaml": PEOPLE, "vendors/x.md": ""}), models())


def test_size_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """many files within bounds do not get around the bound of all"""
    monkeypatch.setattr("outsource_gate.policy.reading.MAX_TOTAL_BYTES", len(POLICY) + len(PEOPLE))
    assert "policy and register together are larger" in error({})


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_any_damage_is_read_or_refused(name: str, data: Any) -> None:
    """whatever is cut out of, or put into, a file: a policy or a PolicyError, nothing else"""
    whole = WHOLE[name].encode()
    start, end = sorted((data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))))
    damaged = whole[:start] + data.draw(st.binary(max_size=12)) + whole[min(end, start + 30) :]
    try:
        load_policy(MemorySource({**WHOLE, name: damaged}), models())
    except PolicyError as refused:
        assert refused.message


_ANYTHING = st.recursive(
    st.sampled_from(["x", "vendors", "*@x.example", "2026-01-01", "", "standard", 0, 1, -1, True]),
    lambda below: (
        st.lists(below, max_size=2)
        | st.dictionaries(
            st.sampled_from(["extends", "gates", "review", "approvals", "from", "id", "people", "emails", "x"]),
            below,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(["internal", "bots", "tiers", "evidence", "vendors", "timezone"]), _ANYTHING)
)
def test_any_shape_is_read_or_refused(parts: dict[str, Any]) -> None:
    """well-formed YAML of any shape ends in a policy or a PolicyError with a line"""
    import json

    text = json.dumps({"version": 1, "organization": "Corp", **parts})
    try:
        load_policy(MemorySource({"policy.yaml": text}), models())
    except PolicyError as refused:
        assert refused.message.startswith("policy.yaml:1: ")
