"""What does `init` ask, and what does it take where nobody answers? Each question has a proposal and its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TypeVar

import click

from outsource_gate.errors import UsageError
from outsource_gate.first_policy.addresses import Kind, address
from outsource_gate.first_policy.domains import Guess, company_label, domains_of, guess_ours, guess_vendors
from outsource_gate.first_policy.proposal import Answers, Seen
from outsource_gate.model.history import Contribution
from outsource_gate.policy.patterns import email_pattern
from outsource_gate.reports.escape import terminal

NONE = "none"
MAX_NAME = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """What stands on the command line, and is not asked any more."""

    domains: str | None = None
    organization: str | None = None
    vendors: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody at a terminal, or `--yes`."""

    takes_proposals: bool

    def ask(
        self, option: str, question: str, given: str | None, proposal: str, why: str, read: Callable[[str], T]
    ) -> T:
        """Give the answer of the command line, the proposal, or what is typed, asked until it can be meant."""
        if given is not None:
            return _given(option, given, read)
        if not self.takes_proposals:
            click.echo("\n" + fill(terminal(why), 78), err=True)
            # An answer that cannot be meant is a BadParameter, which `prompt` shows before it asks again.
            found: T = click.prompt(question, default=proposal or None, value_proc=read, err=True)
            return found
        if not proposal:
            raise UsageError(
                f"{option}: nothing here says it, and --yes asks nobody", hint=f"name it with {option}"
            )
        return _given(option, proposal, read)


def ours_perhaps(seen: Seen, given: Given) -> tuple[str, ...]:
    """Give our domains as far as they are known before anybody is asked."""
    if given.domains is not None:
        return _given("--domains", given.domains, _domains)
    return guess_ours(domains_of(seen.addresses), seen.own).domains


def answer(seen: Seen, given: Given, *, takes_proposals: bool) -> tuple[Answers, Guess]:
    """Get the four answers: given, else asked, else the proposal."""
    ask = Asking(takes_proposals).ask
    domains = domains_of(seen.addresses)
    guess = guess_ours(domains, seen.own)
    ours = ask(
        "--domains",
        "Our domains",
        given.domains,
        _listed(guess.domains),
        f"Whose addresses are ours? {guess.why[:1].upper()}{guess.why[1:]}.",
        _domains,
    )
    owner = seen.repository.partition("/")[0]
    why = "the owner of the repository on the forge" if owner else "our domain"
    name = owner or (company_label(ours[0]) if ours else "")
    organization = ask(
        "--organization",
        "Our name",
        given.organization,
        name,
        f"How do records and messages name us? This is {why}.",
        _name,
    )
    others = _listed(guess_vendors(domains, ours))
    why = "Which of the others are vendors? Each is denied until its contract and access are filled in."
    vendors = (
        ask("--vendors", "Vendors' domains", given.vendors, others, why, _domains)
        if others or given.vendors
        else ()
    )
    vendors = tuple(one for one in vendors if one not in ours)
    contact = ""
    if vendors:
        why = "Whom is a blocked contractor told to call? Best somebody who knows the contracts."
        contact = ask("--contact", "Contact", given.contact, _contact(seen, ours), why, _email)
    return Answers(organization, ours, vendors, contact), guess


def _contact(seen: Seen, ours: Sequence[str]) -> str:
    if seen.own and seen.own.kind is not Kind.ACCOUNT:
        return seen.own.seen.email
    return next((one.seen.email for one in seen.addresses if one.kind is Kind.COMPANY and one.domain in ours), "")


def _given(option: str, text: str, read: Callable[[str], T]) -> T:
    try:
        return read(text)
    except click.BadParameter as error:
        raise UsageError(f"{option}: {error.message}") from None


def _listed(domains: Sequence[str]) -> str:
    return ", ".join(domains) or NONE


def _domains(text: str) -> tuple[str, ...]:
    names = [part.strip().lower().removeprefix("*@") for part in text.split(",") if part.strip()]
    if names == [NONE]:
        return ()
    for name in names:
        if not _is_companys(name):
            raise click.BadParameter(
                f"{terminal(name)!r} is no company's domain; expected such as corp.example, several with commas, "
                f"or `{NONE}`"
            )
    return tuple(dict.fromkeys(names))


def _is_companys(name: str) -> bool:
    try:
        email_pattern(f"*@{name}")
    except ValueError:
        return False
    return address(Contribution(f"x@{name}", "", 0, 1)).kind is Kind.COMPANY


def _name(text: str) -> str:
    name = text.strip()
    if not name or len(name) > MAX_NAME or terminal(name) != name:
        raise click.BadParameter(f"expected a name on one line, at most {MAX_NAME} characters")
    return name


def _email(text: str) -> str:
    email = text.strip()
    if address(Contribution(email, "", 0, 1)).kind is Kind.ODD:
        raise click.BadParameter("expected one address such as procurement@corp.example")
    return email
