"""Gate integrity: does the change touch what governs it, or hide what it does?"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from outsource_gate.gates import CHANGES, Gate, verdict
from outsource_gate.globs import covers
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Finding, Scan
from outsource_gate.model.source import Change, ChangeSet, FileChange
from outsource_gate.model.verdict import Effect, Reason, Status, Subject, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

TEXT_SCANNER = "text"
POLICY_FOLDER = ".outsource-gate"
REASONS = {
    "policy-touched": "A vendor's change edits the policy or register that judges it.",
    "policy-broken": "The policy as this change would leave it cannot be read.",
    "code-owners-touched": "A vendor's change edits who has to approve.",
    "ci-touched": "A vendor's change edits a pipeline, an action or a hook.",
    "attributes-touched": "A change to git attributes can hide or alter content.",
    "symlink": "A symbolic link can point outside the tree, or at what a reviewer does not expect.",
    "gitlink": "A submodule brings code that nobody here scans or reviews.",
    "type-changed": "A path changed its kind: file, link or submodule.",
    "path-malformed": "A path holds characters that tools show or handle in different ways.",
    "path-twin": "Two changed paths are one and the same on some file systems.",
    "suppression-marker": "A new comment silences a security scanner.",
    "scanner-configuration": "A file that configures or silences a security scanner.",
    "bidi-control": "Text direction controls make code read otherwise than it runs.",
    "invisible-character": "Characters that nobody sees in code.",
    "confusable-name": "A name that reads as another, with letters that look like those of other alphabets.",
    "foreign-encoding": "A file declares an encoding in which an interpreter reads another text.",
    "line-end": "Characters that end a line for an interpreter and not for a reviewer, or the other way round.",
    "unreviewable-code": "Code in lines too long to review, out of sight, minified or packed.",
    "runs-by-itself": "A file that runs when the folder is opened, or whenever a program starts in it.",
    "runs-in-build": "A file that runs when the code is installed, built or tested.",
    "scanner-unavailable": "The text scanner did not run to its end.",
    "change-unreadable": "git could not establish what the change is.",
}
# (code, what to call it, patterns); matched without regard to case, as some file systems do.
PROTECTED = (
    ("policy-touched", "the policy that judges this change", (f"{POLICY_FOLDER}", f"{POLICY_FOLDER}/**")),
    ("code-owners-touched", "the code owners", ("**/CODEOWNERS",)),
    (
        "ci-touched",
        "a pipeline, action or hook",
        (
            ".github/workflows/**", ".github/actions/**", "**/action.yml", "**/action.yaml",
            "**/.gitlab-ci.yml", "**/.gitlab-ci.yaml", ".gitlab/ci/**", "**/.gitlab-ci/**",
            ".circleci/**", ".buildkite/**", "**/Jenkinsfile", "**/Jenkinsfile.*", "**/*.jenkinsfile",
            "azure-pipelines.yml", "azure-pipelines.yaml", ".azure-pipelines/**", "bitbucket-pipelines.yml",
            ".travis.yml", ".drone.yml", ".woodpecker.yml", ".woodpecker/**", ".forgejo/workflows/**",
            ".gitea/workflows/**", "**/.pre-commit-config.yaml", "**/lefthook.y*ml", "**/.lefthook/**",
            "**/.husky/**", "**/.githooks/**",
        ),
    ),
    ("attributes-touched", "git attributes", ("**/.gitattributes",)),
)  # fmt: skip


class Settings(GateSettings):
    waivable = may_be_waived(
        path=[
            *("ci-touched", "symlink", "type-changed", "suppression-marker", "scanner-configuration"),
            *("bidi-control", "invisible-character", "confusable-name", "line-end"),
            *("unreviewable-code", "runs-by-itself", "runs-in-build"),
        ]
    )

    """What governs a change is not the change's to edit: that has no setting."""

    runs_by_itself: Literal["warn", "deny"] = setting(
        "deny", "what runs when a folder is opened or a program starts in it does", stricter=("warn", "deny")
    )
    runs_in_build: Literal["warn", "deny"] = setting(
        "warn", "what runs when the code is installed, built or tested does", stricter=("warn", "deny")
    )
    unreviewable: Literal["warn", "deny"] = setting(
        "warn", "code in lines too long to review, minified or packed does", stricter=("warn", "deny")
    )

    def effect_of(self, code: str) -> Effect:
        """Give what a finding of the text scanner does; whatever has no setting denies."""
        chosen = {
            "runs-by-itself": self.runs_by_itself,
            "runs-in-build": self.runs_in_build,
            "unreviewable-code": self.unreviewable,
        }
        return Effect.NOTE if chosen.get(code) == "warn" else Effect.DENY


def judge(facts: Facts, settings: Settings) -> Verdict:
    """For a vendor, all of it; for the change as a whole, only that the policy it leaves can be read."""
    if not isinstance(facts.change, ChangeSet):
        reason = Reason("change-unreadable", "the changed paths are not known", Effect.UNDECIDED)
        return verdict("integrity", facts, (reason,), summary="not known")
    broken = tuple(_policy(facts))
    if facts.vendor is None:
        if not isinstance(facts.policy_at_head, str | Unavailable):
            return Verdict("integrity", None, Status.NOT_APPLICABLE, (), "no vendor, policy not touched")
        return verdict("integrity", facts, broken, summary="policy at head reads well")
    reasons = (*broken, *_files(facts.change), *_twins(facts.change), *_text(facts, settings))
    return verdict("integrity", facts, reasons, summary=f"{len(facts.change.files)} paths looked at")


def _policy(facts: Facts) -> Iterator[Reason]:
    match facts.policy_at_head:
        case "":
            return
        case str() as problem:
            yield Reason(
                "policy-broken",
                f"the policy as this change leaves it cannot be read: {problem}",
                where=Where(POLICY_FOLDER),
                next_step="outsource-gate policy lint",
                who="the author",
            )
        case Unavailable() as fact:
            yield Reason("policy-broken", fact.reason, Effect.UNDECIDED, next_step=fact.next_step)


def _files(change: ChangeSet) -> Iterator[Reason]:
    for file in change.files:
        yield from _protected(file)
        if file.is_symlink:
            yield _reason("symlink", "symbolic link", file, "deliver the file itself")
        elif file.is_gitlink:
            yield _reason("gitlink", "submodule", file, "deliver the code itself")
        if file.change is Change.TYPE_CHANGED:
            yield _reason(
                "type-changed", f"kind changed, {file.old_mode} to {file.new_mode}", file, "keep the kind"
            )
        if not file.is_deleted and (what := _malformed(file)):
            yield _reason("path-malformed", what, file, "rename it")


def _protected(file: FileChange) -> Iterator[Reason]:
    for code, what, patterns in PROTECTED:
        if covers(patterns, file.path, fold_case=True):
            yield _reason(code, f"touches {what}", file, "leave it out; our own people make this change")


def _malformed(file: FileChange) -> str:
    if file.malformed_path:
        return "path is not valid UTF-8"
    odd = [char for char in file.path if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")]
    if odd:
        return f"path holds {', '.join(f'U+{ord(char):04X}' for char in odd[:3])}"
    parts = file.path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        return "path holds a part that is no name"
    if any(part.startswith("-") or part != part.strip() or "\\" in part for part in parts):
        return "path begins with a dash, ends in a space or holds a backslash"
    return ""


def _twins(change: ChangeSet) -> Iterator[Reason]:
    twins: defaultdict[str, list[FileChange]] = defaultdict(list)
    for file in change.files:
        if not file.is_deleted:
            twins[unicodedata.normalize("NFC", file.path).casefold()].append(file)
    for files in twins.values():
        for file in files[1:]:
            yield _reason("path-twin", f"is {files[0].path} where case or accents are folded", file, "rename one")


def _text(facts: Facts, settings: Settings) -> Iterator[Reason]:
    seen = False
    for fact in facts.scans:
        if isinstance(fact, Scan) and fact.scanner == TEXT_SCANNER:
            seen = True
            yield from (_finding(found, settings) for found in fact.findings if found.new)
        elif isinstance(fact, Unavailable) and fact.fact == TEXT_SCANNER:
            seen = True
            yield Reason("scanner-unavailable", fact.reason, Effect.UNDECIDED, next_step=fact.next_step)
    if not seen:
        yield Reason("scanner-unavailable", "the text scanner gave no result", Effect.UNDECIDED)


def _finding(found: Finding, settings: Settings) -> Reason:
    code = found.rule.removeprefix("text.")
    return Reason(
        code,
        found.message,
        settings.effect_of(code),
        where=Where(found.location.path, found.location.start_line),
        next_step=found.fix or "remove it",
        who="the author",
        finding=found.fingerprint,
        subjects=(Subject(found.rule, found.fingerprint),),
    )


def _reason(code: str, message: str, file: FileChange, step: str) -> Reason:
    return Reason(code, message, where=Where(file.path), next_step=step, who="the author")


GATE = Gate(
    id="integrity",
    title="Integrity",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"scans"}),
    stages=CHANGES,
    controls=("A.8.32",),
)
