"""Starts the browser installed on this machine, for the tests and for other programs that open pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def browser_program() -> str | None:
    """Return the path of the machine's Chromium, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open Chromium without a window. Raise FileNotFoundError if the machine has none."""
    program = browser_program()
    if program is None:
        raise FileNotFoundError("Chromium is missing (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*_ARGUMENTS, "--disable-sync"])
        yield browser
        browser.close()
