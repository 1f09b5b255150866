"""Which weaknesses do the shipped rules look for, in which language? Written from the rules' own metadata."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).resolve().parent.parent / "policies" / "rules"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

OWASP_2021 = (
    "Broken access control", "Cryptographic failures", "Injection", "Insecure design", "Security misconfiguration",
    "Vulnerable and outdated components", "Identification and authentication failures",
    "Software and data integrity failures", "Security logging and monitoring failures",
    "Server-side request forgery",
)  # fmt: skip
OWASP_2025 = (
    "Broken access control", "Security misconfiguration", "Software supply chain failures",
    "Cryptographic failures", "Injection", "Insecure design", "Authentication failures",
    "Software or data integrity failures", "Security logging and alerting failures",
    "Mishandling of exceptional conditions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weakness:
    """A row of the CWE Top 25: `kinds` are narrower ones that count for it, `limits` what no rule sees."""

    cwe: int
    name: str
    kinds: tuple[int, ...] = ()
    limits: str = ""


_DECIDES = "which user may do what is the application's own decision; rules see endpoints that ask nobody"
_MEMORY = "sizes and lifetimes across functions need an analyser that compiles the code"
TOP_25 = (  # cwe.mitre.org/top25, 2025
    Weakness(79, "Cross-site scripting", (80, 83, 87)),
    Weakness(89, "SQL injection", (564,)),
    Weakness(352, "Cross-site request forgery", (), "only where a framework's protection is switched off"),
    Weakness(862, "Missing authorization", (), _DECIDES),
    Weakness(787, "Out-of-bounds write", (120, 121, 122, 242), _MEMORY),
    Weakness(22, "Path traversal", (23, 36, 73, 59)),
    Weakness(416, "Use after free", (415,), _MEMORY),
    Weakness(125, "Out-of-bounds read", (126, 127), _MEMORY),
    Weakness(78, "OS command injection", (88,)),
    Weakness(94, "Code injection", (95, 96, 98, 470, 1336)),
    Weakness(120, "Classic buffer overflow", (242, 676), _MEMORY),
    Weakness(434, "Unrestricted upload of files", (), "what happens to a stored file later"),
    Weakness(476, "NULL pointer dereference", (), "what a caller may pass"),
    Weakness(121, "Stack-based buffer overflow", (), _MEMORY),
    Weakness(502, "Deserialization of untrusted data"),
    Weakness(122, "Heap-based buffer overflow", (), _MEMORY),
    Weakness(863, "Incorrect authorization", (639, 285), _DECIDES),
    Weakness(20, "Improper input validation", (1287, 1333, 1286), "what is valid in this application"),
    Weakness(284, "Improper access control", (250, 269, 276, 285, 732), _DECIDES),
    Weakness(200, "Exposure of sensitive information", (209, 215, 312, 532, 538, 598), "what is sensitive"),
    Weakness(306, "Missing authentication", (287, 288), _DECIDES),
    Weakness(918, "Server-side request forgery"),
    Weakness(77, "Command injection", (78, 88)),
    Weakness(639, "Authorization by a key of the user's choice", (), _DECIDES),
    Weakness(770, "Allocation without limits", (400, 409, 789, 1333), "limits of the server in front"),
)
NOT_SEEN = """\
## What cannot be found so

Rules read one file at a time, as text of the language. None of them sees:

- data that goes through another file, a database, a queue or a template before it does harm;
- whether a permission is asked where it must be, and whether it is the right one: that is review's part;
- what a build, a macro, an annotation processor or generated code adds;
- what is called by a name made at run time (reflection, dynamic import), but for the calls themselves;
- memory errors that depend on sizes or lifetimes elsewhere: use a compiler's sanitizers or CodeQL, and import
  their results ([other scanners](results.md));
- races between requests, and wrong answers of cryptography that is used rightly;
- what the running system does: headers, TLS, sessions. That is DAST's part ([other scanners](results.md)).

A row without rules is no promise that a language is free of the weakness. Bandit finds more in Python, zizmor in
pipelines of GitHub; [scanners](scanners.md) says which files are read, and what counts as unread.
"""


def coverage_page() -> str:
    """Give the page in Markdown."""
    rules = dict(_by_language())
    total = sum(map(len, rules.values()))
    made = f"Made from the rules by `make docs`: {total} rules for {len(rules)} kinds of files."
    lines = ["# What the rules look for\n", made, "Numbers are rules; one rule can count in several columns.\n"]
    lines += ["## OWASP Top 10:2025\n", *_owasp(rules, "2025", OWASP_2025)]
    lines += ["## OWASP Top 10:2021\n", *_owasp(rules, "2021", OWASP_2021)]
    lines += ["## CWE Top 25 (2025)\n", *_top_25(rules)]
    return "\n".join([*lines, NOT_SEEN])


def _by_language() -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    for folder in sorted(path for path in RULES.iterdir() if path.is_dir()):
        files = (path for path in sorted(folder.glob("*.yaml")) if ".test." not in path.name)
        yield folder.name, [rule["metadata"] for file in files for rule in _rules(file)]


def _rules(file: Path) -> Iterable[Any]:
    document = yaml.load(file.read_bytes(), Loader=_LOADER)  # noqa: S506 - the safe loader, in C where there is one
    return document.get("rules", ()) if isinstance(document, dict) else ()


def _owasp(rules: Mapping[str, list[Mapping[str, Any]]], year: str, names: tuple[str, ...]) -> Iterator[str]:
    ids = [f"A{number:02}" for number in range(1, 11)]
    yield f"| files | {' | '.join(ids)} | all |"
    yield f"|---|{'---:|' * (len(ids) + 1)}"
    for language, own in rules.items():
        counts = Counter(name.partition(":")[0] for one in own for name in one["owasp"] if name.endswith(year))
        yield f"| {language} | {' | '.join(str(counts[name] or '·') for name in ids)} | {len(own)} |"
    yield ""
    yield "; ".join(f"{identifier} {name}" for identifier, name in zip(ids, names, strict=True)) + ".\n"


def _top_25(rules: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[str]:
    yield "| | weakness | rules by kind of file | not seen |"
    yield "|---|---|---|---|"
    for rank, weakness in enumerate(TOP_25, 1):
        wanted = {f"CWE-{number}" for number in (weakness.cwe, *weakness.kinds)}
        counts: dict[str, int] = defaultdict(int)
        for language, own in rules.items():
            counts[language] = sum(bool(wanted & set(one["cwe"])) for one in own)
        found = ", ".join(f"{language} {count}" for language, count in counts.items() if count) or "none"
        kinds = f" (with {', '.join(map(str, weakness.kinds))})" if weakness.kinds else ""
        yield f"| {rank} | CWE-{weakness.cwe}{kinds} {weakness.name} | {found} | {weakness.limits} |"
    yield ""
