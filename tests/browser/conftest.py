"""The site as `make run` serves it, and the machine's own browser."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.own_site import own_site
from tests.chromium import open_browser


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its data, its log and the mail that it sends."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site_address(site_folder: Path) -> Iterator[str]:
    """A site of the tests' own; with SITE_ADDRESS one that runs (and has the states: tests.browser.own_site)."""
    if "SITE_ADDRESS" in os.environ:
        yield os.environ["SITE_ADDRESS"]
        return
    with own_site(site_folder) as address:
        yield address


@pytest.fixture
def editor_password(site_address: str, site_folder: Path) -> str:
    """Of the account “editor”, as `make run` prints it once; EDITOR_PASSWORD for a site that runs."""
    log = site_folder / "log"
    printed = re.search(r"password: (\S+)", log.read_text()) if log.exists() else None
    return printed[1] if printed else os.environ["EDITOR_PASSWORD"]


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
