"""Long text, and left-to-right parts inside Arabic."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from core.text.bidi import isolated_html, isolated_text
from tests.browser.pages import address_of, probe
from tests.left_to_right import INSERTED

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "least", "most"), [("en", 58, 77), ("fr", 58, 77), ("ar", 43, 62)])
def test_lines_of_long_text_are_easy_to_read(
    page: Page, site_address: str, language: str, least: int, most: int
) -> None:
    """A full line has 60 to 75 characters in Latin script and 45 to 60 in Arabic script."""
    page.set_viewport_size({"width": 1200, "height": 800})
    page.goto(address_of(site_address, "programme at risk", language))
    assert least <= page.evaluate(probe("line_length")) <= most


@pytest.mark.parametrize("value", INSERTED)
def test_what_runs_from_left_to_right_is_seen_in_its_own_order(page: Page, value: str) -> None:
    sentence = f"اكتب {value} الآن"
    for html in (isolated_html(sentence), isolated_text(sentence)):
        page.set_content(f'<html lang="ar" dir="rtl"><p>{html}</p></html>')
        seen = page.evaluate(probe("order"), value)
        assert seen["rises"], html
        assert seen["text"] == value, "a copy holds no other character"
