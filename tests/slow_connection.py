"""A proxy that can slow down the connection to a server."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Thread
from typing import Self
from urllib.parse import urlsplit

_LOOPBACK = "127.0.0.1"


class SlowConnection:
    """Forwards data to the server of `url` at once, and data from it after a delay of `seconds`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.seconds = 0.0
        self._server = (parts.hostname or _LOOPBACK, parts.port or 80)
        self._listening = socket.create_server((_LOOPBACK, 0))
        self.url = f"http://{_LOOPBACK}:{self._listening.getsockname()[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # Wakes the thread that waits in accept().
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._server)
                Thread(target=self._hand_on, args=[client, server, False], daemon=True).start()
                Thread(target=self._hand_on, args=[server, client, True], daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket, comes_back: bool) -> None:
        with suppress(OSError), source, target:
            while data := source.recv(65536):
                if comes_back:
                    time.sleep(self.seconds)
                target.sendall(data)
