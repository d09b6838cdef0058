"""The addresses of each type of page and of its states, for the browser tests and the screenshots."""

from __future__ import annotations

import re
import urllib.request
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, Response

LANGUAGES = ("ar", "en", "fr")
PROBES = Path(__file__).parent / "probes"

# The English address of a page of each type; its links lead to the other languages.
PAGE_TYPES = {
    "home": "/en/",
    "section": "/en/what-we-do/",
    "programme": "/en/what-we-do/migration-health/",
    "programme at risk": "/en/what-we-do/migrant-assistance/",
    "news list": "/en/news/",
    "news": "/en/news/sample-skills-recognition/",
    "publication list": "/en/research/",
    "publication": "/en/research/sample-migration-glossary/",
    "event list": "/en/events/",
    "event": "/en/events/sample-recruitment-dialogue/",
    "past call": "/en/events/sample-consultation-words/",
    "press room": "/en/press/",
    "press release": "/en/press/sample-release-embargo/",
    "inquiry": "/en/press/inquiry/",
    "standard": "/en/about/",
    "contact": "/en/contact/",
    "search": "/en/search/",
}

# States: a type of page and a suffix of its address. own_site creates the private and the missing page.
STATES = {
    "search results": ("search", "?q=IOM"),
    "nothing found": ("search", "?q=qqqqzzzz"),
    "narrowed list": ("news list", "?country=OMN"),
    "empty list": ("news list", "?country=OMN&topic=emergency-response"),
    "past events": ("event list", "?when=past"),
    "missing page": ("home", "nothing-here/"),
    "missing language": ("standard", "missing-in-{language}/"),
    "private page": ("standard", "private/"),
    "subscription": ("home", "press-releases-by-email/"),
    "inquiry record": ("home", "press-inquiry/"),
}
# States without an address, which the reader reaches with the inquiry form, and the values entered in it.
ACTS: dict[str, dict[str, str]] = {
    "inquiry with errors": {},
    "inquiry received": {
        "name": "Leila Haddad",
        "outlet": "Example News",
        "email": "leila@example.org",
        "deadline_date": "2031-11-30",
        "deadline_time": "16:00",
        "question": "How many people were reached?",
    },
}
ALL_PAGES = (*PAGE_TYPES, *STATES, *ACTS)
# In milliseconds: a form that is sent sooner is shown again (press.forms.spam).
SOONEST = 3200


def probe(name: str) -> str:
    """Return a script of probes/ to evaluate in a page."""
    return (PROBES / f"{name}.js").read_text(encoding="utf-8")


@cache
def _addresses(site_address: str, kind: str) -> dict[str, str]:
    english = f"{site_address}{PAGE_TYPES[kind]}"
    with urllib.request.urlopen(english) as answer:
        html = answer.read().decode()
    links = re.findall(r'<link rel="alternate"\s+hreflang="(\w\w)"\s+href="([^"]+)"', html)
    return {language: urljoin(english, address) for language, address in links}


def address_of(site_address: str, kind: str, language: str) -> str:
    """Return the address of a type of page or a state in a language."""
    page_type, suffix = STATES.get(kind, (kind, ""))
    return _addresses(site_address, page_type)[language] + suffix.format(language=language)


def open_page(page: Page, site_address: str, kind: str, language: str) -> Response:
    """Open a type of page or a state in a language in the browser, and return the answer that it shows."""
    if kind in ACTS:
        page.goto(address_of(site_address, "inquiry", language))
        return _send_inquiry(page, ACTS[kind])
    answer = page.goto(address_of(site_address, kind, language))
    assert answer
    return answer


def _send_inquiry(page: Page, written: dict[str, str]) -> Response:
    form = page.locator("main form")
    for name, text in written.items():
        form.locator(f"[name={name}]").fill(text)
    if written:
        form.locator("[name=topic]").select_option("migration-health")
        form.locator("[name=consent]").check()
        page.wait_for_timeout(SOONEST)
    with page.expect_navigation() as navigation:
        form.locator("button[type=submit]").click()
    assert navigation.value
    return navigation.value
