"""What do a record's time stamps say of when it was signed?

The earliest word of a trusted authority counts: the signature was there by then. One that is none, or of something
else, was put there by somebody, and the record is not as it was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from outsource_gate.evidence.envelope import Envelope
from outsource_gate.evidence.expectations import CLOCK_SKEW, Check
from outsource_gate.evidence.timestamps.asking import EXTRA
from outsource_gate.evidence.timestamps.authority import OtherBytesError, TrustedAuthority, time_of

NO_TIME = "its time is the signer's word; no time stamp backs it"
PROMPT = timedelta(hours=1)  # a check takes minutes between its clock and its signature


@dataclass(frozen=True, slots=True)
class Stamped:
    """The trusted time, if there is one; why others do not count; whether something strange was there."""

    time: datetime | None = None
    by: str = ""
    caveats: tuple[str, ...] = ()
    strange: str = ""

    def checks(self, claimed: datetime, now: datetime, *, clock_given: bool) -> Iterator[Check]:
        """Does the trusted time go with the time that the record claims, and with ours?"""
        expected = "by a trusted authority, over this signature"
        if self.strange:
            yield Check(
                "time-stamp", False, self.strange, expected, "get the record from where it was made", grave=True
            )
        if self.time is None:
            return
        yield Check("time-stamp", not self.strange, f"{self.time:%FT%TZ} by {self.by}", expected, grave=True)
        fine = self.time <= now + CLOCK_SKEW and (clock_given or claimed <= self.time + CLOCK_SKEW)
        got = f"claims {claimed:%FT%TZ}, stamped {self.time:%FT%TZ}, now {now:%FT%TZ}"
        yield Check("time-order", fine, got, "claimed, then stamped, not in the future", grave=True)

    def told(self, claimed: datetime) -> Iterator[str]:
        yield from self.caveats
        if self.time is None:
            yield NO_TIME
        elif self.time - claimed > PROMPT:
            yield f"it claims {claimed:%FT%TZ} and was stamped at {self.time:%FT%TZ}; between is the signer's word"


def stamped(envelope: Envelope, authorities: tuple[TrustedAuthority, ...], now: datetime) -> Stamped:
    """Judge all tokens of a record whose signature holds."""
    if not envelope.timestamps:
        return Stamped()
    if not authorities:
        return Stamped(caveats=("its time stamps count for nothing: the trust file names no authority",))
    assert envelope.signature is not None
    found: list[tuple[datetime, str]] = []
    caveats: list[str] = []
    for raw in envelope.timestamps:
        try:
            word = time_of(raw, envelope.signature, authorities)
        except OtherBytesError as error:
            return Stamped(strange=str(error))
        except ImportError:
            return Stamped(caveats=(f"its time stamps were not checked: {EXTRA}",))
        if word is None:
            caveats.append("a time stamp is by no authority of the trust file, and counts for nothing")
        elif problem := word[1].problem(word[0], now):
            caveats.append(f"a time stamp counts for nothing: {problem}")
        else:
            found.append((word[0], word[1].rule.name))
    time, by = min(found, default=(None, ""))
    return Stamped(time, by, tuple(dict.fromkeys(caveats)))
