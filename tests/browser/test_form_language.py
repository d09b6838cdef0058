"""Changing the language on a page with a form, in a browser with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_another_language_takes_along_what_was_typed(browser: Browser, site_address: str, script: bool) -> None:
    page = browser.new_context(base_url=site_address, java_script_enabled=script).new_page()
    page.goto("/en/press/inquiry/")
    page.locator("[name=question]").fill("How many?")
    page.locator("[name=country]").select_option("LBN")
    page.locator(".language-bar button[lang=ar]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("[name=question]")).to_have_value("How many?")
    expect(page.locator("[name=country]")).to_have_value("LBN")
    expect(page.locator(".error-summary")).to_have_count(0)
    page.context.close()


def test_enter_key_sends_the_form_and_leaves_the_language(page: Page) -> None:
    page.goto("/en/press/inquiry/")
    page.locator("[name=outlet]").fill("Example News")
    page.locator("[name=outlet]").press("Enter")
    expect(page.locator(".error-summary")).to_be_visible(timeout=15_000)
    expect(page.locator("html")).to_have_attribute("lang", "en")
