"""Which YAML files have rules of their own."""

from __future__ import annotations

import pytest

from outsource_gate.model.finding import Read
from outsource_gate.scanners.classify import classify

OBJECT = "apiVersion: v1\nkind: Pod\n"
SERVICES = "services:\n  a:\n    image: b:1\n"


@pytest.mark.parametrize(
    ("path", "text", "label"),
    [
        ("deploy/pod.yaml", OBJECT, "kubernetes"),
        ("pod.YML", "# a\n---\na: 1\n---\n" + OBJECT, "kubernetes"),
        ("pod.json", '{"kind": "Pod", "apiVersion": "v1"}', "kubernetes"),
        ("kustomization.yaml", "resources: [a.yaml]\n", "kubernetes"),
        ("compose.yaml", SERVICES, "compose"),
        ("a/docker-compose.prod.yml", SERVICES, "compose"),
        ("a/docker-compose.prod.yml", "include: [a.yaml]\n", "compose"),
        ("stack.yml", SERVICES, "compose"),
        ("a.yaml", "a: 1\n", "data"),
        ("a.yaml", "apiVersion: v1\nname: a chart\n", "data"),
        ("a.yaml", "spec:\n  apiVersion: v1\n  kind: Pod\n", "data"),
        ("services.yml", "services:\n  App\\Mailer:\n    arguments: [a]\n", "data"),
        ("compose.yaml", "volumes: {a: {}}\n", "data"),
        ("a.yaml", "", "data"),
        ("a.yaml", "{{ not: yaml", "a template"),
        ("a.yaml", OBJECT + "spec: {{ .Values.spec }}\n", "a template"),
        ("chart/templates/a.yaml", OBJECT + '# {{ "\\n" }}spec: 1\n', "a template"),
        ("rule.yaml", OBJECT + "text: '{{ $value }}'\n", "kubernetes"),
        ("a.md", OBJECT, "prose"),
    ],
)
def test_a_yaml_file_is_of_the_kind_that_its_content_shows(path: str, text: str, label: str) -> None:
    """names are the vendor's to choose, so content counts; other YAML stays data"""
    assert classify(path, text.encode()).label == label


@pytest.mark.parametrize(
    "text",
    [
        '"apiV\\x65rsion": v1\nkind: Pod\n',
        "!!binary YXBpVmVyc2lvbg==: v1\nkind: Pod\n",
        "a: &a apiVersion\n*a : v1\nkind: Pod\n",
        "a: &a {apiVersion: v1, kind: Pod}\n<<: *a\n",
        OBJECT + "a: [\n",
        OBJECT + "\tb: 1\n",
    ],
)
def test_an_object_that_is_spelt_oddly_is_never_data(text: str) -> None:
    """each is an object to some loader, and none can be compared with rules"""
    file = classify("a.yaml", text.encode())
    assert file.read is Read.UNREAD
    assert file.reason


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docker-compose.yml", SERVICES + OBJECT),
        (".github/workflows/a.yml", "on: push\njobs: {}\n" + OBJECT),
        ("deploy/action.yml", OBJECT),
        ("ci/templates/a.yml", "a:\n  script: [make]  # {{\n"),
        ("ci/a.yml", ".a: &a\n  b: &b {script: [make]}\napiVersion: *b\nkind: *b\n"),
    ],
)
def test_a_file_of_two_kinds_is_unread(path: str, text: str) -> None:
    """only one kind's rules would look at it"""
    file = classify(path, text.encode())
    assert file.read is Read.UNREAD
    assert "can be read as" in file.reason
