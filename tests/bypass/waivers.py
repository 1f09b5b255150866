"""Attacks on waivers: one's own, another's, one that is over, one for something else."""

from __future__ import annotations

from typing import Any

from outsource_gate.model.waiver import Waiver
from outsource_gate.waivers import NAMESPACE, signed_bytes
from tests.bypass.scene import FLAW, INA, Scene, allowed, denied
from tests.repo import SigningKey

PATH = "services/ping.py"
ENTRY: dict[str, Any] = {
    "id": "w1",
    "reason": "a tool of our own operators, on their network alone",
    "gate": "sast",
    "rules": ["python.flask.command-injection", "bandit.B602", "python.process.shell-with-variable"],
    "vendor": "acme",
    "path": PATH,
    "approver": "ina",
    "issued": "2026-11-01",
    "expires": "2026-11-30",
}
TWICE = FLAW.replace("shell=True)", "shell=True) + subprocess.check_output(host, shell=True)")


def signed(key: SigningKey, **fields: Any) -> str:
    """One waiver as its file would hold it, signed over exactly these fields."""
    waiver = Waiver.model_validate(ENTRY | fields)
    return written(fields, key.sign(signed_bytes(waiver, "Corp"), NAMESPACE.decode()).decode())


def written(fields: dict[str, Any], signature: str = "") -> str:
    lines = [f"  {name}: {value}" for name, value in (ENTRY | fields).items()]
    block = ["  signature: |", *(f"    {line}" for line in signature.splitlines())] if signature else []
    return "- " + "\n".join([*lines, *block]).lstrip() + "\n"


def grant(scene: Scene, entry: str) -> None:
    """Put a waiver where the policy is read."""
    policy = scene.policy / "policy.yaml"
    policy.write_text(policy.read_text() + "waivers: waivers.yaml\n")
    (scene.policy / "waivers.yaml").write_text(entry)


@allowed
def a_waiver_that_our_approver_signed(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key))
    scene.commit({PATH: FLAW})


@denied("finding", PATH)
def a_waiver_that_the_change_brings_along(scene: Scene) -> None:
    """What head says of the policy judges nothing, however well it is signed."""
    scene.policy_in_repo = True
    policy = (scene.policy / "policy.yaml").read_text() + "waivers: waivers.yaml\n"
    files = {"policy.yaml": policy, "waivers.yaml": signed(scene.ina_key)}
    scene.commit({PATH: FLAW, **{f".outsource-gate/{name}": text for name, text in files.items()}})


@denied("finding", PATH)
def a_waiver_with_a_name_and_no_signature(scene: Scene) -> None:
    grant(scene, written({}))
    scene.commit({PATH: FLAW})


@denied("finding", PATH)
def a_waiver_that_the_vendor_signed(scene: Scene) -> None:
    grant(scene, signed(scene.vic_key))
    scene.commit({PATH: FLAW})


@denied("finding", PATH)
def a_waiver_that_was_dated_anew_after_signing(scene: Scene) -> None:
    late = signed(scene.ina_key, issued="2026-09-01", expires="2026-11-20")
    grant(scene, late.replace("2026-11-20", "2026-11-29"))
    scene.commit({PATH: FLAW})


@denied("finding", PATH)
def a_waiver_that_is_over(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key, expires="2026-11-22"))
    scene.commit({PATH: FLAW})


@denied("finding", PATH)
def a_waiver_for_another_vendor(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key, vendor="acme-labs"))
    scene.commit({PATH: FLAW})


@denied("finding", "services/pong.py")
def the_waived_code_under_another_name(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key))
    scene.commit({"services/pong.py": FLAW})


@denied("finding", "Services/ping.py")
def the_waived_path_in_another_case(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key))
    scene.commit({"Services/ping.py": FLAW})


@denied("finding", "services/ping.py/ping.py")
def a_folder_with_the_waived_name(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key))
    scene.commit({"services/ping.py/ping.py": FLAW})


@denied("finding", "services/[a]/ping.py")
def a_path_that_looks_like_the_pattern(scene: Scene) -> None:
    """The waiver's path is a pattern; a file that is called like it is another file."""
    grant(scene, signed(scene.ina_key, path="services/[a]/ping.py"))
    scene.commit({"services/[a]/ping.py": FLAW})


@denied("finding", PATH)
def a_second_copy_of_what_is_waived(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key))
    second = FLAW.partition("@app.route")[2].replace("/ping", "/pong").replace("def ping", "def pong")
    scene.commit({PATH: f"{FLAW}\n\n@app.route{second}"})


@denied("finding", PATH)
def more_of_the_same_on_the_waived_line(scene: Scene) -> None:
    """One reason stands for both, and the waiver covers one."""
    grant(scene, signed(scene.ina_key))
    scene.commit({PATH: TWICE})


@denied("finding", PATH)
def a_waiver_by_somebody_who_wrote_the_change_along(scene: Scene) -> None:
    grant(scene, signed(scene.ina_key))
    scene.reviews = [scene.review("ida")]
    scene.commit({PATH: FLAW}, trailers=[f"Co-authored-by: {INA}"])


@denied("policy-touched", ".outsource-gate/policy.yaml")
def a_report_only_window_that_the_change_brings_along(scene: Scene) -> None:
    scene.policy_in_repo = True
    policy = (scene.policy / "policy.yaml").read_text()
    window = policy.replace("{extends: baseline}", "{extends: baseline, standard: {report_only_until: 2027-01-31}}")
    scene.commit({PATH: FLAW, ".outsource-gate/policy.yaml": window})
