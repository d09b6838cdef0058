"""The cost of a page for its reader: bytes, requests, and resources needed before anything is visible."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.pages import LANGUAGES, PAGE_TYPES, address_of, probe

pytestmark = pytest.mark.browser

LAYOUT_SHIFT = 0.05
KIB = 1024
OTHERS = ("missing page", "missing language", "private page", "subscription", "inquiry record")
# Wagtail's password form sets its CSRF cookie.
WITH_COOKIE = "private page"


@pytest.mark.parametrize("kind", [*PAGE_TYPES, *OTHERS])
def test_pages_are_light_and_soon_there(browser: Browser, site_address: str, kind: str) -> None:
    """Counts only the pictures that a phone 360 pixels wide requests before scrolling. All languages load in parallel.

    Only the style sheet delays the first paint after the document; how long that takes depends on the connection and is
    measured by `make lighthouse`.
    """
    contexts = {language: browser.new_context(viewport={"width": 360, "height": 740}) for language in LANGUAGES}
    pages = {language: context.new_page() for language, context in contexts.items()}
    requests = {language: _requests_of(page) for language, page in pages.items()}
    for language, page in pages.items():
        page.goto(address_of(site_address, kind, language), wait_until="commit")
    for language, page in pages.items():
        page.wait_for_load_state("networkidle")
        seen = page.evaluate(probe("paint"))
        assert seen["painted"], language
        assert len(seen["blocking"]) == 1, (language, seen)
        _assert_light(requests[language], language, site_address, seen["blocking"])
        assert seen["shift"] <= LAYOUT_SHIFT, (language, seen)
        assert kind == WITH_COOKIE or page.context.cookies() == []
        page.context.close()


def _requests_of(page: Page) -> list[Request]:
    requests: list[Request] = []

    def keep(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", keep)
    return requests


def _assert_light(requests: list[Request], language: str, site_address: str, blocking: list[str]) -> None:
    sizes = [(request.resource_type, request.sizes()["responseBodySize"], request.url) for request in requests]
    assert sum(size for kind, size, url in sizes if kind == "document" or url in blocking) <= 14 * KIB, sizes
    assert sum(size for kind, size, _ in sizes if kind != "image") <= (50 if language == "ar" else 25) * KIB, sizes
    assert sum(size for _, size, _ in sizes) <= 100 * KIB, sizes
    # Eight, and the style sheet for print, which is loaded last.
    assert 2 <= len(sizes) <= 9, sizes
    assert all(url.startswith(site_address) for _, _, url in sizes), sizes
