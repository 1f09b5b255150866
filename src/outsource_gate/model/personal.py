"""What does looking for personal data give? Kind, count and place; never a value, nor anything made from one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from outsource_gate.model.finding import Confidence
from outsource_gate.model.secret import Unlooked


class Extent(StrEnum):
    """How much lies there: a collection of people, or single values."""

    TABLE = "table"  # also a database dump
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One kind of personal data in one file, counted; it is told once, at the first commit that brings it in."""

    kind: str  # "table", "database-dump", "payment-card", "iban", "national-id-es", "email-addresses"
    what: str  # the same in words
    extent: Extent
    confidence: Confidence
    count: int  # rows of a table or dump, else distinct values
    commit: str
    path: str
    line: int = 0  # of the first, from 1; 0 in a binary file
    new: bool = True  # False: the base's version of the file has every one of them


@dataclass(frozen=True, slots=True)
class PersonalScan:
    """The texts that commits bring in were looked at; what could not be is in `unread`."""

    version: str
    rules_digest: str  # SHA-256 over what is looked for
    found: tuple[PersonalData, ...] = ()
    unread: tuple[Unlooked, ...] = ()
    texts: int = 0  # looked through
    left_out: int = 0  # found beyond the most that are listed
    kind: Literal["personal-scan"] = "personal-scan"
