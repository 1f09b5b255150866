"""What is wrong where zizmor says so, and what helps? Its report names neither weakness nor remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audit:
    """One of zizmor's checks."""

    cwe: tuple[str, ...]
    fix: str


def _audit(fix: str, *numbers: int) -> Audit:
    return Audit(tuple(f"CWE-{number}" for number in numbers), fix)


UNKNOWN = Audit((), "")
# Those that its default persona reports of such files without a network; a test holds each to an example.
# What is not here is reported without these words.
AUDITS = {
    "adhoc-packages": _audit("Install from a lock file (npm ci, pip install --require-hashes).", 1357),
    "archived-uses": _audit("Use an action that somebody maintains.", 1104),
    "artipacked": _audit("Set persist-credentials: false on the checkout.", 522),
    "bot-conditions": _audit("Compare github.event's numeric actor id, not a name or github.actor.", 290),
    "cache-poisoning": _audit("Do not restore caches in a workflow that releases.", 349),
    "dangerous-triggers": _audit("Use pull_request; keep secrets away from foreign code.", 829),
    "dependabot-cooldown": _audit("Set a cooldown of some days for the ecosystem.", 1357),
    "dependabot-execution": _audit("Take insecure-external-code-execution: allow out.", 829),
    "excessive-permissions": _audit("Set permissions: {} on the workflow and what it needs on each job.", 250),
    "github-app": _audit("Limit the token to repositories and permissions that the step needs.", 250),
    "github-env": _audit("Write nothing that others wrote to GITHUB_ENV or GITHUB_PATH.", 77),
    "hardcoded-container-credentials": _audit("Revoke the password, and take it from secrets.", 798),
    "insecure-commands": _audit("Take ACTIONS_ALLOW_UNSECURE_COMMANDS out; write to GITHUB_ENV.", 77),
    "obfuscation": _audit("Write the expression or path plainly.", 506),
    "overprovisioned-secrets": _audit("Name the secrets that the step needs, one by one.", 250),
    "secrets-inherit": _audit("Hand over the secrets that the called workflow needs, one by one.", 250),
    "template-injection": _audit("Hand the value over in env: and use it as \"$NAME\" in the script.", 94),
    "typosquat-uses": _audit("Name the repository that is meant.", 829),
    "unpinned-images": _audit("Name the image by its digest.", 829),
    "unpinned-tools": _audit("Name the version of the tool that the action installs.", 829),
    "unpinned-uses": _audit("Name the action by the full hash of a commit.", 829),
    "unredacted-secrets": _audit("Make each field a secret of its own; only whole ones are masked.", 532),
    "unsound-condition": _audit("Write the condition without a block scalar, or strip it: if: |- ...", 670),
    "unsound-contains": _audit("Look the value up in a list: contains(fromJSON('[...]'), value).", 697),
    "unsound-ternary": _audit("Let the middle value never be empty or false, or turn the condition round.", 670),
    "use-trusted-publishing": _audit("Publish with OpenID Connect instead of a stored token.", 798),
}  # fmt: skip
