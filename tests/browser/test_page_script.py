"""What a page can do with a script: share by the device's own sheet."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import address_of

pytestmark = pytest.mark.browser
SHEET = "navigator.share = (given) => { window.given = given; return Promise.reject(); }"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A window with JavaScript."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_own_sheet_of_the_device_is_offered_where_there_is_one(phone: Page, site_address: str) -> None:
    button = phone.locator("[data-share]")
    phone.add_init_script("delete Navigator.prototype.share")
    phone.goto(address_of(site_address, "news", "ar"))
    expect(button).to_be_hidden()
    phone.add_init_script(SHEET)
    phone.reload()
    button.click()
    given = phone.evaluate("given")
    assert given["url"] == phone.locator(".share__address").inner_text()
    assert phone.request.get(f"{site_address}{urlsplit(given['url']).path}").url == phone.url
