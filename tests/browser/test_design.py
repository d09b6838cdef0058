"""Every type of page is accessible in three languages, light and dark, narrow and wide, and by keyboard.

Each page is opened once in each width, and all checks are made there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import ALL_PAGES, LANGUAGES, address_of, open_page, probe

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe/node_modules/axe-core/axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Of all rules, only the contrast depends on the scheme.
SCHEMES: dict[Literal["light", "dark"], dict[str, Any]] = {"light": RULES, "dark": {"runOnly": ["color-contrast"]}}
MOST_STOPS = 150
# Elements that appear once in a state, and in no other.
SIGNS = {
    "inquiry with errors": ".error-summary",
    "inquiry received": ".confirmation",
    "private page": "main input[type=password]",
    "missing language": "main li:first-child > a[hreflang]",
}
# Both directions in both widths; of the two languages from left to right, which are laid out alike, one in each.
WINDOWS = [(320, "ar"), (320, "fr"), (1200, "ar"), (1200, "en")]


@pytest.fixture
def screen(browser: Browser, site_address: str, width: int) -> Iterator[Page]:
    if not AXE.exists():
        pytest.fail("axe-core is missing: make axe")
    context = browser.new_context(
        base_url=site_address,
        viewport={"width": width, "height": 800},
        bypass_csp=True,
        reduced_motion="reduce",
    )
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "language"), WINDOWS)
def test_every_page_is_for_everyone(screen: Page, site_address: str, width: int, language: str) -> None:
    wrong: dict[str, Any] = {}
    for kind in ALL_PAGES:
        open_page(screen, site_address, kind, language)
        assert screen.locator(SIGNS.get(kind, "main h1")).count() == 1, kind
        wrong |= {f"{kind}: {what}": found for what, found in _checked(screen).items() if found}
    assert wrong == {}


def _checked(page: Page) -> dict[str, Any]:
    """Return the faults of the open page by check; the page cannot be used afterwards."""
    wrong: dict[str, Any] = {"keyboard": _keyboard(page)}
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        wrong[f"axe in {scheme}"] = _violations(page, rules)
    wrong["mirror"] = _mirror(page)
    wrong["sideways"] = _scrolls_sideways(page)
    return wrong


def _violations(page: Page, rules: dict[str, Any]) -> list[str]:
    answer = page.evaluate(f"axe.run(document, {json.dumps(rules | {'resultTypes': ['violations']})})")
    return [f"{item['id']}: {node['html'][:120]}" for item in answer["violations"] for node in item["nodes"][:2]]


def _keyboard(page: Page) -> list[str]:
    """Return the faults of the tab order: every stop must be visible and not covered.

    The first must lead to the content, unless a form has moved the focus to its errors.
    """
    at_errors = page.locator(".error-summary").count() > 0
    wrong, focus = [], probe("focus")
    for stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(focus)
        # After the last stop comes the browser itself or, where it has nothing to focus, the first stop again.
        if focused["body"] or (stop and focused["href"] == "#main"):
            break
        if stop == 0 and not at_errors and focused["href"] != "#main":
            wrong.append(f"first is {focused['html']}")
        if not focused["outlined"]:
            wrong.append(f"not seen: {focused['html']}")
        if focused["covered"]:
            wrong.append(f"covered: {focused['html']}")
    else:
        wrong.append(f"no end after {MOST_STOPS} stops")
    return wrong


def _mirror(page: Page) -> dict[str, int]:
    boxes: dict[str, int] = page.evaluate(probe("mirror"))
    assert boxes["seen"] > 20
    return boxes if boxes["wrong"] / boxes["seen"] > 0.01 else {}


def _scrolls_sideways(page: Page) -> list[str]:
    """Return a fault if the page scrolls sideways in a narrow window, or in one twice as wide with double text size."""
    size = page.viewport_size
    assert size is not None
    if size["width"] > 320:
        page.set_viewport_size({"width": 640, "height": size["height"]})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    page.set_viewport_size(size)
    return [f"{width[0]} of {width[1]} pixels"] if width[0] > width[1] else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_who_save_data_get_words_for_pictures(browser: Browser, site_address: str, language: str) -> None:
    context = browser.new_context(extra_http_headers={"Save-Data": "on"})
    page = context.new_page()
    answer = page.goto(address_of(site_address, "programme", language))
    assert answer is not None
    assert "Save-Data" in answer.headers["vary"]
    assert page.locator("main img").count() == 0
    link = page.locator(".picture-left-out a")
    assert page.request.get(f"{site_address}{link.get_attribute('href')}").headers["content-type"] == "image/jpeg"
    context.close()
