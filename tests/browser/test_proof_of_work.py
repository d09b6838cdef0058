"""The proof of work in a real browser: it is computed during typing, waited for, and can be missing without harm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.own_site import served
from tests.browser.pages import address_of
from tests.press_inquiries import TYPED

pytestmark = pytest.mark.browser
# As the documentation recommends.
BITS = "6"
ACKNOWLEDGED = {"ar": "في طريقها إليك", "en": "is on its way to you", "fr": "est en route"}
HELD = {"ar": "قبل أن يقرأ مسؤول سؤالك", "en": "No e-mail goes out before", "fr": "Aucun courriel ne part avant"}
# The work lasts until the test calls `release()`.
SLOW = """
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  const released = new Promise((done) => (window.release = done));
  crypto.subtle.deriveBits = async (...work) => { await released; return derive(...work); };
"""
BROKEN = "crypto.subtle.deriveBits = () => Promise.reject(new Error());"


@pytest.fixture(scope="module")
def protected_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("protected"), INQUIRY_PROOF_OF_WORK=BITS) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, protected_site: str) -> Iterator[OpenPage]:
    opened = OpenPage(browser, protected_site)
    yield opened
    opened.context.close()
    assert opened.complaints == []


class OpenPage:
    """The form in a narrow window. `complaints` are the messages of the console, such as policy violations."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site = browser, site
        self.complaints: list[str] = []

    def filled_in(self, language: str, *, script: str = "", java_script: bool = True) -> Page:
        """Fill in the form, and return the page after the minimum time that a person needs for that."""
        self.context = self.browser.new_context(
            java_script_enabled=java_script, viewport={"width": 320, "height": 700}, reduced_motion="reduce"
        )
        page = self.context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(script)
        page.goto(address_of(self.site, "inquiry", language))
        for name in ("name", "outlet", "email", "question", "deadline_date", "deadline_time"):
            page.locator(f"[name={name}]").fill(TYPED[name])
        page.locator("[name=topic]").select_option(TYPED["topic"])
        page.locator("[name=consent]").check()
        page.wait_for_timeout(3200)
        return page


def send(page: Page) -> None:
    page.locator("form.form button[type=submit]").click()


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_the_work_is_done_while_the_person_types(open_page: OpenPage, language: str) -> None:
    page = open_page.filled_in(language)
    expect(page.locator("[name=proof]")).not_to_have_value("")
    send(page)
    expect(page.locator("main")).to_contain_text(ACKNOWLEDGED[language])
    expect(page.locator("main")).not_to_contain_text(HELD[language])
    assert open_page.context.cookies() == []


def test_a_form_that_is_sent_before_the_work_is_done_waits_for_it(open_page: OpenPage) -> None:
    page = open_page.filled_in("en", script=SLOW)
    send(page)
    send(page)
    page.wait_for_timeout(500)
    expect(page.locator("[name=question]")).to_have_value(TYPED["question"])
    page.evaluate("release()")
    expect(page.locator("main")).to_contain_text(ACKNOWLEDGED["en"])


def test_a_browser_that_cannot_do_the_work_sends_the_form_all_the_same(open_page: OpenPage) -> None:
    page = open_page.filled_in("en", script=BROKEN)
    send(page)
    expect(page.locator("main")).to_contain_text(HELD["en"])


def test_work_that_takes_too_long_is_not_waited_for(open_page: OpenPage) -> None:
    page = open_page.filled_in("en", script=SLOW)
    send(page)
    expect(page.locator("main")).to_contain_text(HELD["en"], timeout=20_000)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_without_javascript_nothing_is_lost_and_the_page_says_what_happens(open_page: OpenPage, language: str) -> None:
    page = open_page.filled_in(language, java_script=False)
    send(page)
    main = page.locator("main")
    expect(main).to_contain_text(HELD[language])
    expect(main).to_contain_text("PR-")
    expect(main.locator("address a").first).to_be_visible()
