"""No page becomes wider than its window if every text field contains a word of two hundred letters."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import CharField, Model, TextField
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from wagtail.models import Page as WagtailPage

from core.design.stylesheet import style_sheet
from core.models import OfficeSettings, Topic
from press.room.spokesperson import Spokesperson
from tests import factories
from tests.chromium import open_browser
from tests.factories import CREATED_TYPES, SINGLE_TYPES, complete_fields, make_page, the_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WORDS = {"ar": "مستشفياتهم" * 20, "en": "Displacement" * 16 + "Tracking"}
# Width of the window, and text size chosen by the reader.
WINDOWS = ((320, "100%"), (320, "200%"), (1280, "100%"), (1280, "200%"))


def fill(model: type[Model], word: str) -> None:
    """Put the word, cut to fit, into every text field of a model that editors fill in."""
    fields = [field for field in model._meta.concrete_fields if type(field) in (CharField, TextField)]
    model._default_manager.update(
        **{
            field.name: word[: field.max_length or len(word)]
            for field in fields
            if field.editable and not field.choices and not field.unique
        }
    )


def written(language: str, client: Client) -> dict[str, str]:
    """Create a page of every type with the word in all its fields, and return their HTML by type."""
    word = WORDS[language]
    for model in (OfficeSettings, Topic, Spokesperson):
        fill(model, word)
    # Stored without the publication gate, which would refuse blocks with texts as long as these.
    pages = [make_page(model, language, live=False, title=word, **cut(model, language)) for model in CREATED_TYPES]
    for model in SINGLE_TYPES:
        page: Any = the_page(model, language)
        for name, value in (cut(model, language) | {"title": word}).items():
            setattr(page, name, value)
        page.live = False
        page.save()
        pages.append(page)
    WagtailPage.objects.filter(pk__in=[page.pk for page in pages]).update(live=True)
    found = {}
    for page in pages:
        response = client.get(page.url, {"q": word[:40]} if page.url.endswith("/search/") else {})
        assert response.status_code == 200, page.url
        found[type(page).__name__] = response.content.decode()
        assert word[:100] in found[type(page).__name__]
    return found


def cut(model: type[WagtailPage], language: str) -> dict[str, Any]:
    """Return a value for every field of a type, cutting those of the page itself to their maximum length."""
    longest = {field.name: getattr(field, "max_length", None) for field in model._meta.get_fields()}
    fields = complete_fields(model, language)
    return {name: value[: longest[name]] if isinstance(value, str) else value for name, value in fields.items()}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_page_is_wider_than_its_window(client: Client, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factories, "words", lambda language: WORDS[language])
    pages = written(language, client)
    with open_browser() as browser:
        found = too_wide(browser, pages)
    assert not found, "\n".join(found)


def too_wide(browser: Browser, pages: dict[str, str]) -> list[str]:
    """Return the pages that are wider than a window, with the elements that cause it."""
    css, wrong = style_sheet(), []

    def answer(route: Route) -> None:
        if route.request.url.endswith("site.css"):
            route.fulfill(body=css, content_type="text/css")
        elif route.request.resource_type == "document":
            route.fulfill(body=pages[route.request.url.rpartition("/")[2]], content_type="text/html; charset=utf-8")
        else:
            route.abort()

    context = browser.new_context(java_script_enabled=True)
    context.route("**/*", answer)
    window = context.new_page()
    for name in pages:
        window.goto(f"http://testserver/{name}")
        wrong += [f"{name}: {fault}" for fault in _faults(window)]
    return wrong


def _faults(window: Page) -> list[str]:
    faults = []
    for width, size in WINDOWS:
        window.set_viewport_size({"width": width, "height": 800})
        window.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        page, inside = window.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if page > inside:
            faults.append(f"{page} pixels at {width} in {size}: {window.evaluate(WIDEST)}")
    return faults


# The innermost elements that extend over the edge.
WIDEST = """[...document.querySelectorAll('body *')].filter((element) => {
  const over = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && !node.closest('.table') && (box.right > innerWidth + 1 || box.left < -1);
  };
  return over(element) && ![...element.children].some(over);
}).slice(0, 3).map((element) => element.outerHTML.slice(0, 90))"""
