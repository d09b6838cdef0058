"""Every type of page is readable, in order and no wider than the window in the oldest engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import ALL_PAGES, LANGUAGES, open_page, probe
from tests.css_engines import ENGINES, WITHOUT, as_read_by, knows

pytestmark = pytest.mark.browser


@pytest.fixture(params=ENGINES)
def old_phone(browser: Browser, site_address: str, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str]]:
    """A page without JavaScript whose style sheet is as an old engine reads it, and the name of that engine."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    css = context.request.get(f"{site_address}/static/css/site.css").text()
    read = as_read_by(request.param, css)
    context.route("**/css/site*.css", lambda route: route.fulfill(body=read, content_type="text/css"))
    yield context.new_page(), request.param
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_in_the_oldest_engines(
    old_phone: tuple[Page, str], site_address: str, language: str
) -> None:
    page, engine = old_phone
    has_gap = knows(engine, WITHOUT["@supports not (inset: 0)"])
    wrong = {}
    for kind in ALL_PAGES:
        open_page(page, site_address, kind, language)
        wrong[kind] = page.evaluate(probe("old_phone"), has_gap)
    assert {kind: found for kind, found in wrong.items() if found} == {}
