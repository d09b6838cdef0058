"""Fixtures: the site as `make run` serves it, and the browser installed on the machine."""

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
    """The folder with the site's data, its log and the mail that it sends."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site_address(site_folder: Path) -> Iterator[str]:
    """The address of a site for the tests, or of the running one in SITE_ADDRESS (with the states of own_site)."""
    if "SITE_ADDRESS" in os.environ:
        yield os.environ["SITE_ADDRESS"]
        return
    with own_site(site_folder) as address:
        yield address


@pytest.fixture
def editor_password(site_address: str, site_folder: Path) -> str:
    """The password of the account “editor”, as `make run` prints it once; EDITOR_PASSWORD for a running site."""
    log = site_folder / "log"
    printed = re.search(r"password: (\S+)", log.read_text()) if log.exists() else None
    return printed[1] if printed else os.environ["EDITOR_PASSWORD"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser, closed after the tests of a module: while it runs, Django believes that the thread is asynchronous."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, site_address: str) -> Iterator[Page]:
    """A narrow window without JavaScript, as on an old phone; a request to another site fails the test."""
    context = browser.new_context(
        base_url=site_address, java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(site_address) else elsewhere.append(request.url))
    yield page
    context.close()
    assert elsewhere == []
