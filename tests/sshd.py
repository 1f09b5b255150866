"""How do tests push over ssh? To a server of their own on the loopback, with its own keys, ended with the test."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.repo import SigningKey

PROGRAM = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
START_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running sshd; `environment` makes git use it and nothing of the user's ssh."""

    port: int
    environment: dict[str, str]

    def url(self, path: Path) -> str:
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{path}"


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Start an sshd, and end it by its own process."""
    if PROGRAM is None:
        pytest.skip("no sshd: scripts/test-tools installs openssh-server where it may")
    folder.mkdir(parents=True, exist_ok=True)
    host, user = SigningKey.generate(folder, "host"), SigningKey.generate(folder, "user")
    (folder / "authorized_keys").write_text(user.public + "\n")
    port = _free_port()
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host.public}\n")
    (folder / "sshd_config").write_text(_configuration(folder, port))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where Debian's sshd of root insists on it
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [PROGRAM, "-D", "-e", "-f", str(folder / "sshd_config")], stdin=subprocess.DEVNULL, stdout=log, stderr=log
    )
    try:
        _wait(process, port, folder / "log")
        ssh = f"ssh -F /dev/null -i {user.path} -o UserKnownHostsFile={folder / 'known_hosts'} -o BatchMode=yes"
        yield Server(port, {"GIT_SSH_COMMAND": f"{ssh} -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes"})
    finally:
        process.terminate()
        process.wait(START_SECONDS)
        log.close()


def _configuration(folder: Path, port: int) -> str:
    return f"""\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder / "host"}
AuthorizedKeysFile {folder / "authorized_keys"}
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"sshd did not start: {log.read_text(errors='replace')}")
