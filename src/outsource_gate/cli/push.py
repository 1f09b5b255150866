"""May this push go out, or come in? Every ref of it judged as `check` would, on one screen.

Everything is told on the error stream: what stands on the other one belongs to git (`git push --porcelain`).
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from outsource_gate.check import check, exit_code
from outsource_gate.cli.given import given_authorities
from outsource_gate.cli.progress import progress
from outsource_gate.errors import EvidenceError, GateError
from outsource_gate.evidence.run import (
    PASSWORD_VARIABLE,
    PSEUDONYM_VARIABLE,
    TIMESTAMP_VARIABLE,
    Recording,
    run_context,
)
from outsource_gate.git.hook_script import Kind
from outsource_gate.git.pushes import Update
from outsource_gate.git.repository import Repository
from outsource_gate.git.targets import Nothing, Range, Target, range_of
from outsource_gate.model.verdict import Answer
from outsource_gate.registry import report
from outsource_gate.reports import View
from outsource_gate.reports.push_terminal import Answered, end_screen, ref_screen, short_ref
from outsource_gate.request import Request

RECORDS = "outsource-gate"  # below the git directory, where no commit takes them up
BESIDE_REMOTE = 72  # cells: git puts "remote: " before every line that a server's hook writes
MAX_NAME = 100  # characters of a ref in the name of a record's file
_ODD = re.compile(r"[^A-Za-z0-9_]+")

_REFUSED = {
    "pre-push": "Nothing was pushed.",
    "pre-receive": "Nothing was taken in: the server's hook refused the push.",
}
_STEP = {
    "pre-push": "commit what has to change and push again; to look without pushing:",
    "pre-receive": "commit what has to change and push again; `outsource-gate hook install` in a clone asks before",
}


@dataclass(frozen=True, slots=True)
class Push:
    """What all refs of a push are judged with. `request` says policy, stage and handed-over facts."""

    hook: Kind
    repository: Repository
    request: Request
    targets: tuple[Target, ...]
    key: str | None = None


def judge(push: Push, updates: tuple[Update, ...]) -> int:
    """Judge every ref and tell it; 0 only if each is allowed or brings nothing, 1 if any is denied, else 3."""
    view = _view(push.hook)
    known: dict[Range, Answered] = {}
    answers = []
    for update in updates:
        answers.append(_answer(push, update, known))
        _say(ref_screen(answers[-1], view))
    code = _code(answers)
    if code or len(answers) > 1:
        refused = _REFUSED[push.hook] if code else ""
        command = _again(push, answers) if push.hook == "pre-push" else ""
        step = _STEP[push.hook] if command or push.hook == "pre-receive" else "see above, then push again"
        _say(end_screen(answers, view, refused=refused, step=step, command=command))
    return code


def _answer(push: Push, update: Update, known: dict[Range, Answered]) -> Answered:
    """Two refs with the same commits, a branch and its tag, are judged once."""
    try:
        span = range_of(push.repository, update, push.targets)
        if isinstance(span, Nothing):
            return Answered(update.ref, "", 0, told=span.why)
        plain = replace(span, note="")
        if same := known.get(plain):
            return replace(same, ref=update.ref, told=f"as {short_ref(same.ref)}, same commits", outcome=None)
        known[plain] = _checked(push, update.ref, span)
        return known[plain]
    except GateError as error:
        if error.exit_code == 2:  # about the call or the policy, so about every ref
            raise
        return Answered(update.ref, Answer.UNDECIDED, 3, told=error.message, hint=error.hint)


def _checked(push: Push, ref: str, span: Range) -> Answered:
    recording = Recording(
        _record(push.repository, ref),
        push.key,
        password=os.environ.get(PASSWORD_VARIABLE, "").encode() or None,
        run=run_context(os.environ),
        timestamps=given_authorities(tuple(os.environ.get(TIMESTAMP_VARIABLE, "").split())),
    )
    request = replace(
        push.request,
        base=span.base,
        head=span.head,
        secret_key=os.environ.get(PSEUDONYM_VARIABLE, "").encode() or None,
        tags=(span.tag,) if span.tag else (),
    )
    with progress() as tell:
        outcome = check(request, recording, tell, lambda: report("terminal"))
    return Answered(ref, outcome.decision.answer, exit_code(outcome), _named(span.base), span.note, outcome=outcome)


def _record(repository: Repository, ref: str) -> Path:
    """Each ref keeps its newest record, under what is readable of its name and what is unique to it."""
    digest = hashlib.sha256(ref.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    name = f"{_ODD.sub('-', ref.rpartition('/')[2])[:MAX_NAME]}-{digest}"
    folder = repository.common_dir / RECORDS
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise EvidenceError(
            f"{folder}: cannot be made ({error.strerror})", hint="records are kept there"
        ) from error
    here = Path.cwd()
    shown = folder.relative_to(here) if folder.is_relative_to(here) else folder
    return shown / f"{name}.evidence.json"


def _code(answers: Sequence[Answered]) -> int:
    codes = {answer.code for answer in answers}
    return 1 if 1 in codes else max(codes, default=3)


def _again(push: Push, answers: Sequence[Answered]) -> str:
    """The command that judges the first refused ref without pushing it."""
    first = next((answer for answer in answers if answer.code and answer.outcome), None)
    if first is None or first.outcome is None:
        return ""
    request, chosen = push.request, ["outsource-gate", "check", "--stage", str(push.request.stage)]
    change = first.outcome.facts.change
    head = getattr(getattr(change, "head", None), "commit", "HEAD")
    chosen += ["--policy", str(request.policy)] if request.policy else []
    return shlex.join([*chosen, "--base", first.base, "--head", head[:12]])


def _named(base: str) -> str:
    """As short as it can be without meaning something else."""
    return base.removeprefix("refs/remotes/").removeprefix("refs/heads/") if "/" in base else base[:12]


def _view(hook: Kind) -> View:
    """What the error stream can show."""
    watched = sys.stderr.isatty()
    columns = os.get_terminal_size(sys.stderr.fileno()).columns if watched else 0
    width = columns or (100 if hook == "pre-push" else BESIDE_REMOTE)
    unicode = "utf" in (sys.stderr.encoding or "ascii").lower()
    return View(width=width, colour=watched and "NO_COLOR" not in os.environ, unicode=unicode)


def _say(text: str) -> None:
    click.echo(text.rstrip("\n"), err=True)
