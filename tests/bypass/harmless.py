"""Harmless changes: each must be let through."""

from __future__ import annotations

from tests.bypass.approval import _update
from tests.bypass.scene import CLEAN, FLAW, IDA, INA, PNG, VIC, Scene, allowed


@allowed
def an_edit(scene: Scene) -> None:
    scene.commit({"services/refund.py": CLEAN + "\n\nLIMIT = 10\n"})


@allowed
def a_new_file_and_its_test(scene: Scene) -> None:
    scene.commit(
        {"services/fee.py": CLEAN, "tests/test_fee.py": "def test_fee() -> None:\n    assert 1 + 1 == 2\n"}
    )


@allowed
def a_deletion(scene: Scene) -> None:
    scene.commit({"services/big.py": None})


@allowed
def removing_an_old_flaw(scene: Scene) -> None:
    scene.commit({"services/legacy.py": CLEAN})


@allowed
def an_edit_beside_an_old_flaw(scene: Scene) -> None:
    """What the base has is not this change's doing."""
    scene.commit({"services/legacy.py": FLAW.replace("import subprocess", '"""Old."""\n\nimport subprocess')})


@allowed
def moving_a_file_with_an_old_flaw(scene: Scene) -> None:
    """A rename pairs with its old self."""
    scene.repo.rename("services/legacy.py", "services/older.py")
    scene.commit()


@allowed
def prose_and_a_picture(scene: Scene) -> None:
    scene.commit({"docs/guide.md": "# Guide\n\nHow to refund.\n", "assets/new.png": PNG})


@allowed
def several_commits_by_two_of_them(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"})
    scene.commit({"services/a.py": "A = 2\n"}, author="Val <val@acme-dev.example>")


@allowed
def signed_with_the_registered_key(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"}, sign=scene.vic_key)


@allowed
def one_of_ours_helps_and_signs(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"})
    scene.commit({"services/a.py": "A = 2\n"}, author=INA, sign=scene.ina_key)
    scene.reviews = [scene.review("ida")]


@allowed
def an_update_from_main_after_the_approval(scene: Scene) -> None:
    _update(scene, None)


@allowed
def an_assistant_in_a_trailer(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"}, trailers=["Co-authored-by: Assistant <noreply@assistant.example>"])


@allowed
def made_in_the_forges_editor(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"}, committer="GitHub <noreply@github.com>")


@allowed
def words_that_only_look_like_markers(scene: Scene) -> None:
    text = '"""Nosecond, nosegrep and the sonar of a boat; see noqanswer."""\n\nNOSECONDS = 0\n'
    scene.commit({"services/words.py": text})


@allowed
def letters_of_other_languages(scene: Scene) -> None:
    scene.commit(
        {
            "docs/\u4f7f\u7528\u8bf4\u660e.md": "# \u9000\u6b3e\n",
            "services/stra\u00dfe.py": 'NAME = "Stra\u00dfe"\n',
        }
    )


@allowed
def names_with_blanks(scene: Scene) -> None:
    scene.commit({"docs/How we refund.md": "# Refunds\n", "docs/it's (new) [1].md": "# More\n"})


@allowed
def changes_requested_and_then_approved(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"})
    first = scene.review(state="CHANGES_REQUESTED", submitted_at="2026-11-01T10:30:00Z")
    scene.reviews = [first, scene.review(id=2)]


@allowed
def a_strangers_comment(scene: Scene) -> None:
    scene.commit({"services/a.py": "A = 1\n"})
    stranger = {"login": "passer-by", "id": 77}
    scene.reviews = [scene.review(), scene.review(state="COMMENTED", id=2, reviewer=stranger)]


@allowed
def our_own_change_of_a_workflow(scene: Scene) -> None:
    """No vendor in the change: nothing of it is held against anybody."""
    scene.commit({".github/workflows/ci.yml": "on: pull_request\njobs: {}\n"}, author=INA)
    scene.by("ida")
    scene.reviews = []


@allowed
def our_own_change_of_the_policy(scene: Scene) -> None:
    scene.policy_in_repo = True
    policy = scene.repo.git("show", "main:.outsource-gate/policy.yaml")
    scene.commit({".outsource-gate/policy.yaml": f"{policy}\ntimezone: Europe/Berlin\n"}, author=IDA)
    scene.by("ina")
    scene.reviews = []


@allowed
def a_bots_lock_file(scene: Scene) -> None:
    """By its number and the forge's word."""
    bot = {"login": "renovate[bot]", "id": 29139614, "type": "Bot"}
    head = scene.commit({"web/package-lock.json": "{}\n"}, author="renovate[bot] <bot@renovate.example>")
    scene.opener, scene.pushers, scene.reviews = bot, [bot], []
    scene.extra["commits"] = [{"sha": head, "verified": True, "signer": bot}]


@allowed
def javascript_and_go(scene: Scene) -> None:
    go = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("refund")\n}\n'
    scene.commit({"web/app.js": "export const fee = (n) => n * 2;\n", "cmd/main.go": go}, author=VIC)
