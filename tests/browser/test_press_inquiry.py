"""A journalist's steps without JavaScript, from the home page to the confirmation and the erasure of everything."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.webhook_receiver import wait_until

pytestmark = pytest.mark.browser


ANSWER = "بلغ عدد المستفيدين اثني عشر ألفًا."


def test_journalist_asks_an_officer_answers_and_the_journalist_erases(
    page: Page, browser: Browser, site_address: str, site_folder: Path, editor_password: str
) -> None:
    """All steps are in Arabic."""
    reference, secret = _ask(page)
    desk = browser.new_context(base_url=site_address, java_script_enabled=False, locale="ar").new_page()
    _answer(desk, reference, editor_password)
    _wait_for_mail(site_folder / "mail", ANSWER)
    _erase(page, reference, secret)
    desk.reload()
    expect(desk.locator("main")).not_to_contain_text("leila@example.org")
    expect(desk.locator("main")).not_to_contain_text(ANSWER)
    desk.context.close()


def _ask(page: Page) -> tuple[str, str]:
    """Fill in the form, at first incorrectly; return the reference and the secret in the confirmation."""
    page.goto("/ar/")
    page.get_by_role("link", name="المركز الصحفي").first.click()
    page.locator("main").get_by_role("link", name="استفسار صحفي").click()
    page.wait_for_timeout(3200)  # nobody writes a question faster
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator(".error-summary a").first.click()
    page.keyboard.type("ليلى حداد")
    page.locator("[name=outlet]").fill("وكالة الأنباء")
    page.locator("[name=email]").fill("leila@example.org")
    page.locator("[name=deadline_date]").fill("2031-11-30")
    page.locator("[name=deadline_time]").fill("16:00")
    page.locator("[name=time_zone]").select_option("Asia/Beirut")
    page.locator("[name=topic]").select_option("migration-health")
    page.locator("[name=question]").fill("كم عدد المستفيدين؟")
    page.locator("[name=consent]").check()
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("تلقينا استفسارك")
    confirmation = page.locator(".confirmation").inner_text()
    reference = re.search(r"PR-\d{4}-\d{4,}", confirmation)
    secret = re.search(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", confirmation)
    assert reference
    assert secret
    assert "بيروت" in confirmation
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]

    return reference[0], secret[0]


def _answer(desk: Page, reference: str, password: str) -> None:
    desk.goto("/admin/login/?next=/admin/press-desk/")
    desk.locator("[name=username]").fill("editor")
    desk.locator("[name=password]").fill(password)
    desk.locator("form [type=submit]").first.click()
    desk.get_by_role("link", name=reference).click()
    expect(desk.locator("main")).to_contain_text("كم عدد المستفيدين؟")
    desk.locator("#id_reply-text").fill(ANSWER)
    desk.locator("button[name=action][value=reply]").click()
    expect(desk.locator(".desk-facts")).to_contain_text("تم الرد عليه")
    expect(desk.locator("main")).to_contain_text(ANSWER)


def _wait_for_mail(folder: Path, text: str) -> None:
    def has_arrived() -> bool:
        mails = [message_from_bytes(file.read_bytes(), policy=default) for file in folder.glob("*")]
        bodies = [body for mail in mails if (body := mail.get_body(("plain",)))]
        return any(text in body.get_content() for body in bodies)

    wait_until(has_arrived, 30)


def _erase(page: Page, reference: str, secret: str) -> None:
    page.locator("main a[href^='/ar/press-inquiry/']").click()
    expect(page.locator("[name=reference]")).to_have_value(reference)
    page.locator("[name=secret]").fill(secret)
    page.locator("[name=action][value=erase]").check()
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("مُحي كل شيء")
