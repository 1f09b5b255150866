"""Which comments and files silence security scanners? Tables only; `text` reads them.

From each tool's own documentation. `noqa` counts only with a rule of flake8-bandit or ruff's S family.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marker:
    """One way to silence a tool in a text. `word`, in lower case, is in every match: a quick look first."""

    tools: str
    word: str
    pattern: re.Pattern[str]
    names: re.Pattern[str] | None = None  # what has to follow on the line: a rule about security
    in_prose: bool = False  # the tool reads prose, too


def _marker(tools: str, word: str, pattern: str, names: str | None = None, *, in_prose: bool = False) -> Marker:
    """Take the rest of the line where rules are named there: one look at it, however often the word comes."""
    whole = re.compile(pattern + (r"[^\n]*" if names else ""), re.IGNORECASE)
    return Marker(tools, word, whole, re.compile(names, re.IGNORECASE) if names else None, in_prose)


MARKERS = (
    _marker("bandit, gosec", "nosec", r"(?:#|//|/\*)[ \t]*#?nosec(?![a-z])"),
    _marker("gosec", "gosec:disable", r"gosec:disable\b"),
    _marker("gosec in golangci-lint", "nolint", r"//[ \t]*nolint:", r"\b(?:gosec|all)\b"),
    _marker("golangci-lint", "nolint", r"//[ \t]*nolint[ \t]*(?://|$|\n)"),
    _marker("staticcheck", "lint:", r"//[ \t]*lint:(?:file-)?ignore[ \t]", r"\bSA\d|\bgosec\b"),
    _marker("semgrep", "nosem", r"\bnosem(?:grep)?\b"),
    _marker("ruff, flake8-bandit", "noqa",
            r"#[ \t]*(?:(?:ruff|flake8)[ \t]*:[ \t]*)?noqa[ \t]*:", r"\bS\d{1,3}\b"),
    _marker("ruff, flake8", "noqa", r"#[ \t]*(?:ruff|flake8)[ \t]*:[ \t]*noqa[ \t]*(?:\n|$)"),
    _marker("Pysa", "pyre-", r"#[ \t]*pyre-(?:ignore|fixme)(?:-all-errors)?\[[\d, ]*5\d\d\d"),
    _marker("SonarQube", "nosonar", r"\bNOSONAR\b"),
    _marker("PMD", "nopmd", r"\bNOPMD\b"),
    _marker("PMD, Error Prone, detekt", "suppress", r"@(?:file:)?Suppress(?:Warnings|Lint)?\(",
            r"\"(?:PMD(?:\.(?:HardCoded|Insecure|Avoid\w*Crypto|\w*IV)\w*)?\"|BanJNDI|BanClassLoader|BanSerializableRead"
            r"|InsecureCryptoUsage|UnsafeReflective\w*|detekt(?::\w+)?\")|\"all\""),
    _marker("SonarQube", "suppresswarnings", r"@SuppressWarnings\(", r"\"(?:java:|squid:|findsecbugs)"),
    _marker(".NET analysers", "pragma", r"#pragma[ \t]+warning[ \t]+disable\b",
            r"\b(?:CA(?:2[13]\d\d|30\d\d|5[34]\d\d)|SCS\d{4}|SYSLIB0011)\b|disable\s*(?://|$)"),
    _marker(".NET analysers", "suppressmessage", r"\bSuppressMessage(?:Attribute)?\(",
            r"Security|CA(?:2[13]\d\d|30\d\d|5[34]\d\d)|SCS\d{4}"),
    _marker("SonarQube", "suppress(", r"@(?:file:)?Suppress\(", r"\"kotlin:S\d"),
    _marker("Android Lint", "suppresslint", r"@SuppressLint\(",
            r"Trust|Certificate|Hostname|Javascript|JavaScript|World|SecureRandom|GetInstance|Unsafe|Exported|Intent"),
    _marker("SpotBugs", "suppressfbwarnings", r"@SuppressFBWarnings\b"),
    _marker("ESLint", "eslint-disable", r"\beslint-disable",
            r"security|no-eval|no-implied-eval|no-new-func|no-script-url|no-unsanitized|no-secrets|\bxss\b|\bdetect-"),
    _marker("Biome", "biome-ignore", r"\bbiome-ignore(?:-\w+)?[ \t]+lint/security\b"),
    _marker("PHP_CodeSniffer", "phpcs:", r"\bphpcs:(?:ignore|disable)\b", r"\bSecurity\b|\bWordPress\.DB\b"),
    _marker("Psalm", "psalm-suppress", r"@psalm-suppress\b", r"\bTainted"),
    _marker("CodeQL", "codeql", r"\bcodeql[ \t]*\["),
    _marker("CodeQL, LGTM", "lgtm", r"\blgtm[ \t]*\["),
    _marker("DeepSource", "skipcq", r"\bskipcq\b"),
    _marker("Datadog", "no-dd-sa", r"\bno-dd-sa\b"),
    _marker("Codiga", "codiga-disable", r"\bcodiga-disable\b"),
    _marker("Trunk", "trunk-ignore", r"\btrunk-ignore(?:-begin|-all)?\("),
    _marker("JFrog", "jfrog-ignore", r"\bjfrog-ignore\b"),
    _marker("Coverity", "coverity", r"\bcoverity[ \t]*\["),
    _marker("Flawfinder, RATS", "ignore", r"\b(?:flawfinder|RATS|ITS4):[ \t]*ignore\b"),
    _marker("Cppcheck", "cppcheck-suppress", r"\bcppcheck-suppress(?:-\w+)?\b"),
    _marker("PVS-Studio", "//-v", r"//-V(?::[\w:]+:)?\d{3,4}\b"),
    _marker("Sobelow", "sobelow_skip", r"\bsobelow_skip\b"),
    _marker("Slither", "slither-disable", r"\bslither-disable\b"),
    _marker("Solhint", "solhint-disable", r"\bsolhint-disable\b"),
    _marker("Safety", "safety:", r"#[ \t]*safety:[ \t]*ignore\b", in_prose=True),
    _marker("Brakeman", "brakeman", r"\bbrakeman:[ \t]*(?:ignore|skip)\b"),
    _marker("cfn-nag", "rules_to_suppress", r"\brules_to_suppress\b"),
    _marker("cdk-nag", "nagsuppressions", r"\bNagSuppressions\.add"),
    _marker("Checkov", "checkov.io/skip", r"\bcheckov\.io/skip\d*"),
    _marker("KubeLinter", "ignore-check", r"\bignore-check\.kube-linter\.io/|\bkube-linter\.io/ignore-all\b"),
    _marker("Polaris", "fairwinds", r"\bpolaris\.fairwinds\.com/[\w-]*exempt"),
    _marker("Terrascan", "terrascan.io/skip", r"\bterrascan\.io/skip\b"),
    _marker("Snyk", "deepcode", r"\bdeepcode[ \t]+ignore\b"),
    _marker("Bearer", "bearer:disable", r"\bbearer:disable\b"),
    _marker("njsscan", "njsscan-ignore", r"\bnjsscan-ignore\b"),
    _marker("mobsfscan", "mobsf-ignore", r"\bmobsf-ignore\b"),
    _marker("Horusec", "nohorus", r"\bnohorus\b"),
    _marker("DevSkim", "devskim", r"\bdevskim:[ \t]*ignore\b"),
    _marker("RuboCop", "rubocop", r"\brubocop:(?:disable|todo)\b", r"\bSecurity\b|\ball\b"),
    _marker("clang-tidy", "nolint", r"\bNOLINT(?:NEXTLINE|BEGIN)?\(", r"\b(?:cert|clang-analyzer-security)\b|\(\*"),
    _marker("ShellCheck", "shellcheck", r"\bshellcheck[ \t]+disable[ \t]*="),
    _marker("Hadolint", "hadolint", r"\bhadolint[ \t]+(?:global[ \t]+)?ignore[ \t]*="),
    _marker("Checkov", "checkov:skip", r"\bcheckov:skip\b"),
    _marker("Terrascan", "ts:skip", r"#ts:skip\b"),
    _marker("tfsec", "tfsec:ignore", r"\btfsec:ignore\b"),
    _marker("Trivy", "trivy:ignore", r"\btrivy:ignore\b"),
    _marker("KICS", "kics-scan", r"\bkics-scan[ \t]+(?:ignore|disable)\b"),
    _marker("zizmor", "zizmor", r"\bzizmor:[ \t]*ignore\b"),
    _marker("Gitleaks", "gitleaks:allow", r"\bgitleaks:allow\b", in_prose=True),
    _marker("TruffleHog", "trufflehog:ignore", r"\btrufflehog:ignore\b", in_prose=True),
    _marker("Kingfisher", "kingfisher", r"\bkingfisher:(?:ignore|allow)\b", in_prose=True),
    _marker("secretlint", "secretlint-disable", r"\bsecretlint-disable\b", in_prose=True),
    _marker("ggshield", "ggignore", r"\bggignore\b", in_prose=True),
    _marker("Talisman", "talisman-ignore", r"\btalisman-ignore\b", in_prose=True),
    _marker("detect-secrets", "pragma",
            r"\bpragma:[ \t]*(?:allow|white)list[ \t]+(?:nextline[ \t]+)?secret\b", in_prose=True),
)  # fmt: skip

# Files that tell a scanner what to leave out, wherever they lie.
CONFIGURATION = re.compile(
    r"""(?:.*/)?(?:
      \.semgrepignore | \.?semgrep\.ya?ml | \.semgrep/.+ | \.bandit | \.?bandit\.ya?ml | \.?gosec\.json
    | \.?gitleaks\.toml | \.gitleaksignore | \.?zizmor\.ya?ml | \.?checkov\.ya?ml | \.checkov\.baseline
    | \.trivyignore(?:\.ya?ml)? | trivy\.ya?ml | \.snyk | \.dcignore | sonar-project\.properties
    | \.?sonar(?:cloud|lint)\.(?:properties|json) | \.secrets\.baseline | \.gitguardian\.ya?ml | \.talismanrc
    | \.?trufflehog[^/]* | \.?kingfisher[^/]* | \.shellcheckrc | shellcheckrc | \.?hadolint\.ya?ml | \.njsscan
    | \.mobsf | \.?tfsec(?:\.ya?ml|\.json|/.+) | \.?kics\.[^/]+ | \.?terrascan[^/]* | \.?bearer\.(?:ya?ml|ignore)
    | \.deepsource\.toml | \.?codeql(?:-config)?\.ya?ml | \.?lgtm\.ya?ml | codeql/.+\.ya?ml | horusec[^/]*\.json
    | \.?osv-scanner\.toml | \.grype\.ya?ml | \.?(?:spot|find)bugs-(?:security-)?exclude[^/]*\.xml
    | \.?brakeman\.(?:ignore|ya?ml) | \.bundler-audit\.ya?ml
    | dependency-check-suppressions?\.xml | \.whitesource | \.devskim\.json | \.nancy-ignore
    | \.cargo/audit\.toml | audit\.toml | deny\.toml | \.nsprc | \.npmauditignore | audit-ci\.jsonc? | \.auditrc
    | \.dockleignore | \.gitallowed | \.secretsignore | \.?secretlintrc[^/]* | \.poutine\.ya?ml
    | \.kube-linter\.ya?ml
    | \.cfn_nag[^/]* | \.slither\.config\.json | slither\.config\.json | \.solhint(?:ignore|\.json) | \.sobelow[^/]*
    | psalm(?:-baseline)?\.xml(?:\.dist)? | \.pmd | \.detekt\.ya?ml | \.prowler[^/]* | \.github/codeql/.+
    | \.safety-policy\.ya?ml | [^/]+\.ruleset | (?:[^/]+)?\.globalconfig
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# Sections of shared files that do the same: file name -> how the section begins.
SECTIONS = {
    ".editorconfig": re.compile(
        r"^[ \t]*dotnet_(?:diagnostic\.(?:CA(?:2[13]|30|5[34])\d\d|SCS\d{4}|S\d{3,4})"
        r"|analyzer_diagnostic(?:\.category-security)?)\.severity[ \t]*=[ \t]*(?:none|silent|suggestion)\b",
        re.MULTILINE | re.IGNORECASE,
    ),
    "pyproject.toml": re.compile(r"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*[\"']?(?:bandit|semgrep)\b", re.MULTILINE),
    ".rubocop.yml": re.compile(r"^Security(?:/\w+)?:(?:\n[ \t]+[^\n]*)*?\n[ \t]+Enabled:[ \t]*false", re.MULTILINE),
    ".golangci.yml": re.compile(r"^[ \t]*(?:gosec:|-[ \t]*gosec\b|-[ \t]*G\d{3}\b)", re.MULTILINE),
    "setup.cfg": re.compile(r"^\[(?:tool:)?bandit\b", re.MULTILINE),
    "tox.ini": re.compile(r"^\[(?:tool:)?bandit\b", re.MULTILINE),
}
