"""What stands in the hook that is installed, and what an earlier one remembers.

Plain POSIX sh: it has to say what is wrong even where the Python it was written for is gone.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Literal

Kind = Literal["pre-push", "pre-receive"]
MARK = "# outsource-gate judges what is pushed."
KEPT = ".before-outsource-gate"  # what the name of the hook that was here before ends in

_SCRIPT = """\
#!/bin/sh
{mark} Written by `outsource-gate hook install`, which also changes it;
# `outsource-gate hook uninstall` takes it out again and puts back what was here before.
python={python}
policy={policy}
targets={targets}

here=$(dirname -- "$0")
before=$here/{kind}{kept}
refs=$(cat; echo .) # the dot keeps the end of the last line
refs=${{refs%.}}

# The hook that was here before gets the same arguments and the same input, and its no is a no.
if [ -x "$before" ]; then
    printf %s "$refs" | "$before" "$@" || exit
fi
[ -n "$refs" ] || exit 0 # everything is up to date

set -f
set -- -- "$@"
for target in $targets; do set -- --target "$target" "$@"; done
[ -z "$policy" ] || set -- --policy "$policy" "$@"
if [ -x "$python" ]; then
    printf %s "$refs" | "$python" -I -m outsource_gate hook {kind} "$@"
    code=$?
    [ "$code" -ne 0 ] || exit 0
    ! "$python" -I -c 'import outsource_gate' 2>/dev/null || exit "$code"
fi
remedy="rm '$0'"
[ ! -e "$before" ] || remedy="mv '$before' '$0'"
cat >&2 <<END
outsource-gate: nothing was judged, so nothing is pushed: there is no outsource-gate at $python any more
  → install it again and run \\`outsource-gate hook install{again}\\`, or take the hook out: $remedy
END
exit 3
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the hook is to call, and with what."""

    python: str  # absolute
    policy: str = ""  # absolute; "" for the base's
    targets: tuple[str, ...] = ()


def script(kind: Kind, remembered: Remembered) -> str:
    """Give the hook as text."""
    return _SCRIPT.format(
        mark=MARK,
        kind=kind,
        kept=KEPT,
        python=_quoted(remembered.python),
        policy=_quoted(remembered.policy),
        targets=_quoted(" ".join(remembered.targets)),
        again="" if kind == "pre-push" else f" {kind}",
    )


def is_ours(text: str) -> bool:
    return any(line.startswith(MARK) for line in text.splitlines()[:3])


def remembered_in(text: str) -> Remembered:
    """Read what an installed hook remembers; what cannot be read is not remembered."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, quoted = line.partition("=")
        if equals and name in ("python", "policy", "targets"):
            values.setdefault(name, _unquoted(quoted))
    targets = tuple(values.get("targets", "").split())
    return Remembered(values.get("python", ""), values.get("policy", ""), targets)


def _quoted(text: str) -> str:
    """Always within quotes, so that an empty value is one too."""
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _unquoted(quoted: str) -> str:
    try:
        return "".join(shlex.split(quoted))
    except ValueError:
        return ""
