"""Pasting into the text of a page in the Arabic admin, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import clipboards
from tests.browser.admin import admin_in

pytestmark = pytest.mark.browser

PASTE = """(editor, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", "the text alone");
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
# The blocks of the body as the form shows them: their types and texts.
BODY = """() => document.getElementById("body-root").rootBlock.children.map((child) => {
    const field = child.element.querySelector("[name$='-value']");
    if (child.type === "table") return [child.type, JSON.parse(field.value).data];
    if (child.type !== "rich_text") return [child.type, child.block.getValue().text];
    return [child.type, [...child.element.querySelectorAll("[data-block]")].map((line) => line.innerText.trim())];
})"""
OF_WORD = [
    ["heading", "دعم المهاجرين العائدين"],
    ["heading", "الخلفية"],
    ["rich_text", ["عاد 1,250 شخصاً إلى ديارهم1، بدعم من مكتب IOM في القاهرة."]],
    ["heading", "الخطوات"],
    ["rich_text", ["التسجيل", "السفر", "الوصول"]],
    ["table", [["بلد", "2026"], ["مصر", "100"]]],
    ["heading", "الحواشي"],
    ["rich_text", ["المنظمة الدولية للهجرة، تقرير الهجرة، 2026."]],
]


@pytest.fixture
def admin(browser: Browser, site_address: str, editor_password: str) -> Iterator[Page]:
    """The admin as used by an editor who works in Arabic."""
    with admin_in("ar", browser, site_address, editor_password) as page:
        yield page


@pytest.fixture
def editor(admin: Page) -> Locator:
    """The empty text of a new page below the Arabic home page, with a unique slug since the tests share a site."""
    admin.goto("/admin/pages/1/")
    row = admin.locator("tr", has_text="المنظمة الدولية للهجرة").locator("a[href$='/edit/']").first
    number = re.search(r"/pages/(\d+)/edit", row.get_attribute("href") or "")
    assert number
    admin.goto(f"/admin/pages/add/home/standardpage/{number[1]}/")
    admin.locator("[name=title]").press_sequentially(f"صفحة {uuid4().hex[:8]}")
    admin.locator("#body-root .c-sf-add-button").first.click()
    admin.get_by_role("option").first.click()
    editor = admin.locator("#body-root .public-DraftEditor-content:visible").first
    editor.click()
    return editor


def paste(editor: Locator, html: str) -> None:
    editor.evaluate(PASTE, html)


def test_release_of_word_arrives_as_blocks_and_is_stored(admin: Page, editor: Locator) -> None:
    paste(editor, clipboards.WORD_ARABIC)
    note = admin.locator("[data-paste-note]")
    expect(note.locator("li")).to_have_count(3)
    expect(note).to_contain_text("أُدرج عنوان المستند")
    assert admin.evaluate(BODY) == OF_WORD
    admin.locator("button.action-save").first.click()
    admin.wait_for_url(re.compile(r"/pages/\d+/edit/"), timeout=60_000)
    admin.reload()
    admin.locator("#body-root").wait_for()
    assert admin.evaluate(BODY) == OF_WORD


def test_deleted_text_never_returns_where_the_cursor_stands(admin: Page, editor: Locator) -> None:
    admin.keyboard.type("قبل: ")
    paste(editor, clipboards.WORD_TRACKED)
    expect(admin.locator("[data-paste-note] li")).to_have_count(3)
    assert admin.evaluate(BODY) == [["rich_text", ["قبل: The office reached forty families in Cairo."]]]


def test_one_plain_paragraph_is_pasted_without_the_server(admin: Page, editor: Locator) -> None:
    asked: list[str] = []
    admin.on("request", lambda request: asked.append(request.url) if request.url.endswith("into=body") else None)
    paste(editor, "<p>one <b>bold</b> word</p>")
    expect(editor).to_have_text("one bold word")
    assert asked == []


def test_blocks_stand_after_the_text_that_is_there(admin: Page, editor: Locator) -> None:
    admin.keyboard.type("قبل")
    paste(editor, "<h2>عنوان</h2><p>نص</p>")
    expect(admin.locator("[data-paste-note]")).to_contain_text("كتل")
    assert admin.evaluate(BODY) == [["rich_text", ["قبل"]], ["heading", "عنوان"], ["rich_text", ["نص"]]]


def test_nothing_is_inserted_where_the_server_does_not_answer(admin: Page, editor: Locator) -> None:
    admin.route("**/admin/paste/**", lambda route: route.abort())
    paste(editor, clipboards.WORD_TRACKED)
    expect(admin.locator("[data-paste-note]")).to_contain_text("تعذّرت")
    assert admin.evaluate(BODY) == [["rich_text", [""]]]
