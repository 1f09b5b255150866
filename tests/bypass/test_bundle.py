"""What a contractor's bundle says before a push is what the whole policy says of the same change."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from outsource_gate.check import judge_collected
from outsource_gate.collect import collect
from outsource_gate.model.verdict import Answer, Decision, Effect, Stage, Status
from outsource_gate.policy.bundle import ExpiredBundleError
from outsource_gate.policy.bundle_export import Terms, export_bundle
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings, gates
from outsource_gate.request import Request
from tests.bypass.families import FAMILIES
from tests.bypass.scene import ACCOUNTS, INA, NOW, SCENARIOS, VIC, Scenario, Scene, build
from tests.repo import SigningKey

# One of each kind that is decided by what the push stage asks; the whole corpus takes minutes.
CHOSEN = frozenset((
    "content-utf_16", "content-text_that_reads_otherwise_than_it_runs", "harmless-an_edit",
    "dependencies-a_second_index", "dependencies-pins_that_go_up", "past-brought_in_and_taken_out_again",
    "personal_data-in_a_table", "personal_data-translations",
    "workflows-the_environment_sent_away", "workflows-updates_of_packages",
    "harmless-several_commits_by_two_of_them", "harmless-signed_with_the_registered_key",
    "harmless-one_of_ours_helps_and_signs", "harmless-an_assistant_in_a_trailer", "harmless-a_bots_lock_file",
    "history-payload_only_in_a_merge_commit", "history-unrelated_history", "place-a_link_out_of_the_tree",
    "place-a_name_that_is_not_utf8", "rules-editing_a_workflow", "rules-moving_a_foreign_file_into_ones_own_folder",
    "secrets-added_and_removed_again", "secrets-in_a_message",
    "silence-nosec", "silence-a_marker_alone", "who-internal_name_as_author", "who-internal_name_as_both",
    "who-an_address_of_ours_for_a_persons_of_theirs", "who-look_alike_domain", "who-empty_address",
    "who-a_no_reply_address", "who-a_colleagues_signing_key", "who-ones_own_key_under_an_internal_name",
    "who-a_signature_of_something_else",
))  # fmt: skip
Codes = dict[tuple[str | None, str], tuple[Status, tuple[str, ...]]]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[SigningKey, SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    return SigningKey.generate(folder, "vic"), SigningKey.generate(folder, "ina")


@pytest.fixture
def scene(tmp_path: Path, keys: tuple[SigningKey, SigningKey]) -> Scene:
    return build(tmp_path, *keys)


@dataclass(frozen=True)
class Judged:
    """A change of the vendor judged at the push stage, by the whole policy and by the vendor's bundle."""

    policy: Decision
    bundle: Decision


def judged(scene: Scene) -> Judged:
    """The bundle's holder is about to push; the whole policy is told the same where no commit says so."""
    request = Request(
        repo=scene.repo.path,
        policy=scene.policy,
        base=scene.base,
        head=scene.head or scene.repo.current,
        now=scene.now,
        stage=Stage.PUSH,
    )
    whole = decide(request)
    if not any(vendor == "acme" for vendor, _ in codes(whole)):
        pushed = scene.folder / "pushed.json"
        told = {"repository": "corp/payments", "author": ACCOUNTS["vic"], "pushers": [ACCOUNTS["vic"]]}
        pushed.write_text(json.dumps(told))
        whole = decide(replace(request, change=pushed))
    return Judged(whole, decide(replace(request, policy=bundle(scene))))


def bundle(scene: Scene) -> Path:
    policy = load_policy(FolderSource(scene.policy), gate_settings())
    asked = {gate.id for gate in gates().values() if Stage.PUSH in gate.stages}
    file = scene.folder / "acme.bundle.json"
    file.write_bytes(export_bundle(policy, "acme", asked, gate_settings(), Terms(NOW, 90, bytes(32))).content)
    return file


def decide(request: Request) -> Decision:
    return judge_collected(collect(request, lambda _: None))


def codes(decision: Decision) -> Codes:
    return {
        (verdict.vendor, verdict.gate): (verdict.status, tuple(sorted(reason.code for reason in verdict.reasons)))
        for verdict in decision.verdicts
    }


def of(vendor: str, decision: Decision) -> Codes:
    return {key: told for key, told in codes(decision).items() if key[0] == vendor}


def not_judged_here(decision: Decision) -> Codes:
    """What a bundle makes of everybody but its vendor: one verdict, on their commits and not on them."""
    found = [
        reason
        for verdict in decision.verdicts
        for reason in verdict.reasons
        if verdict.gate == "identity" and verdict.vendor == "unknown"
    ]
    if not found:
        return {}
    told = sorted(reason.code.replace("identity-unknown", "identity-not-judged-here") for reason in found)
    others = [reason for reason in found if reason.code != "identity-unknown" and reason.effect is Effect.DENY]
    return {("elsewhere", "identity"): (Status.FAIL if others else Status.INDETERMINATE, tuple(told))}


def test_the_chosen_scenes_are_there() -> None:
    """of most families; what others are about is not asked before a push, or not of everybody"""
    known = {scenario.id: scenario for scenario in SCENARIOS}
    assert known.keys() >= CHOSEN
    families = {name.partition("-")[0] for name in CHOSEN}
    assert families < {family.__name__.rpartition(".")[2] for family in FAMILIES}
    assert len(families) >= 11


@pytest.mark.tools
@pytest.mark.parametrize(
    "scenario", [scenario for scenario in SCENARIOS if scenario.id in CHOSEN], ids=lambda scenario: scenario.id
)
def test_the_bundle_answers_as_the_policy_does(scenario: Scenario, scene: Scene) -> None:
    """gate by gate the same status and codes; only who is not in the bundle is left undecided instead of denied"""
    scenario.script(scene)
    found = judged(scene)
    assert of("acme", found.bundle) == of("acme", found.policy)
    elsewhere = {key: told for key, told in codes(found.bundle).items() if key[0] not in ("acme", None)}
    assert elsewhere == not_judged_here(found.policy)
    if scenario.answer is Answer.DENY and scenario.code in gates()["identity"].reasons and elsewhere:
        assert found.bundle.answer is not Answer.ALLOW
    elif scenario.answer is Answer.DENY:
        assert scenario.code in {code for _, told in codes(found.bundle).values() for code in told}
        assert found.bundle.answer is Answer.DENY
    elif not elsewhere and scenario.answer is Answer.ALLOW:
        assert found.bundle.answer is found.policy.answer


@pytest.mark.tools
def test_another_vendors_colleague_is_not_judged_here(scene: Scene) -> None:
    """their rules are not in the bundle: the vendor's own part is judged, theirs is left undecided"""
    scene.commit({"services/a.py": "A = 1\n"}, message="Pair\n\nCo-authored-by: Lab <lab@labs.example>\n")
    found = judged(scene)
    assert of("acme", found.bundle) == of("acme", found.policy)
    assert found.policy.answer is Answer.DENY  # acme-labs was granted no access
    assert found.bundle.answer is Answer.UNDECIDED
    (verdict,) = (verdict for verdict in found.bundle.verdicts if verdict.vendor == "elsewhere")
    assert [reason.code for reason in verdict.reasons] == ["identity-not-judged-here"]
    assert "another vendor" in verdict.reasons[0].message
    assert not any(word in repr(verdict) for word in ("acme-labs", "Acme Labs"))


@pytest.mark.tools
def test_a_signed_internal_commit_is_believed_by_hash(scene: Scene) -> None:
    """our own person's key and address are known to be one person's, and nobody is named"""
    scene.commit({"services/a.py": "A = 1\n"}, author=INA, sign=scene.ina_key)
    scene.commit({"services/b.py": "B = 1\n"}, author=VIC, sign=scene.vic_key)
    found = judged(scene)
    assert of("acme", found.bundle) == of("acme", found.policy)
    assert found.bundle.answer is Answer.ALLOW
    assert found.bundle.answer is found.policy.answer


@pytest.mark.tools
def test_internal_names_alone_are_the_pushers_work(scene: Scene) -> None:
    """before a push the whole policy knows no pusher; whoever holds the bundle is one, as CI will say"""
    scene.commit({"core/ledger.py": "x = 1\n"}, author=INA)
    decision = decide(
        Request(scene.repo.path, bundle(scene), scene.base, scene.repo.current, None, Stage.PUSH, scene.now)
    )
    assert decision.answer is Answer.DENY
    assert of("acme", decision)["acme", "access"] == (Status.FAIL, ("path-denied",))


def test_a_bundle_that_is_over_decides_nothing(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"})
    later = NOW.replace(year=2027, month=3)
    with pytest.raises(ExpiredBundleError, match="valid until 2027-01-14, today is 2027-03-23"):
        decide(Request(scene.repo.path, bundle(scene), scene.base, scene.repo.current, None, Stage.PUSH, later))
