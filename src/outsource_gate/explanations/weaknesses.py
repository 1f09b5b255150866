"""Where can one read on about a weakness, and who is asked where a finding is to stay for a while?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from outsource_gate.model.waiver import Scope

_CWE = re.compile(r"CWE-([1-9][0-9]{0,4})")
_LISTS = {"2021": "https://owasp.org/Top10/2021/", "2025": "https://owasp.org/Top10/2025/"}
_CATEGORIES = {
    "A01:2021": "Broken Access Control",
    "A02:2021": "Cryptographic Failures",
    "A03:2021": "Injection",
    "A04:2021": "Insecure Design",
    "A05:2021": "Security Misconfiguration",
    "A06:2021": "Vulnerable and Outdated Components",
    "A07:2021": "Identification and Authentication Failures",
    "A08:2021": "Software and Data Integrity Failures",
    "A09:2021": "Security Logging and Monitoring Failures",
    "A10:2021": "Server-Side Request Forgery",
    "A01:2025": "Broken Access Control",
    "A02:2025": "Security Misconfiguration",
    "A03:2025": "Software Supply Chain Failures",
    "A04:2025": "Cryptographic Failures",
    "A05:2025": "Injection",
    "A06:2025": "Insecure Design",
    "A07:2025": "Authentication Failures",
    "A08:2025": "Software or Data Integrity Failures",
    "A09:2025": "Security Logging and Alerting Failures",
    "A10:2025": "Mishandling of Exceptional Conditions",
}
WAIVER = (
    "Comments such as nosec or nosemgrep change nothing here. Where a finding is wrong, or has to stay for a "
    "while, ask the owner of the policy for a dated waiver (waivers.yaml), with the rule, file, line and "
    "fingerprint of the report, the reason, and the day by which it will be mended. For a rule that is wrong as "
    "such, ask them to change the rule."
)
_NAMES: dict[Scope, str] = {
    "finding": "the finding's fingerprint",
    "rule": "path and rule (advisory, package), or the finding's fingerprint",
    "path": "the path",
    "vendor": "the vendor",
}


def how_to_keep(scope: Scope | None) -> str:
    """Say how a waiver is asked for, by what it has to name; None: there is none for this."""
    if scope is None:
        return "It cannot be waived."
    return (
        f"Ask the owner of the policy for a dated waiver (waivers.yaml). It names {_NAMES[scope]}, says why, and "
        "is signed by one of the organisation's own people who is not in the change."
    )


def links(cwe: Iterable[str], owasp: Iterable[str]) -> tuple[str, ...]:
    """Give the addresses of the weaknesses, then of OWASP's lists with the names of what is meant there."""
    return (*_of_cwe(cwe), *_of_owasp(owasp))


def _of_cwe(cwe: Iterable[str]) -> Iterator[str]:
    for name in cwe:
        if match := _CWE.fullmatch(name):
            yield f"{name}: https://cwe.mitre.org/data/definitions/{match[1]}.html"


def _of_owasp(owasp: Iterable[str]) -> Iterator[str]:
    for name in owasp:
        year = name.partition(":")[2]
        if name in _CATEGORIES:
            yield f"{name} {_CATEGORIES[name]}: {_LISTS[year]}"
