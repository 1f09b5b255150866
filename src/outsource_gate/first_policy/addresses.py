"""What kind of address is it: a company's, anybody's, an account on a forge, an automaton?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from outsource_gate.attribution import FORGE_COMMITTERS
from outsource_gate.model.history import Contribution
from outsource_gate.model.identity import Account, ascii_lower
from outsource_gate.policy.index import noreply_account
from outsource_gate.policy.lint import ANYBODYS

# Names that no registry gives out.
_MACHINES = frozenset(("home", "internal", "invalid", "lan", "local", "localdomain", "localhost", "test"))
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_LOCAL = re.compile(r"[!-)+-;=?A-~]{1,64}")  # what stands before the @: printable ASCII but < > @ *
_LOGIN = re.compile(r"[a-z0-9_][a-z0-9._-]{0,254}")
MAX_DOMAIN = 255
_NO_MAIL = re.compile(r"(?:no|donot|do-not)-?reply")
_BOT = re.compile(r"\[bot\]|(?:^|[ ._+-])bot(?:$|[ ._+-])", re.IGNORECASE)
_ASSISTANTS = frozenset(("aider", "claude-code", "codex", "copilot", "cursoragent", "gemini-code-assist"))


class Kind(StrEnum):
    COMPANY = "company"
    ANYBODYS = "everybody's mail"
    ACCOUNT = "forge accounts"
    BOT = "automata"
    ASSISTANT = "assistants"
    FORGE = "the forge itself"
    ODD = "odd addresses"


@dataclass(frozen=True, slots=True)
class Address:
    """A contribution, what its address is, and the account it names."""

    seen: Contribution
    kind: Kind
    domain: str = ""  # of a company
    account: Account | None = None
    forge: str = ""
    why: str = ""  # it cannot be registered


def address(seen: Contribution) -> Address:
    """Say what kind of address this is; what could be read in two ways cannot be registered."""
    local, _, domain = ascii_lower(seen.email).rpartition("@")
    if seen.email in FORGE_COMMITTERS:
        return Address(seen, Kind.FORGE)
    if not (seen.email.isascii() and _LOCAL.fullmatch(local) and "@" not in local):
        return Address(seen, Kind.ODD, why="not a plain ASCII address; letters may be look-alikes")
    if len(domain) > MAX_DOMAIN or not _DOMAIN.fullmatch(domain) or domain.rpartition(".")[2] in _MACHINES:
        return Address(seen, Kind.ODD, why="its domain is nobody's")
    if not seen.wrote and (_NO_MAIL.fullmatch(local) or _is_assistant(local, seen)):
        return Address(seen, Kind.ASSISTANT)
    if named := noreply_account(seen.email):
        return _of_forge(seen, *named)
    if "users.noreply." in f"{domain}.":
        return Address(seen, Kind.ODD, why="a no-reply address without a numeric id")
    if _NO_MAIL.fullmatch(local) or _BOT.search(seen.name) or _BOT.search(local):
        return Address(seen, Kind.BOT, why="looks like an automaton, which is known by its numeric id only")
    return Address(seen, Kind.ANYBODYS if domain in ANYBODYS else Kind.COMPANY, domain)


def _is_assistant(local: str, seen: Contribution) -> bool:
    named = noreply_account(seen.email)
    return (named[1].login if named else local).removesuffix("[bot]") in _ASSISTANTS


def _of_forge(seen: Contribution, forge: str, account: Account) -> Address:
    if account.login.endswith("[bot]"):
        return Address(seen, Kind.BOT, account=account, forge=forge)
    if not _LOGIN.fullmatch(account.login):
        return Address(seen, Kind.ODD, why="its login is none that a forge gives out")
    return Address(seen, Kind.ACCOUNT, account=account, forge=forge)
