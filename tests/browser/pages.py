"""One address for each type of page, in each language; what the checks and the screenshots go through."""

from __future__ import annotations

import re
import urllib.request
from functools import cache
from urllib.parse import urljoin

LANGUAGES = ("ar", "en", "fr")

# The English address of a page of each type; the others are found by its links to them.
PAGE_TYPES = {
    "home": "/en/",
    "section": "/en/what-we-do/",
    "programme": "/en/what-we-do/migration-health/",
    "programme at risk": "/en/what-we-do/migrant-assistance/",
    "news list": "/en/news/",
    "news": "/en/news/sample-skills-recognition/",
    "publication list": "/en/research/",
    "publication": "/en/research/sample-migration-glossary/",
    "press room": "/en/press/",
    "press release": "/en/press/sample-release-embargo/",
    "inquiry": "/en/press/inquiry/",
    "standard": "/en/about/",
    "contact": "/en/contact/",
    "search": "/en/search/",
}


@cache
def _addresses(site_address: str, kind: str) -> dict[str, str]:
    english = f"{site_address}{PAGE_TYPES[kind]}"
    with urllib.request.urlopen(english) as answer:
        html = answer.read().decode()
    links = re.findall(r'<link rel="alternate"\s+hreflang="(\w\w)"\s+href="([^"]+)"', html)
    return {language: urljoin(english, address) for language, address in links}


def address_of(site_address: str, kind: str, language: str) -> str:
    return _addresses(site_address, kind)[language]
