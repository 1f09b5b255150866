"""What hides a part of a YAML file from rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.model.finding import Read, Scan
from outsource_gate.scanners.run import scan_paths
from outsource_gate.scanners.semgrep import SCANNER
from outsource_gate.scanners.yaml_spots import compose_spot, kubernetes_spot
from tests.scanners.fake import write

BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{at}: &a{at} [{','.join([f'*a{at - 1}'] * 10)}]\n" for at in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: b # c\u2028privileged: true\n", "line ends"),
        ("a: b # c\u0085privileged: true\n", "line ends"),
        ("a: b # c\rprivileged: true\n", "line ends"),
        ("a: 1\nb: {c: 1, c: 2}\n", "'c' twice"),
        ('a: "docker\\x2esock"\n', "escapes"),
        ('a: "\\/var\\/run"\n', "escapes"),
        ('é: 1\na: "doc\\\n  ker"\n', "escapes"),
        ("a: !!str 0\n", "tag"),
        ("a: !x b\n", "tag"),
        ("a: [\n", "cannot be parsed"),
        ("a: &a [*a]\n", "stand for more than"),
        ("a: |\n  " + "x " * 20_000 + "\n  y\n", "a line of more than"),
        (BOMB, "stand for more than"),
    ],
)
def test_what_hides_keys_and_values_is_told(text: str, says: str) -> None:
    """in both kinds; semgrep says nothing, or takes all memory there is"""
    assert says in (kubernetes_spot(b"", text) or "")
    assert says in (compose_spot(b"", text) or "")


def test_aliases_and_merge_keys_are_for_compose_files() -> None:
    """rules for Compose look at each key alone, wherever it stands; those for objects look at whole ones"""
    assert "aliases" in (kubernetes_spot(b"", "a: &a 1\nb: *a\n") or "")
    assert "merge key" in (kubernetes_spot(b"", "a: {<<: {b: 1}}\n") or "")
    text = "x-a: &a {b: 1}\nservices:\n  c:\n    <<: *a\n    ports: !reset []\n"
    assert compose_spot(b"", text) is None


@pytest.mark.parametrize(
    "text",
    [
        'a: "one\\n\\ttwo \\"three\\" \\u003cb\\u003e \\\\x41"\n',
        "a: |\n  printf '\\x41'\nb: 'c\\x41'\n",
        "a: {b: 1}\nc: {b: 1}\n---\na: 2\n",
        "a: 1\r\nb: 2\r\n",
        "- a: 1\n- a: 2\n",
        "a: |\n" + "  x\n" * 20_000,
        "",
    ],
)
def test_ordinary_yaml_is_not_held_up(text: str) -> None:
    """near misses of each form"""
    assert kubernetes_spot(b"", text) is None


@pytest.mark.tools
def test_rules_stay_with_their_own_kind(tmp_path: Path) -> None:
    """all kinds are one language to semgrep, and one run reads them side by side"""
    write(tmp_path, "pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {hostPID: true, privileged: true}\n")
    write(tmp_path, "compose.yaml", "services:\n  a:\n    image: b:1\n    hostPID: true\n    privileged: true\n")
    result = scan_paths([tmp_path], scanners=(SCANNER,))
    assert {row.read for row in result.coverage} == {Read.SCANNED}
    scan = next(scan for scan in result.scans if isinstance(scan, Scan) and scan.scanner == "semgrep")
    assert {(Path(finding.location.path).name, finding.rule) for finding in scan.findings} == {
        ("pod.yaml", "kubernetes.pod.host-namespace"),
        ("pod.yaml", "kubernetes.pod.privileged"),
        ("compose.yaml", "compose.service.privileged"),
    }


@pytest.mark.tools
def test_a_merged_default_is_found_where_it_stands(tmp_path: Path) -> None:
    """the services that take it over hold no word of it"""
    text = "x-a: &a\n  privileged: true\nx-i: &i b:latest\nservices:\n  c:\n    <<: *a\n    image: *i\n"
    write(tmp_path, "compose.yaml", text)
    result = scan_paths([tmp_path], scanners=(SCANNER,))
    scan = next(scan for scan in result.scans if isinstance(scan, Scan) and scan.scanner == "semgrep")
    assert {finding.rule for finding in scan.findings} == {
        "compose.service.privileged",
        "compose.service.image-not-pinned",
    }
