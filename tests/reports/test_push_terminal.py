"""What stands on the screen of somebody who pushes."""

from __future__ import annotations

from hypothesis import given, settings

from outsource_gate.reports import View
from outsource_gate.reports.push_terminal import Answered, end_screen, ref_screen, short_ref
from tests.reports import samples
from tests.reports.hostility import TEXTS, commands

REF = "refs/heads/feature"
PLAIN = View(width=80)


def test_an_allowed_ref_takes_a_line() -> None:
    answer = Answered(REF, "ALLOW", 0, base="origin/main", outcome=samples.allowed())
    shown = ref_screen(answer, View(width=140))
    assert shown.startswith(" ✓ branch feature  ALLOW  all ")
    assert "compared with origin/main" in shown
    assert len(shown.splitlines()) <= 2


def test_a_denied_ref_is_told_whole_under_its_name() -> None:
    answer = Answered(REF, "DENY", 1, base="origin/main", told="forced: 1 commit of it would be gone",
                      outcome=samples.denied())  # fmt: skip
    lines = ref_screen(answer, PLAIN).splitlines()
    assert lines[1] == " ✗ branch feature  DENY  compared with origin/main"
    assert any("✗ sast" in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_what_could_not_be_decided_says_what_helps() -> None:
    answer = Answered(REF, "UNDECIDED", 3, told="this clone does not know it", hint="run `git fetch`")
    shown = ref_screen(answer, PLAIN)
    assert shown == " ? branch feature  UNDECIDED  this clone does not know it\n   → run `git fetch`\n"


def test_the_last_words_name_every_ref_and_the_command_on_one_line() -> None:
    """However long: it is there to be copied."""
    answers = [Answered(REF, "DENY", 1), Answered("refs/tags/v1", "", 0)]
    command = "outsource-gate check --policy /" + "x" * 200
    shown = end_screen(answers, PLAIN, refused="Nothing was pushed.", step="push again:", command=command)
    assert [line.strip() for line in shown.splitlines() if line.strip()] == [
        "DENY  branch feature",
        "-     tag v1  nothing to judge",
        "Nothing was pushed.",
        "→ push again:",
        command,
    ]


def test_a_ref_is_named_as_people_do() -> None:
    assert short_ref("refs/heads/a/b") == "branch a/b"
    assert short_ref("refs/tags/v1") == "tag v1"
    assert short_ref("refs/notes/x") == "refs/notes/x"


@given(TEXTS)
@settings(max_examples=50)
def test_names_show_and_do_nothing(text: str) -> None:
    """A server's hook tells of refs that a contractor named."""
    answer = Answered(REF + text, "DENY", 1, base=text, told=text, hint=text)
    shown = ref_screen(answer, PLAIN)
    shown += end_screen([answer, answer], PLAIN, refused="No.", step="again:", command=text)
    assert commands(shown) == []
    assert all(char.isprintable() or char == "\n" for char in shown)
