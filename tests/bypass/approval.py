"""Attacks on the approval."""

from __future__ import annotations

from tests.bypass.scene import APPROVED, CLEAN, INA, VIC, Scene, denied, undecided

WORK = {"services/refund.py": CLEAN + "\n\nLIMIT = 10\n"}


@denied("approvals-missing")
def ones_own_approval(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review("vic")]


@denied("approvals-missing")
def a_colleagues_approval(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review("val")]


@denied("approvals-missing")
def an_affiliates_approval(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review("lab")]


@denied("approvals-missing")
def a_strangers_approval(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review(reviewer={"login": "sock", "id": 31337})]


@denied("approvals-missing")
def a_recreated_login_approves(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review(reviewer={"login": "ina", "id": 31337})]


@denied("approvals-missing")
def a_bot_approves(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review(reviewer={"login": "ina", "id": 1, "type": "Bot"})]


@denied("approvals-missing")
def a_deleted_account_approves(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review(reviewer=None)]


@denied("approvals-missing")
def approval_before_the_last_push(scene: Scene) -> None:
    earlier = scene.commit(WORK)
    scene.commit({"services/refund.py": CLEAN + "\n\nLIMIT = 11\n"})
    scene.reviews = [scene.review(commit=earlier)]


@denied("approvals-missing")
def approval_rebound_by_a_force_push(scene: Scene) -> None:
    """The forge shows it at the new head; it was given before that head arrived."""
    scene.commit(WORK)
    scene.arrived = "2026-11-01T12:00:00Z"


@denied("approvals-missing")
def approval_at_the_very_instant_of_the_push(scene: Scene) -> None:
    scene.commit(WORK)
    scene.arrived = "2026-11-01T12:00:00+01:00"  # the same instant as the approval, written otherwise


@denied("approvals-missing")
def a_dismissed_approval(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review(), scene.review(state="DISMISSED", submitted_at="2026-11-01T12:00:00Z", id=2)]


@denied("changes-requested")
def changes_requested_after_the_approval(scene: Scene) -> None:
    scene.commit(WORK)
    later = scene.review("ida", "CHANGES_REQUESTED", submitted_at="2026-11-01T12:00:00Z", id=2)
    scene.reviews = [scene.review(), later]


@denied("approvals-missing")
def a_comment_that_says_approved(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review(state="COMMENTED")]


@denied("approvals-missing")
def a_trailer_that_says_reviewed(scene: Scene) -> None:
    scene.commit(WORK, trailers=["Reviewed-by: Ina Internal <ina@corp.example>", "Approved-by: ina"])
    scene.reviews = []


@denied("approvals-missing")
def the_approver_is_named_as_co_author(scene: Scene) -> None:
    """Naming the reviewer takes the reviewer out; dropping the trailer is the cure."""
    scene.commit(WORK, trailers=["Co-authored-by: Ina Internal <ina@corp.example>"])


@denied("approvals-missing")
def an_approval_that_names_no_commit(scene: Scene) -> None:
    scene.commit(WORK)
    scene.reviews = [scene.review(commit=None)]


@undecided("reviews-unknown")
def a_list_of_reviews_that_broke_off(scene: Scene) -> None:
    scene.commit(WORK)
    scene.extra["reviews"] = None


@undecided("arrival-unknown")
def a_head_that_nobody_saw_arrive(scene: Scene) -> None:
    scene.commit(WORK)
    scene.extra["head_seen_at"] = None


def _update(scene: Scene, resolution: dict[str, str] | None) -> None:
    """The vendor's commit is approved, then main is merged into the branch."""
    approved = scene.commit(WORK)
    scene.repo.switch("main")
    scene.repo.commit("Main goes on", {"core/ledger.py": "y = 2\n"}, author=INA)
    scene.repo.switch("feature")
    scene.repo.merge("main", "Merge main", author=VIC, resolution=resolution)
    pushes = [{"sha": approved, "seen_at": "2026-11-01T10:00:00Z"}]
    scene.extra["pushes"] = pushes
    scene.arrived = "2026-11-01T13:00:00Z"
    scene.reviews = [scene.review(commit=approved, submitted_at=APPROVED)]


@denied("approvals-missing")
def payload_in_the_resolution_of_an_update_merge(scene: Scene) -> None:
    _update(scene, {"services/refund.py": CLEAN + "\n\nLIMIT = 10_000_000\n"})


@denied("approvals-missing")
def payload_in_an_update_merge_that_a_merge_driver_repeats(scene: Scene) -> None:
    """A driver of the clone's own configuration would make redoing the merge give the payload, too."""
    payload = CLEAN + "\n\nLIMIT = 10_000_000\n"
    (scene.folder / "payload").write_text(payload)
    scene.repo.config("merge.evil.driver", f"cp {scene.folder / 'payload'} %A")
    info = scene.repo.git_dir / "info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text("*.py merge=evil\n")
    scene.repo.switch("main")
    scene.repo.commit(
        "Touch the same file", {"services/refund.py": '"""Refunds of ours."""\n' + CLEAN[15:]}, author=INA
    )
    scene.repo.switch("feature")
    _update(scene, {"services/refund.py": payload})
