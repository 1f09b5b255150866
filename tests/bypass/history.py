"""Attacks that hide in the history."""

from __future__ import annotations

import hashlib

from tests.bypass.scene import CLEAN, FLAW, INA, VIC, Scene, denied, undecided
from tests.repo import EXECUTABLE, File


@denied("finding", "services/refund.py")
def payload_only_in_a_merge_commit(scene: Scene) -> None:
    scene.commit({"services/a.py": "x = 1\n"})
    scene.repo.switch("main")
    scene.repo.commit("Main goes on", {"core/ledger.py": "y = 2\n"}, author=INA)
    scene.repo.switch("feature")
    scene.repo.merge("main", "Merge main", author=VIC, resolution={"services/refund.py": FLAW})


@denied("finding", "services/refund.py")
def payload_in_an_octopus(scene: Scene) -> None:
    first = scene.commit({"services/a.py": "x = 1\n"})
    scene.repo.branch("side", "main")
    second = scene.commit({"services/b.py": "x = 1\n"})
    scene.repo.branch("third", "main")
    third = scene.commit({"services/c.py": "x = 1\n"})
    scene.repo.switch("feature")
    scene.commit({"services/refund.py": FLAW}, parents=[first, second, third])


@denied("path-denied", "core/ledger.py")
def taking_main_in_and_undoing_it(scene: Scene) -> None:
    """The merge drops what main did."""
    scene.commit({"services/a.py": "x = 1\n"})
    scene.repo.switch("main")
    scene.repo.commit("Fix the ledger", {"core/ledger.py": "fixed = True\n"}, author=INA)
    scene.repo.switch("feature")
    scene.repo.merge("main", "Merge main", author=VIC, resolution={"core/ledger.py": "fixed = False\n"})


@denied("finding", "services/moved.py")
def a_rename_and_one_line_more(scene: Scene) -> None:
    scene.repo.rename("services/big.py", "services/moved.py")
    content = scene.repo.git("show", "main:services/big.py")
    scene.commit(
        {"services/moved.py": f"{content}\n\n\nimport os\n\n\ndef go(x):\n    exec(x)\n    os.system('x ' + x)\n"}
    )


@denied("finding", "services/active.py")
def a_copy_of_an_old_flaw_into_place(scene: Scene) -> None:
    scene.commit({"services/active.py": FLAW})


@denied("finding", "services/legacy.py")
def a_second_copy_of_an_old_flaw_in_its_own_file(scene: Scene) -> None:
    """Counted, not just looked up."""
    second = FLAW[FLAW.index("@app.route") :].replace('"/ping"', '"/ping2"')
    scene.commit({"services/legacy.py": f"{FLAW}\n\n{second}"})


@denied("finding", "docs/notes.py")
def a_rename_into_an_executable_extension(scene: Scene) -> None:
    """Nobody scanned it as prose."""
    scene.repo.rename("docs/notes.txt", "docs/notes.py")
    scene.commit()


@denied("finding", "services/ping.py")
def split_over_commits(scene: Scene) -> None:
    lines = FLAW.splitlines(keepends=True)
    for end in range(1, len(lines) + 1):
        scene.commit({"services/ping.py": "".join(lines[:end])})


@denied("type-changed", "services/refund.py")
def a_file_becomes_a_link(scene: Scene) -> None:
    scene.repo.symlink("services/refund.py", "../core/ledger.py")
    scene.commit()


@denied("finding", "services/tool")
def a_mode_that_makes_it_a_program(scene: Scene) -> None:
    script = (
        "#!/usr/bin/env python3\nimport os, sys\n\n\ndef go(x):\n    os.system('rm ' + x)\n\n\nexec(sys.argv[1])\n"
    )
    scene.commit({"services/tool": File(script, mode=EXECUTABLE)})


@undecided("change-unreadable")
def unrelated_history(scene: Scene) -> None:
    scene.repo.orphan("island")
    scene.commit({"services/refund.py": CLEAN}, parents=[])


@undecided("change-unreadable")
def a_shallow_clone(scene: Scene) -> None:
    """What lies below the cut cannot be attributed."""
    scene.commit({"services/a.py": "x = 1\n"})
    head = scene.commit({"services/b.py": "x = 1\n"})
    (scene.repo.git_dir / "shallow").write_text(f"{head}\n")


@undecided("change-unreadable")
def a_graft_that_cuts_a_commit_out(scene: Scene) -> None:
    scene.commit({"core/ledger.py": "x = 1\n"})
    head = scene.commit({"services/b.py": "x = 1\n"}, author=INA)
    base = scene.repo.rev("main")
    info = scene.repo.git_dir / "info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(f"{head} {base}\n")


@denied("path-denied", "core/ledger.py")
def a_replaced_commit(scene: Scene) -> None:
    """git would show another author and another tree."""
    head = scene.commit({"core/ledger.py": "x = 1\n"})
    scene.repo.branch("decoy", "main")
    decoy = scene.commit({"services/b.py": "x = 1\n"}, author=INA)
    scene.repo.update_ref(f"refs/replace/{head}", decoy)
    scene.repo.switch("feature")


@denied("path-denied", "core/ledger.py")
def a_forged_commit_graph(scene: Scene) -> None:
    """A graph file with a valid checksum takes the vendor's commit out of rev-list."""
    scene.commit({"core/ledger.py": "x = 1\n"})
    scene.commit({"services/b.py": "x = 1\n"}, author=INA)
    scene.by("ida")
    forge_commit_graph(scene)


def forge_commit_graph(scene: Scene) -> None:
    """Let the graph say that the base, an ancestor, is younger than everything and has no parents to walk."""
    repo = scene.repo
    repo.git("commit-graph", "write", "--reachable")
    path = repo.git_dir / "objects" / "info" / "commit-graph"
    raw = bytearray(path.read_bytes())
    head, base = bytes.fromhex(repo.head), bytes.fromhex(repo.rev("main"))
    chunks = {
        bytes(raw[8 + 12 * number : 12 + 12 * number]): int.from_bytes(raw[12 + 12 * number : 20 + 12 * number])
        for number in range(raw[6])
    }
    names = raw[chunks[b"OIDL"] : chunks[b"CDAT"]]
    order = [bytes(names[at : at + 20]) for at in range(0, len(names), 20)]
    row = chunks[b"CDAT"] + order.index(head) * 36
    raw[row + 20 : row + 24] = order.index(base).to_bytes(4)
    raw[-20:] = hashlib.sha1(raw[:-20]).digest()
    path.chmod(0o644)
    path.write_bytes(raw)
