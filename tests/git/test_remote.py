"""Is only that server talked to that was meant, and does a token go to no other?"""

from __future__ import annotations

import base64
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.evidence_exchange import fetch, push
from outsource_gate.git.evidence_ref import REF, path_of
from outsource_gate.git.remote import EVIDENCE_TOKEN, Credential, find_remote, networked
from outsource_gate.git.repository import Repository
from tests.git.https_server import Server, serving
from tests.repo import Repo

HEAD, DIGEST = "a" * 40, "1" * 64
FILES = {path_of(HEAD, DIGEST): b"{}"}
TOKEN = "t0k3n-of-the-gate"
GITHUB = {"GITHUB_SERVER_URL": "https://forge.example", "GITHUB_TOKEN": "job"}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "clone")
    repo.commit("one", {"a": "1"})
    return repo


@pytest.fixture
def clone(repo: Repo) -> Repository:
    return Repository.open(repo.path)


@pytest.mark.parametrize(
    "address",
    [
        "https://forge.example/corp/evidence.git",
        "https://forge.example:8443/corp/evidence",
        "https://[2001:db8::1]/corp/evidence",
        "ssh://git@forge.example:2222/corp/evidence.git",
        "git@forge.example:corp/evidence.git",
        "/srv/evidence.git",
    ],
)
def test_addresses_that_are_asked(clone: Repository, address: str) -> None:
    """https, ssh and files are asked, by the address as it is."""
    assert find_remote(address, clone, {}).address == address


@pytest.mark.parametrize(
    "address",
    [
        "http://forge.example/corp/evidence",
        "git://forge.example/corp/evidence",
        "ext::sh -c date",
        "fd::17",
        "https:///corp/evidence",
        "https://forge.example:x/corp",
        "https://forge.example/corp?x=1",
        "ssh://user:secret@forge.example/corp",
        "ssh://-oProxyCommand=date/corp",
        "-oProxyCommand=date:corp",
        "--upload-pack=date",
        "git@forge.example:corp\nx",
        "",
        "nowhere",
    ],
)
def test_addresses_that_are_not(clone: Repository, address: str) -> None:
    """Unencrypted ones, programs, options in disguise and unknown names are usage errors."""
    with pytest.raises(UsageError) as caught:
        find_remote(address, clone, {})
    assert "secret" not in str(caught.value)


def test_a_folder_is_named_in_several_ways(repo: Repo, clone: Repository, tmp_path: Path) -> None:
    """By path, seen from the clone, or by a file: address."""
    for address in (str(tmp_path / "x y.git"), "../x y.git", f"file://{tmp_path}/x%20y.git"):
        assert find_remote(address, clone, {}).address == str(tmp_path / "x y.git")


def test_no_repository_that_came_with_the_change_is_pushed_to(
    repo: Repo, clone: Repository, tmp_path: Path
) -> None:
    """A push runs the hooks of a folder, and one inside the clone may be content of the change."""
    (tmp_path / "link").symlink_to(repo.path / "evil.git")
    for address in ("./evil.git", str(repo.path / "evil.git"), str(tmp_path / "link"), f"file://{repo.git_dir}/x"):
        repo.config("remote.origin.url", address)
        for asked in ("origin", address):
            with pytest.raises(UsageError, match="inside this clone"):
                find_remote(asked, clone, {})


def test_a_name_is_looked_up_in_the_clone_alone(repo: Repo, clone: Repository) -> None:
    """Addresses that the clone's configuration rewrites are not rewritten."""
    repo.git("remote", "add", "origin", "https://forge.example/corp/app")
    repo.config("url.https://evil.example/.insteadOf", "https://forge.example/")
    assert find_remote("origin", clone, {}).address == "https://forge.example/corp/app"


def test_a_token_goes_to_no_server_that_only_the_clone_names(repo: Repo, clone: Repository) -> None:
    """Origin on another host than the CI system's gets neither the gate's token nor the job's."""
    repo.git("remote", "add", "origin", "https://evil.example/corp/app")
    assert find_remote("origin", clone, {**GITHUB, EVIDENCE_TOKEN: TOKEN}).credential is None
    assert find_remote("origin", clone, {EVIDENCE_TOKEN: TOKEN}).credential is None


def test_a_job_token_goes_to_the_job_s_server_only(repo: Repo, clone: Repository) -> None:
    """Named by hand or by the clone, it is the CI system's word that counts."""
    repo.git("remote", "add", "origin", "https://Forge.example:443/corp/app")
    job = Credential("x-access-token", "job")
    assert find_remote("origin", clone, GITHUB).credential == job
    assert find_remote("https://forge.example/corp/evidence", clone, GITHUB).credential == job
    for other in ("https://evil.example/x", "https://forge.example:8443/x", "https://forge.example.evil.example/x"):
        assert find_remote(other, clone, GITHUB).credential is None
    gitlab = {"CI_SERVER_URL": "https://forge.example", "CI_JOB_TOKEN": "job"}
    assert find_remote("origin", clone, gitlab).credential == Credential("gitlab-ci-token", "job")
    renamed = {**gitlab, EVIDENCE_TOKEN: "job"}
    assert find_remote("origin", clone, renamed).credential == Credential("gitlab-ci-token", "job")


def test_the_gate_s_token_goes_where_the_caller_says(clone: Repository) -> None:
    """An evidence repository named by address gets the token that was made for it."""
    found = find_remote("https://evidence.example/corp/evidence", clone, {**GITHUB, EVIDENCE_TOKEN: TOKEN})
    assert found.credential == Credential("x-access-token", TOKEN)


def test_a_password_in_an_address_is_taken_out_of_it(repo: Repo, clone: Repository) -> None:
    """What a CI system wrote into origin is sent to that server, and shown nowhere."""
    repo.git("remote", "add", "origin", "https://gitlab-ci-token:s%40cret@forge.example/corp/app.git")
    found = find_remote("origin", clone, {})
    assert found.address == "https://forge.example/corp/app.git"
    assert found.credential == Credential("gitlab-ci-token", "s@cret")
    assert "s@cret" not in repr(found)


def test_no_argument_holds_the_token(clone: Repository) -> None:
    """It goes by environment, bound to the server's address."""
    remote = find_remote("https://forge.example/x", clone, {EVIDENCE_TOKEN: TOKEN})
    extra = networked(clone.program, remote, {"HTTPS_PROXY": "http://proxy.example", "GIT_SSH": "x"}).extra
    header = "Authorization: Basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    key = next(name for name, value in extra.items() if value == header).replace("VALUE", "KEY")
    assert extra[key] == "http.https://forge.example/.extraHeader"
    assert (extra["HTTPS_PROXY"], "GIT_SSH" in extra) == ("http://proxy.example", False)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, f"x-access-token:{TOKEN}") as server:
        bare = Repo(tmp_path / "server.git", bare=True)
        bare.config("http.receivepack", "true")
        yield server


def _environment(server: Server, token: str = TOKEN) -> dict[str, str]:
    return {EVIDENCE_TOKEN: token, "SSL_CERT_FILE": str(server.certificate)}


def test_a_record_goes_over_https(server: Server, clone: Repository) -> None:
    """With the token, and a CA of the organisation's own."""
    environment = _environment(server)
    remote = find_remote(f"{server.url}/server.git", clone, environment)
    done = push(clone, remote, REF, FILES, "m", environment)
    assert fetch(clone, remote, REF, environment).tip == done.tip


def test_a_wrong_token_is_refused_in_time(server: Server, clone: Repository) -> None:
    """Nobody is asked for a password, no helper is started."""
    environment = _environment(server, "wrong")
    remote = find_remote(f"{server.url}/server.git", clone, environment)
    with pytest.raises(GitError, match="cannot be asked") as caught:
        push(clone, remote, REF, FILES, "m", environment)
    assert "wrong" not in str(caught.value)


def test_a_certificate_that_nobody_vouches_for(server: Server, clone: Repository) -> None:
    """An unknown server gets no request, and so no token."""
    environment = {EVIDENCE_TOKEN: TOKEN}
    with pytest.raises(GitError, match="certificate"):
        push(clone, find_remote(f"{server.url}/server.git", clone, environment), REF, FILES, "m", environment)
    assert server.seen == []


def test_a_read_only_server(server: Server, tmp_path: Path, clone: Repository) -> None:
    """What may be read and not written is told with the server's words, after a bounded number of tries."""
    Repo(tmp_path / "read.git", bare=True).config("http.receivepack", "false")
    environment = _environment(server)
    remote = find_remote(f"{server.url}/read.git", clone, environment)
    with pytest.raises(GitError, match="403"):
        push(clone, remote, REF, FILES, "m", environment)


def test_a_redirect_is_not_followed(server: Server, clone: Repository, tmp_path: Path) -> None:
    """The token does not travel to where a server points."""
    (tmp_path / "other").mkdir()
    with serving(tmp_path / "other") as other:
        server.redirect = other.url
        environment = _environment(server)
        with pytest.raises(GitError):
            push(clone, find_remote(f"{server.url}/server.git", clone, environment), REF, FILES, "m", environment)
        assert other.seen == []


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken: list[socket.socket] = []

        def take() -> None:
            try:
                while True:
                    taken.append(listener.accept()[0])
            except OSError:
                return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in taken:
            connection.close()


def test_a_server_that_says_nothing_is_not_waited_for(silent: int, clone: Repository) -> None:
    """Time is bounded as a whole."""
    began = time.monotonic()
    with pytest.raises(GitError, match="longer than"):
        push(clone, find_remote(f"https://127.0.0.1:{silent}/x", clone, {}), REF, FILES, "m", {}, seconds=1.5)
    assert time.monotonic() - began < 10


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("ssh"), reason="no ssh")
def test_ssh_asks_nobody(clone: Repository) -> None:
    """A server that is not there, or not known, ends in an error and not in a question."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    remote = find_remote(f"ssh://git@127.0.0.1:{port}/srv/evidence.git", clone, {})
    with pytest.raises(GitError, match="cannot be asked: ssh: connect to host"):
        push(clone, remote, REF, FILES, "m", {}, seconds=20)
