"""How is a proposed person written into a register, with what speaks for it?"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.first_policy.addresses import Address, Kind
from outsource_gate.first_policy.people import Proposed
from outsource_gate.first_policy.yaml_lines import printable, scalar
from outsource_gate.model.history import Contribution


def person_lines(person: Proposed, ask: str = "them") -> Iterator[str]:
    """Give one entry of a list of people. Accounts by name only stay a comment: whoever approves has an account."""
    yield f"- id: {scalar(person.id)}"
    if person.name:
        yield f"  name: {scalar(person.name)}"
    mails = [address for address in person.addresses if address.kind is not Kind.ACCOUNT]
    if mails:
        yield "  emails:"
        yield from (
            f"    - {scalar(one.seen.email)} # proposal: {what(one.seen)}; check with {ask}" for one in mails
        )
    accounts = [address for address in person.addresses if address.kind is Kind.ACCOUNT]
    yield from _accounts(accounts, ask)
    yield from (
        f"  # {one.forge}: {_pair(one)} # proposal, by name only: {_as(one)}; confirm first"
        for one in person.perhaps
    )
    yield from (
        f"  # {one.forge}: {{login: {scalar(one.account.login)}, id: {one.account.id}}}"
        f" # proposal: {printable(one.why)}; confirm first"
        for one in person.told
    )
    if not accounts and not person.perhaps and not person.told:
        yield "  # github: {login: ..., id: ...} # numeric id; without an account no approval or push is theirs"


def _accounts(accounts: list[Address], ask: str) -> Iterator[str]:
    for forge in ("github", "gitlab"):
        own = [one for one in accounts if one.forge == forge]
        if own:
            yield f"  {forge}:"
            yield from (f"    - {_pair(one)} # proposal: {_as(one)}; check with {ask}" for one in own)


def what(seen: Contribution) -> str:
    """Say what was seen of an address."""
    if seen.first is None or seen.last is None:
        return "from your git configuration, no commit in this history"
    role = "" if seen.wrote else " as co-author"
    if seen.commits == 1:
        return f"1 commit{role} on {seen.first}"
    return f"{seen.commits:,} commits{role} since {seen.first}, last {seen.last}"


def _pair(address: Address) -> str:
    assert address.account is not None
    return f"{{login: {scalar(address.account.login)}, id: {address.account.id}}}"


def _as(address: Address) -> str:
    return f"{what(address.seen)}, as {printable(address.seen.email)}"
