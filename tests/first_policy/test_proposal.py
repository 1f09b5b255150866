"""A first policy: what is proposed, what is only a comment, and that any history makes files that read."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.errors import PolicyError
from outsource_gate.first_policy.addresses import Kind, address
from outsource_gate.first_policy.domains import company_label, domains_of, guess_ours, guess_vendors
from outsource_gate.first_policy.files import files
from outsource_gate.first_policy.next_steps import next_steps
from outsource_gate.first_policy.proposal import Answers, Proposal, propose, seen_in
from outsource_gate.first_policy.source import TextSource
from outsource_gate.first_policy.summary import summary
from outsource_gate.first_policy.yaml_lines import MAX_TEXT, printable, scalar
from outsource_gate.model.history import Contribution, History
from outsource_gate.model.identity import Claim
from outsource_gate.policy.lint import lint
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.yaml_text import read_yaml
from outsource_gate.registry import gate_settings
from tests.reports.hostility import TEXTS

TODAY = date(2026, 11, 25)
RENOVATE = "29139614+renovate[bot]@users.noreply.github.com"


def seen(email: str, name: str = "", commits: int = 3, wrote: int | None = None) -> Contribution:
    wrote = commits if wrote is None else wrote
    return Contribution(email, name, commits, wrote, date(2026, 3, 2), date(2026, 11, 20))


INA = seen("ina@corp.example", "Ina Internal", 31)
VIC = seen("vic@acme-dev.example", "Vic Vendor", 40)


def proposal(*people: Contribution, own: Claim | None = None, **answers: Any) -> Proposal:
    """Take what is proposed, but for the given answers."""
    found = seen_in(History("refs/heads/main", date(2025, 11, 25), 71, people), own, "corp/payments")
    domains = domains_of(found.addresses)
    guess = guess_ours(domains, found.own)
    ours = answers.get("ours", guess.domains)
    whole = {"organization": "Corp", "ours": ours, "vendors": guess_vendors(domains, ours)}
    return propose(found, Answers(**{**whole, "contact": "procurement@corp.example", **answers}), guess, TODAY)


def load(texts: dict[str, str]) -> Policy:
    return load_policy(TextSource(texts), gate_settings())


def corp(*people: Contribution, **more: Any) -> dict[str, str]:
    return files(proposal(*people, own=Claim("Ida Internal", "ida@corp.example"), **more))


@pytest.mark.parametrize(
    ("email", "name", "wrote", "kind"),
    [
        ("ina@corp.example", "", 1, Kind.COMPANY),
        ("gus@gmail.com", "", 1, Kind.ANYBODYS),
        ("1+ina@users.noreply.github.com", "", 1, Kind.ACCOUNT),
        ("815-gusg@users.noreply.gitlab.example", "", 1, Kind.ACCOUNT),
        ("ina@users.noreply.github.com", "", 1, Kind.ODD),
        (RENOVATE, "", 1, Kind.BOT),
        ("ci@corp.example", "deploy bot", 1, Kind.BOT),
        ("abbot@corp.example", "Jane Abbot", 1, Kind.COMPANY),
        ("noreply@corp.example", "", 1, Kind.BOT),
        ("noreply@assistant.example", "", 0, Kind.ASSISTANT),
        ("9+copilot@users.noreply.github.com", "", 0, Kind.ASSISTANT),
        ("9+copilot@users.noreply.github.com", "", 1, Kind.ACCOUNT),
        ("noreply@github.com", "GitHub", 1, Kind.FORGE),
        ("root@build-7", "", 1, Kind.ODD),
        ("ina@corp.local", "", 1, Kind.ODD),
        ("\u0456na@corp.example", "", 1, Kind.ODD),
        ("ina@c\u043erp.example", "", 1, Kind.ODD),
        ("a@b@corp.example", "", 1, Kind.ODD),
        ("ina@corp.example\x1b[2J", "", 1, Kind.ODD),
        ("nobody", "", 1, Kind.ODD),
    ],
)
def test_kinds_of_addresses(email: str, name: str, wrote: int, kind: Kind) -> None:
    assert address(seen(email, name, 1, wrote)).kind is kind


def test_the_domain_of_whoever_sets_it_up_is_ours_though_a_vendor_wrote_more() -> None:
    found = proposal(INA, VIC, own=Claim("Ida", "Ida@corp.example"))
    assert found.answers.ours == ("corp.example",)
    assert found.guess.why == "the domain of your git configuration; most commits are of acme-dev.example"


def test_without_a_telling_address_the_domain_with_most_commits_is_ours() -> None:
    found = proposal(INA, VIC, own=Claim("Ida", "ida@gmail.com"))
    assert (found.answers.ours, found.guess.why) == (("acme-dev.example",), "most commits are of this domain")


def test_a_domain_below_ours_is_ours() -> None:
    found = proposal(INA, seen("eva@eu.corp.example"), own=Claim("", "ida@corp.example"))
    assert found.answers.ours == ("corp.example", "eu.corp.example")
    assert [person.id for person in found.people] == ["ina", "eva", "ida"]


@pytest.mark.parametrize(
    ("domain", "label"),
    [("acme.example", "acme"), ("dev.acme.example", "acme"), ("acme.co.example", "acme"), ("co.example", "co")],
)
def test_a_vendor_is_called_after_its_domain(domain: str, label: str) -> None:
    assert company_label(domain) == label


def test_two_vendors_of_one_name_get_two_files() -> None:
    texts = corp(
        INA, VIC, seen("x@acme-dev.test.example"), seen("y@acme-dev.org.example"), seen("z@internal.example")
    )
    assert {"vendors/acme-dev.yaml", "vendors/acme-dev-2.yaml", "vendors/internal-2.yaml"} <= set(texts)
    load(texts)


def test_a_vendor_comes_with_people_and_without_contract_and_access() -> None:
    policy = load(corp(INA, VIC))
    vendor = policy.vendors["acme-dev"]
    assert (vendor.contract, vendor.access, vendor.tier) == (None, None, "critical")
    assert (vendor.owner, [person.emails for person in vendor.people]) == (
        "procurement@corp.example",
        [("vic@acme-dev.example",)],
    )
    assert {found.message for found in lint(policy, TODAY)} >= {
        "acme-dev has no contract, so all its changes are denied"
    }


@pytest.mark.parametrize(("block", "got"), [("contract", "SHA256"), ("access", "YYYY-MM-DD")])
def test_what_is_commented_cannot_be_meant_before_somebody_fills_it_in(block: str, got: str) -> None:
    texts = corp(INA, VIC)
    file = "vendors/acme-dev.yaml"
    head, _, rest = texts[file].partition(f"# {block}:\n")
    lines, end, tail = rest.partition("#\n" if block == "contract" else "people:")
    uncommented = "".join((head, f"{block}:\n", re.sub(r"(?m)^# (?= )", "", lines), end, tail))
    assert f"\n{block}:\n  re" in uncommented
    with pytest.raises(PolicyError, match=f"{block}.*got '{got}'"):
        load({**texts, file: uncommented})


def test_an_account_that_used_somebodys_name_stays_a_comment() -> None:
    """anybody can commit under any name, and whoever has an account in the register approves"""
    texts = corp(INA, seen("666+evil@users.noreply.github.com", "Ina Internal"))
    assert (
        "  # github: {login: evil, id: 666} # proposal, by name only: 3 commits since 2026-03-02"
        in texts["people.yaml"]
    )
    assert all(not person.accounts() for person in load(texts).internal)


def test_a_name_that_two_people_carry_leads_an_account_to_neither() -> None:
    both = seen("ina@acme-dev.example", "Ina Internal")
    found = proposal(
        INA, both, seen("1+ina@users.noreply.github.com", "Ina Internal"), own=Claim("", "ida@corp.example")
    )
    assert all(not person.perhaps for person in found.people)
    assert [person.id for person in found.unsorted] == ["ina-3"]


def test_addresses_of_one_name_and_organisation_are_one_person() -> None:
    policy = load(corp(INA, seen("ina.internal@corp.example", "ina  internal"), seen("ina.x@corp.example", "Ina")))
    assert [person.emails for person in policy.internal][:2] == [
        ("ina@corp.example", "ina.internal@corp.example"),
        ("ina.x@corp.example",),
    ]


def test_everybodys_mail_and_accounts_wait_for_somebody_to_sort_them() -> None:
    """as entries that need nothing but uncommenting"""
    texts = corp(INA, seen("gus@gmail.com", "Gus"), seen("77+Dora@users.noreply.github.com", "Dora Doe"))
    assert {person.id for person in load(texts).internal} == {"ina", "ida"}
    head, _, rest = texts["people.yaml"].partition("explain identity-unknown).\n")
    uncommented = head + "explain\n" + re.sub(r"(?m)^# ", "", rest)
    people = {person.id: person for person in load({**texts, "people.yaml": uncommented}).internal}
    assert people["gus"].emails == ("gus@gmail.com",)
    assert [(account.login, account.id) for account in people["dora"].github] == [("dora", 77)]


def test_a_bot_is_proposed_by_the_number_we_know_and_otherwise_commented() -> None:
    """a number in an address is a claim: it could be a contractor's own account"""
    texts = corp(INA, seen(RENOVATE, "renovate[bot]"), seen("4711+evil[bot]@users.noreply.github.com", "evil[bot]"))
    assert [(bot.id, bot.github_id, bot.may_touch) for bot in load(texts).bots] == [("renovate", 29139614, ())]
    assert "#   - {id: evil, github_id: 4711} # proposal: 3 commits" in texts["policy.yaml"]


def test_a_commented_bot_alone_can_be_uncommented() -> None:
    texts = corp(INA, seen("4711+evil[bot]@users.noreply.github.com", "evil[bot]"))
    assert load(texts).bots == ()
    uncommented = re.sub(r"(?m)^# ?(bots:|  - \{)", r"\1", texts["policy.yaml"])
    assert [bot.github_id for bot in load({**texts, "policy.yaml": uncommented}).bots] == [4711]


def test_a_coding_assistant_in_trailers_is_proposed() -> None:
    texts = corp(INA, seen("noreply@assistant.example", "Helper", 12, wrote=0))
    assert load(texts).assistants == ("noreply@assistant.example",)
    assert (
        "# proposal: 12 commits as co-author since 2026-03-02, last 2026-11-20, named Helper"
        in texts["policy.yaml"]
    )


def test_every_guess_is_marked() -> None:
    """every address, account, bot, pattern and vendor says what speaks for it"""
    texts = corp(
        INA, VIC, seen(RENOVATE), seen("noreply@assistant.example", "", 1, 0), seen("gus@gmail.com", "Gus")
    )
    guesses = [
        line for text in texts.values() for line in text.splitlines() if re.search(r"[@]|github_id|^name:", line)
    ]
    assert len(guesses) > 8
    unmarked = [line for line in guesses if "proposal: " not in line]
    assert [line.split()[0] for line in unmarked] == ["owner:"]  # the contact was named, not guessed


def test_whoever_sets_it_up_is_ours_without_a_commit() -> None:
    (person,) = load(corp()).internal
    assert (person.id, person.emails) == ("ida", ("ida@corp.example",))
    assert "from your git configuration, no commit in this history" in corp()["people.yaml"]


def test_nobody_at_all_is_still_a_policy_that_reads() -> None:
    policy = load(files(proposal()))
    assert (policy.internal, dict(policy.vendors)) == ((), {})


def test_a_company_that_was_not_named_a_vendor_waits_to_be_sorted() -> None:
    texts = corp(INA, VIC, vendors=())
    assert set(texts) == {"policy.yaml", "people.yaml"}
    assert "#     - vic@acme-dev.example # proposal: 40 commits" in texts["people.yaml"]


def test_a_long_list_is_cut_and_says_by_how_much() -> None:
    texts = corp(INA, *(seen(f"p{number}@gmail.com", f"P {number}") for number in range(130)))
    assert texts["people.yaml"].count("@gmail.com") == 100
    assert "# ... and 30 more, with fewer commits" in texts["people.yaml"]


def test_the_summary_fits_eighty_columns() -> None:
    many = [seen(f"x@{'a' * 40}{number}.example") for number in range(30)]
    found = proposal(INA, VIC, seen("\x1b]0;x@y", "x"), *many)
    shown = summary(found.seen, found.answers.ours)
    assert max(map(len, shown.splitlines())) <= 80
    assert "and 20 more domains" in shown
    assert "\x1b" not in shown


def test_next_steps_are_commands_for_where_the_files_are() -> None:
    inside = next_steps(".outsource-gate", "refs/remotes/origin/main", in_repository=True)
    outside = next_steps("/srv/my policy", "main", in_repository=False)
    assert "outsource-gate check --base origin/main --key" in inside
    assert "git add .outsource-gate" in inside
    assert "--policy '/srv/my policy' --key" in outside
    assert "git add" not in outside


@given(st.text())
def test_a_value_reads_back_as_what_can_be_shown_of_it(text: str) -> None:
    """whatever YAML would make of it otherwise"""
    read = read_yaml("x", f"- {scalar(text)} # end\n".encode()).data
    assert read == [printable(text)]
    assert len(printable(text)) <= MAX_TEXT + 3


@pytest.mark.parametrize(
    "text", ["true", "no", "null", "~", "1", "0x1", "2026-01-01", "a: b", "a #b", "- a", "*a", "\\", '"']
)
def test_a_value_is_text_whatever_it_looks_like(text: str) -> None:
    assert read_yaml("x", f"- {scalar(text)}\n".encode()).data == [text]


NAMES = st.one_of(
    TEXTS, st.text(max_size=30), st.sampled_from(["Ina Internal", "renovate[bot]", "true", "- x: y # z"])
)
EMAILS = st.one_of(
    st.builds(
        lambda local, domain: f"{local}@{domain}",
        st.text(max_size=8),
        st.sampled_from(["corp.example", "acme.example"]),
    ),
    st.builds(lambda number, login: f"{number}+{login}@users.noreply.github.com", st.integers(0, 99), NAMES),
    st.sampled_from(
        ["noreply@x.example", "gus@gmail.com", "'@x.example", "#@x.example", "-@x.example", "!@x.example"]
    ),
    TEXTS,
)
PEOPLE = st.lists(
    st.builds(seen, EMAILS, NAMES, st.integers(1, 9), st.integers(0, 1)),
    max_size=12,
    unique_by=lambda one: one.email,
)


@given(PEOPLE, st.one_of(st.none(), st.builds(Claim, NAMES, EMAILS)))
def test_any_history_makes_a_policy_that_reads_and_registers_nobodys_account(
    people: list[Contribution], own: Claim | None
) -> None:
    found = proposal(*people, own=own)
    policy = load(files(found))
    registered = [person for person in policy.internal for _ in person.accounts()]
    assert len(registered) <= 1  # of whoever runs it
    assert all(vendor.contract is None and vendor.access is None for vendor in policy.vendors.values())
    assert summary(found.seen, found.answers.ours).replace("\n", "").isprintable()
