"""A journalist's way, without JavaScript: from the home page to the confirmation, and then to erasing everything."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_journalist_asks_in_arabic_and_erases_what_was_asked(page: Page) -> None:
    page.goto("/ar/")
    page.get_by_role("link", name="المركز الصحفي").first.click()
    page.locator("main").get_by_role("link", name="استفسار صحفي").click()
    page.wait_for_timeout(3200)  # nobody writes a question in less
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

    page.locator("main a[href^='/ar/press-inquiry/']").click()
    expect(page.locator("[name=reference]")).to_have_value(reference[0])
    page.locator("[name=secret]").fill(secret[0])
    page.locator("[name=action][value=erase]").check()
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("مُحي كل شيء")
