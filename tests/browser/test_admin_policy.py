"""The admin keeps to its Content-Security-Policy: nothing that editors and press officers open is blocked by it."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "home" / "content" / "sample" / "images" / "news-04.png"
PLACES = (
    "/admin/",
    "/admin/pages/",
    "/admin/account/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/documents/multiple/add/",
    "/admin/reports/site-history/",
    "/admin/redirects/",
    "/admin/snippets/core/topic/",
    "/admin/snippets/core/officesettings/",
    "/admin/search/synonyms/new/",
    "/admin/press-desk/",
    "/admin/press-desk/new/",
    "/admin/press-desk/statistics/",
    "/admin/press-desk/duties/new/",
)
# Tells whether the page lets a script run that stands in it.
SCRIPT = """() => new Promise((resolve) => {
    addEventListener("securitypolicyviolation", () => resolve(false));
    const script = document.createElement("script");
    script.textContent = "window.wasRun = true";
    document.body.append(script);
    if (window.wasRun) resolve(true);
})"""


def watched(page: Page) -> list[str]:
    """Return the list in which everything that the policy blocks on the page will be written."""
    blocked: list[str] = []

    def note(seen: str) -> None:
        blocked.append(seen)

    page.expose_function("note", note)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => note("
        "`${location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`))"
    )
    page.on("pageerror", lambda error: blocked.append(f"{page.url}: {error}"))
    return blocked


def sign_in(page: Page, password: str) -> None:
    page.goto("/admin/login/")
    assert page.evaluate(SCRIPT) is False
    page.locator("[name=username]").fill("editor")
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile("/admin/$"))


def write_a_page(page: Page) -> None:
    """Use what an editor uses: rich text with a link, a picture that is uploaded in the chooser, the preview."""
    page.goto("/admin/pages/")
    home = page.locator("a[href*='/admin/pages/'][href$='/edit/']").first.get_attribute("href") or ""
    number = re.search(r"/pages/(\d+)/", home)
    assert number
    page.goto(f"/admin/pages/add/home/standardpage/{number[1]}/")
    page.locator("[name=title]").fill(f"A page {uuid4().hex[:8]}")
    page.locator("#body-root .c-sf-add-button").first.click()
    page.get_by_role("option").first.click()
    page.locator("[data-chooser-action-choose]:visible").first.click()
    expect(page.locator(".modal-dialog")).to_be_visible()
    page.locator(".modal-dialog [role=tab]").last.click()
    page.locator(".modal-dialog [type=file]").set_input_files(PICTURE)
    page.locator(".modal-dialog .close, .modal-dialog [data-dismiss=modal]").first.click()
    expect(page.locator(".modal-dialog")).to_be_hidden()
    page.locator("[aria-controls='side-panel-preview'], [data-side-panel-toggle=preview]").first.click()
    expect(page.frame_locator("iframe").first.locator("h1").first).to_be_visible(timeout=30_000)


def test_nothing_that_staff_open_is_blocked(browser: Browser, site_address: str, editor_password: str) -> None:
    context = browser.new_context(base_url=site_address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, editor_password)
    page.close()
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    blocked = watched(page)
    for place in PLACES:
        answer = page.goto(place)
        assert answer
        assert answer.status == 200, place
    write_a_page(page)
    page.goto("/admin/press-desk/")
    assert page.evaluate(SCRIPT) is False
    page.wait_for_timeout(300)  # until what was blocked last is written down
    context.close()
    assert [each for each in blocked if "press-desk/: script-src-elem inline" not in each] == []
    assert blocked != []
