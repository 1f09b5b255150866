"""What is told, in which order, and to whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Answer, Effect, Reason, Status, Verdict, Where
from outsource_gate.registry import reports
from outsource_gate.reports import View, story, words
from tests.reports import samples

SECRET = "MSA-2026-014 ended"
TERMS = Reason(
    "contract-terms",
    f"{SECRET} on the 20th",
    got=SECRET,
    expected=SECRET,
    where=Where(SECRET),
    next_step=f"renew {SECRET}",
    who="procurement@corp.example",
    internal=SECRET,
    audience="internal",
)


def _secretive() -> Outcome:
    """One reason with internal words, one that is internal altogether."""
    both = samples.failing("contract", (samples.CONTRACT_ENDED, TERMS))
    return samples.outcome(Answer.DENY, *(samples.passing() | {"contract": both}).values())


@pytest.mark.parametrize("name", reports())
def test_a_contractor_reads_nothing_internal(name: str) -> None:
    """no format shows a contractor internal words, whatever else it shows"""
    assert SECRET not in reports()[name].render(_secretive(), View("contractor", width=140))


@pytest.mark.parametrize("name", ["terminal", "markdown", "json", "github"])
def test_our_own_people_read_it(name: str) -> None:
    """the formats that tell reasons at all tell internal readers the internal words"""
    assert SECRET in reports()[name].render(_secretive(), View("internal", width=140))


@pytest.mark.parametrize("name", ["terminal", "markdown", "json", "github"])
def test_a_contractor_learns_whom_to_ask(name: str) -> None:
    """what is withheld is named by its code, with the person to ask"""
    told = reports()[name].render(_secretive(), View("contractor", width=140)).replace("`", "")
    assert story.WITHHELD in told
    assert "ask procurement@corp.example" in told


@pytest.mark.parametrize("name", reports())
@pytest.mark.parametrize("sample", samples.ALL)
def test_a_report_is_the_same_every_time(name: str, sample: str) -> None:
    """the same outcome and view give the same text"""
    view = View("internal")
    assert reports()[name].render(samples.ALL[sample](), view) == reports()[name].render(
        samples.ALL[sample](), view
    )


@pytest.mark.parametrize("name", ["terminal", "markdown", "github", "json"])
@pytest.mark.parametrize("sample", samples.ALL)
def test_formats_agree_on_the_answer(name: str, sample: str) -> None:
    """every format for people gives the decision's own word"""
    outcome = samples.ALL[sample]()
    told = reports()[name].render(outcome, View())
    others = {str(answer) for answer in Answer} - {outcome.decision.answer}
    assert outcome.decision.answer in told
    assert not others & set(told.split())


def test_reasons_that_differ_in_their_place_are_one_point() -> None:
    """ten paths out of scope are one thing to know, in ten places"""
    access = story.parts(samples.two_vendors(), "contractor")[0].blocked[0]
    assert [len(point.places) for point in access.points] == [10]
    assert access.headline == "outside the paths of Acme Dev Ltd (10 places)"


def test_reasons_that_differ_in_more_stay_apart() -> None:
    """another next step is another point"""
    one = Reason("path-denied", "no", where=Where("a"), next_step="this")
    verdict = samples.failing("access", (one, replace(one, where=Where("b"), next_step="that")))
    chapter = story.parts(samples.outcome(Answer.DENY, verdict), "contractor")[0].blocked[0]
    assert [point.step for point in chapter.points] == ["this", "that"]
    assert chapter.headline == "2 problems"


def test_what_is_not_known_is_counted_apart() -> None:
    """a denial and a missing fact are not the same kind of problem"""
    missing = Reason("reviews-unknown", "not known", Effect.UNDECIDED)
    verdict = samples.failing("review", (samples.APPROVALS[0], missing))
    chapter = story.parts(samples.outcome(Answer.DENY, verdict), "contractor")[0].blocked[0]
    assert chapter.headline == "1 problem and 1 thing not known"


@pytest.mark.parametrize("effect", [Effect.DENY, Effect.UNDECIDED])
def test_nobody_is_left_without_a_next_step(effect: Effect) -> None:
    """a reason that names no step still says whom to turn to"""
    reason = Reason("scanner-unavailable", "the text scanner gave no result", effect)
    outcome = samples.outcome(Answer.DENY, samples.failing("integrity", (reason,)))
    step = story.parts(outcome, "contractor")[0].blocked[0].points[0].step
    assert step.startswith(("ask ", "whoever runs the job: "))


@pytest.mark.parametrize("name", ["sarif", "gitlab-codequality", "github"])
def test_what_two_vendors_are_told_alike_is_told_once(name: str) -> None:
    """one file with one problem is one result, however many vendors are judged"""
    reason = Reason("path-unread", "not read", where=Where("big.bin"), next_step="leave it out", who="the author")
    verdicts = [samples.failing("coverage", (reason,), vendor) for vendor in ("acme", "beta")]
    told = reports()[name].render(
        samples.outcome(Answer.DENY, *verdicts, vendors=(samples.ACME, samples.BETA)), View()
    )
    assert told.count("big.bin") == 1


def test_the_vendor_that_fails_comes_first() -> None:
    """the register's order does not hide a denial below a pass"""
    told = story.parts(samples.two_vendors(), "contractor")
    assert [(part.name, part.status) for part in told] == [
        ("Acme Dev Ltd (critical)", Status.FAIL),
        ("Beta GmbH (standard)", Status.PASS),
    ]


def test_no_verdict_is_no_pass() -> None:
    """nothing judged is undecided, and is told so"""
    outcome = samples.outcome(Answer.UNDECIDED)
    part = story.parts(outcome, "contractor")[0]
    assert part.status is Status.INDETERMINATE
    assert part.tally == "no gate was asked"
    assert "no gate vouched" in words.meaning(outcome)


def test_an_allow_without_a_valid_record_may_not_be_merged() -> None:
    """the words never promise what the exit code refuses"""
    unsigned = replace(samples.EVIDENCE, signed=False, problem="no key")
    outcome = replace(samples.allowed(), evidence=unsigned)
    assert "nothing merges without a valid record" in words.meaning(outcome)
    assert words.meaning(samples.allowed()) == "this change may be merged"


def test_a_duty_of_ours_is_not_laid_on_the_vendor() -> None:
    """the next step says whose duty it is"""
    ours = Reason("code-owners-missing", "no CODEOWNERS", next_step="add one", who="the owners", duty="customer")
    outcome = samples.outcome(Answer.DENY, samples.failing("review", (ours,)))
    step = story.parts(outcome, "contractor")[0].blocked[0].points[0].step
    assert step == "the owners: add one (Corp's duty, not the vendor's)"


def test_unknown_attribution_is_told_as_unknown() -> None:
    """nobody is named where nobody is known"""
    outcome = samples.outcome(
        Answer.UNDECIDED,
        Verdict("identity", None, Status.INDETERMINATE, (), "shallow clone"),
        attribution=Unavailable("shallow clone", "git fetch --unshallow", "change"),
        change=Unavailable("shallow clone", "git fetch --unshallow", "change"),
    )
    assert list(words.who(outcome.facts)) == ["not known: shallow clone"]
    assert story.parts(outcome, "contractor")[0].name == "whose change it is, is not known"


def test_the_record_says_what_an_option_chose() -> None:
    """a given clock and handed-over facts are told, not hidden"""
    chosen = replace(samples.facts().chosen, clock="given", context="handed-over", policy="outside")
    told = list(words.judged(samples.facts(chosen=chosen)))
    assert told[2:] == ["clock given", "policy from outside the repository", "facts of the forge handed over"]


@pytest.mark.parametrize(
    ("step", "who", "told"),
    [
        ("ask it@corp.example", "it@corp.example", "ask it@corp.example"),
        ("fix it", "the author", "the author: fix it"),
        ("", "the author", "ask the author"),
        ("fix it", "", "fix it"),
        ("", "", ""),
    ],
)
def test_a_next_step_names_its_person_once(step: str, who: str, told: str) -> None:
    """who and what, neither twice"""
    assert words.next_step(step, who) == told
