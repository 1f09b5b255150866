"""Gate identity."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outsource_gate.gates.identity import GATE, Settings, judge
from outsource_gate.model.facts import BotScope, CommitAttribution, Facts, NotAsked, Unavailable
from outsource_gate.model.source import Signature
from outsource_gate.model.verdict import Effect, Status
from tests import values


def codes(facts: Facts) -> list[str]:
    return [reason.code for reason in judge(facts, Settings()).reasons]


def signed(signature: Signature, *roles: object, vendors: tuple[str, ...] = ("acme",)) -> Facts:
    judged = CommitAttribution(values.HEAD, vendors, (values.role("committer"), *roles))  # type: ignore[arg-type]
    return values.facts(
        change=values.change(commits=(values.commit(signature=signature),)),
        attribution=values.attribution(commits=(judged,)),
    )


def test_a_registered_vendors_person_is_known() -> None:
    assert judge(values.facts(), Settings()).status is Status.PASS


def test_without_vendor_it_passes_by_name() -> None:
    """The summary says who was believed."""
    ours = (values.role("author", "internal", "ina"),)
    attribution = values.attribution(
        vendors=(),
        commits=(CommitAttribution(values.HEAD, (), ours),),
        roles=(values.role("opener", "internal", "ina"),),
    )
    verdict = judge(values.facts(vendor=None, attribution=attribution), Settings())
    assert verdict.status is Status.PASS
    assert "ina" in verdict.summary


def test_an_unknown_identity_denies_and_is_named() -> None:
    stranger = values.role("author", "unknown", None, claim="Eve <eve@evil.example>", why="not in the register")
    attribution = values.attribution(
        vendors=("unknown",), commits=(CommitAttribution(values.HEAD, ("unknown",), (stranger,)),)
    )
    (reason,) = judge(values.facts(vendor="unknown", attribution=attribution), Settings()).reasons
    assert (reason.code, reason.got, reason.where.commit) == (
        "identity-unknown",
        "Eve <eve@evil.example>",
        values.HEAD,
    )


@pytest.mark.parametrize("missing", ["opener", "pushers"])
def test_opener_or_pushers_unknown_decides_nothing(missing: str) -> None:
    """Even when every address looks internal."""
    facts = values.facts(attribution=values.attribution(missing=(missing,)))
    assert judge(facts, Settings()).status is Status.INDETERMINATE
    assert codes(facts) == [f"{missing}-unknown"]


def test_a_bad_signature_denies() -> None:
    assert codes(signed(Signature("ssh", "bad", detail="hash differs"))) == ["signature-bad"]


def test_a_vendors_commit_under_an_unregistered_key_denies() -> None:
    assert codes(signed(Signature("ssh", "good", "ssh-ed25519 AAAA"))) == ["signing-key-unregistered"]


def test_a_colleagues_key_denies() -> None:
    """A signature binds a key to a person, who must be the committer."""
    foreign = values.role("signer", "internal", "ina", believed=False)
    assert codes(signed(Signature("ssh", "good", "ssh-ed25519 AAAA"), foreign)) == ["signing-key-foreign"]


def test_ones_own_key_passes() -> None:
    assert codes(signed(Signature("ssh", "good", "ssh-ed25519 AAAA"), values.role("signer"))) == []


def test_a_malformed_commit_denies() -> None:
    facts = values.facts(change=values.change(commits=(values.commit(problems=("two author lines",)),)))
    assert codes(facts) == ["commit-malformed"]


@pytest.mark.parametrize(
    ("vendor", "effect"), [("acme", Effect.NOTE), (None, Effect.UNDECIDED)], ids=["vendor", "alone"]
)
def test_an_unproven_internal_claim(vendor: str | None, effect: Effect) -> None:
    """Named where a vendor answers for the change; undecided where nobody does."""
    claim = values.role("author", "internal", "ina", believed=False)
    vendors = (vendor,) if vendor else ()
    judged = CommitAttribution(values.HEAD, vendors, (claim,), ("internal-claim-not-proven",))
    facts = values.facts(vendor=vendor, attribution=values.attribution(vendors=vendors, commits=(judged,)))
    (reason,) = judge(facts, Settings()).reasons
    assert (reason.code, reason.effect) == ("internal-claim-not-proven", effect)


def test_an_unproven_claim_is_no_question_of_the_push_stage() -> None:
    claim = values.role("author", "internal", "ina", believed=False)
    judged = CommitAttribution(values.HEAD, (), (claim,), ("internal-claim-not-proven",))
    facts = values.facts(
        vendor=None,
        context=NotAsked(),
        attribution=values.attribution(vendors=(), commits=(judged,), roles=()),
    )
    assert judge(facts, Settings()).status is Status.PASS


def test_nothing_between_base_and_head_is_no_pass() -> None:
    """The empty set never passes."""
    facts = values.facts(
        vendor=None,
        change=values.change(commits=()),
        attribution=values.attribution(vendors=(), commits=(), roles=()),
    )
    assert codes(facts) == ["change-empty"]
    assert judge(facts, Settings()).status is Status.INDETERMINATE


def test_an_unreadable_change_is_undecided_and_says_how_to_go_on() -> None:
    gone = Unavailable("the clone is shallow", "git fetch --unshallow")
    facts = replace(values.facts(), change=gone, attribution=gone, vendor=None)
    (reason,) = judge(facts, Settings()).reasons
    assert (reason.code, reason.next_step) == ("change-unreadable", "git fetch --unshallow")


@pytest.mark.parametrize(
    ("person", "said", "step"),
    [
        (None, "identity is not in the bundle", "use the registered address"),
        ("somebody-1", "works for another vendor", "nothing to do here"),
    ],
)
def test_whom_a_bundle_does_not_judge_is_left_undecided(person: str | None, said: str, step: str) -> None:
    """Neither a denial nor a pass of what CI will ask; the message names nobody who is not in the commit."""
    role = values.role(
        "author", "elsewhere", person, claim="Eve <eve@x.example>", why="identity is not in the bundle"
    )
    judged = CommitAttribution(values.HEAD, ("elsewhere",), (role,))
    facts = values.facts(
        vendor="elsewhere", attribution=values.attribution(vendors=("acme", "elsewhere"), commits=(judged,))
    )
    verdict = judge(facts, Settings())
    (reason,) = verdict.reasons
    assert verdict.status is Status.INDETERMINATE
    assert (reason.code, reason.got) == ("identity-not-judged-here", "Eve <eve@x.example>")
    assert said in reason.message
    assert reason.next_step.startswith(step)
    assert codes(replace(facts, vendor="acme")) == []


def test_a_key_of_somebody_elsewhere_may_be_registered() -> None:
    """Only a vendor's own commit is denied for a key that nobody here knows."""
    signature = Signature("ssh", "good", "ssh-ed25519 AAAA")
    elsewhere = replace(signed(signature, vendors=("elsewhere",)), vendor="elsewhere")
    assert codes(elsewhere) == []
    assert codes(replace(signed(signature, vendors=("acme", "elsewhere")), vendor="elsewhere")) == [
        "signing-key-unregistered"
    ]


def test_every_code_is_published() -> None:
    assert {"opener-unknown", "pushers-unknown"} <= set(GATE.reasons)


@pytest.mark.parametrize(("path", "passes"), [("web/package-lock.json", True), ("src/app.js", False)])
def test_bots_alone_stay_inside_what_they_may_touch(path: str, passes: bool) -> None:
    robot = values.role("author", "internal", "renovate", is_person=False)
    facts = values.facts(
        vendor=None,
        bots=(BotScope("renovate", ("**/package-lock.json",)),),
        change=values.change(values.file(path)),
        attribution=values.attribution(
            vendors=(), commits=(CommitAttribution(values.HEAD, (), (robot,)),), roles=(robot,)
        ),
    )
    assert codes(facts) == ([] if passes else ["bot-out-of-scope"])
