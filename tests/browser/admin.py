"""Opens the admin in a browser as an editor who works in one of its languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect


@contextmanager
def admin_in(language: str, browser: Browser, site_address: str, password: str) -> Iterator[Page]:
    """Sign the editor in and yield a page of the admin in the language; give the account its own language back."""
    context = browser.new_context(base_url=site_address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())  # unsaved changes are not needed any more
    page.goto("/admin/login/")
    page.locator("[name=username]").fill("editor")
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile("/admin/$"))
    before = _prefer(page, language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    yield page
    _prefer(page, before)  # other tests use the same account
    context.close()


def _prefer(page: Page, language: str) -> str:
    """Choose the language of the admin, and return the previous one."""
    page.goto("/admin/account/")
    field = page.locator("[name=locale-preferred_language]")
    before = field.input_value()
    field.select_option(language)
    with page.expect_navigation():
        field.evaluate("field => field.form.submit()")
    return before
