"""Pages with a script can share with the device's own dialog, and keep the section when the language changes."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import LANGUAGES, address_of

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_opens_at_the_same_section(phone: Page, site_address: str, language: str) -> None:
    before = "en" if language != "en" else "ar"
    phone.goto(f"{address_of(site_address, 'programme', before)}?from=mail#section-2")
    phone.locator(f".language-bar a[hreflang={language}]").click()
    phone.wait_for_url(f"{address_of(site_address, 'programme', language)}?from=mail#section-2")
    heading = phone.locator("#section-2").bounding_box()
    assert heading is not None
    assert 0 <= heading["y"] < 740


def test_without_a_section_the_address_stays_clean(phone: Page, site_address: str) -> None:
    phone.goto(address_of(site_address, "programme", "en"))
    phone.locator(".language-bar a[hreflang=fr]").click()
    phone.wait_for_url(address_of(site_address, "programme", "fr"))
