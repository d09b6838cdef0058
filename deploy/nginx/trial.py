"""Run this machine's nginx with the configuration file that operators copy, for tests and benchmarks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.engines.errors import EngineError, MissingProgramError
from deploy.nginx.site import Values, configuration, main_configuration

HOST = "mena.example.int"


def nginx_program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def nginx(folder: Path, application: str, media: Path, extra: str = "") -> Iterator[int]:
    """Run nginx in front of `application` (host:port) and yield the port on which it answers with TLS.

    It uses the shipped configuration, in which only values marked CHANGE are replaced. `extra` adds server blocks.
    """
    program = nginx_program()
    if program is None:
        raise MissingProgramError("nginx is not installed (Debian: apt-get install nginx-light).")
    port, plain = free_port(), free_port()
    _certificate(folder)
    for name in ("cache", "pages"):
        (folder / name).mkdir()
    site = _site(folder, application, media, port, plain)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(main_configuration(folder, user, f"{site}\n{extra}"))
    command = [program, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t", "-q"], check=True)
    server = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def _site(folder: Path, application: str, media: Path, port: int, plain: int) -> str:
    return configuration(
        Values(
            name=HOST,
            application=application,
            http=f"127.0.0.1:{plain}",
            https=f"127.0.0.1:{port}",
            certificate=folder / "certificate.pem",
            key=folder / "key.pem",
            pictures=folder / "cache",
            pages=folder / "pages",
            media=media,
            log=folder / "site.log",
        )
    )


def _certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    files = [
        "-keyout",
        f"{folder}/key.pem",
        "-out",
        f"{folder}/certificate.pem",
        "-addext",
        f"subjectAltName=DNS:{HOST}",
    ]
    subprocess.run([*command, *files], check=True, capture_output=True)


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise EngineError(f"Nothing listens on port {port}.")
