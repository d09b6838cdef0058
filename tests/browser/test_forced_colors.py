"""If the reader has chosen the colours (high contrast), lines mark every state, not backgrounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import address_of, open_page, probe

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, site_address: str) -> Iterator[Page]:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def lines(page: Page, selector: str) -> dict[str, Any]:
    """Return the visible borders of the first element of a selector, by side, and its outline."""
    found: dict[str, Any] = page.locator(selector).first.evaluate(probe("lines"))
    return found


@pytest.mark.parametrize("language", ["ar", "en"])
def test_where_the_reader_is_shows_in_menu_and_language_bar(page: Page, site_address: str, language: str) -> None:
    page.goto(address_of(site_address, "news list", language))
    for bar in (".menu", ".language-bar"):
        current, other = lines(page, f"{bar} [aria-current]"), lines(page, f"{bar} a:not([aria-current])")
        assert current["bottom"], bar
        assert not any(other.values()), bar


def test_focus_shows_on_whatever_takes_it(page: Page, site_address: str) -> None:
    page.goto(address_of(site_address, "programme at risk", "en"))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen = page.evaluate(f"({probe('lines')})(document.activeElement)")
        assert seen["outline"], page.evaluate("document.activeElement.outerHTML")


def test_buttons_and_what_narrows_a_list_have_borders(page: Page, site_address: str) -> None:
    page.goto(address_of(site_address, "narrowed list", "en"))
    for selector in (".filters .button", ".filters select", ".header-search input", ".header-search .button"):
        assert all(lines(page, selector)[side] for side in ("top", "bottom", "left", "right")), selector


def test_field_in_error_differs_from_others(page: Page, site_address: str) -> None:
    open_page(page, site_address, "inquiry with errors", "ar")
    wrong, right = (
        lines(page, "main [aria-invalid=true]:not([type=checkbox])"),
        lines(page, "main form .field textarea"),
    )
    assert wrong["bottom"].startswith("double"), wrong
    assert lines(page, ".field--wrong")["right"]
    assert lines(page, ".error-summary")["bottom"]
    assert right["bottom"]


def test_chosen_suggestion_shows(page: Page, site_address: str) -> None:
    page.goto(address_of(site_address, "search", "en"))
    page.locator("main input[type=search]").press_sequentially("migr")
    page.locator("main .suggestions li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert lines(page, "main .suggestions [aria-selected=true]")["outline"]
    assert not lines(page, "main .suggestions li:not([aria-selected=true])")["outline"]
