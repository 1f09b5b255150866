"""How does a request end at its deadline, whatever the server sends?

A socket's time-out starts again with every byte, and a server that drips its headers can go on for days. What ends
the request is a timer that shuts the socket.
"""

from __future__ import annotations

import socket
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests.adapters import HTTPAdapter

_POOL = 8  # more than the questions asked side by side


class DeadlineAdapter(HTTPAdapter):
    """An adapter that knows its open connections and can shut them from another thread.

    Looking up a name is not covered: the resolver has a bound of its own.
    """

    def __init__(self) -> None:
        self._connections: weakref.WeakSet[Any] = weakref.WeakSet()
        self._listing = threading.Lock()
        super().__init__(pool_maxsize=_POOL)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        with self._listing:
            if not hasattr(pool.ConnectionCls, "is_listed"):
                pool.ConnectionCls = self._listed(pool.ConnectionCls)
        return pool

    @contextmanager
    def ending_after(self, seconds: float) -> Iterator[None]:
        """Shut every connection if the body is not through by then; what was being read ends as a broken one."""
        timer = threading.Timer(seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _listed(self, kind: Any) -> Any:
        adapter = self

        class Listed(kind):  # type: ignore[misc]
            is_listed = True

            def connect(self) -> None:
                with adapter._listing:
                    adapter._connections.add(self)
                super().connect()

        return Listed

    def _shut(self) -> None:
        with self._listing:
            connections = list(self._connections)
        for connection in connections:
            if (sock := getattr(connection, "sock", None)) is not None:
                with suppress(OSError):  # closed already
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)  # an SSLSocket's own would forget its session
