"""Every control of the admin has the language and direction of what it holds, whatever the editor's own language."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from core.editing.direction import CODES
from tests.browser.admin import admin_in

pytestmark = pytest.mark.browser

RTL = {"ar": "rtl", "en": "ltr", "fr": "ltr"}
LETTERS = ["text", "search", "textarea"]
# The name, the type, the language and the direction of each control of the form, those of other tabs included.
CONTROLS = """() => [...document.querySelectorAll(
    "[data-edit-form] :is(input, textarea, .DraftEditor-root)"
)].filter((control) => !control.closest("template, dialog")).map((control) => ({
    name: control.name ?? "rich text",
    type: control.type ?? "text",
    lang: control.lang,
    direction: getComputedStyle(control).direction,
    isDate: control.autocomplete === "off",
}))"""

EDITORS_ARE_THERE = """() => document.readyState === "complete" && document.querySelector(".DraftEditor-root") &&
    [...document.querySelectorAll("[data-draftail-input]")].every((input) => input.closest("[data-field-input], form")
        .querySelector(".DraftEditor-root"))"""


def page_of(admin: Page, kind: str, language: str) -> int:
    """Return the number of a page of a type in a language."""
    address = f"/admin/api/main/pages/?locale={language}&limit=20"
    for offset in range(0, 200, 20):
        for page in admin.request.get(f"{address}&offset={offset}").json()["items"]:
            if page["meta"]["type"] == kind:
                return int(page["id"])
    raise LookupError(kind)


def open_form(admin: Page, kind: str, language: str) -> None:
    admin.goto(f"/admin/pages/{page_of(admin, kind, language)}/edit/")
    admin.wait_for_function(EDITORS_ARE_THERE)


def is_code(control: dict[str, Any]) -> bool:
    name = control["name"].replace("_", "-").rpartition("-")[2]
    return control["type"] not in LETTERS or name in CODES or control["isDate"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_controls_of_a_page_follow_the_language_of_the_page(
    browser: Browser, site_address: str, editor_password: str, language: str
) -> None:
    with admin_in(language, browser, site_address, editor_password) as admin:
        for content in ("ar", "fr"):
            open_form(admin, "press.PressReleasePage", content)
            admin.locator("#id_contacts-ADD").click()
            controls = [each for each in admin.evaluate(CONTROLS) if each["type"] not in ("hidden", "checkbox", "file")]
            texts = [each for each in controls if not is_code(each)]
            assert {"title", "summary", "rich text", "seo_title"} <= {each["name"] for each in texts}
            assert [each for each in texts if (each["lang"], each["direction"]) != (content, RTL[content])] == []
            codes = {each["name"]: each["direction"] for each in controls if is_code(each)}
            assert {"slug", "contacts-0-email", "contacts-0-phone", "date"} <= codes.keys()
            assert set(codes.values()) == {"ltr"}
            # What a header says stands in the admin's language.
            expect(admin.locator("header .w-status--label").first).to_be_visible()


def test_text_that_is_added_follows_too(browser: Browser, site_address: str, editor_password: str) -> None:
    with admin_in("en", browser, site_address, editor_password) as admin:
        open_form(admin, "news.NewsPage", "ar")
        admin.locator("#body-root .c-sf-add-button").first.click()
        admin.get_by_role("option").first.click()
        added = admin.locator("#body-root .DraftEditor-root:visible").first
        added.locator(".public-DraftEditor-content").click()
        admin.keyboard.type("IOM تعمل في القاهرة")
        expect(added).to_contain_text("IOM تعمل في القاهرة")
        expect(added).to_have_attribute("lang", "ar")
        line = added.locator("[data-block] > div").first
        expect(line).to_have_css("direction", "rtl")


def test_text_beside_a_choice_of_language_follows_the_choice(
    browser: Browser, site_address: str, editor_password: str
) -> None:
    with admin_in("en", browser, site_address, editor_password) as admin:
        open_form(admin, "research.PublicationPage", "fr")
        admin.locator("#id_files-ADD").click()
        title = admin.locator("[name^=files-][name$=-title]:visible").last
        for language in ("ar", "en"):
            admin.locator("[name^=files-][name$=-language]:visible").last.select_option(language)
            expect(title).to_have_attribute("lang", language)
            expect(title).to_have_css("direction", RTL[language])


def test_what_nobody_knows_the_language_of_follows_its_letters(
    browser: Browser, site_address: str, editor_password: str
) -> None:
    with admin_in("en", browser, site_address, editor_password) as admin:
        admin.goto("/admin/images/")
        box = admin.locator("[data-search-form] [name=q]").first
        for typed, direction in {"مصر": "rtl", "Egypt": "ltr", "": "ltr"}.items():
            box.fill(typed)
            expect(box).to_have_css("direction", direction)


def test_comparison_reads_in_the_direction_of_the_page(
    browser: Browser, site_address: str, editor_password: str
) -> None:
    with admin_in("en", browser, site_address, editor_password) as admin:
        open_form(admin, "news.NewsPage", "ar")
        number = admin.url.split("/")[-3]
        admin.locator("[name=summary]").fill("وُزعت 1,250 حقيبة (2026)")
        admin.locator("button.action-save").first.click()
        expect(admin.locator(".messages .success, [data-w-autosave-target]").first).to_be_attached()
        admin.goto(f"/admin/pages/{number}/revisions/compare/earliest...latest/")
        changed = admin.locator(".comparison").first
        expect(changed).to_have_attribute("lang", "ar")
        expect(changed).to_have_css("direction", "rtl")
