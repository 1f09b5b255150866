"""A time-stamp authority of a test's own: its CA made by openssl, its answers by `openssl ts -reply`."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_CONF = """[tsa]
default_tsa = here
[here]
serial = {0}/serial
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""
_P256 = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass
class Authority:
    """A folder with CA and TSA; `change` may edit what it answers."""

    folder: Path
    address: str = ""
    status: int = 200
    change: Callable[[bytes], bytes] = lambda answer: answer
    asked: list[bytes] = field(default_factory=list)

    @property
    def root(self) -> str:
        return (self.folder / "ca.pem").read_text()

    @property
    def own(self) -> str:
        return (self.folder / "tsa.pem").read_text()

    def reply(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        self.openssl("ts", "-reply", "-config", "ts.cnf", "-queryfile", "query", "-out", "answer")
        return (self.folder / "answer").read_bytes()

    def openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)


def made(folder: Path, uses: str = "critical,timeStamping") -> Authority:
    """Make a CA and an authority below it whose certificate is for `uses`."""
    folder.mkdir()
    one = Authority(folder)
    one.openssl("req", "-x509", *_P256, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Root")
    one.openssl("req", *_P256, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={folder.name}")
    (folder / "extensions").write_text(f"extendedKeyUsage={uses}\n")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "7", "-days", "20", "-extfile", "extensions")
    one.openssl("x509", "-req", "-in", "tsa.csr", "-out", "tsa.pem", *signed)
    (folder / "serial").write_text("01\n")
    (folder / "ts.cnf").write_text(_CONF.format(folder))
    return one


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append(query)
            answer = authority.change(authority.reply(query)) if authority.status == 200 else b"no"
            self.send_response(authority.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        authority.address = f"http://127.0.0.1:{server.server_port}/tsa"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield authority
        server.shutdown()
