"""What does somebody do next who has just got a proposal? Commands to copy."""

from __future__ import annotations

import shlex

_COMMIT = 'git add {} && git commit -m "Say who may change what here"'


def next_steps(folder: str, branch: str, *, in_repository: bool) -> str:
    """Give three steps, each with the command."""
    where = shlex.quote(folder)
    base = shlex.quote(branch.removeprefix("refs/remotes/").removeprefix("refs/heads/"))
    policy = "" if in_repository else f" --policy {where}"
    steps = (
        (
            "Check each line that says `proposal`, fill in what is missing, and ask:",
            f"outsource-gate policy lint --policy {where}",
        ),
        (
            "Bring it to the branch that changes go to; what lies there judges them:",
            _COMMIT.format(where),
        )
        if in_repository
        else (
            "Keep it where no change can write to it; this is how strict it is:",
            f"outsource-gate policy explain --vendor unknown{policy}",
        ),
        (
            "Make a key outside the repository, and judge a change:",
            "outsource-gate keys generate --out ../gate",
            f"outsource-gate check --base {base}{policy} --key file:../gate.key",
        ),
    )
    lines = (f"  {number}. {what}\n" + "".join(f"       {one}\n" for one in commands)
             for number, (what, *commands) in enumerate(steps, 1))  # fmt: skip
    return "\nNext:\n" + "\n".join(lines).rstrip("\n")
