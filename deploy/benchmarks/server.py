"""A site behind gunicorn of which the processor time of a request is measured, without the client's."""

from __future__ import annotations

import http.client
import os
import subprocess
from itertools import count
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_networks = count()


class Server:
    """A gunicorn with one worker, so that its processor time is that of the requests."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def ask(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body. Each request comes from a different network, so that no limit is reached."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        network = ".".join(map(str, (10, *divmod(next(_networks) % 65536, 256), 1)))
        connection.request("GET", path, headers={"X-Forwarded-For": network, "X-Forwarded-Proto": "http"})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def cost(self, path: str, times: int) -> float:
        """Return the milliseconds of processor time of a request, averaged over `times` requests."""
        before = self._seconds()
        for _ in range(times):
            self.ask(path)
        return (self._seconds() - before) * 1000 / times

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    def _seconds(self) -> float:
        number = self.process.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        stats = (Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children)
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / _TICKS
