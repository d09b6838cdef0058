"""Addresses of each type of page, and of states that it can be in: what the checks and the screenshots go through."""

from __future__ import annotations

import re
import urllib.request
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

LANGUAGES = ("ar", "en", "fr")
PROBES = Path(__file__).parent / "probes"

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

# A type of page, and what follows its address.
STATES = {
    "search results": ("search", "?q=IOM"),
    "nothing found": ("search", "?q=qqqqzzzz"),
    "narrowed list": ("news list", "?country=OMN"),
    "empty list": ("news list", "?country=OMN&topic=return-and-reintegration"),
    "missing page": ("home", "nothing-here/"),
}
ALL_PAGES = (*PAGE_TYPES, *STATES)


def probe(name: str) -> str:
    """JavaScript of probes/, that a page evaluates."""
    return (PROBES / f"{name}.js").read_text(encoding="utf-8")


@cache
def _addresses(site_address: str, kind: str) -> dict[str, str]:
    english = f"{site_address}{PAGE_TYPES[kind]}"
    with urllib.request.urlopen(english) as answer:
        html = answer.read().decode()
    links = re.findall(r'<link rel="alternate"\s+hreflang="(\w\w)"\s+href="([^"]+)"', html)
    return {language: urljoin(english, address) for language, address in links}


def address_of(site_address: str, kind: str, language: str) -> str:
    """Of a type of page or a state, in a language."""
    page_type, suffix = STATES.get(kind, (kind, ""))
    return _addresses(site_address, page_type)[language] + suffix
