"""verify: is this record genuine, about this commit, and does it say ALLOW?"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import click

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.expectations import Check, Expectations, FactsSeen, Target
from outsource_gate.evidence.facts_file import digest_of_file
from outsource_gate.evidence.record import facts_path_of, read_record
from outsource_gate.evidence.trust import load_trust
from outsource_gate.evidence.verify import Outcome, Verification, verify_record
from outsource_gate.model.verdict import Stage
from outsource_gate.reports import escape

STAGES = [stage.value for stage in Stage]
REF_PREFIX = "ref:"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@click.command()
@click.argument("record", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--trust",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Trust file, or a PEM public key.",
)
@click.option("--commit", metavar="SHA", help="The record must be about this commit (full id).")
@click.option("--repository", metavar="URI", help="The record must be about this repository.")
@click.option("--target", metavar="REF", help="The change's base must be part of this branch.")
@click.option("--repo", default=".", type=click.Path(path_type=Path), help="The clone, for --target and ref:.")
@click.option("--remote", metavar="NAME|URL", help="Fetch the evidence ref from there first, for ref:COMMIT.")
@click.option("--stage", type=click.Choice(STAGES), default="change", show_default=True)
@click.option("--policy-digest", metavar="SHA256", help="The record must have been made under this policy.")
@click.option("--max-age", metavar="AGE", help="At most this old, such as 24h or 7d.")
@click.option("--require", type=click.Choice(["allow", "any"]), default="allow", show_default=True)
@click.option("--output", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    record: Path,
    trust: Path,
    commit: str | None,
    repository: str | None,
    target: str | None,
    repo: Path,
    remote: str | None,
    stage: str,
    policy_digest: str | None,
    max_age: str | None,
    require: Literal["allow", "any"],
    output: str,
) -> None:
    """Is RECORD genuine, by a signer we trust, and does it say what you need? Names the check that failed.

    RECORD is a file, or ref:COMMIT for the latest record of a commit on the evidence ref as it was last fetched, or
    ref:DIGEST. Works offline, but for --remote.

    Exit 0: genuine and ALLOW. 1: genuine, but DENY, UNDECIDED, stale or not what was asked for. 2: usage. 3: not
    genuine, or unreadable.

    Example: outsource-gate verify outsource-gate.evidence.json --trust trust.yaml --commit "$(git rev-parse HEAD)"
    """
    believed = load_trust(trust)
    with _record(record, repo, remote) as taken:
        expectations = Expectations(
            commit=_hex("--commit", commit, (40, 64)) or taken.commit,
            repository=_repository(repository),
            target=_target(repo, target) if target else None,
            stage=Stage(stage),
            policy_digest=_hex("--policy-digest", policy_digest, (64,)),
            max_age=_span(max_age),
            require=require,
            facts=_facts(facts_path_of(taken.path)),
        )
        result = verify_record(read_record(taken.path), believed, expectations, datetime.now(UTC))
    result = replace(result, caveats=(*result.caveats, *taken.notes))
    told = _json(result) if output == "json" else _terminal(result, record, _Style.of_terminal())
    click.echo(told, nl=False, color=False if os.environ.get("NO_COLOR") else None)
    click.get_current_context().exit(result.outcome.exit_code)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A record as a file; where it came from the evidence ref, with the commit it has to be about."""

    path: Path
    commit: str | None = None
    notes: tuple[str, ...] = ()


@contextmanager
def _record(record: Path, repo: Path, remote: str | None) -> Iterator[_Taken]:
    """The record as a file, with its facts beside it: what is on the evidence ref is verified like any other."""
    if not str(record).startswith(REF_PREFIX):
        if remote:
            raise UsageError("--remote: belongs to a record on the evidence ref", hint="name it as ref:COMMIT")
        yield _Taken(record)
        return
    from outsource_gate.cli.kept_record import take  # noqa: PLC0415 - only this needs git

    with TemporaryDirectory(prefix="outsource-gate-verify-") as folder:
        commit, notes = take(str(record).removeprefix(REF_PREFIX), repo, remote, Path(folder) / "record.json")
        yield _Taken(Path(folder) / "record.json", commit, notes)


def _hex(option: str, value: str | None, lengths: tuple[int, ...]) -> str | None:
    if value is None:
        return None
    found = value.removeprefix("sha256:").lower()
    if len(found) not in lengths or not re.fullmatch(r"[0-9a-f]+", found):
        wanted = " or ".join(map(str, lengths))
        raise UsageError(f"{option}: {value[:80]!r} -> the full id, {wanted} hexadecimal digits")
    return found


def _repository(value: str | None) -> str | None:
    if value is None:
        return None
    from outsource_gate.git.origin import normalise_url  # noqa: PLC0415 - only this option needs it

    return normalise_url(value) or value.strip().strip("/").removesuffix(".git")


def _target(repo: Path, name: str) -> Target:
    """Look the branch up in the repository; only then is git started."""
    from outsource_gate.git.repository import Repository  # noqa: PLC0415 - only this option needs git

    repository = Repository.open(repo)
    tip = repository.resolve(name).commit

    def problem(base: str) -> str:
        if repository.call("cat-file", "-e", f"{base}^{{commit}}").code != 0:
            return f"not a commit that {repo} has"
        return "" if repository.is_ancestor(base, tip) else f"not part of {name}"

    return Target(name, problem)


def _span(value: str | None) -> timedelta | None:
    if value is None:
        return None
    parts = re.fullmatch(r"([0-9]{1,5})([mhdw])", value.strip())
    if parts is None:
        raise UsageError(f"--max-age: {value[:40]!r} -> a number and m, h, d or w, such as 24h")
    return timedelta(**{_UNITS[parts[2]]: int(parts[1])})


def _facts(path: Path) -> FactsSeen | None:
    """The facts file beside the record, if it is there."""
    if not path.exists():
        return None
    try:
        return FactsSeen(str(path), digest_of_file(path))
    except EvidenceError as error:
        return FactsSeen(str(path), "", error.message)


def _json(result: Verification) -> str:
    predicate = result.statement.predicate if result.statement else None
    told: dict[str, Any] = {
        "outcome": result.outcome.name.lower().replace("_", "-"),
        "exit_code": result.outcome.exit_code,
        "digest": result.digest or None,
        "decision": predicate.decision.answer if predicate else None,
        "commit": result.statement.subject[0].digest.get("gitCommit") if result.statement else None,
        "failed": [check.name for check in result.failed],
        "checks": [
            {
                "name": check.name,
                "ok": check.ok,
                "got": check.got,
                "expected": check.expected,
                "next_step": "" if check.ok else check.next_step,
            }
            for check in result.checks
        ],
        "caveats": list(result.caveats),
    }
    return json.dumps(told, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class _Style:
    """What the terminal can show."""

    unicode: bool

    @classmethod
    def of_terminal(cls) -> _Style:
        try:
            "✓✗→".encode(sys.stdout.encoding or "ascii")
        except UnicodeEncodeError:
            return cls(unicode=False)
        return cls(unicode=True)

    @property
    def arrow(self) -> str:
        return "→" if self.unicode else "->"

    def mark(self, ok: bool) -> str:
        sign = ("✓" if ok else "✗") if self.unicode else ("ok" if ok else "NO")
        return click.style(sign, fg="green" if ok else "red", bold=not ok)

    def safe(self, text: str) -> str:
        return escape.terminal(text, unicode=self.unicode)


def _terminal(result: Verification, record: Path, style: _Style) -> str:
    """The verdict first, then every check on a line, then what the answer does not say."""
    answer = result.statement.predicate.decision.answer if result.statement else ""
    head = f"{style.mark(result.outcome is Outcome.MET)} {result.outcome}   {style.safe(str(record))}   {answer}"
    lines = [head.rstrip(), ""]
    width = max(len(check.name) for check in result.checks)
    for check in result.checks:
        lines.extend(_lines(check, width, style))
    lines.extend(["", *(f"  note: {style.safe(caveat)}" for caveat in result.caveats)] if result.caveats else [])
    lines.extend(["", f"  record sha256:{result.digest}"] if result.digest else [])
    return "\n".join(lines) + "\n"


def _lines(check: Check, width: int, style: _Style) -> list[str]:
    line = f"  {style.mark(check.ok)} {check.name:<{width}}  "
    if check.ok:
        return [line + style.safe(check.got)]
    below = " " * (width + 6)
    told = [f"{line}got {style.safe(check.got)}", f"{below}expected {style.safe(check.expected)}"]
    return [*told, f"{below}{style.arrow} {style.safe(check.next_step)}"] if check.next_step else told
