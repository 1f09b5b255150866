"""How do tests reach a PostgreSQL? A server of their own on a socket in its own folder, ended with the tests."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

_INSTALLED = sorted(str(path) for path in Path("/usr/lib/postgresql").glob("*/bin"))
INITDB = shutil.which("initdb", path=os.pathsep.join([os.environ.get("PATH", ""), *reversed(_INSTALLED)]))


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; it takes connections by a socket in `folder`."""

    folder: Path
    user: str
    programs: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def database(self) -> str:
        """The URL of a new and empty database."""
        name = f"ledger{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name}", "postgres")
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def sql(self, text: str, database: str) -> str:
        where = ["-h", str(self.folder), "-U", self.user, "-d", database]
        command = [str(self.programs / "psql"), *where, "-v", "ON_ERROR_STOP=1", "-Atqc", text]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


@contextmanager
def serving() -> Iterator[Server]:
    """Make a cluster, start it, end it. The server refuses to run as root, so root lends it to `postgres`."""
    if INITDB is None:
        pytest.skip("no initdb: scripts/test-tools installs postgresql where it may")
    programs = Path(INITDB).resolve().parent
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    folder = Path(tempfile.mkdtemp(prefix="ledger-"))  # short: a socket's path has at most 107 characters
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, user)

        def run(program: str, *arguments: str) -> None:
            whole = [str(programs / program), "-D", str(folder / "data"), *arguments]
            as_user = user if os.geteuid() == 0 else None
            subprocess.run(whole, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=as_user, timeout=120)

        run("initdb", "--no-sync", "--auth=trust", f"--username={user}", "--encoding=UTF8", "--locale=C")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "start", "-w", "-s", "-l", str(folder / "log"), "-o", options)
        try:
            yield Server(folder, user, programs)
        finally:
            run("pg_ctl", "stop", "-w", "-s", "-m", "immediate")
    finally:
        shutil.rmtree(folder)
