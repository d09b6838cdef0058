"""Pages for people at risk in a real browser: help comes first; leaving is instant, by key too, with no way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.pages import LANGUAGES, address_of

pytestmark = pytest.mark.browser

HARMLESS = "https://www.wikipedia.org/"


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    """A window with JavaScript, in which the harmless site is replaced by a page of the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.route(f"{HARMLESS}**", lambda route: route.fulfill(body="<h1>Everyday</h1>", content_type="text/html"))
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_in_danger_is_on_the_first_screen_of_a_phone(
    watched: Page, site_address: str, language: str
) -> None:
    watched.goto(address_of(site_address, "programme at risk", language))
    warning = watched.locator(".notice--warning").bounding_box()
    assert warning is not None
    assert warning["y"] + warning["height"] <= 740


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["click", "keys"])
def test_leaving_puts_an_everyday_site_in_the_place_of_the_page(
    watched: Page, site_address: str, language: str, way: str
) -> None:
    watched.goto(address_of(site_address, "home", language))
    watched.goto(address_of(site_address, "programme at risk", language))
    if way == "click":
        watched.locator(".exit a").click()
    else:
        for _ in range(3):
            watched.keyboard.press("Escape")
    watched.wait_for_url(HARMLESS)
    watched.go_back()
    assert watched.url == address_of(site_address, "home", language)


def test_second_way_out_is_left_by_in_the_same_way(watched: Page, site_address: str) -> None:
    """A second link exists if an editor has added an address."""
    watched.goto(address_of(site_address, "home", "en"))
    address = address_of(site_address, "programme at risk", "en")
    link = f'<a href="{HARMLESS}second">Second</a><p id="exit-key"'

    def with_second(route: Route) -> None:
        route.fulfill(response=(answer := route.fetch()), body=answer.text().replace('<p id="exit-key"', link))

    watched.route(address, with_second)
    watched.goto(address)
    watched.locator(".exit a").nth(1).click()
    watched.wait_for_url(f"{HARMLESS}second")
    watched.go_back()
    assert watched.url == address_of(site_address, "home", "en")


def test_keys_are_told_to_eye_and_ear(watched: Page, site_address: str) -> None:
    watched.goto(address_of(site_address, "programme at risk", "en"))
    hint = watched.locator("#exit-key")
    expect(hint).to_be_visible()
    expect(watched.locator(".exit a").first).to_have_accessible_description(hint.inner_text())


def test_two_keys_or_another_between_them_do_not_leave(watched: Page, site_address: str) -> None:
    address = address_of(site_address, "programme at risk", "en")
    watched.goto(address)
    for key in ("Escape", "Escape", "a", "Escape", "Escape"):
        watched.keyboard.press(key)
    watched.wait_for_timeout(200)
    assert watched.url == address
