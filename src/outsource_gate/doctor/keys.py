"""Can records be signed, is the key well kept, and would a verifier believe it?"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

from outsource_gate.doctor import Area, Asked, Check
from outsource_gate.doctor.policy import Written
from outsource_gate.doctor.repository import Clone
from outsource_gate.errors import GateError
from outsource_gate.evidence.keys import KNOWN, Signer, load_signer
from outsource_gate.evidence.public_key import MAX_PEM
from outsource_gate.evidence.run import PASSWORD_VARIABLE, run_context
from outsource_gate.evidence.signers.places import is_elsewhere
from outsource_gate.evidence.trust import Trust, TrustedKey, load_trust
from outsource_gate.forges import Event
from outsource_gate.model.verdict import Stage

GENERATE = "outsource-gate keys generate --out gate"
_AFTER_REVIEW = ("push", "merge_group", "merge_train")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")

say = Area("keys")


def checks(asked: Asked, clone: Clone | None, written: Written | None, event: Event | None) -> Iterator[Check]:
    """Look at the key as the job would use it, then at the trust file as a verifier would."""
    signer: Signer | None = None
    if not asked.key:
        yield _no_key(asked, written)
    elif not _is_place(asked.key):
        known = f"what --key or OUTSOURCE_GATE_KEY says names no key that is there; known: {KNOWN}"
        yield say.problem("key", known, "with the key's PEM in GATE_KEY_PEM: OUTSOURCE_GATE_KEY=env://GATE_KEY_PEM")
    else:
        signer, found = _opened(asked, asked.key)
        yield found
        yield from _kept(asked.key, clone, event)
    yield from _trust(asked, signer, clone)


def _is_place(uri: str) -> bool:
    """Only what surely names a place is ever told: a key or a PIN pasted in its stead must not be."""
    if uri.startswith("env://"):
        return bool(_VARIABLE.fullmatch(uri.removeprefix("env://")))
    if "PRIVATE KEY" in uri or not uri.isprintable():
        return False
    if is_elsewhere(uri):
        return True
    return uri.startswith("file:") or _is_file(Path(uri))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long to be one
        return False


def _no_key(asked: Asked, written: Written | None) -> Check:
    fix = (GENERATE, "and name it: --key file:gate.key, or OUTSOURCE_GATE_KEY=env://VARIABLE in a job")
    if written and written.policy.signing == "required":
        if run_context(asked.environment).system != "local":
            return say.problem("key", "none given, and the policy requires signed records", *fix)
        return say.warning("key", "none given here; the policy requires that the job signs", *fix)
    return say.not_asked("key", "none given: records are not signed, and nobody can verify them", *fix)


def _opened(asked: Asked, key: str) -> tuple[Signer | None, Check]:
    password = asked.environment.get(PASSWORD_VARIABLE)
    try:
        signer = load_signer(key, password.encode() if password else None, asked.environment)
    except GateError as error:
        return None, say.problem("key", error.message, error.hint)
    return signer, say.ok("key", f"opens: {signer.public_key.algorithm}, id {signer.key_id}")


def _kept(key: str, clone: Clone | None, event: Event | None) -> Iterator[Check]:
    """Who else could take the key."""
    if event and not event.is_trusted:
        yield _exposed(event)
    path = _file(key)
    if path is None:
        return
    worktree = clone.repository.worktree if clone else None
    if clone and worktree and path.resolve().is_relative_to(worktree.resolve()):
        yield _inside(clone, path, worktree)
    if _is_plain(path):
        old, new = quote(str(path)), quote(f"{path}.new")
        encrypt = f"openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000 -in {old} -out {new} && mv {new} {old}"
        yield say.warning("key's password", "the file is not encrypted: a copy of it signs", encrypt)
    else:
        yield say.ok("key's password", "the file is encrypted")


def _exposed(event: Event) -> Check:
    """What was pushed or queued has been reviewed, if only reviewed changes come so far."""
    fix = "give the key to a job that the change cannot edit: on: pull_request_target, or an execution policy"
    if event.name in _AFTER_REVIEW:
        return say.warning("key's job", f"a {event.name} job is defined by what was merged or queued", fix)
    found = f"a {event.name} job is defined by the change: whoever writes the change can take the key"
    return say.problem("key's job", found, fix)


def _file(key: str) -> Path | None:
    if key.startswith("env:"):
        return None
    path = Path(key.removeprefix("file:").removeprefix("//"))
    return path if _is_file(path) else None


def _inside(clone: Clone, path: Path, worktree: Path) -> Check:
    name = path.resolve().relative_to(worktree.resolve()).as_posix()
    if clone.repository.call("ls-files", "-z", "--", name).out:
        fix = (
            GENERATE,
            f"git rm --cached -- {quote(name)}",
            "revoke the old key in the trust file: it was published",
        )
        return say.problem("key's place", f"{name} is committed: whoever reads the repository can sign", *fix)
    return say.warning("key's place", f"{name} lies in the checkout, one `git add` from publication",
                       f"mv {quote(str(path))} ~/")  # fmt: skip


def _is_plain(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_PEM)
    except OSError:
        return False  # `_opened` has said so
    return b"PRIVATE KEY-----" in raw and b"ENCRYPTED" not in raw


def _trust(asked: Asked, signer: Signer | None, clone: Clone | None) -> Iterator[Check]:
    if asked.trust is None:
        yield say.not_asked("trust", "no --trust given, so no key is compared")
        return
    try:
        trust = load_trust(asked.trust)
    except GateError as error:
        yield say.problem("trust", error.message, error.hint)
        return
    if asked.trust.stat().st_mode & stat.S_IWOTH:
        yield say.problem(
            "trust's writers", "everybody on this machine can write it", f"chmod o-w {quote(str(asked.trust))}"
        )
    yield _listed(trust, signer, asked.trust, clone)


def _listed(trust: Trust, signer: Signer | None, file: Path, clone: Clone | None) -> Check:
    if signer is None:
        return say.ok("trust", f"{len(trust.keys)} keys; which of them signs here is not known")
    trusted = trust.find(signer.key_id)
    if trusted is None:
        add = f"outsource-gate keys trust add gate.pub --trust {quote(str(file))}"
        return say.problem("trust", "the key is not listed: no verifier would believe its records", add)
    if why := _refusal(trusted, clone):
        return say.problem("trust", f"{trusted.rule.name}: {why}", f"correct its entry in {file}")
    if trust.bare:
        add = f"outsource-gate keys trust add {quote(str(file))} --trust trust.yaml --until DATE --repository GLOB"
        return say.warning("trust", "a bare public key: believed for ever, for everything", add)
    return say.ok("trust", f"lists the key as {trusted.rule.name}")


def _refusal(trusted: TrustedKey, clone: Clone | None) -> str:
    """Why a verifier would not believe this key for a record made here and now; empty: it would."""
    now = datetime.now(UTC)
    if problem := trusted.problem(now, now):
        return problem
    repository = clone.repository.origin() if clone else None
    if repository and not trusted.covers(repository):
        return f"does not speak for {repository}"
    if trusted.rule.stages is not None and Stage.CHANGE not in trusted.rule.stages:
        return "does not speak for the change stage"
    return ""
