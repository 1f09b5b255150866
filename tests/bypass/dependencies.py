"""Packages that a change brings in past those who read it."""

from __future__ import annotations

import json

from tests.bypass.scene import INA, Scene, allowed, denied, undecided

INDEX = "https://index.example"
SHA = "sha512-" + "A" * 86 + "=="
FOLDER = "services/web"
MANIFEST, LOCK = f"{FOLDER}/package.json", f"{FOLDER}/package-lock.json"
PINS = "services/requirements.txt"


def manifest(**wanted: str) -> str:
    return json.dumps({"name": "web", "version": "1.0.0", "dependencies": wanted or {"left": "^1.0.0"}}, indent=2)


def lock(asked: dict[str, str] | None = None, **entries: dict[str, object]) -> str:
    asked = asked or {"left": "^1.0.0"}
    packages: dict[str, object] = {"": {"name": "web", "version": "1.0.0", "dependencies": asked}}
    chosen: dict[str, dict[str, object]] = {"left": {}} | entries
    packages |= {f"node_modules/{name}": entry(name) | more for name, more in chosen.items()}
    return json.dumps({"name": "web", "lockfileVersion": 3, "packages": packages}, indent=2)


def entry(name: str, version: str = "1.2.0") -> dict[str, object]:
    return {"version": version, "resolved": f"{INDEX}/{name}/-/{name}-{version}.tgz", "integrity": SHA}


def at_base(scene: Scene, files: dict[str, str]) -> None:
    scene.repo.switch("main")
    scene.repo.commit("Have packages", files, author=INA)
    scene.repo.branch("work")


def npm(scene: Scene) -> None:
    at_base(scene, {MANIFEST: manifest(), LOCK: lock()})


@denied("look-alike", PINS)
def a_name_one_key_away(scene: Scene) -> None:
    scene.commit({PINS: "reqeusts==2.31.0\n"})


@denied("foreign-index", PINS)
def a_second_index(scene: Scene) -> None:
    at_base(scene, {PINS: "requests==2.31.0\n"})
    scene.commit({PINS: "--extra-index-url=https://packages.example/simple\nrequests==2.31.0\n"})


@denied("foreign-index", "services/deps")
def an_index_in_a_file_that_is_read_in(scene: Scene) -> None:
    """Its name says nothing; a file that nobody changed reads it."""
    at_base(scene, {PINS: "-r deps\n", "services/deps": "requests==2.31.0\n"})
    scene.commit({"services/deps": "-i https://packages.example/simple\nrequests==2.31.0\n"})


@denied("unsafe-index", PINS)
def a_trusted_host(scene: Scene) -> None:
    scene.commit({PINS: "--trusted-host packages.example\nrequests==2.31.0\n"})


@denied("source-vcs", PINS)
def a_branch_of_a_repository(scene: Scene) -> None:
    scene.commit({PINS: "requests @ git+https://git.example/psf/requests.git@main ; python_version > '3'\n"})


@denied("source-url", MANIFEST)
def an_archive_from_an_address(scene: Scene) -> None:
    npm(scene)
    scene.commit({MANIFEST: manifest(left="https://files.example/left.tgz")})


@denied("hash-lost", LOCK)
def a_lock_entry_without_its_hash(scene: Scene) -> None:
    npm(scene)
    scene.commit({LOCK: lock().replace(f',\n      "integrity": "{SHA}"', "")})


@denied("foreign-index", LOCK)
def a_lock_entry_from_another_host(scene: Scene) -> None:
    npm(scene)
    scene.commit({LOCK: lock().replace(INDEX, "https://mirror.example")})


@denied("lock-elsewhere", LOCK)
def a_lock_entry_that_takes_another_package(scene: Scene) -> None:
    npm(scene)
    scene.commit({LOCK: lock(left={"resolved": f"{INDEX}/right/-/right-1.2.0.tgz"})})


@denied("lock-disagrees", MANIFEST)
def a_lock_below_what_is_asked_for(scene: Scene) -> None:
    npm(scene)
    scene.commit({LOCK: lock(left=entry("left", "0.9.0"))})


@denied("lock-disagrees", MANIFEST)
def a_manifest_without_its_lock(scene: Scene) -> None:
    npm(scene)
    scene.commit({MANIFEST: manifest(left="^1.0.0", right="^2.0.0")})


@denied("hash-lost", MANIFEST)
def no_lock_any_more(scene: Scene) -> None:
    npm(scene)
    scene.commit({LOCK: None})


@denied("install-code", MANIFEST)
def a_hook_in_the_manifest(scene: Scene) -> None:
    npm(scene)
    scene.commit(
        {MANIFEST: manifest().replace('"version"', '"scripts": {"postinstall": "node setup.js"},\n  "version"')}
    )


@denied("foreign-index", f"{FOLDER}/.npmrc")
def an_index_for_one_scope(scene: Scene) -> None:
    npm(scene)
    scene.commit({f"{FOLDER}/.npmrc": "@corp:registry=https://npm.example/\n"})


@denied("source-vcs", "services/go.mod")
def a_replaced_module(scene: Scene) -> None:
    module = "module corp.example/pay\n\ngo 1.22\n\nrequire lib.example/log v1.2.0\n"
    sums = "".join(
        f"{name} h1:{'A' * 43}=\n" for name in ("lib.example/log v1.2.0", "lib.example/log v1.2.0/go.mod")
    )
    at_base(scene, {"services/go.mod": module, "services/go.sum": sums})
    scene.commit({"services/go.mod": f"{module}\nreplace lib.example/log => fork.example/log main\n"})


@undecided("dependencies-unread")
def a_file_that_no_tool_of_ours_reads(scene: Scene) -> None:
    scene.commit({PINS: "requests==2.31.0\n--unheard-of option\n"})


@undecided("dependencies-unread")
def a_key_that_stands_twice(scene: Scene) -> None:
    """One tool takes the first, another one the last."""
    npm(scene)
    scene.commit({MANIFEST: '{"dependencies": {"left": "^1.0.0"}, "dependencies": {"right": "*"}}\n'})


@undecided("dependencies-unread")
def a_manifest_that_is_computed(scene: Scene) -> None:
    scene.commit({"services/Gemfile": "gem(*%w[rails 7.0])\n"})


@allowed
def an_upgrade_with_its_lock(scene: Scene) -> None:
    npm(scene)
    asked = {"left": "^1.3.0"}
    scene.commit({MANIFEST: manifest(left="^1.3.0"), LOCK: lock(asked, left=entry("left", "1.3.1"))})


@allowed
def a_new_package_from_the_same_index(scene: Scene) -> None:
    npm(scene)
    asked = {"left": "^1.0.0", "right": "^2.0.0"}
    scene.commit({MANIFEST: manifest(**asked), LOCK: lock(asked, right=entry("right", "2.1.0"))})


@allowed
def pins_that_go_up(scene: Scene) -> None:
    at_base(scene, {PINS: "# ours\nrequests==2.31.0  # http\nflask==3.0.0\n"})
    scene.commit({PINS: "# ours\nflask==3.0.1\nrequests==2.32.0 ; python_version >= '3.9'\n"})


@allowed
def a_package_less(scene: Scene) -> None:
    at_base(scene, {PINS: "requests==2.31.0\nflask==3.0.0\n"})
    scene.commit({PINS: "flask==3.0.0\n"})


@allowed
def an_old_oddity_beside_a_new_line(scene: Scene) -> None:
    """What the base has is not this change's doing."""
    at_base(scene, {PINS: "-i https://packages.example/simple\nreqeusts==1.0\n"})
    scene.commit({PINS: "-i https://packages.example/simple\nflask==3.0.0\nreqeusts==1.0\n"})


@allowed
def prose_that_only_ends_like_a_list(scene: Scene) -> None:
    scene.commit({"docs/notes-on-packages.txt": "We use requests, from the usual index.\n"})
