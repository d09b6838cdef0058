"""Every type of page as it is seen: in three languages, light and dark, narrow and wide, by keyboard."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from core.bidi import isolated_html, isolated_text
from tests.browser.pages import LANGUAGES, PAGE_TYPES, address_of

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
every_page = pytest.mark.parametrize("kind", PAGE_TYPES)
every_language = pytest.mark.parametrize("language", LANGUAGES)

# Whether the boxes of a page stand mirrored once its direction is turned: where each is, and what it has inside.
BOXES = """() => {
  const RUNNING_TEXT = 'p, dt, dd, h1, h2, h3, bdi, time, span, small, label, summary';
  const turn = {left: 'right', right: 'left'};
  const measure = () => [...document.querySelectorAll('body, body *')].map(element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const sides = side => [style[`padding-${side}`], style[`border-${side}-width`]];
    return {x: box.x, y: box.y, w: box.width, h: box.height, left: sides('left').join(), right: sides('right').join(),
      shown: box.width > 0 && box.height > 0 && style.visibility === 'visible' && !element.closest('svg svg, svg *'),
      inline: style.display === 'inline' || !!element.closest(RUNNING_TEXT)};
  });
  const width = document.documentElement.clientWidth;
  const before = measure();
  const root = document.documentElement;
  root.dir = turn[root.dir === 'rtl' ? 'left' : 'right'] === 'left' ? 'rtl' : 'ltr';
  const after = measure();
  const seen = before.map((box, index) => [box, after[index]]).filter(([a, b]) => a.shown && b.shown && !a.inline);
  const stays = ([a, b]) => Math.abs(b.x - (width - a.x - a.w)) > 2 || a.left !== b.right || a.right !== b.left;
  const wrong = seen.filter(stays);
  return {seen: seen.length, wrong: wrong.length};
}"""


@pytest.fixture(
    params=[(320, "light"), (320, "dark"), (1200, "light"), (1200, "dark")], ids=lambda value: f"{value[0]}-{value[1]}"
)
def screen(browser: Browser, site_address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        base_url=site_address, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    yield context.new_page()
    context.close()


def test_axe_finds_nothing(screen: Page, site_address: str) -> None:
    if not AXE.exists():
        pytest.fail("axe-core is missing: make axe")
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        for kind in PAGE_TYPES:
            address = address_of(site_address, kind, language)
            screen.goto(address)
            found |= _violations(screen, address)
    screen.goto(address_of(site_address, "inquiry", "ar"))
    screen.locator("main form button[type=submit]").click()
    found |= _violations(screen, "the form with errors")
    assert found == {}


def _violations(screen: Page, address: str) -> dict[str, list[str]]:
    screen.evaluate(AXE.read_text(encoding="utf-8"))
    answer = screen.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ['violations']}})")
    violations = [f"{item['id']}: {node['html'][:120]}" for item in answer["violations"] for node in item["nodes"][:2]]
    return {address: violations} if violations else {}


@pytest.fixture(scope="module")
def desktop(browser: Browser, site_address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site_address, viewport={"width": 1200, "height": 800})
    yield context
    context.close()


@every_language
def test_pages_mirror_when_their_direction_turns(browser: Browser, site_address: str, language: str) -> None:
    for width in (360, 1200):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        for kind in PAGE_TYPES:
            page.goto(address_of(site_address, kind, language))
            boxes = page.evaluate(BOXES)
            assert boxes["seen"] > 20
            assert boxes["wrong"] / boxes["seen"] <= 0.01, (kind, width, boxes)
        context.close()


@every_language
def test_the_keyboard_reaches_everything_in_sight(desktop: BrowserContext, site_address: str, language: str) -> None:
    page = desktop.new_page()
    page.goto(address_of(site_address, "programme at risk", language))
    for step in range(25):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const element = document.activeElement, box = element.getBoundingClientRect();
              const style = getComputedStyle(element), card = element.closest('.card');
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return {href: element.getAttribute('href'), height: box.height, body: element === document.body,
                outlined: style.outlineStyle !== 'none' || (card && getComputedStyle(card).outlineStyle !== 'none'),
                covered: !(element.contains(top) || (top && top.contains(element)))};
            }"""
        )
        if focused["body"]:
            break
        if step == 0:
            assert focused["href"] == "#main"
        assert focused["outlined"], focused
        assert not focused["covered"], focused
    page.close()


@every_language
def test_nothing_scrolls_sideways_on_a_narrow_screen_with_large_text(
    browser: Browser, site_address: str, language: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    for kind in PAGE_TYPES:
        page.goto(address_of(site_address, kind, language))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind
    context.close()
    context = browser.new_context(viewport={"width": 640, "height": 700})
    page = context.new_page()
    for kind in PAGE_TYPES:
        page.goto(address_of(site_address, kind, language))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, kind
    context.close()


@every_page
def test_pages_are_light(browser: Browser, site_address: str, kind: str) -> None:
    """Bytes as a web server compresses them; of pictures, what a phone 360 pixels wide asks for before scrolling."""
    for language in LANGUAGES:
        context = browser.new_context(viewport={"width": 360, "height": 740})
        sizes = _loaded(context.new_page(), address_of(site_address, kind, language))
        first = sum(size for what, size in sizes.values() if what in ("document", "stylesheet"))
        all_but_pictures = sum(size for what, size in sizes.values() if what != "image")
        assert first <= 14 * 1024, (language, sizes)
        assert all_but_pictures <= (50 if language == "ar" else 25) * 1024, (language, sizes)
        assert sum(size for _, size in sizes.values()) <= 100 * 1024, (language, sizes)
        assert len(sizes) <= 8, sizes
        assert all(url.startswith(site_address) for url in sizes), sizes
        assert kind == "inquiry" or context.cookies() == []
        context.close()


def _loaded(page: Page, address: str) -> dict[str, tuple[str, int]]:
    """What a page asks for until nothing moves any more: kind and size by address."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    page.goto(address, wait_until="networkidle")
    return {answer.url: (answer.request.resource_type, _size(answer)) for answer in answers}


def _size(answer: Response) -> int:
    body = answer.body()
    return len(body) if answer.request.resource_type == "image" else len(gzip.compress(body, 6))


@every_language
def test_readers_who_save_data_get_words_for_pictures(browser: Browser, site_address: str, language: str) -> None:
    context = browser.new_context(extra_http_headers={"Save-Data": "on"})
    page = context.new_page()
    answer = page.goto(address_of(site_address, "programme", language))
    assert answer is not None
    assert "Save-Data" in answer.headers["vary"]
    assert page.locator("main img").count() == 0
    link = page.locator(".picture-left-out a")
    assert page.request.get(f"{site_address}{link.get_attribute('href')}").headers["content-type"] == "image/jpeg"
    context.close()


def test_lines_of_long_text_are_easy_to_read(desktop: BrowserContext, site_address: str) -> None:
    """Characters in a full line: 60 to 75 in Latin script, 45 to 60 in Arabic script."""
    for language, least, most in (("en", 58, 77), ("fr", 58, 77), ("ar", 43, 62)):
        page = desktop.new_page()
        page.goto(address_of(site_address, "programme at risk", language))
        mean = page.evaluate(
            """() => {
              const lines = [];
              for (const paragraph of document.querySelectorAll('.body p')) {
                const range = document.createRange();
                const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
                let top = null, length = 0;
                while (walker.nextNode()) {
                  for (let index = 0; index < walker.currentNode.length; index++) {
                    range.setStart(walker.currentNode, index); range.setEnd(walker.currentNode, index + 1);
                    const box = range.getBoundingClientRect();
                    if (top !== null && box.top > top + 12) { lines.push(length); length = 0; }
                    top = box.top; length++;
                  }
                }
              }
              return lines.reduce((sum, line) => sum + line, 0) / lines.length;
            }"""
        )
        assert least <= mean <= most, (language, mean)
        page.close()


@pytest.mark.parametrize(
    "value",
    [
        "978-92-9268-123-4",
        "+20 2 2736 5140",
        "https://example.int/ar/",
        "10.1234/abcd-5678",
        "press@example.int",
        "PR-2026-0412",
        "IOM (MENA)",
    ],
)
def test_what_runs_from_left_to_right_is_seen_in_its_own_order(desktop: BrowserContext, value: str) -> None:
    sentence = f"اكتب {value} الآن"
    page = desktop.new_page()
    for html in (isolated_html(sentence), isolated_text(sentence)):
        page.set_content(f'<html lang="ar" dir="rtl"><p>{html}</p></html>')
        seen = page.evaluate(
            """value => {
              const text = [], places = [];
              const walker = document.createTreeWalker(document.querySelector('p'), NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) for (let index = 0; index < walker.currentNode.length; index++) {
                const range = document.createRange();
                range.setStart(walker.currentNode, index); range.setEnd(walker.currentNode, index + 1);
                text.push(walker.currentNode.data[index]); places.push(range.getBoundingClientRect().x);
              }
              const start = text.join('').indexOf(value);
              const of_value = places.slice(start, start + value.length);

              return {rises: of_value.every((place, index) => !index || place >= of_value[index - 1])};
            }""",
            value,
        )
        assert seen["rises"], html
    page.close()
