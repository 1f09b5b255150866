"""Of what are register entries made? The fields that all of them share, as validated frozen values."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^\s@<>*]{1,64}@[^\s@<>*]{1,255}$", max_length=320)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Glob = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Login = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,254}$")]
PublicKey = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100_000)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https://[^\s\"'<>]+$", max_length=2_000)]


def _as_day(value: Any) -> Any:
    """Only whole days: pydantic alone would read "86400" as the second of January 1970."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("expected a day as YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_as_day)]


class Strict(BaseModel):
    """Frozen, and an unknown key is an error: a key that nothing enforces must not look as if it did."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Window(Strict):
    """A span of days; both ends belong to it, and a missing end is open."""

    from_: Day | None = Field(default=None, alias="from", description="first day")
    until: Day | None = Field(default=None, description="last day, included")

    def covers(self, day: date) -> bool:
        return not (self.from_ and day < self.from_) and not (self.until and day > self.until)


class Document(Strict):
    """A document by digest; no gate needs its content. A file lies beside the policy, or somewhere else."""

    file: Text | None = Field(default=None, description="path beside the policy, or a name our archive knows")
    url: WebAddress | None = Field(default=None, description="where it is kept; nothing is fetched from there")
    sha256: Sha256 = Field(description="SHA-256 of its bytes, as `sha256sum` prints it")

    @model_validator(mode="after")
    def _stands_in_one_place(self) -> Self:
        if (self.file is None) == (self.url is None):
            raise ValueError("a document has a file or a url, one of the two")
        return self

    @property
    def name(self) -> str:
        return self.file or self.url or ""


class Held(Strict):
    """Something that was done on a day, and what shows it."""

    on: Day = Field(description="the day it was done")
    by: Text | None = Field(default=None, description="who did it, in our house unless said otherwise")
    document: Document | None = Field(default=None, description="what shows it")
