"""outsource-gate vendors add: ask for what the tier needs of a new vendor, and write its file."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outsource_gate.cli.options import policy_folder_option
from outsource_gate.errors import GateError, UsageError
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

if TYPE_CHECKING:
    from outsource_gate.first_policy.vendor_questions import Question

_MODE = 0o644


@click.command("add")
@click.argument("vendor_id", metavar="ID")
@policy_folder_option
@click.option(
    "--set", "given", multiple=True, metavar="KEY=VALUE", help="An answer: tier=standard; not asked then."
)
@click.option("--yes", is_flag=True, help="Ask nobody: what is not set is proposed, or left to be filled in.")
@click.option("--dry-run", is_flag=True, help="Show the file, write none.")
def command(vendor_id: str, path: Path, given: tuple[str, ...], yes: bool, dry_run: bool) -> None:
    """Register the vendor ID: asks for what its tier needs, and writes a file with comments.

    What is not known yet may come `later`, and stands there as a comment. No file is ever overwritten.

    Example: outsource-gate vendors add acme --yes --set owner=ina@corp.example --set tier=standard
    """
    from outsource_gate.evidence.files import write_new  # noqa: PLC0415 - for this command
    from outsource_gate.first_policy.vendor_questions import SLUG  # noqa: PLC0415 - the same

    if not (yes or sys.stdin.isatty()):
        raise UsageError("there are questions, and nobody is here to answer", hint="--yes, with --set KEY=VALUE")
    _read(Given("ID", vendor_id), SLUG)
    name = f"{_folder(path)}/{vendor_id}.yaml"
    file = (path if path.is_dir() else path.parent) / name
    if os.path.lexists(file):
        raise UsageError(f"{file}: there already, and nothing is overwritten", hint="edit it, or choose another id")
    policy = _policy(path, name, vendor_id)
    text = _Asking(policy, path, _given(given), takes_proposals=yes).file(vendor_id)
    load_policy(_edited(path, name, text), gate_settings())  # before anything is written
    if dry_run:
        click.echo(text, nl=False)
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{file.parent}: {error.strerror}", hint="see whether it can be written") from error
    write_new(file, text.encode(), _MODE)
    click.echo(f"wrote {file}\noutsource-gate policy lint --policy {path} says what is still missing")


@dataclass(frozen=True, slots=True)
class Given:
    """One answer from the command line."""

    key: str
    text: str


@dataclass(slots=True)
class _Asking:
    """Somebody at a terminal, or `--yes`; answers by key."""

    policy: Policy
    path: Path
    given: Mapping[str, str]
    takes_proposals: bool
    answers: dict[str, Any] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)

    def file(self, vendor_id: str) -> str:
        from outsource_gate.first_policy.vendor_file import vendor_file  # noqa: PLC0415 - for this command
        from outsource_gate.first_policy.vendor_questions import of_person, of_tier  # noqa: PLC0415 - the same

        self.ask(self._first(vendor_id))
        tier = self.policy.tiers[self.answers["tier"]]
        self.ask(of_tier(tier))
        for number in range(1, 1_000):
            person = list(of_person(tier, number))
            self.ask(person[:1])
            if person[0].key not in self.answers:
                self.keys.pop()
                break
            self.ask(person[1:])
        self._check_given()
        self._digest()
        return vendor_file(vendor_id, self.answers, self.keys, self._version(vendor_id, vendor_file))

    def ask(self, questions: Iterable[Question]) -> None:
        for question in questions:
            self.keys.append(question.key)
            if (answer := self._one(question)) is not None:
                self.answers[question.key] = answer

    def _one(self, question: Question) -> Any:
        if question.key in self.given:
            return _read(Given(f"--set {question.key}", self.given[question.key]), question.read)
        if not self.takes_proposals:
            return _prompted(question)
        if question.proposal:
            return question.read(question.proposal)
        if question.is_needed:
            raise UsageError(f"--set {question.key}=...: nothing here says it, and --yes asks nobody")
        return None

    def _first(self, vendor_id: str) -> Iterable[Question]:
        from outsource_gate.first_policy.vendor_questions import (  # noqa: PLC0415 - for this command
            EMAIL,
            TEXT,
            Question,
            choice,
        )

        policy = self.policy
        owners = [vendor.owner for vendor in policy.vendors.values() if vendor.id != vendor_id]
        yield Question("name", "Name", TEXT, vendor_id.title(), is_needed=True)
        owner = max(owners, key=owners.count) if owners else ""
        yield Question("owner", "Whom a blocked contractor is told to call", EMAIL, owner, is_needed=True)
        least = []
        for name, answers in policy.tiering.items():
            yield Question(f"answers.{name}", name, choice(*answers))
            if answer := self.answers.get(f"answers.{name}"):
                least.append(answers[answer])
        order = list(policy.tiers)
        proposal = max(least, key=order.index) if least else "standard" if "standard" in order else order[0]
        yield Question("tier", "Tier", choice(*order), proposal, is_needed=True)

    def _check_given(self) -> None:
        for key in self.given:
            if key not in self.keys:
                near = get_close_matches(key, self.keys, 1)
                meant = f"; did you mean {near[0]}?" if near else ""
                raise UsageError(
                    f"--set {key[:80]}: the tier does not ask for it{meant}", hint=", ".join(self.keys)
                )

    def _digest(self) -> None:
        """A document by its digest; whoever has none yet enters it later."""
        if name := self.answers.get("contract.document"):
            try:
                pieces = FolderSource(self.path).pieces(name)
            except GateError as error:
                raise UsageError(error.message, hint=error.hint) from error
            if pieces is None:
                raise UsageError(
                    f"contract.document {name[:200]}: no such file beside the policy", hint="put it there"
                )
            digest = hashlib.sha256()
            for piece in pieces:
                digest.update(piece)
            self.answers["contract.document"] = (name, digest.hexdigest())

    def _version(self, vendor_id: str, write: Any) -> str:
        """The checklist that applies to this vendor now, which is the one that they acknowledged."""
        from outsource_gate.model.register import Vendor  # noqa: PLC0415 - for this command
        from outsource_gate.policy.checklist import versions  # noqa: PLC0415 - the same
        from outsource_gate.policy.problems import validate  # noqa: PLC0415 - the same
        from outsource_gate.policy.yaml_text import read_yaml  # noqa: PLC0415 - the same

        if not any(key.endswith(".checklist") for key in self.answers):
            return ""
        text = read_yaml(f"{vendor_id}.yaml", write(vendor_id, self.answers, self.keys, "unknown").encode())
        (known,) = versions(self.policy, (validate(Vendor, text),))
        return known.version


def _prompted(question: Question) -> Any:
    from outsource_gate.first_policy.vendor_questions import LATER  # noqa: PLC0415 - for this command

    def read(text: str) -> Any:
        if not question.is_needed and text.strip() in ("", LATER):
            return None
        try:
            return question.read(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None

    default = question.proposal or (None if question.is_needed else LATER)
    return click.prompt(question.asked, default=default, value_proc=read, err=True)


def _read(given: Given, read: Any) -> Any:
    try:
        return read(given.text)
    except ValueError as error:
        raise UsageError(f"{given.key}: {error}, got {given.text[:80]!r}") from None


def _given(options: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in options:
        key, sign, value = option.partition("=")
        if not (key and sign and value):
            raise UsageError(f"--set {option[:80]!r}: is no KEY=VALUE", hint="--set tier=standard")
        if key in found:
            raise UsageError(f"--set {key[:80]}: stands twice", hint="keep one of them")
        found[key] = value
    return found


def _folder(path: Path) -> str:
    """The folder that the policy names for vendors."""
    from outsource_gate.policy.source import POLICY_FILE  # noqa: PLC0415 - for this command
    from outsource_gate.policy.yaml_text import read_yaml  # noqa: PLC0415 - the same

    raw = FolderSource(path).read(POLICY_FILE)
    data = read_yaml(POLICY_FILE, raw).data if raw is not None else None
    folder = data.get("vendors") if isinstance(data, dict) else None
    if not isinstance(folder, str):
        raise UsageError(
            f"--policy {path}: names no folder for vendors", hint="add to the policy: vendors: vendors/"
        )
    return folder.rstrip("/")


def _policy(path: Path, name: str, vendor_id: str) -> Policy:
    """The policy with the vendor in it, as little as there can be: a folder without any vendor is an error."""
    from outsource_gate.policy.tiers import STRICTEST  # noqa: PLC0415 - for this command

    bare = f'id: "{vendor_id}"\nname: "{vendor_id}"\nowner: nobody@corp.example\ntier: {STRICTEST}\n'
    return load_policy(_edited(path, name, bare), gate_settings())


def _edited(path: Path, name: str, text: str) -> FolderSource:
    from outsource_gate.policy.edited import EditedSource  # noqa: PLC0415 - for this command

    return EditedSource(path, name, text.encode())
