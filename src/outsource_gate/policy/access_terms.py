"""What does a tier want of a vendor's access: which papers of its people, how fresh, and which ways in?"""

from __future__ import annotations

from typing import Literal

from outsource_gate.model.span import ANY, Age
from outsource_gate.model.terms import Slug
from outsource_gate.policy.concern import Customer
from outsource_gate.policy.settings import GateSettings, setting

Method = Literal["vpn", "vdi", "zero-trust", "direct"]
Wanted = Literal["ignored", "required"]
_WANTED = ("ignored", "required")


class AccessSettings(GateSettings):
    """Repositories, paths and days have no setting: what is granted stands in the register."""

    nda: Wanted = setting("required", "a confidentiality agreement of each person", stricter=_WANTED)
    training: tuple[Slug, ...] = setting(
        (), "trainings that each person went through, by name: secure_coding", stricter="more"
    )
    training_max_age: Age = setting(ANY, "oldest training that counts; any: of whatever age", stricter="shorter")
    mfa_max_age: Age = setting(
        ANY, "oldest word on a person's second factor that counts; any: none is wanted", stricter="shorter"
    )
    checklist: Literal["ignored", "acknowledged", "this-version"] = setting(
        "ignored",
        "the checklist read by each person before the first change: in any version, or as it is now",
        stricter=("ignored", "acknowledged", "this-version"),
    )
    review_max_age: Age = setting(
        ANY, "oldest access review that counts, ours to do; any: none is wanted", stricter="shorter"
    )
    remote_access: tuple[Method, ...] = setting(
        (), "ways in that are allowed: vpn, vdi, zero-trust, direct; none named: not asked", stricter="fewer"
    )
    remote_max_age: Age = setting(
        ANY, "oldest look of ours at the way in that counts; any: none is wanted", stricter="shorter"
    )
    networks: Wanted = setting("ignored", "networks that remote access comes from, on register", stricter=_WANTED)
    logging: Wanted = setting("ignored", "where remote sessions are logged, and how long", stricter=_WANTED)
    logs_kept_days: int = setting(
        0, "least days that logs of remote sessions are kept; 0: any", stricter="higher", ge=0, le=3650
    )
    devices_max_age: Age = setting(
        ANY, "oldest look of ours at managed devices that counts; any: none is wanted", stricter="shorter"
    )
    revoked_within: Age = setting(
        "30 days", "how long after an engagement its access is proven gone, ours to do", stricter="shorter"
    )
    customer: Customer = setting("warn", "what our own overdue duty does", stricter=("warn", "deny"))

    @property
    def wants_remote(self) -> bool:
        """Whether anything about the way in is wanted."""
        traces = "required" in (self.networks, self.logging) or self.logs_kept_days > 0
        return bool(self.remote_access) or self.remote_max_age != ANY or traces
