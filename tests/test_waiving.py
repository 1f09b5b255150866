"""What waivers let stand, and what they never do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.decision import decide
from outsource_gate.evidence.facts_file import facts_bytes, parse_facts
from outsource_gate.judging import judge
from outsource_gate.model.facts import Facts
from outsource_gate.model.finding import Finding
from outsource_gate.model.verdict import Answer, Decision, Effect, Reason, Status, Subject, Verdict, Where
from outsource_gate.model.waiver import Granted, ReportOnly, Waiver
from outsource_gate.registry import gate_settings, gates
from outsource_gate.waiving import with_waivers
from tests import values

RULE, PATH = values.finding().rule, "services/pay.py"
TODAY = date(2026, 11, 23)


def waiver(**changes: Any) -> Waiver:
    whole = {
        "id": "w1",
        "reason": "the tool is wrong: the host is a constant",
        "gate": "sast",
        "rules": [RULE],
        "vendor": "acme",
        "path": PATH,
        "approver": "ida",
        "issued": "2026-11-01",
        "expires": "2026-12-31",
    }
    return Waiver.model_validate(whole | changes)


def judged(
    *waivers: Waiver | Granted, found: tuple[Finding, ...] = (values.finding(),), **changes: Any
) -> Decision:
    granted = tuple(one if isinstance(one, Granted) else Granted(one, "SHA256:x") for one in waivers)
    facts = values.facts(
        scans=(values.scan("semgrep", *found), *values.facts().scans[1:]), waivers=granted, **changes
    )
    return judge(facts, {"acme": {gate: model() for gate, model in gate_settings().items()}}, gates())


def sast(decision: Decision) -> Verdict:
    return next(verdict for verdict in decision.verdicts if verdict.gate == "sast")


def test_a_waived_finding_is_named_and_denies_nothing() -> None:
    decision = judged(waiver())
    (reason,) = sast(decision).reasons
    assert (decision.answer is Answer.DENY, sast(decision).status) == (False, Status.PASS)
    assert (reason.effect, reason.waiver, reason.code) == (Effect.WAIVED, "w1", "finding")
    (use,) = decision.waivers
    assert (use.state, use.covered, use.missed, use.approver, use.key) == ("used", 1, 0, "ida", "SHA256:x")


def test_without_a_waiver_it_denies() -> None:
    assert judged().answer is Answer.DENY


@pytest.mark.parametrize(
    "changes",
    [
        {"vendor": "acme-labs"},
        {"path": "services/other.py"},
        {"path": "services/*.txt"},
        {"path": "services"},
        {"rules": ["python.flask.other"]},
        {"gate": "workflows"},
        {"code": "finding-in-history"},
        {"findings": ["v1:" + "8" * 64]},
        {"repository": "corp/ledger"},
        {"rules": [], "path": PATH, "code": "finding"},
        {"rules": [RULE], "path": None},
    ],
)
def test_a_waiver_for_something_else_covers_nothing(changes: dict[str, Any]) -> None:
    """another vendor, path, rule, gate, code, finding or repository; and one that names too little"""
    decision = judged(waiver(**changes))
    assert decision.answer is Answer.DENY
    assert [use.state for use in decision.waivers] == ["unused"]


@pytest.mark.parametrize("repository", ["corp/payments", "forge.example/corp/*", "corp/pay*"])
def test_a_waiver_can_be_for_one_repository(repository: str) -> None:
    assert sast(judged(waiver(repository=repository))).status is Status.PASS


def test_a_fingerprint_is_enough_wherever_it_stands() -> None:
    assert sast(judged(waiver(findings=[values.finding().fingerprint], path=None))).status is Status.PASS


def second(**changes: Any) -> Finding:
    return values.finding(location=replace(values.finding().location, start_line=50, end_line=50), **changes)


def test_what_is_no_place_in_the_code_is_waived_for_the_vendor_by_its_code() -> None:
    late = Verdict("due-diligence", "acme", Status.FAIL, (Reason("questionnaire-too-old", "x"),))
    ours = waiver(gate="due-diligence", rules=[], code="questionnaire-too-old", path=None)
    assert applied((late,), [ours])[0].status is Status.PASS
    assert applied((late,), [ours.model_copy(update={"vendor": "globex"})]) == (late,)


@pytest.mark.parametrize(("occurrences", "status"), [(1, Status.FAIL), (2, Status.PASS)])
def test_a_second_copy_is_not_covered_unless_the_waiver_says_so(occurrences: int, status: Status) -> None:
    decision = judged(waiver(occurrences=occurrences), found=(values.finding(), second()))
    assert sast(decision).status is status
    (use,) = decision.waivers
    assert (use.covered, use.missed) == (occurrences, 2 - occurrences)


def test_another_weakness_on_the_same_line_is_not_covered_with_it() -> None:
    """one reason stands for both, and a waiver has to name both"""
    found = (values.finding(), values.finding(rule="python.os.system", fingerprint="v1:" + "7" * 64))
    assert judged(waiver(), found=found).answer is Answer.DENY
    both = judged(waiver(rules=[RULE, "python.os.system"]), found=found)
    assert (sast(both).status, both.waivers[0].covered) == (Status.PASS, 1)


def test_what_cannot_be_covered_whole_uses_nothing_up() -> None:
    pair = (values.finding(), values.finding(rule="python.os.system", fingerprint="v1:" + "7" * 64))
    decision = judged(waiver(), found=(*pair, second()))
    assert [reason.effect for reason in sast(decision).reasons].count(Effect.WAIVED) == 1


@pytest.mark.parametrize(
    ("changes", "state", "why"),
    [
        ({"expires": "2026-11-20"}, "expired", "expired 3 days ago"),
        ({"expires": "2026-11-22"}, "expired", "expired 1 day ago"),
        ({"issued": "2026-11-25"}, "not-yet", "begins in 2 days"),
    ],
)
def test_a_waiver_counts_from_its_first_day_to_its_last(changes: dict[str, Any], state: str, why: str) -> None:
    (use,) = judged(waiver(**changes), found=()).waivers
    assert (use.state, use.why) == (state, why)


def test_the_last_day_counts_whole() -> None:
    assert sast(judged(waiver(expires="2026-11-23"))).status is Status.PASS


def test_an_expired_waiver_is_named_with_what_it_no_longer_covers() -> None:
    decision = judged(waiver(expires="2026-11-20"))
    (use,) = decision.waivers
    assert (decision.answer, use.state, use.covered, use.missed) == (Answer.DENY, "expired", 0, 1)


def test_a_waiver_that_nobody_signed_covers_nothing() -> None:
    decision = judged(Granted(waiver(), problem="nobody signed it"))
    assert decision.answer is Answer.DENY
    assert (decision.waivers[0].state, decision.waivers[0].why) == ("not-counted", "nobody signed it")


@pytest.mark.parametrize("role", ["author", "committer", "co-author", "opener", "pusher"])
def test_who_is_in_the_change_approves_no_exception_for_it(role: str) -> None:
    known = values.attribution()
    theirs = values.role(role, "internal", "ida")
    if role in ("opener", "pusher"):
        known = replace(known, roles=(*known.roles, theirs))
    else:
        known = replace(known, commits=(replace(known.commits[0], roles=(*known.commits[0].roles, theirs)),))
    decision = judged(waiver(), attribution=known)
    assert decision.answer is not Answer.ALLOW
    assert decision.waivers[0].why == "its approver is in the change"


def test_replay_from_the_facts_file_gives_the_same_decision() -> None:
    facts = values.facts(
        scans=(values.scan("semgrep", values.finding()), *values.facts().scans[1:]),
        waivers=(Granted(waiver(), "SHA256:x"),),
        report_only=(ReportOnly("acme", date(2027, 1, 31)),),
    )
    again = parse_facts(facts_bytes(facts))
    settings = {"acme": {gate: model() for gate, model in gate_settings().items()}}
    assert again == facts
    assert judge(again, settings, gates()) == judge(facts, settings, gates())


def test_identity_review_and_contract_declare_nothing_waivable() -> None:
    """who it is, who approved, and whether there is a contract are no matter of patience"""
    assert not any(gates()[gate].settings.waivable for gate in ("identity", "review", "contract"))


def test_only_published_reason_codes_are_waivable_and_none_about_the_policy_or_what_was_not_read() -> None:
    for gate in gates().values():
        assert set(gate.settings.waivable) <= set(gate.reasons)
        assert not {code for code in gate.settings.waivable if code.startswith(("policy-", "code-owners"))}
        assert not {
            code for code in gate.settings.waivable if code.endswith(("-unread", "-unavailable", "-unknown"))
        } - {"licence-unknown"}


WAIVABLE = {gate.id: gate.settings.waivable for gate in gates().values()}
CODES = sorted({code for gate in gates().values() for code in gate.reasons})
REASONS = st.builds(
    Reason,
    st.sampled_from(CODES),
    st.just("x"),
    st.sampled_from([Effect.DENY, Effect.UNDECIDED, Effect.NOTE]),
    where=st.sampled_from([Where(), Where(PATH, 3), Where("README.md")]),
    subjects=st.sampled_from([(), (Subject(RULE, "v1:" + "9" * 64),), (Subject("requests 2.31.0"), Subject(RULE))]),
)
STATUSES = st.sampled_from(
    [Status.PASS, Status.FAIL, Status.INDETERMINATE, Status.NOT_APPLICABLE, Status.NOT_ASKED]
)
VERDICTS = st.lists(
    st.builds(
        Verdict,
        st.sampled_from(sorted(WAIVABLE)),
        st.sampled_from(["acme", "globex", None]),
        STATUSES,
        st.lists(REASONS, max_size=3).map(tuple),
    ),
    max_size=6,
).map(tuple)
WAIVERS = st.lists(
    st.builds(
        lambda number, gate, code, path, expires: waiver(
            id=f"w{number}",
            gate=gate,
            code=code,
            path=path,
            expires=str(expires),
            rules=[RULE] if code is None else [],
        ),
        st.integers(1, 99),
        st.sampled_from(sorted(WAIVABLE)),
        st.sampled_from([None, *CODES]),
        st.sampled_from([None, PATH, "services/**", "README.md"]),
        st.dates(date(2026, 11, 1), date(2027, 1, 31)),
    ),
    max_size=4,
)


def applied(verdicts: tuple[Verdict, ...], waivers: list[Waiver]) -> tuple[Verdict, ...]:
    facts: Facts = values.facts(waivers=tuple(Granted(one, "SHA256:x") for one in waivers))
    return with_waivers(verdicts, facts, WAIVABLE)[0]


@given(VERDICTS, WAIVERS)
def test_waivers_touch_denials_alone(verdicts: tuple[Verdict, ...], waivers: list[Waiver]) -> None:
    """What was undecided stays so, identity is never touched, and nothing but DENY ever becomes WAIVED."""
    after = applied(verdicts, waivers)
    for old, new in zip(verdicts, after, strict=True):
        if old.gate == "identity" or old.vendor != "acme" or old.status is not Status.FAIL:
            assert new == old
        for before, now in zip(old.reasons, new.reasons, strict=True):
            assert now == before or (before.effect, now.effect) == (Effect.DENY, Effect.WAIVED)
    if decide(verdicts).answer is Answer.UNDECIDED:
        assert decide(after).answer is Answer.UNDECIDED
    undecided = any(reason.effect is Effect.UNDECIDED for one in verdicts for reason in one.reasons)
    if undecided and decide(verdicts).answer is Answer.DENY and after != verdicts:
        touched = [new for old, new in zip(verdicts, after, strict=True) if old != new]
        assert all(
            new.status is not Status.PASS
            for new in touched
            if any(r.effect is Effect.UNDECIDED for r in new.reasons)
        )


@given(VERDICTS, WAIVERS)
def test_an_expired_waiver_changes_nothing(verdicts: tuple[Verdict, ...], waivers: list[Waiver]) -> None:
    over = [one.model_copy(update={"expires": TODAY - timedelta(days=1)}) for one in waivers]
    assert applied(verdicts, over) == verdicts
