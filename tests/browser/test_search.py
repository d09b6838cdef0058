"""Searching in a real browser: without JavaScript, and with suggestions while typing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

HOME = {"ar": "/ar/", "en": "/en/", "fr": "/fr/"}
WORDS = {"ar": "الهجرة", "en": "migration", "fr": "migration"}
BEGINNINGS = {"ar": "هجر", "en": "migr", "fr": "migr"}


@pytest.fixture
def scripted(browser: Browser, site_address: str) -> Iterator[Page]:
    """A narrow window with JavaScript; a script error or a violation of the content security policy fails the test.

    Motion is reduced: Chromium complains of a transition between two pages that it aborts because a machine is slow.
    """
    context = browser.new_context(
        base_url=site_address, viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize("language", sorted(HOME))
def test_search_and_its_filters_work_without_javascript(page: Page, language: str) -> None:
    page.goto(HOME[language])
    page.locator("summary").first.click()  # on a phone the field is in the menu
    page.locator("form.header-search input[type=search]").fill(WORDS[language])
    page.locator("form.header-search button").click()
    page.wait_for_load_state()
    assert page.locator("li.result").count() == 10
    assert page.locator("li.result mark").count() >= 10
    page.locator("details.facets summary").click()
    box = page.locator("input[name=type][value=publication]")
    box.check()
    page.locator(".facets button").click()
    page.wait_for_url("**type=publication**")
    expect(page.locator("input[name=type][value=publication]")).to_be_checked()
    assert 0 < page.locator("li.result").count() < 10
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_next_page_is_another(page: Page) -> None:
    page.goto("/en/search/?q=migration")
    first = page.locator("li.result h3").first.inner_text()
    page.locator("a[rel=next]").click()
    assert page.locator("li.result h3").first.inner_text() != first


@pytest.mark.parametrize("language", sorted(HOME))
def test_suggestions_are_chosen_with_the_keyboard(scripted: Page, language: str) -> None:
    scripted.goto(HOME[language])
    scripted.locator("summary").first.click()  # on a phone the field is in the menu
    field = scripted.locator("#header-search")
    field.press_sequentially(BEGINNINGS[language])
    options = scripted.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert options.first.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    chosen = options.first.inner_text()
    field.press("Enter")
    expect(scripted.locator("h1")).to_have_text(chosen)


def test_escape_closes_the_suggestions_and_enter_searches(scripted: Page) -> None:
    scripted.goto("/en/")
    scripted.locator("summary").first.click()  # on a phone the field is in the menu
    field = scripted.locator("#header-search")
    field.press_sequentially("migr")
    expect(scripted.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(scripted.get_by_role("listbox")).to_be_hidden()
    assert field.input_value() == "migr"
    field.press("Enter")
    scripted.wait_for_url("**/en/search/?q=migr")


def test_a_click_on_a_suggestion_opens_it(scripted: Page) -> None:
    scripted.goto("/fr/recherche/")
    scripted.locator("#q").press_sequentially("migr")
    option = scripted.get_by_role("option").nth(1)
    chosen = option.inner_text()
    option.click()
    expect(scripted.locator("h1")).to_have_text(chosen)


def test_only_the_last_of_quick_requests_counts(scripted: Page) -> None:
    """Quick typing causes one request; an answer that comes too late is not shown."""
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(unquote(request.url)) if "/suggest?" in request.url else None)
    scripted.clock.install()
    scripted.goto("/en/")
    scripted.clock.pause_at(
        datetime.now() + timedelta(minutes=1)
    )  # so that no time passes between two letters on a busy machine
    scripted.locator("summary").first.click()  # on a phone the field is in the menu
    scripted.locator("#header-search").press_sequentially("migration")
    scripted.clock.run_for(200)
    expect(scripted.get_by_role("listbox")).to_be_visible()
    assert len(asked) == 1
    assert asked[0].endswith("q=migration")


def test_an_answer_on_its_way_does_not_replace_the_list_somebody_chooses_from(scripted: Page) -> None:
    scripted.clock.install()
    scripted.goto("/fr/recherche/")
    scripted.clock.pause_at(datetime.now() + timedelta(minutes=1))
    field, options = scripted.locator("#q"), scripted.get_by_role("option")
    field.press_sequentially("mi")
    scripted.clock.run_for(200)
    expect(options.first).to_be_visible()
    field.press_sequentially("gr")
    field.press("ArrowDown")
    chosen = options.first.inner_text()
    scripted.clock.run_for(200)
    scripted.wait_for_timeout(300)  # in which an answer to "migr" would come
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(scripted.locator("h1")).to_have_text(chosen)


def test_arabic_suggestions_begin_at_the_right_below_their_field(scripted: Page) -> None:
    scripted.goto("/ar/")
    scripted.locator("summary").first.click()  # on a phone the field is in the menu
    field = scripted.locator("#header-search")
    field.press_sequentially("هجر")
    listbox = scripted.get_by_role("listbox")
    expect(listbox).to_be_visible()
    above, below = field.bounding_box(), listbox.bounding_box()
    assert above is not None
    assert below is not None
    assert below["y"] >= above["y"] + above["height"] - 2
    assert abs((above["x"] + above["width"]) - (below["x"] + below["width"])) < 2
    assert scripted.evaluate("document.documentElement.scrollWidth") <= 360
