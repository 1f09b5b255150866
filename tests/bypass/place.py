"""Attacks by where a file lies and what it is called."""

from __future__ import annotations

from tests.bypass.scene import FLAW, Scene, denied, undecided


@denied("symlink", "services/passwd")
def a_link_out_of_the_tree(scene: Scene) -> None:
    scene.repo.symlink("services/passwd", "/etc/passwd")
    scene.commit()


@denied("symlink", "services/loop")
def a_link_to_itself(scene: Scene) -> None:
    scene.repo.symlink("services/loop", "loop")
    scene.commit()


@denied("gitlink", "services/lib")
def a_submodule_without_gitmodules(scene: Scene) -> None:
    scene.repo.gitlink("services/lib", "1" * 40)
    scene.commit()


@denied("path-malformed", "services/a\nb.py")
def a_name_with_a_new_line(scene: Scene) -> None:
    scene.commit({"services/a\nb.py": "x = 1\n"})


@denied("path-malformed", "services/\x1b[2Jclear.py")
def a_name_that_clears_the_screen(scene: Scene) -> None:
    scene.commit({"services/\x1b[2Jclear.py": "x = 1\n"})


@denied("path-malformed", "services/\u202eyp.gpj")
def a_name_that_reads_backwards(scene: Scene) -> None:
    scene.commit({"services/\u202eyp.gpj": "x = 1\n"})


@denied("path-malformed", "services/--config=evil.py")
def a_name_that_is_an_option(scene: Scene) -> None:
    scene.commit({"services/--config=evil.py": "x = 1\n"})


@denied("finding", "services/:(exclude)ping.py")
def a_name_with_pathspec_magic(scene: Scene) -> None:
    scene.commit({"services/:(exclude)ping.py": FLAW})


@denied("finding", "services/'\"$(id).py")
def a_name_with_quotes_and_a_command(scene: Scene) -> None:
    scene.commit({"services/'\"$(id).py": FLAW})


@denied("path-malformed", "services/a\\xff.py")
def a_name_that_is_not_utf8(scene: Scene) -> None:
    scene.repo.write(b"services/a\xff.py", "x = 1\n")
    scene.commit()


@denied("path-twin", "services/pay.py")
def twins_where_case_is_folded(scene: Scene) -> None:
    scene.commit({"services/Pay.py": "x = 1\n", "services/pay.py": "x = 1\n"})


@denied("path-twin", "services/\u00e9.py")
def twins_where_accents_are_composed(scene: Scene) -> None:
    scene.commit({"services/e\u0301.py": "x = 1\n", "services/\u00e9.py": "x = 1\n"})


@undecided("change-unreadable")
def the_same_name_twice_in_a_tree(scene: Scene) -> None:
    """Tools disagree on which of the two is the file."""
    repo = scene.repo
    clean, flaw = repo.blob("x = 1\n"), repo.blob(FLAW)
    tree = repo.raw_tree([("100644", "a.py", clean), ("100644", "a.py", flaw)])
    scene.commit(tree=tree)


@undecided("change-unreadable")
def a_tree_that_climbs_out(scene: Scene) -> None:
    repo = scene.repo
    inner = repo.raw_tree([("100644", "evil.py", repo.blob(FLAW))])
    scene.commit(tree=repo.raw_tree([("40000", "..", inner)]))


@denied("finding", "services/run")
def a_script_without_extension(scene: Scene) -> None:
    scene.commit({"services/run": "#!/usr/bin/python3\n" + FLAW})


@denied("finding", "services/window.pyw")
def an_extension_that_scanners_forget(scene: Scene) -> None:
    scene.commit({"services/window.pyw": FLAW})
