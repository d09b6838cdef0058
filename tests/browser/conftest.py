"""The site as `make run` serves it, and the machine's own browser."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import open_browser

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        return int(candidate.getsockname()[1])


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its data, its log and the mail that it sends."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site_address(site_folder: Path) -> Iterator[str]:
    """The site that most tests look at. With SITE_ADDRESS, one that runs."""
    if "SITE_ADDRESS" in os.environ:
        yield os.environ["SITE_ADDRESS"]
        return
    with served(site_folder) as address:
        yield address


@contextmanager
def served(folder: Path, **variables: str) -> Iterator[str]:
    """The address of a site of its own, as `make run` makes it: migrates, loads the content, serves. `variables`: of
    the environment.
    """
    port = free_port()
    unset = ("DATABASE_URL", "BASE_URL", "ELASTICSEARCH_URL")
    environment = {key: value for key, value in os.environ.items() if key not in unset} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATA_FOLDER": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'database.sqlite3'}",
        "EMAIL_URL": f"file://{folder / 'mail'}",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        **variables,
    }
    log = (folder / "log").open("w")
    server = subprocess.Popen([sys.executable, "-m", "deploy.run"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@pytest.fixture
def editor_password(site_address: str, site_folder: Path) -> str:
    """Of the account “editor”, as `make run` prints it once; EDITOR_PASSWORD for a site that runs."""
    printed = (
        re.search(r"password: (\S+)", (site_folder / "log").read_text()) if (site_folder / "log").exists() else None
    )
    return printed[1] if printed else os.environ["EDITOR_PASSWORD"]


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/robots.txt", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"The site did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after its tests: while it runs, Django takes the thread for an asynchronous one."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, site_address: str) -> Iterator[Page]:
    """A narrow window without JavaScript, as on an old phone; what a page asks for elsewhere fails the test."""
    context = browser.new_context(
        base_url=site_address, java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(site_address) else elsewhere.append(request.url))
    yield page
    context.close()
    assert elsewhere == []
