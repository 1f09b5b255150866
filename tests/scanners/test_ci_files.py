"""Which YAML files define pipelines."""

from __future__ import annotations

import pytest

from outsource_gate.scanners.ci_files import ci_named

JOB = "build:\n  stage: test\n  script:\n    - make\n"


@pytest.mark.parametrize(
    ("path", "text", "label"),
    [
        (".github/workflows/ci.yml", "", "github-actions"),
        (".GitHub/Workflows/CI.YAML", "", "github-actions"),
        ("services/.github/workflows/ci.yml", "", "github-actions"),
        (".forgejo/workflows/ci.yaml", "", "github-actions"),
        ("action.yml", "", "github-actions"),
        ("tools/lint/action.yaml", "", "github-actions"),
        (".github/dependabot.yml", "", "dependabot"),
        (".gitlab-ci.yml", "", "gitlab-ci"),
        ("ci/build.gitlab-ci.yml", "", "gitlab-ci"),
        (".gitlab/ci/deploy/build.yml", "", "gitlab-ci"),
        ("anything.yml", JOB, "gitlab-ci"),
        ("anything.yml", "x:\n  'script': make\n  \"rules\": []\n", "gitlab-ci"),
        ("anything.yml", "include:\n  - remote: https://ci.example/a.yml\n", "gitlab-ci"),
        ("anything.yml", '{"a": {"stage": "b", "script": ["c"]}}\n', "gitlab-ci"),
        ("anything.yml", '{"a": {"scr\\x69pt": ["c"]}}\n', "gitlab-ci"),
        ("anything.yml", "# " + "x" * 300_000 + "\n" + JOB, "gitlab-ci"),
        ("anything.yml", "--- {a: 1}\n---\n" + JOB, "gitlab-ci"),
        ("anything.yml", ".x: &x {script: a}\nb: *x\n", "gitlab-ci"),
        ("anything.yml", "include: https://ci.example/a.yml\n", "gitlab-ci"),
        ("anything.yml", "include:\n  - /ci/a.yml\n", "gitlab-ci"),
        ("anything.yml", JOB + "broken: [\n", "gitlab-ci"),
        ("anything.yml", "include: [{project: a/b, file: c.yml}]\n", "gitlab-ci"),
    ],
)
def test_the_path_says_so_or_the_jobs_do(path: str, text: str, label: str) -> None:
    """GitLab includes files of any name"""
    named = ci_named(path, text)
    assert named is not None
    assert named.label == label


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data.yml", "a: 1\n"),
        (".travis.yml", "language: go\nscript: make\njobs:\n  include:\n    - stage: a\n"),
        ("package.json", '{"scripts": {"test": "x"}}\n'),
        ("api.yml", "a:\n  description: script\n  b: {script: {c: d}}\n"),
        ("steps.yml", "steps:\n  - script: make\n"),
        ("broken.yml", "a: [\nscript: b\n"),
        ("deep.yml", "script: " + "[" * 50_000),
        ("mkdocs.yml", "include: docs\nnav: []\n"),
        (".github/workflows/README.md", JOB),
        ("jobs.txt", JOB),
        ("myaction.yml", "runs: {using: composite}\n"),
        ("pod.yml", "spec:\n  containers:\n    - image: a\n"),
    ],
)
def test_other_files_stay_what_they_are(path: str, text: str) -> None:
    assert ci_named(path, text) is None
