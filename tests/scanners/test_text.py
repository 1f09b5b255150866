"""What hides in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.finding import Read
from outsource_gate.scanners.classify import Classified, classify
from outsource_gate.scanners.text import MAX_OCCURRENCES, text_findings


def rules(path: str, text: str) -> list[str]:
    return [finding.rule for finding in text_findings(path, classify(path, text.encode()))]


@pytest.mark.parametrize(
    "marker",
    [
        "# nosec",
        "#nosec B602",
        "// #nosec G204",
        "# nosemgrep: rule",
        "// nosem",
        "# noqa: E501,S602",
        "# ruff: noqa: S602",
        "// NOSONAR",
        "# gitleaks:allow",
        "# pragma: allowlist secret",
        "# shellcheck disable=SC2086",
        "// eslint-disable-next-line security/detect-eval",
        "// codeql[js/sql-injection]",
        "# checkov:skip=CKV_1",
        "# tfsec:ignore:x",
        "# trivy:ignore:x",
        "# zizmor: ignore[x]",
        "@SuppressFBWarnings",
        "#pragma warning disable CA2100",
        "#pragma warning disable",
        '[SuppressMessage("Security", "CA3001")]',
        "// phpcs:ignore WordPress.Security.EscapeOutput",
        "@psalm-suppress TaintedSql",
        '@Suppress("UNUSED", "kotlin:S5527")',
        '@SuppressLint("TrustAllX509TrustManager")',
        "//nolint",
        "# ruff: noqa",
        "# pyre-ignore[5001]",
        "// NOPMD",
        '@SuppressWarnings("PMD")',
        "// no-dd-sa:rule",
        "# trunk-ignore(bandit/B602)",
        "// jfrog-ignore: x",
        "/* coverity[tainted_data] */",
        "/* Flawfinder: ignore */",
        "// cppcheck-suppress bufferAccessOutOfBounds",
        "// NOLINT(cert-err33-c)",
        "# sobelow_skip ['SQL']",
        "// slither-disable-next-line reentrancy-eth",
        "# safety: ignore",
        "checkov.io/skip1: CKV_K8S_1",
        "ignore-check.kube-linter.io/privileged: x",
        "polaris.fairwinds.com/exempt: x",
        "// secretlint-disable-line",
    ],
)
def test_every_known_marker_is_seen(marker: str) -> None:
    assert rules("a.py", f"x = 1  {marker}\n") == ["text.suppression-marker"]


@pytest.mark.parametrize(
    "text",
    [
        "# noqa: E501",
        "# nosecond thoughts",
        "nosecurity = 1",
        "# eslint-disable no-var",
        "#pragma warning disable CS1591",
    ],
)
def test_other_comments_are_no_markers(text: str) -> None:
    assert rules("a.py", f"x = 1  {text}\n") == []


def test_a_marker_counts_as_often_as_it_stands_there() -> None:
    assert len(rules("a.py", "x = 1  # nosec nosemgrep\n")) == 2


def test_prose_may_speak_of_markers() -> None:
    assert rules("guide.md", "Write `# nosec` nowhere.\n") == []


@pytest.mark.parametrize("char", "\u202a\u202e\u2066\u2069")
@pytest.mark.parametrize("path", ["a.py", "a.md", "a.json", "a.rb"])
def test_turned_text_is_seen_in_every_kind_of_file(path: str, char: str) -> None:
    assert "text.bidi-control" in rules(path, f"x {char} y\n")


@pytest.mark.parametrize("char", "\u200b\u2060\u00ad\u3164")
def test_unseen_characters_are_found_in_code(char: str) -> None:
    assert rules("a.py", f"x = 1  # {char}\n") == ["text.invisible-character"]


def test_joiners_are_letters_of_prose() -> None:
    """Persian and emoji need them."""
    assert rules("a.md", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\n") == []


@pytest.mark.parametrize(
    "path", [".semgrepignore", "sub/.bandit", ".gitleaks.toml", "sonar-project.properties", "src/strict.ruleset"]
)
def test_configuration_of_a_scanner_is_seen_by_name(path: str) -> None:
    assert rules(path, "x\n") == ["text.scanner-configuration"]


@pytest.mark.parametrize(
    ("setting", "counts"),
    [
        ("dotnet_diagnostic.CA2100.severity = none", True),
        ("dotnet_analyzer_diagnostic.category-Security.severity=silent", True),
        ("dotnet_diagnostic.CA2100.severity = error", False),
        ("dotnet_diagnostic.IDE0055.severity = none", False),
    ],
)
def test_an_editor_s_settings_can_silence_the_compiler_s_scanner(setting: str, counts: bool) -> None:
    """.NET takes severities from .editorconfig"""
    assert bool(rules(".editorconfig", f"[*.cs]\n{setting}\n")) is counts


def test_a_place_is_named_by_line() -> None:
    (finding,) = text_findings("a.py", classify("a.py", b"x = 1\ny = 2  # nosec\n"))
    assert (finding.location.start_line, finding.snippet) == (2, ("y = 2  # nosec",))


def test_a_file_full_of_markers_is_one_finding_about_all_of_it() -> None:
    """Nothing can be added below the last one that was listed: the finding is new when anything changes"""
    many = "x = 1  # nosec\n" * (MAX_OCCURRENCES + 1)
    (before,) = text_findings("a.py", classify("a.py", many.encode()))
    (after,) = text_findings("a.py", classify("a.py", f"{many}y = 2  # nosec\n".encode()))
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize("piece", ["# nosec ", "\u202e", "eslint-disable ", "# noqa: ", "pragma: ", "[bandit\n"])
def test_a_large_hostile_text_is_looked_through_to_its_end(piece: str) -> None:
    """Millions of markers, bidi controls or near misses do not hang the gate"""
    text = (piece * 1_000_000)[: 3 << 20] + "\u2066"
    found = text_findings("setup.cfg", Classified(Read.INERT, label="data", text=text))
    assert "text.bidi-control" in {finding.rule for finding in found}


def test_what_only_warns_does_not_crowd_out_what_denies() -> None:
    """Each kind is counted on its own"""
    wide = "".join(f"a({number});{' ' * 120}b();\n" for number in range(MAX_OCCURRENCES + 1))
    assert sorted(rules("a.js", f"{wide}// \u202e\n")) == ["text.bidi-control", "text.unreviewable-code"]


@given(st.text(max_size=300))
def test_no_text_upsets_it(text: str) -> None:
    findings = text_findings("a.py", classify("a.py", text.encode("utf-8", "surrogatepass")))
    assert all(finding.location.start_line >= 1 for finding in findings)
