"""Attacks on the question who made the change."""

from __future__ import annotations

from tests.bypass.scene import INA, VIC, Scene, denied, undecided
from tests.repo import commit_body

TOUCH = {"core/ledger.py": "x = 1\n"}  # what Acme must not touch: denied if the change is seen to be Acme's


@denied("path-denied", "core/ledger.py")
def internal_name_as_author(scene: Scene) -> None:
    scene.commit(TOUCH, author=INA, committer=VIC)


@denied("path-denied", "core/ledger.py")
def internal_name_as_committer(scene: Scene) -> None:
    scene.commit(TOUCH, author=VIC, committer=INA)


@denied("path-denied", "core/ledger.py")
def internal_name_as_both(scene: Scene) -> None:
    scene.commit(TOUCH, author=INA)


@denied("path-denied", "core/ledger.py")
def internal_name_as_both_pushed_by_a_colleague(scene: Scene) -> None:
    """Opened by one of ours who was asked to, pushed by the vendor."""
    scene.commit(TOUCH, author=INA)
    scene.by("ida")
    scene.pushers = [{"login": "valv", "id": 4712}]


@denied("path-denied", "core/ledger.py")
def an_address_of_ours_for_a_persons_of_theirs(scene: Scene) -> None:
    """Staff augmentation: the register beats the internal pattern."""
    scene.commit(TOUCH, author="Vic <vic@corp.example>")
    scene.by("ida")


@denied("path-denied", "core/ledger.py")
def upper_case_address(scene: Scene) -> None:
    scene.commit(TOUCH, author="Vic <VIC@ACME-DEV.EXAMPLE>")
    scene.by("ida")


@denied("identity-unknown")
def unknown_address(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, author="Eve <eve@evil.example>")


@denied("identity-unknown")
def empty_address(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, author="Ina <>")


@denied("identity-unknown")
def look_alike_domain(scene: Scene) -> None:
    """A Cyrillic o."""
    scene.commit({"services/x.py": "x = 1\n"}, author="Ina <ina@c\u043erp.example>")
    scene.by("ida")


@denied("identity-unknown")
def internal_domain_as_a_prefix(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, author="Ina <ina@corp.example.evil.example>")
    scene.by("ida")


@denied("commit-malformed")
def address_that_is_not_utf8(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, author=b"Vic <vic\xff@acme-dev.example>")


@denied("commit-malformed")
def two_author_lines(scene: Scene) -> None:
    """Tools disagree on which of them counts."""
    scene.commit({"services/x.py": "x = 1\n"}, headers=[b"author Ina <ina@corp.example> 1767225600 +0000"])


@denied("path-denied", "core/ledger.py")
def co_author_behind_a_nul(scene: Scene) -> None:
    """git shows a message only as far as its first NUL."""
    scene.commit(TOUCH, author=INA, message=b"Tidy up\n\0\n\nCo-authored-by: Vic <vic@acme-dev.example>\n")
    scene.by("ida")


@denied("path-denied", "core/ledger.py")
def co_author_at_the_end_of_three_megabytes(scene: Scene) -> None:
    padding = "all work and no play\n" * 150_000
    scene.commit(TOUCH, author=INA, message=f"Tidy up\n\n{padding}\n\nCo-authored-by: Vic <vic@acme-dev.example>\n")
    scene.by("ida")


@denied("path-denied", "core/ledger.py")
def co_author_in_odd_spelling(scene: Scene) -> None:
    scene.commit(
        TOUCH, author=INA, message="Tidy up\n\nCO-AUTHORED-BY : Vic <vic@acme-dev.example>\n\nThat is all.\n"
    )
    scene.by("ida")


@denied("path-denied", "core/ledger.py")
def mailmap_in_the_branch(scene: Scene) -> None:
    scene.commit({**TOUCH, ".mailmap": "Ina Internal <ina@corp.example> <vic@acme-dev.example>\n"})
    scene.by("ida")


@denied("path-denied", "core/ledger.py")
def mailmap_in_the_clones_configuration(scene: Scene) -> None:
    (scene.folder / "map").write_text("Ina Internal <ina@corp.example> <vic@acme-dev.example>\n")
    scene.repo.config("mailmap.file", str(scene.folder / "map"))
    scene.repo.config("log.mailmap", "true")
    scene.commit(TOUCH)
    scene.by("ida")


@denied("identity-unknown")
def a_bots_name(scene: Scene) -> None:
    """The number in the address is a claim like the rest of it."""
    bot = "renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>"
    scene.commit({"services/package-lock.json": "{}\n"}, author=bot)
    scene.by("ida")


@denied("identity-unknown")
def an_assistant_as_author(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, author="Assistant <noreply@assistant.example>")
    scene.by("ida")


@denied("path-denied", "core/ledger.py")
def a_no_reply_address(scene: Scene) -> None:
    scene.commit(TOUCH, author="Ina <4711+ina@users.noreply.github.com>")
    scene.by("ida")


@denied("signing-key-foreign")
def a_colleagues_signing_key(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, sign=scene.ina_key)


@denied("signing-key-foreign")
def ones_own_key_under_an_internal_name(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, author=INA, sign=scene.vic_key)


@denied("signature-bad")
def a_signature_of_something_else(scene: Scene) -> None:
    repo = scene.repo
    tree = repo.git("rev-parse", "HEAD^{tree}")
    parent = repo.head
    other = commit_body(tree, [parent], INA, INA, 1767225600, "Something else\n")
    body = commit_body(tree, [parent], INA, INA, 1767225600, "Looks signed\n")
    repo.update_ref("refs/heads/feature", repo.raw_commit(repo.with_signature(body, scene.ina_key.sign(other))))
    scene.commit({"services/x.py": "x = 1\n"})


@denied("identity-unknown")
def a_recreated_login(scene: Scene) -> None:
    """The login is free again after somebody left; the number is not."""
    scene.commit({"services/x.py": "x = 1\n"}, author=INA)
    scene.opener = {"login": "ina", "id": 999}
    scene.pushers = [scene.opener]


@undecided("opener-unknown")
def an_opener_nobody_names(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, author=INA)
    scene.by("ida")
    scene.extra["author"] = None


@undecided("pushers-unknown")
def pushers_nobody_names(scene: Scene) -> None:
    scene.commit({"services/x.py": "x = 1\n"}, author=INA)
    scene.by("ida")
    scene.extra["pushers"] = None
