"""Which tier follows from what is known of a vendor? Pure; questions and answers are the policy's own.

The register claims a tier. Where the policy's questions lead to a stricter one, that one judges: whoever writes the
register cannot make a vendor less risky by claiming so. A question that nobody answered leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from outsource_gate.model.register import Vendor
from outsource_gate.policy.register import Written
from outsource_gate.policy.strictness import loosened
from outsource_gate.policy.tiers import Tier
from outsource_gate.policy.yaml_text import shown

Tiering = Mapping[str, Mapping[str, str]]  # question -> answer -> least tier


@dataclass(frozen=True, slots=True)
class Derived:
    """The strictest tier that follows from a vendor's answers, and from which of them."""

    tier: str
    because: tuple[str, ...]  # "data-class: personal"


def check_tiering(written: Written, tiers: Mapping[str, Tier]) -> None:
    """PolicyError for a tier, a question or an answer that nobody knows."""
    tiering = written.policy.tiering
    for question, answers in tiering.items():
        place = written.text.place(("tiering", question))
        if not answers:
            raise place.error(
                "has no answer", "give each answer the least tier: {public: standard, secret: critical}"
            )
        for answer, tier in answers.items():
            if tier not in tiers:
                raise place.below(answer).error(
                    f"unknown tier {shown(tier)}; allowed: {', '.join(tiers)}", "use one of these, or add it"
                )
    for entry in written.vendors:
        for question, answer in entry.vendor.answers.items():
            place = entry.place.below("answers", question)
            if question not in tiering:
                allowed = ", ".join(tiering) or "none, the policy has no tiering"
                raise place.error(f"nobody asks {shown(question)}; allowed: {allowed}", "correct or remove it")
            if answer not in tiering[question]:
                allowed = ", ".join(tiering[question])
                raise place.error(f"unknown answer {shown(answer)}; allowed: {allowed}", "use one of these")


def derived(vendor: Vendor, tiering: Tiering, tiers: Mapping[str, Tier]) -> Derived | None:
    """Give the strictest of the tiers that the answers lead to; None without an answer."""
    return _derived(vendor, tiering, _Scale(tiers))


def unanswered(vendor: Vendor, tiering: Tiering) -> tuple[str, ...]:
    """The questions that a vendor's entry leaves open."""
    return tuple(question for question in tiering if question not in vendor.answers)


def raised(
    vendors: Mapping[str, Vendor], tiering: Tiering, tiers: Mapping[str, Tier]
) -> tuple[dict[str, Vendor], dict[str, str]]:
    """Give the vendors with the tier that judges them, and the claimed tier of those whose claim was too low."""
    scale, claimed, judged = _Scale(tiers), {}, dict(vendors)
    for name, vendor in vendors.items() if tiering else ():
        follows = _derived(vendor, tiering, scale)
        if follows and scale.stricter(vendor.tier, follows.tier) != vendor.tier:
            claimed[name] = vendor.tier
            judged[name] = vendor.model_copy(update={"tier": follows.tier})
    return judged, claimed


def _derived(vendor: Vendor, tiering: Tiering, scale: _Scale) -> Derived | None:
    strictest = ""
    for _, _, tier in _led_to(vendor, tiering):
        strictest = scale.stricter(strictest, tier) if strictest else tier
    because = (f"{question}: {answer}" for question, answer, tier in _led_to(vendor, tiering) if tier == strictest)
    return Derived(strictest, tuple(because)) if strictest else None


def _led_to(vendor: Vendor, tiering: Tiering) -> Iterator[tuple[str, str, str]]:
    for question, answers in tiering.items():
        answer = vendor.answers.get(question)
        if answer is not None and answer in answers:
            yield question, answer, answers[answer]


class _Scale:
    """Which of two tiers is the stricter? The shipped tier that each starts from decides.

    Of two that start from the same one the second is stricter where any setting of the first is looser.
    """

    def __init__(self, tiers: Mapping[str, Tier]) -> None:
        self._tiers = tiers
        self._order = [tier.name for tier in tiers.values() if tier.name == tier.shipped]
        self._known: dict[tuple[str, str], str] = {}

    def stricter(self, first: str, second: str) -> str:
        if (first, second) not in self._known:
            self._known[first, second] = self._compared(first, second)
        return self._known[first, second]

    def _compared(self, first: str, second: str) -> str:
        one, other = self._tiers[first], self._tiers[second]
        if one.shipped != other.shipped:
            return max(first, second, key=lambda name: self._order.index(self._tiers[name].shipped))
        if first == second:
            return first
        looser = any(loosened({first: replace(one, shipped=second)}, {second: other}))
        return second if looser else first
